"""What a source was asked and answered: complete id sets, raw bytes, records at printed places."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.identifiers import Pmid


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A complete answer to one search: as many distinct ids as the source reported, ascending by number.

    ``query`` is exactly what was sent; ``translation`` is how the source understood it (empty when it does
    not say); ``warnings`` are the source's own words. ``slices`` is above 1 when the id set was larger than
    one search serves and was cut by create date.
    """

    source: str
    query: str
    translation: str
    reported: int
    pmids: tuple[Pmid, ...]
    warnings: tuple[str, ...]
    searched_at: datetime
    requests: int = 1
    slices: int = 1


@dataclass(frozen=True, slots=True)
class RawBatch:
    """The body that answered a request for ``asked``; not yet looked at."""

    asked: tuple[Pmid, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class FailedBatch:
    """Ids that could not be fetched now, and why; they stay out of the ledger and are asked for again."""

    asked: tuple[Pmid, ...]
    reason: str


class CitationQuery(NamedTuple):
    """Where a work was printed, as far as it is known; unknown is empty or None. ``author`` is the first: "Loix S"."""

    journal: str = ""
    year: int | None = None
    volume: str = ""
    first_page: str = ""
    author: str = ""


class CitationOutcome(StrEnum):
    """What came of matching a citation with records."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not found"


class CitationMatch(NamedTuple):
    """The record that stands at a printed place, or those that may, as far as the source names them."""

    outcome: CitationOutcome
    pmids: tuple[Pmid, ...] = ()

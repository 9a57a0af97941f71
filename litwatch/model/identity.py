"""Which records are the same work, where a work stands in a watch, and which work a citation means."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.identifiers import Doi, Pmcid, Pmid, WorkId


class Standing(StrEnum):
    """How a work stands in a watch on one run."""

    NEW = "new"
    UPDATED = "updated"
    SEEN = "seen"
    CITED = "cited"
    UNSURE = "unsure"


class IdentityKey(NamedTuple):
    """A value under which records of one work meet: ``kind`` is pmid, doi, pmcid, title or place."""

    kind: str
    value: str


class Tie(StrEnum):
    """How PubMed links two records that may be one work."""

    UPDATE = "update"
    REPUBLICATION = "republication"


@dataclass(frozen=True, slots=True)
class Citation:
    """The bibliographic description of a record, as much as comparing needs; unknown is empty or None.

    ``authors`` are printed names ("Loix S"), ``designation`` names what sets apart records with the same title
    (retraction, erratum, comment, protocol, expression of concern), empty for a plain article.
    """

    pmid: Pmid | None
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: Doi | None = None
    pmcid: Pmcid | None = None
    designation: str = ""


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work that the store or an earlier batch of this run already holds, described by its founding record."""

    id: WorkId
    citation: Citation
    keys: tuple[IdentityKey, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a verdict fell: the rule's name, and the evidence that it read, in words for a person."""

    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which work a record belongs to. ``candidate`` is the other work when ``standing`` is unsure."""

    pmid: Pmid
    work: WorkId
    standing: Standing
    because: Because
    candidate: WorkId | None = None


class Join(NamedTuple):
    """Two citations of a sequence, by their places in it, ``left`` the smaller, and why they are or may be one work."""

    left: int
    right: int
    because: Because


@dataclass(frozen=True, slots=True)
class Clustering:
    """Which citations of a sequence describe one work, by their places in it.

    ``groups`` hold every place once, ascending, singletons too, in the order of their first places; ``joins`` are the
    pairs that made the groups; ``doubts`` are pairs across groups that a person should look at.
    """

    groups: tuple[tuple[int, ...], ...]
    joins: tuple[Join, ...]
    doubts: tuple[Join, ...]


class ReferenceState(StrEnum):
    """What is known of a cited reference: settled by the watch, matched, undecided, or not found."""

    GIVEN = "given"
    RESOLVED = "resolved"
    UNSURE = "unsure"
    UNRESOLVED = "unresolved"


class Candidate(NamedTuple):
    """A record that a citation may mean; ``score`` is between 0 and 1, ``reasons`` say what counted."""

    citation: Citation
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """What a cited reference means. ``pmid`` is None unless ``state`` is given or resolved.

    ``candidates`` are the best ones, best first; ``tried`` are the searches made. ``asked`` is what the watch gave when
    it was decided: when the watch gives something else now, the match no longer answers it.
    """

    reference: str
    state: ReferenceState
    pmid: Pmid | None
    because: Because
    candidates: tuple[Candidate, ...] = ()
    tried: tuple[str, ...] = ()
    asked: str = ""

"""A library of references as a file holds it: entries with their places, and what was wrong with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.record import Author, Link


class EntryKind(StrEnum):
    """What kind of report an entry describes, under CSL's names."""

    ARTICLE = "article-journal"
    PREPRINT = "article"
    BOOK = "book"
    CHAPTER = "chapter"
    CONFERENCE = "paper-conference"
    REPORT = "report"
    THESIS = "thesis"
    WEBPAGE = "webpage"
    OTHER = "document"


@dataclass(frozen=True, slots=True)
class Description:
    """What an entry or a record says of a report, as far as it says it; unknown is empty or None.

    ``journal`` is the journal's or book's title, ``abbreviation`` the journal's short one. ``links`` are PubMed's own,
    where the file carries them. ``undated`` is what stands in place of a date: "in press", or a year that cannot be
    read; empty where ``published`` is known. ``other`` holds what has no field here: (name in the file, value), in the
    file's order.
    """

    kind: EntryKind = EntryKind.ARTICLE
    title: str = ""
    original_title: str = ""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    editors: tuple[Author, ...] = ()
    published: PartialDate | None = None
    undated: str = ""
    journal: str = ""
    abbreviation: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    issn: str = ""
    pmid: Pmid | None = None
    doi: Doi | None = None
    pmcid: Pmcid | None = None
    url: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""
    other: tuple[tuple[str, str], ...] = ()


class Place(NamedTuple):
    """Where an entry stands: the file's name, the entry's number in it and its first line, both from 1.

    ``entry`` is 0 for what is outside all entries, ``line`` is 0 for the file as a whole.
    """

    file: str
    entry: int
    line: int = 0

    def __str__(self) -> str:
        if not self.entry:
            return f"{self.file}: line {self.line}" if self.line else self.file
        return f"{self.file}: entry {self.entry}" + (f" (line {self.line})" if self.line else "")


class EntryFault(NamedTuple):
    """What was wrong with an entry, or with what stands between two, and what was done about it."""

    place: Place
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference of a library: what it says, where it stands, and the text that it was read from."""

    place: Place
    as_written: str
    described: Description


@dataclass(frozen=True, slots=True)
class Library:
    """A file of references. An entry with faults is among ``entries``, as far as it could be read."""

    name: str
    kind: str
    entries: tuple[Entry, ...]
    faults: tuple[EntryFault, ...] = ()

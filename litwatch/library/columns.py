"""Tables of references: what their columns are called, and what a row says.

The headers are those of exports by PubMed, Zotero, Scopus, Web of Science, Embase, Covidence, Rayyan and litwatch.
"""

import re
from collections.abc import Mapping, Sequence

from litwatch.library.drafts import Fields, every, first
from litwatch.library.values import (
    bare_pmid,
    find_date,
    find_doi,
    find_pmcid,
    find_pmid,
    is_others,
    latest_detail,
    read_name,
)
from litwatch.library.whole import Names
from litwatch.model.library import Description, EntryKind

HEADERS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "article title", "document title", "primary title", "item title", "reference title"),
    "original title": ("original title", "original non english title", "translated title", "vernacular title"),
    "authors": (
        *("author full names", "authors full names", "authors full name", "authors", "author", "author names"),
        *("author s", "creator"),
    ),
    "editors": ("editor", "editors", "book editors"),
    "year": ("year", "publication year", "published year", "pub year", "py"),
    "date": ("published", "date", "publication date", "date of publication", "issued", "cover date"),
    "month": ("published month", "month"),
    "journal": (
        *("journal", "source title", "publication title", "journal book", "journal title", "container title"),
        *("secondary title", "journal name", "source", "publication name"),
    ),
    "abbreviation": (
        *("journal abbreviation", "abbreviated source title", "journal iso abbreviation", "journal abbrev"),
        "abbreviated journal title",
    ),
    "volume": ("volume", "vol"),
    "issue": ("issue", "number", "no", "issue number"),
    "pages": ("pages", "page", "page numbers", "page range", "pagination"),
    "start": ("start page", "page start", "first page", "beginning page", "startpage"),
    "end": ("end page", "page end", "last page", "ending page", "endpage"),
    "article number": ("art no", "article number", "article no"),
    "doi": ("doi", "doi link", "digital object identifier", "doi url"),
    "pmid": ("pmid", "pubmed id", "medline pmid", "pubmed", "pubmed_id"),
    "pmcid": ("pmcid", "pmc", "pmc id", "pubmed central id"),
    "url": ("url", "link", "urls", "full text link"),
    "issn": ("issn", "isbn", "isbn issn"),
    "abstract": ("abstract", "abstract note", "abstracts"),
    "keywords": ("keywords", "keyword", "author keywords", "manual tags", "index keywords", "keywords plus"),
    "language": ("language", "language of original document", "languages"),
    "kind": ("item type", "document type", "type", "publication type", "publication_types", "publication types"),
    "publisher": ("publisher",),
    "place": ("place", "publisher location", "publisher city", "place published"),
    "edition": ("edition",),
    "source": ("database", "source database"),
}
"""Our name of a column → the headers that mean it, folded to lower case and single spaces; the best comes first."""

NAMES = Names(
    copied=frozenset(
        (
            *("title", "original title", "journal", "abbreviation", "volume", "issue", "pages", "start", "end", "url"),
            *("article number", "issn", "abstract", "language", "publisher", "place", "edition", "source"),
        )
    ),
    parted=frozenset(("authors", "editors", "keywords", "kind")),
    dates=frozenset(("year", "date")),
    date_parts=frozenset(("month",)),
    identifiers={"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"},
)

_KINDS = {
    "book": EntryKind.BOOK,
    "booksection": EntryKind.CHAPTER,
    "chapter": EntryKind.CHAPTER,
    "book chapter": EntryKind.CHAPTER,
    "conferencepaper": EntryKind.CONFERENCE,
    "conference paper": EntryKind.CONFERENCE,
    "proceedings paper": EntryKind.CONFERENCE,
    "paper-conference": EntryKind.CONFERENCE,
    "preprint": EntryKind.PREPRINT,
    "report": EntryKind.REPORT,
    "thesis": EntryKind.THESIS,
    "webpage": EntryKind.WEBPAGE,
}
_NAMED = {header: name for name, headers in HEADERS.items() for header in headers}
_RANK = {header: rank for headers in HEADERS.values() for rank, header in enumerate(headers)}
_NUMBERS = frozenset(("year", "volume", "issue", "pmid"))
_SURNAME_INITIALS = re.compile(r"[^,]*\s[^\W\d_a-z]{1,4}\.?|[^,]*\s(?:[^\W\d_]\.-?){1,4}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")


def column_of(header: str) -> str:
    """Our name of the column under ``header``; empty when none of ours."""
    return _NAMED.get(_folded(header), "")


def gather(headers: Sequence[str], cells: Sequence[str]) -> tuple[Fields, tuple[tuple[str, str], ...]]:
    """The cells of a row by our names of their columns, the better header first, and those of other columns."""
    known: dict[str, list[tuple[int, str]]] = {}
    other = []
    for at, cell in enumerate(cells):
        header = headers[at] if at < len(headers) else ""
        name = column_of(header)
        value = cell.strip()
        if name:
            known.setdefault(name, []).append((_RANK[_folded(header)], _number(value) if name in _NUMBERS else value))
        elif value:
            other.append((header or f"column {at + 1}", value))
    return {
        name: [value for _, value in sorted(values, key=lambda each: each[0])] for name, values in known.items()
    }, tuple(other)


def describe_row(fields: Fields, other: tuple[tuple[str, str], ...]) -> Description:
    """What a row says, its fields under our names of the columns."""
    names = split_authors(first(fields, "authors"))
    year, month = first(fields, "year"), first(fields, "month")
    start, end = first(fields, "start"), first(fields, "end")
    pages = f"{start}-{end}" if start and end and start != end else start or end
    return Description(
        kind=_KINDS.get(first(fields, "kind").lower(), EntryKind.ARTICLE),
        title=first(fields, "title"),
        original_title=first(fields, "original title"),
        authors=tuple(read_name(name) for name in names if not is_others(name)),
        authors_complete=not any(is_others(name) for name in names),
        editors=tuple(read_name(name) for name in split_authors(first(fields, "editors"))),
        published=latest_detail(
            find_date(text) for text in (year, f"{year} {month}", *every(fields, "date")) if text.strip()
        ),
        journal=first(fields, "journal"),
        abbreviation=first(fields, "abbreviation"),
        volume=first(fields, "volume"),
        issue=first(fields, "issue"),
        pages=first(fields, "pages") or pages or first(fields, "article number"),
        edition=first(fields, "edition"),
        publisher=first(fields, "publisher"),
        place=first(fields, "place"),
        issn=first(fields, "issn"),
        pmid=bare_pmid(first(fields, "pmid")) or find_pmid(*every(fields, "url")),
        doi=find_doi(*every(fields, "doi", "url")),
        pmcid=find_pmcid(*every(fields, "pmcid", "url")),
        url=first(fields, "url"),
        language=first(fields, "language"),
        abstract=first(fields, "abstract"),
        keywords=tuple(
            dict.fromkeys(
                word.strip() for text in every(fields, "keywords") for word in text.split(";") if word.strip()
            )
        ),
        publication_types=every(fields, "kind"),
        source=first(fields, "source"),
        other=other,
    )


def split_authors(cell: str) -> list[str]:
    """The names in one cell: parted by semicolons, bars, "and", or, as PubMed and Scopus do, by commas."""
    cell = cell.strip()
    for mark in (";", "|", " and ", "\n"):
        if mark in cell:
            return [name.strip() for name in cell.split(mark) if name.strip()]
    parts = [part.strip() for part in cell.rstrip(".").split(",") if part.strip()]
    if len(parts) > 1 and all(_SURNAME_INITIALS.fullmatch(part) or is_others(part) for part in parts):
        return parts
    if len(parts) > 3 and len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2]):
        return [f"{last}, {given}" for last, given in zip(parts[::2], parts[1::2], strict=True)]
    return [cell] if cell else []


def _folded(header: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", header.lower()).split())


def _number(value: str) -> str:
    """A whole number that a spreadsheet or pandas has given a fraction: 2011.0."""
    return value.removesuffix(".0") if value.removesuffix(".0").isdecimal() else value

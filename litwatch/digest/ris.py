"""Records in RIS, the tagged format that reference managers import."""

import re
from collections.abc import Iterator, Sequence

from litwatch.digest.bibliography import abstract_of, title_of
from litwatch.digest.links import pubmed_url
from litwatch.digest.phrases import one_line
from litwatch.model.record import Author, Record

_PAGES = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")


def ris_text(records: Sequence[Record]) -> str:
    """One reference for each record; a value stands on one line, so that none can pass for a tag."""
    return "".join(f"{tag}  - {one_line(value)}\n" for record in records for tag, value in _tags(record))


def _tags(record: Record) -> Iterator[tuple[str, str]]:
    """The tags of one reference, without the empty ones but for ER, which ends it."""
    yield "TY", _reference_type(record)
    for tag, value in (*_description(record), *_whereabouts(record)):
        if value:
            yield tag, value
    yield "ER", ""


def _reference_type(record: Record) -> str:
    if record.kind == "article":
        return "JOUR"
    return "CHAP" if record.book and record.title != record.book.title else "BOOK"


def _description(record: Record) -> Iterator[tuple[str, str]]:
    yield "AN", record.pmid
    yield "DB", "PubMed"
    yield "TI", title_of(record)
    if record.title:
        yield "TT", record.vernacular_title
    for author in record.authors:
        yield "AU", _author(author)
    yield "AB", abstract_of(record)
    yield "LA", ", ".join(record.languages)
    for keyword in dict.fromkeys((*record.keywords, *(heading.name for heading in record.mesh))):
        yield "KW", keyword


def _whereabouts(record: Record) -> Iterator[tuple[str, str]]:
    journal = record.journal
    first, last = _page_range(journal.pages)
    date = record.published or record.published_online
    if record.book:
        yield "T2", record.book.title if record.title != record.book.title else ""
        yield "PB", record.book.publisher
    yield "JO", journal.title
    yield "JA", journal.abbreviation
    yield "VL", journal.volume
    yield "IS", journal.issue
    yield "SP", first
    yield "EP", last
    yield "SN", journal.issn
    yield "PY", f"{date.year}" if date else ""
    yield "DA", str(date).replace("-", "/") if date and date.month else ""
    yield "DO", record.doi or ""
    yield "C2", record.pmcid or ""
    yield "UR", pubmed_url(record.pmid)


def _author(author: Author) -> str:
    given = author.fore_name or author.initials
    return author.collective or ", ".join(part for part in (author.last_name, given, author.suffix) if part)


def _page_range(pages: str) -> tuple[str, str]:
    """First and last page; PubMed leaves out the digits that they share: 1199-205 ends on 1205."""
    match = _PAGES.fullmatch(pages)
    if match is None:
        return pages, ""
    prefix, first, last_prefix, last = match.groups()
    whole = first[: max(0, len(first) - len(last))] + last
    return prefix + first, (last_prefix or prefix) + whole

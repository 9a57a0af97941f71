"""What a record can be found by: its words by column, its whole values by field, its dates.

Which part of a record a field covers is PubMed's (user guide, "PubMed data field descriptions").
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from litwatch.model.dates import PartialDate
from litwatch.model.record import Author, Journal, MeshHeading, Record
from litwatch.pubmed.query_index import author_value, heading_value, identifier_value
from litwatch.pubmed.query_words import join_words, plain_text

COLUMNS = ("title", "abstract", "keyword", "subject", "other")
TEXT_FIELDS = {
    "ti": COLUMNS[:1],
    "ot": COLUMNS[2:3],
    "tiab": COLUMNS[:3],
    "tw": COLUMNS[:4],
    "all": COLUMNS,
}
"""The columns that each text field covers."""

# Stands between two texts of one column, so that no phrase runs from one into the next. No query holds it.
_BOUNDARY = " ¶ "
_IDENTIFIERS = frozenset({"doi", "pii", "bookaccession"})
_TITLE_TAIL = re.compile(r"\s*[:=(].*")


class Value(NamedTuple):
    """A whole value of a field, in the form in which it is compared."""

    field: str
    value: str


class Day(NamedTuple):
    """A date of a field, as the proleptic ordinal of its first day."""

    field: str
    ordinal: int


class Terms(NamedTuple):
    """Everything that one record can be found by; ``texts`` are in the order of COLUMNS."""

    texts: tuple[str, ...]
    values: tuple[Value, ...]
    days: tuple[Day, ...]


def terms_of(record: Record) -> Terms:
    """What ``record`` can be found by."""
    columns = (_title, _abstract, _keywords, _subject, _other)
    return Terms(
        tuple(_BOUNDARY.join(plain_text(text) for text in column(record) if text) for column in columns),
        tuple(dict.fromkeys(value for value in _values(record) if value.value)),
        tuple(dict.fromkeys(_days(record))),
    )


def _title(record: Record) -> Iterator[str]:
    yield record.title
    if record.book:
        yield record.book.title
        yield record.book.collection


def _abstract(record: Record) -> Iterator[str]:
    yield record.abstract_text
    for other in record.other_abstracts:
        yield " ".join(f"{section.label} {section.text}" for section in other.sections)


def _keywords(record: Record) -> Iterable[str]:
    return record.keywords


def _subject(record: Record) -> Iterator[str]:
    """What Text Word covers beyond Title/Abstract."""
    for heading in record.mesh:
        yield heading.name
        yield from (qualifier.name for qualifier in heading.qualifiers)
    yield from (kind.name for kind in record.publication_types)
    yield from (concept.name for concept in record.supplementary)
    yield from (chemical.name for chemical in record.chemicals)
    yield from (author.collective for author in record.authors)
    yield from (f"{number.databank}/{number.accession}" for number in record.registry_numbers)


def _other(record: Record) -> Iterator[str]:
    """What All Fields covers beyond Text Word."""
    for author in record.authors:
        yield author.printed
        yield f"{author.fore_name} {author.last_name}"
    journal = record.journal
    yield from (journal.title, journal.abbreviation, journal.issn, journal.volume, journal.issue, journal.pages)
    yield record.vernacular_title
    yield from (value for _, value in record.article_ids)
    yield from (record.pmid, record.doi or "", str(record.year or ""))


def _values(record: Record) -> Iterator[Value]:
    for heading in record.mesh:
        yield from _heading_values(heading)
    yield from (Value("pt", join_words(kind.name)) for kind in record.publication_types)
    yield from (Value("nm", join_words(chemical.name)) for chemical in record.chemicals)
    yield from (Value("nm", join_words(concept.name)) for concept in record.supplementary)
    yield from _author_values([author for author in record.authors if author.last_name])
    yield from _journal_values(record.journal)
    yield from (Value("la", join_words(language)) for language in record.languages)
    for number in record.registry_numbers:
        for text in (number.databank, number.accession, f"{number.databank}/{number.accession}"):
            yield Value("si", join_words(text))
    identifiers = [value for kind, value in record.article_ids if kind in _IDENTIFIERS]
    yield from (Value("aid", identifier_value(text)) for text in (*identifiers, record.doi or ""))
    yield Value("sb", _subset(record.status))
    yield Value("sb", "hasabstract" if record.abstract_text else "")


def _heading_values(heading: MeshHeading) -> Iterator[Value]:
    for name in _orders(heading.name):
        yield Value("mh", heading_value(name))
        if heading.is_major:
            yield Value("majr", heading_value(name))
        for qualifier in heading.qualifiers:
            pair = heading_value(f"{name}/{qualifier.name}")
            yield Value("mh", pair)
            if heading.major or qualifier.major:
                yield Value("majr", pair)
    yield from (Value("sh", join_words(qualifier.name)) for qualifier in heading.qualifiers)


def _orders(name: str) -> Iterator[str]:
    """A heading as printed and, when inverted, in natural order: PubMed knows that as its entry term."""
    plain = name.replace("/", " ")
    yield plain
    head, comma, tail = plain.partition(", ")
    if comma and ", " not in tail:
        yield f"{tail} {head}"


def _author_values(authors: list[Author]) -> Iterator[Value]:
    places = [("au", author) for author in authors]
    if authors:
        places += [("1au", authors[0]), ("lastau", authors[-1])]
    for field, author in places:
        yield Value(field, join_words(author.last_name))
        yield Value(field, author_value(author.last_name, f"{author.initials} {author.suffix}"))


def _journal_values(journal: Journal) -> Iterator[Value]:
    for name in (journal.title, _TITLE_TAIL.sub("", journal.title), journal.abbreviation, journal.issn):
        yield Value("ta", join_words(name))
    yield Value("vi", join_words(journal.volume))
    yield Value("ip", join_words(journal.issue))
    yield Value("pg", join_words(journal.pages.partition("-")[0]))


def _subset(status: str) -> str:
    """The [sb] value of a citation status; a record in data review is one in process."""
    name = "".join(plain_text(status).split())
    return "inprocess" if name == "indatareview" else name


def _days(record: Record) -> Iterator[Day]:
    printed, online = record.published, record.published_online
    entered = record.event("pubmed")
    dated: list[tuple[str, PartialDate | None]] = [
        ("ppdat", printed),
        ("epdat", online),
        ("dp", printed),
        ("crdt", record.event("entrez")),
        ("edat", entered),
        # The MeSH date is the entry date until there are MeSH headings (user guide, "MeSH Date").
        ("mhda", record.event("medline") or entered),
    ]
    if online and (printed is None or online.earliest <= printed.earliest):
        dated.append(("dp", online))
    for field, day in dated:
        if day:
            yield Day(field, day.earliest.toordinal())

"""A TermIndex that looks at every record: slow, plain, and made apart from the archive's."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise, permutations, product

from litwatch.model.dates import PartialDate
from litwatch.model.record import Author, Record
from litwatch.pubmed.query_words import split_words

Words = tuple[str, ...]


class NaiveIndex:
    """Answers from the fields of records."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = tuple(records)

    def find_phrase(self, field: str, words: Sequence[str], *, prefix: bool = False) -> frozenset[int]:
        return self._where(lambda record: any(_has_phrase(text, words, prefix) for text in _texts(record, field)))

    def find_near(self, field: str, words: Sequence[str], distance: int) -> frozenset[int]:
        return self._where(lambda record: any(has_near(text, words, distance) for text in _columns(record, field)))

    def find_value(self, field: str, value: str, *, prefix: bool = False) -> frozenset[int]:
        return self._where(
            lambda record: any(
                known == value or (prefix and known.startswith(value)) for known in VALUES[field](record) if known
            )
        )

    def find_dates(self, field: str, low: date, high: date) -> frozenset[int]:
        return self._where(lambda record: any(day and low <= day.earliest <= high for day in _dates(record, field)))

    def find_pmids(self, low: int, high: int) -> frozenset[int]:
        return self._where(lambda record: low <= int(record.pmid) <= high)

    def _where(self, holds: Callable[[Record], bool]) -> frozenset[int]:
        return frozenset(int(record.pmid) for record in self._records if holds(record))


def _has_phrase(text: Words, words: Sequence[str], prefix: bool) -> bool:
    *first, last = words
    for start in range(len(text) - len(words) + 1):
        *there, end = text[start : start + len(words)]
        if there == first and (end == last or (prefix and end.startswith(last))):
            return True
    return False


def has_near(text: Words, words: Sequence[str], distance: int) -> bool:
    where = [[place for place, word in enumerate(text) if word == wanted] for wanted in words]
    return any(
        all(0 < later - earlier <= distance + 1 for earlier, later in pairwise(order))
        for places in product(*where)
        for order in permutations(places)
    )


def _texts(record: Record, field: str) -> Iterator[Words]:
    return (split_words(text) for column in _field_columns(record, field) for text in column)


def _columns(record: Record, field: str) -> Iterator[Words]:
    """Whole columns: between two texts of one stands a word that nobody asks for."""
    for column in _field_columns(record, field):
        words: Words = ()
        for text in column:
            words += ("¶", *split_words(text))
        yield words


def _field_columns(record: Record, field: str) -> list[list[str]]:
    title = [record.title]
    abstract = [record.abstract_text] + [
        " ".join(f"{section.label} {section.text}" for section in other.sections) for other in record.other_abstracts
    ]
    keywords = list(record.keywords)
    subject = [heading.name for heading in record.mesh]
    subject += [qualifier.name for heading in record.mesh for qualifier in heading.qualifiers]
    subject += [kind.name for kind in record.publication_types] + [chemical.name for chemical in record.chemicals]
    subject += [author.collective for author in record.authors]
    subject += [f"{number.databank} {number.accession}" for number in record.registry_numbers]
    journal = record.journal
    other = [author.printed for author in record.authors] + [journal.title, journal.abbreviation, journal.issn]
    other += [record.vernacular_title, record.pmid, record.doi or "", str(record.year or "")]
    return {
        "ti": [title],
        "ot": [keywords],
        "tiab": [title, abstract, keywords],
        "tw": [title, abstract, keywords, subject],
        "all": [title, abstract, keywords, subject, other],
    }[field]


def _dates(record: Record, field: str) -> list[PartialDate | None]:
    printed, online = record.published, record.published_online
    entered = record.event("pubmed")
    return {
        "ppdat": [printed],
        "epdat": [online],
        "dp": [printed, online if online and printed and online.earliest <= printed.earliest else None],
        "crdt": [record.event("entrez")],
        "edat": [entered],
        "mhda": [record.event("medline") or entered],
    }[field]


def _plain(text: str) -> str:
    return " ".join(split_words(text))


def _headings(record: Record, major: bool) -> Iterator[str]:
    for heading in record.mesh:
        names = [_plain(heading.name)]
        if heading.name.count(", ") == 1:
            names.append(_plain(" ".join(reversed(heading.name.split(", ")))))
        for name in names:
            if heading.is_major or not major:
                yield name
            for qualifier in heading.qualifiers:
                if heading.major or qualifier.major or not major:
                    yield f"{name}/{_plain(qualifier.name)}"


def _people(authors: Iterable[Author]) -> Iterator[str]:
    for author in authors:
        if author.last_name:
            yield _plain(author.last_name)
            yield f"{_plain(author.last_name)}/{_plain(author.initials + ' ' + author.suffix)}"


def _persons(record: Record) -> list[Author]:
    return [author for author in record.authors if author.last_name]


def _subsets(record: Record) -> Iterator[str]:
    yield {"In-Data-Review": "inprocess", "In-Process": "inprocess"}.get(
        record.status, record.status.lower().replace("-", "")
    )
    if record.abstract:
        yield "hasabstract"


VALUES: dict[str, Callable[[Record], Iterable[str]]] = {
    "mh": lambda record: _headings(record, major=False),
    "majr": lambda record: _headings(record, major=True),
    "sh": lambda record: [_plain(qualifier.name) for heading in record.mesh for qualifier in heading.qualifiers],
    "pt": lambda record: [_plain(kind.name) for kind in record.publication_types],
    "nm": lambda record: [_plain(chemical.name) for chemical in record.chemicals],
    "au": lambda record: _people(record.authors),
    "1au": lambda record: _people(_persons(record)[:1]),
    "lastau": lambda record: _people(_persons(record)[-1:]),
    "ta": lambda record: [
        *map(_plain, (record.journal.title, record.journal.abbreviation, record.journal.issn)),
        _plain(record.journal.title.split(" : ")[0].split(" (")[0]),
    ],
    "vi": lambda record: [_plain(record.journal.volume)],
    "ip": lambda record: [_plain(record.journal.issue)],
    "pg": lambda record: [_plain(record.journal.pages.split("-")[0])],
    "la": lambda record: record.languages,
    "si": lambda record: [
        _plain(text)
        for number in record.registry_numbers
        for text in (number.databank, number.accession, f"{number.databank} {number.accession}")
    ],
    "aid": lambda record: [record.doi or ""],
    "sb": _subsets,
}

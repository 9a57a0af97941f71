"""MEDLINE's tagged format (nbib), as PubMed's "Send to: Citation manager" and Ovid write it, read by Bio.Medline."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from litwatch.library.drafts import Draft, Fields, Stray, every, first
from litwatch.library.tagged import Dialect, TagLine, joined_fields, split_tagged
from litwatch.library.values import bare_pmid, find_date, find_doi, find_pmcid, find_pmid, person, read_name
from litwatch.library.whole import Names
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author, Link

LINK_TAGS: Mapping[str, str] = {
    "CommentIn": "CIN",
    "CommentOn": "CON",
    "CorrectedandRepublishedFrom": "CRF",
    "CorrectedandRepublishedIn": "CRI",
    "ErratumFor": "EFR",
    "ErratumIn": "EIN",
    "ExpressionOfConcernFor": "ECF",
    "ExpressionOfConcernIn": "ECI",
    "OriginalReportIn": "ORI",
    "RepublishedFrom": "RPF",
    "RepublishedIn": "RPI",
    "RetractedandRepublishedFrom": "RRF",
    "RetractedandRepublishedIn": "RRI",
    "RetractionIn": "RIN",
    "RetractionOf": "ROF",
    "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN",
    "UpdateOf": "UOF",
}
"""CommentsCorrections RefType → tag. Cites and the dataset links have none here."""

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")
_OTHER_LAYOUT = re.compile(r"\s{1,3}([A-Z][A-Z0-9]{1,3}) {0,3}- (.*)")
NAMES = Names(
    copied=frozenset(("TI", "BTI", "TT", "JT", "TA", "VI", "IP", "PG", "EN", "PB", "PL", "AB")),
    parted=frozenset(("FAU", "AU", "CN", "ED", "FED", "IS", "LA", "MH", "OT", "PT", *LINK_TAGS.values())),
    dates=frozenset(("DP",)),
    identifiers={"PMID": "PMID", "PMC": "PMCID"},
)
_OURS = NAMES.copied | NAMES.parted | NAMES.dates | frozenset(NAMES.identifiers)


def read_nbib(text: str) -> Iterator[Draft | Stray]:
    """Every entry of ``text``, whole or broken."""
    dialect = Dialect(
        "PMID", "", _read_line, frozenset(), once=frozenset(("TI", "DP", "AB", "OWN", "STAT", "JT", "SO"))
    )
    for entry in split_tagged(text, dialect):
        if isinstance(entry, Stray):
            yield entry
        else:
            fields = _by_medline(joined_fields(entry))
            yield Draft(entry.line, entry.text, _describe(fields), fields, tuple(entry.problems))


def _read_line(line: str) -> TagLine | None:
    if match := _LINE.fullmatch(line):
        return TagLine(match.group(1), match.group(2).strip())
    if match := _OTHER_LAYOUT.fullmatch(line):
        return TagLine(match.group(1), match.group(2).strip(), is_repaired=True) if match.group(1) in _OURS else None
    return None


def _by_medline(fields: dict[str, list[str]]) -> Fields:
    """The fields of one entry as Bio.Medline reads them, each as a list."""
    from Bio import Medline

    lines = [f"{tag:<4}- {value}\n" for tag, values in fields.items() for value in values]
    entry: dict[str, Any] = next(Medline.parse(lines), {})  # type: ignore[no-untyped-call]
    return {tag: [value] if isinstance(value, str) else value for tag, value in entry.items()}


def _describe(fields: Fields) -> Description:
    """What the tags say, under the names of "MEDLINE/PubMed Data Element (Field) Descriptions" of the NLM."""
    book = first(fields, "BTI")
    title = first(fields, "TI")
    return Description(
        kind=_kind(fields),
        title=title or book,
        original_title=first(fields, "TT"),
        authors=_authors(fields),
        editors=tuple(read_name(name) for name in every(fields, "FED") or every(fields, "ED")),
        published=find_date(first(fields, "DP")) or find_date(first(fields, "DEP")),
        journal=(book if title else "") or first(fields, "JT"),
        abbreviation=first(fields, "TA"),
        volume=first(fields, "VI"),
        issue=first(fields, "IP"),
        pages=first(fields, "PG"),
        edition=first(fields, "EN"),
        publisher=first(fields, "PB"),
        place=first(fields, "PL") if book else "",
        issn=first(fields, "IS").split(" ")[0],
        pmid=bare_pmid(first(fields, "PMID")),
        doi=find_doi(*every(fields, "LID", "AID", "DO")),
        pmcid=find_pmcid(first(fields, "PMC")),
        language=", ".join(every(fields, "LA")),
        abstract=first(fields, "AB"),
        keywords=tuple(dict.fromkeys(word.lstrip("*").split("/")[0] for word in every(fields, "OT", "MH"))),
        publication_types=every(fields, "PT"),
        links=_links(fields),
        source="PubMed" if bare_pmid(first(fields, "PMID")) else "",
    )


def _kind(fields: Fields) -> EntryKind:
    if first(fields, "BTI"):
        return EntryKind.CHAPTER if first(fields, "TI") else EntryKind.BOOK
    return EntryKind.PREPRINT if "Preprint" in every(fields, "PT") else EntryKind.ARTICLE


def _authors(fields: Fields) -> tuple[Author, ...]:
    """Full names with the initials that PubMed prints, where both lists are whole; groups come last."""
    full, printed = fields.get("FAU", ()), fields.get("AU", ())
    people = [read_name(name) for name in full or printed]
    if len(full) == len(printed):
        people = [_with_initials(name, short) for name, short in zip(full, printed, strict=True)]
    return (*people, *(Author(collective=name) for name in every(fields, "CN")))


def _with_initials(full: str, printed: str) -> Author:
    last_name, _, given = full.partition(", ")
    short = printed.removeprefix(last_name).split()
    return person(last_name, given)._replace(initials=short[0] if short else "")


def _links(fields: Fields) -> tuple[Link, ...]:
    return tuple(
        Link(ref_type, find_pmid(value), value) for ref_type, tag in LINK_TAGS.items() for value in fields.get(tag, ())
    )

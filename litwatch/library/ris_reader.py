"""RIS as it is found: read by rispy, entry by entry, after what it would stumble over has been put right.

rispy 0.10 drops an entry that does not end with ER, the second value of a tag that is no list, and a line whose tag is
not followed by exactly two spaces; so each entry is given to it alone, whole, and with every tag as a list.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from litwatch.library.drafts import Draft, Fields, Stray, every, first
from litwatch.library.tagged import Dialect, TagLine, joined_fields, split_tagged
from litwatch.library.values import (
    accession_pmid,
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
from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Pmid
from litwatch.model.library import Description, EntryKind

KINDS = {
    "JOUR": EntryKind.ARTICLE,
    "EJOUR": EntryKind.ARTICLE,
    "INPR": EntryKind.ARTICLE,
    "JFULL": EntryKind.ARTICLE,
    "MGZN": EntryKind.ARTICLE,
    "ABST": EntryKind.ARTICLE,
    "BOOK": EntryKind.BOOK,
    "EBOOK": EntryKind.BOOK,
    "EDBOOK": EntryKind.BOOK,
    "CHAP": EntryKind.CHAPTER,
    "ECHAP": EntryKind.CHAPTER,
    "CONF": EntryKind.CONFERENCE,
    "CPAPER": EntryKind.CONFERENCE,
    "RPRT": EntryKind.REPORT,
    "GOVDOC": EntryKind.REPORT,
    "THES": EntryKind.THESIS,
    "ELEC": EntryKind.WEBPAGE,
    "UNPB": EntryKind.PREPRINT,
    "MANSCPT": EntryKind.PREPRINT,
}
"""Type of reference → kind. The first type of a kind is the one that is written."""

_STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)")
_LOOSE = re.compile(r"\s{0,8}([A-Za-z][A-Za-z0-9])(?:\s{0,4}[-–—]\s|\s{1,4}[-–—])(.*)")
_BARE = re.compile(r"\s{0,8}(?:(ER)\s{0,4}-?|(TY)\s{0,4}-\s{0,4}([A-Z]{3,7})|(PY|Y1)-(\d{4}\b.*))\s*")
_HEADER = re.compile(r"\s*(?:provider|database|content)\s*:", re.IGNORECASE)
_AUTHORS = ("AU", "A1")
_MEDLINE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
NAMES = Names(
    copied=frozenset(
        (
            *("TI", "T1", "CT", "BT", "TT", "OP", "JO", "JF", "T2", "JA", "J1", "J2", "VL", "IS", "CP", "SP", "EP"),
            *("ET", "PB", "CY", "SN", "UR", "LA", "AB", "N2", "DB"),
        )
    ),
    parted=frozenset(("TY", *_AUTHORS, "ED", "A2", "KW")),
    dates=frozenset(("PY", "Y1", "DA")),
    identifiers={"DO": "DOI"},
)
"""The tags that have a field of ours. AN, N1, M1, C2 … are read for identifiers and kept as they are."""


def read_ris(text: str) -> Iterator[Draft | Stray]:
    """Every entry of ``text``, whole or broken."""
    dialect = Dialect("TY", "ER", _read_line, frozenset((*_AUTHORS, "A2", "ED", "KW", "UR")), around=_HEADER)
    for entry in split_tagged(text, dialect):
        if isinstance(entry, Stray):
            yield entry
        else:
            fields = _by_rispy(joined_fields(entry))
            yield Draft(entry.line, entry.text, _describe(fields), fields, tuple(entry.problems))


def _read_line(line: str) -> TagLine | None:
    if match := _STRICT.fullmatch(line):
        return TagLine(match.group(1), (match.group(2) or "").strip())
    if match := _LOOSE.fullmatch(line):
        tag = match.group(1).upper()
        return TagLine(tag, match.group(2).strip(), is_repaired=True) if tag in _known_tags() else None
    if match := _BARE.fullmatch(line):
        tag = match.group(1) or match.group(2) or match.group(4)
        return TagLine(tag, match.group(3) or match.group(5) or "", is_repaired=match.group(1) is None)
    return None


@cache
def _known_tags() -> frozenset[str]:
    from rispy.config import TAG_KEY_MAPPING

    return frozenset(TAG_KEY_MAPPING) | {"ED", "CP", "BT", "CT", "J1"}


def _by_rispy(fields: dict[str, list[str]]) -> Fields:
    """The fields of one entry as rispy reads them, under their tags."""
    from rispy import RisParser

    start = fields.pop("TY", [""])
    lines = [
        f"TY  - {start[0]}",
        *(f"{tag}  - {value}" for tag, values in fields.items() for value in values),
        "ER  - ",
    ]
    parser = RisParser(
        mapping={tag: tag for tag in ("TY", "ER", "UK", *fields)}, list_tags=list(fields), delimiter_tags_mapping={}
    )
    read: dict[str, Any] = parser.parse_lines(iter(lines))[0]
    return read | {"TY": start}


def _describe(fields: Fields) -> Description:
    """What the tags say. Exports differ in the tags that they use, so each field is looked for under all of its own."""
    kind = KINDS.get(first(fields, "TY").upper(), EntryKind.OTHER if first(fields, "TY") else EntryKind.ARTICLE)
    names = [name for name in every(fields, *_AUTHORS) if not is_others(name)]
    return Description(
        kind=kind,
        title=first(fields, "TI", "T1", "CT", *(("BT", "T2") if kind is EntryKind.BOOK else ())),
        original_title=first(fields, "TT", "OP"),
        authors=tuple(read_name(name) for name in names),
        authors_complete=len(names) == len(every(fields, *_AUTHORS)),
        editors=tuple(read_name(name) for name in every(fields, "ED", "A2") if not is_others(name)),
        published=_published(fields),
        journal=_journal(fields, kind),
        abbreviation=first(fields, "JA", "J2", "J1") if kind is EntryKind.ARTICLE else "",
        volume=first(fields, "VL"),
        issue=first(fields, "IS", "CP"),
        pages=_pages(fields),
        edition=first(fields, "ET"),
        publisher=first(fields, "PB"),
        place=first(fields, "CY"),
        issn=first(fields, "SN"),
        pmid=_pmid(fields),
        doi=find_doi(*every(fields, "DO", "M3", "L3", "UR", "N1", "AN")),
        pmcid=find_pmcid(*every(fields, "C2", "PMC", "UR", "N1")),
        url=first(fields, "UR", "L2", "LK"),
        language=first(fields, "LA"),
        abstract=first(fields, "AB", "N2"),
        keywords=every(fields, "KW"),
        source=first(fields, "DB", "DP"),
    )


def _published(fields: Fields) -> PartialDate | None:
    """The year of PY or Y1, with the day that DA gives, which may leave out the year."""
    year = latest_detail(find_date(value) for value in every(fields, "PY", "Y1", "DA"))
    days = (find_date(f"{year.year} {value}") for value in every(fields, "DA")) if year else ()
    return latest_detail((year, *(day for day in days if day and day.month)))


def _journal(fields: Fields, kind: EntryKind) -> str:
    if kind is EntryKind.BOOK:
        return ""
    if kind in (EntryKind.CHAPTER, EntryKind.CONFERENCE):
        return first(fields, "T2", "BT", "JF", "JO", "JA")
    return first(fields, "JF", "JO", "T2") or ("" if kind is EntryKind.ARTICLE else first(fields, "JA", "J2", "J1"))


def _pages(fields: Fields) -> str:
    start, end = first(fields, "SP"), first(fields, "EP")
    if start and end and start != end and "-" not in start:
        return f"{start}-{end}"
    return start or end or first(fields, "C7")


def _pmid(fields: Fields) -> Pmid | None:
    """The PMID that is named as one, or the accession number of a database that numbers with PMIDs."""
    named = find_pmid(*every(fields, "UR", "N1", "ID", "M1", "M2", "C1", "LB"))
    own = bare_pmid(first(fields, "PMID", "PM"))
    is_medline = any(_MEDLINE.search(name) for name in every(fields, "DB", "DP"))
    return own or accession_pmid(first(fields, "AN"), named, is_medline)

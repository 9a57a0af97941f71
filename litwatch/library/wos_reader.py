"""Web of Science's tagged text (savedrecs.txt), read by rispy entry by entry."""

import re
from collections.abc import Iterator
from typing import Any

from litwatch.library.drafts import Draft, Fields, Stray, every, first
from litwatch.library.table_reader import first_line, read_rows
from litwatch.library.tagged import Dialect, TagLine, joined_fields, split_tagged
from litwatch.library.values import bare_pmid, find_date, find_doi, is_others, latest_detail, read_name
from litwatch.library.whole import Names
from litwatch.model.library import Description, EntryKind

_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)")
_AROUND = re.compile(r"(?:FN|VR|EF)\b")
_KINDS = {"J": EntryKind.ARTICLE, "B": EntryKind.BOOK, "S": EntryKind.CHAPTER, "P": EntryKind.OTHER}
NAMES = Names(
    copied=frozenset(("TI", "SO", "J9", "JI", "VL", "IS", "BP", "EP", "AR", "PU", "PI", "SN", "LA", "AB")),
    parted=frozenset(("PT", "AF", "AU", "CA", "BE", "DE", "ID", "DT")),
    dates=frozenset(("PY",)),
    date_parts=frozenset(("PD",)),
    identifiers={"PM": "PMID", "DI": "DOI", "D2": "DOI"},
)
_LISTED = frozenset(("AU", "AF", "BE", "CA"))


def read_wos(text: str) -> Iterator[Draft | Stray]:
    """Every entry of ``text``, whole or broken."""
    dialect = Dialect("PT", "ER", _read_line, _LISTED | {"C1", "CR"}, around=_AROUND)
    for entry in split_tagged(text, dialect):
        if isinstance(entry, Stray):
            yield entry
        else:
            fields = _by_rispy(joined_fields(entry))
            yield Draft(entry.line, entry.text, _describe(fields), fields, tuple(entry.problems))


def is_wos_table(text: str) -> bool:
    """Whether the first line has the tags as the headers of columns: a tab-delimited export."""
    return {"PT", "AU", "TI"} <= set(first_line(text).split("\t"))


def read_wos_table(text: str) -> Iterator[Draft | Stray]:
    """Every row of a tab-delimited export, whole or broken."""
    for row in read_rows(text):
        fields = dict[str, list[str]]()
        for at, cell in enumerate(row.cells):
            tag = row.headers[at] if at < len(row.headers) else f"column {at + 1}"
            parts = cell.split(";") if tag in _LISTED else [cell]
            fields[tag] = [part.strip() for part in parts if part.strip()]
        yield Draft(row.line, row.text, _describe(fields), fields, row.problems)


def _read_line(line: str) -> TagLine | None:
    match = _LINE.fullmatch(line)
    if match is None or match.group(1) in ("FN", "VR", "EF"):
        return None
    return TagLine(match.group(1), (match.group(2) or "").strip())


def _by_rispy(fields: dict[str, list[str]]) -> Fields:
    from rispy import WokParser

    start = fields.pop("PT", [""])
    lines = [f"PT {start[0]}", *(f"{tag} {value}" for tag, values in fields.items() for value in values), "ER"]
    parser = WokParser(mapping={tag: tag for tag in ("PT", "ER", "UK", *fields)}, list_tags=list(fields))
    read: dict[str, Any] = parser.parse_lines(iter(lines))[0]
    return read | {"PT": start}


def _describe(fields: Fields) -> Description:
    names = every(fields, "AF") or every(fields, "AU")
    groups = every(fields, "CA")
    start, end = first(fields, "BP"), first(fields, "EP")
    return Description(
        kind=_KINDS.get(first(fields, "PT"), EntryKind.ARTICLE),
        title=first(fields, "TI"),
        authors=(
            *(read_name(name) for name in names if not is_others(name)),
            *(read_name(f"{group},") for group in groups),
        ),
        authors_complete=not any(is_others(name) for name in names),
        editors=tuple(read_name(name) for name in every(fields, "BE")),
        published=latest_detail(
            find_date(value) for value in (first(fields, "PY"), f"{first(fields, 'PD')} {first(fields, 'PY')}")
        ),
        journal=first(fields, "SO"),
        abbreviation=first(fields, "JI", "J9"),
        volume=first(fields, "VL"),
        issue=first(fields, "IS"),
        pages=f"{start}-{end}" if start and end and start != end else start or end or first(fields, "AR"),
        publisher=first(fields, "PU"),
        place=first(fields, "PI"),
        issn=first(fields, "SN"),
        pmid=bare_pmid(first(fields, "PM")),
        doi=find_doi(first(fields, "DI"), first(fields, "D2")),
        language=first(fields, "LA"),
        abstract=first(fields, "AB"),
        keywords=tuple(
            word.strip() for value in every(fields, "DE", "ID") for word in value.split(";") if word.strip()
        ),
        publication_types=tuple(kind.strip() for value in every(fields, "DT") for kind in value.split(";")),
        source="Web of Science",
    )

"""RIS, the tagged format that reference managers import."""

import re
from collections.abc import Iterator, Sequence

from litwatch.library.pages import page_range
from litwatch.library.ris_reader import KINDS, NAMES
from litwatch.library.text import one_line
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author

_TYPES = {kind: tag for tag, kind in reversed(KINDS.items())} | {EntryKind.OTHER: "GEN"}
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_OURS = NAMES.copied | NAMES.parted | NAMES.dates | frozenset((*NAMES.identifiers, "AN", "DP", "ER"))


def write_ris(described: Sequence[Description]) -> str:
    """One reference each; a value stands on one line, so that none can pass for a tag."""
    return "".join(f"{tag}  - {one_line(value)}\n" for each in described for tag, value in _tags(each))


def _tags(described: Description) -> Iterator[tuple[str, str]]:
    """The tags of one reference, without the empty ones but for ER, which ends it."""
    yield "TY", _TYPES[described.kind]
    for part in (_description(described), _whereabouts(described), _other(described)):
        for tag, value in part:
            if value:
                yield tag, value
    yield "ER", ""


def _description(described: Description) -> Iterator[tuple[str, str]]:
    yield "AN", described.pmid or ""
    yield "DB", "PubMed" if described.pmid else described.source
    yield "TI", described.title
    yield "TT", described.original_title
    for author in described.authors:
        yield "AU", author_text(author)
    if not described.authors_complete:
        yield "AU", "et al."
    for editor in described.editors:
        yield "ED", author_text(editor)
    yield "AB", described.abstract
    yield "LA", described.language
    for keyword in described.keywords:
        yield "KW", keyword


def _whereabouts(described: Description) -> Iterator[tuple[str, str]]:
    first, last = page_range(described.pages)
    date = described.published
    in_book = described.kind in (EntryKind.CHAPTER, EntryKind.CONFERENCE)
    yield "T2" if in_book else "JO", described.journal
    yield "JA", described.abbreviation
    yield "ET", described.edition
    yield "PB", described.publisher
    yield "CY", described.place
    yield "VL", described.volume
    yield "IS", described.issue
    yield "SP", first
    yield "EP", last
    yield "SN", described.issn
    yield "PY", f"{date.year}" if date else described.undated
    yield "DA", date.as_printed or (str(date).replace("-", "/") if date.month else "") if date else ""
    yield "DO", described.doi or ""
    yield "C2", described.pmcid or ""
    yield "UR", f"https://pubmed.ncbi.nlm.nih.gov/{described.pmid}/" if described.pmid else described.url


def _other(described: Description) -> Iterator[tuple[str, str]]:
    """What the entry says besides, under its own tag where that is RIS's, else as a note.

    A tag that a field of ours is written under is not used: another program may take the second value for the first.
    """
    for name, value in described.other:
        if value in (described.pmid, described.pmcid) or (name == "DP" and described.pmid):
            continue
        yield (name, value) if _TAG.fullmatch(name) and name not in _OURS else ("N1", f"{name}: {value}")


def author_text(author: Author) -> str:
    """``Roe, Anna, Jr``, or the name of a group."""
    given = author.fore_name or author.initials
    return author.collective or ", ".join(part for part in (author.last_name, given, author.suffix) if part)

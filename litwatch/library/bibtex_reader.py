"""BibTeX and BibLaTeX, cut by bibtexparser; what it refuses is read field by field.

Between entries BibTeX allows any text, so only such text is told as lost that looks like fields.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

from litwatch.library.drafts import Draft, Fields, Stray, first
from litwatch.library.latex import plain_text, without_braces
from litwatch.library.values import bare_pmid, find_date, find_doi, find_pmcid, find_pmid, is_others, read_name
from litwatch.library.whole import Names
from litwatch.model.identifiers import Pmid
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author

if TYPE_CHECKING:
    from bibtexparser.model import Block, ParsingFailedBlock
    from bibtexparser.model import Entry as BibEntry

KINDS = {
    "article": EntryKind.ARTICLE,
    "periodical": EntryKind.ARTICLE,
    "book": EntryKind.BOOK,
    "booklet": EntryKind.BOOK,
    "collection": EntryKind.BOOK,
    "proceedings": EntryKind.BOOK,
    "mvbook": EntryKind.BOOK,
    "incollection": EntryKind.CHAPTER,
    "inbook": EntryKind.CHAPTER,
    "inproceedings": EntryKind.CONFERENCE,
    "conference": EntryKind.CONFERENCE,
    "techreport": EntryKind.REPORT,
    "report": EntryKind.REPORT,
    "phdthesis": EntryKind.THESIS,
    "mastersthesis": EntryKind.THESIS,
    "thesis": EntryKind.THESIS,
    "online": EntryKind.WEBPAGE,
    "electronic": EntryKind.WEBPAGE,
    "unpublished": EntryKind.PREPRINT,
}
"""Entry type → kind. The first type of a kind is the one that is written."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEAD = re.compile(r"@(\w*)\s*[{(]\s*([^\s,={}]*)\s*,?")
_FIELD = re.compile(r"(?:^|[,}\"\n])[ \t]*([A-Za-z][\w-]{0,40})[ \t]*=[ \t]*", re.MULTILINE)
_LOST = re.compile(r"^[ \t]{0,40}(?:\w{2,20} {0,40}= {0,40}[{\"]|@?\w{4,20}\{)", re.MULTILINE)
NAMES = Names(
    copied=frozenset(
        (
            *("title", "journal", "journaltitle", "booktitle", "shortjournal", "volume", "number", "issue", "pages"),
            *("edition", "publisher", "institution", "school", "address", "location", "issn", "isbn", "url"),
            *("language", "langid", "abstract"),
        )
    ),
    parted=frozenset(("author", "editor", "keywords")),
    dates=frozenset(("year", "date")),
    date_parts=frozenset(("month",)),
    identifiers={"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID"},
)

LONGEST_MACRO = 10_000
"""Macros may be made of macros: ten lines of a few letters can stand for more than a machine can hold."""


def read_bibtex(text: str) -> Iterator[Draft | Stray]:
    """Every entry of ``text``, whole or broken."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    # It warns of what it cannot parse, where we say so ourselves.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    blocks = Splitter(text).split().blocks
    macros = {month: month for month in _MONTHS}
    for at, block in enumerate(blocks):
        line = (block.start_line or 0) + 1
        if isinstance(block, model.String):
            value = _resolved(str(block.value), macros)
            if len(value) <= LONGEST_MACRO:
                macros[block.key.lower()] = value
            else:
                yield Stray(
                    line, f"@string {block.key} is longer than {LONGEST_MACRO:,} characters and is not filled in"
                )
        elif isinstance(block, model.ImplicitComment):
            after_broken = at > 0 and _is_broken(blocks[at - 1])
            if not after_broken and _LOST.search(block.comment):
                yield Stray(line, f"the text from line {line} on belongs to no entry")
        elif isinstance(block, model.Entry):
            yield _draft(line, block.raw, (block.entry_type, _fields(block, macros)))
        elif isinstance(block, model.ParsingFailedBlock) and not isinstance(block.ignore_error_block, model.String):
            yield _draft_of_failed(line, block, blocks[at + 1 : at + 2], macros)


def _is_broken(block: "Block") -> bool:
    from bibtexparser import model

    duplicates = (model.DuplicateBlockKeyBlock, model.DuplicateFieldKeyBlock)
    return isinstance(block, model.ParsingFailedBlock) and not isinstance(block, duplicates)


def _draft_of_failed(
    line: int, block: "ParsingFailedBlock", following: list["Block"], macros: Mapping[str, str]
) -> Draft:
    """An entry with a key that is taken or a field that stands twice is whole; any other is read field by field."""
    from bibtexparser import model

    inner = block.ignore_error_block
    if isinstance(block, model.DuplicateBlockKeyBlock) and isinstance(inner, model.Entry):
        problem = f"its key {inner.key!r} is another entry's too"
        return _draft(line, inner.raw, (inner.entry_type, _fields(inner, macros)), problem)
    if isinstance(block, model.DuplicateFieldKeyBlock) and isinstance(inner, model.Entry):
        problem = f"gives {', '.join(sorted(block.duplicate_keys))} more than once"
        return _draft(line, inner.raw, (inner.entry_type, _fields(inner, macros)), problem)
    lost = following[0].raw if following and isinstance(following[0], model.ImplicitComment) else ""
    raw = (block.raw or "") + ("\n" + lost if lost else "")
    reason = str(getattr(block.error, "abort_reason", block.error)).replace("\n", " ").strip()
    return _draft(line, raw, _loose_fields(raw, macros), f"is no whole entry: {reason}")


def _draft(line: int, text: str | None, said: tuple[str, Fields], *problems: str) -> Draft:
    entry_type, raw = said
    fields = {name: [_plain(name, value) for value in values] for name, values in raw.items()}
    # Of persons and keywords the first field is read: whether a second one means others or the same is not known.
    again = {f"further {name}": fields[name][1:] for name in fields if name in NAMES.parted}
    return Draft(line, text or "", _describe(entry_type, fields, raw), fields | again, problems)


def _fields(entry: "BibEntry", macros: Mapping[str, str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), []).append(_resolved(str(field.value), macros))
    return fields


def _plain(name: str, value: str) -> str:
    """The text of a value; identifiers are no LaTeX, but for their braces and escapes."""
    return without_braces(value).replace("\\", "") if name in ("doi", "url") else plain_text(value)


def _loose_fields(raw: str, macros: Mapping[str, str]) -> tuple[str, dict[str, list[str]]]:
    """The type and the fields of a broken entry: from each ``name =`` to the next."""
    head = _HEAD.match(raw.lstrip())
    fields: dict[str, list[str]] = {}
    found = list(_FIELD.finditer(raw))
    for match, following in zip_longest(found, found[1:]):
        value = raw[match.end() : following.start() + 1 if following else len(raw)].strip().rstrip(",").strip()
        fields.setdefault(match.group(1).lower(), []).append(_resolved(value.strip('"'), macros))
    return (head.group(1).lower() if head else ""), fields


def _resolved(value: str, macros: Mapping[str, str]) -> str:
    """A value without what encloses it, its macros replaced, its parts (joined by ``#``) together."""
    value = value.strip()
    if value[:1] == "{" and value[-1:] == "}":
        return value[1:-1]
    if "#" not in value:
        return _part(value, macros)
    return "".join(_part(part, macros) for part in re.split(r"#(?=\s*[\w\"{])", value))


def _part(value: str, macros: Mapping[str, str]) -> str:
    value = value.strip()
    if len(value) > 1 and (value[0], value[-1]) in (('"', '"'), ("{", "}")):
        return value[1:-1]
    return macros.get(value.lower(), value)


def _describe(entry_type: str, fields: Fields, raw: Fields) -> Description:
    """What the fields say; of persons as they stand in ``raw``, since they are parted first."""
    names = _people(first(raw, "author"))
    kind = KINDS.get(entry_type, EntryKind.OTHER if entry_type else EntryKind.ARTICLE)
    return Description(
        kind=kind,
        title=first(fields, "title") or (first(fields, "booktitle") if kind is EntryKind.BOOK else ""),
        authors=tuple(_author(name) for name in names if not is_others(name)),
        authors_complete=not any(is_others(name) for name in names),
        editors=tuple(_author(name) for name in _people(first(raw, "editor")) if not is_others(name)),
        published=find_date(first(fields, "date")) or find_date(f"{first(fields, 'year')} {first(fields, 'month')}"),
        journal=first(fields, "journal", "journaltitle", "booktitle"),
        abbreviation=first(fields, "shortjournal"),
        volume=first(fields, "volume"),
        issue=first(fields, "issue", "number"),
        pages=first(fields, "pages").replace("--", "-").replace("–", "-"),
        edition=first(fields, "edition"),
        publisher=first(fields, "publisher", "institution", "school"),
        place=first(fields, "address", "location"),
        issn=first(fields, "issn", "isbn"),
        pmid=_pmid(fields) or find_pmid(first(fields, "url")),
        doi=find_doi(*(first(fields, name) for name in ("doi", "url", "note"))),
        pmcid=find_pmcid(first(fields, "pmcid"), first(fields, "url")),
        url=first(fields, "url"),
        language=first(fields, "language", "langid"),
        abstract=first(fields, "abstract"),
        keywords=tuple(word.strip() for word in re.split(r"[;,]", first(fields, "keywords")) if word.strip()),
    )


def _pmid(fields: Fields) -> Pmid | None:
    """The PMID of a field of that name, of BibLaTeX's ``eprint``, or of a note."""
    is_pubmed = "pubmed" in first(fields, "eprinttype", "archiveprefix").lower()
    eprint = bare_pmid(first(fields, "eprint")) if is_pubmed else None
    return bare_pmid(first(fields, "pmid")) or eprint or find_pmid(first(fields, "note"))


def _people(value: str) -> list[str]:
    """The names of an author field, as written."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return [name for name in split_multiple_persons_names(value) if name.strip()]


def _author(name: str) -> Author:
    """One name; BibTeX keeps a group's together by braces."""
    is_whole = name.startswith("{") and name.find("}") == len(name) - 1
    return Author(collective=plain_text(name)) if is_whole else read_name(plain_text(name))

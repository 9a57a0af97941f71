"""Any file of references → Library: what it is, what it holds, and what was wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from litwatch.errors import UnknownFormat
from litwatch.library import (
    bibtex_reader,
    columns,
    csl_reader,
    endnote_reader,
    nbib_reader,
    ris_reader,
    table_reader,
    wos_reader,
)
from litwatch.library.drafts import Draft, Stray
from litwatch.library.text import Decoded, decode_text
from litwatch.library.whole import Names, keep_all
from litwatch.model.library import Entry, EntryFault, Library, Place


class _Format(NamedTuple):
    """``is_it`` sees the beginning of a text; ``endings`` decide where no content does; ``names`` are its fields'."""

    name: str
    is_it: Callable[[str], bool]
    endings: tuple[str, ...]
    read: Callable[[str], Iterator[Draft | Stray]]
    names: Names


def _has(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda probe: compiled.search(probe) is not None


_FORMATS = (
    _Format(
        "EndNote XML",
        _has(r"\A\s*<(?:records?[\s>]|[^\0]*?<records?[\s>])"),
        (),
        endnote_reader.read_endnote,
        endnote_reader.NAMES,
    ),
    _Format("CSL-JSON", _has(r"\A\s*(?:\[\s*(?:\{|\]|\Z)|\{\s*\")"), (".json",), csl_reader.read_csl, csl_reader.NAMES),
    _Format("nbib", _has(r"^ {0,3}PMID ?- ?\d"), (".nbib", ".medline"), nbib_reader.read_nbib, nbib_reader.NAMES),
    _Format(
        "RIS", _has(r"^\s{0,8}TY\s{0,4}-\s{0,4}[A-Za-z]{2,7}\s*$"), (".ris",), ris_reader.read_ris, ris_reader.NAMES
    ),
    _Format("Web of Science table", wos_reader.is_wos_table, (), wos_reader.read_wos_table, wos_reader.NAMES),
    _Format(
        "Web of Science",
        _has(r"^(?:FN (?:Clarivate|Thomson|ISI)|PT [JBSP]\s*$)"),
        (".ciw",),
        wos_reader.read_wos,
        wos_reader.NAMES,
    ),
    _Format(
        "BibTeX",
        _has(r"^[ \t]{0,40}@[A-Za-z]{2,40}[ \t]{0,40}[{(]"),
        (".bib",),
        bibtex_reader.read_bibtex,
        bibtex_reader.NAMES,
    ),
    _Format("table", table_reader.is_table, (), table_reader.read_table, columns.NAMES),
)
_PROBE = 65_536

READABLE: Mapping[str, str] = {ending: each.name for each in _FORMATS for ending in each.endings} | {
    ".csv": "table",
    ".tsv": "table",
    ".xml": "EndNote XML",
}
"""The endings of files that can be read → what they hold when their content does not say otherwise."""


def read_library(data: bytes, name: str) -> Library:
    """Read the file ``name``, whose content is ``data``; the format is what the content looks like, else by the ending.

    Every entry is kept, a broken one as far as it can be read, with a fault that says what is wrong. UnknownFormat when
    neither the content nor the ending tells how to read it.
    """
    decoded = decode_text(data)
    format_ = _format_of(decoded.text, name)
    entries: list[Entry] = []
    faults: list[EntryFault] = []
    if decoded.guessed and decoded.encoding != "utf-8":
        faults.append(EntryFault(Place(name, 0, min(decoded.guessed)), "is no UTF-8; the file is read as Windows-1252"))
    for each in format_.read(decoded.text):
        if isinstance(each, Stray):
            faults.append(EntryFault(Place(name, 0, each.line), each.problem))
            continue
        place = Place(name, len(entries) + 1, each.line)
        described, unread = keep_all(each.described, each.fields, format_.names)
        entries.append(Entry(place, each.text, described))
        problems = (*each.problems, *unread, *_further_problems(each, decoded))
        faults += [EntryFault(place, problem) for problem in problems]
    if not entries:
        faults.append(EntryFault(Place(name, 0), f"holds no entry that can be read as {format_.name}"))
    return Library(name, format_.name, tuple(entries), tuple(faults))


def _format_of(text: str, name: str) -> _Format:
    probe = text[:_PROBE]
    for format_ in _FORMATS:
        if format_.is_it(probe):
            return format_
    ending = PurePath(name).suffix.lower()
    known = READABLE.get(ending)
    for format_ in _FORMATS:
        if format_.name == known and (format_.endings or not probe.strip()):
            return format_
    raise UnknownFormat(name, _guess(probe, ending))


def _guess(probe: str, ending: str) -> str:
    """What may be wrong with a file that cannot be read."""
    if not probe.strip():
        return "it is empty"
    if "<PubmedArticle" in probe:
        return "it is PubMed's XML; save the records in the format PubMed or nbib"
    if READABLE.get(ending) == "table":
        return "its first line names no column Title and another that is known, such as Authors, Year or DOI"
    return f"it can be a file of {', '.join(format_.name for format_ in _FORMATS[:-1])}, or a table with a column Title"


def _further_problems(draft: Draft, decoded: Decoded) -> Iterator[str]:
    """What can be said of an entry in any format."""
    described = draft.described
    if not (described.title or described.pmid or described.doi or described.pmcid):
        yield "has neither a title nor an identifier"
    if decoded.guessed and decoded.encoding == "utf-8":
        lines = range(draft.line, draft.line + draft.text.count("\n") + 1)
        guessed = next((line for line in lines if line in decoded.guessed), None)
        if guessed:
            yield f"line {guessed} is no UTF-8 and is read as Windows-1252"

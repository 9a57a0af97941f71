"""Cited references from a file: a library in any format that is read, or a list for which there is a loader."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from litwatch.errors import Fault, UnknownFormat
from litwatch.library.read import read_library
from litwatch.model.library import Description, Entry, EntryFault, Library
from litwatch.model.watch import CitedReference
from litwatch.watchfile.article_file import load_list
from litwatch.watchfile.files import read_plain

ListLoader = Callable[[bytes, Path], Iterator[CitedReference | Fault]]

LIST_LOADERS: Mapping[str, ListLoader] = dict.fromkeys((".txt", ".md"), load_list)
"""Ending of a file → what reads it when it is no library."""


def load_references(path: Path) -> Iterator[CitedReference | Fault]:
    """The references of the file, named N1, N2, … in its order; what is wrong with an entry is a fault."""
    try:
        data = read_plain(path)
    except OSError as error:
        hint = "references_file is relative to the watch's file"
        yield Fault(str(path), "", f"cannot be read: {error.strerror}", hint)
        return
    try:
        library = read_library(data, path.name)
    except UnknownFormat as error:
        if path.suffix.lower() in LIST_LOADERS:
            yield from LIST_LOADERS[path.suffix.lower()](data, path)
        else:
            yield Fault(str(path), "", str(error))
        return
    yield from _references(library, path)


def _references(library: Library, path: Path) -> Iterator[CitedReference | Fault]:
    for fault in library.faults:
        yield Fault(str(path), _key(fault), fault.problem)
    for entry in library.entries:
        said = entry.described
        yield CitedReference(
            f"N{entry.place.entry}", _as_written(entry), pmid=said.pmid, doi=said.doi, pmcid=said.pmcid
        )


def _key(fault: EntryFault) -> str:
    entry, line = fault.place.entry, fault.place.line
    if not entry:
        return f"line {line}" if line else ""
    return f"entry {entry} (line {line})"


def _as_written(entry: Entry) -> str:
    """First author, title and source, as far as given; the entry's own text when there is none of them."""
    said = entry.described
    first = said.authors[0].printed if said.authors else ""
    first += " et al." if len(said.authors) > 1 or not said.authors_complete else "." if first else ""
    title = said.title if said.title.endswith((".", "?", "!", "]")) or not said.title else f"{said.title}."
    parts = (first, title, dict(said.other).get("SO") or _source(said))
    return " ".join(part for part in parts if part) or " ".join(entry.as_written.split())


def _source(said: Description) -> str:
    """Where it was published, as Vancouver prints it: "J Invent. 2011;1(2):3-9."."""
    issue = f"({said.issue})" if said.issue else ""
    where = said.volume + issue + (f":{said.pages}" if said.pages else "")
    when = ";".join(part for part in (str(said.published.year) if said.published else "", where) if part)
    return " ".join(f"{part}." for part in (said.abbreviation or said.journal, when) if part)

"""The watched article's own text, and lists of references as text: what they cite becomes the watch's."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from litwatch.article.decoding import decode_article
from litwatch.article.lists import split_reference_list
from litwatch.article.naming import named_already
from litwatch.article.read import read_article
from litwatch.article.reference_text import identifiers_of, read_reference
from litwatch.errors import Fault
from litwatch.model.watch import CitedReference
from litwatch.watchfile.files import read_plain


def load_cited(path: Path, others: Iterable[CitedReference]) -> Iterator[CitedReference | Fault]:
    """What the article cites, with its own ids A1, A2, …, as far as ``others`` do not name it."""
    try:
        article = read_article(read_plain(path), path.name)
    except OSError as error:
        yield Fault(str(path), "", f"cannot be read: {error.strerror}", "article.file is relative to the watch's file")
        return
    for note in article.notes:
        yield Fault(str(path), "", note, "save it with the encoding UTF-8" if "UTF-8" in note else "")
    named = named_already(article, others)
    yield from (reference for reference in article.references if reference.id not in named)


def load_list(data: bytes, path: Path) -> Iterator[CitedReference | Fault]:
    """The entries of a list of references in plain text or Markdown, as N1, N2, … in its order.

    An entry without anything to look for, and text that is no UTF-8, are faults with their places.
    """
    decoded = decode_article(data)
    if decoded.note:
        yield Fault(str(path), "", decoded.note, "save it with the encoding UTF-8")
    entries = split_reference_list(decoded.text)
    if not entries:
        yield Fault(str(path), "", "holds no reference")
    for number, entry in enumerate(entries, 1):
        known = identifiers_of(entry.as_written)
        if not (known.pmid or known.doi or known.pmcid or _can_be_looked_for(entry.as_written)):
            problem = "has no identifier, no author with a year and no title to look for"
            yield Fault(str(path), f"entry {number} (line {entry.line})", problem)
        yield CitedReference(f"N{number}", entry.as_written, pmid=known.pmid, doi=known.doi, pmcid=known.pmcid)


def _can_be_looked_for(written: str) -> bool:
    parts = read_reference(written)
    return bool(parts.year and parts.authors) or len(parts.title.split()) > 2

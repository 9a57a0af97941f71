"""BibTeX in UTF-8, for biber and for every reference manager."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from litwatch.library.bibtex_reader import KINDS
from litwatch.library.notes import noted
from litwatch.library.pages import whole_pages
from litwatch.library.text import one_line
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author

_TYPES = {kind: name for name, kind in reversed(KINDS.items())} | {EntryKind.OTHER: "misc"}
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"$\lbrace$",
        "}": r"$\rbrace$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "%&#_$"},
    }
)
_IN_ADDRESSES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20"})
_NO_KEY = re.compile(r"[^0-9A-Za-z]+")
_AND = re.compile(r"\band\b", re.IGNORECASE)


def write_bibtex(described: Sequence[Description]) -> str:
    """One entry each, under a key of first author and year that no other has."""
    used: Counter[str] = Counter()
    return "".join(_entry(each, _key(each, used)) for each in described)


def _key(described: Description, used: Counter[str]) -> str:
    """First author and year, numbered from the second on: Roe2011, Roe2011-2."""
    author = described.authors[0] if described.authors else Author()
    name = _NO_KEY.sub("", author.last_name or author.collective)[:40] or "anonymous"
    stem = f"{name}{described.published.year if described.published else ''}"
    used[stem] += 1
    return f"{stem}-{used[stem]}" if used[stem] > 1 else stem


def _entry(described: Description, key: str) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(described) if value)
    return f"@{_TYPES[described.kind]}{{{key},\n{lines}}}\n\n"


def _fields(described: Description) -> Iterator[tuple[str, str]]:
    in_book = described.kind in (EntryKind.CHAPTER, EntryKind.CONFERENCE)
    yield "title", f"{{{_text(described.title)}}}" if described.title else ""
    names = [_name(author) for author in described.authors] + ([] if described.authors_complete else ["others"])
    yield "author", " and ".join(names)
    yield "editor", " and ".join(_name(editor) for editor in described.editors)
    yield "booktitle" if in_book else "journal", _text(described.journal)
    yield "shortjournal", _text(described.abbreviation)
    yield from _date(described)
    yield "volume", _text(described.volume)
    yield "number", _text(described.issue)
    yield "pages", _text(whole_pages(described.pages)).replace("-", "--")
    yield "edition", _text(described.edition)
    yield "publisher", _text(described.publisher)
    yield "address", _text(described.place)
    yield "issn", _text(described.issn)
    yield "doi", (described.doi or "").translate(_IN_ADDRESSES)
    yield "pmid", described.pmid or ""
    yield "pmcid", described.pmcid or ""
    yield "url", described.url.translate(_IN_ADDRESSES)
    yield "language", _text(described.language)
    yield "abstract", _text(described.abstract)
    yield "keywords", "; ".join(_text(word) for word in described.keywords)
    yield "note", _text(noted(described.other))


def _date(described: Description) -> Iterator[tuple[str, str]]:
    """A year, with the month, or what is printed beside the year ("Jul-Aug") or in place of one."""
    date = described.published
    if date is None:
        yield "year", _text(described.undated)
        return
    year, printed = f"{date.year}", one_line(date.as_printed)
    beside = printed.removeprefix(f"{year} ")
    yield "year", _text(printed) if printed and beside == printed else year
    yield "month", ("" if beside == printed else _text(beside)) if printed else str(date.month or "")


def _text(value: str) -> str:
    return one_line(value).translate(_ESCAPED)


def _name(author: Author) -> str:
    """``Roe, Jr, Anna``; what BibTeX would part stands in braces."""
    if author.collective:
        return f"{{{_text(author.collective)}}}"
    given = author.fore_name or " ".join(f"{letter}." for letter in author.initials)
    parts = [_text(part) for part in (author.last_name, author.suffix, given) if part]
    return ", ".join(f"{{{part}}}" if _AND.search(part) or "," in part else part for part in parts)

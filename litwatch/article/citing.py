"""The citations of an article, gathered sentence by sentence and joined to its list of references."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litwatch.article.author_years import Cited, find_author_years
from litwatch.article.naming import citation_key
from litwatch.article.numbers import find_numbers
from litwatch.article.reference_ids import Identifiers, take_identifiers
from litwatch.article.reference_text import read_reference
from litwatch.article.values import InTextCitation, ListedReference, Style
from litwatch.model.watch import CitedReference

LinkPlace = tuple[int, int, str]
"""Where a link stands in a sentence, and where it leads."""

_ADDRESS = re.compile(
    r"https?://[^\s<>\"]{4,400}|\b(?:PMID|PMCID|doi)\s?:?\s?(?:PMC)?\d[^\s<>\"]{3,200}", re.IGNORECASE
)


_EMPTY = re.compile(r"\s?[(\[]\s?[)\]]")


class _Found(NamedTuple):
    """A citation, the entry of the list that it means, and what a link at its place identifies."""

    style: Style
    cited: Cited
    entry: ListedReference | None = None
    linked: Identifiers = Identifiers()


class Citations:
    """Reads the citations of sentences, and keeps which works they cite."""

    def __init__(self, listed: Sequence[ListedReference]) -> None:
        self._listed = listed
        self._by_number: dict[int, ListedReference] = {}
        for entry in listed:
            self._by_number.setdefault(entry.number, entry)
        self._by_name: dict[tuple[str, str], list[ListedReference]] = {}
        self._references: dict[str, CitedReference] = {}
        self._cited: set[ListedReference] = set()

    @property
    def references(self) -> tuple[CitedReference, ...]:
        """The works cited so far, in the order of their first citation."""
        return tuple(self._references.values())

    @property
    def uncited(self) -> tuple[ListedReference, ...]:
        """The entries of the list that no sentence has cited so far."""
        return tuple(entry for entry in self._listed if entry not in self._cited)

    def of(self, text: str, links: Sequence[LinkPlace]) -> tuple[InTextCitation, ...]:
        """The citations in a sentence, in their order; ``links`` are the links in it, in theirs."""
        found = [*self._by_author(text, links), *self._numbered(text)]
        taken = bytearray(len(text))
        for each in found:
            _take(taken, each.cited.start, each.cited.end)
        found += _linked(text, links, taken)
        found.sort(key=lambda each: (each.cited.start, each.cited.end))
        return tuple(self._citation(each, text) for each in found)

    def _by_author(self, text: str, links: Sequence[LinkPlace]) -> Iterator[_Found]:
        for cited in find_author_years(text, lambda surname, year: bool(self._entries(surname, year))):
            entries = self._entries(cited.surname, cited.year)
            linked = _identified(links, cited.start, cited.end) if cited.shared == 1 else Identifiers()
            yield _Found(Style.AUTHOR_YEAR, cited, entries[0] if len(entries) == 1 else None, linked)

    def _numbered(self, text: str) -> Iterator[_Found]:
        for group in find_numbers(text):
            for number in group.numbers:
                cited = _plain(f"[{number}]", group.start, group.end, shared=len(group.numbers))
                yield _Found(Style.NUMBER, cited, self._by_number.get(number))

    def _citation(self, found: _Found, text: str) -> InTextCitation:
        """The citation, its work among the references."""
        cited, entry = found.cited, found.entry
        key = f"entry {entry.number} {entry.line}" if entry else citation_key(cited.as_written)
        if key not in self._references:
            self._references[key] = self._reference(found, text)
        if entry:
            self._cited.add(entry)
        place = (cited.start, cited.end, cited.shared)
        return InTextCitation(found.style, cited.as_written, *place, cited.is_subject, self._references[key].id)

    def _reference(self, found: _Found, text: str) -> CitedReference:
        cited, entry, linked = found.cited, found.entry, found.linked
        known = take_identifiers(entry.as_written)[0] if entry else linked
        return CitedReference(
            id=f"A{len(self._references) + 1}",
            as_written=entry.as_written if entry else cited.as_written,
            said=_EMPTY.sub("", " ".join(f"{text[: cited.start]} {text[cited.end :]}".split())),
            pmid=known.pmid or linked.pmid,
            doi=known.doi or linked.doi,
            pmcid=known.pmcid or linked.pmcid,
        )

    def _entries(self, surname: str, year: str) -> list[ListedReference]:
        """The entries of the list whose first author and year those are."""
        if not self._listed or not surname:
            return []
        if not self._by_name:
            for entry in self._listed:
                parts = read_reference(entry.as_written)
                author = parts.authors[0].rpartition(" ")[0] or parts.authors[0] if parts.authors else ""
                for found in dict.fromkeys(re.findall(r"(?:18|19|20)\d\d[a-z]?", entry.as_written)):
                    self._by_name.setdefault((_folded(author), found), []).append(entry)
                    if found[-1].isalpha():
                        self._by_name.setdefault((_folded(author), found[:-1]), []).append(entry)
        bare = year.rstrip("abcdefgh")
        wanted = [year, bare]
        if bare.isdecimal():  # the year online and the year in print
            wanted += [str(int(bare) - 1), str(int(bare) + 1)]
        return next(filter(None, (self._by_name.get((_folded(surname), each)) for each in wanted)), [])


def _linked(text: str, links: Sequence[LinkPlace], taken: bytearray) -> Iterator[_Found]:
    """Links and addresses that identify a work, where nothing is taken yet."""
    written = [(found.start(), found.end(), found[0]) for found in _ADDRESS.finditer(text)]
    for start, end, target in (*links, *written):
        known = take_identifiers(target)[0]
        if not (known.pmid or known.doi or known.pmcid) or start == end or any(taken[start:end]):
            continue
        _take(taken, start, end)
        label = f"PMID {known.pmid}" if known.pmid else known.doi or known.pmcid or target
        yield _Found(Style.LINK, _plain(label, start, end), linked=known)


def _plain(written: str, start: int, end: int, shared: int = 1) -> Cited:
    return Cited(written, start, end, shared, is_subject=False, surname="", year="")


def _identified(links: Sequence[LinkPlace], start: int, end: int) -> Identifiers:
    """What the first link that overlaps a citation identifies."""
    at = bisect_left(links, (start,))
    for first, last, target in links[max(0, at - 1) : at + 1]:
        if first < end and start < last:
            return take_identifiers(target)[0]
    return Identifiers()


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def _folded(name: str) -> str:
    bare = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "".join(bare).casefold()

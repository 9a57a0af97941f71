"""Citations by number in a sentence: "[1]", "[2,3]", "[4–7]", and raised "¹⁻³".

Not citations: "[sic]", "[2021]", "[0, 1]", "m²", "10⁹/L", "R²", and isotopes such as "¹⁸F".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litwatch.article.superscripts import lowered

_BRACKETED = re.compile(r"\[\s?(\d{1,3}(?:\s?[,;–—−-]\s?\d{1,3}){0,40})\s?\]")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹⁻,]{0,60}")
_PARTS = re.compile(r"(\d+)(?:\s?[–—−-]\s?(\d+))?")
_WIDEST = 100
"""Numbers in one range at most; a wider one is no citation."""

_UNITS = frozenset(("m", "cm", "mm", "km", "kg", "ft", "in", "r", "i", "x", "s", "χ", "chi", "η", "n", "p", "cells"))
_BEFORE = 12


class Numbered(NamedTuple):
    """A group of numbers that cites, and where it stands in the sentence."""

    numbers: tuple[int, ...]
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Numbered]:
    """The groups of numbers in a sentence that cite."""
    if "[" in text:
        for found in _BRACKETED.finditer(text):
            numbers = _numbers(found[1])
            if numbers:
                yield Numbered(numbers, found.start(), found.end())
    for found in _RAISED.finditer(text):
        numbers = _numbers(lowered(found[0]))
        if numbers and _may_cite(text, found.start(), found.end()):
            yield Numbered(numbers, found.start(), found.end())


def _numbers(written: str) -> tuple[int, ...]:
    """The numbers meant, ranges filled; none when one of them can number no reference."""
    numbers: list[int] = []
    for first, last in _PARTS.findall(written):
        one, other = int(first), int(last or first)
        if one == 0 or not one <= other <= one + _WIDEST:
            return ()
        numbers += range(one, other + 1)
    return tuple(dict.fromkeys(numbers))


def _may_cite(text: str, start: int, end: int) -> bool:
    """Whether raised digits follow a word or a sign, and not a number, a unit or a symbol."""
    before = text[max(0, start - _BEFORE) : start]
    if not before.strip() or before[-1].isspace() or before[-1].isdigit():
        return False
    word = re.split(r"[\W\d_]", before)[-1].lower()
    return not (word in _UNITS or len(word) == 1 or (end < len(text) and text[end].isalpha()))

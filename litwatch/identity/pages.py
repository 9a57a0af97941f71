"""Page numbers as databases print them, and whether two of them can be one article's."""

import re
from typing import NamedTuple

LOCATOR_DIGITS = 4
"""From how many digits on a number behind a letter is an article's own (e43268, a1754), not a page of a supplement."""

MOST_RANGES = 4
"""How many ranges are read: "230-5, 246-51, 233-8" is one article in three languages."""

_RANGE = re.compile(
    r"(?P<prefix>(?<![A-Za-z])[A-Za-z]{1,2}|)[. ]?0*(?P<first>\d{1,9})[A-Za-z]?(?:\.e\d+)?"
    r"(?:\s*[-–—‐]+\s*[A-Za-z]{0,2}0*(?P<last>\d{1,9})(?:\.e\d+)?)?"
)
_CUT = re.compile(r"[A-Za-z]+-(\d{1,9})")
_LOCATOR_LETTERS = frozenset("abcdefgh")
"""BMJ's article numbers ran from a1 in 2008 to h6969 in 2015; most other journals print an e."""


class Pages(NamedTuple):
    """A page range. ``last`` is ``first`` when only one page is printed; ``prefix`` is "S" of "S27".

    ``is_cut`` says that only the last digits of the last page are known, as in "Suppl-12" for S109-12.
    """

    first: int
    last: int
    prefix: str = ""
    is_cut: bool = False

    @property
    def is_range(self) -> bool:
        """Whether a beginning and an end are printed."""
        return self.last != self.first and not self.is_cut

    @property
    def is_locator(self) -> bool:
        """Whether it is an article number."""
        return self.prefix in _LOCATOR_LETTERS and self.first >= 10 ** (LOCATOR_DIGITS - 1) and not self.is_cut

    @property
    def is_telling(self) -> bool:
        """Whether no other article is likely to stand on just these pages."""
        return self.last > self.first or self.is_locator or (self.first >= 10**LOCATOR_DIGITS and not self.is_cut)

    @property
    def length(self) -> int:
        """How many pages; a mistyped range has none."""
        return max(0, self.last - self.first + 1)


def parse_pages(printed: str) -> tuple[Pages, ...]:
    """The ranges of ``printed``: "283-90" is 283 to 290, "106-11; discussion 111" begins with 106 to 111."""
    cut = _CUT.fullmatch(printed.strip())
    if cut:
        return (Pages(0, int(cut[1]), is_cut=True),)
    ranges = []
    for found in _RANGE.finditer(printed[: 40 * MOST_RANGES]):
        first, last = found["first"], found["last"] or found["first"]
        whole = first[: max(0, len(first) - len(last))] + last
        ranges.append(Pages(int(first), int(whole), found["prefix"]))
    return tuple(ranges[:MOST_RANGES])


def begin_alike(one: Pages, other: Pages) -> bool:
    """Whether the two begin on one page. Page S12 of a supplement is not page 12; an e is often left out."""
    if one.is_cut or other.is_cut or one.first != other.first:
        return False
    prefixes = {one.prefix.lower(), other.prefix.lower()}
    return len(prefixes) == 1 or "s" not in prefixes


def share_pages(one: Pages, other: Pages) -> bool:
    """Whether the two, which begin on different pages, can be one range of which a part is mistyped or cut off."""
    if one.is_cut or other.is_cut:
        return str(one.last).endswith(str(other.last)) or str(other.last).endswith(str(one.last))
    if one.prefix != other.prefix or not (one.is_range or other.is_range):
        return False
    return one.last == other.last or (one.first <= other.last and other.first <= one.last)

"""A list of references, as pasted or as it stands at the end of an article, cut into its entries."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from litwatch.article.values import ListedReference

_TITLE = re.compile(
    r"[\W\d_]{0,6}(?:references?(?: list| cited)?|reference list|bibliography|literature(?: cited)?|sources?"
    r"|works cited|cited works|citations|notes and references|literatur|références)\W{0,4}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s{0,12}(?:\[(\d{1,6})\]|\((\d{1,6})\)|(\d{1,6})[.)](?=\s)|(\d{1,6})(?:\t|\s{2,}))\s*(?=\S)")
_BULLET = re.compile(r"\s{0,12}[-*•–·]\s+(?=\S)")
_LONGEST_STEP = 5
"""By how much the next number may be greater; a line that begins with another goes on with the entry before it."""

_ENDED = re.compile(r"(?:[.)\]/]|\d|https?://\S+)$")


def is_list_title(text: str) -> bool:
    """Whether a heading or a line alone says that a list of references follows."""
    return len(text) < 60 and _TITLE.fullmatch(text.strip()) is not None


def split_reference_list(text: str, first_line: int = 1) -> tuple[ListedReference, ...]:
    """The entries of a list of references; ``first_line`` is the line of the file that ``text`` begins with.

    Numbered, bulleted, parted by empty lines, or one a line, hanging indents rejoined. No character that is not white
    space, a number or a bullet is lost: what stands before the first entry is an entry too. A heading is none.
    """
    lines = text.split("\n")
    while lines and (not lines[0].strip() or is_list_title(lines[0])):
        del lines[0]
        first_line += 1
    return tuple(_entries(lines, first_line))


def _entries(lines: Sequence[str], first_line: int) -> Iterator[ListedReference]:
    starts = _numbered_starts(lines) or _bulleted_starts(lines) or _plain_starts(lines)
    if not starts:
        return
    if any(line.strip() for line in lines[: min(starts)]):
        starts = {0: (0, 0), **starts}
    places = sorted(starts)
    for count, (start, end) in enumerate(zip(places, [*places[1:], len(lines)], strict=True), 1):
        number, cut = starts[start]
        written = " ".join(" ".join([lines[start][cut:], *lines[start + 1 : end]]).split())
        if written:
            yield ListedReference(number or count, written, first_line + start)


def _numbered_starts(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Line → (number, where the text begins), when the list is numbered."""
    starts: dict[int, tuple[int, int]] = {}
    last = 0
    for (at, number, cut), (_, following, _) in pairwise([*_numbered_lines(lines), (0, 0, 0)]):
        goes_on = last < number <= last + _LONGEST_STEP
        begins_anew = following == number + 1 and (number == 1 or number > last)
        if goes_on or begins_anew or (not starts and 0 < number < 1_000):
            starts[at] = (number, cut)
            last = number
    filled = [at for at, line in enumerate(lines) if line.strip()]
    is_numbered = bool(starts) and filled[0] in starts and (len(starts) > 1 or len(filled) < 4)
    return starts if is_numbered else {}


def _numbered_lines(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Line, number, and where the text begins, of each line that begins with a number."""
    for at, line in enumerate(lines):
        found = _NUMBERED.match(line)
        if found:
            yield at, int(next(filter(None, found.groups()), "0")), found.end()


def _bulleted_starts(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    starts = {at: (0, found.end()) for at, line in enumerate(lines) if (found := _BULLET.match(line))}
    return starts if starts and next(at for at, line in enumerate(lines) if line.strip()) in starts else {}


def _plain_starts(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Entries parted by empty lines, else one a line."""
    starts: dict[int, tuple[int, int]] = {}
    for at, line in enumerate(lines):
        before = lines[at - 1].rstrip() if at else ""
        if line.strip() and (not before or _begins(line, before)):
            starts[at] = (0, 0)
    return starts


def _begins(line: str, before: str) -> bool:
    """Whether a line behind another one begins an entry: not indented deeper, a capital, after something ended."""
    if len(line) - len(line.lstrip()) > len(before) - len(before.lstrip()):
        return False
    first = line.lstrip()[0]
    return not first.islower() and (first.isalpha() or first in "([\"“'") and _ENDED.search(before[-80:]) is not None

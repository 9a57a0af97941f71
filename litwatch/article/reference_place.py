"""Where a reference says that its work was printed: year, volume, issue and pages, read from the end of it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litwatch.article.reference_tokens import Token

YEARS = range(1800, 2100)

_MONTH_NAMES = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december spring summer autumn fall winter"
)
_MONTHS = frozenset(_MONTH_NAMES.split())
_LABELS = {
    **dict.fromkeys(("vol", "volume", "v"), "volume"),
    **dict.fromkeys(("no", "nr", "issue", "iss", "num", "number"), "issue"),
    **dict.fromkeys(("p", "pp", "pg", "pgs", "page", "pages"), "pages"),
    "article": "pages",
    **dict.fromkeys(("suppl", "supplement", "supp", "pt", "part", "spec"), "part"),
}
_BEHIND_PAGES = frozenset(
    (
        *("discussion", "quiz", "author", "reply", "epub", "published", "online", "ahead", "of", "print"),
        *("table", "contents"),
    )
)
_DASHES = frozenset("-–—‐‑−")
_SIGNS = _DASHES | frozenset(",;:.()[]/")
_DIGITS = re.compile("[0-9]+")
_NEAR = 60
"""How far apart two bare numbers can be and still be the first and last page of one article."""

_FAR = 500
_SHORT = 20
_MOST_DAYS = 31
_MOST_ISSUES = 24
"""Two bare numbers behind a volume, the first at most this, may be issue and page when more than _SHORT apart."""


class Place(NamedTuple):
    """What was read, empty where nothing was; ``start`` is the place of the first token that belongs to it."""

    years: tuple[int, ...]
    volume: str
    issue: str
    pages: str
    start: int


class _Number(NamedTuple):
    """A number of the place; ``label`` is what is written of it, ``joined`` says that a dash stands before it."""

    text: str
    label: str
    joined: bool


def year_of(text: str) -> int | None:
    """The year that ``text`` is, also with a letter behind it ("2011a"); None when it is none."""
    digits = text[:4]
    plausible = digits.isascii() and digits.isdecimal() and int(digits) in YEARS
    return int(digits) if plausible and (len(text) == 4 or (len(text) == 5 and text[4].islower())) else None


def read_place(tokens: Sequence[Token], known_year: int | None) -> Place:
    """The place that ``tokens`` end with. ``known_year`` is one read before: a number like it is then no year."""
    start = len(tokens)
    while start and _belongs(tokens, start - 1):
        start -= 1
    first = next((at for at in range(start, len(tokens)) if tokens[at].is_number), len(tokens))
    while first > start and first < len(tokens) and (_label(tokens[first - 1]) or tokens[first - 1].text in "(["):
        first -= 1
    start = first
    tail = tokens[start:]
    years, numbers = _numbers(tail, known_year)
    volume, issue, pages = _sorted_out(numbers)
    return Place(years, volume, issue, pages, start)


def _belongs(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.is_number or token.text in _SIGNS or _label(token):
        return True
    return token.bare.lower() in _MONTHS or token.bare.lower() in _BEHIND_PAGES


def _label(token: Token) -> str:
    return _LABELS.get(token.bare.lower(), "") if token.is_word else ""


def _numbers(tail: Sequence[Token], known_year: int | None) -> tuple[tuple[int, ...], list[_Number]]:
    """The years and the other numbers; what stands behind "discussion" or with a month is left out."""
    years: list[int] = []
    numbers: list[_Number] = []
    label, depth = "", 0
    year_at = _year_place(tail, known_year)
    for at, token in enumerate(tail):
        before = tail[at - 1] if at else None
        if token.is_word and token.bare.lower() in _BEHIND_PAGES:
            break
        depth += (token.text in "([") - (token.text in ")]") if not token.is_number else 0
        if written := _label(token):
            label = written
        if not token.is_number:
            continue
        if at == year_at:
            years.append(year_of(token.text) or 0)
            continue
        joined = before is not None and before.text in _DASHES and bool(numbers)
        if not _is_day(tail, at) and not (token.text.startswith("0") and depth == 0):
            numbers.append(_Number(token.text, label or ("issue" if depth > 0 else ""), joined))
        label = "pages" if label == "pages" else ""
    return tuple(years), numbers


def _year_place(tail: Sequence[Token], known_year: int | None) -> int | None:
    """Where the year stands: in brackets before anywhere else, never in a range; known already, only if repeated."""
    found = []
    for at, token in enumerate(tail):
        year = year_of(token.text) if token.is_number else None
        before, behind = (tail[place].text if 0 <= place < len(tail) else "" for place in (at - 1, at + 1))
        if year and year == (known_year or year) and before not in _DASHES and behind not in _DASHES:
            found.append((before not in "([" or not before, at))
    return min(found)[1] if found else None


def _is_day(tail: Sequence[Token], at: int) -> bool:
    """Whether the number is a day: "May 3;" or "3 May"."""
    near = [tail[place] for place in (at - 1, at + 1) if 0 <= place < len(tail)]
    return any(token.is_word and token.bare.lower() in _MONTHS for token in near) and tail[at].text.isdecimal()


def _sorted_out(numbers: Sequence[_Number]) -> tuple[str, str, str]:
    """Volume, issue and pages."""
    labelled: dict[str, list[str]] = {"volume": [], "issue": [], "pages": [], "part": []}
    ranged: list[str] = []
    plain: list[str] = []
    for at, number in enumerate(numbers):
        opens = at + 1 < len(numbers) and numbers[at + 1].joined
        if number.label:
            labelled[number.label].append(number.text)
        elif number.joined or (opens and not numbers[at + 1].label):
            ranged.append(number.text)
        else:
            plain.append(number.text)
    pages = "-".join((labelled["pages"] or ranged)[:2])
    volume, issue = "".join(labelled["volume"][:1]), "-".join(labelled["issue"][:2])
    if not pages:
        plain, pages = _take_pages(plain, has_volume=bool(volume), has_issue=bool(issue))
    if not volume and plain:
        volume, plain = plain[0], plain[1:]
    return volume, issue or (plain[0] if plain else ""), pages


def _take_pages(plain: list[str], *, has_volume: bool, has_issue: bool) -> tuple[list[str], str]:
    """The pages at the end of bare numbers: "145 990 998" is a volume and two pages, "79 3 123" has an issue."""
    if has_volume:
        return plain[:-2], "-".join(plain[-2:])
    if len(plain) > 3:
        return _without_month(plain)
    if len(plain) == 3 and _are_range(plain[1], plain[2], may_be_issue=not has_issue):
        return plain[:1], f"{plain[1]}-{plain[2]}"
    if len(plain) >= 2:
        return plain[:-1], plain[-1]
    if plain and re.match("[A-Za-z]", plain[0]):
        return [], plain[0]
    return plain, ""


def _without_month(plain: list[str]) -> tuple[list[str], str]:
    """Volume with issue, and pages, of four bare numbers or more, the first of which may be a month or a day."""
    if not _are_range(plain[-2], plain[-1], may_be_issue=False):
        return plain[-3:-1], plain[-1]
    places = plain[-4:-2]
    if (
        len(plain) == 4
        and all(text.isdecimal() for text in places)
        and int(places[0]) <= _MOST_DAYS
        and int(places[1]) > _MOST_ISSUES
    ):
        places = places[1:]
    return places, f"{plain[-2]}-{plain[-1]}"


def _are_range(first: str, last: str, *, may_be_issue: bool) -> bool:
    """Whether the two can be first and last page."""
    if not last[0].isdecimal() and first[0] != last[0]:
        return False  # "3 e27" is an issue and an article number
    found = [_DIGITS.search(text) for text in (first, last)]
    one, other = (digits[0] if digits else "" for digits in found)
    if not one or not other or len(other) > len(one) + 1:
        return False
    whole = int(one[: max(0, len(one) - len(other))] + other)
    gap = whole - int(one)
    if gap > _NEAR:
        return len(one) == len(other) == len(str(_FAR)) + 1 and gap <= _FAR  # a guideline has hundreds of pages
    return gap >= 0 and not (may_be_issue and int(one) <= _MOST_ISSUES and gap > _SHORT)

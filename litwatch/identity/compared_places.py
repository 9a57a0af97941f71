"""Where and when two citations were printed, laid side by side."""

import re

from litwatch.identity.agreement import UNKNOWN, Agreement, Facet
from litwatch.identity.folding import first_number
from litwatch.identity.pages import begin_alike, share_pages
from litwatch.identity.profiles import Profile

ARTICLE_PAGES = 4
"""From how many pages on no letter with its reply fills them; several letters can stand on fewer under one title."""

_COCHRANE = re.compile(r"CD\d{6}", re.IGNORECASE)

_Name = tuple[str, ...]


def compare_years(left: Profile, right: Profile) -> Facet:
    """CLOSE is a year apart: online at the end of a year and printed in the next is one publication."""
    one, other = left.citation.year, right.citation.year
    if one is None or other is None:
        return UNKNOWN
    if one == other:
        return Facet(Agreement.SAME, str(one))
    return Facet(Agreement.CLOSE if abs(one - other) == 1 else Agreement.DIFFERENT, f"years {one} and {other}")


def compare_journals(left: Profile, right: Profile) -> Facet:
    """SAME by name or abbreviation of every word, CLOSE when one name holds the other: "Pain", "Pain Medicine"."""
    if not left.journals or not right.journals:
        return UNKNOWN
    name = left.citation.journal
    pairs = [sorted((one, other), key=len) for one in left.journals for other in right.journals]
    if any(is_same_name(short, long) for short, long in pairs):
        return Facet(Agreement.SAME, name)
    if any(_is_within(short, long) for short, long in pairs):
        return Facet(Agreement.CLOSE, name)
    return Facet(Agreement.DIFFERENT, f"journals {name} and {right.citation.journal}")


def compare_volumes(left: Profile, right: Profile) -> Facet:
    """By their first numbers: "62 Suppl 1" is 62."""
    if not left.volume or not right.volume:
        return UNKNOWN
    if left.volume == right.volume:
        return Facet(Agreement.SAME, f"volume {left.citation.volume}")
    return Facet(Agreement.DIFFERENT, f"volumes {left.citation.volume} and {right.citation.volume}")


def compare_pages(left: Profile, right: Profile) -> Facet:
    """SAME when they begin on one page, CLOSE when they share pages all the same: one of them is mistyped or cut.

    CLOSE also when they end on two pages and begin on 1, where every article of many a journal online does. Unknown
    when one is an article number and the other a printed page: journals have had both.
    """
    if not left.pages or not right.pages:
        return _as_printed(left, right) if left.citation.pages and right.citation.pages else UNKNOWN
    pairs = [(one, other) for one in left.pages for other in right.pages]
    both = f"pages {left.citation.pages} and {right.citation.pages}"
    if any(begin_alike(one, other) for one, other in pairs):
        one, other = left.pages[0], right.pages[0]
        if one.first == 1 and one.is_range and other.is_range and one.last != other.last:
            return Facet(Agreement.CLOSE, both)
        return Facet(Agreement.SAME, f"page {left.citation.pages}")
    if any(share_pages(one, other) for one, other in pairs):
        return Facet(Agreement.CLOSE, both)
    if left.pages[0].is_locator != right.pages[0].is_locator and "" in (left.pages[0].prefix, right.pages[0].prefix):
        return Facet(Agreement.UNKNOWN, both)
    return Facet(Agreement.DIFFERENT, both)


def compare_extents(left: Profile, right: Profile) -> Facet:
    """SAME when both stand on just the same pages, and no other article can stand there; CLOSE when few can.

    PARTLY when the pages begin with 1, as those of every article do in many a journal online.
    """
    telling = [[pages for pages in side.pages if pages.is_telling] for side in (left, right)]
    if not all(telling):
        return UNKNOWN
    shared = [pages for pages in telling[0] if pages in telling[1]]
    if not shared:
        return Facet(Agreement.DIFFERENT, f"pages {left.citation.pages} and {right.citation.pages}")
    is_long = any(pages.length >= ARTICLE_PAGES for pages in shared)
    if all(pages.first == 1 for pages in shared):
        return Facet(Agreement.PARTLY, f"pages {left.citation.pages}") if is_long else UNKNOWN
    return Facet(Agreement.SAME if is_long else Agreement.CLOSE, f"pages {left.citation.pages}")


def compare_single_pages(left: Profile, right: Profile) -> Facet:
    """Same when each stands on one printed page, whichever it is: an abstract, or the number of one."""
    for side in (left, right):
        if len(side.pages) != 1 or side.pages[0].last != side.pages[0].first or side.pages[0].is_locator:
            return UNKNOWN
    return Facet(Agreement.SAME, "one page each")


def compare_editions(left: Profile, right: Profile) -> Facet:
    """Different when both are one Cochrane review, of different years or issues: each time it says something else."""
    one, other = (_COCHRANE.fullmatch(side.citation.pages.strip()) for side in (left, right))
    if not one or not other or one[0].lower() != other[0].lower():
        return UNKNOWN
    years = {left.citation.year, right.citation.year} - {None}
    issues = {first_number(side.citation.issue) for side in (left, right) if side.citation.issue}
    if len(years) > 1 or len(issues) > 1:
        return Facet(Agreement.DIFFERENT, f"two editions of Cochrane review {one[0]}")
    return UNKNOWN


def compare_issues(left: Profile, right: Profile) -> Facet:
    """By their first numbers, where both have one; a supplement is none of the issues beside it."""
    one, other = (side.citation.issue.strip().lower() for side in (left, right))
    if not one or not other:
        return UNKNOWN
    both = f"issues {left.citation.issue} and {right.citation.issue}"
    if ("suppl" in one) != ("suppl" in other):
        return Facet(Agreement.DIFFERENT, both)
    numbers = [first_number(text) for text in (one, other)]
    return Facet(Agreement.SAME) if numbers[0] == numbers[1] else Facet(Agreement.DIFFERENT, both)


def compare_columns(left: Profile, right: Profile) -> Facet:
    """Same when one has the other's volume as its issue and the other's issue as its page: its columns have slipped."""
    for whole, slipped in ((left.citation, right.citation), (right.citation, left.citation)):
        if not slipped.volume and whole.issue and (whole.volume, whole.issue) == (slipped.issue, slipped.pages):
            return Facet(Agreement.SAME, f"volume {whole.volume} and issue {whole.issue} in slipped columns")
    return UNKNOWN


def _as_printed(left: Profile, right: Profile) -> Facet:
    """Pages without a number, by what is printed."""
    one, other = left.citation.pages, right.citation.pages
    if one.casefold() == other.casefold():
        return Facet(Agreement.SAME, f"page {one}")
    return Facet(Agreement.DIFFERENT, f"pages {one} and {other}")


def is_same_name(short: _Name, long: _Name) -> bool:
    """Whether the words pair off, each the other's abbreviation, or ``short`` is ``long`` by its initials."""
    if len(short) == len(long):
        return all(map(_abbreviates, short, long))
    if "".join(short) == "".join(long):
        return True
    return len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long)


def _abbreviates(one: str, other: str) -> bool:
    """Whether one word shortens the other: "engl" begins "england", "natl" leaves letters of "national" out."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    letters = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(letter in letters for letter in short)


def _is_within(short: _Name, long: _Name) -> bool:
    """Whether each word of ``short`` begins a word of ``long``, in order."""
    words = iter(long)
    return all(any(word.startswith(part) for word in words) for part in short)

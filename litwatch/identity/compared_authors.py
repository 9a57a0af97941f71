"""Two lists of authors laid side by side."""

from rapidfuzz.fuzz import ratio

from litwatch.identity.agreement import UNKNOWN, Agreement, Facet
from litwatch.identity.profiles import Profile

SURNAME_CLOSE = 85
"""From how many per cent of alikeness on two surnames may be one: "muller" and "mueller" are 92 % alike."""

SHORTEST_SURNAME = 4
"""How long a surname must be to be looked for behind a particle: "Li" ends "Ali" and is no part of it."""

MOST_AUTHORS = 0.75
"""The share of the shorter list that two lists of one work have in common at least; databases drop and mangle some."""

TEAM = 4
"""From how many authors on a list is a study's and not a column's."""


def compare_first_authors(left: Profile, right: Profile) -> Facet:
    """By surname, and first initial where both have one."""
    if not left.surnames or not right.surnames:
        return UNKNOWN
    one, other = left.citation.authors[0], right.citation.authors[0]
    agreement = _same_person(left, right)
    if agreement is Agreement.DIFFERENT:
        return Facet(agreement, f"first authors {one} and {other}")
    return Facet(agreement, f"first author {one}")


def compare_authors(left: Profile, right: Profile) -> Facet:
    """All surnames: SAME in their order, CLOSE when most of the shorter list is shared, PARTLY from half of it on.

    CLOSE takes two shared authors, or that one list has only the other's first author: databases cut lists short.
    """
    one, other = left.surnames, right.surnames
    if not one or not other:
        return UNKNOWN
    if one == other:
        return Facet(Agreement.SAME)
    shorter, longer = sorted((one, other), key=len)
    shared = _shared(shorter, longer)
    words = f"{shared} of {len(one)} and {len(other)} authors shared"
    if shared >= MOST_AUTHORS * len(shorter) and (shared > 1 or _alike(shorter[0], longer[0])):
        return Facet(Agreement.CLOSE, words)
    return Facet(Agreement.PARTLY if 2 * shared >= len(shorter) else Agreement.DIFFERENT, words)


def compare_teams(left: Profile, right: Profile) -> Facet:
    """Same when both have several authors: a column that returns under its title has one or two."""
    return Facet(Agreement.SAME) if min(len(left.surnames), len(right.surnames)) >= TEAM else UNKNOWN


def compare_surnames(left: str, right: str) -> Agreement:
    """Whether two folded surnames may be one. Those with a particle are cut in two ways: "van Hilten", "Hilten"."""
    if left == right:
        return Agreement.SAME
    shorter, longer = sorted((left, right), key=len)
    if (len(shorter) >= SHORTEST_SURNAME and longer.endswith(shorter)) or ratio(left, right) >= SURNAME_CLOSE:
        return Agreement.CLOSE
    return Agreement.DIFFERENT


def _same_person(left: Profile, right: Profile) -> Agreement:
    first, second = left.initials[0][:1], right.initials[0][:1]
    if first and second and first != second:
        return Agreement.DIFFERENT
    return compare_surnames(left.surnames[0], right.surnames[0])


def _shared(shorter: tuple[str, ...], longer: tuple[str, ...]) -> int:
    """How many names of ``shorter`` stand in ``longer``, in any order and spelled alike at least."""
    there = set(longer)
    left_over = [name for name in shorter if name not in there]
    others = [name for name in there if name not in set(shorter)]
    return len(shorter) - sum(not any(_alike(name, other) for other in others) for name in left_over)


def _alike(left: str, right: str) -> bool:
    return compare_surnames(left, right) is not Agreement.DIFFERENT

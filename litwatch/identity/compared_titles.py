"""Two titles laid side by side."""

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from litwatch.identity.agreement import UNKNOWN, Agreement, Facet
from litwatch.identity.profiles import TELLING_TITLE, Profile

TITLE_PARTLY = 85
"""From how many per cent of alikeness on two differing titles are worth a person's look."""

SHORTEST_VARIANT = 5
"""How long a word must be for one letter in it to be a matter of spelling: "male" and "mace" are two words."""


def compare_titles(left: Profile, right: Profile) -> Facet:
    """SAME, CLOSE by spelling, CONTINUED by a subtitle or behind a heading, PARTLY alike, or DIFFERENT."""
    one, other = left.title, right.title
    if not one or not other:
        return UNKNOWN
    if one == other:
        return Facet(Agreement.SAME, "same title")
    if _continues(one, other) or _continues(other, one):
        return Facet(Agreement.CONTINUED, "one title continues the other")
    alike = ratio(one, other)
    words = f"title {int(alike)} % alike"
    if alike >= TITLE_PARTLY and _only_spelled_differently(left.words, right.words):
        return Facet(Agreement.CLOSE, words)
    return Facet(Agreement.PARTLY if alike >= TITLE_PARTLY else Agreement.DIFFERENT, words)


def compare_telling(left: Profile, right: Profile) -> Facet:
    """Same when both titles are long enough to tell works apart."""
    return Facet(Agreement.SAME) if left.is_telling and right.is_telling else UNKNOWN


def compare_numbers(left: Profile, right: Profile) -> Facet:
    """The numbers in the titles: those of parts, phases, doses and interleukins."""
    one, other = left.numbers, right.numbers
    if not one or not other or left.title == right.title:
        return UNKNOWN
    if sorted(one) == sorted(other):
        return Facet(Agreement.SAME)
    return Facet(Agreement.DIFFERENT, f"numbers {' '.join(one)} and {' '.join(other)} in the titles")


def _continues(longer: str, shorter: str) -> bool:
    """Whether ``longer`` is ``shorter`` with a subtitle or a heading; one with a number may be the next part."""
    if len(shorter) < TELLING_TITLE or len(longer) <= len(shorter):
        return False
    if longer.startswith(shorter):
        return longer[len(shorter) :].isalpha()
    return longer.endswith(shorter) and longer[: -len(shorter)].isalpha()


def _only_spelled_differently(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the words differ by one letter at most, as "anaesthesia" and "anesthesia" do.

    A number, a first letter ("ketamine", "esketamine") or a whole word ("cardiac", "thoracic") makes another title.
    """
    for change in Levenshtein.opcodes(left, right):
        before = "".join(left[change.src_start : change.src_end])
        after = "".join(right[change.dest_start : change.dest_end])
        if before == after:
            continue
        if min(len(before), len(after)) < SHORTEST_VARIANT or not (before + after).isalpha():
            return False
        if before[0] != after[0] or Levenshtein.distance(before, after) > 1:
            return False
    return True

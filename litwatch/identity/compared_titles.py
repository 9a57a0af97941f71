"""Two titles laid side by side."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from litwatch.identity.agreement import UNKNOWN, Agreement, Facet
from litwatch.identity.profiles import TELLING_TITLE, Profile

TITLE_PARTLY = 80
"""From how many per cent of alikeness on two differing titles are worth a person's look."""

SHORTEST_VARIANT = 5
"""How long a word must be for one letter in it to be a matter of spelling: "male" and "mace" are two words."""

MOST_SLIPS = 3
"""One letter in how many may differ when two spellings are one word: "phosphorus", "phsophorous"."""

_CONFUSABLE = frozenset(
    (
        *(frozenset(("absorption", "adsorption")), frozenset(("absorptive", "adsorptive"))),
        *(frozenset(("ileum", "ilium")), frozenset(("ileal", "iliac"))),
        *(frozenset(("ureteral", "urethral")), frozenset(("peroneal", "perineal"))),
        *(frozenset(("hypertension", "hypotension")), frozenset(("hypertensive", "hypotensive"))),
        *(frozenset(("hyperthermia", "hypothermia")), frozenset(("hyperthyroidism", "hypothyroidism"))),
        *(frozenset(("hyperglycemia", "hypoglycemia")), frozenset(("hyperglycaemia", "hypoglycaemia"))),
        *(frozenset(("hyperkalemia", "hypokalemia")), frozenset(("hyperkalaemia", "hypokalaemia"))),
        *(frozenset(("prednisone", "prednisolone")), frozenset(("with", "without"))),
        *(frozenset(("male", "female")), frozenset(("men", "women")), frozenset(("rats", "mice"))),
        *(frozenset(("rat", "mouse")), frozenset(("high", "low")), frozenset(("alpha", "beta"))),
        *(frozenset(("day", "week")), frozenset(("days", "weeks")), frozenset(("boys", "girls"))),
        *(frozenset(("one", "two")), frozenset(("two", "three")), frozenset(("pre", "post"))),
    )
)
"""Words so short or so alike that they would pass for two spellings, and are two things."""

_SEQUELS = (
    "analysis comment commentary design discussion extension follow followup hoc post protocol rationale reanalysis "
    "reply secondary sequel subanalysis subgroup substudy update updated"
)
_OF_A_SEQUEL = frozenset(_SEQUELS.split())
"""Words in a subtitle that make another report of it."""

_FORM = re.compile(r"\b([RSLD])\)?(?:\([+±−-]\))?[-‐‑–](?=[A-Za-z(])")
"""The form of a drug: "(S)-ketamine", "S(+)-ketamine", "L-dopa"."""

SHORTEST_HEADING = 4
"""How many letters a subtitle or a heading has at least."""


def compare_titles(left: Profile, right: Profile) -> Facet:
    """SAME, CLOSE by spelling, CONTINUED by a subtitle or behind a heading, PARTLY alike, or DIFFERENT."""
    one, other = left.title, right.title
    if not one or not other:
        return UNKNOWN
    if one == other:
        return Facet(Agreement.SAME, "same title")
    if _continues(left, right) or _continues(right, left):
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
    """The numbers in the titles: those of parts, phases, doses and interleukins.

    Different when each title has one that the other has not; one of them may say more.
    """
    one, other = Counter(left.numbers), Counter(right.numbers)
    if left.title == right.title or one <= other or other <= one:
        return UNKNOWN
    return Facet(Agreement.DIFFERENT, f"numbers {' '.join(left.numbers)} and {' '.join(right.numbers)} in the titles")


def compare_wording(left: Profile, right: Profile) -> Facet:
    """Different when a word stands in another's place: "cardiac", "thoracic"; "ketamine", "esketamine", "S-ketamine".

    Unknown when none does: words come and go, and are spelled in two ways, in one work's titles, and the words of a
    translation are the translator's.
    """
    if left.title == right.title or left.is_translated or right.is_translated:
        return UNKNOWN
    for one, other in _changes(left.words, right.words):
        if _are_two_words(one, other):
            return Facet(Agreement.DIFFERENT, f"“{one}” and “{other}” in the titles")
    if set(_FORM.findall(left.citation.title)) != set(_FORM.findall(right.citation.title)):
        return Facet(Agreement.DIFFERENT, "another form of the drug in the titles")
    return UNKNOWN


def _are_two_words(one: str, other: str) -> bool:
    if frozenset((one, other)) in _CONFUSABLE:
        return True
    if min(len(one), len(other)) < SHORTEST_VARIANT or not (one + other).isalpha():
        return False
    if one.startswith(other) or other.startswith(one):
        return False
    return one[0] != other[0] or MOST_SLIPS * Levenshtein.distance(one, other) > max(len(one), len(other))


def _continues(longer: Profile, shorter: Profile) -> bool:
    """Whether ``longer`` is ``shorter`` with a subtitle or a heading, cut where a word ends.

    One with a number may be the next part; "esketamine" and "(S)-ketamine" head nothing, but are other drugs.
    """
    text, part = longer.title, shorter.title
    if not _OF_A_SEQUEL.isdisjoint(Counter(longer.words) - Counter(shorter.words)):
        return False
    if len(part) < TELLING_TITLE or len(text) < len(part) + SHORTEST_HEADING:
        return False
    if text.startswith(part):
        return text[len(part) :].isalpha() and len(part) in accumulate(map(len, longer.words))
    before = len(text) - len(part)
    return text.endswith(part) and text[:before].isalpha() and before in accumulate(map(len, longer.words))


def _only_spelled_differently(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the words differ by one letter at most, as "anaesthesia" and "anesthesia" do.

    A number, a first letter ("ketamine", "esketamine") or a whole word ("cardiac", "thoracic") makes another title.
    """
    for before, after in _changes(left, right):
        if before == after:
            continue
        if min(len(before), len(after)) < SHORTEST_VARIANT or not (before + after).isalpha():
            return False
        if frozenset((before, after)) in _CONFUSABLE:
            return False
        if before[0] != after[0] or Levenshtein.distance(before, after) > 1:
            return False
    return True


def _changes(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What stands in place of what, words that touch written together: "gastro intestinal", "gastrointestinal"."""
    before, after = "", ""
    for change in Levenshtein.opcodes(left, right):
        if change.tag == "equal":
            if before or after:
                yield before, after
            before, after = "", ""
        else:
            before += "".join(left[change.src_start : change.src_end])
            after += "".join(right[change.dest_start : change.dest_end])
    if before or after:
        yield before, after

"""Who is compared with whom: words of a sentence that mean the intervention, the comparator or the outcome.

The three phrases name their words; words of both arms mean neither until something settles it: standing beside a word
of one arm, a negation ("no tourniquet"), or that one arm has no word of its own ("propofol plus midazolam" against
"propofol"). Besides, arms are named by letter ("group A"), by what arms are usually called ("the control group"), and
by capital letters that abbreviate a phrase ("MPT" for methylprednisolone therapy).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from litwatch.appraisal.direction_tokens import Token, normalise
from litwatch.appraisal.direction_words import (
    ARM_NOUNS,
    BASELINES,
    CONTROLS,
    EMPTY,
    JOINING,
    PLAIN_CONTROLS,
    SIGN_OF,
    TREATED,
    WITHOUT,
)

INTERVENTION: Final = "INT"
COMPARATOR: Final = "CMP"
SHARED: Final = "SHARED"
OUTCOME: Final = "OUT"
ARMS: Final = (INTERVENTION, COMPARATOR)
OTHER_ARM: Final = {INTERVENTION: COMPARATOR, COMPARATOR: INTERVENTION}

_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[(\[{“\"]\s{0,3}([^()\[\]{}]{1,7}?)\s{0,3}[)\]}”\"]")
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,5}s?\b")
_GROUPS = frozenset(["group", "groups", "arm", "arms"])
_NUMERALS = frozenset(["ii", "iii", "iv", "vi"])
_WORD_LETTERS = frozenset("acdhinpst")
"""Letters that stand alone for something else: an article, a unit, a statistic."""

_MOST_WORDS = 40
_STEM = 6
_WINDOW = 8

_USUAL = dict.fromkeys(TREATED, INTERVENTION) | dict.fromkeys(CONTROLS, COMPARATOR)
_SWAPPED = {word: OTHER_ARM[sign] for word, sign in _USUAL.items()}


class Arms(NamedTuple):
    """What tells the arms and the outcome of one comparison.

    ``words`` (by stem) and ``letters`` say which arm, ``telling`` holds every word and stem that says anything.
    ``alone`` is the arm that a shared word means where the other has words of its own, ``without`` the arm that a
    negated word means; empty when nothing says.
    """

    words: dict[str, str]
    letters: dict[str, str]
    outcome: frozenset[str]
    telling: frozenset[str]
    by_time: bool
    alone: str
    without: str


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What forms of one word have in common: its first letters, without a plural s."""
    return word.removesuffix("s")[:_STEM]


@lru_cache(maxsize=4096)
def read_arms(intervention: str, comparator: str, outcome: str) -> Arms:
    """What to look for, from the three phrases."""
    (_, one, names, letters), (_, other, other_names, other_letters) = _cut(intervention), _cut(comparator)
    words = _usual_names(one, other) | dict.fromkeys(names, INTERVENTION) | dict.fromkeys(other_names, COMPARATOR)
    words |= dict.fromkeys(names & other_names, SHARED)
    joins, other_joins = bool(one & JOINING) or "+" in intervention, bool(other & JOINING) or "+" in comparator
    if joins != other_joins:
        words |= dict.fromkeys(("combination", "combined"), INTERVENTION if joins else COMPARATOR)
    by_time = not BASELINES.isdisjoint(other)
    if by_time:
        words |= dict.fromkeys(BASELINES, COMPARATOR)
    by_letter = dict.fromkeys(letters, INTERVENTION) | dict.fromkeys(other_letters, COMPARATOR)
    by_letter |= dict.fromkeys(letters & other_letters, SHARED)
    without = _only(bool(one & WITHOUT), bool(other & WITHOUT))
    alone = INTERVENTION if names <= other_names else COMPARATOR if other_names <= names | CONTROLS else ""
    if without and alone:
        alone = OTHER_ARM[without]
    stems = _stems(outcome)
    return Arms(words, by_letter, stems, stems.union(words, by_letter), by_time, alone, without)


def _only(intervention: bool, comparator: bool) -> str:
    """The arm of which something holds that does not hold of the other, if there is one."""
    if intervention and not comparator:
        return INTERVENTION
    return COMPARATOR if comparator and not intervention else ""


class _Phrase(NamedTuple):
    """The words of a phrase in order and as a set, those that name an arm, and letters that stand for one."""

    words: tuple[str, ...]
    present: frozenset[str]
    names: frozenset[str]
    letters: frozenset[str]


@lru_cache(maxsize=4096)
def _cut(phrase: str) -> _Phrase:
    folded = normalise(phrase)
    words = tuple(_WORD.findall(folded)[:_MOST_WORDS])
    bracketed = [match[1] for match in _BRACKETED.finditer(folded)]
    return _Phrase(words, frozenset(words), _names(words, bracketed), _letters(words, bracketed))


def _usual_names(one: frozenset[str], other: frozenset[str]) -> dict[str, str]:
    """What arms are usually called; the other way round when the intervention itself is called a control."""
    if not one.isdisjoint(PLAIN_CONTROLS) and other.isdisjoint(CONTROLS):
        return _SWAPPED
    usual = _USUAL | dict.fromkeys(TREATED & other - one, COMPARATOR)
    return usual | dict.fromkeys(CONTROLS & one - other, INTERVENTION)


def _stems(phrase: str) -> frozenset[str]:
    words = _cut(phrase).present
    telling = {stem(word) for word in words if word not in EMPTY and len(word) > 1}
    return frozenset(telling or {stem(word) for word in words if len(word) > 2})


def _names(words: Iterable[str], bracketed: Iterable[str]) -> frozenset[str]:
    """The words that name an arm, long ones by their stem, and what stands in brackets beside them."""
    telling = {word for word in words if word not in EMPTY and word not in SIGN_OF and len(word) > 1}
    names = {stem(word) if len(word) > 4 else word for word in telling if not word.isdigit()}
    short = {"".join(_WORD.findall(text)) for text in bracketed}
    return frozenset(names | {name for name in short if name not in EMPTY and len(name) > 1})


def _letters(words: Sequence[str], bracketed: Iterable[str]) -> frozenset[str]:
    found = {after for word, after in pairwise(words) if word in _GROUPS and _is_letter(after)}
    found |= {word for word, after in pairwise(words) if after in _GROUPS and _is_letter(word)}
    return frozenset(found | {text for text in bracketed if len(text) == 1})


def _is_letter(word: str) -> bool:
    return len(word) == 1 or word in _NUMERALS


def acronyms_in(text: str, intervention: str, comparator: str, outcome: str) -> dict[str, str]:
    """The runs of capitals in ``text`` that abbreviate one of the phrases better than the others, folded."""
    found = {}
    for written in dict.fromkeys(_CAPITALS.findall(text)):
        letters = written.removesuffix("s").lower()
        scores = [abbreviates(letters, phrase) for phrase in (intervention, comparator, outcome)]
        if max(scores) and scores.count(max(scores)) == 1:
            found[written.lower()] = (INTERVENTION, COMPARATOR, OUTCOME)[scores.index(max(scores))]
    return found


@lru_cache(maxsize=8192)
def abbreviates(letters: str, phrase: str) -> float:
    """How well ``letters`` stand for words of ``phrase``: 0 not at all, 1 each the first of a word."""
    words = _cut(phrase).words
    starts = [place for place, word in enumerate(words) if word[0] == letters[0]]
    return max((_initials(letters, words[place : place + _WINDOW]) for place in starts), default=0.0)


def _initials(letters: str, words: Sequence[str]) -> float:
    place = initials = 0
    for word, following in zip(words, [*words[1:], " "], strict=True):
        if place < len(letters) and word[0] == letters[place]:
            initials, place, rest = initials + 1, place + 1, word[1:]
            while place < len(letters) and letters[place] != following[0] and letters[place] in rest:
                rest, place = rest[rest.index(letters[place]) + 1 :], place + 1
    is_whole = place == len(letters) and (initials > 1 or len(letters) <= 3)
    return initials / len(letters) if is_whole else 0.0


_WAITING = frozenset(["comparison", "control", "standard", "test", "active", "conventional", "routine"])
"""Words that name an arm only before a noun for an arm, or behind one of these:"""
_LEADING_IN = frozenset(["than", "vs", "versus", "the", "to", "with", "and", "in", "or", "for", "by"])
_PAIRING = frozenset(["and", "or", "vs", "versus", "to", "than"])
_NO_OUTCOME = frozenset(["SIG", "NOT", "VS", "THAN", "IN", "DIFF", "SAME", "MAY"])


def signs_in_context(tokens: Sequence[Token], arms: Arms, acronyms: dict[str, str]) -> list[str]:
    """The sign of each token, once it is known what the arms and the outcome are called."""
    telling = arms.telling.union(acronyms)
    return [
        _sign_in_context(tokens, place, arms, acronyms)
        if token.text in telling or stem(token.text) in telling
        else token.sign
        for place, token in enumerate(tokens)
    ]


def _sign_in_context(tokens: Sequence[Token], place: int, arms: Arms, acronyms: dict[str, str]) -> str:
    token = tokens[place]
    before = tokens[place - 1].text if place else ""
    following = [after.text for after in tokens[place + 1 : place + 3]] + ["", ""]
    if token.text in arms.letters and _is_arm_letter(tokens, place, following[0]):
        return arms.letters[token.text]
    if not token.text[0].isalpha():
        return token.sign
    if token.text in acronyms:
        return acronyms[token.text]
    sign = arms.words.get(token.text) or arms.words.get(stem(token.text), "")
    if sign and _names_arm(token.text, before, following):
        return sign
    return OUTCOME if token.sign not in _NO_OUTCOME and stem(token.text) in arms.outcome else token.sign


def _is_arm_letter(tokens: Sequence[Token], place: int, following: str) -> bool:
    text = tokens[place].text
    if following in _GROUPS or (place and tokens[place - 1].text in _GROUPS):
        return True
    if not text.isalpha() or text == "a":
        return False
    return text not in _WORD_LETTERS or any(near.text == "groups" for near in tokens[max(0, place - 4) : place])


def _names_arm(text: str, before: str, following: Sequence[str]) -> bool:
    if following[0] in ARM_NOUNS:
        return True
    if text in TREATED:
        return following[0] in _PAIRING and following[1] in CONTROLS
    return text != "comparison" and (text not in _WAITING or before in _LEADING_IN)

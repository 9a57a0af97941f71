"""A sentence with its arms and its outcome marked, in clauses; those that name the outcome are looked at most."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from litwatch.appraisal.direction_arms import (
    ARMS,
    COMPARATOR,
    INTERVENTION,
    OTHER_ARM,
    OUTCOME,
    SHARED,
    Arms,
    acronyms_in,
    read_arms,
    signs_in_context,
    stem,
)
from litwatch.appraisal.direction_tokens import Token, cut_tokens
from litwatch.appraisal.direction_words import (
    ARM_NOUNS,
    BETTER,
    DOWN,
    EMPTY,
    JOINING,
    LESS_WORDS,
    MORE_WORDS,
    PREVENTING,
    RISING,
    THAN,
    UP,
    VERSUS,
    WITHOUT,
    WORSE,
)

CONTRARY: Final = {UP: DOWN, DOWN: UP, BETTER: WORSE, WORSE: BETTER}
_RUNS = frozenset((INTERVENTION, COMPARATOR, OUTCOME, SHARED))
_NO_TOKEN = Token("", "")
_GROUPS = frozenset(["group", "groups", "arm", "arms"])
_COMPARED = 5
"""How far behind "than" stands what is compared with."""

_NAMELESS_WORDS = "respectively those other both two three four same these between"
_NAMELESS = EMPTY | ARM_NOUNS | frozenset(_NAMELESS_WORDS.split())
_STOPS = frozenset([".", ";"])
_CLAUSE_ENDS = _STOPS | frozenset(["but", "whereas", "while", "however", "although", "though", "despite"])
_MEASURING = MORE_WORDS | LESS_WORDS
_PARTING = frozenset(["and", "or", ",", "THAN", "IN", "OUT", "INT", "CMP", "SHARED"])
"""What may not stand between "less" and the change that it lessens."""

LONGEST: Final = 2_000
_LONGEST_PHRASE = 1_000
"""Characters; the longest of the labelled sentences and phrases are shorter."""

_OBJECT_ENDS = frozenset([".", ";", ",", "and", "or", "but", "with"])
_REACH = 7
"""How far behind "attenuated" the rise may stand that it attenuated."""


class Evidence(NamedTuple):
    """A sentence, read for one comparison and one outcome; ``focus`` says which clauses name the outcome best."""

    clauses: tuple[tuple[Token, ...], ...]
    focus: frozenset[int]
    arms: Arms


def read_evidence(text: str, intervention: str, comparator: str, outcome: str) -> Evidence:
    """A sentence that is about this comparison and outcome; what is longer than any sentence is read in part.

    An unknown arm beside a known one is taken for the other.
    """
    text = text[:LONGEST]
    intervention, comparator, outcome = (phrase[:_LONGEST_PHRASE] for phrase in (intervention, comparator, outcome))
    arms = read_arms(intervention, comparator, outcome)
    acronyms = acronyms_in(text, intervention, comparator, outcome)
    return mark_evidence(sign_tokens(cut_tokens(text), arms, acronyms), arms, guess=True)


def sign_tokens(tokens: Sequence[Token], arms: Arms, acronyms: dict[str, str]) -> list[Token]:
    """Tokens, those signed that name an arm or the outcome."""
    pairs = zip(tokens, signs_in_context(tokens, arms, acronyms), strict=True)
    return [token if token.sign == sign else token.signed(sign) for token, sign in pairs]


def mark_evidence(tokens: Sequence[Token], arms: Arms, *, guess: bool) -> Evidence:
    """Who is compared with whom on what, from signed tokens; ``guess`` whether an unknown arm is the other."""
    marked = _joined(tokens)
    if arms.without:
        marked = [_negated(marked, place, arms.without) for place in range(len(marked))]
    if arms.alone and SHARED in [token.sign for token in marked]:
        marked = [_settled(marked, place, arms.alone) for place in range(len(marked))]
    if guess:
        marked = _guessed(marked)
    clauses = _clauses(_prevented(_compounded(marked)))
    return Evidence(clauses, _focus(clauses), arms)


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Runs that name an arm or the outcome are one token, with the noun behind them."""
    marked: list[Token] = []
    last = _NO_TOKEN
    for token in tokens:
        joined = _joint(last, token) if last.sign in _RUNS or token.sign in ARMS else ""
        if joined:
            last = marked[-1] = Token(f"{last.text} {token.text}", joined)
        else:
            last = token
            marked.append(token)
    return marked


def _joint(last: Token, token: Token) -> str:
    """The sign of ``last`` and ``token`` as one, empty when they stay two."""
    sign = token.sign
    if last.sign == sign and sign in _RUNS:
        return sign
    if last.sign in ARMS and (token.text in ARM_NOUNS or sign == SHARED):
        return last.sign
    if last.sign == SHARED and (token.text in ARM_NOUNS or sign in ARMS):
        return sign if sign in ARMS else SHARED
    return sign if last.text in _GROUPS and sign in ARMS else ""


def _negated(marked: Sequence[Token], place: int, without: str) -> Token:
    """An arm behind "no" is the one that goes without."""
    token = marked[place]
    before = marked[max(0, place - 2) : place]
    if token.sign in (*ARMS, SHARED) and any(near.text in WITHOUT for near in before):
        return token.signed(without)
    return token


def _settled(marked: Sequence[Token], place: int, alone: str) -> Token:
    """A word of both arms means the arm that has no other, unless something is joined to it."""
    token = marked[place]
    if token.sign != SHARED:
        return token
    is_joined = any(near.text in JOINING for near in marked[max(0, place - 1) : place + 2])
    is_negated = any(near.text in WITHOUT for near in marked[max(0, place - 2) : place])
    return token.signed(OTHER_ARM[alone] if is_joined or is_negated else alone)


def _guessed(marked: list[Token]) -> list[Token]:
    """Where one arm alone is named, what a group is called, or what is compared with, is the other."""
    signs = {token.sign for token in marked} & {*ARMS}
    if len(signs) != 1:
        return marked
    other = OTHER_ARM[next(iter(signs))]
    out = list(marked)
    for place, token in enumerate(marked):
        if token.text in _GROUPS and place and _is_name(marked[place - 1]):
            out[place - 1] = marked[place - 1].signed(other)
        elif token.sign in (THAN, VERSUS) and other == COMPARATOR:
            near = range(place + 1, min(len(marked), place + _COMPARED))
            if all(marked[at].sign not in (*ARMS, OUTCOME) for at in near):
                named = next((at for at in near if _is_name(marked[at])), None)
                if named is not None:
                    out[named] = marked[named].signed(other)
    return out


def _is_name(token: Token) -> bool:
    return token.sign == token.text and token.text[0].isalpha() and token.text not in _NAMELESS


def _compounded(marked: Sequence[Token]) -> list[Token]:
    """A greater reduction is a reduction; less decline is the contrary of one."""
    out: list[Token] = []
    done = 0
    for place in [place for place, token in enumerate(marked) if token.text in _MEASURING]:
        reach = _reach_of_change(marked, place) if place >= done else 0
        if reach:
            sign = marked[place + reach].sign
            text = " ".join(token.text for token in marked[place : place + reach + 1])
            out += marked[done:place]
            out.append(Token(text, sign if marked[place].text in MORE_WORDS else CONTRARY[sign]))
            done = place + reach + 1
    return [*out, *marked[done:]]


def _reach_of_change(marked: Sequence[Token], place: int) -> int:
    """How far behind a "more" or "less" the change stands that it measures; 0 when it measures none."""
    token = marked[place]
    if token.sign in CONTRARY:
        for reach, near in enumerate(marked[place + 1 : place + 3], start=1):
            if near.sign in CONTRARY:
                return reach
            if near.sign in _PARTING:
                break
    return 0


def _prevented(marked: list[Token]) -> list[Token]:
    """To attenuate a rise is a decrease: the rise is what would have been."""
    out = marked
    for place in [place for place, token in enumerate(marked) if token.text in PREVENTING]:
        for reach, near in enumerate(marked[place + 1 : place + _REACH], start=place + 1):
            if near.text in _OBJECT_ENDS:
                break
            if near.text in RISING:
                out = [*out]
                out[place] = Token(f"{marked[place].text} … {near.text}", DOWN)
                out[reach] = Token(near.text, near.text)
                break
    return out


def _clauses(marked: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    ends = [place for place, token in enumerate(marked) if token.text in _CLAUSE_ENDS]
    starts = [place + 1 if marked[place].text in _STOPS else place for place in ends]
    clauses = (tuple(marked[start:end]) for start, end in zip([0, *starts], [*ends, len(marked)], strict=True))
    return tuple(clause for clause in clauses if clause)


def _focus(clauses: Sequence[Sequence[Token]]) -> frozenset[int]:
    if len(clauses) == 1:
        return frozenset((0,))
    named = [
        len({stem(word) for token in clause if token.sign == OUTCOME for word in token.text.split()})
        for clause in clauses
    ]
    return frozenset(place for place, count in enumerate(named) if count == max(named))

"""What the linear model sees of a sentence: signs in order, and what the rules found, as names.

Prefixes: f for a clause that names the outcome, r for another, w for any. Digits tell how many signs stand in a row; s
means telling signs alone, with what lies between them left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from litwatch.appraisal.direction_arms import ARMS, COMPARATOR, INTERVENTION, OUTCOME, stem
from litwatch.appraisal.direction_frames import Change, find_changes
from litwatch.appraisal.direction_marks import Evidence
from litwatch.appraisal.direction_numbers import find_pairs, order_of_arms
from litwatch.appraisal.direction_tokens import P_ABOVE, P_BELOW, Token, normalise
from litwatch.appraisal.direction_words import (
    BETTER,
    DIFFER,
    DOWN,
    EMPTY,
    HEDGE,
    LESS_IS_BETTER,
    NOT,
    SAME,
    SIGNIFICANT,
    THAN,
    UP,
    VERSUS,
    WORSE,
)

BOTH_ARMS: Final = "arms both"
"""The feature of a sentence that names both arms, so that they can change places."""

_INTERVALS = ("CI", "RATIO")
_NO_WORD = frozenset("()[],:%/=<>+")
_TELLING = frozenset(
    (UP, DOWN, BETTER, WORSE, SIGNIFICANT, NOT, DIFFER, SAME, VERSUS, THAN, HEDGE, *ARMS, OUTCOME, P_BELOW, P_ABOVE)
) | frozenset(["CINS", "CIUP", "CIDOWN", "RATIOUP", "RATIODOWN", "both", "between"])
_NEAR = 4
_ALPHA = 0.05


def is_better_less(outcome: str) -> bool:
    """Whether the outcome is a thing that one wants less of, as far as its words tell."""
    return any(word.startswith(LESS_IS_BETTER) for word in normalise(outcome).split())


def features_of(evidence: Evidence, outcome: str) -> list[str]:
    """The names of the features that a sentence has; some may come twice."""
    words = sorted({stem(word) for word in normalise(outcome).replace("-", " ").split() if _tells(word)})
    less = is_better_less(outcome)
    found = [f"o {word}" for word in words]
    found += [f"less {less:d}", f"time {evidence.arms.by_time:d}", f"arms {_arms_named(evidence)}"]
    found.append("focus some" if len(evidence.focus) < len(evidence.clauses) else "focus all")
    found += _row_of_table(evidence)
    for place, clause in enumerate(evidence.clauses):
        in_focus = place in evidence.focus
        found += _rows("f" if in_focus else "r", clause, in_focus)
        ruled = list(_ruled(clause, words, less_is_better=less))
        found += [f"w:{name}" for name in ruled]
        if in_focus:
            found += [f"f:{name}" for name in ruled]
    return found


def _row_of_table(evidence: Evidence) -> Iterator[str]:
    """A row without a p-value written as one ends with it, as a bare number."""
    tokens = [token for clause in evidence.clauses for token in clause]
    if told_significance(tokens) == "none":
        last = next((token.value for token in reversed(tokens) if token.value is not None), None)
        if last is not None and 0 <= last < 1 and tokens[-1].sign not in ("%", ")"):
            yield f"row {'below' if last < _ALPHA else 'above'}"


def _tells(word: str) -> bool:
    return word.isalpha() and word not in EMPTY


def _arms_named(evidence: Evidence) -> str:
    signs = {token.sign for clause in evidence.clauses for token in clause}
    return ("none", "intervention", "comparator", "both")[(INTERVENTION in signs) + 2 * (COMPARATOR in signs)]


def _rows(prefix: str, clause: Sequence[Token], in_focus: bool) -> Iterator[str]:
    signs = [token.sign for token in clause if token.sign not in _NO_WORD]
    yield from (f"{prefix}1 {sign}" for sign in signs)
    yield from (f"{prefix}2 {one} {two}" for one, two in pairwise(signs))
    telling = [sign for sign in signs if sign in _TELLING]
    telling = [sign for place, sign in enumerate(telling) if not place or telling[place - 1] != sign]
    yield from (f"{prefix}s {one} {two}" for one, two in pairwise(telling))
    if in_focus:
        yield from (f"{prefix}3 {' '.join(three)}" for three in zip(signs, signs[1:], signs[2:], strict=False))
        yield from (f"{prefix}s {' '.join(three)}" for three in zip(telling, telling[1:], telling[2:], strict=False))
        fours = zip(telling, telling[1:], telling[2:], telling[3:], strict=False)
        yield from (f"{prefix}s {' '.join(four)}" for four in fours)


def _ruled(clause: Sequence[Token], words: Sequence[str], *, less_is_better: bool) -> Iterator[str]:
    """What the rules found in a clause, crossed with significance."""
    denied = int(any(token.sign in (NOT, SAME) for token in clause))
    outcomes = [place for place, token in enumerate(clause) if token.sign == OUTCOME]
    told = told_significance(clause)
    yield f"p {told} {denied}"
    if outcomes:
        behind = p_behind(clause, outcomes[-1])
        yield f"next p {behind}"
        told = told if behind == "none" else behind
    changes = find_changes(clause, outcomes, less_is_better=less_is_better)
    for change in changes:
        yield from _of_change(change, told, words if change.is_valued else (), less_is_better)
    yield from _of_nearest(changes, told) if changes else (f"no change {told} {denied}",)
    order = order_of_arms(clause)
    for pair in find_pairs(clause):
        yield from (f"num {pair.pattern} {pair.sign}", f"num {pair.sign} {told}", f"num {pair.sign}")
        if pair.pattern == "two numbers":
            yield f"num two {pair.sign} {order}"
    yield from (token.sign for token in clause if token.sign.startswith(_INTERVALS))


def told_significance(clause: Iterable[Token]) -> str:
    """What the p-values of a clause say together: none, mix, PSIG or PNS."""
    told = {token.sign for token in clause} & {P_BELOW, P_ABOVE}
    return "mix" if len(told) > 1 else next(iter(told), "none")


def p_behind(clause: Sequence[Token], place: int) -> str:
    """The sign of the next p-value behind ``place``, or none."""
    return next((token.sign for token in clause[place:] if token.sign in (P_BELOW, P_ABOVE)), "none")


def _of_change(change: Change, told: str, words: Iterable[str], less: bool) -> Iterator[str]:
    kind = "val" if change.is_valued else "dir"
    denied = f"not{change.is_negated:d}"
    yield f"{kind} {change.frame} {change.sign * change.arm} {denied}"
    yield f"{kind} {change.direction} {'near' if change.distance <= _NEAR else 'far'} {denied}"
    yield f"{kind} {change.direction} {denied} sig{change.is_significant:d} {told}"
    yield f"{kind} raw {change.sign}"
    valued = change.direction * (-1 if less else 1)
    yield from (f"val {valued} {word}" for word in words)


def _of_nearest(changes: Sequence[Change], told: str) -> Iterator[str]:
    nearest = min(changes, key=lambda change: change.distance)
    kind = "val" if nearest.is_valued else "dir"
    yield f"nearest {kind} {nearest.direction} not{nearest.is_negated:d} {told}"
    yield f"nearest {nearest.frame} {nearest.direction}"
    balance = sum(change.direction for change in changes if not change.is_negated)
    yield f"sum {max(-2, min(2, balance))}"

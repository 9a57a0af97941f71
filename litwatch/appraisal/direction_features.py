"""What the linear model sees of a sentence: signs in order, and what the rules found, as names.

Prefixes: f for a clause that names the outcome, r for another, w for any. Digits tell how many signs stand in a row; s
means telling signs alone, with what lies between them left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from litwatch.appraisal.direction_arms import ARMS, COMPARATOR, INTERVENTION, OUTCOME
from litwatch.appraisal.direction_clauses import Clause, Statement
from litwatch.appraisal.direction_frames import Change
from litwatch.appraisal.direction_numbers import order_of_arms
from litwatch.appraisal.direction_tokens import (
    DIFFERENCE_ABOVE,
    DIFFERENCE_BELOW,
    HOLDS_NULL,
    OTHER_INTERVAL,
    P_ABOVE,
    P_BELOW,
    RATIO_ABOVE,
    RATIO_BELOW,
)
from litwatch.appraisal.direction_words import (
    BETTER,
    DIFFER,
    DOWN,
    HEDGE,
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

_OF_P = frozenset((P_BELOW, P_ABOVE))
_READ = frozenset((HOLDS_NULL, DIFFERENCE_ABOVE, DIFFERENCE_BELOW, RATIO_ABOVE, RATIO_BELOW))
_INTERVALS = _READ | {OTHER_INTERVAL}
_NO_WORD = frozenset("()[],:%/=<>+")
_CHANGED = (UP, DOWN, BETTER, WORSE, SIGNIFICANT, NOT, DIFFER, SAME, VERSUS, THAN, HEDGE)
_TELLING = _OF_P | _READ | frozenset((*_CHANGED, *ARMS, OUTCOME, "both", "between"))
_NEAR = 4
_ALPHA = 0.05


def features_of(statement: Statement) -> list[str]:
    """The names of the features that a sentence has; some may come twice."""
    evidence, clauses, _, words, less = statement
    found = [f"o {word}" for word in words]
    found += [f"less {less:d}", f"time {evidence.arms.by_time:d}", f"arms {_arms_named(clauses)}"]
    found.append("focus some" if len(evidence.focus) < len(clauses) else "focus all")
    found += _row_of_table(clauses)
    for clause in clauses:
        found += _rows(clause)
        ruled = _ruled(clause, words, less)
        found += [f"w:{name}" for name in ruled]
        if clause.is_in_focus:
            found += [f"f:{name}" for name in ruled]
    return found


def _row_of_table(clauses: Sequence[Clause]) -> Iterator[str]:
    """A row without a p-value written as one ends with it, as a bare number."""
    if all(told_significance(clause.signs) == "none" for clause in clauses):
        tokens = [token for clause in clauses for token in clause.tokens]
        last = next((token.value for token in reversed(tokens) if token.value is not None), None)
        if last is not None and 0 <= last < 1 and tokens[-1].sign not in ("%", ")"):
            yield f"row {'below' if last < _ALPHA else 'above'}"


def _arms_named(clauses: Sequence[Clause]) -> str:
    intervention = any(INTERVENTION in clause.signs for clause in clauses)
    comparator = any(COMPARATOR in clause.signs for clause in clauses)
    return ("none", "intervention", "comparator", "both")[intervention + 2 * comparator]


def _rows(clause: Clause) -> list[str]:
    """Signs in a row: all of them, and the telling ones alone, each at most once in a row."""
    signs = [sign for sign in clause.signs if sign not in _NO_WORD]
    telling = [sign for sign in signs if sign in _TELLING]
    telling = [sign for place, sign in enumerate(telling) if not place or telling[place - 1] != sign]
    prefix = "f" if clause.is_in_focus else "r"
    rows = [f"{prefix}1 {sign}" for sign in signs]
    rows += [f"{prefix}2 {one} {two}" for one, two in pairwise(signs)]
    rows += [f"{prefix}s {one} {two}" for one, two in pairwise(telling)]
    if clause.is_in_focus:
        rows += [f"f3 {one} {two} {three}" for one, two, three in zip(signs, signs[1:], signs[2:], strict=False)]
        threes = zip(telling, telling[1:], telling[2:], strict=False)
        rows += [f"fs {one} {two} {three}" for one, two, three in threes]
        fours = zip(telling, telling[1:], telling[2:], telling[3:], strict=False)
        rows += [f"fs {one} {two} {three} {four}" for one, two, three, four in fours]
    return rows


def _ruled(clause: Clause, words: Sequence[str], less: bool) -> list[str]:
    """What the rules found in a clause, crossed with significance."""
    signs, changes = clause.signs, clause.changes
    denied = int(NOT in signs or SAME in signs)
    told = told_significance(signs)
    found = [f"p {told} {denied}"]
    if clause.outcomes:
        behind = p_behind(signs, clause.outcomes[-1])
        found.append(f"next p {behind}")
        told = told if behind == "none" else behind
    for change in changes:
        found += _of_change(change, told, words if change.is_valued else (), less)
    found += _of_nearest(changes, told) if changes else (f"no change {told} {denied}",)
    for pair in clause.pairs:
        found += (f"num {pair.pattern} {pair.sign}", f"num {pair.sign} {told}", f"num {pair.sign}")
        if pair.pattern == "two numbers":
            found.append(f"num two {pair.sign} {order_of_arms(clause.tokens)}")
    found += [sign for sign in signs if sign in _INTERVALS]
    return found


def told_significance(signs: Sequence[str]) -> str:
    """What the p-values of a clause say together: none, mix, PSIG or PNS."""
    told = [sign for sign in (P_BELOW, P_ABOVE) if sign in signs]
    return "mix" if len(told) > 1 else (*told, "none")[0]


def p_behind(signs: Sequence[str], place: int) -> str:
    """The sign of the next p-value behind ``place``, or none."""
    return next((sign for sign in signs[place:] if sign in _OF_P), "none")


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

"""The named rules by which a verdict on a direction explains itself, in the order in which they are asked.

Each rule reads the clauses that name the outcome and says a direction with the words that it read. The rules count as
features of the model too; a verdict names the first rule that says what the model says.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from litwatch.appraisal.direction_arms import OUTCOME
from litwatch.appraisal.direction_features import is_better_less
from litwatch.appraisal.direction_frames import NO_FRAME, VALUED, Change, find_changes
from litwatch.appraisal.direction_marks import Evidence
from litwatch.appraisal.direction_numbers import find_pairs
from litwatch.appraisal.direction_tokens import (
    DIFFERENCE_ABOVE,
    DIFFERENCE_BELOW,
    HOLDS_NULL,
    P_ABOVE,
    P_BELOW,
    RATIO_ABOVE,
    RATIO_BELOW,
    Token,
)
from litwatch.appraisal.direction_words import DIFFER, NOT, SAME, SIGNIFICANT
from litwatch.model.direction import Direction

_SOON = 3
"""Tokens from the start of a clause within which a change goes on with the outcome of the clause before."""


class Signal(NamedTuple):
    """What a rule says, and the words that it read."""

    rule: str
    direction: Direction
    words: str


class _Clause(NamedTuple):
    tokens: tuple[Token, ...]
    changes: list[Change]
    outcome: str


def read_signals(evidence: Evidence, outcome: str) -> list[Signal]:
    """Everything that the rules say of an outcome, in their order."""
    clauses = [_clause(evidence.clauses[place], outcome) for place in sorted(evidence.focus)]
    return [signal for rule in _RULES for clause in clauses for signal in rule(clause)]


def goes_both_ways(evidence: Evidence, outcome: str) -> Signal | None:
    """Whether one arm is said to have more of the outcome in one clause and less in the next."""
    said: list[tuple[Change, str]] = []
    for place, tokens in enumerate(evidence.clauses):
        clause = _clause(tokens, outcome)
        goes_on = bool(said) and any(change.place < _SOON for change in clause.changes)
        if (place in evidence.focus or goes_on) and clause.changes:
            nearest = min(clause.changes, key=lambda change: change.distance)
            if not (nearest.is_negated or tokens[nearest.place].sign in VALUED):
                said.append((nearest, tokens[nearest.place].text))
    for (first, words), (second, others) in pairwise(said):
        if first.sign == -second.sign and second.arm in (first.arm, 0):
            return Signal("goes both ways", Direction.MIXED, f"{words} … {others}")
    return None


def _clause(tokens: tuple[Token, ...], outcome: str) -> _Clause:
    places = [place for place, token in enumerate(tokens) if token.sign == OUTCOME]
    named = " ".join(tokens[place].text for place in places)
    return _Clause(tokens, find_changes(tokens, places, less_is_better=is_better_less(outcome)), named)


def _no_difference(clause: _Clause) -> Iterator[Signal]:
    tokens = clause.tokens
    for place, token in enumerate(tokens):
        if token.sign == NOT:
            near = [after for after in tokens[place + 1 : place + 6] if after.sign in (DIFFER, SIGNIFICANT)]
            if near:
                words = f"{token.text} … {near[-1].text}"
                yield Signal("no significant difference", Direction.NO_DIFFERENCE, words)


def _no_change(clause: _Clause) -> Iterator[Signal]:
    for change in clause.changes:
        if change.is_negated:
            before = clause.tokens[max(0, change.place - 5) : change.place]
            denied = next(token.text for token in reversed(before) if token.sign == NOT)
            words = f"{denied} … {clause.tokens[change.place].text}"
            yield Signal("a change denied", Direction.NO_DIFFERENCE, words)


def _alike(clause: _Clause) -> Iterator[Signal]:
    for token in clause.tokens:
        if token.sign == SAME:
            yield Signal("said to be alike", Direction.NO_DIFFERENCE, token.text)


def _not_significant(clause: _Clause) -> Iterator[Signal]:
    for token in clause.tokens:
        if token.sign == P_ABOVE:
            yield Signal("p-value of .05 or more", Direction.NO_DIFFERENCE, token.text)


def _null_inside(clause: _Clause) -> Iterator[Signal]:
    for token in clause.tokens:
        if token.sign == HOLDS_NULL:
            yield Signal("interval that holds the null", Direction.NO_DIFFERENCE, token.text)


def _changed(clause: _Clause) -> Iterator[Signal]:
    for change in sorted(clause.changes, key=lambda change: (change.frame == NO_FRAME, change.distance)):
        if not change.is_negated:
            yield Signal(change.frame, _direction(change.direction), _said(clause, change))


def _said(clause: _Clause, change: Change) -> str:
    word = clause.tokens[change.place].text
    if change.is_valued:
        word += ", which of this outcome is " + ("more" if change.sign > 0 else "less")
    arm = {1: "of the intervention", -1: "of the comparator", 0: "without an arm"}[change.arm]
    return f"{word}, said {arm}"


def _numbers(clause: _Clause) -> Iterator[Signal]:
    for pair in find_pairs(clause.tokens):
        yield Signal(pair.pattern, _direction(pair.sign), pair.words)


_AWAY = {
    RATIO_ABOVE: ("interval of a ratio above 1", 1),
    RATIO_BELOW: ("interval of a ratio below 1", -1),
    DIFFERENCE_ABOVE: ("interval of a difference above 0", 1),
    DIFFERENCE_BELOW: ("interval of a difference below 0", -1),
}


def _null_outside(clause: _Clause) -> Iterator[Signal]:
    for token in clause.tokens:
        if token.sign in _AWAY:
            rule, sign = _AWAY[token.sign]
            yield Signal(rule, _direction(sign), token.text)


def _direction(sign: int) -> Direction:
    return Direction.INCREASE if sign > 0 else Direction.DECREASE


_RULES: Sequence[Callable[[_Clause], Iterator[Signal]]] = (
    _no_difference,
    _no_change,
    _alike,
    _not_significant,
    _null_inside,
    _changed,
    _null_outside,
    _numbers,
)


def significance_stated(evidence: Evidence) -> str:
    """How the clauses that name the outcome state significance: a p-value or interval as written, else the word."""
    tokens = [token for place in sorted(evidence.focus) for token in evidence.clauses[place]]
    for signs in ((P_BELOW, P_ABOVE), (HOLDS_NULL, *_AWAY), (SIGNIFICANT,)):
        for place, token in enumerate(tokens):
            if token.sign in signs:
                denied = token.sign == SIGNIFICANT and any(
                    near.sign == NOT for near in tokens[max(0, place - 3) : place]
                )
                return f"not {token.text}" if denied else token.text
    return ""

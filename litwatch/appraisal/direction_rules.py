"""The named rules by which a verdict on a direction explains itself, in the order in which they are asked.

Each rule reads the clauses that name the outcome and says a direction with the words that it read. The rules count as
features of the model too; a verdict names the first rule that says what the model says.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from litwatch.appraisal.direction_clauses import Clause, Statement
from litwatch.appraisal.direction_frames import CHANGES, NO_FRAME, VALUED, Change
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


def read_signals(statement: Statement) -> Iterator[Signal]:
    """Everything that the rules say of an outcome, in their order."""
    return (signal for rule in _RULES for clause in statement.focus for signal in rule(clause))


def says_nothing(tokens: Sequence[Token]) -> bool:
    """Whether no rule can say anything of a sentence, nor significance be stated, by its tokens alone."""
    return (
        _SAYING.isdisjoint([token.sign for token in tokens]) and sum([token.value is not None for token in tokens]) < 2
    )


def goes_both_ways(statement: Statement) -> Signal | None:
    """Whether one arm is said to have more of the outcome in one clause and less in the next."""
    said: list[tuple[Change, str]] = []
    for clause in statement.clauses:
        goes_on = bool(said) and any(change.place < _SOON for change in clause.changes)
        if clause.changes and (clause.is_in_focus or goes_on):
            nearest = min(clause.changes, key=lambda change: change.distance)
            token = clause.tokens[nearest.place]
            if not (nearest.is_negated or token.sign in VALUED):
                said.append((nearest, token.text))
    for (first, words), (second, others) in pairwise(said):
        if first.sign == -second.sign and second.arm in (first.arm, 0):
            return Signal("goes both ways", Direction.MIXED, f"{words} … {others}")
    return None


def _no_difference(clause: Clause) -> Iterator[Signal]:
    tokens = clause.tokens
    for place in clause.places_of(NOT):
        near = [after for after in tokens[place + 1 : place + 6] if after.sign in (DIFFER, SIGNIFICANT)]
        if near:
            words = f"{tokens[place].text} … {near[-1].text}"
            yield Signal("no significant difference", Direction.NO_DIFFERENCE, words)


def _no_change(clause: Clause) -> Iterator[Signal]:
    for change in clause.changes:
        if change.is_negated:
            before = clause.tokens[max(0, change.place - 5) : change.place]
            denied = next(token.text for token in reversed(before) if token.sign == NOT)
            words = f"{denied} … {clause.tokens[change.place].text}"
            yield Signal("a change denied", Direction.NO_DIFFERENCE, words)


def _alike(clause: Clause) -> Iterator[Signal]:
    for place in clause.places_of(SAME):
        yield Signal("said to be alike", Direction.NO_DIFFERENCE, clause.tokens[place].text)


def _not_significant(clause: Clause) -> Iterator[Signal]:
    for place in clause.places_of(P_ABOVE):
        yield Signal("p-value of .05 or more", Direction.NO_DIFFERENCE, clause.tokens[place].text)


def _null_inside(clause: Clause) -> Iterator[Signal]:
    for place in clause.places_of(HOLDS_NULL):
        yield Signal("interval that holds the null", Direction.NO_DIFFERENCE, clause.tokens[place].text)


def _changed(clause: Clause) -> Iterator[Signal]:
    for change in sorted(clause.changes, key=lambda change: (change.frame == NO_FRAME, change.distance)):
        if not change.is_negated:
            yield Signal(change.frame, _direction(change.direction), _said(clause, change))


def _said(clause: Clause, change: Change) -> str:
    word = clause.tokens[change.place].text
    if change.is_valued:
        word += ", which of this outcome is " + ("more" if change.sign > 0 else "less")
    arm = {1: "of the intervention", -1: "of the comparator", 0: "without an arm"}[change.arm]
    return f"{word}, said {arm}"


def _numbers(clause: Clause) -> Iterator[Signal]:
    for pair in clause.pairs:
        yield Signal(pair.pattern, _direction(pair.sign), pair.words)


_AWAY = {
    RATIO_ABOVE: ("interval of a ratio above 1", 1),
    RATIO_BELOW: ("interval of a ratio below 1", -1),
    DIFFERENCE_ABOVE: ("interval of a difference above 0", 1),
    DIFFERENCE_BELOW: ("interval of a difference below 0", -1),
}


def _null_outside(clause: Clause) -> Iterator[Signal]:
    for place in clause.places_of(*_AWAY):
        rule, sign = _AWAY[clause.signs[place]]
        yield Signal(rule, _direction(sign), clause.tokens[place].text)


_SAYING = frozenset((*CHANGES, NOT, SAME, SIGNIFICANT, P_BELOW, P_ABOVE, HOLDS_NULL, *_AWAY))


def _direction(sign: int) -> Direction:
    return Direction.INCREASE if sign > 0 else Direction.DECREASE


_RULES: Sequence[Callable[[Clause], Iterator[Signal]]] = (
    _no_difference,
    _no_change,
    _alike,
    _not_significant,
    _null_inside,
    _changed,
    _null_outside,
    _numbers,
)


def significance_stated(statement: Statement) -> str:
    """How the clauses that name the outcome state significance: a p-value or interval as written, else the word."""
    for signs in ((P_BELOW, P_ABOVE), (HOLDS_NULL, *_AWAY), (SIGNIFICANT,)):
        for clause in statement.focus:
            for place in clause.places_of(*signs):
                denied = clause.signs[place] == SIGNIFICANT and NOT in clause.signs[max(0, place - 3) : place]
                return f"not {clause.tokens[place].text}" if denied else clause.tokens[place].text
    return ""

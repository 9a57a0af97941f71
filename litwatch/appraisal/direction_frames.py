"""The frames in which a sentence says that something changed, and of which arm it says so.

A change is read in the first frame that fits: "X outperformed Y"; "lower than in Y", where Y is what the other arm is
compared with; "lower in X"; "X lowered"; "compared with Y, … lower". "Lower in the control group" thus is an increase
with the intervention.
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from litwatch.appraisal.direction_arms import ARMS, INTERVENTION
from litwatch.appraisal.direction_tokens import P_ABOVE, P_BELOW, Token
from litwatch.appraisal.direction_words import (
    BETTER,
    DOWN,
    FAVOURING,
    IN,
    NOT,
    SIGNIFICANT,
    SURPASSING,
    THAN,
    UP,
    VERSUS,
    WORSE,
)

CHANGES: Final = {UP: 1, DOWN: -1, BETTER: 1, WORSE: -1}
VALUED: Final = frozenset((BETTER, WORSE))
"""Changes that say whether it was good, from which the direction follows only by what the outcome is."""

NO_FRAME: Final = "no arm named"
ARM_FAR_BEFORE: Final = "an arm was named before"
"""A frame too loose to be trusted alone: a comma or "and" stands between the arm and the change."""

_FAR = 22
_NEAR = 12
_UNKNOWN = 99
_BEHIND_PARTING = 6
"""What a change behind the outcome counts as farther away for when a comma, "and" or a p-value stands between."""


class Change(NamedTuple):
    """A word of change and what it is said of.

    ``sign`` is +1 or -1 for the arm it is said of, ``arm`` +1 for the intervention, -1 for the comparator, 0 when none
    is named; ``distance`` counts tokens to the outcome.
    """

    place: int
    sign: int
    arm: int
    frame: str
    is_valued: bool
    is_negated: bool
    is_significant: bool
    distance: int

    @property
    def direction(self) -> int:
        """+1 when the intervention has more of it, -1 when less."""
        return self.sign * (self.arm or 1)


def find_changes(clause: Sequence[Token], outcomes: Sequence[int], *, less_is_better: bool) -> list[Change]:
    """Every change in a clause; ``outcomes`` are the places where the outcome stands."""
    changes = []
    for place, token in enumerate(clause):
        if token.sign in CHANGES:
            is_valued = token.sign in VALUED
            sign = CHANGES[token.sign] * (-1 if is_valued and less_is_better else 1)
            arm, frame = _arm_of(clause, place)
            is_negated = any(near.sign == NOT for near in clause[max(0, place - 5) : place])
            is_significant = any(near.sign == SIGNIFICANT for near in clause[max(0, place - 4) : place + 3])
            distance = _distance(clause, place, outcomes)
            changes.append(Change(place, sign, arm, frame, is_valued, is_negated, is_significant, distance))
    return changes


def _distance(clause: Sequence[Token], place: int, outcomes: Sequence[int]) -> int:
    """How far the nearest outcome is; ``outcomes`` are in order."""
    at = bisect(outcomes, place)
    distance = outcomes[at] - place if at < len(outcomes) else _UNKNOWN
    if at:
        between = clause[outcomes[at - 1] : place]
        parted = any(near.text in (",", "and") or near.sign in (P_BELOW, P_ABOVE) for near in between)
        distance = min(distance, len(between) + (_BEHIND_PARTING if parted else 1))
    return distance


def _arm_of(clause: Sequence[Token], place: int) -> tuple[int, str]:
    for read in _FRAMES:
        found = read(clause, place)
        if found is not None:
            return found
    return 0, NO_FRAME


def _is(token: Token) -> int:
    return 1 if token.sign == INTERVENTION else -1


def _surpasses(clause: Sequence[Token], place: int) -> tuple[int, str] | None:
    word = clause[place].text.rpartition(" ")[2]
    if word in SURPASSING or word in FAVOURING:
        for near in clause[place + 1 : place + 6]:
            if near.sign in ARMS:
                return (_is(near), "in favour of the arm") if word in FAVOURING else (-_is(near), "surpasses the arm")
    return None


def _more_than(clause: Sequence[Token], place: int) -> tuple[int, str] | None:
    for at in range(place + 1, min(len(clause), place + _FAR)):
        if clause[at].sign in (THAN, VERSUS):
            near = next((near for near in clause[at + 1 : at + 8] if near.sign in ARMS), None)
            return (-_is(near), "than the arm") if near else None
        if at > place + 3 and clause[at].sign in (UP, DOWN):
            return None
    return None


def _in_arm(clause: Sequence[Token], place: int) -> tuple[int, str] | None:
    for at in range(place + 1, min(len(clause), place + _NEAR)):
        token = clause[at]
        if token.sign in ARMS:
            if clause[at - 1].sign == VERSUS:
                return None
            is_in = any(near.sign == IN for near in clause[max(place + 1, at - 3) : at])
            return _is(token), "in the arm" if is_in else "before the arm"
        if token.sign in CHANGES and at > place + 1:
            return None
    return None


def _arm_did(clause: Sequence[Token], place: int) -> tuple[int, str] | None:
    for at in range(place - 1, max(-1, place - _FAR), -1):
        if clause[at].sign in ARMS:
            is_compared = any(near.sign in (VERSUS, THAN) for near in clause[max(0, at - 3) : at])
            if is_compared:
                return -_is(clause[at]), "compared with the arm"
            is_parted = any(near.text in (",", "and") for near in clause[at + 2 : place])
            return _is(clause[at]), ARM_FAR_BEFORE if is_parted else "the arm changed it"
    return None


def _compared_with(clause: Sequence[Token], place: int) -> tuple[int, str] | None:
    for at, token in enumerate(clause):
        if token.sign == VERSUS and at != place:
            for near in clause[at + 1 : at + 5]:
                if near.sign in ARMS:
                    return -_is(near), "against the arm"
    return None


_FRAMES: tuple[Callable[[Sequence[Token], int], tuple[int, str] | None], ...] = (
    _surpasses,
    _more_than,
    _in_arm,
    _arm_did,
    _compared_with,
)

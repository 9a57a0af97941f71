"""How the evidence on a claim stands in one issue: what was found by design and direction, and what calls for a person.

Works are counted, not records, and counts never add up to a verdict: that many studies agree says little of a claim.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.direction import Direction
from litwatch.model.finding import NoticeKind, Stance, StudyDesign
from litwatch.model.identifiers import Pmid, WorkId


class Course(StrEnum):
    """Where the outcomes of a claim went, beside what the claim expects."""

    AS_CLAIMED = "as claimed"
    NO_DIFFERENCE = "no difference"
    OTHER_WAY = "the other way"
    MIXED = "mixed"
    UNCLEAR = "unclear"


STANCE_OF = {
    Course.AS_CLAIMED: Stance.SUPPORTS,
    Course.NO_DIFFERENCE: Stance.CHALLENGES,
    Course.OTHER_WAY: Stance.CHALLENGES,
    Course.MIXED: Stance.MIXED,
    Course.UNCLEAR: Stance.UNCLEAR,
}
"""What each course says of the claim."""


def course_of(direction: Direction, expects: str) -> Course:
    """The course of a direction, which is in the sense of the claim, when the claim ``expects`` one."""
    if direction in (Direction.UNCLEAR, Direction.MIXED):
        return Course(direction.value)
    if direction == expects:
        return Course.AS_CLAIMED
    return Course.NO_DIFFERENCE if direction is Direction.NO_DIFFERENCE else Course.OTHER_WAY


class Cell(NamedTuple):
    """Works of one design that went one way. ``retracted`` ones are not among ``works``; their course is unclear."""

    design: StudyDesign
    course: Course
    works: int
    retracted: int = 0


class SignalKind(StrEnum):
    """What calls for another look at a claim; counting never does."""

    CITED_RETRACTED = "cited work retracted"
    CITED_OUTDATED = "cited work outdated"
    HARM = "major harm"
    OPPOSING = "opposing finding at the same or a higher level"
    META_ANALYSIS = "new meta-analysis"


class SignalWork(NamedTuple):
    """A study that a signal names, and what of it counts."""

    pmid: Pmid
    title: str
    because: str


@dataclass(frozen=True, slots=True)
class UpdateSignal:
    """That a claim needs a person: the works that say so, best rank first, and what all of them are measured by."""

    kind: SignalKind
    claim: str
    works: tuple[SignalWork, ...]
    because: str


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim in one issue: its evidence, the same as of the issue before (None on a baseline), and its signals.

    ``cells`` hold every work that bears on the claim once, those that the article cites among them; designs in their
    order, no cell without a work. Both are judged by the claims and rules of this issue.
    """

    claim: str
    cells: tuple[Cell, ...] = ()
    before: tuple[Cell, ...] | None = None
    signals: tuple[UpdateSignal, ...] = ()


class CitedWork(NamedTuple):
    """A work that the article cites: the claims that it is cited for, and each notice on it with what that names."""

    reference: str
    claims: tuple[str, ...]
    pmid: Pmid
    work: WorkId
    notices: tuple[tuple[NoticeKind, str], ...] = ()

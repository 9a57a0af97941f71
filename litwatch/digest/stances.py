"""How the state of a claim, the stance of a study and the directions in it are put into words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from litwatch.digest.phrases import DESIGN_PLURALS, counted
from litwatch.model.claim_state import STANCE_OF, Cell, ClaimState, Course
from litwatch.model.digest import StudyCard
from litwatch.model.direction import Direction
from litwatch.model.finding import DetailKind, Finding, Stance, StudyDesign

ARROWS = {Direction.DECREASE: "↓", Direction.INCREASE: "↑", Direction.NO_DIFFERENCE: "=", Direction.MIXED: "↕"}
"""Always beside the word, which says the same."""

AGAINST_US = frozenset((Stance.CHALLENGES, Stance.MIXED))
"""What is shown first among the works of a claim."""

_VERBS = {
    Stance.SUPPORTS: ("supports", "support"),
    Stance.CHALLENGES: ("challenges", "challenge"),
    Stance.MIXED: ("mixed", "mixed"),
    Stance.UNCLEAR: ("unclear", "unclear"),
}
_SHORT = {StudyDesign.RCT: ("RCT", "RCTs"), StudyDesign.UNCLEAR: ("of unclear design", "of unclear design")}

_LABELS = {DetailKind.SAMPLE: "sample size ", DetailKind.DRUG: "drug: "}
"""Where the value does not say what it is."""


class StateRow(NamedTuple):
    """A design with its works by course, and the retracted ones, which are in no other number."""

    design: StudyDesign
    works: tuple[int, ...]
    retracted: int


class ToldDirection(NamedTuple):
    """An outcome, and where it went with the intervention: a sign and the word for it."""

    outcome: str
    arrow: str
    word: Direction


def standing_line(state: ClaimState) -> str:
    """How many works of which designs say what: "11 works: 1 supports (RCT), 1 challenges (cohort study), 9 unclear".

    Designs are told of what says something, and of all when nothing does.
    """
    counts = _by_stance(state.cells)
    said = [stance for stance in _VERBS if counts[stance]]
    parts = [_said(stance, counts[stance], brief=len(said) > 1 and stance is Stance.UNCLEAR) for stance in said]
    total = sum(designs.total() for designs in counts.values())
    retracted = sum(cell.retracted for cell in state.cells)
    line = f"{counted(total, 'work')}: {', '.join(parts)}" if total else "No work"
    return line + (f"; {retracted:,} retracted, not counted" if retracted else "")


def moved_line(state: ClaimState, issue: int) -> str:
    """How that has moved: "Since issue 2: +1 challenges (RCT), 1 retracted"; empty on a baseline."""
    if state.before is None:
        return ""
    now, then = _by_stance(state.cells), _by_stance(state.before)
    moved = [part for stance in _VERBS if (part := _movement(stance, now[stance], then[stance]))]
    retracted = sum(cell.retracted for cell in state.cells) - sum(cell.retracted for cell in state.before)
    if retracted:
        moved.append(f"{retracted:,} retracted" if retracted > 0 else f"{-retracted:,} no longer retracted")
    return f"Since issue {issue}: {', '.join(moved)}" if moved else f"As in issue {issue}"


def state_rows(state: ClaimState) -> tuple[StateRow, ...]:
    """The evidence table of a claim; a row for each design that there is a work of, columns as in ``Course``.

    Empty when there is nothing to tell: no course but unclear ones, and no retracted work.
    """
    if all(cell.course is Course.UNCLEAR and not cell.retracted for cell in state.cells):
        return ()
    works = {(cell.design, cell.course): cell.works for cell in state.cells}
    designs = dict.fromkeys(cell.design for cell in state.cells)
    retracted = Counter[StudyDesign]()
    for cell in state.cells:
        retracted[cell.design] += cell.retracted
    return tuple(
        StateRow(design, tuple(works.get((design, course), 0) for course in Course), retracted[design])
        for design in designs
    )


def stance_on(card: StudyCard, claim: str) -> Stance:
    """What the study says of a claim; unclear where it does not bear on it."""
    return next((each.stance for each in card.finding.bearings if each.claim == claim), Stance.UNCLEAR)


def told_directions(finding: Finding) -> tuple[ToldDirection, ...]:
    """The outcomes of which a direction is told, in the order of the abstract."""
    told = (each for each in finding.directions if each.direction is not Direction.UNCLEAR)
    return tuple(ToldDirection(each.outcome, ARROWS[each.direction], each.direction) for each in told)


def details_line(finding: Finding) -> str:
    """The level of the design and what else is told of the study: "level 2 (…) · sample size 62 · 0.5 mg/kg"."""
    told: dict[DetailKind, list[str]] = {}
    for detail in finding.details:
        if detail.kind is not DetailKind.CONDITION:  # what the sentences that are quoted say better
            told.setdefault(detail.kind, []).append(detail.value)
    level = [f"level {finding.level} (of the design alone)"] if finding.level else []
    details = (f"{_LABELS.get(kind, '')}{', '.join(dict.fromkeys(values))}" for kind, values in told.items())
    return " · ".join((*level, *details))


def _by_stance(cells: Sequence[Cell]) -> dict[Stance, Counter[StudyDesign]]:
    counts: dict[Stance, Counter[StudyDesign]] = {stance: Counter() for stance in Stance}
    for cell in cells:
        if cell.works:
            counts[STANCE_OF[cell.course]][cell.design] += cell.works
    return counts


def _said(stance: Stance, designs: Counter[StudyDesign], *, brief: bool) -> str:
    total = designs.total()
    verb = f"{total:,} {_VERBS[stance][total > 1]}"
    if brief:
        return verb
    if len(designs) == 1:
        return f"{verb} ({', '.join(_noun(design, total) for design in designs)})"
    return f"{verb} ({', '.join(f'{number:,} {_noun(design, number)}' for design, number in designs.items())})"


def _movement(stance: Stance, now: Counter[StudyDesign], then: Counter[StudyDesign]) -> str:
    """What of a stance came and went, by design; of what is unclear the sum."""
    if stance is Stance.UNCLEAR:
        change = now.total() - then.total()
        return f"{_signed(change)} unclear" if change else ""
    changes = {design: now[design] - then[design] for design in StudyDesign if now[design] != then[design]}
    return ", ".join(
        f"{_signed(change)} {_VERBS[stance][abs(change) > 1]} ({_noun(design, change)})"
        for design, change in changes.items()
    )


def _signed(number: int) -> str:
    return f"+{number:,}" if number > 0 else f"−{-number:,}"


def _noun(design: StudyDesign, number: int) -> str:
    plural = DESIGN_PLURALS.get(design, f"{design}s")
    return _SHORT.get(design, (design.value, plural))[abs(number) > 1]

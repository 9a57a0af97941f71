"""Whether what a study found agrees with a claim: from the directions of the claim's outcomes, by a table of rules.

"Unclear" is the default. What was retracted, or reports no result of its own, has no stance. An outcome that the claim
calls opposite is turned round first. Against another treatment only a change that the claim expects counts: that two
treatments do alike, or that the other does more, says nothing of whether this one works.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from litwatch.appraisal.declared import SAYS_UNCHANGED
from litwatch.appraisal.direction_words import BASELINES, CONTROLS
from litwatch.appraisal.directions import outcome_vocabulary
from litwatch.appraisal.intervention import is_about, is_named
from litwatch.appraisal.reading import fold
from litwatch.appraisal.terms import compile_term
from litwatch.model.direction import Direction, DirectionReading, OutcomeDirection
from litwatch.model.finding import Bearing, Stance, StudyDesign
from litwatch.model.identity import Because
from litwatch.model.watch import Claim

REPORTS_NOTHING = frozenset((StudyDesign.PROTOCOL, StudyDesign.NOTICE, StudyDesign.EDITORIAL, StudyDesign.GUIDELINE))
"""Designs without results of their own."""

_TURNED = {Direction.DECREASE: Direction.INCREASE, Direction.INCREASE: Direction.DECREASE}
_DOES_NOTHING = CONTROLS | BASELINES | {"healthy", "naive", "none", "nothing", "volunteers"}
"""What is compared with when nothing else is given in place of the intervention."""


_CONTROL = re.compile(
    r"\b(?:placebo|saline|sham|vehicle|untreated|controls|wait-?list|no[- ]treatment"
    r"|control (?:groups?|arms?|conditions?|animals|rats|mice|patients|subjects|participants))\b"
)
"""What a study has that compares with no treatment; "controlled" and "standard" are said of any."""


class Study(NamedTuple):
    """What of a study decides on its stance.

    ``title`` and ``text``, title and abstract, are folded; ``intervention`` is what the watch is about.
    """

    design: StudyDesign
    retracted: bool
    directions: Sequence[OutcomeDirection]
    title: str
    text: str
    intervention: str

    def is_of_intervention(self, sentence: str) -> bool:
        """Whether the sentence names the intervention, or else the title does as what the study is about."""
        return is_named(fold(sentence), self.intervention) or is_about(self.title, self.intervention)


class ClaimOutcomes(NamedTuple):
    """What a claim expects, and the names under which its outcomes are reported."""

    expects: Direction
    own: frozenset[str]
    opposite: frozenset[str]


class _Told(NamedTuple):
    """What one sentence says of one outcome, in the sense of the claim."""

    outcome: str
    direction: Direction
    reading: DirectionReading


class _Case(NamedTuple):
    """A study beside a claim: all that is told, and what of it counts."""

    study: Study
    expects: Direction
    told: Sequence[_Told]
    counting: Sequence[_Told]


@lru_cache(maxsize=64)
def claim_outcomes(claims: tuple[Claim, ...]) -> dict[str, ClaimOutcomes]:
    """The outcomes of each claim by its id, as ``find_directions`` names them."""
    names = outcome_vocabulary(claims).names

    def named(written: Iterable[str]) -> frozenset[str]:
        return frozenset(names[compile_term(text)] for text in written)

    return {
        claim.id: ClaimOutcomes(Direction(claim.expects), named(claim.outcomes), named(claim.opposite))
        for claim in claims
    }


def judge_stances(bearings: Iterable[Bearing], study: Study, claims: tuple[Claim, ...]) -> tuple[Bearing, ...]:
    """Each bearing with its stance; where one is told, the rationale is the first sentence that tells it."""
    outcomes = claim_outcomes(claims)
    return tuple(_judged(bearing, _case(study, outcomes[bearing.claim])) for bearing in bearings)


def _judged(bearing: Bearing, case: _Case) -> Bearing:
    rule, evidence = next((name, told) for name, read in _RULES if (told := read(case)) is not None)
    if rule != _AGREED:
        return replace(bearing, because=Because(rule, evidence))
    direction = _together(case)
    showing = [each for each in case.counting if each.direction is direction] or case.counting
    return replace(
        bearing,
        direction=direction,
        stance=_stance(direction, case.expects),
        because=Because(rule, evidence),
        rationale=showing[0].reading.quote,
    )


def _case(study: Study, outcomes: ClaimOutcomes) -> _Case:
    told = []
    for reported in study.directions:
        if reported.outcome in outcomes.own | outcomes.opposite:
            turned = _TURNED if reported.outcome in outcomes.opposite else {}
            for reading in filter(lambda each: study.is_of_intervention(each.quote.text), reported.readings):
                said = reading.verdict.direction
                told.append(_Told(reported.outcome, turned.get(said, said), reading))
    has_control = _CONTROL.search(study.text) is not None
    changes = {outcomes.expects} - {Direction.NO_DIFFERENCE}  # two treatments that do alike may both do much
    counting = [each for each in told if each.direction in changes or _is_against_nothing(each, has_control)]
    return _Case(study, outcomes.expects, told, counting)


def _is_against_nothing(told: _Told, has_control: bool) -> bool:
    """Whether it is compared with no treatment; where the sentence does not say, whether the study has a control."""
    if told.reading.comparator:
        return not _DOES_NOTHING.isdisjoint(told.reading.comparator.split())
    is_told = told.direction is not Direction.NO_DIFFERENCE or told.reading.verdict.because.rule in SAYS_UNCHANGED
    return has_control or is_told


def _stance(direction: Direction, expects: Direction) -> Stance:
    if direction is expects:
        return Stance.SUPPORTS
    return Stance.MIXED if direction is Direction.MIXED else Stance.CHALLENGES


def _together(case: _Case) -> Direction:
    """One direction for all that counts: beside a change against the claim, what did not change is no contradiction."""
    told = {each.direction for each in case.counting}
    if len(told) > 1 and case.expects not in told:
        told.discard(Direction.NO_DIFFERENCE)
    return next(iter(told)) if len(told) == 1 else Direction.MIXED


def _retracted(case: _Case) -> str | None:
    return "what was retracted counts for nothing" if case.study.retracted else None


def _without_results(case: _Case) -> str | None:
    return f"{case.study.design}: no result of its own" if case.study.design in REPORTS_NOTHING else None


def _nothing_told(case: _Case) -> str | None:
    return None if case.told else "no sentence says in which direction an outcome of the claim went"


def _beside_another(case: _Case) -> str | None:
    if case.counting:
        return None
    told = {f"{each.outcome}: {each.direction}, {_against(each)}" for each in case.told}
    return f"compared with another treatment, or nobody says with what ({'; '.join(sorted(told))})"


def _agreed(case: _Case) -> str | None:
    said: dict[Direction, list[str]] = {}
    for each in case.counting:
        said.setdefault(each.direction, []).append(each.outcome)
    told = "; ".join(f"{direction}: {', '.join(dict.fromkeys(names))}" for direction, names in said.items())
    return f"{told}; the claim expects {case.expects}"


def _against(told: _Told) -> str:
    return f"against {told.reading.comparator}" if told.reading.comparator else "against what is not said"


_AGREED = "directions of the claim's outcomes"
_RULES: tuple[tuple[str, Callable[[_Case], str | None]], ...] = (
    ("retracted", _retracted),
    ("no result of its own", _without_results),
    ("no direction told", _nothing_told),
    ("beside another treatment", _beside_another),
    (_AGREED, _agreed),
)
"""In order; the first that says something decides, and only the last one gives a stance."""

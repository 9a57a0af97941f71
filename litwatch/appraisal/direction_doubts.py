"""Why a verdict of the model on a sentence of an abstract is not trusted: the doubts, in the order of asking.

The sentence's outcome is masked as THIS and every other one as ANOTHER, so that a doubt can ask what is said of which.
"""

import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Final

from litwatch.appraisal.declared import COMPOUNDING
from litwatch.appraisal.direction import MODEL_ALONE
from litwatch.appraisal.direction_arms import ARMS, INTERVENTION
from litwatch.appraisal.direction_frames import ARM_FAR_BEFORE, NO_FRAME
from litwatch.appraisal.direction_marks import Evidence
from litwatch.appraisal.direction_masks import ANOTHER, THIS
from litwatch.appraisal.direction_words import ARM_NOUNS, CONTROLS, TREATED
from litwatch.model.direction import Direction, DirectionVerdict

_ALIKE = re.compile(r"\b(?:in|of|within) (?:both|all|either|the two|each) (?:[\w-]+ )?(?:groups|arms|group|arm)\b")
_START = (
    r"\bat (?:baseline|t0|entry|enrol+ment|inclusion|randomi[sz]ation)\b"
    r"|\bbaseline (?:characteristics|values|levels|demographics)\b"
)
_AT_BASELINE = re.compile(rf"{THIS} (?:before|prior to) (?!and\b)|{_START}")
_EARLIER = re.compile(
    rf"{_START}|\bprior to\b|\bdemographic"
    rf"|\b(?:baseline|pre-?treatment) (?:[\w-]+ )?{THIS}\b"
    r"|\bbefore (?:the )?(?:treatment|surgery|induction|operation|intervention|administration|infusion)\b"
    r"|\bpreoperative(?:ly)?\b|\bage\b[^.;]{0,60}\b(?:sex|gender|weight)\b"
)
_COMPOUNDED = re.compile(
    rf"{THIS}[- ](?:{'|'.join(sorted(COMPOUNDING))})\b|[:/]{THIS}\W{{0,2}} ratio"
    rf"|{THIS}(?:[:/-]| to )[\w-]{{1,40}} ratio"
    r"|\b(?:apoptosis|autophagy|clearance|death|differentiation|dysfunction|maturation|polari[sz]ation|pyroptosis"
    rf"|ramification|survival|transition|viability) (?:of|in) (?:[\w-]+ ){{0,2}}{THIS}"
)
_TIMED = re.compile(rf"\b(?:time|interval) (?:to|until|since|from|for)\b[^.,;]{{0,80}}{THIS}")
_RELIEF_OF = re.compile(
    rf"\b(?:relief|alleviation|improvement|reductions?|decreases?|changes?) (?:of|in|from) .{{0,40}}{THIS}"
)
_LIKENED = re.compile(r"\b(?:similar|similarly|comparable|equivalent|equal|identical|like|analogous) (?:to|with|as)\b")
_DENIED_OF_ANOTHER = re.compile(rf"{THIS}\b[^;]{{0,300}}?\b(?:no|not|without) (?:[\w-]+ ){{0,3}}{ANOTHER}\b")
_PLAIN_CONTROL = re.compile(
    r"\b(?:placebo|saline|sham|vehicle|control)(?: group| arm)\b|\bplacebo\b|\bin (?:the )?controls\b"
)
_OTHER_CONTROL = re.compile(r"\b(?:healthy|normal|matched)\b")
_IN_A_GROUP = re.compile(r"\b([\w+-]+) (?:group|groups|arm|rats|mice|animals)\b")
_BETWEEN = frozenset(("between", "among", "groups", "arms"))

_NAMELESS_WORDS = "a all another any both each either one other others same study the these those three two between"
NAMELESS: Final = frozenset(_NAMELESS_WORDS.split()) | ARM_NOUNS
"""What is said before "group" and names none."""

_GOING_ON_WORDS = f"{THIS} again after at by compared during for from in it later on over than to until with"
_GOING_ON = frozenset(_GOING_ON_WORDS.split())
"""What follows a change that is said of the same outcome as before: when, where, beside what."""

_WEAK_WORDS = (
    "maintained stable constant nearly likewise similarly alike most association associated interaction deeper"
)
_WEAK = frozenset(_WEAK_WORDS.split())
"""Words on which no verdict on an abstract may rest: they are too often said of something else."""


class _Case:
    """A verdict, the marked sentence that it is on, and the sentence's masked text."""

    def __init__(self, verdict: DirectionVerdict, evidence: Evidence, text: str) -> None:
        self.direction = verdict.direction
        self.because = verdict.because
        self.evidence = evidence
        self.text = text

    @cached_property
    def signs(self) -> set[str]:
        return {token.sign for clause in self.evidence.clauses for token in clause}

    @cached_property
    def names_an_arm(self) -> bool:
        return not self.signs.isdisjoint(ARMS)

    @property
    def denies(self) -> bool:
        return self.direction is Direction.NO_DIFFERENCE


def doubt_of(verdict: DirectionVerdict, evidence: Evidence, text: str) -> str:
    """The first doubt of a verdict that is not unclear; empty when there is none."""
    case = _Case(verdict, evidence, text)
    return next((doubt for doubt, holds in _DOUBTS if holds(case)), "")


def is_of_another(text: str) -> bool:
    """Whether a sentence speaks of the start, of the time until the outcome came, or of a thing named after it."""
    return any(pattern.search(text) for pattern in (_AT_BASELINE, _TIMED, _COMPOUNDED))


def _rests_on_little(case: _Case) -> bool:
    return case.because.rule == MODEL_ALONE or case.because.evidence.split(",")[0].rpartition(" ")[2] in _WEAK


def _contrary_of_another(case: _Case) -> bool:
    """Whether the second of two contrary changes ("reduced … elevated") may be another thing's."""
    if case.direction is not Direction.MIXED:
        return False
    first, _, second = case.because.evidence.partition(" … ")
    rest = case.text.partition(first)[2].partition(second)[2].split()
    return bool(rest) and rest[0][0] not in ".,;(" and rest[0].strip(".,;") not in _GOING_ON


def _denied_of_another_arm(case: _Case) -> bool:
    """Whether the negation is of an arm, and not of the change: "but not in B", "A, not B, lowered it"."""
    pairs = (pair for clause in case.evidence.clauses for pair in pairwise(clause))
    return case.denies and (
        "but not " in case.text or any(token.text == "not" and after.sign in ARMS for token, after in pairs)
    )


def _between_nobody(case: _Case) -> bool:
    texts = (token.text for clause in case.evidence.clauses for token in clause)
    return case.denies and not case.names_an_arm and _BETWEEN.isdisjoint(texts)


def _of_no_arm(case: _Case) -> bool:
    return not case.denies and (case.because.rule in (NO_FRAME, ARM_FAR_BEFORE) or not case.names_an_arm)


def _of_all_groups(case: _Case) -> bool:
    return not case.denies and "between" not in case.text and _ALIKE.search(case.text) is not None


def _nameless(case: _Case) -> bool:
    """Whether the intervention is not named, and another thing than it may be compared with a plain control."""
    if case.denies or INTERVENTION in case.signs:
        return False
    third = [name for name in _IN_A_GROUP.findall(case.text) if name not in CONTROLS | TREATED | NAMELESS]
    is_other = bool(third) or _OTHER_CONTROL.search(case.text) is not None
    return case.evidence.arms.by_time or is_other or not _PLAIN_CONTROL.search(case.text)


_DOUBTS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("no named rule says so", _rests_on_little),
    ("it is said of the time before", lambda case: _EARLIER.search(case.text) is not None),
    ("its name is part of another's", lambda case: _COMPOUNDED.search(case.text) is not None),
    ("it is said of the time until then", lambda case: _TIMED.search(case.text) is not None),
    ("the contrary change is of something else", _contrary_of_another),
    (
        "the numbers may be of its relief",
        lambda case: "number" in case.because.rule and _RELIEF_OF.search(case.text) is not None,
    ),
    ("it is likened to something", lambda case: case.denies and _LIKENED.search(case.text) is not None),
    ("it is said of one and denied of another", _denied_of_another_arm),
    ("it is said of another outcome", lambda case: case.denies and _DENIED_OF_ANOTHER.search(case.text) is not None),
    ("it is not said between whom", _between_nobody),
    ("it is not said of an arm", _of_no_arm),
    ("it is said of all groups", _of_all_groups),
    ("the intervention is not named", _nameless),
)

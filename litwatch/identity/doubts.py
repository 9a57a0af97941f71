"""What is still to be decided by a person, and what a verdict says once a person has decided."""

from collections.abc import Iterable
from dataclasses import replace

from litwatch.model.decided import Decided
from litwatch.model.decision import DECIDED, Decision, Doubt
from litwatch.model.identifiers import work_id
from litwatch.model.identity import Because, Resolution, Standing


def open_doubts(doubts: Iterable[Doubt], decided: Decided) -> tuple[Doubt, ...]:
    """Those of ``doubts`` that no person has settled, be it by deciding on other records of the two works."""
    return tuple(doubt for doubt in doubts if not decided.settles(work_id(doubt.pmid), work_id(doubt.other)))


def because_decided(decision: Decision) -> Because:
    """The reason that a verdict gives when ``decision`` made it."""
    return Because(DECIDED, f"{decision.sentence}, {decision.signature}")


def as_decided(resolution: Resolution, decided: Decided) -> Resolution:
    """``resolution``, as the rules left it, with what a person has said of its doubt since."""
    if resolution.standing is not Standing.UNSURE or resolution.candidate is None:
        return resolution
    work = work_id(resolution.pmid)
    is_same = decided.root(work) == decided.root(resolution.candidate)
    told = decided.linked(work) or decided.linked(resolution.candidate) if is_same else None
    told = told or decided.apart(work, resolution.candidate)
    if told is None:
        return resolution
    standing = Standing.SEEN if is_same else Standing.NEW
    return replace(resolution, standing=standing, candidate=None, because=because_decided(told))

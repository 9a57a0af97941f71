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
    """``resolution``, as the rules left it, with what a person has said since of its doubt, or against its join."""
    own, beside = work_id(resolution.pmid), resolution.candidate or resolution.work
    if own == beside:
        return resolution
    told = decided.apart(own, beside)
    if told is not None:
        standing = Standing.NEW if resolution.standing is not Standing.CITED else Standing.CITED
        return replace(resolution, work=own, standing=standing, candidate=None, because=because_decided(told))
    told = decided.linked(own) or decided.linked(beside) if decided.root(own) == decided.root(beside) else None
    if told is None or resolution.standing is not Standing.UNSURE:
        return resolution
    return replace(resolution, standing=Standing.SEEN, candidate=None, because=because_decided(told))

"""What a person has decided: where the rules doubt, and what a work is worth to a watch.

A decision is never deleted: taking one back is a decision too.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, Citation

DECIDED = "a person's decision"
"""The rule that a verdict names when a person decided it."""


class Choice(StrEnum):
    """What was decided: of two records, of what a cited reference means, of a work, or of an earlier decision."""

    SAME = "same"
    DIFFERENT = "different"
    ACCEPT = "accept"
    REJECT = "reject"
    RELEVANT = "relevant"
    IRRELEVANT = "irrelevant"
    USED = "used"
    LATER = "later"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class PairDecision:
    """SAME or DIFFERENT: whether ``pmid``, the record that a rule doubted, and ``other`` are records of one work."""

    choice: Choice
    pmid: Pmid
    other: Pmid


@dataclass(frozen=True, slots=True)
class ReferenceDecision:
    """ACCEPT or REJECT: whether cited reference ``reference`` of a watch means ``pmid``.

    ``question`` is what the watch gave of the reference then; when it gives something else, the decision no longer
    answers it.
    """

    choice: Choice
    watch: str
    reference: str
    pmid: Pmid
    question: str


@dataclass(frozen=True, slots=True)
class WorkDecision:
    """RELEVANT, IRRELEVANT, USED or LATER: what the work of record ``pmid`` is worth to a watch.

    USED is relevant, and the article draws on it; LATER is neither relevant nor irrelevant yet. A later decision on the
    same work takes the place of an earlier one.
    """

    choice: Choice
    watch: str
    pmid: Pmid


WORK_CHOICES = {
    Choice.RELEVANT: "relevant to",
    Choice.IRRELEVANT: "irrelevant to",
    Choice.USED: "used in the article of",
    Choice.LATER: "left for later in",
}
"""What can be decided of a work, each in words that the name of the watch follows."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back the decision whose id is ``undoes``."""

    undoes: int


Matter = PairDecision | ReferenceDecision | WorkDecision | Undo


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, ``by`` whom, when (aware, UTC) and why. ``id`` counts from 1; 0 until the store keeps it."""

    what: Matter
    by: str
    at: datetime
    note: str = ""
    id: int = 0

    @property
    def signature(self) -> str:
        """Who decided, when and why, as in ``by Roe on 2026-01-31: same trial``."""
        return f"by {self.by} on {self.at:%Y-%m-%d}" + (f": {self.note}" if self.note else "")

    @property
    def way_back(self) -> str:
        """The command that takes it back."""
        match self.what:
            case ReferenceDecision():
                return f"`litwatch refs undo {self.id}`"
            case WorkDecision():
                return f"`litwatch decide --undo {self.id}`"
            case _:
                return f"`litwatch review --undo {self.id}`"

    def is_on(self, pmid: Pmid) -> bool:
        """Whether the decision names the record."""
        match self.what:
            case PairDecision():
                return pmid in (self.what.pmid, self.what.other)
            case ReferenceDecision() | WorkDecision():
                return self.what.pmid == pmid
            case Undo():
                return False

    @property
    def sentence(self) -> str:
        """What was decided, in words."""
        match self.what:
            case PairDecision(choice, pmid, other):
                told = f"PubMed {pmid} is {'the same work as' if choice is Choice.SAME else 'another work than'}"
                return f"{told} PubMed {other}"
            case ReferenceDecision(choice, watch, reference, pmid):
                told = "means" if choice is Choice.ACCEPT else "does not mean"
                return f"{reference} of {watch} {told} PubMed {pmid}"
            case WorkDecision(choice, watch, pmid):
                return f"PubMed {pmid} is {WORK_CHOICES[choice]} {watch}"
            case Undo(undoes):
                return f"decision {undoes} is taken back"


class Doubt(NamedTuple):
    """Two records of which no rule can tell whether they are one work.

    ``pmid`` is the record that was doubted, described by ``citation``, ``other`` the founding record of the work that
    it may belong to; ``watches`` have the doubted record in their ledgers.
    """

    pmid: Pmid
    other: Pmid
    because: Because
    citation: Citation
    other_citation: Citation
    watches: tuple[str, ...]

"""The decisions that stand, and what follows from them for works and for cited references."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from litwatch.model.decision import Choice, Decision, Matter, PairDecision, ReferenceDecision, Undo, WorkDecision
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.run import LedgerEntry


class Decided:
    """What persons have decided and not taken back.

    Works that a person called the same are linked, not changed: each keeps its name and its records, and all of them
    have one ``root``. Two works are apart when a person called any two of theirs different.
    """

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        """``decisions`` are all that the store has, undone ones and undoings among them."""
        self.all = {decision.id: decision for decision in decisions}
        self.undone_by = {told.what.undoes: told for told in decisions if isinstance(told.what, Undo)}
        self._parents: dict[WorkId, WorkId] = {}
        self._linked: dict[WorkId, Decision] = {}
        self._apart: defaultdict[WorkId, dict[WorkId, Decision]] = defaultdict(dict)
        self._references: defaultdict[tuple[str, str], list[tuple[ReferenceDecision, Decision]]] = defaultdict(list)
        self._worth: defaultdict[str, list[tuple[WorkDecision, Decision]]] = defaultdict(list)
        for decision in decisions:
            if decision.id not in self.undone_by:
                self.take(decision)

    def take(self, decision: Decision) -> None:
        """Let a decision on a pair, a reference or a work stand too."""
        match decision.what:
            case PairDecision(Choice.SAME, pmid, other):
                self._link(self.root(work_id(pmid)), self.root(work_id(other)), decision)
            case PairDecision(_, pmid, other):
                self._keep_apart(self.root(work_id(pmid)), self.root(work_id(other)), decision)
            case ReferenceDecision() as what:
                self._references[what.watch, what.reference].append((what, decision))
            case WorkDecision() as what:
                self._worth[what.watch].append((what, decision))

    def root(self, work: WorkId) -> WorkId:
        """The one that stands for all works that are the same as ``work``; itself when no decision links it."""
        while work in self._parents:
            work = self._parents[work]
        return work

    def linked(self, work: WorkId) -> Decision | None:
        """The decision that made ``work`` the same as another one; None when there is none."""
        return self._linked.get(work)

    def apart(self, work: WorkId, other: WorkId) -> Decision | None:
        """The decision that keeps the two apart, None when there is none."""
        return self._apart.get(self.root(work), {}).get(self.root(other))

    def kept_apart(self, work: WorkId) -> Decision | None:
        """A decision that keeps ``work`` apart from any other, None when there is none."""
        return next(iter(self._apart.get(self.root(work), {}).values()), None)

    def settles(self, work: WorkId, other: WorkId) -> bool:
        """Whether a person has said, or it follows from what was said, if the two are one work."""
        return self.root(work) == self.root(other) or self.apart(work, other) is not None

    def says(self, what: PairDecision) -> bool:
        """Whether ``what`` has been said, or follows from what was said."""
        work, other = work_id(what.pmid), work_id(what.other)
        is_same = self.root(work) == self.root(other)
        return is_same if what.choice is Choice.SAME else self.apart(work, other) is not None

    def on(self, pmid: Pmid) -> tuple[Decision, ...]:
        """The decisions that name the record, undone ones too."""
        return tuple(told for told in self.all.values() if told.is_on(pmid))

    def accepted(self, watch: str, reference: str, question: str) -> Decision | None:
        """The decision that says what the reference means, asked as it is in ``question``; None when there is none."""
        return next(iter(self._answers(Choice.ACCEPT, watch, reference, question).values()), None)

    def rejected(self, watch: str, reference: str, question: str) -> dict[Pmid, Decision]:
        """The records that the reference, asked as it is in ``question``, does not mean, and who said so."""
        return self._answers(Choice.REJECT, watch, reference, question)

    def lapsed(self, watch: str, reference: str, question: str) -> tuple[Decision, ...]:
        """The decisions on the reference that no longer apply, because the watch says something else of it now."""
        return tuple(told for what, told in self._references[watch, reference] if what.question != question)

    def on_works(self, watch: str, ledger: Mapping[Pmid, LedgerEntry]) -> dict[WorkId, tuple[WorkDecision, Decision]]:
        """The last that was decided on each work of ``watch``, by root.

        ``ledger`` is that of the watch: it knows which records are of one work.
        """
        told = {}
        for what, decision in self._worth.get(watch, ()):
            work = WorkId(ledger[what.pmid].work) if what.pmid in ledger else work_id(what.pmid)
            told[self.root(work)] = (what, decision)
        return told

    def why_refused(self, what: Matter) -> str:
        """Why ``what`` cannot be decided after all this, and the way out; empty when it can."""
        match what:
            case Undo(undoes):
                return self._why_not_undone(undoes)
            case PairDecision():
                return self._why_pair_refused(what)
            case ReferenceDecision():
                asked = (what.watch, what.reference, what.question)
                return _taken(self.accepted(*asked) or self.rejected(*asked).get(what.pmid))
            case WorkDecision():
                return ""  # a person's mind may change

    def _answers(self, choice: Choice, watch: str, reference: str, question: str) -> dict[Pmid, Decision]:
        return {
            what.pmid: told
            for what, told in self._references.get((watch, reference), ())
            if (what.choice, what.question) == (choice, question)
        }

    def _link(self, work: WorkId, other: WorkId, decision: Decision) -> None:
        """Make ``other`` the root of ``work``, both being roots; what is apart from one is so from both."""
        if work != other:
            self._parents[work] = other
            self._linked[work] = decision
            self._linked.setdefault(other, decision)
            for third, told in self._apart.pop(work, {}).items():
                del self._apart[third][work]
                self._keep_apart(other, third, told)

    def _keep_apart(self, work: WorkId, other: WorkId, decision: Decision) -> None:
        self._apart[work].setdefault(other, decision)
        self._apart[other].setdefault(work, decision)

    def _why_not_undone(self, undoes: int) -> str:
        if undoes not in self.all:
            return f"there is no decision {undoes}; `litwatch review --decided` lists them"
        if isinstance(self.all[undoes].what, Undo):
            return f"decision {undoes} took another one back; decide anew instead"
        if undoes in self.undone_by:
            by = self.undone_by[undoes]
            return f"decision {undoes} has been taken back already (decision {by.id}, {by.signature})"
        return ""

    def _why_pair_refused(self, what: PairDecision) -> str:
        work, other = work_id(what.pmid), work_id(what.other)
        if work == other:
            return f"PubMed {what.pmid} is one record and no pair"
        if self.root(work) == self.root(other):
            return _taken(self.linked(work) or self.linked(other))
        return _taken(self.apart(work, other))


def _taken(told: Decision | None) -> str:
    if told is None:
        return ""
    if not told.id:
        return f"it is said at the same time that {told.sentence}"
    return (
        f"it is decided already that {told.sentence} (decision {told.id}, {told.signature}); "
        f"{told.way_back} takes that back"
    )

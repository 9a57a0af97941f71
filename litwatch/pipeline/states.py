"""What the state of each claim needs of a run: what the article cites for it, and how the works are called."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from litwatch.model.claim_state import CitedWork, ClaimState
from litwatch.model.finding import NoticeKind
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import ReferenceMatch
from litwatch.model.run import LedgerEntry
from litwatch.model.watch import CitedReference

NoticeKey = tuple[str, str, str]


def cited_works(
    references: Iterable[CitedReference],
    matches: Iterable[ReferenceMatch],
    ledger: Mapping[Pmid, LedgerEntry],
    notices: Iterable[NoticeKey],
) -> tuple[CitedWork, ...]:
    """The work of each reference that is matched to one, with every notice ever announced on its record."""
    claims = {reference.id: reference.claims for reference in references}
    told: dict[str, list[tuple[NoticeKind, str]]] = {}
    for pmid, kind, by in sorted(notices):
        told.setdefault(pmid, []).append((NoticeKind(kind), by))
    return tuple(
        CitedWork(
            match.reference,
            claims.get(match.reference, ()),
            match.pmid,
            WorkId(ledger[match.pmid].work) if match.pmid in ledger else work_id(match.pmid),
            tuple(told.get(match.pmid, ())),
        )
        for match in matches
        if match.pmid is not None
    )


def named_in(states: Iterable[ClaimState]) -> set[Pmid]:
    """The records that signals name."""
    return {work.pmid for state in states for signal in state.signals for work in signal.works}


def with_titles(states: Iterable[ClaimState], titles: Mapping[Pmid, str]) -> tuple[ClaimState, ...]:
    """The same with each work that a signal names under its title."""
    return tuple(
        replace(
            state,
            signals=tuple(
                replace(signal, works=tuple(work._replace(title=titles.get(work.pmid, "")) for work in signal.works))
                for signal in state.signals
            ),
        )
        for state in states
    )

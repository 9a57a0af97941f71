"""Where each of the ids found went, and whether as many were found as the watch knows."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from litwatch.model.digest import Flow
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Standing
from litwatch.model.run import LedgerEntry
from litwatch.model.search import SearchResult
from litwatch.pipeline.batches import Unread

_BY_STANDING = {
    Standing.NEW: "reported",
    Standing.UNSURE: "reported",
    Standing.SEEN: "duplicates",
    Standing.CITED: "cited",
}


def count_flow(
    search: SearchResult,
    ledger: Mapping[Pmid, LedgerEntry],
    taken: Mapping[Pmid, LedgerEntry],
    unread: Mapping[Pmid, Unread],
    cited: Collection[Pmid],
) -> Flow:
    """The flow of what ``search`` found: each id is in the ``ledger``, ``taken`` into it by this run, or ``unread``.

    What was in the ledger before this run was seen, also when it could not be read again now.
    """

    def way(pmid: Pmid) -> str:
        if pmid in taken:
            return _BY_STANDING[taken[pmid].standing]
        if pmid in ledger:
            return "cited" if pmid in cited or ledger[pmid].standing is Standing.CITED else "seen"
        return unread[pmid].lack.value

    ways = Counter(map(way, search.pmids))
    return Flow(
        identified=search.reported,
        seen=ways["seen"],
        cited=ways["cited"],
        duplicates=ways["duplicates"],
        unparsable=ways["unparsable"],
        missing=ways["missing"],
        pending=ways["pending"],
        reported=ways["reported"],
    )


def warn_of_loss(search: SearchResult, ledger: Mapping[Pmid, LedgerEntry]) -> SearchResult:
    """``search``, with a warning if it finds less than half of what the watch has found so far.

    PubMed was seen to answer well-formed searches with an index that was partly gone. Nothing is lost by it: what is in
    the ledger stays there, and what is not found now is found by a later run.
    """
    known = {pmid for pmid, entry in ledger.items() if entry.standing is not Standing.CITED}
    still = len(known.intersection(search.pmids))
    if 2 * still >= len(known):
        return search
    warning = (
        f"this search finds only {still:,} of the {len(known):,} records that this watch has found so far; unless its "
        "strategy was changed, a part of PubMed was not searched"
    )
    return replace(search, warnings=(*search.warnings, warning))

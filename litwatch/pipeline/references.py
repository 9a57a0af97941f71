"""What the cited references of a watch mean: settled once, tried again while unsettled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO

from litwatch.errors import MalformedBatch, SourceError
from litwatch.identity.references import candidate_queries, match_reference
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, ReferenceMatch, ReferenceState
from litwatch.model.record import Parsed, Record
from litwatch.model.search import RawBatch
from litwatch.model.watch import CitedReference, Watch
from litwatch.ports import Source, World
from litwatch.pubmed.records import parse_records

MAX_CANDIDATES = 1_000
"""Candidates read for one reference; a search that finds more is too wide to tell one work from another."""

_SETTLED = (ReferenceState.GIVEN, ReferenceState.RESOLVED)


@dataclass(frozen=True, slots=True)
class References:
    """The cited references of a watch on one run.

    ``matches`` are all of them in the order of the article, ``settled`` those that were looked at now and shall be
    remembered, ``records`` the records read on the way that turned out to be cited.
    """

    matches: tuple[ReferenceMatch, ...]
    settled: tuple[ReferenceMatch, ...]
    records: tuple[Record, ...]

    @property
    def cited(self) -> Mapping[Pmid, str]:
        """PMID of each reference whose work is known → id of the reference."""
        return {match.pmid: match.reference for match in self.matches if match.pmid is not None}


def settle_references(watch: Watch, world: World, now: datetime, *, until: date | None, keep: bool) -> References:
    """Look up the references that are new, changed or due for another try; what is settled costs no request.

    ``keep`` saves the records found to be cited. A source that fails leaves a reference as it was before.
    """
    remembered = world.store.load_references(watch.name)
    before = now - timedelta(days=watch.reread_days)
    matches: list[ReferenceMatch] = []
    settled: list[ReferenceMatch] = []
    cited: list[Parsed] = []
    for reference in watch.references:
        match, matched_at = remembered.get(reference.id, (None, now))
        if match is None or _is_due(reference, match, matched_at <= before):
            try:
                match, read = _look_up(reference, watch, world.source, until)
                settled.append(match)
                cited.extend(read)
            except (SourceError, MalformedBatch) as error:
                because = Because("could not look", str(error))
                match = match or ReferenceMatch(reference.id, ReferenceState.UNRESOLVED, None, because)
        matches.append(match)
    if keep:
        world.store.save_records(cited, now)
    records = tuple(parsed.value for parsed in cited if isinstance(parsed.value, Record))
    return References(tuple(matches), tuple(settled), records)


def _is_due(reference: CitedReference, match: ReferenceMatch, is_old: bool) -> bool:
    """Whether to look again: the watch now gives another PMID, or the reference is unsettled and was tried long ago."""
    if reference.pmid is not None:
        return reference.pmid != match.pmid
    return match.state not in _SETTLED and is_old


def _look_up(
    reference: CitedReference, watch: Watch, source: Source, until: date | None
) -> tuple[ReferenceMatch, list[Parsed]]:
    candidates: dict[Pmid, Parsed] = {}
    tried: list[str] = []
    for query in candidate_queries(reference, watch.topic):
        result = source.search(query, until=until)
        too_many = len(result.pmids) > MAX_CANDIDATES
        tried.append(f"{query} → {result.reported} found" + (", too many to read" if too_many else ""))
        if not too_many:
            candidates.update(_read(source, [pmid for pmid in result.pmids if pmid not in candidates]))
    records = [parsed.value for parsed in candidates.values() if isinstance(parsed.value, Record)]
    match = match_reference(reference, records, tuple(tried))
    return match, [candidates[match.pmid]] if match.pmid in candidates else []


def _read(source: Source, pmids: list[Pmid]) -> dict[Pmid, Parsed]:
    found: dict[Pmid, Parsed] = {}
    for batch in source.fetch(pmids) if pmids else ():
        if not isinstance(batch, RawBatch):
            raise SourceError(f"candidates could not be fetched: {batch.reason}")
        for parsed in parse_records(BytesIO(batch.body)):
            if parsed.value.pmid in pmids and parsed.value.pmid is not None:
                found[parsed.value.pmid] = parsed
    return found

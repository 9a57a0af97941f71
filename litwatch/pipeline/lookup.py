"""An ad-hoc search: nothing is remembered, nothing is announced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from litwatch.appraisal import appraise_record
from litwatch.model.digest import Excluded
from litwatch.model.finding import Finding, StudyDesign
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import Record
from litwatch.model.search import SearchResult
from litwatch.pipeline.batches import read_batch
from litwatch.pipeline.run import Progress
from litwatch.ports import Source

BATCH = 500
"""Ids asked for at a time, so that a search for a few designs stops when it has enough."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: records newest first with what was appraised of them, and what could not be read."""

    result: SearchResult
    records: tuple[tuple[Record, Finding], ...]
    unread: tuple[Excluded, ...]


def look_up(
    source: Source,
    query: str,
    progress: Progress,
    *,
    since: date | None,
    designs: Collection[StudyDesign],
    limit: int | None,
) -> Found:
    """The newest ``limit`` records (None: all) that ``query`` finds, created ``since`` and of any of ``designs``."""
    asked = query if since is None else f'({query}) AND ("{since:%Y/%m/%d}"[crdt] : "3000"[crdt])'
    result = source.search(asked)
    newest = result.pmids[::-1] if designs else result.pmids[::-1][:limit]
    found: list[tuple[Record, Finding]] = []
    unread: list[Excluded] = []
    for start in range(0, len(newest), BATCH):
        if limit is not None and len(found) >= limit:
            break
        records = _read(source, newest[start : start + BATCH], unread)
        appraised = ((record, appraise_record(record, work_id(record.pmid), ())) for record in records)
        found.extend(pair for pair in appraised if not designs or pair[1].design in designs)
        progress(min(start + BATCH, len(newest)), len(newest))
    return Found(result, tuple(found[:limit]), tuple(unread))


def _read(source: Source, pmids: tuple[Pmid, ...], unread: list[Excluded]) -> list[Record]:
    """The records of ``pmids`` in that order; every other id goes to ``unread``."""
    records: list[Record] = []
    for batch in source.fetch(pmids):
        told = read_batch(batch)
        records.extend(parsed.value for parsed in told.records.values() if isinstance(parsed.value, Record))
        unread.extend(Excluded(pmid, reason) for pmid, (_, reason) in told.unread.items())
    return records

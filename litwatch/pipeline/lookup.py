"""An ad-hoc search: nothing is remembered, nothing is announced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from litwatch.appraisal import appraise_record
from litwatch.errors import MalformedBatch
from litwatch.model.digest import Excluded
from litwatch.model.finding import Finding, StudyDesign
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import Record, UnparsableRecord
from litwatch.model.search import RawBatch, SearchResult
from litwatch.ports import Source
from litwatch.pubmed.records import parse_records

BATCH = 500
"""Ids asked for at a time, so that a search for a few designs stops when it has enough."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: records newest first with what was appraised of them, and what could not be read."""

    result: SearchResult
    records: tuple[tuple[Record, Finding], ...]
    unread: tuple[Excluded, ...]


def look_up(
    source: Source, query: str, *, since: date | None, designs: Collection[StudyDesign], limit: int | None
) -> Found:
    """The newest ``limit`` records (None: all) that ``query`` finds, created ``since`` and of any of ``designs``."""
    asked = query if since is None else f'({query}) AND ("{since:%Y/%m/%d}"[crdt] : "3000"[crdt])'
    result = source.search(asked)
    newest = result.pmids[::-1]
    found: list[tuple[Record, Finding]] = []
    unread: list[Excluded] = []
    size = BATCH if designs or limit is None else min(BATCH, limit)
    for start in range(0, len(newest), size):
        if limit is not None and len(found) >= limit:
            break
        records = _read(source, newest[start : start + size], unread)
        appraised = ((record, appraise_record(record, work_id(record.pmid), ())) for record in records)
        found.extend(pair for pair in appraised if not designs or pair[1].design in designs)
    return Found(result, tuple(found[:limit]), tuple(unread))


def _read(source: Source, pmids: tuple[Pmid, ...], unread: list[Excluded]) -> list[Record]:
    """The records of ``pmids`` in that order; every other id goes to ``unread``."""
    read: dict[Pmid, Record] = {}
    reasons: dict[Pmid, str] = {}
    for batch in source.fetch(pmids):
        if not isinstance(batch, RawBatch):
            reasons.update(dict.fromkeys(batch.asked, batch.reason))
            continue
        try:
            for parsed in parse_records(BytesIO(batch.body)):
                if isinstance(parsed.value, Record):
                    read[parsed.value.pmid] = parsed.value
                elif isinstance(parsed.value, UnparsableRecord) and parsed.value.pmid is not None:
                    reasons[parsed.value.pmid] = parsed.value.reason
        except MalformedBatch as error:
            reasons.update({pmid: str(error) for pmid in batch.asked if pmid not in read})
    unread.extend(Excluded(pmid, reasons.get(pmid, "not sent")) for pmid in pmids if pmid not in read)
    return [read[pmid] for pmid in pmids if pmid in read]

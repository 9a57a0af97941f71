"""Stand-ins that keep the protocols of litwatch.ports; tests/contracts holds them to the real adapters' behaviour."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from litwatch.errors import SourceError
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record
from litwatch.model.search import (
    CitationMatch,
    CitationOutcome,
    CitationQuery,
    FailedBatch,
    RawBatch,
    SearchResult,
)
from litwatch.ports import Clock
from tests.pubmed_xml import records_xml


class FakeClock:
    """A clock that stands still but for sleep, which moves it."""

    def __init__(self, start: datetime = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)) -> None:
        self.start = start
        self.elapsed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed)

    def monotonic(self) -> float:
        return self.elapsed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds


class FakeSource:
    """A bibliographic database of ``records`` that knows the answers to the queries of ``answers``, and no others.

    Change ``records`` to withdraw one or let one arrive; set ``failure`` to make it unreachable, and put ids into
    ``unfetchable`` to make their batches fail. ``searched`` and ``fetched`` tell what it was asked.
    """

    def __init__(
        self, clock: Clock, records: Collection[Record], answers: Mapping[str, Sequence[str]], batch_size: int = 500
    ) -> None:
        self.clock = clock
        self.records = {record.pmid: record for record in records}
        self.answers = dict(answers)
        self.batch_size = batch_size
        self.warnings: tuple[str, ...] = ()
        self.failure: SourceError | None = None
        self.unfetchable: set[str] = set()
        self.searched: list[str] = []
        self.matched: list[tuple[CitationQuery, ...]] = []
        self.fetched: list[tuple[Pmid, ...]] = []

    def search(self, query: str, *, until: date | None = None) -> SearchResult:
        self.searched.append(query)
        if self.failure:
            raise self.failure
        known = (self.records[Pmid(pmid)] for pmid in self.answers.get(query, ()) if pmid in self.records)
        found = sorted((record.pmid for record in known if _was_created(record, until)), key=int)
        return SearchResult("fake", query, query, len(found), tuple(found), self.warnings, self.clock.now())

    def fetch(self, pmids: Sequence[Pmid]) -> Iterator[RawBatch | FailedBatch]:
        asked = list(dict.fromkeys(pmids))
        for start in range(0, len(asked), self.batch_size):
            batch = tuple(asked[start : start + self.batch_size])
            self.fetched.append(batch)
            if self.failure or self.unfetchable.intersection(batch):
                yield FailedBatch(batch, str(self.failure or "the fake will not send it"))
            else:
                yield RawBatch(batch, records_xml(*(self.records[pmid] for pmid in batch if pmid in self.records)))

    def match_citations(self, citations: Sequence[CitationQuery]) -> tuple[CitationMatch, ...]:
        self.matched.append(tuple(citations))
        if self.failure:
            raise self.failure
        return tuple(map(self._match, citations))

    def _match(self, wanted: CitationQuery) -> CitationMatch:
        pmids = [record.pmid for record in self.records.values() if any(wanted) and _stands_at(record, wanted)]
        outcomes = (CitationOutcome.NOT_FOUND, CitationOutcome.MATCHED, CitationOutcome.AMBIGUOUS)
        return CitationMatch(outcomes[min(len(pmids), 2)], tuple(sorted(pmids, key=int)))

    def ping(self) -> str:
        if self.failure:
            raise self.failure
        return f"a fake with {len(self.records)} records"


def _was_created(record: Record, until: date | None) -> bool:
    created = record.event("entrez")
    return until is None or (created is not None and created.latest <= until)


def _stands_at(record: Record, wanted: CitationQuery) -> bool:
    journal = record.journal
    names = [author.printed.lower() for author in record.authors]
    return (
        wanted.journal.lower() in ("", journal.title.lower(), journal.abbreviation.lower())
        and wanted.year in (None, record.year)
        and wanted.volume in ("", journal.volume)
        and wanted.first_page in ("", journal.pages.partition("-")[0])
        and (not wanted.author or wanted.author.lower() in names)
    )

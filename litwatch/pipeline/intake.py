"""What one run gathers, batch by batch: only findings and cards are kept, records pass through."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from litwatch.appraisal import appraise_notices, appraise_record
from litwatch.digest.compose import compose_card
from litwatch.errors import MalformedBatch
from litwatch.identity import found_work, resolve_records
from litwatch.model.digest import Delivery, Digest, Excluded, Flow, NoticeCard, Rendition, StudyCard
from litwatch.model.finding import Finding, Notice, NoticeKind
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import Because, IdentityKey, KnownWork, Resolution, Standing
from litwatch.model.record import Parsed, Record, UnparsableRecord
from litwatch.model.run import LedgerEntry, RunCommit
from litwatch.model.search import FailedBatch, RawBatch, SearchResult
from litwatch.model.watch import Watch
from litwatch.pipeline.references import References
from litwatch.ports import Store
from litwatch.pubmed.records import parse_records


class Intake:
    """Takes batches in and accounts for every id that was asked for."""

    def __init__(self, watch: Watch, store: Store, references: References, *, number: int, now: datetime) -> None:
        self.watch = watch
        self.number = number
        self.now = now
        self.cards: list[StudyCard] = []
        self.updated: list[StudyCard] = []
        self.notices: list[NoticeCard] = []
        self.unread: list[Excluded] = []
        self._store = store
        self._references = references
        self._ledger = store.load_ledger(watch.name)
        self._announced = set(store.load_notice_keys(watch.name))
        self._seen: set[WorkId] = {WorkId(entry.work) for entry in self._ledger.values()}
        self._entries: dict[Pmid, LedgerEntry] = {}
        self._works: dict[WorkId, KnownWork] = {}
        self._meeting: dict[IdentityKey, list[WorkId]] = {}
        self._resolutions: list[Resolution] = []
        self._findings: list[Finding] = []
        self._unparsable: set[Pmid] = set()
        self._missing: set[Pmid] = set()
        self._pending: set[Pmid] = set()
        for record in references.records:
            self._note(record)

    def ids_to_read(self, search: SearchResult) -> list[Pmid]:
        """Ids found and not in the ledger, and watched ids that are due to be read again; ascending."""
        due = self._store.load_due_rereads(self.watch.name, self.now - timedelta(days=self.watch.reread_days))
        fresh = (pmid for pmid in search.pmids if pmid not in self._ledger)
        already = {record.pmid for record in self._references.records} & self._ledger.keys()
        return sorted({*fresh, *due} - already, key=int)

    def parse(self, batch: RawBatch | FailedBatch) -> list[Parsed]:
        """What the batch holds of the ids that it was asked for; every other id is accounted for as unread."""
        if isinstance(batch, FailedBatch):
            self._leave_unread(
                batch.asked, self._pending, f"could not be fetched, next run tries again: {batch.reason}"
            )
            return []
        waiting = dict.fromkeys(batch.asked)
        found: dict[Pmid, Parsed] = {}
        problem = ""
        try:
            for parsed in parse_records(BytesIO(batch.body)):
                pmid = parsed.value.pmid
                if pmid is not None and pmid in waiting:
                    found[pmid] = parsed
        except MalformedBatch as error:
            problem = str(error)
        absent = [pmid for pmid in waiting if pmid not in found]
        if problem:
            self._leave_unread(absent, self._pending, f"could not be read, next run tries again: {problem}")
        else:
            self._leave_unread(absent, self._missing, "asked for, but PubMed did not send it")
            self._note_withdrawn(absent)
        return list(found.values())

    def take(self, batch: Sequence[Parsed]) -> None:
        """Resolve and appraise what is new in the batch; look through what was read again for changes."""
        fresh: list[Record] = []
        again: list[Record] = []
        for parsed in batch:
            if isinstance(parsed.value, Record):
                (again if parsed.value.pmid in self._ledger else fresh).append(parsed.value)
            elif isinstance(parsed.value, UnparsableRecord) and parsed.value.pmid is not None:
                self._leave_unread([parsed.value.pmid], self._unparsable, f"could not be parsed: {parsed.value.reason}")
        self._take_fresh(fresh)
        self._take_again(again)

    def flow(self, search: SearchResult) -> Flow:
        """Where each of the ids found went."""
        standings = [
            (self._entries.get(pmid) or self._ledger[pmid]).standing
            for pmid in search.pmids
            if pmid in self._entries or pmid in self._ledger
        ]
        ids = set(search.pmids)
        fresh_standings = [entry.standing for pmid, entry in self._entries.items() if pmid in ids]
        cited = standings.count(Standing.CITED)
        duplicates = fresh_standings.count(Standing.SEEN)
        reported = fresh_standings.count(Standing.NEW) + fresh_standings.count(Standing.UNSURE)
        return Flow(
            identified=search.reported,
            seen=len(standings) - cited - duplicates - reported,
            cited=cited,
            duplicates=duplicates,
            unparsable=len(self._unparsable & ids),
            missing=len(self._missing & ids),
            pending=len(self._pending & ids),
            reported=reported,
        )

    def commit(
        self, run_id: str, digest: Digest, renditions: tuple[Rendition, ...], targets: Sequence[tuple[str, str]]
    ) -> RunCommit:
        """All that WRITE 2 must remember and promise."""
        return RunCommit(
            watch=self.watch.name,
            run_id=run_id,
            started_at=self.now,
            digest=digest,
            ledger=tuple(self._entries.values()),
            works=tuple(self._works.values()),
            resolutions=tuple(self._resolutions),
            findings=tuple(self._findings),
            notices=tuple(card.notice for card in self.notices),
            references=self._references.settled,
            renditions=renditions,
            deliveries=tuple(Delivery(self.watch.name, self.number, sink, target) for sink, target in targets),
            reread=tuple(pmid for pmid in self._missing if self._is_watched(pmid)),
        )

    @property
    def is_complete(self) -> bool:
        """Whether everything that was asked for could be read."""
        return not (self._unparsable or self._missing or self._pending)

    def _take_fresh(self, records: list[Record]) -> None:
        founded = {record.pmid: found_work(record) for record in records}
        known = self._known_works([key for work in founded.values() for key in work.keys])
        resolutions = resolve_records(records, known, self._references.cited, self._seen)
        for record, resolution in zip(records, resolutions, strict=True):
            self._resolutions.append(resolution)
            self._entries[record.pmid] = LedgerEntry(
                record.pmid, resolution.work, resolution.standing, self.now, self.number
            )
            self._seen.add(resolution.work)
            if resolution.work == work_id(record.pmid):
                self._found(founded[record.pmid])
            if resolution.standing is not Standing.SEEN:
                finding = appraise_record(record, resolution.work, self.watch.claims)
                self._findings.append(finding)
                if resolution.standing is not Standing.CITED:
                    self.cards.append(compose_card(record, finding, resolution))
            self._note(record)

    def _take_again(self, records: list[Record]) -> None:
        """Read watched records again: notices, and designs that are appraised anew."""
        previous = self._store.load_findings(self.watch.name, [record.pmid for record in records])
        for record in records:
            self._note(record)
            before = previous.get(record.pmid)
            if before is None:
                continue
            finding = appraise_record(record, before.work, self.watch.claims)
            if finding.design == before.design:
                continue
            because = Because("appraised anew", f"was {before.design}, is now {finding.design}")
            resolution = Resolution(record.pmid, before.work, Standing.UPDATED, because)
            self._findings.append(finding)
            self.updated.append(compose_card(record, finding, resolution, previous_design=before.design))

    def _known_works(self, keys: Sequence[IdentityKey]) -> list[KnownWork]:
        """Works that the store or an earlier batch of this run holds under any of ``keys``."""
        known = {work.id: work for work in self._store.load_works(keys)}
        for key in keys:
            for work in self._meeting.get(key, ()):
                known.setdefault(work, self._works[work])
        return list(known.values())

    def _found(self, work: KnownWork) -> None:
        self._works[work.id] = work
        for key in work.keys:
            self._meeting.setdefault(key, []).append(work.id)

    def _note(self, record: Record) -> None:
        for notice in appraise_notices(record, self.now):
            self._announce(notice, record.title)

    def _note_withdrawn(self, absent: Sequence[Pmid]) -> None:
        for pmid in absent:
            if self._is_watched(pmid):
                statement = "PubMed no longer sends this record"
                self._announce(Notice(pmid, NoticeKind.WITHDRAWN, "not sent", statement, self.now), "")

    def _announce(self, notice: Notice, title: str) -> None:
        key = (notice.pmid, notice.kind.value, notice.reference)
        if key not in self._announced:
            self._announced.add(key)
            self.notices.append(NoticeCard(notice, title, self._concerns(notice.pmid)))

    def _is_watched(self, pmid: Pmid) -> bool:
        return pmid in self._ledger or pmid in self._references.cited

    def _concerns(self, pmid: Pmid) -> str:
        """Why the watch cares about the record."""
        reference_id = self._references.cited.get(pmid)
        if reference_id is not None:
            claims = next(ref.claims for ref in self.watch.references if ref.id == reference_id)
            return f"cited as {reference_id}" + (f" for {', '.join(claims)}" if claims else "")
        entry = self._ledger.get(pmid)
        return f"reported in issue {entry.issue}" if entry else "new in this issue"

    def _leave_unread(self, pmids: Sequence[Pmid], kind: set[Pmid], reason: str) -> None:
        kind.update(pmids)
        self.unread.extend(Excluded(pmid, reason) for pmid in pmids)

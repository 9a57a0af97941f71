"""What one run gathers, batch by batch: only findings and cards are kept, records pass through."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from litwatch.appraisal import appraise_notices
from litwatch.appraisal.claim_state import Before, find_states
from litwatch.appraisal.relevance_model import Text
from litwatch.digest.bibliography import title_of
from litwatch.digest.compose import compose_card
from litwatch.identity import found_work, resolve_records, tied_keys
from litwatch.identity.doubts import open_doubts
from litwatch.model.claim_state import ClaimState
from litwatch.model.decided import Decided
from litwatch.model.decision import DECIDED, Choice
from litwatch.model.digest import Delivery, Digest, Excluded, Flow, NoticeCard, Rendition, StudyCard
from litwatch.model.finding import Notice, NoticeKind
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import Because, IdentityKey, KnownWork, Resolution, Standing
from litwatch.model.record import Parsed, Record
from litwatch.model.run import LedgerEntry, RunCommit
from litwatch.model.search import FailedBatch, RawBatch, SearchResult
from litwatch.model.watch import Watch
from litwatch.pipeline.batches import Lack, Unread, read_batch
from litwatch.pipeline.findings import Findings, news_of
from litwatch.pipeline.flow import count_flow
from litwatch.pipeline.references import References
from litwatch.pipeline.relevance import text_of, weighed
from litwatch.pipeline.states import cited_works, named_in, with_titles
from litwatch.ports import Store
from litwatch.pubmed.records import parse_record


class Intake:
    """Takes batches in and accounts for every id that was asked for."""

    def __init__(
        self,
        watch: Watch,
        search: SearchResult,
        references: References,
        store: Store,
        *,
        ledger: Mapping[Pmid, LedgerEntry],
        decided: Decided,
        number: int,
        now: datetime,
    ) -> None:
        self.watch = watch
        self.search = search
        self.references = references
        self.number = number
        self.now = now
        self.cards: list[StudyCard] = []
        self._texts: dict[Pmid, Text] = {}
        self.updated: list[StudyCard] = []
        self.notices: list[NoticeCard] = []
        self._store = store
        self._cited = references.cited
        self._decided = decided
        self._doubts = {doubt.pmid: doubt for doubt in open_doubts(store.load_doubts(), decided)}
        self._ledger = dict(ledger)
        self._released = self._release()
        worth = decided.on_works(watch.name, ledger).items()
        self._used = {work for work, (what, _) in worth if what.choice is Choice.USED}
        self._announced = {_key(*announced) for announced in store.load_notice_keys(watch.name)}
        self._seen: set[WorkId] = {WorkId(entry.work) for entry in self._ledger.values()}
        latest_first = sorted(self._ledger.values(), key=lambda entry: (entry.issue, int(entry.pmid)), reverse=True)
        self._first_works = {self._root(entry.work): entry.work for entry in latest_first}
        self._entries: dict[Pmid, LedgerEntry] = {}
        self._works: dict[WorkId, KnownWork] = {}
        self._meeting: dict[IdentityKey, list[WorkId]] = {}
        self._resolutions: list[Resolution] = []
        self._findings = Findings(watch, store, ledger)
        self._read_again: set[Pmid] = set()
        self._unread: dict[Pmid, Unread] = {}

    def ids_to_read(self) -> list[Pmid]:
        """Ids found and not in the ledger, and those in it that are due to be read again; ascending.

        What was read on the way, because it is cited, is not asked for once more.
        """
        due = self._store.load_due_rereads(self.watch.name, self.now - timedelta(days=self.watch.reread_days))
        fresh = (pmid for pmid in self.search.pmids if pmid not in self._ledger)
        again = (pmid for pmid in due if pmid in self._ledger)
        return sorted({*fresh, *again} - self._entries.keys() - self._read_again, key=int)

    def ids_to_confirm(self) -> list[Pmid]:
        """Known ids that PubMed neither sent nor found: withdrawn, unless this was a bad moment."""
        return [pmid for pmid in self._gone() if not self._is_announced(self._withdrawal(pmid))]

    def read(self, batch: RawBatch | FailedBatch) -> tuple[Parsed, ...]:
        """The records that the batch holds; every other id that it was asked for is noted as unread."""
        told = read_batch(batch)
        self._unread.update(told.unread)
        for pmid in told.records:
            self._unread.pop(pmid, None)  # it was asked for a second time, and now it came
        return tuple(told.records.values())

    def take(self, records: Sequence[Parsed]) -> None:
        """Resolve and appraise what is new; look through what was read again for changes."""
        values = [parsed.value for parsed in records if isinstance(parsed.value, Record)]
        self._take_fresh([record for record in values if record.pmid not in self._ledger])
        self._take_again([record for record in values if record.pmid in self._ledger])

    def note_withdrawn(self) -> None:
        """Announce what was not sent when it was asked for again either. No id is left to be read then."""
        for pmid in self._gone():
            self._announce(self._withdrawal(pmid), self._titles([pmid]).get(pmid, ""))
            self._read_again.add(pmid)
            del self._unread[pmid]

    def weigh(self, decided: Sequence[tuple[Text, bool]]) -> None:
        """Say of the reported works how relevant they are, by the texts that a person ``decided``."""
        called = {card.notice.pmid for card in self.notices} | named_in(self.states)
        self.cards = weighed(self.cards, self._texts, called, decided, self.watch)
        for card in self.cards:
            self._findings.keep(card.finding)

    @property
    def flow(self) -> Flow:
        """Where each of the ids found went."""
        return count_flow(self.search, self._ledger, self._entries, self._unread, self._cited)

    @property
    def unread(self) -> tuple[Excluded, ...]:
        """What was asked for and could not be read, and why."""
        return tuple(Excluded(pmid, unread.reason) for pmid, unread in self._unread.items())

    @cached_property
    def states(self) -> tuple[ClaimState, ...]:
        """How the evidence on each claim stands, and what of it calls for a person; asked for once all is read."""
        ledger = self._ledger | self._entries
        cited = cited_works(self.watch.references, self.references.matches, ledger, self._announced)
        before = Before(self._findings.before.values(), self._findings.told.values()) if self.number > 1 else None
        states = find_states(self.watch.claims, before, self._findings.of(ledger), cited, self._decided.root)
        return with_titles(states, self._titles(named_in(states)))

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
            findings=tuple(self._findings.new.values()),
            notices=tuple(card.notice for card in self.notices),
            references=self.references.settled,
            renditions=renditions,
            deliveries=tuple(Delivery(self.watch.name, self.number, sink, target) for sink, target in targets),
            reread=tuple(sorted(self._read_again, key=int)),
            released=self._released,
        )

    def _release(self) -> tuple[Pmid, ...]:
        """Take out of the ledger what was kept back and, as the watch and the decisions now stand, is news after all.

        That is what was cited and is not; what a person calls another work than the one that the rules joined it to;
        and what stands beside no told record of its work, now that a person has taken back that two works are one.
        """
        cited = {self._root(work_id(pmid)) for pmid in self._cited}
        cited |= {self._root(self._ledger[pmid].work) for pmid in self._cited if pmid in self._ledger}
        left = {pmid: entry for pmid, entry in self._ledger.items() if not self._is_news(entry, cited)}
        told = {self._root(entry.work) for entry in left.values() if entry.standing is not Standing.SEEN}
        kept = {pmid: entry for pmid, entry in left.items() if self._root(entry.work) in told}
        released = tuple(pmid for pmid in self._ledger if pmid not in kept)
        self._ledger = kept
        return released

    def _is_news(self, entry: LedgerEntry, cited: Collection[WorkId]) -> bool:
        if entry.standing not in (Standing.CITED, Standing.SEEN) or entry.pmid in self._cited:
            return False
        is_uncited = entry.standing is Standing.CITED and self._root(entry.work) not in cited
        return is_uncited or self._decided.apart(work_id(entry.pmid), WorkId(entry.work)) is not None

    def _is_further(self, pmid: Pmid) -> bool:
        """Whether the record's work is, by a person's decision, one that the watch accounted for earlier."""
        work = self._ledger[pmid].work
        return self._first_works[self._root(work)] != work

    def _root(self, work: str) -> WorkId:
        return self._decided.root(WorkId(work))

    def _take_fresh(self, records: list[Record]) -> None:
        founded = {record.pmid: found_work(record) for record in records}
        keys = [key for record in records for key in (*founded[record.pmid].keys, *tied_keys(record))]
        known = self._known_works(keys)
        known_ids = {work.id for work in known}
        resolutions = resolve_records(records, known, self._cited, self._seen, self._decided)
        for record, resolution in zip(records, resolutions, strict=True):
            is_known = resolution.work == work_id(record.pmid) and resolution.work in known_ids
            doubt = self._doubts.get(record.pmid)
            if doubt and is_known and resolution.standing is Standing.NEW:
                candidate = work_id(doubt.other)
                resolution = replace(resolution, standing=Standing.UNSURE, because=doubt.because, candidate=candidate)
            if not is_known and resolution.because.rule != DECIDED:
                # Else what the rules first said of it stays, should the decision be taken back.
                self._resolutions.append(resolution)
            self._entries[record.pmid] = LedgerEntry(
                record.pmid, resolution.work, resolution.standing, self.now, self.number
            )
            self._seen.add(resolution.work)
            if resolution.work == work_id(record.pmid):
                self._found(founded[record.pmid])
            if resolution.standing is not Standing.SEEN:
                finding = self._findings.appraise(record, resolution.work)
                self._findings.keep(finding)
                if resolution.standing is not Standing.CITED:
                    self.cards.append(compose_card(record, finding, resolution))
                    self._texts[record.pmid] = text_of(record)
            self._note(record)

    def _take_again(self, records: list[Record]) -> None:
        """Read known records again: notices, and what there is to say anew."""
        previous = self._findings.latest([record.pmid for record in records])
        for record in records:
            self._read_again.add(record.pmid)
            self._note(record)
            before = previous.get(record.pmid)
            if before is None:
                continue
            finding = self._findings.appraise(record, before.work, before)
            if finding != before:
                self._findings.keep(finding)
            news = news_of(before, finding)
            if not news or self._is_further(record.pmid):
                continue
            resolution = Resolution(record.pmid, before.work, Standing.UPDATED, Because("appraised anew", news))
            previous_design = before.design if before.design != finding.design else ""
            self.updated.append(compose_card(record, finding, resolution, previous_design=previous_design))

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

    def _announce(self, notice: Notice, title: str) -> None:
        if not self._is_announced(notice):
            self._announced.add(_key(notice.pmid, notice.kind, notice.reference))
            self.notices.append(NoticeCard(notice, title, self._concerns(notice.pmid)))

    def _gone(self) -> list[Pmid]:
        """Known ids that were asked for and not sent, and that the search did not find either."""
        found = set(self.search.pmids)
        missing = (pmid for pmid, unread in self._unread.items() if unread.lack is Lack.MISSING)
        return [pmid for pmid in missing if pmid in self._ledger and pmid not in found]

    def _withdrawal(self, pmid: Pmid) -> Notice:
        return Notice(pmid, NoticeKind.WITHDRAWN, "not sent", "PubMed no longer sends this record.", self.now)

    def _is_announced(self, notice: Notice) -> bool:
        return _key(notice.pmid, notice.kind, notice.reference) in self._announced

    def _titles(self, pmids: Collection[Pmid]) -> dict[Pmid, str]:
        told = {card.finding.pmid: card.title for card in (*self.cards, *self.updated) if card.finding.pmid in pmids}
        kept = self._store.load_record_xml([pmid for pmid in pmids if pmid not in told])
        return {**told, **{pmid: title_of(parse_record(xml)) for pmid, xml in kept.items()}}

    def _concerns(self, pmid: Pmid) -> str:
        """Why the watch cares about the record."""
        if pmid in self._cited:
            told = {match.reference for match in self.references.matches if match.pmid == pmid}
            citing = [reference for reference in self.watch.references if reference.id in told]
            return "cited as " + " and as ".join(
                each.id + (f" for {', '.join(each.claims)}" if each.claims else "") for each in citing
            )
        entry = self._ledger.get(pmid)
        if entry is None:
            return "new in this issue"
        used = "used in the article, " if self._root(entry.work) in self._used else ""
        return f"{used}reported in issue {entry.issue}"


def _key(pmid: str, kind: str, reference: str) -> tuple[str, str, str]:
    """What a notice is known by.

    A retraction is one, whatever PubMed first says of it: often the publication type comes first and the link later.
    """
    return pmid, kind, "" if kind == NoticeKind.RETRACTION else reference

"""A store in memory and a sink that only remembers; tests/contracts holds them to the real adapters' behaviour."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from litwatch.errors import DecisionRefused, DeliveryError, DeliveryRefused, StoreError
from litwatch.model.decided import Decided
from litwatch.model.decision import Decision, Doubt
from litwatch.model.digest import Delivery, Digest, IssueSummary, Receipt, Rendition, Tries
from litwatch.model.finding import Finding
from litwatch.model.identifiers import Pmid, WorkId, pmid_of
from litwatch.model.identity import IdentityKey, KnownWork, ReferenceMatch, Resolution, Standing
from litwatch.model.record import Parsed, Record
from litwatch.model.run import LastRun, LedgerEntry, RunCommit


class FakeStore:
    """What litwatch remembers, for as long as a test runs. ``commits`` may be looked at."""

    def __init__(self) -> None:
        self.commits: list[RunCommit] = []
        self._leases: dict[str, tuple[str, datetime]] = {}
        self._xml: dict[Pmid, dict[int, bytes]] = {}
        self._works: dict[WorkId, KnownWork] = {}
        self._resolutions: dict[Pmid, Resolution] = {}
        self._last_runs: dict[str, LastRun] = {}
        self._receipts: dict[Delivery, Receipt | None] = {}
        self._tries: dict[Delivery, Tries] = {}
        self._decisions: tuple[Decision, ...] = ()

    def acquire_lease(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        held_by, expires_at = self._leases.get(name, (holder, _aware(now)))
        if held_by != holder and expires_at > now:
            return False
        self._leases[name] = (holder, now + ttl)
        return True

    def release_lease(self, name: str, holder: str) -> None:
        if self._leases.get(name, ("", None))[0] == holder:
            del self._leases[name]

    def load_lease(self, name: str) -> str | None:
        return self._leases[name][0] if name in self._leases else None

    def load_ledger(self, watch: str) -> Mapping[Pmid, LedgerEntry]:
        entries: dict[Pmid, LedgerEntry] = {}
        for commit in self._commits_of(watch):
            for pmid in commit.released:
                entries.pop(pmid, None)
            entries.update((entry.pmid, entry) for entry in commit.ledger)
        return {pmid: entries[pmid] for pmid in sorted(entries, key=int)}

    def load_due_rereads(self, watch: str, before: datetime) -> tuple[Pmid, ...]:
        read_at = {pmid: entry.first_seen for pmid, entry in self.load_ledger(watch).items()}
        for commit in self._commits_of(watch):
            read_at.update({pmid: commit.digest.made_at for pmid in commit.reread if pmid in read_at})
        return tuple(pmid for pmid, moment in read_at.items() if moment < before)

    def save_records(self, records: Sequence[Parsed], read_at: datetime) -> None:
        _aware(read_at)
        for parsed in records:
            if isinstance(parsed.value, Record):
                self._xml.setdefault(parsed.value.pmid, {})[parsed.value.version] = parsed.xml

    def load_record_xml(self, pmids: Collection[Pmid]) -> Mapping[Pmid, bytes]:
        read = {pmid: self._xml[pmid] for pmid in pmids if pmid in self._xml}
        return {pmid: versions[max(versions)] for pmid, versions in read.items()}

    def load_works(self, keys: Collection[IdentityKey]) -> tuple[KnownWork, ...]:
        asked = set(keys)
        return tuple(self._works[name] for name in sorted(self._works) if asked.intersection(self._works[name].keys))

    def load_findings(self, watch: str, pmids: Collection[Pmid]) -> Mapping[Pmid, Finding]:
        findings = (finding for commit in self._commits_of(watch) for finding in commit.findings)
        return {finding.pmid: finding for finding in findings if finding.pmid in pmids}

    def load_resolution(self, watch: str, pmid: Pmid) -> Resolution | None:
        entry = self.load_ledger(watch).get(pmid)
        resolution = self._resolutions.get(pmid)
        return replace(resolution, standing=entry.standing) if entry and resolution else None

    def load_notice_keys(self, watch: str) -> frozenset[tuple[str, str, str]]:
        notices = (notice for commit in self._commits_of(watch) for notice in commit.notices)
        return frozenset((notice.pmid, notice.kind.value, notice.reference) for notice in notices)

    def load_references(self, watch: str) -> Mapping[str, tuple[ReferenceMatch, datetime]]:
        return {
            match.reference: (match, commit.digest.made_at)
            for commit in self._commits_of(watch)
            for match in commit.references
        }

    def load_doubts(self, watch: str | None = None) -> tuple[Doubt, ...]:
        names = {commit.watch for commit in self.commits if watch in (None, commit.watch)}
        unsure: dict[Pmid, list[str]] = {}
        for name in sorted(names):
            for entry in self.load_ledger(name).values():
                if entry.standing is Standing.UNSURE and self._resolutions[entry.pmid].candidate:
                    unsure.setdefault(entry.pmid, []).append(name)
        return tuple(self._doubt(pmid, unsure[pmid]) for pmid in sorted(unsure, key=int))

    def load_decisions(self) -> tuple[Decision, ...]:
        return self._decisions

    def save_decisions(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        kept = tuple(
            replace(decision, id=len(self._decisions) + place) for place, decision in enumerate(decisions, start=1)
        )
        decided = Decided(self._decisions)
        for decision in kept:
            _aware(decision.at)
            if refused := decided.why_refused(decision.what):
                raise DecisionRefused(refused)
            decided.take(decision)
        self._decisions += kept
        return kept

    def commit_run(self, commit: RunCommit) -> None:
        if commit.digest.number != len(self._commits_of(commit.watch)) + 1:
            raise StoreError(f"{commit.watch}: issue {commit.digest.number} is not the next one")
        pmids = [entry.pmid for entry in commit.ledger]
        if len(set(pmids)) < len(pmids) or self.load_ledger(commit.watch).keys() & (set(pmids) - set(commit.released)):
            raise StoreError(f"{commit.watch}: a record is accounted for twice")
        self.commits.append(commit)
        for work in commit.works:
            earlier = self._works[work.id].keys if work.id in self._works else ()
            self._works[work.id] = replace(work, keys=tuple(sorted({*earlier, *work.keys})))
        for resolution in commit.resolutions:
            first = self._resolutions.get(resolution.pmid, resolution)
            is_same = (first.work, first.candidate) == (resolution.work, resolution.candidate)
            self._resolutions[resolution.pmid] = first if is_same else resolution
        self._receipts.update(dict.fromkeys(commit.deliveries))
        self._note_run(commit.watch, commit.digest)

    def record_failed_run(self, watch: str, run_id: str, started_at: datetime, digest: Digest) -> None:
        self._note_run(watch, digest)

    def load_last_runs(self) -> Mapping[str, LastRun]:
        return dict(self._last_runs)

    def load_issues(self, watch: str) -> tuple[IssueSummary, ...]:
        return tuple(_summary(commit.digest) for commit in self._commits_of(watch))

    def load_pending(self, watch: str) -> tuple[Delivery, ...]:
        pending = (delivery for delivery, receipt in self._receipts.items() if _is_pending(receipt))
        return tuple(sorted((delivery for delivery in pending if delivery.watch == watch), key=lambda it: it[1:]))

    def load_tries(self, watch: str) -> Mapping[Delivery, Tries]:
        return {delivery: self._tries[delivery] for delivery in self.load_pending(watch) if delivery in self._tries}

    def load_renditions(self, watch: str, issue: int) -> tuple[Rendition, ...]:
        of_issue = (commit.renditions for commit in self._commits_of(watch) if commit.digest.number == issue)
        return tuple(sorted(next(of_issue, ())))

    def promise_again(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            self._receipts[delivery] = None
            self._tries.pop(delivery, None)

    def save_receipt(self, receipt: Receipt) -> None:
        if receipt.delivery not in self._receipts:
            raise StoreError(f"{receipt.delivery.key} was never promised")
        if _is_pending(self._receipts[receipt.delivery]):
            self._receipts[receipt.delivery] = receipt
            earlier = self._tries.get(receipt.delivery, Tries(0, receipt.at))
            self._tries[receipt.delivery] = Tries(earlier.number + 1, receipt.at)

    def _doubt(self, pmid: Pmid, watches: Sequence[str]) -> Doubt:
        told = self._resolutions[pmid]
        assert told.candidate is not None
        own, other = self._works[told.work].citation, self._works[told.candidate].citation
        return Doubt(pmid, pmid_of(told.candidate), told.because, own, other, tuple(watches))

    def _commits_of(self, watch: str) -> list[RunCommit]:
        return [commit for commit in self.commits if commit.watch == watch]

    def _note_run(self, watch: str, digest: Digest) -> None:
        could_search = digest.flow is not None
        issues = len(self._commits_of(watch))
        self._last_runs[watch] = LastRun(watch, _aware(digest.made_at), could_search, issues or None)


class FakeSink:
    """Remembers what it was brought; ``failures`` is what it raises instead, by issue."""

    def __init__(self, failures: Mapping[int, DeliveryError] | None = None) -> None:
        self.failures = dict(failures or {})
        self.delivered: dict[Delivery, tuple[Rendition, ...]] = {}
        self.tried: list[Delivery] = []

    def deliver(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        self.tried.append(delivery)
        if delivery.issue in self.failures:
            raise self.failures[delivery.issue]
        if not renditions:
            raise DeliveryRefused(f"{delivery.key}: there is no rendition of this issue")
        self.delivered[delivery] = tuple(renditions)
        return f"a fake took issue {delivery.issue}"

    def preview(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        if not renditions:
            raise DeliveryRefused(f"{delivery.key}: there is no rendition of this issue")
        return f"issue {delivery.issue}"


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"a moment without a time zone: {moment!r}")
    return moment


def _is_pending(receipt: Receipt | None) -> bool:
    return receipt is None or receipt.state == "pending"


def _summary(digest: Digest) -> IssueSummary:
    assert digest.number is not None
    assert digest.flow is not None
    notices, is_complete = len(digest.notices), digest.flow.is_complete
    return IssueSummary(digest.number, digest.kind, digest.made_at, len(digest.studies), notices, is_complete)

"""What the pipeline needs of the world, as protocols; the adapters stand in the rooms above."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from litwatch.model.decision import Decision, Doubt
from litwatch.model.digest import Delivery, Digest, IssueSummary, Receipt, Rendition, Tries
from litwatch.model.finding import Finding
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import IdentityKey, KnownWork, ReferenceMatch, Resolution
from litwatch.model.record import Parsed
from litwatch.model.run import LastRun, LedgerEntry, RunCommit
from litwatch.model.search import CitationMatch, CitationQuery, FailedBatch, RawBatch, SearchResult


class Clock(Protocol):
    """Time, so that a test or a replay can be its master."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary start, never going back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let the given time pass."""
        ...


class Source(Protocol):
    """A bibliographic database."""

    def search(self, query: str, *, until: date | None = None) -> SearchResult:
        """The complete id set of ``query``; ``until`` leaves out records created after that day.

        Raises SourceUnavailable, SourceRefused or SearchIncomplete; never answers with fewer ids than reported.
        """
        ...

    def fetch(self, pmids: Sequence[Pmid]) -> Iterator[RawBatch | FailedBatch]:
        """The records of ``pmids`` in batches, in the order asked; each id is in exactly one batch's ``asked``."""
        ...

    def match_citations(self, citations: Sequence[CitationQuery]) -> tuple[CitationMatch, ...]:
        """What stands at each printed place, in the order asked. Raises like ``search``; no failure is "not found"."""
        ...

    def ping(self) -> str:
        """One line on who answered; raises a SourceError when nobody does."""
        ...


class Store(Protocol):
    """What litwatch remembers. Every method is one transaction. Raises StoreError and its kin."""

    def acquire_lease(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew the lease ``name``; False when another holder's lease has not run out."""
        ...

    def release_lease(self, name: str, holder: str) -> None:
        """Give the lease back, if it is still ours."""
        ...

    def load_lease(self, name: str) -> str | None:
        """Who holds the lease ``name``, run out or not; None when nobody does."""
        ...

    def load_ledger(self, watch: str) -> Mapping[Pmid, LedgerEntry]:
        """Everything that the watch has accounted for."""
        ...

    def load_due_rereads(self, watch: str, before: datetime) -> tuple[Pmid, ...]:
        """Records in the watch's ledger that the watch last read before ``before``; ascending."""
        ...

    def save_records(self, records: Sequence[Parsed], read_at: datetime) -> None:
        """WRITE 1: keep the bytes of records (values that are not a Record are passed over); idempotent."""
        ...

    def load_record_xml(self, pmids: Collection[Pmid]) -> Mapping[Pmid, bytes]:
        """The bytes of the latest version of each of ``pmids`` that was ever read."""
        ...

    def load_works(self, keys: Collection[IdentityKey]) -> tuple[KnownWork, ...]:
        """The works that carry any of ``keys``."""
        ...

    def load_findings(self, watch: str, pmids: Collection[Pmid]) -> Mapping[Pmid, Finding]:
        """The latest findings of the watch on records of ``pmids``."""
        ...

    def load_resolution(self, watch: str, pmid: Pmid) -> Resolution | None:
        """Why a record stands as it does in the watch's ledger, None when it is not there."""
        ...

    def load_notice_keys(self, watch: str) -> frozenset[tuple[str, str, str]]:
        """(pmid, kind, reference) of every notice that the watch has announced."""
        ...

    def load_references(self, watch: str) -> Mapping[str, tuple[ReferenceMatch, datetime]]:
        """What each cited reference was last found to mean, and when, by reference id."""
        ...

    def load_doubts(self, watch: str | None = None) -> tuple[Doubt, ...]:
        """What stands as unsure in the ledger of ``watch``, of all watches when None; ascending, decided or not."""
        ...

    def load_decisions(self) -> tuple[Decision, ...]:
        """Every decision ever taken, undone ones and undoings too, by id."""
        ...

    def save_decisions(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """Keep what a person decides, with ids from now on, all or nothing.

        Raises DecisionRefused when one contradicts what stands, or undoes what is no decision that stands.
        """
        ...

    def commit_run(self, commit: RunCommit) -> None:
        """WRITE 2: ledger, works, findings, notices, references, digest, renditions, deliveries and search log."""
        ...

    def record_failed_run(self, watch: str, run_id: str, started_at: datetime, digest: Digest) -> None:
        """Remember that a run could not search; takes no issue number."""
        ...

    def load_last_runs(self) -> Mapping[str, LastRun]:
        """The latest run of each watch that has one."""
        ...

    def load_issues(self, watch: str) -> tuple[IssueSummary, ...]:
        """Every issue of the watch, oldest first."""
        ...

    def load_pending(self, watch: str) -> tuple[Delivery, ...]:
        """Promised and not yet delivered, by issue, oldest first."""
        ...

    def load_tries(self, watch: str) -> Mapping[Delivery, Tries]:
        """How often and when last each pending delivery was tried in vain; none that was not tried."""
        ...

    def load_renditions(self, watch: str, issue: int) -> tuple[Rendition, ...]:
        """The renditions of an issue, empty when there is no such issue."""
        ...

    def promise_again(self, deliveries: Sequence[Delivery]) -> None:
        """Make deliveries of issues that there are pending, as if never tried, whatever became of them before."""
        ...

    def save_receipt(self, receipt: Receipt) -> None:
        """WRITE 3: what became of a delivery."""
        ...


class Sink(Protocol):
    """Brings renditions to one kind of target."""

    def deliver(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """Bring them there, all or nothing, repeatably; returns what to tell the reader.

        Raises DeliveryDeferred when a later try may succeed, DeliveryRefused when none will.
        """
        ...

    def preview(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """What ``deliver`` would bring, for a person to look at; raises DeliveryRefused like it."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """The adapters that a run works with."""

    source: Source
    store: Store
    clock: Clock

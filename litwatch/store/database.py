"""The store: ports.Store over one database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import Connection, Engine

from litwatch.model.decision import Decision, Doubt
from litwatch.model.digest import Delivery, Digest, IssueSummary, Receipt, Rendition, Tries
from litwatch.model.finding import Finding
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import IdentityKey, KnownWork, ReferenceMatch, Resolution
from litwatch.model.record import Parsed
from litwatch.model.run import LastRun, LedgerEntry, RunCommit
from litwatch.store import decisions, deliveries, findings, issues, leases, ledger, readings, references, runs, works
from litwatch.store.connect import IMMEDIATE, engine_for, let_readers_in
from litwatch.store.faults import translated
from litwatch.store.migrate import bring_up_to_date


def open_store(url: str) -> "SqlStore":
    """The store at ``url`` (``sqlite:///path/to/litwatch.db``), made or brought up to date where needed.

    Raises NotOurStore for anything else that is found there, StoreTooNew for the store of a later litwatch,
    MigrationFailed or StoreLocked when it could not be brought up to date.
    """
    engine, name = engine_for(url)
    try:
        with translated(name):
            bring_up_to_date(engine, name)
            let_readers_in(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, name)


class SqlStore:
    """What litwatch remembers, in a database. See ports.Store; every method is one transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        """``name`` is what messages call the store; it holds no secret."""
        self._engine = engine
        self._name = name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        with translated(self._name):
            self._engine.dispose()

    def acquire_lease(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew the lease ``name``; False when another holder's lease has not run out."""
        with self._writing() as connection:
            return leases.acquire(connection, name, holder, now, ttl)

    def release_lease(self, name: str, holder: str) -> None:
        """Give the lease back, if it is still ours."""
        with self._writing() as connection:
            leases.release(connection, name, holder)

    def load_lease(self, name: str) -> str | None:
        """Who holds the lease ``name``, run out or not; None when nobody does."""
        with self._reading() as connection:
            return leases.load(connection, name)

    def load_ledger(self, watch: str) -> Mapping[Pmid, LedgerEntry]:
        """Everything that the watch has accounted for."""
        with self._reading() as connection:
            return ledger.load(connection, watch)

    def load_due_rereads(self, watch: str, before: datetime) -> tuple[Pmid, ...]:
        """Records in the watch's ledger that the watch last read before ``before``; ascending."""
        with self._reading() as connection:
            return ledger.load_due_rereads(connection, watch, before)

    def save_records(self, records: Sequence[Parsed], read_at: datetime) -> None:
        """WRITE 1: keep the bytes of records (values that are not a Record are passed over); idempotent."""
        with self._writing() as connection:
            readings.save(connection, records, read_at)

    def load_record_xml(self, pmids: Collection[Pmid]) -> Mapping[Pmid, bytes]:
        """The bytes of the latest version of each of ``pmids`` that was ever read."""
        with self._reading() as connection:
            return readings.load_xml(connection, pmids)

    def load_works(self, keys: Collection[IdentityKey]) -> tuple[KnownWork, ...]:
        """The works that carry any of ``keys``, by id."""
        with self._reading() as connection:
            return works.load(connection, keys)

    def load_findings(self, watch: str, pmids: Collection[Pmid]) -> Mapping[Pmid, Finding]:
        """The latest findings of the watch on records of ``pmids``."""
        with self._reading() as connection:
            return findings.load(connection, watch, pmids)

    def load_resolution(self, watch: str, pmid: Pmid) -> Resolution | None:
        """Why a record stands as it does in the watch's ledger, None when it is not there."""
        with self._reading() as connection:
            return works.load_resolution(connection, watch, pmid)

    def load_notice_keys(self, watch: str) -> frozenset[tuple[str, str, str]]:
        """(pmid, kind, reference) of every notice that the watch has announced."""
        with self._reading() as connection:
            return findings.load_notice_keys(connection, watch)

    def load_references(self, watch: str) -> Mapping[str, tuple[ReferenceMatch, datetime]]:
        """What each cited reference was last found to mean, and when, by reference id."""
        with self._reading() as connection:
            return references.load(connection, watch)

    def load_doubts(self, watch: str | None = None) -> tuple[Doubt, ...]:
        """What stands as unsure in the ledger of ``watch``, of all watches when None; ascending, decided or not."""
        with self._reading() as connection:
            return works.load_doubts(connection, watch)

    def load_decisions(self) -> tuple[Decision, ...]:
        """Every decision ever taken, undone ones and undoings too, by id."""
        with self._reading() as connection:
            return decisions.load(connection)

    def save_decisions(self, decided: Sequence[Decision]) -> tuple[Decision, ...]:
        """Keep what a person decides, with ids from now on, all or nothing; DecisionRefused for a contradiction."""
        with self._writing() as connection:
            return decisions.save(connection, decided)

    def commit_run(self, commit: RunCommit) -> None:
        """WRITE 2: all that a finished run remembers and promises; a StoreError unless its issue is the next one."""
        with self._writing() as connection:
            _save_run(connection, commit)

    def record_failed_run(self, watch: str, run_id: str, started_at: datetime, digest: Digest) -> None:
        """Remember that a run could not search; takes no issue number."""
        with self._writing() as connection:
            runs.save(connection, watch, run_id, started_at, digest)

    def load_last_runs(self) -> Mapping[str, LastRun]:
        """The latest run of each watch that has one."""
        with self._reading() as connection:
            return runs.load_last(connection)

    def load_issues(self, watch: str) -> tuple[IssueSummary, ...]:
        """Every issue of the watch, oldest first."""
        with self._reading() as connection:
            return issues.load(connection, watch)

    def load_pending(self, watch: str) -> tuple[Delivery, ...]:
        """Promised and not yet delivered, by issue, oldest first."""
        with self._reading() as connection:
            return deliveries.load_pending(connection, watch)

    def load_tries(self, watch: str) -> Mapping[Delivery, Tries]:
        """How often and when last each pending delivery was tried in vain; none that was not tried."""
        with self._reading() as connection:
            return deliveries.load_tries(connection, watch)

    def load_renditions(self, watch: str, issue: int) -> tuple[Rendition, ...]:
        """The renditions of an issue by name, empty when there is no such issue."""
        with self._reading() as connection:
            return issues.load_renditions(connection, watch, issue)

    def promise_again(self, promised: Sequence[Delivery]) -> None:
        """Make deliveries of issues that there are pending, as if never tried, whatever became of them before."""
        with self._writing() as connection:
            deliveries.promise_again(connection, promised)

    def save_receipt(self, receipt: Receipt) -> None:
        """WRITE 3: what became of a delivery; a StoreError if it was never promised."""
        with self._writing() as connection:
            deliveries.save_receipt(connection, receipt)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine = self._engine.execution_options(**IMMEDIATE)
        with translated(self._name), engine.begin() as connection:
            yield connection


def _save_run(connection: Connection, commit: RunCommit) -> None:
    issue = issues.check_is_next(connection, commit)
    made_at = commit.digest.made_at
    runs.save(connection, commit.watch, commit.run_id, commit.started_at, commit.digest)
    issues.save(connection, commit, issue)
    works.save(connection, commit.works)
    works.save_memberships(connection, commit.resolutions)
    ledger.release(connection, commit.watch, commit.released)
    ledger.save(connection, commit.watch, commit.ledger)
    ledger.note_reread(connection, commit.watch, commit.reread, made_at)
    findings.save(connection, commit.watch, issue, commit.findings)
    findings.save_notices(connection, commit.watch, issue, commit.notices)
    references.save(connection, commit.watch, commit.references, made_at)
    deliveries.save_promises(connection, commit.deliveries)

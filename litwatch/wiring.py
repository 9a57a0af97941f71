"""The only module that knows every adapter: it opens the store, the source and the sinks, and runs watches with them.

Adapters are imported where they are opened, so that a command pays for what it uses.
"""

import os
import platform
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from litwatch.errors import ConfigError, DeliveryDeferred, InvalidWatch
from litwatch.model.digest import Delivery, Receipt
from litwatch.model.run import RunOutcome
from litwatch.model.watch import Watch
from litwatch.pipeline import LEASE, Progress, Terms, lease_of, run_watch
from litwatch.ports import Clock, Sink, Source, World
from litwatch.schedule.due import is_due
from litwatch.watchfile import Settings, load_settings, read_watches, select_watches
from litwatch.watchfile.outgoing import Smtp, Webhook
from litwatch.watchfile.settings import default_settings
from litwatch.watchfile.starter import load_sample

REPLAY_HOUR = timedelta(hours=7)
"""The time of day, UTC, that a replayed run takes for now."""


LOOPBACK_RATE = 1_000
"""Requests a second to our own server, where NCBI's limit has no reason."""

SAMPLE_FOLDER = Path("output/sample")
"""Where the sample's digests and its store lie, relative to the working folder."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary start, never going back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let the given time pass."""
        time.sleep(seconds)


@dataclass(frozen=True)
class ReplayClock(SystemClock):
    """A clock that says it is ``day``; waiting still takes its time."""

    day: date

    def now(self) -> datetime:
        """The replayed moment."""
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC) + REPLAY_HOUR


@dataclass(frozen=True, slots=True)
class Monitor:
    """Watches, with the world that they run in. ``faulty`` has the error of each watch file that defines none."""

    settings: Settings
    watches: tuple[Watch, ...]
    world: World
    faulty: Mapping[str, InvalidWatch] = field(default_factory=dict)
    until: date | None = None
    source_note: str = ""

    def due(self) -> tuple[Watch, ...]:
        """The watches whose time has come."""
        last = self.world.store.load_last_runs()
        now = self.world.clock.now()
        return tuple(watch for watch in self.watches if is_due(watch, last.get(watch.name), now))

    def named(self, names: Sequence[str]) -> tuple[Watch, ...]:
        """The watches of ``names``, each once, in that order. Raises InvalidWatch or UnknownWatch."""
        for name in names:
            if name in self.faulty:
                raise self.faulty[name]
        return select_watches(self.watches, names)

    def run(self, watch: Watch, progress: Progress, *, is_dry: bool = False) -> RunOutcome:
        """Run the watch once and deliver what it promises; a dry run writes and delivers nothing."""
        self._refuse_the_past(watch)
        self._release_from_the_dead(lease_of(watch))
        terms = Terms(
            run_id=_name_run(),
            until=self.until,
            targets=() if is_dry else (("folder", str(self.settings.output)), *watch.targets),
            is_dry=is_dry,
            source_note=self.source_note,
        )
        outcome = run_watch(watch, self.world, terms, progress)
        if is_dry or outcome.digest is None:
            return outcome
        outcome = replace(outcome, receipts=self.deliver(watch))
        if outcome.state == "could not search":
            from litwatch.delivery.folder import FolderSink

            FolderSink(self.settings.output).write(watch.name, outcome.renditions)
        return outcome

    def deliver(self, watch: Watch, *, at_once: bool = False) -> tuple[Receipt, ...]:
        """Try what is promised to the targets of the watch, oldest issue first, and tell what became of it.

        Targets that were tried in vain a short while ago rest, unless it is to be ``at_once``. The folder never rests.
        While another process delivers for the watch, this one leaves it to that.
        """
        from litwatch.delivery.outbox import dispatch, part_resting, withdraw

        store, now = self.world.store, self.world.clock.now()
        with self._delivering(watch, now) as is_ours:
            pending = store.load_pending(watch.name)
            if not is_ours:
                return tuple(Receipt(each, "pending", now, "another process is delivering it") for each in pending)
            folders = {(each.sink, each.target) for each in pending if each.sink == "folder"}
            pending = withdraw(pending, {*watch.targets, *folders}, store.save_receipt, now)
            tries = {} if at_once else store.load_tries(watch.name)
            tries = {delivery: tried for delivery, tried in tries.items() if delivery.sink != "folder"}
            ready, resting = part_resting(pending, tries, now)
            sinks = open_sinks(self.settings)
            return (*dispatch(ready, store.load_renditions, sinks, store.save_receipt, now), *resting)

    def pending(self, watch: Watch) -> tuple[Delivery, ...]:
        """What is promised to the targets of the watch and has not arrived."""
        return self.world.store.load_pending(watch.name)

    def preview(self, delivery: Delivery) -> str:
        """What would be sent. Raises a DeliveryError, also when nothing is set up that would send it."""
        sinks = open_sinks(self.settings)
        if delivery.sink not in sinks:
            raise DeliveryDeferred(f"no sink {delivery.sink!r} is set up for {delivery.target}")
        return sinks[delivery.sink].preview(delivery, self.world.store.load_renditions(delivery.watch, delivery.issue))

    @contextmanager
    def _delivering(self, watch: Watch, now: datetime) -> Iterator[bool]:
        """Whether the outbox of the watch is ours for the while: two that empty it at once would send all twice."""
        name, holder = f"deliver:{watch.name}", _name_run()
        self._release_from_the_dead(name)
        is_ours = self.world.store.acquire_lease(name, holder, now, LEASE)
        try:
            yield is_ours
        finally:
            if is_ours:
                self.world.store.release_lease(name, holder)

    def _release_from_the_dead(self, lease: str) -> None:
        """What was killed on this machine keeps nobody waiting until its lease runs out."""
        holder = self.world.store.load_lease(lease)
        if holder is not None and _is_dead(holder):
            self.world.store.release_lease(lease, holder)

    def _refuse_the_past(self, watch: Watch) -> None:
        issues = self.world.store.load_issues(watch.name)
        if issues and issues[-1].made_at > self.world.clock.now():
            raise ConfigError(
                f"issue {issues[-1].number} was made as of {issues[-1].made_at:%Y-%m-%d}; "
                "a run can only be as of that day or a later one"
            )


@contextmanager
def open_monitor(settings: Settings, as_of: date | None = None) -> Iterator[Monitor]:
    """The watches of the configuration and the world they run in; ``as_of`` replays a day.

    Raises InvalidWatch or a StoreError. A faulty watch file keeps no other watch from its run.
    """
    from litwatch.store import open_store

    watches, faulty = read_watches(settings)
    clock = _clock(as_of)
    with open_store(settings.store_url) as store:
        # The source keeps the machine's time, also in a replay: no digest may claim a search on a day long past.
        yield Monitor(settings, watches, World(open_source(settings), store, clock), faulty, until=as_of)


@contextmanager
def open_sample(folder: Path, as_of: date | None = None) -> Iterator[Monitor]:
    """The embedded sample as it stood on ``as_of``, served as E-utilities on loopback; output goes to ``folder``."""
    from litwatch.archive.build import build_archive
    from litwatch.archive.index import Archive
    from litwatch.archive.sample import REPLAY_STATEMENT, SAMPLE_STATEMENT, sample_xml
    from litwatch.archive.server import serving
    from litwatch.store import open_store

    clock = _clock(as_of)
    with TemporaryDirectory(prefix="litwatch-sample-") as scratch:
        xml = Path(scratch) / "sample.xml"
        xml.write_bytes(sample_xml(clock.now().date()))
        build_archive(Path(scratch) / "sample.db", [xml])
        with Archive.open(Path(scratch) / "sample.db") as archive, serving(archive) as served:
            settings, watch = load_sample()
            settings = replace(
                settings, base_url=served.url, output=folder, store_url=f"sqlite:///{folder / 'litwatch.db'}"
            )
            with open_store(settings.store_url) as store:
                world = World(open_source(settings, clock, LOOPBACK_RATE), store, clock)
                yield Monitor(settings, (watch,), world, source_note=f"{SAMPLE_STATEMENT} {REPLAY_STATEMENT}")


@contextmanager
def serve_archive(path: Path, files: Sequence[Path]) -> Iterator[Source]:
    """An archive of ``files``, made at ``path`` and served as E-utilities on loopback; yields what asks it."""
    from litwatch.archive.build import build_archive
    from litwatch.archive.index import Archive
    from litwatch.archive.server import serving

    build_archive(path, files)
    with Archive.open(path) as archive, serving(archive) as served:
        yield open_source(replace(default_settings(path), base_url=served.url), rate=LOOPBACK_RATE)


@contextmanager
def open_any(config: Path, *, sample: bool) -> Iterator[Monitor]:
    """What ``show`` and ``explain`` read: the configured watches, or the sample's."""
    with open_sample(SAMPLE_FOLDER.absolute()) if sample else open_monitor(load_settings(config)) as monitor:
        yield monitor


def open_source(settings: Settings, clock: Clock | None = None, rate: int | None = None) -> Source:
    """PubMed over the network, at ``rate`` requests a second or, when None, at what NCBI permits."""
    from litwatch.sources.eutils import EutilsSettings, EutilsSource

    asking = EutilsSettings(
        base_url=settings.base_url,
        tool=settings.tool,
        email=settings.email,
        api_key=settings.api_key,
        timeout=(min(settings.timeout, 10.0), settings.timeout),
        rate=rate,
        max_tries=settings.max_tries,
        budget=settings.budget,
        max_results=settings.max_results,
    )
    return EutilsSource(asking, clock or SystemClock())


def open_sinks(settings: Settings) -> Mapping[str, Sink]:
    """Every sink that is set up, by name."""
    from litwatch.delivery.folder import FolderSink

    sinks: dict[str, Sink] = {"folder": FolderSink(settings.output)}
    if settings.smtp is not None:
        sinks["mail"] = _mail_sink(settings.smtp)
    if settings.webhook is not None:
        sinks["webhook"] = _webhook_sink(settings.webhook)
    return sinks


def _mail_sink(smtp: Smtp) -> Sink:
    from litwatch.delivery.message import Envelope
    from litwatch.delivery.smtp import SmtpServer, SmtpSink

    server = SmtpServer(smtp.host, smtp.port, smtp.security, timeout=smtp.timeout, login=smtp.login)
    return SmtpSink(server, Envelope(smtp.sender, smtp.unsubscribe))


def _webhook_sink(webhook: Webhook) -> Sink:
    from litwatch.delivery.webhook import WebhookSink, WebhookTerms

    terms = WebhookTerms(webhook.secret, timeout=webhook.timeout, is_private_allowed=webhook.allow_private)
    return WebhookSink(terms, SystemClock().now)  # also of a replay: a receiver looks whether it was just sent


def open_archive_source(path: Path) -> Source:
    """An archive on this machine."""
    from litwatch.archive.index import Archive
    from litwatch.sources.archive import ArchiveSource

    return ArchiveSource(Archive.open(path), SystemClock())


def _name_run() -> str:
    """Names a run, and the process that it runs in."""
    return f"{uuid.uuid4().hex} {os.getpid()} {platform.node()}"


def _is_dead(run_id: str) -> bool:
    """Whether the run was in a process of this machine that is no more; False where that cannot be told."""
    pid, _, machine = run_id.partition(" ")[2].partition(" ")
    if os.name != "posix" or machine != platform.node() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)  # signal 0 is not sent; it only asks
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _clock(as_of: date | None) -> Clock:
    return SystemClock() if as_of is None else ReplayClock(as_of)

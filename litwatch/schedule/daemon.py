"""The daemon: APScheduler as the engine, due times from ``schedule.due``, one run at a time.

APScheduler's own cron trigger is not used: it reads 1 as Tuesday and runs a job of the repeated autumn hour twice.
"""

import signal
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from litwatch.model.run import RunState
from litwatch.model.watch import Schedule, Watch
from litwatch.schedule.due import next_due

RETRY_AFTER = timedelta(minutes=15)
"""How soon a watch is tried again that could not be searched or was held by another run."""

_AGAIN: tuple[RunState, ...] = ("could not search", "held by another run", "failed")


class CronTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires when the schedule says so."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next due time after the last one, or after now when there was none."""
        return next_due(self.schedule, previous_fire_time or now)


class Daemon:
    """Runs watches when they are due until it is told to stop.

    ``run`` runs one watch and says how it ended; ``overdue`` names the watches to catch up with at the start;
    ``say`` takes one line of talk.
    """

    def __init__(self, watches: Sequence[Watch], run: Callable[[Watch], RunState], say: Callable[[str], None]) -> None:
        self._watches = watches
        self._run = run
        self._say = say
        self._stopped = threading.Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},  # one source, one rate limit: runs queue up
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def serve(self, overdue: Sequence[str] = ()) -> None:
        """Run the overdue watches now and every watch when it is due, until ``stop``, SIGTERM or SIGINT.

        A run under way is finished first; a second signal ends the process at once.
        """
        before = {name: signal.signal(name, self._on_signal) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._start(overdue)
            self._stopped.wait()
            self._say("stopping: a run under way is finished first")
            self._scheduler.shutdown(wait=True)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def stop(self) -> None:
        """Make ``serve`` return."""
        self._stopped.set()

    def _start(self, overdue: Sequence[str]) -> None:
        now = datetime.now(UTC)
        for watch in self._watches:
            self._scheduler.add_job(self._tick, CronTrigger(watch.schedule), args=[watch], id=watch.name)
            self._say(f"{watch.name}: next run {next_due(watch.schedule, now).isoformat(timespec='minutes')}")
            if watch.name in overdue:
                self._soon(watch, now)
        self._scheduler.start()

    def _on_signal(self, number: int, frame: Any) -> None:  # noqa: ARG002 - the signature is Python's
        signal.signal(number, signal.SIG_DFL)  # a second signal ends the process at once
        self.stop()

    def _tick(self, watch: Watch) -> None:
        state = self._run(watch)
        self._say(f"{watch.name}: {state}")
        if state in _AGAIN and not self._stopped.is_set():
            self._soon(watch, datetime.now(UTC) + RETRY_AFTER)
            self._say(f"{watch.name}: tried again in {RETRY_AFTER.seconds // 60} minutes")

    def _soon(self, watch: Watch, when: datetime) -> None:
        self._scheduler.add_job(
            self._tick, "date", run_date=when, args=[watch], id=f"{watch.name}:again", replace_existing=True
        )

"""The daemon: APScheduler as the engine, due times from ``schedule.due``, one run at a time.

APScheduler's own cron trigger is not used: it reads 1 as Tuesday and runs a job of the repeated autumn hour twice.
A job only wakes the daemon; what runs is whatever the store says is due. So a due time that passed while the machine
slept is caught up with once, and a watch that could not be searched is tried again, without a job of its own.
"""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from litwatch.model.watch import Schedule, Watch
from litwatch.schedule.due import due_text, next_due

LOOK_AGAIN = timedelta(minutes=15)
"""How often the daemon looks for what is due beside the due times themselves."""


class CronTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires when the schedule says so."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next due time after the last one, or after now when there was none."""
        return next_due(self.schedule, previous_fire_time or now)


class Daemon:
    """Runs watches when they are due until it is told to stop.

    ``due`` says which watches are due now, ``run`` runs one and gives a line on how it ended, ``say`` takes a line.
    """

    def __init__(
        self,
        watches: Sequence[Watch],
        due: Callable[[], Sequence[Watch]],
        run: Callable[[Watch], str],
        say: Callable[[str], None],
    ) -> None:
        self._watches = watches
        self._due = due
        self._run = run
        self._say = say
        self._stopped = threading.Event()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},  # one source, one rate limit: runs queue up
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        # Woken again while a run is under way, the engine warns that it skips a beat; the next one comes.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def serve(self) -> None:
        """Run what is due, now and whenever, until ``stop``, SIGTERM or SIGINT.

        A run under way is finished first; a second signal ends the process at once.
        """
        before = {name: signal.signal(name, self._on_signal) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._start()
            self._stopped.wait()
            self._say("stopping: a run under way is finished first")
            self._scheduler.shutdown(wait=True)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def stop(self) -> None:
        """Make ``serve`` return."""
        self._stopped.set()

    def _start(self) -> None:
        now = datetime.now(UTC)
        if not self._watches:
            self._say("there is no watch yet; one that is added is found within a quarter of an hour")
        for watch in self._watches:
            self._scheduler.add_job(self._run_due, CronTrigger(watch.schedule), id=watch.name)
            self._say(f"{watch.name}: next run {due_text(watch.schedule, now)}")
        seconds = LOOK_AGAIN.total_seconds()
        self._scheduler.add_job(self._run_due, "interval", seconds=seconds, next_run_time=now, id="look again")
        self._scheduler.start()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        self.stop()

    def _run_due(self) -> None:
        for watch in self._due():
            if self._stopped.is_set():
                return
            self._say(self._run(watch))

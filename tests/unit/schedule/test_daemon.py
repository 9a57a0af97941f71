import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest

from litwatch.model.watch import Schedule, Watch
from litwatch.schedule.daemon import CronTrigger, Daemon
from tests.builders import a_watch

YEARLY = Schedule("0 7 1 1 *", "UTC")


def test_the_trigger_goes_on_from_the_last_fire_time_so_that_missed_ones_coalesce() -> None:
    trigger = CronTrigger(Schedule("0 7 * * 1", "UTC"))
    monday = datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert trigger.get_next_fire_time(None, monday) == datetime(2026, 1, 12, 7, tzinfo=UTC)
    assert trigger.get_next_fire_time(monday, datetime(2026, 3, 1, tzinfo=UTC)) == datetime(2026, 1, 12, 7, tzinfo=UTC)


def terminate() -> None:
    """As an init system does it."""
    os.kill(os.getpid(), signal.SIGTERM)


class Talk:
    """Keeps what the daemon says, and terminates it when it says ``last``."""

    def __init__(self, last: str = "") -> None:
        self.lines: list[str] = []
        self.last = last

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        if line == self.last:
            terminate()


LATE = a_watch(name="late", schedule=YEARLY)
EARLY = a_watch(name="early", schedule=YEARLY)


def test_overdue_watches_run_at_the_start_and_sigterm_stops_cleanly() -> None:
    ran: list[str] = []

    def run(watch: Watch) -> str:
        ran.append(watch.name)
        return f"{watch.name}: done"

    talk = Talk(last="late: done")
    Daemon([LATE, EARLY], lambda: [LATE], run, talk).serve()
    assert ran == ["late"]
    assert talk.lines[0].startswith("late: next run ")
    assert talk.lines[0].endswith("-01-01 07:00 UTC")
    assert talk.lines[-1] == "stopping: a run under way is finished first"


def test_a_run_under_way_is_finished_before_the_daemon_stops_and_no_other_is_begun() -> None:
    finished: list[str] = []
    stopping = threading.Event()

    def say(line: str) -> None:
        if line.startswith("stopping"):
            stopping.set()

    def run(watch: Watch) -> str:
        terminate()
        assert stopping.wait(10)
        finished.append(watch.name)
        return f"{watch.name}: done"

    Daemon([LATE, EARLY], lambda: [LATE, EARLY], run, say).serve()
    assert finished == ["late"]


def test_what_is_still_due_is_tried_again_at_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litwatch.schedule.daemon.LOOK_AGAIN", timedelta(seconds=0.05))
    states = ["could not search", "held by another run", "done"]
    still_due = [LATE]

    def run(watch: Watch) -> str:
        state = states.pop(0)
        if state == "done":
            still_due.clear()
        return f"{watch.name}: {state}"

    talk = Talk(last="late: done")
    Daemon([LATE], lambda: still_due, run, talk).serve()
    assert talk.lines[1:-1] == ["late: could not search", "late: held by another run", "late: done"]


def test_a_daemon_without_a_watch_says_so() -> None:
    talk = Talk(last="there is no watch yet; one that is added is found within a quarter of an hour")
    Daemon([], list, lambda watch: "", talk).serve()
    assert talk.lines[-1].startswith("stopping")

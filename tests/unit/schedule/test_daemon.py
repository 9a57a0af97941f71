import os
import signal
import threading
from datetime import UTC, datetime

import pytest

from litwatch.model.run import RunState
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


def test_overdue_watches_run_at_the_start_and_sigterm_stops_cleanly() -> None:
    ran: list[str] = []

    def run(watch: Watch) -> RunState:
        ran.append(watch.name)
        return "done"

    talk = Talk(last="late: done")
    watches = [a_watch(name="late", schedule=YEARLY), a_watch(name="early", schedule=YEARLY)]
    Daemon(watches, run, talk).serve(["late"])
    assert ran == ["late"]
    assert talk.lines[0].startswith("late: next run")
    assert talk.lines[-1] == "stopping: a run under way is finished first"


def test_a_run_under_way_is_finished_before_the_daemon_stops() -> None:
    finished: list[str] = []
    stopping = threading.Event()

    def say(line: str) -> None:
        if line.startswith("stopping"):
            stopping.set()

    def run(watch: Watch) -> RunState:
        terminate()
        assert stopping.wait(10)
        finished.append(watch.name)
        return "done"

    Daemon([a_watch(name="long", schedule=YEARLY)], run, say).serve(["long"])
    assert finished == ["long"]


@pytest.mark.parametrize("state", ["could not search", "held by another run"])
def test_a_watch_that_could_not_run_is_tried_again_soon(state: RunState) -> None:
    talk = Talk(last="dark: tried again in 15 minutes")
    Daemon([a_watch(name="dark", schedule=YEARLY)], lambda watch: state, talk).serve(["dark"])
    assert f"dark: {state}" in talk.lines
    assert "dark: tried again in 15 minutes" in talk.lines


def test_a_watch_that_ran_is_not_tried_again() -> None:
    talk = Talk(last="fine: incomplete")
    Daemon([a_watch(name="fine", schedule=YEARLY)], lambda watch: "incomplete", talk).serve(["fine"])
    assert not [line for line in talk.lines if "tried again" in line]

"""Who runs a watch: never two at once, and never a dead one."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from litwatch.store import open_store
from tests.functional.conftest import Household, PubMed, pmids
from tests.functional.test_weekly_digest import study

HERE = platform.node()


def a_dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def held_by(household: Household, holder: str) -> None:
    """Let another run hold the watch, for a year from now on."""
    path = household.folder / "output" / "litwatch.db"
    with open_store(f"sqlite:///{path}") as store:
        assert store.acquire_lease("watch:sesame", holder, datetime.now(UTC), timedelta(days=365))


@pytest.mark.parametrize(
    "holder",
    [
        f"run {os.getpid()} {HERE}",
        "run {dead} another-machine",
        f"run 0x1 {HERE}",
        "run",
        "",
    ],
    ids=["alive", "on another machine", "no process", "nothing known", "nothing at all"],
)
def test_a_watch_that_another_run_may_hold_is_left_to_it(household: Household, pubmed: PubMed, holder: str) -> None:
    pubmed.hold(study(1))
    held_by(household, holder.format(dead=a_dead_process()))
    done = household.run()
    assert done.status == 3
    assert "another run of this watch is under way" in done.err
    assert pubmed.asked == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody can be asked whether a process lives")
def test_a_watch_that_a_killed_run_holds_is_run_at_once(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    held_by(household, f"run {a_dead_process()} {HERE}")
    assert household.run().status == 0
    assert pmids(household.digest(1)["studies"]) == ["1001"]

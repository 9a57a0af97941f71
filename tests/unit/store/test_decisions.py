"""Persons who decide at once, and processes that die while deciding."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from litwatch.store import open_store
from tests.builders import a_decision
from tests.shared_data import ROOT

DECIDING = """
import os, signal, sys
from dataclasses import replace
from sqlalchemy import event
from sqlalchemy.engine import Engine
from litwatch.errors import DecisionRefused
from litwatch.store import open_store
from tests.builders import a_decision

url, who, death = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with open_store(url) as store:
    if death == "before":
        event.listen(Engine, "commit", die)
    if who == "two":
        store.save_decisions([a_decision("102", "101", by=who), a_decision("103", "101", by=who)])
        sys.exit()
    sys.stdin.read()
    refused = 0
    for number in range(20):
        try:
            store.save_decisions([a_decision(str(1000 + number), "101", by=who), a_decision(who, str(1000 + number))])
        except DecisionRefused:
            refused += 1
    print(refused)
"""


def deciding(path: Path, who: str, death: str = "never") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", DECIDING, f"sqlite:///{path}", who, death],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_that_decide_the_same_at_once_decide_it_once_and_number_without_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    processes = [deciding(path, who) for who in ("21", "22")]
    refused = [int(process.communicate(timeout=60)[0]) for process in processes]
    with open_store(f"sqlite:///{path}") as store:
        decisions = store.load_decisions()
    assert [decision.id for decision in decisions] == list(range(1, len(decisions) + 1))
    assert sum(refused) == 40 - len(decisions) // 2
    firsts = decisions[::2]
    assert len({decision.what for decision in firsts}) == len(firsts)


@pytest.mark.parametrize(("death", "kept"), [("before", 0), ("never", 2)])
def test_of_two_decisions_taken_together_a_process_that_dies_keeps_both_or_none(
    tmp_path: Path, death: str, kept: int
) -> None:
    path = tmp_path / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    done = deciding(path, "two", death)
    done.communicate(timeout=60)
    assert done.returncode == (-signal.SIGKILL if death == "before" else 0)
    with open_store(f"sqlite:///{path}") as store:
        assert len(store.load_decisions()) == kept
        assert store.save_decisions([a_decision("104", "101")])[0].id == kept + 1


def test_a_decision_is_never_changed_by_a_later_one(tmp_path: Path) -> None:
    path = tmp_path / "litwatch.db"
    with open_store(f"sqlite:///{path}") as store:
        store.save_decisions([a_decision("102", "101")])
        before = _rows(path)
        store.save_decisions([a_decision("103", "101")])
    assert _rows(path)[:1] == before


def _rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM decision ORDER BY id").fetchall()

"""A run is kept whole or not at all, wherever it dies."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from litwatch.store import open_store
from tests.commits import a_full_commit, an_earlier_commit

ROOT = Path(__file__).parents[3]


class Died(Exception):
    """The program was interrupted."""


def dump(path: Path) -> list[str]:
    """Everything that a store holds, as another process reads it."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(connection.iterdump())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="module")
def before(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("before")))
    with open_store(f"sqlite:///{path}") as store:
        store.commit_run(an_earlier_commit())
    return path


@pytest.fixture(scope="module")
def whole(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = Path(shutil.copy(before, tmp_path_factory.mktemp("whole")))
    with open_store(f"sqlite:///{path}") as store:
        store.commit_run(a_full_commit())
    return dump(path)


def test_every_table_is_written_to_by_the_commit_that_these_tests_interrupt(before: Path, whole: list[str]) -> None:
    def tables(lines: list[str]) -> set[str]:
        return {line.split('"')[1] for line in set(lines) if line.startswith("INSERT")}

    grown = tables([line for line in whole if line not in set(dump(before))])
    assert grown == tables(whole) - {"litwatch_revision"}
    assert len(grown) == 12


def test_an_error_at_any_statement_leaves_the_store_as_it_was(before: Path, whole: list[str], tmp_path: Path) -> None:
    path = Path(shutil.copy(before, tmp_path))
    place = 0
    while dump(path) != whole:
        place += 1
        try_to_commit(path, place)
        assert dump(path) in (dump(before), whole), f"statement {place}"
    assert place > 13


def try_to_commit(path: Path, place: int) -> None:
    left = place

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Died

    with open_store(f"sqlite:///{path}") as store:
        event.listen(Engine, "before_cursor_execute", count)
        try:
            store.commit_run(a_full_commit())
        except Died:
            pass
        finally:
            event.remove(Engine, "before_cursor_execute", count)


def test_a_process_killed_at_any_statement_leaves_the_store_as_it_was(
    empty: Path, before: Path, whole: list[str], tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killed_commit.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, script, empty, tmp_path], check=True, env=environment, timeout=60)
    left = {path.stem: dump(path) for path in tmp_path.glob("*.db")}
    assert left.pop("after") == whole
    assert len(left) > 13
    assert all(lines == dump(before) for lines in left.values())
    with open_store(f"sqlite:///{tmp_path}/commit.db") as store:
        store.commit_run(a_full_commit())
    assert dump(tmp_path / "commit.db") == whole

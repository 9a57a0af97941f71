"""Commit a run again and again, each time in a process that is killed at a later statement.

``killed_commit.py EMPTY FOLDER`` leaves ``FOLDER/1.db``, ``2.db``, … as they were when a process was killed just before
its first, second, … statement after BEGIN, ``commit.db`` when killed just before COMMIT, ``after.db`` just after, and
``before.db``, which none of them has touched.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event

from litwatch.store import SqlStore, open_store
from tests.commits import a_full_commit, an_earlier_commit


def main(empty: Path, folder: Path) -> None:
    before = folder / "before.db"
    shutil.copy(empty, before)
    with open_store(f"sqlite:///{before}") as store:
        store.commit_run(an_earlier_commit())
    place = 1
    while _is_killed(before, folder / f"{place}.db", partial(_commit_until, place)):
        place += 1
    (folder / f"{place}.db").unlink()
    assert _is_killed(before, folder / "commit.db", _commit_until_the_end)
    assert _is_killed(before, folder / "after.db", _commit_and_die)


def _is_killed(before: Path, path: Path, die: Callable[[SqlStore], None]) -> bool:
    shutil.copy(before, path)
    child = os.fork()
    if child == 0:
        die(open_store(f"sqlite:///{path}"))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


def _commit_until(place: int, store: SqlStore) -> None:
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen > place:  # the first one is BEGIN
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    store.commit_run(a_full_commit())


def _commit_until_the_end(store: SqlStore) -> None:
    event.listen(Engine, "commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    store.commit_run(a_full_commit())


def _commit_and_die(store: SqlStore) -> None:
    store.commit_run(a_full_commit())
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

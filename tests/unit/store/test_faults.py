"""Errors of SQLAlchemy and SQLite become ours, whatever they are."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, exc

from litwatch.errors import NotOurStore, StoreError, StoreLocked
from litwatch.store import open_store
from litwatch.store.faults import translated
from tests.builders import NOW
from tests.commits import a_commit, parsed

WAYS_OUT = {
    "SQLITE_BUSY": (StoreLocked, "try again"),
    "SQLITE_LOCKED": (StoreLocked, "try again"),
    "SQLITE_NOTADB": (NotOurStore, "another file"),
    "SQLITE_CORRUPT": (NotOurStore, "backup"),
    "SQLITE_FULL": (StoreError, "free some space"),
    "SQLITE_READONLY": (StoreError, "may write"),
    "SQLITE_PERM": (StoreError, "may write"),
    "SQLITE_CANTOPEN": (StoreError, "read and write"),
    "SQLITE_AUTH": (StoreError, "read and write"),
    "SQLITE_IOERR": (StoreError, "the disk is well"),
    "SQLITE_CONSTRAINT": (StoreError, "nothing was written"),
}
CODES = [(name, base) for base in WAYS_OUT for name in dir(sqlite3) if name == base or name.startswith(f"{base}_")]


def kinds_of(kind: type[Exception]) -> Iterator[type[Exception]]:
    for narrower in kind.__subclasses__():
        yield narrower
        yield from kinds_of(narrower)


def takes_a_message(kind: type[Exception]) -> bool:
    try:
        return bool(kind("its own words"))
    except TypeError:
        return False


def caught(error: BaseException) -> StoreError:
    with pytest.raises(StoreError) as told, translated("litwatch.db"):
        raise error
    return told.value


@pytest.mark.parametrize(("name", "base"), CODES)
def test_every_code_of_sqlite_that_has_a_way_out_names_it(name: str, base: str) -> None:
    error = sqlite3.OperationalError("the database's own words")
    error.sqlite_errorcode = getattr(sqlite3, name)
    for told in (caught(error), caught(exc.OperationalError("SELECT 1", {}, error))):
        kind, way_out = WAYS_OUT[base]
        assert type(told) is kind
        assert way_out in str(told)
        assert str(told).startswith("litwatch.db: ")
        assert "the database's own words" in str(told)


@pytest.mark.parametrize("kind", [sqlite3.Error, *kinds_of(sqlite3.Error)])
def test_every_error_of_the_driver_is_a_store_error(kind: type[Exception]) -> None:
    assert str(caught(kind("its own words"))) == "litwatch.db: its own words"


@pytest.mark.parametrize("kind", [exc.DBAPIError, *kinds_of(exc.DBAPIError)])
def test_every_error_that_sqlalchemy_wraps_is_a_store_error(kind: Callable[..., Exception]) -> None:
    told = caught(kind("SELECT secret", {"password": "hidden"}, sqlite3.Error("its own words")))
    assert str(told) == "litwatch.db: its own words"


@pytest.mark.parametrize("kind", [kind for kind in kinds_of(exc.SQLAlchemyError) if takes_a_message(kind)])
def test_every_other_error_of_sqlalchemy_is_a_store_error(kind: type[Exception]) -> None:
    assert "its own words" in str(caught(kind("its own words")))


def test_a_bug_passes_through_as_what_it_is() -> None:
    with pytest.raises(KeyError), translated("litwatch.db"):
        raise KeyError("a bug")


def test_a_bug_that_sqlalchemy_wrapped_comes_out_as_what_it_is() -> None:
    with pytest.raises(ValueError, match=r"^no zone$"), translated("litwatch.db"):
        raise exc.StatementError("wrapped", "INSERT", {}, ValueError("no zone"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    return path


@contextmanager
def pragma(statement: str) -> Iterator[None]:
    """Every connection of SQLAlchemy made inside executes ``statement`` first."""

    def execute(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(statement)

    event.listen(Engine, "connect", execute)
    try:
        yield
    finally:
        event.remove(Engine, "connect", execute)


def test_a_store_that_another_process_is_writing_to_is_locked_for_writers_and_open_to_readers(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_store(f"sqlite:///{path}?timeout=0") as store:
            assert store.load_last_runs() == {}
            with pytest.raises(StoreLocked, match="another process"):
                store.save_records([parsed("101")], NOW)
            other.execute("COMMIT")
            store.save_records([parsed("101")], NOW)


def test_a_full_disk_is_told_with_the_way_out_and_leaves_nothing_half_written(path: Path) -> None:
    commit = a_commit(1, [str(pmid) for pmid in range(100, 1000)])
    full = pytest.raises(StoreError, match="disk is full; free some space")
    with pragma("PRAGMA max_page_count = 40"), open_store(f"sqlite:///{path}") as store, full:
        store.commit_run(commit)
    with open_store(f"sqlite:///{path}") as store:
        assert store.load_ledger(commit.watch) == {}
        store.commit_run(commit)


def test_a_store_that_cannot_be_written_is_told_with_the_way_out(path: Path) -> None:
    read_only = pytest.raises(StoreError, match="read-only; see that this user may write")
    with pragma("PRAGMA query_only = ON"), open_store(f"sqlite:///{path}") as store, read_only:
        store.save_records([parsed("101")], NOW)


def test_a_damaged_store_is_told_with_the_way_out(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[8192:] = b"\xff" * (len(body) - 8192)
    path.write_bytes(body)
    with (
        pytest.raises(NotOurStore, match="damaged; put a backup in its place"),
        open_store(f"sqlite:///{path}") as store,
    ):
        store.load_ledger("any")


def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "litwatch.db"
    path.write_text("a shopping list, long enough to be looked at as a database header would be: " + "eggs, " * 100)
    before = path.read_bytes()
    with pytest.raises(NotOurStore, match="no SQLite database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert [child.name for child in tmp_path.iterdir()] == ["litwatch.db"]


def test_the_file_may_be_moved_once_the_store_is_closed(path: Path) -> None:
    with open_store(f"sqlite:///{path}") as store:
        store.commit_run(a_commit())
    assert [child.name for child in path.parent.iterdir()] == ["litwatch.db"]
    moved = shutil.move(path, path.with_name("elsewhere.db"))
    with open_store(f"sqlite:///{moved}") as store:
        assert list(store.load_ledger(a_commit().watch)) == ["101"]

"""Where a store may be, and how its file is made."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from litwatch.errors import StoreError
from litwatch.store import open_store


def test_the_folder_is_made_and_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a new folder" / "another" / "litwatch.db"
    with open_store(f"sqlite:///{path}"):
        assert {stat.S_IMODE(child.stat().st_mode) for child in path.parent.iterdir()} == {0o600}


def test_a_store_that_is_there_keeps_the_mode_that_a_person_gave_it(tmp_path: Path) -> None:
    path = tmp_path / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o640)
    open_store(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_readers_and_a_writer_may_work_at_once(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/litwatch.db").close()
    with closing(sqlite3.connect(tmp_path / "litwatch.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("litwatch.db", "cannot be read"),
        ("", "cannot be read"),
        ("oracle://someone:hidden@host/litwatch", "SQLite or PostgreSQL"),
        ("postgresql+nosuchdriver://someone:hidden@host/litwatch", "cannot be read"),
    ],
)
def test_a_url_that_names_no_store_is_told_with_the_way_out_and_without_the_secret(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as told:
        open_store(url)
    assert "sqlite:///" in str(told.value)
    assert "hidden" not in str(told.value)


def test_a_driver_that_is_not_installed_is_named_and_the_secret_is_not() -> None:
    with pytest.raises(StoreError, match=r"postgresql\+pg8000://someone:\*\*\*@host/litwatch: needs .* pg8000") as told:
        open_store("postgresql+pg8000://someone:hidden@host/litwatch")
    assert "hidden" not in str(told.value)


def test_a_folder_where_the_store_should_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Is a directory"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("not a folder")
    with pytest.raises(StoreError, match="another place"):
        open_store(f"sqlite:///{tmp_path}/output/litwatch.db")

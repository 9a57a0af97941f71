"""The one edge where the errors of SQLAlchemy and SQLite become ours.

A statement that was given a wrong value (a naive datetime) is a bug, and passes through as the error that it is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from litwatch.errors import NotOurStore, StoreError, StoreLocked

_FULL = "its disk is full; free some space and run again: nothing was written by halves"
_UNREACHABLE = "it cannot be opened; see that its folder exists and that this user may read and write there"
_READ_ONLY = "it is read-only; see that this user may write the file and its folder"
_LOCKED = "another process is writing to it; try again in a moment"

# The primary result codes of https://www.sqlite.org/rescode.html that have a way out.
_BY_CODE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLocked, _LOCKED),
    sqlite3.SQLITE_LOCKED: (StoreLocked, _LOCKED),
    sqlite3.SQLITE_NOTADB: (NotOurStore, "it is no SQLite database; let the store URL name another file"),
    sqlite3.SQLITE_CORRUPT: (NotOurStore, "it is damaged; put a backup in its place, or move it away to start anew"),
    sqlite3.SQLITE_FULL: (StoreError, _FULL),
    sqlite3.SQLITE_READONLY: (StoreError, _READ_ONLY),
    sqlite3.SQLITE_PERM: (StoreError, _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (StoreError, _UNREACHABLE),
    sqlite3.SQLITE_AUTH: (StoreError, _UNREACHABLE),
    sqlite3.SQLITE_IOERR: (StoreError, "its disk cannot be read or written; see that the disk is well"),
    sqlite3.SQLITE_CONSTRAINT: (StoreError, "it refused what contradicts it; nothing was written"),
}


@contextmanager
def translated(store: str) -> Iterator[None]:
    """Raise what goes wrong with the database inside as a StoreError that names ``store``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _from_database(store, error) from error
    except DBAPIError as error:
        raise _from_database(store, error.orig or error) from error
    except StatementError as error:
        if error.orig is not None:
            raise error.orig from None
        raise StoreError(f"{store}: {error}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{store}: {error}") from error


def _from_database(store: str, error: BaseException) -> StoreError:
    # The low byte of an extended code is its primary code.
    code = getattr(error, "sqlite_errorcode", None)
    kind, way_out = _BY_CODE.get(code & 0xFF, (StoreError, "")) if code is not None else (StoreError, "")
    return kind(f"{store}: {way_out} ({error})" if way_out else f"{store}: {error}")

"""The tables of an archive, and how terms are written in them.

``words`` holds the words of each column, ``places`` shows where they stand, ``wholes`` holds one token for each whole
value. None keeps the text that was indexed: to remove a record, its terms are made again from its XML.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from litwatch.archive.terms import COLUMNS, Value
from litwatch.errors import NotAnArchive

APPLICATION_ID = 0x6C697477
VERSION = 1

# The tokenizer splits at ASCII signs only, so that Python alone decides what a word is.
TABLES = f"""
    CREATE TABLE record (pmid INTEGER PRIMARY KEY, version INTEGER NOT NULL);
    CREATE TABLE document (pmid INTEGER PRIMARY KEY, xml BLOB NOT NULL);
    CREATE TABLE day (
        field TEXT NOT NULL, ordinal INTEGER NOT NULL, pmid INTEGER NOT NULL, PRIMARY KEY (field, ordinal, pmid)
    ) WITHOUT ROWID;
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5({", ".join(COLUMNS)}, content='', tokenize='ascii');
    CREATE VIRTUAL TABLE places USING fts5vocab(words, instance);
    CREATE VIRTUAL TABLE wholes USING fts5(tokens, content='', tokenize='ascii', detail='none', columnsize=0);
    PRAGMA application_id = {APPLICATION_ID};
    PRAGMA user_version = {VERSION};
"""

_SIGN_TO_LETTER = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}


# What SQLite finds wrong with a file or its disk; every other error is a bug of ours.
_FAULTS = {
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_CORRUPT: "it is damaged; build it anew",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk gave an error",
    sqlite3.SQLITE_NOTADB: "it is something else than an archive of litwatch",
    sqlite3.SQLITE_PERM: "it may not be opened",
    sqlite3.SQLITE_READONLY: "it may not be written",
}


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn what is wrong with the file at ``path`` into a NotAnArchive that says so."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte is the kind of error, the others tell kinds of it apart.
        fault = _FAULTS.get(error.sqlite_errorcode & 0xFF) if hasattr(error, "sqlite_errorcode") else None
        if fault is None:
            raise
        raise NotAnArchive(f"{path}: {fault} ({error})") from error


def token_of(value: Value) -> str:
    """``value`` as one token: its spaces and signs become letters of the private use area."""
    return f"{value.field}:{value.value}".translate(_SIGN_TO_LETTER)


def is_archive(connection: sqlite3.Connection) -> bool:
    """Whether the open file is an archive of any version. Raises sqlite3.DatabaseError when it is no database."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)

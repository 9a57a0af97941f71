"""The few pieces of SQL in which databases differ, or limit us."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import sqlite

T = TypeVar("T")
Rows = list[dict[str, Any]]

_IN_LIST = 500
"""Values bound in one IN list: well under the 32,766 that SQLite takes."""


def insert_into(connection: Connection, table: Table) -> sqlite.Insert:
    """An INSERT that can say ON CONFLICT; PostgreSQL's own has the same methods under another type."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return cast("sqlite.Insert", postgresql.insert(table))
    return sqlite.insert(table)


def execute_all(connection: Connection, statement: Executable, rows: Rows) -> None:
    """Execute ``statement`` once a row, in one go; nothing when there are no rows."""
    if rows:
        connection.execute(statement, rows)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit an IN list."""
    for start in range(0, len(values), _IN_LIST):
        yield values[start : start + _IN_LIST]

"""Bring a store up to date like a bank: look first, keep a copy, change everything or nothing.

Importing Alembic costs a quarter of a second of CPU, so it happens only for a store that must be made or changed.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from litwatch.errors import MigrationFailed, NotOurStore, StoreTooNew
from litwatch.store.connect import IMMEDIATE

HEAD = "0002"
"""The revision of the schema that this litwatch reads and writes."""

SCRIPTS = Path(__file__).with_name("migrations")

# Not Alembic's usual name, for a table of this name says that the database is ours.
VERSION_TABLE = "litwatch_revision"


def bring_up_to_date(engine: Engine, name: str, *, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Bring the schema of the database to ``head``, from nothing or an earlier revision, in one transaction.

    Raises NotOurStore, StoreTooNew or MigrationFailed; the database is then as it was.
    """
    with engine.begin() as connection:
        if _revision(connection, name) == head:
            return
    with engine.execution_options(**IMMEDIATE).begin() as connection:
        # Asked again, for another process may have been quicker while this one waited for its turn.
        revision = _revision(connection, name)
        if revision != head:
            _upgrade(connection, name, revision, scripts)


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the store, None of a database that is still empty."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    if tables:
        raise NotOurStore(f"{name}: holds something else than a litwatch store; let the store URL name another place")
    return None


def _upgrade(connection: Connection, name: str, revision: str | None, scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreTooNew(f"{name}: written by a later litwatch (schema {revision}); install that one or a later one")
    copy = ""
    try:
        if revision is not None and connection.dialect.name == "sqlite":
            copy = f"; a copy is kept at {_back_up(name, revision)}"
        command.upgrade(config, "head")
    except Exception as error:
        raise MigrationFailed(
            f"{name}: could not be brought from schema {revision} to this litwatch's: {error}; it is unchanged{copy}"
        ) from error


def _back_up(path: str, revision: str) -> str:
    """Copy the store, written to or not, to ``<path>.backup-<revision>``; returns where."""
    target = f"{path}.backup-{revision}"
    unfinished = f"{target}.part"
    os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(path)) as store, closing(sqlite3.connect(unfinished)) as copy:
        store.backup(copy)
    Path(unfinished).replace(target)
    return target

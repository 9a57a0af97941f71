"""Stores are brought up to date like a bank: all or nothing, with a copy kept."""

import ast
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from litwatch.errors import MigrationFailed, NotOurStore, StoreError, StoreTooNew
from litwatch.model.identity import Standing
from litwatch.store import SqlStore, open_store
from litwatch.store.connect import engine_for
from litwatch.store.migrate import HEAD, SCRIPTS, VERSION_TABLE, bring_up_to_date
from litwatch.store.tables import METADATA
from tests.builders import a_decision, a_reference_match, a_resolution
from tests.commits import WATCH, a_commit, an_entry

LATER = '''
"""A later schema, for tests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table("later", sa.Column("pmid", sa.Integer, primary_key=True))
    op.execute("UPDATE digest SET kind = 'told in a later way'")
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of today with one issue in it."""
    path = tmp_path / "litwatch.db"
    with open_store(f"sqlite:///{path}") as store:
        store.commit_run(a_commit())
    return path


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Migrations of a later litwatch."""
    scripts = Path(shutil.copytree(SCRIPTS, tmp_path / "100% later", ignore=shutil.ignore_patterns("__pycache__")))
    (scripts / "versions" / "revision_0003.py").write_text(LATER)
    return scripts


def migrate(path: Path, scripts: Path) -> None:
    engine, name = engine_for(f"sqlite:///{path}")
    try:
        bring_up_to_date(engine, name, scripts=scripts, head="0003")
    finally:
        engine.dispose()


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def dump(path: Path) -> list[str]:
    with reading(path) as connection:
        return list(connection.iterdump())


class TestTheSchema:
    def test_is_at_the_last_revision_that_there_is(self) -> None:
        assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]

    def test_that_the_migrations_make_is_the_one_that_the_tables_describe(self, path: Path) -> None:
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, METADATA) == []
        engine.dispose()

    @pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
    def test_is_written_by_the_migrations_word_for_word_as_the_tables_would_be(self, dialect: str) -> None:
        assert sorted(_statements_of_migrations(dialect)) == sorted(_statements_of_tables(dialect))

    def test_says_of_every_column_whose_statement_it_is(self) -> None:
        whose = re.compile(r"(ours|PubMed's|a person's|the sink's)\b.*: \S")
        for table in METADATA.tables.values():
            for column in table.columns:
                assert whose.match(column.comment or ""), f"{table.name}.{column.name}"


def _statements_of_tables(dialect: str) -> list[str]:
    made: list[ExecutableDDLElement] = []
    engine = create_mock_engine(f"{dialect}://", lambda statement, *_: made.append(statement))
    METADATA.create_all(engine, checkfirst=False)
    return [" ".join(str(statement.compile(dialect=engine.dialect)).split()) for statement in made]


def _statements_of_migrations(dialect: str) -> list[str]:
    written = StringIO()
    options = {"as_sql": True, "output_buffer": written}
    context = MigrationContext.configure(dialect_name=dialect, opts=options)
    with Operations.context(context):
        for script in reversed(list(ScriptDirectory(str(SCRIPTS)).walk_revisions())):
            script.module.upgrade()
    return [" ".join(statement.split()) for statement in written.getvalue().split(";\n") if statement.strip()]


class TestMigrations:
    def test_import_nothing_of_litwatch_so_that_they_stay_what_they_were(self) -> None:
        for script in SCRIPTS.rglob("*.py"):
            for node in ast.walk(ast.parse(script.read_text())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
                module = (node.module or ".") if isinstance(node, ast.ImportFrom) else ""
                assert not any(name.startswith(("litwatch", ".")) for name in [*names, module]), script.name

    def test_bring_an_earlier_store_up_to_date_and_keep_a_copy_that_its_owner_alone_may_read(
        self, path: Path, later: Path
    ) -> None:
        before = dump(path)
        migrate(path, later)
        with reading(path) as connection:
            assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [("0003",)]
            assert connection.execute("SELECT kind FROM digest").fetchall() == [("told in a later way",)]
            assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
        copy = path.with_name("litwatch.db.backup-0002")
        assert dump(copy) == before
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert not list(path.parent.glob("*.part"))

    def test_copy_also_what_lies_in_the_log_of_an_open_store(self, path: Path, later: Path) -> None:
        with open_store(f"sqlite:///{path}") as store:
            store.commit_run(a_commit(2, ["102"]))
            migrate(path, later)
        with open_store(f"sqlite:///{path}.backup-0002") as copy:
            assert list(copy.load_ledger(WATCH)) == ["101", "102"]

    def test_that_fail_leave_the_store_as_it_was_and_say_where_the_copy_is(self, path: Path, later: Path) -> None:
        (later / "versions" / "revision_0003.py").write_text(f'{LATER}    raise RuntimeError("no such luck")\n')
        before = dump(path)
        with pytest.raises(MigrationFailed, match=r"no such luck; it is unchanged; a copy is kept at .*\.backup-0002"):
            migrate(path, later)
        assert dump(path) == before
        assert dump(path.with_name("litwatch.db.backup-0002")) == before
        with open_store(f"sqlite:///{path}") as store:
            assert list(store.load_ledger(WATCH)) == ["101"]

    def test_that_cannot_keep_a_copy_do_not_begin(self, path: Path, later: Path) -> None:
        path.with_name("litwatch.db.backup-0002.part").mkdir()
        before = dump(path)
        with pytest.raises(MigrationFailed, match=r"Is a directory.*unchanged"):
            migrate(path, later)
        assert dump(path) == before

    def test_that_fail_on_a_new_file_leave_no_table_in_it(self, tmp_path: Path, later: Path) -> None:
        (later / "versions" / "revision_0003.py").write_text(f'{LATER}    raise RuntimeError("no such luck")\n')
        path = tmp_path / "new.db"
        with pytest.raises(MigrationFailed, match="no such luck"):
            migrate(path, later)
        with reading(path) as connection:
            assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        open_store(f"sqlite:///{path}").close()


RELEASED = ["0001"]
"""The schemas of earlier litwatches."""


def a_store_of(revision: str, path: Path) -> None:
    """What a litwatch of that schema left: a cited reference and an issue that reports two records, one unsure."""
    from alembic import command
    from alembic.config import Config

    engine, _ = engine_for(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
        config.set_main_option("script_location", str(SCRIPTS))
        command.upgrade(config, revision)
    engine.dispose()
    unsure = a_resolution("102", Standing.UNSURE, candidate="pmid:101")
    commit = a_commit(1, ["101", "102"], resolutions=(a_resolution("101"), unsure), references=(a_reference_match(),))
    entries = (an_entry("101"), an_entry("102", standing=Standing.UNSURE))
    with closing(SqlStore(*engine_for(f"sqlite:///{path}"))) as store:
        store.commit_run(replace(commit, ledger=entries))


class TestReleasedSchemas:
    def test_are_all_named_here(self) -> None:
        revisions = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()]
        assert sorted(revisions) == [*RELEASED, HEAD]

    @pytest.mark.parametrize("revision", RELEASED)
    def test_are_brought_to_the_present_one_with_all_that_they_hold(self, tmp_path: Path, revision: str) -> None:
        path = tmp_path / "litwatch.db"
        a_store_of(revision, path)
        before = dump(path)
        with open_store(f"sqlite:///{path}") as store:
            assert list(store.load_ledger(WATCH)) == ["101", "102"]
            assert list(store.load_references(WATCH)) == ["R1"]
            assert [(doubt.pmid, doubt.other) for doubt in store.load_doubts()] == [("102", "101")]
            assert store.load_decisions() == ()
            assert store.save_decisions([a_decision()])[0].id == 1
        assert dump(path.with_name(f"litwatch.db.backup-{revision}")) == before

    @pytest.mark.parametrize("revision", RELEASED)
    def test_killed_while_they_are_brought_up_to_date_are_as_they_were(self, tmp_path: Path, revision: str) -> None:
        path = tmp_path / "litwatch.db"
        a_store_of(revision, path)
        before = dump(path)
        program = (
            "import os, signal, sys\nfrom sqlalchemy import event\nfrom sqlalchemy.engine import Engine\n"
            "from litwatch.store import open_store\n"
            "def die(connection, cursor, statement, *_):\n"
            "    if 'CREATE TABLE' in statement: os.kill(os.getpid(), signal.SIGKILL)\n"
            "event.listen(Engine, 'after_cursor_execute', die)\nopen_store(sys.argv[1])"
        )
        done = subprocess.run([sys.executable, "-c", program, f"sqlite:///{path}"], check=False, timeout=60)
        assert done.returncode == -signal.SIGKILL
        assert dump(path) == before
        with open_store(f"sqlite:///{path}") as store:
            assert list(store.load_ledger(WATCH)) == ["101", "102"]


class TestOpening:
    def test_a_store_of_a_later_litwatch_is_refused_and_unchanged(self, path: Path, later: Path) -> None:
        migrate(path, later)
        before = dump(path)
        with pytest.raises(StoreTooNew, match=r"later litwatch \(schema 0003\)"):
            open_store(f"sqlite:///{path}")
        assert dump(path) == before

    def test_an_empty_file_is_taken_for_a_store_that_begins(self, tmp_path: Path) -> None:
        (tmp_path / "litwatch.db").touch()
        with open_store(f"sqlite:///{tmp_path}/litwatch.db") as store:
            store.commit_run(a_commit())
            assert [issue.number for issue in store.load_issues(WATCH)] == [1]

    @pytest.mark.parametrize(
        "tables",
        [
            "CREATE TABLE record (pmid INTEGER)",
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0001')",
        ],
    )
    def test_a_database_of_another_program_is_refused_and_unchanged(self, tmp_path: Path, tables: str) -> None:
        path = tmp_path / "theirs.db"
        with reading(path) as connection:
            connection.executescript(tables)
        before = path.read_bytes()
        with pytest.raises(NotOurStore, match="something else than a litwatch store"):
            open_store(f"sqlite:///{path}")
        assert path.read_bytes() == before

    def test_a_current_store_imports_no_alembic_and_no_orm(self, path: Path) -> None:
        program = (
            "import sys; from litwatch.store import open_store; open_store(sys.argv[1]).close(); "
            "print([name for name in ('alembic', 'mako', 'sqlalchemy.orm', 'lxml', 'pandas') if name in sys.modules])"
        )
        command = [sys.executable, "-c", program, f"sqlite:///{path}"]
        assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"

    def test_a_store_that_is_being_made_by_another_process_is_waited_for_or_told(self, tmp_path: Path) -> None:
        path = tmp_path / "litwatch.db"
        with reading(path) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="another process"):
                open_store(f"sqlite:///{path}?timeout=0")
        open_store(f"sqlite:///{path}").close()

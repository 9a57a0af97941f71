"""PubmedArticleSet files to an archive."""

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from isal import igzip, isal_zlib

from litwatch.archive.schema import TABLES, faults_of, is_archive, token_of
from litwatch.archive.terms import COLUMNS, terms_of
from litwatch.errors import ConfigError, MalformedBatch, NotAnArchive
from litwatch.model.identifiers import Pmid
from litwatch.model.record import DeletedRecord, Parsed, Record, UnparsableRecord
from litwatch.pubmed.records import parse_records

_GZIP = b"\x1f\x8b"
# isal's stubs take its error for an instance.
_DAMAGE: tuple[type[Exception], ...] = (MalformedBatch, EOFError, OSError, cast("type[Exception]", isal_zlib.IsalError))
_RECORDS_PER_STEP = 500
_COLUMNS = ", ".join(COLUMNS)
_STAGE = f"""
    CREATE TEMP TABLE staged (pmid INTEGER PRIMARY KEY, version INTEGER, {_COLUMNS}, tokens, days)
"""
_SAVE_TERMS = f"INSERT OR REPLACE INTO staged VALUES ({', '.join('?' * (len(COLUMNS) + 4))})"  # noqa: S608
_SAVE_XML = "INSERT OR REPLACE INTO document VALUES (?, ?)"
_INDEX = (
    "INSERT INTO record SELECT pmid, version FROM staged",
    """INSERT INTO day SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), pmid
       FROM staged, json_each(days) ORDER BY 1, 2, 3""",
    f"INSERT INTO words (rowid, {_COLUMNS}) SELECT pmid, {_COLUMNS} FROM staged ORDER BY pmid",  # noqa: S608
    "INSERT INTO wholes (rowid, tokens) SELECT pmid, tokens FROM staged ORDER BY pmid",
    "INSERT INTO words (words) VALUES ('optimize')",
    "INSERT INTO wholes (wholes) VALUES ('optimize')",
)
_SETTINGS = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -65536;
"""


class Unread(NamedTuple):
    """A record that could not be read, or a file that could not be read to its end (``pmid`` None)."""

    file: str
    pmid: Pmid | None
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of everything in the files.

    ``records`` are in the archive now. ``replaced`` were superseded by a later version or occurrence of their PMID,
    ``deleted`` withdrawn by a DeleteCitation.
    """

    records: int
    replaced: int
    deleted: int
    unread: tuple[Unread, ...]


Progress = Callable[[Path, int], None]
"""Called now and then with the file being read and the number of records read so far."""


def build_archive(
    path: Path, files: Sequence[Path], progress: Progress | None = None, *, now: datetime | None = None
) -> BuildReport:
    """Load ``files`` (PubmedArticleSet XML, plain or gzip, in the order given) into a new archive at ``path``.

    The latest version of a PMID wins, of equal versions the last one read. An archive already at ``path`` is replaced
    when, and only when, the new one is complete. ``now`` is the time that the archive remembers, by default the
    clock's. Raises NotAnArchive when ``path`` is something else than an archive or cannot be written, ConfigError when
    a file is missing.
    """
    for file in files:
        if not file.is_file():
            raise ConfigError(f"{file}: there is no such file to build an archive from")
    _refuse_to_overwrite(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise NotAnArchive(f"{path}: cannot be written ({error.strerror})") from None
    os.close(handle)
    beside = Path(name)
    try:
        with faults_of(path), closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            report = _Builder(connection, progress).build(files, now or datetime.now(UTC))
        _refuse_nothing(path, report)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise
    return report


def _refuse_nothing(path: Path, report: BuildReport) -> None:
    """Raise ConfigError when no record could be read, so that an archive does not give way to an empty one."""
    if report.unread and not report.records:
        raise ConfigError(f"{path}: nothing could be read, so it is left as it is: {report.unread[0].reason}")


def _refuse_to_overwrite(path: Path) -> None:
    """Raise NotAnArchive when ``path`` is taken by something that is not an archive."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            ours = is_archive(connection)
    except sqlite3.DatabaseError:
        ours = False
    if not ours:
        raise NotAnArchive(f"{path}: not an archive of litwatch; it is left as it is")


class _Builder:
    """Fills an empty database.

    Terms are staged by PMID first and indexed at the end in the order of PMIDs: a record is indexed once, however often
    it was replaced, and FTS5, which starts a new segment at every step back, is never made to.
    """

    def __init__(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        self._connection = connection
        self._progress = progress
        self._read = self._replaced = self._deleted = 0
        self._unread: list[Unread] = []

    def build(self, files: Sequence[Path], now: datetime) -> BuildReport:
        """Load everything; returns what became of it."""
        self._connection.executescript(_SETTINGS + TABLES + _STAGE)
        self._connection.execute("BEGIN")
        for file in files:
            self._load_file(file)
        about = {"built_at": now.isoformat(), "files": json.dumps([file.name for file in files])}
        self._connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        for statement in _INDEX:
            self._connection.execute(statement)
        self._connection.execute("COMMIT")
        ((records,),) = self._connection.execute("SELECT count(*) FROM record")
        return BuildReport(records, self._replaced, self._deleted, tuple(self._unread))

    def _load_file(self, file: Path) -> None:
        for parsed in self._parse(file):
            self._load(file, parsed)
        if self._progress:
            self._progress(file, self._read)

    def _parse(self, file: Path) -> Iterator[Parsed]:
        """Everything in ``file`` up to its end, or to where it is damaged."""
        before = self._read
        try:
            with _opened(file) as stream:
                yield from parse_records(stream)
        except _DAMAGE as error:
            read = self._read - before
            self._unread.append(Unread(file.name, None, f"not read to its end, {read} records were: {error}"))

    def _load(self, file: Path, parsed: Parsed) -> None:
        self._read += 1
        match parsed.value:
            case Record() as record:
                self._save(record, parsed.xml)
            case DeletedRecord(pmid=pmid):
                for table in ("staged", "document"):
                    gone = self._connection.execute(f"DELETE FROM {table} WHERE pmid = ?", (int(pmid),))  # noqa: S608
                self._deleted += gone.rowcount
            case UnparsableRecord(pmid=pmid, reason=reason):
                self._unread.append(Unread(file.name, pmid, reason))
        if self._progress and self._read % _RECORDS_PER_STEP == 0:
            self._progress(file, self._read)

    def _save(self, record: Record, xml: bytes) -> None:
        pmid = int(record.pmid)
        earlier = self._connection.execute("SELECT version FROM staged WHERE pmid = ?", (pmid,)).fetchone()
        self._replaced += earlier is not None
        if earlier and earlier[0] > record.version:
            return
        terms = terms_of(record)
        tokens = " ".join(map(token_of, terms.values))
        staged = (pmid, record.version, *terms.texts, tokens, json.dumps(terms.days))
        self._connection.execute(_SAVE_TERMS, staged)
        self._connection.execute(_SAVE_XML, (pmid, isal_zlib.compress(xml)))


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """``file`` for reading, inflated when it is gzip, whatever its name."""
    with file.open("rb") as stream:
        if stream.peek(len(_GZIP)).startswith(_GZIP):
            yield cast("BinaryIO", igzip.IGzipFile(fileobj=stream))  # type: ignore[no-untyped-call]
        else:
            yield stream

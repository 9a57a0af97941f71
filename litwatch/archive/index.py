"""A PubMed on this machine: one SQLite file that is searched in PubMed's query language."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from isal import isal_zlib

from litwatch.archive.near import stand_near
from litwatch.archive.schema import VERSION, faults_of, is_archive, token_of
from litwatch.archive.terms import COLUMNS, TEXT_FIELDS, Value
from litwatch.errors import NotAnArchive
from litwatch.pubmed.evaluate import Answer, evaluate_query
from litwatch.pubmed.query import parse_query

_FETCHED_AT_ONCE = 200
_MAPPED_BYTES = 1 << 30
_FARTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What an archive holds. ``first`` and ``last`` are its earliest and latest create dates, None without any."""

    path: Path
    records: int
    built_at: datetime
    files: tuple[str, ...]
    first: date | None
    last: date | None


class Archive:
    """An archive opened for reading. May be used from several threads at once; a context manager closes it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._lock = RLock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """The archive at ``path``. Raises NotAnArchive when there is none or the file is something else."""
        if not path.is_file():
            raise NotAnArchive(f"{path}: there is no archive; `litwatch archive build` makes one")
        with faults_of(path):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            with faults_of(path):
                _check(path, connection)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def search(self, query: str) -> Answer:
        """Everything that ``query`` finds. Raises InvalidQuery."""
        node = parse_query(query)
        with self._lock, faults_of(self._path):
            return evaluate_query(node, SqliteIndex(self._connection))

    def fetch(self, pmids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """PMID and XML of each record that is here, in the order asked; one that is not here is passed over."""
        for start in range(0, len(pmids), _FETCHED_AT_ONCE):
            asked = [int(pmid) for pmid in pmids[start : start + _FETCHED_AT_ONCE]]
            query = "SELECT pmid, xml FROM document WHERE pmid IN (SELECT value FROM json_each(?))"
            found = dict(self._all(query, json.dumps(asked)))
            yield from ((pmid, isal_zlib.decompress(found[pmid])) for pmid in asked if pmid in found)

    def sort_by_publication(self, pmids: Sequence[int]) -> list[int]:
        """``pmids`` in PubMed's ``pub_date`` order: by printed, else electronic date, latest first, undated last."""
        query = """
            SELECT pmid, coalesce(max(CASE field WHEN 'ppdat' THEN ordinal END), max(ordinal)) FROM day
            WHERE field IN ('ppdat', 'epdat') AND pmid IN (SELECT value FROM json_each(?)) GROUP BY pmid
        """
        published = dict(self._all(query, json.dumps(list(pmids))))
        return sorted(pmids, key=lambda pmid: (published.get(pmid, 0), pmid), reverse=True)

    def info(self) -> ArchiveInfo:
        """What the archive holds."""
        about = dict(self._all("SELECT name, value FROM about"))
        ((records,),) = self._all("SELECT count(*) FROM record")
        ((first, last),) = self._all("SELECT min(ordinal), max(ordinal) FROM day WHERE field = 'crdt'")
        return ArchiveInfo(
            self._path,
            records,
            datetime.fromisoformat(about["built_at"]),
            tuple(json.loads(about["files"])),
            date.fromordinal(first) if first else None,
            date.fromordinal(last) if last else None,
        )

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._lock, faults_of(self._path):
            return self._connection.execute(query, values).fetchall()


def _check(path: Path, connection: sqlite3.Connection) -> None:
    if not is_archive(connection):
        raise NotAnArchive(f"{path}: a database, but not an archive of litwatch")
    if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
        raise NotAnArchive(f"{path}: made by another version of litwatch; `litwatch archive build` makes it anew")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")


class SqliteIndex:
    """The TermIndex over the tables of an archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find_phrase(self, field: str, words: Sequence[str], *, prefix: bool = False) -> frozenset[int]:
        """Records with a phrase; see TermIndex."""
        return self._match("words", _in_columns(field, _quoted(" ".join(words)) + "*" * prefix))

    def find_near(self, field: str, words: Sequence[str], distance: int) -> frozenset[int]:
        """Records with words near each other; see TermIndex."""
        # FTS5 bounds all words between the first and the last phrase, PubMed those between neighbours.
        within = min(distance * (len(words) - 1) + len(words) - 2, _FARTHEST)
        phrases = " ".join(map(_quoted, words))
        found = self._match("words", _in_columns(field, f"NEAR({phrases}, {within})"))
        return found if len(words) == len(set(words)) == 2 else self._keep_near(found, field, words, distance)

    def _keep_near(self, pmids: frozenset[int], field: str, words: Sequence[str], distance: int) -> frozenset[int]:
        """Those of ``pmids`` in which ``words`` stand near each other as PubMed counts."""
        query = "SELECT doc, col, offset FROM places WHERE term = ? AND doc IN (SELECT value FROM json_each(?))"
        places = defaultdict[tuple[int, str], list[tuple[int, str]]](list)
        for word in set(words):
            for pmid, column, offset in self._connection.execute(query, (word, json.dumps(sorted(pmids)))):
                if column in TEXT_FIELDS[field]:
                    places[pmid, column].append((offset, word))
        return frozenset(pmid for (pmid, _), found in places.items() if stand_near(found, words, distance))

    def find_value(self, field: str, value: str, *, prefix: bool = False) -> frozenset[int]:
        """Records with a whole value; see TermIndex."""
        return self._match("wholes", _quoted(token_of(Value(field, value))) + "*" * prefix)

    def find_dates(self, field: str, low: date, high: date) -> frozenset[int]:
        """Records with a date; see TermIndex."""
        query = "SELECT pmid FROM day WHERE field = ? AND ordinal BETWEEN ? AND ?"
        return self._pmids(query, field, low.toordinal(), high.toordinal())

    def find_pmids(self, low: int, high: int) -> frozenset[int]:
        """Records with a PMID in a range; see TermIndex."""
        return self._pmids("SELECT pmid FROM record WHERE pmid BETWEEN ? AND ?", low, high)

    def _match(self, table: str, expression: str) -> frozenset[int]:
        return self._pmids(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", expression)  # noqa: S608

    def _pmids(self, query: str, *values: object) -> frozenset[int]:
        return frozenset(chain.from_iterable(self._connection.execute(query, values)))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _in_columns(field: str, expression: str) -> str:
    columns = TEXT_FIELDS[field]
    return expression if columns == COLUMNS else f"{{{' '.join(columns)}}} : {expression}"

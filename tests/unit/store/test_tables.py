"""What lies in the tables, beyond what the port reads back: the search log, reasons, receipts."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from litwatch.errors import StoreError
from litwatch.model.digest import Receipt
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Standing
from litwatch.model.record import Parsed
from litwatch.store import SqlStore, open_store
from tests.builders import (
    NOW,
    a_delivery,
    a_failed_digest,
    a_flow,
    a_known_work,
    a_record,
    a_resolution,
    a_search_result,
    because,
)
from tests.commits import WATCH, a_commit, an_issue, parsed

WEEK = timedelta(weeks=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "litwatch.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    with open_store(f"sqlite:///{path}") as opened:
        yield opened


def rows(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def test_the_search_log_proves_how_a_search_was_made(store: SqlStore, path: Path) -> None:
    search = a_search_result(
        "101", "102", query='ketamine[tiab] "IL-1β"', warnings=("a phrase was not found",), slices=3
    )
    digest = an_issue(1, ["101"], search=replace(search, requests=7), flow=a_flow(reported=1, missing=1))
    store.commit_run(a_commit(digest=digest))
    assert rows(path, "SELECT * FROM search_log") == [
        {
            "run": f"{WATCH} 1",
            "source": "PubMed",
            "query": 'ketamine[tiab] "IL-1β"',
            "translation": "ketamine[tiab]",
            "reported": 2,
            "received": 2,
            "warnings": json.dumps(["a phrase was not found"]),
            "slices": 3,
            "requests": 7,
            "searched_at": "2026-01-05 07:00:00.000000",
        }
    ]


def test_runs_are_kept_with_how_they_ended(store: SqlStore, path: Path) -> None:
    store.commit_run(a_commit(1))
    store.commit_run(a_commit(2, [], digest=an_issue(2, flow=a_flow(pending=1))))
    store.record_failed_run(WATCH, "the third", NOW, a_failed_digest("PubMed did not answer"))
    assert [
        tuple(row.values()) for row in rows(path, "SELECT state, issue, failure FROM watch_run ORDER BY rowid")
    ] == [
        ("done", 1, ""),
        ("incomplete", 2, ""),
        ("could not search", None, "PubMed did not answer"),
    ]
    assert len(rows(path, "SELECT * FROM search_log")) == 2


def test_what_joined_a_record_to_its_work_stands_until_the_work_changes(store: SqlStore, path: Path) -> None:
    def kept() -> list[tuple[Any, ...]]:
        found = rows(path, "SELECT work, rule, candidate FROM membership WHERE pmid = 102")
        return [tuple(row.values()) for row in found]

    def resolve(issue: int, work: str, rule: str, candidate: str | None = None) -> None:
        resolution = a_resolution("102", Standing.NEW, work=work, because=because(rule), candidate=candidate)
        store.commit_run(
            a_commit(issue, [], works=(a_known_work("101"), a_known_work("102")), resolutions=(resolution,))
        )

    resolve(1, "pmid:102", "alike, not sure", "pmid:101")
    assert kept() == [("pmid:102", "alike, not sure", "pmid:101")]
    resolve(2, "pmid:102", "seen by another watch", "pmid:101")
    assert kept() == [("pmid:102", "alike, not sure", "pmid:101")]
    resolve(3, "pmid:102", "not alike after all")
    assert kept() == [("pmid:102", "not alike after all", None)]
    resolve(4, "pmid:101", "same DOI")
    assert kept() == [("pmid:101", "same DOI", None)]


def test_every_try_to_deliver_is_counted_and_the_last_word_kept(store: SqlStore, path: Path) -> None:
    store.commit_run(a_commit(1))
    promised = "SELECT state, tries, at, detail FROM delivery"
    assert rows(path, promised) == [{"state": "pending", "tries": 0, "at": None, "detail": ""}]
    store.save_receipt(Receipt(a_delivery(WATCH, 1), "pending", NOW, "the disk is full"))
    store.save_receipt(Receipt(a_delivery(WATCH, 1), "delivered", NOW + WEEK, "1/digest.html"))
    store.save_receipt(Receipt(a_delivery(WATCH, 1), "delivered", NOW + 2 * WEEK, "again"))
    at = "2026-01-12 07:00:00.000000"
    assert rows(path, promised) == [{"state": "delivered", "tries": 2, "at": at, "detail": "1/digest.html"}]


def test_a_record_that_did_not_change_is_not_written_again(store: SqlStore, path: Path) -> None:
    store.save_records([parsed("101"), parsed("102")], NOW)
    before = rows(path, "SELECT * FROM record")
    store.save_records([parsed("101"), parsed("102", b"changed")], NOW + WEEK)
    after = rows(path, "SELECT * FROM record")
    assert after[0] == before[0]
    assert after[1]["hash"] != before[1]["hash"]
    assert after[1]["first_read"] == before[1]["first_read"]
    assert after[1]["changed"] == "2026-01-12 07:00:00.000000"


def test_records_are_compressed(store: SqlStore, path: Path) -> None:
    xml = b"<PubmedArticle>" + b"<AbstractText>Ketamine lowered interleukin-6.</AbstractText>" * 200
    store.save_records([Parsed(a_record("101"), xml)], NOW)
    (row,) = rows(path, "SELECT length(xml) AS size FROM record")
    assert row["size"] < len(xml) / 10
    assert store.load_record_xml([Pmid("101")]) == {"101": xml}


def test_a_resolution_that_names_a_work_nobody_knows_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="nothing was written"):
        store.commit_run(a_commit(resolutions=(a_resolution("102", work="pmid:7"),)))
    assert store.load_issues(WATCH) == ()

"""An archive, searched and read."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive
from litwatch.archive.near import stand_near
from litwatch.errors import InvalidQuery, NotAnArchive
from litwatch.model.record import Record
from litwatch.pubmed.evaluate import evaluate_query
from litwatch.pubmed.query import parse_query
from litwatch.pubmed.query_words import split_words
from litwatch.pubmed.records import parse_records
from tests.builders import a_record
from tests.pubmed_xml import records_xml
from tests.shared_data import shared_data
from tests.unit.pubmed.language_records import CASES, RECORDS
from tests.unit.pubmed.naive_index import NaiveIndex, has_near
from tests.unit.pubmed.random_queries import RANDOM_CASES, Case

BUILT = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "records.xml").write_bytes(records_xml(*RECORDS))
    build_archive(folder / "a.sqlite", [folder / "records.xml"], now=BUILT)
    with Archive.open(folder / "a.sqlite") as opened:
        yield opened


@pytest.mark.parametrize(("query", "pmids"), CASES)
def test_the_rules_of_the_language(archive: Archive, query: str, pmids: set[int]) -> None:
    assert set(archive.search(query).ids) == pmids


@pytest.mark.parametrize("query", [query for query, _ in CASES])
def test_everything_is_told_as_over_any_other_index(archive: Archive, query: str) -> None:
    assert archive.search(query) == evaluate_query(parse_query(query), NaiveIndex(RECORDS))


@settings(max_examples=150)
@given(case=RANDOM_CASES)
def test_any_combination_is_set_algebra_from_left_to_right(archive: Archive, case: Case) -> None:
    assert set(archive.search(case.query).ids) == case.pmids


@settings(max_examples=150)
@given(
    text=st.text(max_size=30)
    | st.lists(st.sampled_from(['"', "(", ")", "[doi]", "[mh]", "[au]", "[ti]", "/", "*", "abcd", "ß'-", " "])).map(
        "".join
    )
)
def test_any_text_is_answered_or_refused(archive: Archive, text: str) -> None:
    with suppress(InvalidQuery):
        ids = archive.search(text).ids
        assert list(ids) == sorted(set(ids))


def test_very_long_phrases_and_distances_are_answered(archive: Archive) -> None:
    assert archive.search(f'"{"ketamine " * 3_000}"[tiab]').ids == ()
    assert archive.search('"hip pain"[tiab:~999999]').ids == (11, 12, 14, 15)
    assert archive.search('"hip knee pain"[tiab:~999999]').ids == (11,)


def test_a_query_that_cannot_be_read_is_refused(archive: Archive) -> None:
    with pytest.raises(InvalidQuery):
        archive.search("ketamine[tiba]")


def test_records_come_in_the_order_asked_and_as_they_stood_in_the_file(archive: Archive) -> None:
    fetched = list(archive.fetch([14, 11, 99, 14]))
    assert [pmid for pmid, _ in fetched] == [14, 11, 14]
    one = BytesIO(b"<PubmedArticleSet>" + fetched[1][1] + b"</PubmedArticleSet>")
    (parsed,) = parse_records(one)
    assert isinstance(parsed.value, Record)
    assert parsed.value.title == RECORDS[0].title


def test_nothing_asked_is_nothing_fetched(archive: Archive) -> None:
    assert list(archive.fetch([])) == []


def test_what_it_holds(archive: Archive) -> None:
    info = archive.info()
    assert info.records == len(RECORDS)
    assert info.built_at == BUILT
    assert info.files == ("records.xml",)
    assert (info.first, info.last) == (date(2011, 2, 3), date(2014, 7, 1))


def test_several_threads_may_ask_at_once(archive: Archive) -> None:
    def ask(_: int) -> tuple[tuple[int, ...], int]:
        return archive.search("hip[tiab] OR ketamine").ids, len(list(archive.fetch([11, 12, 13])))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(64))) == {((11, 12, 13, 14, 15), 3)}


def test_no_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="there is no archive"):
        Archive.open(tmp_path / "missing.sqlite")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database. " * 100)
    with pytest.raises(NotAnArchive, match=r"notes\.txt: it is something else than an archive"):
        Archive.open(path)


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "records.xml").write_bytes(records_xml(*RECORDS))
    path = tmp_path / "a.sqlite"
    build_archive(path, [tmp_path / "records.xml"])
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(NotAnArchive, match=r"a\.sqlite: it is damaged"), Archive.open(path) as archive:
        archive.search("ketamine[tiab]")


@pytest.mark.parametrize(
    ("pragma", "told"), [("user_version = 1", "a database, but"), ("application_id = 1818850423", "another version")]
)
def test_another_database_or_another_version_is_named(tmp_path: Path, pragma: str, told: str) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA {pragma}; CREATE TABLE t (c)")
    with pytest.raises(NotAnArchive, match=told):
        Archive.open(path)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from("abcx"), max_size=9),
    st.lists(st.sampled_from("abc"), min_size=2, max_size=4),
    st.integers(0, 3),
)
def test_nearness_is_what_looking_at_all_places_finds(text: list[str], words: list[str], distance: int) -> None:
    places = [(place, word) for place, word in enumerate(text) if word in words]
    assert stand_near(places, words, distance) == has_near(tuple(text), words, distance)


def test_the_archive_and_plain_looking_agree_on_real_records(tmp_path: Path) -> None:
    file = shared_data("pubmed", "ketamine_articles.xml")
    build_archive(tmp_path / "a.sqlite", [file])
    with file.open("rb") as stream:
        records = [parsed.value for parsed in parse_records(stream) if isinstance(parsed.value, Record)]
    naive = NaiveIndex(records)
    words = {word for record in records for word in split_words(record.title)}
    names = {f'"{heading.name}"[majr]' for record in records for heading in record.mesh}
    names |= {f'"{author.printed}"[au]' for record in records for author in record.authors if author.last_name}
    texts = {f"{word}[{tag}]" for word in words for tag in ("ti", "tiab", "tw", "ot")}
    proximities = {f'"ketamine {word}"[tiab:~4]' for word in words}
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert archive.info().records == len(records)
        for query in sorted(names | texts | proximities)[::3]:
            assert archive.search(query) == evaluate_query(parse_query(query), naive), query


def test_a_record_of_the_present_can_be_found_by_everything_it_prints(tmp_path: Path) -> None:
    record = a_record("7")
    (tmp_path / "one.xml").write_bytes(records_xml(record))
    build_archive(tmp_path / "a.sqlite", [tmp_path / "one.xml"])
    with Archive.open(tmp_path / "a.sqlite") as archive:
        for query in (f'"{record.title}"[ti]', f"{record.doi}[doi]", record.journal.issn + "[ta]", "7[pmid]"):
            assert archive.search(query).ids == (7,), query

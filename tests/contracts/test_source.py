"""Every source keeps the same promises: the fake that the tests use, PubMed over HTTP, and an archive read directly."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from litwatch.archive import server_replies
from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive
from litwatch.archive.server import ServedArchive, serving
from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Pmid
from litwatch.model.record import HistoryDate, Journal, Record
from litwatch.model.search import CitationMatch, CitationOutcome, CitationQuery, RawBatch
from litwatch.ports import Source
from litwatch.pubmed.replies import check_fetch_reply
from litwatch.sources import eutils, slices
from litwatch.sources.archive import ArchiveSource
from litwatch.sources.eutils import EutilsSettings, EutilsSource
from tests.builders import NOW, a_record, authors, records_xml
from tests.fakes import FakeClock, FakeSource

FIRST_DAY = date(2020, 1, 1)
COUNT = 1_001
"""More than two batches of 500."""

KETAMINE, PROPOFOL, ABSENT = "ketamine[tiab]", "propofol[tiab]", "ketamine[tiab] AND propofol[tiab]"


def created_on(day: date) -> tuple[HistoryDate, ...]:
    return (HistoryDate("entrez", PartialDate(day.year, day.month, day.day)),)


def ketamine_records() -> list[Record]:
    """Records 8 to 1008, one created each day, so that ids of different length are among them."""
    days = (FIRST_DAY + timedelta(days=n) for n in range(COUNT))
    return [a_record(str(n), history=created_on(day), mesh=()) for n, day in enumerate(days, 8)]


PROPOFOL_RECORDS = [
    a_record("2000", title="Propofol in an invented trial.", abstract=(), mesh=(), history=created_on(FIRST_DAY)),
    a_record("99", title="Propofol again, as invented.", abstract=(), mesh=(), history=created_on(FIRST_DAY)),
]

ACTA = Journal("Acta anaesthesiologica invented", "Acta Anaesthesiol Inv", volume="62", issue="1", pages="47-58")
LOIX = a_record("3000", title="No drug at all.", abstract=(), mesh=(), journal=ACTA, authors=authors("Loix S", "Roe A"))
PLACE = CitationQuery("Acta Anaesthesiol Inv", 2011, "62", "47", "Loix S")
NOT_FOUND = CitationMatch(CitationOutcome.NOT_FOUND)
FOUND = CitationMatch(CitationOutcome.MATCHED, (LOIX.pmid,))


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [*ketamine_records(), *PROPOFOL_RECORDS, LOIX]


@pytest.fixture(scope="module")
def archive(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("contract")
    # The propofol records come last: of two that share a PMID, 99, the last one read is kept.
    (folder / "records.xml").write_bytes(records_xml(*records))
    build_archive(folder / "archive.db", [folder / "records.xml"], now=NOW)
    with Archive.open(folder / "archive.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def served(archive: Archive) -> Iterator[ServedArchive]:
    with serving(archive) as running:
        yield running


def over_http(url: str) -> EutilsSource:
    return EutilsSource(EutilsSettings("litwatch-tests", "tests@example.org", base_url=url, max_tries=2), FakeClock())


@pytest.fixture(params=["fake", "eutils", "archive"])
def source(request: pytest.FixtureRequest, records: list[Record]) -> Source:
    if request.param == "fake":
        propofol = [record.pmid for record in PROPOFOL_RECORDS]
        ketamine = [record.pmid for record in records if record.pmid not in (*propofol, LOIX.pmid)]
        return FakeSource(FakeClock(), records, {KETAMINE: ketamine, PROPOFOL: propofol})
    if request.param == "eutils":
        served: ServedArchive = request.getfixturevalue("served")
        return over_http(served.url)
    return ArchiveSource(request.getfixturevalue("archive"), FakeClock())


@pytest.fixture(params=["eutils", "archive"])
def reader_of_queries(request: pytest.FixtureRequest) -> Source:
    """The sources that read a query instead of knowing it."""
    if request.param == "eutils":
        served: ServedArchive = request.getfixturevalue("served")
        return over_http(served.url)
    return ArchiveSource(request.getfixturevalue("archive"), FakeClock())


def test_a_search_brings_every_id_in_ascending_order(source: Source) -> None:
    result = source.search(KETAMINE)
    assert result.pmids == tuple(Pmid(str(n)) for n in range(8, 8 + COUNT) if n != 99)
    assert result.reported == COUNT - 1


def test_ids_ascend_by_number_and_not_by_letter(source: Source) -> None:
    assert source.search(PROPOFOL).pmids == ("99", "2000")


def test_a_search_tells_what_was_sent_how_it_was_understood_and_when(source: Source) -> None:
    result = source.search(PROPOFOL)
    assert result.query == PROPOFOL
    assert "propofol" in result.translation.lower()
    assert result.searched_at == NOW
    assert result.source
    assert (result.requests, result.slices) == (1, 1)


def test_no_hits_are_an_answer(source: Source) -> None:
    result = source.search(ABSENT)
    assert (result.reported, result.pmids) == (0, ())


@pytest.mark.parametrize("days", [0, 1, 80, 400])
def test_until_keeps_the_records_created_on_that_day_and_before(source: Source, days: int) -> None:
    result = source.search(KETAMINE, until=FIRST_DAY + timedelta(days=days))
    assert result.pmids == tuple(Pmid(str(n)) for n in range(8, 9 + days) if n != 99)


def test_until_a_day_before_all_records_finds_none(source: Source) -> None:
    assert source.search(KETAMINE, until=FIRST_DAY - timedelta(days=1)).pmids == ()


def test_every_id_asked_for_is_in_one_batch_in_the_order_asked(source: Source) -> None:
    asked = [Pmid(str(n)) for n in range(1008, 7, -1)]
    batches = list(source.fetch([*asked, asked[0], asked[3]]))
    assert [pmid for batch in batches for pmid in batch.asked] == asked
    assert len(batches) == 3


def test_a_batch_holds_the_records_that_were_asked_for(source: Source) -> None:
    for batch in source.fetch([Pmid("500"), Pmid("2000"), Pmid("8")]):
        assert isinstance(batch, RawBatch)
        check_fetch_reply(batch.body, 200)
        assert [batch.body.count(f">{pmid}</PMID>".encode()) for pmid in ("500", "2000", "8", "501")] == [1, 1, 1, 0]


def test_an_id_that_the_source_does_not_hold_is_asked_for_and_not_sent(source: Source) -> None:
    (batch,) = source.fetch([Pmid("500"), Pmid("77777")])
    assert isinstance(batch, RawBatch)
    assert batch.asked == ("500", "77777")
    assert b"77777" not in batch.body


def test_a_batch_of_ids_that_the_source_does_not_hold_is_a_whole_empty_set(source: Source) -> None:
    (batch,) = source.fetch([Pmid("77777")])
    assert isinstance(batch, RawBatch)
    check_fetch_reply(batch.body, 200)


def test_nothing_asked_for_is_nothing_sent(source: Source) -> None:
    assert list(source.fetch([])) == []


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({}, FOUND),
        ({"journal": "Acta anaesthesiologica invented"}, FOUND),
        ({"journal": "", "author": ""}, FOUND),
        ({"year": None, "volume": ""}, FOUND),
        ({"author": "Roe A"}, FOUND),
        ({"first_page": "48"}, NOT_FOUND),
        ({"year": 2012}, NOT_FOUND),
        ({"journal": "No such journal"}, NOT_FOUND),
        (dict.fromkeys(("journal", "volume", "first_page", "author"), "") | {"year": None}, NOT_FOUND),
    ],
)
def test_a_printed_place_is_matched_with_the_record_that_has_all_that_is_given(
    source: Source, changes: dict[str, Any], match: CitationMatch
) -> None:
    assert source.match_citations([PLACE._replace(**changes)]) == (match,)


def test_a_place_where_several_records_stand_is_ambiguous_and_not_a_match(source: Source) -> None:
    (match,) = source.match_citations([CitationQuery("Invent J Ex", 2011, "1", "3")])
    assert match.outcome is CitationOutcome.AMBIGUOUS


def test_matches_come_in_the_order_asked_for_also_of_many_and_of_repeated_ones(source: Source) -> None:
    asked = [PLACE._replace(first_page=str(page)) for page in range(45, 245)]
    matches = source.match_citations([*asked, PLACE])
    assert [place for place, match in enumerate(matches) if match != NOT_FOUND] == [2, 200]


def test_what_a_citation_says_cannot_break_the_request(source: Source) -> None:
    odd = PLACE._replace(journal='a|b\r"c" [ta]\n| OR &', author="O'Roe (A) NOT x")
    assert source.match_citations([odd, PLACE]) == (NOT_FOUND, FOUND)


def test_nothing_asked_for_is_nothing_matched(source: Source) -> None:
    assert source.match_citations([]) == ()


def test_ping_is_one_line(source: Source) -> None:
    assert source.ping()
    assert "\n" not in source.ping()


def test_a_restriction_holds_for_every_arm_of_the_query(reader_of_queries: Source) -> None:
    result = reader_of_queries.search(f"{PROPOFOL} OR {KETAMINE}", until=FIRST_DAY)
    assert result.pmids == ("8", "99", "2000")


def test_a_phrase_that_the_source_does_not_know_is_a_warning(reader_of_queries: Source) -> None:
    result = reader_of_queries.search(f"{PROPOFOL} OR qwertyxyz[tiab]")
    assert result.reported == 2
    assert any("qwertyxyz" in warning for warning in result.warnings)


@pytest.mark.parametrize("query", ["ketamine[tiab", "(ketamine", "ketamine[nosuchtag]", "   "])
def test_a_query_that_cannot_be_read_is_refused_and_not_empty(reader_of_queries: Source, query: str) -> None:
    with pytest.raises(SourceRefused):
        reader_of_queries.search(query)


def test_a_fault_of_the_query_is_placed_in_the_query_as_given(archive: Archive) -> None:
    source = ArchiveSource(archive, FakeClock())
    messages = []
    for until in (None, FIRST_DAY):
        with pytest.raises(SourceRefused) as caught:
            source.search("ketamine[nosuchtag]", until=until)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_a_source_that_cannot_be_reached_is_an_error_and_never_an_empty_answer(archive: Archive) -> None:
    with serving(archive) as stopped:
        gone = over_http(stopped.url)
    fake = FakeSource(FakeClock(), (), {})
    fake.failure = SourceUnavailable("the fake is away")
    for source in (gone, fake):
        with pytest.raises(SourceError):
            source.search(KETAMINE)
        with pytest.raises(SourceError):
            source.ping()
        with pytest.raises(SourceError):
            source.match_citations([PLACE])
        (batch,) = source.fetch([Pmid("8")])
        assert not isinstance(batch, RawBatch)
        assert batch.asked == ("8",)
        assert batch.reason


def test_litwatch_makes_one_request_for_an_ordinary_search(served: ServedArchive) -> None:
    before = len(served.requests)
    over_http(served.url).search(KETAMINE)
    assert [request.utility for request in served.requests[before:]] == ["esearch"]


def test_more_records_than_one_reply_holds_are_all_found(
    served: ServedArchive, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of 9,999 is lowered on both sides, so that a small archive shows what a large one would."""
    monkeypatch.setattr(server_replies, "WINDOW", 300)
    monkeypatch.setattr(slices, "SERVED", 300)
    monkeypatch.setattr(eutils, "SERVED", 300)
    before = len(served.requests)
    result = over_http(served.url).search(KETAMINE)
    assert result.pmids == ArchiveSource(archive, FakeClock()).search(KETAMINE).pmids
    assert result.slices > 1
    assert result.requests == len(served.requests) - before <= 12

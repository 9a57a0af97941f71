"""Searches are complete or say that they are not; fetches account for every id."""

import json
import re
import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import SearchIncomplete, SourceRefused
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationOutcome, CitationQuery, FailedBatch, RawBatch
from litwatch.sources.eutils import EutilsSettings
from tests.builders import NOW, a_record, records_xml
from tests.fakes import FakeClock
from tests.unit.sources.loopback import DOWN, REFUSED, Answer, Asked, a_source, answering, found, ids, in_turn


def records(asked: Asked) -> Answer:
    """The records that a fetch asks for."""
    return Answer(records_xml(*(a_record(pmid) for pmid in asked.form["id"].split(","))))


def test_an_ordinary_search_is_one_request_and_tells_all_about_itself() -> None:
    with answering(in_turn(found("30", "9", "100"))) as server:
        result = a_source(server).search("ketamine[tiab]")
    assert server.asked == [
        Asked(
            "esearch.fcgi",
            {
                "db": "pubmed",
                "tool": "litwatch-tests",
                "email": "tests@example.org",
                "term": "ketamine[tiab]",
                "retmode": "json",
                "retmax": "9999",
                "sort": "pub_date",
            },
        )
    ]
    assert (result.source, result.query, result.translation) == (
        "PubMed, E-utilities at 127.0.0.1",
        "ketamine[tiab]",
        "as understood",
    )
    assert (result.reported, result.pmids) == (3, ("9", "30", "100"))
    assert (result.requests, result.slices, result.searched_at, result.warnings) == (1, 1, NOW, ())


def test_a_search_until_a_day_says_what_was_really_sent() -> None:
    with answering(in_turn(found())) as server:
        result = a_source(server).search("a OR b", until=date(2024, 2, 29))
    assert result.query == '(a OR b) AND ("1800/01/01"[crdt] : "2024/02/29"[crdt])'
    assert server.asked[0].form["term"] == result.query
    assert result.pmids == ()


def test_a_query_of_any_length_and_alphabet_arrives_as_it_is() -> None:
    query = " OR ".join(f'"IL-1β & {n}%"[tiab]' for n in range(2000))
    with answering(in_turn(found("1"))) as server:
        a_source(server).search(query)
    assert server.asked[0].form["term"] == query


def test_what_pubmed_left_out_is_a_warning_of_the_result() -> None:
    with answering(in_turn(found("1", errorlist={"phrasesnotfound": ["ketamin3"], "fieldsnotfound": []}))) as server:
        result = a_source(server).search("ketamine OR ketamin3")
    assert result.warnings == ("PubMed did not know «ketamin3» and searched without it",)


def test_the_api_key_is_sent_when_there_is_one() -> None:
    with answering(in_turn(found())) as server:
        a_source(server, api_key="0123456789abcdef").search("ketamine")
    assert server.asked[0].form["api_key"] == "0123456789abcdef"


@pytest.mark.parametrize(("changes", "rate"), [({}, 3), ({"api_key": "0123456789"}, 10), ({"rate": 50}, 50)])
def test_the_rate_is_ncbis_unless_another_is_given(changes: dict[str, Any], rate: int) -> None:
    clock = FakeClock()
    with answering(in_turn(found())) as server:
        source = a_source(server, clock, **changes)
        for _ in range(rate):
            source.search("ketamine")
        assert clock.slept == []
        source.search("ketamine")
    assert len(clock.slept) == 1


def test_ids_that_do_not_add_up_are_asked_for_once_more() -> None:
    with answering(in_turn(found("1", "2", count=3), found("1", "2", "3"))) as server:
        result = a_source(server).search("ketamine")
    assert (result.pmids, result.requests) == (("1", "2", "3"), 2)


@pytest.mark.parametrize("sent", [("1", "2"), ("1", "2", "2"), ("1", "2", "3", "4")])
def test_ids_that_never_add_up_are_an_incomplete_search_with_both_numbers(sent: tuple[str, ...]) -> None:
    with (
        answering(in_turn(found(*sent, count=3))) as server,
        pytest.raises(SearchIncomplete, match=f"reported 3 ids and sent {len(set(sent))} "),
    ):
        a_source(server).search("ketamine")
    assert len(server.asked) == 2


def test_a_search_beyond_the_limit_is_refused_before_it_is_cut() -> None:
    with (
        answering(in_turn(found("1", count=100_001))) as server,
        pytest.raises(SourceRefused, match="100,001 records, more than max_results = 100,000; narrow"),
    ):
        a_source(server).search("ketamine")
    assert len(server.asked) == 1


def pubmed_with(count: int) -> Callable[[Asked], Answer]:
    """A PubMed of ``count`` records, all found by every query, created one a day from 1980 on."""
    created = {str(n): date(1980, 1, 1) + timedelta(days=n) for n in range(1, count + 1)}

    def answer(asked: Asked) -> Answer:
        if asked.program == "efetch.fcgi":
            dates = (created[pmid] for pmid in asked.form["id"].split(","))
            entries = (f"<Year>{day.year}</Year><Month>{day.month}</Month><Day>{day.day}</Day>" for day in dates)
            histories = "".join(f'<PubMedPubDate PubStatus="entrez">{entry}</PubMedPubDate>' for entry in entries)
            return Answer(f"<PubmedArticleSet>{histories}</PubmedArticleSet>".encode())
        limits = re.findall(r'"(\d{4})/(\d\d)/(\d\d)"\[crdt\]', asked.form["term"])
        first, last = (date(*map(int, limit)) for limit in limits) if limits else (date.min, date.max)
        matching = [pmid for pmid, day in reversed(created.items()) if first <= day <= last]
        return found(*matching[:9999], count=len(matching))

    return answer


def test_more_ids_than_one_reply_holds_are_gathered_from_slices() -> None:
    with answering(pubmed_with(12_000)) as server:
        result = a_source(server).search("ketamine")
    assert len(result.pmids) == result.reported == 12_000
    assert (result.query, result.slices) == ("ketamine", 2)
    assert result.requests == len(server.asked) <= 5


def test_an_outage_between_slices_is_an_error_and_no_smaller_set() -> None:
    whole = pubmed_with(12_000)
    with (
        answering(lambda asked: DOWN if "crdt" in asked.form.get("term", "") else whole(asked)) as server,
        pytest.raises(Exception, match="an HTML page «down»"),
    ):
        a_source(server).search("ketamine")


def test_batches_come_in_the_order_asked_each_id_once() -> None:
    asked = ids(*range(1, 24), 3, 1)
    with answering(records) as server:
        batches = list(a_source(server, batch_size=5).fetch(asked))
    assert [pmid for batch in batches for pmid in batch.asked] == ids(*range(1, 24))
    assert [len(batch.asked) for batch in batches] == [5, 5, 5, 5, 3]
    for batch in batches:
        assert isinstance(batch, RawBatch)
        assert all(f">{pmid}</PMID>".encode() in batch.body for pmid in batch.asked)
    assert {request.program for request in server.asked} == {"efetch.fcgi"}


def test_ten_thousand_records_take_twenty_requests() -> None:
    with answering(lambda asked: Answer(b"<PubmedArticleSet/>")) as server:
        assert len(list(a_source(server).fetch(ids(*range(1, 10_001))))) == 20
    assert len(server.asked) == 20


def test_nothing_to_fetch_is_no_request() -> None:
    with answering(records) as server:
        assert list(a_source(server).fetch([])) == []
    assert server.asked == []


def test_several_requests_are_in_flight_at_once() -> None:
    together = threading.Barrier(3, timeout=10)

    def answer_three_at_once(asked: Asked) -> Answer:
        together.wait()
        return records(asked)

    with answering(answer_three_at_once) as server:
        batches = list(a_source(server, batch_size=1).fetch(ids(*range(1, 7))))
    assert all(isinstance(batch, RawBatch) for batch in batches)


def test_no_more_is_fetched_ahead_than_may_be_in_flight() -> None:
    with answering(records) as server:
        batches = a_source(server, batch_size=1).fetch(ids(*range(1, 50)))
        for taken in range(1, 6):
            next(batches)
            assert len(server.asked) <= taken + 2


def test_a_caller_that_stops_early_stops_the_requests() -> None:
    with answering(records) as server:
        batches = a_source(server, batch_size=1).fetch(ids(*range(1, 50)))
        next(batches)
        batches.close()  # type: ignore[attr-defined]
        assert len(server.asked) <= 3


@pytest.mark.parametrize("failure", [REFUSED, DOWN])
def test_a_batch_that_fails_does_not_take_the_others_with_it(failure: Answer) -> None:
    with answering(lambda asked: failure if asked.form["id"] == "3" else records(asked)) as server:
        batches = list(a_source(server, batch_size=1).fetch(ids(*range(1, 9))))
    assert [batch.asked[0] for batch in batches if isinstance(batch, FailedBatch)] == ["3"]
    assert len(batches) == 8


def test_a_source_that_refuses_everything_is_not_asked_for_everything() -> None:
    with answering(in_turn(REFUSED)) as server:
        batches = list(a_source(server, batch_size=1).fetch(ids(*range(1, 101))))
    assert len(server.asked) == 3
    assert [batch.asked[0] for batch in batches] == ids(*range(1, 101))
    assert {type(batch) for batch in batches} == {FailedBatch}
    assert "API key invalid" in batches[-1].reason  # type: ignore[union-attr]


def test_when_the_time_is_used_up_the_batches_left_fail_without_a_request() -> None:
    clock = FakeClock()
    with answering(records) as server:
        batches = a_source(server, clock, batch_size=1, budget=60.0).fetch(ids(*range(1, 101)))
        first = next(batches)
        clock.elapsed += 61.0
        rest = list(batches)
    assert isinstance(first, RawBatch)
    assert [batch.asked[0] for batch in rest] == ids(*range(2, 101))
    failed = [batch for batch in rest if isinstance(batch, FailedBatch)]
    assert len(failed) >= 97
    assert "the time budget of 60 s is used up" in failed[-1].reason
    assert len(server.asked) <= 3


def accounted_for(batches: Sequence[RawBatch | FailedBatch]) -> list[Pmid]:
    return [pmid for batch in batches for pmid in batch.asked]


@given(
    outcomes=st.lists(st.sampled_from([None, REFUSED, DOWN]), max_size=14),
    batch_size=st.integers(1, 3),
    in_flight=st.integers(1, 5),
)
@settings(max_examples=40)
def test_every_id_is_in_one_batch_whatever_fails(
    outcomes: list[Answer | None], batch_size: int, in_flight: int
) -> None:
    asked = ids(*range(1, len(outcomes) + 1))

    def answer(request: Asked) -> Answer:
        first = int(request.form["id"].partition(",")[0])
        return outcomes[first - 1] or records(request)

    with answering(answer) as server:
        source = a_source(server, batch_size=batch_size, in_flight=in_flight, max_tries=1)
        assert accounted_for(list(source.fetch(asked))) == asked


def test_ping_says_who_answered() -> None:
    info = {"dbname": "pubmed", "menuname": "PubMed", "dbbuild": "Build-1", "lastupdate": "2026/01/02 03:04"}
    with answering(in_turn(Answer(json.dumps({"einforesult": {"dbinfo": [info]}}).encode()))) as server:
        assert a_source(server).ping() == "PubMed (Build-1, last update 2026/01/02 03:04) at 127.0.0.1"
    assert server.asked[0].program == "einfo.fcgi"


def test_settings_do_not_show_the_api_key() -> None:
    assert "0123456789" not in repr(EutilsSettings("litwatch", "a@example.org", api_key="0123456789"))


PLACE = CitationQuery("Acta Anaesthesiol Belg", 2011, "62", "47", "Loix S")


def none_found(asked: Asked) -> Answer:
    return Answer("".join(f"{line}NOT_FOUND\n" for line in asked.form["bdata"].split("\r")).encode())


def test_citations_are_sent_as_the_manual_says() -> None:
    with answering(none_found) as server:
        a_source(server).match_citations([PLACE, CitationQuery(first_page="9|\r9")])
    (asked,) = server.asked
    assert (asked.program, asked.form["retmode"]) == ("ecitmatch.cgi", "xml")
    assert asked.form["bdata"] == "Acta Anaesthesiol Belg|2011|62|47|Loix S|c0|\r|||9 9||c1|"


def test_many_citations_go_out_in_batches_and_each_different_one_once() -> None:
    many = [PLACE._replace(first_page=str(page)) for page in range(250)]
    with answering(none_found) as server:
        matches = a_source(server).match_citations([*many, *many])
    assert [asked.form["bdata"].count("\r") + 1 for asked in server.asked] == [100, 100, 50]
    assert {match.outcome for match in matches} == {CitationOutcome.NOT_FOUND} and len(matches) == 500


def test_a_reply_that_lacks_a_citation_is_asked_for_again_and_never_not_found() -> None:
    with answering(in_turn(Answer(b"a|c0|NOT_FOUND\n"), Answer(b"a|c0|7\nb|c1|NOT_FOUND\n"))) as server:
        matches = a_source(server).match_citations([PLACE, PLACE._replace(year=2012)])
    assert [match.pmids for match in matches] == [("7",), ()]

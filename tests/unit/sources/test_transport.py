"""Faults of networks and servers: tried again with patience while that may help, told plainly when not, no secrets."""

import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests
import urllib3

from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.model.identifiers import Pmid
from litwatch.model.search import FailedBatch, RawBatch
from litwatch.sources import transport
from litwatch.sources.eutils import EutilsSettings, EutilsSource
from tests.builders import a_record, records_xml
from tests.fakes import FakeClock
from tests.unit.sources.loopback import (
    DOWN,
    GZIP_IN_CHUNKS,
    REFUSED,
    Answer,
    a_source,
    answering,
    end_early,
    found,
    gzip_in_chunks,
    gzip_in_too_few_chunks,
    ids,
    in_turn,
    reset,
    stall,
    trickle,
    unused_port,
)

FOUND = found("1", "2", "3")
RECORDS = Answer(records_xml(a_record("1")))
KEY = "5ecre7key5ecre7key"

PASSING = {
    "429": Answer(b'{"error":"API rate limit exceeded","count":"11"}', 429),
    "429 delivered as 200": Answer(b'{"error":"API rate limit exceeded","count":"11"}'),
    "500": Answer(b"", 500),
    "502": Answer(b"<html><body>Bad gateway</body></html>", 502),
    "503": DOWN,
    "HTML with 200": Answer(b"<!DOCTYPE html><html><title>NCBI</title></html>"),
    "empty body": Answer(b""),
    "JSON cut off in good order": Answer(FOUND.body[:-9]),
    "XML where JSON was expected": Answer(b"<?xml version='1.0'?><eSearchResult><Count>3</Count></eSearchResult>"),
    "backend failed": Answer(b'{"esearchresult":{"ERROR":"Search Backend failed: an invented reason"}}'),
    "reset in the middle": Answer(FOUND.body, send=reset),
    "closed in the middle": Answer(FOUND.body, send=end_early),
    "chunks that end early": Answer(FOUND.body, headers=GZIP_IN_CHUNKS, send=gzip_in_too_few_chunks),
    "not the gzip it says it is": Answer(FOUND.body, headers={"Content-Encoding": "gzip"}),
}


def refused_search(source: EutilsSource) -> SourceError:
    with pytest.raises(SourceError) as caught:
        source.search("ketamine")
    return caught.value


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_tried_again_and_forgotten(fault: str) -> None:
    clock = FakeClock()
    with answering(in_turn(PASSING[fault], FOUND)) as server:
        result = a_source(server, clock).search("ketamine")
    assert (result.reported, result.requests, len(server.asked)) == (3, 2, 2)
    assert clock.slept == [0.75]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_does_not_pass_is_an_error_and_never_an_empty_answer(fault: str) -> None:
    with answering(in_turn(PASSING[fault])) as server:
        error = refused_search(a_source(server))
    assert isinstance(error, SourceUnavailable)
    assert "tried 5 times" in str(error)
    assert len(server.asked) == 5


def test_records_that_break_off_are_tried_again() -> None:
    with answering(in_turn(Answer(RECORDS.body[:-30]), RECORDS)) as server:
        (batch,) = a_source(server).fetch(ids(1))
    assert not isinstance(batch, FailedBatch)
    assert len(server.asked) == 2


def test_what_is_refused_is_not_tried_again() -> None:
    with answering(in_turn(REFUSED)) as server:
        assert isinstance(refused_search(a_source(server)), SourceRefused)
    assert len(server.asked) == 1


def test_pauses_grow_and_are_spread_by_chance() -> None:
    for chance, pauses in ((0.0, [0.5, 1, 2, 4]), (1.0, [1, 2, 4, 8])):
        clock = FakeClock()
        with answering(in_turn(DOWN)) as server:
            asking = EutilsSettings("litwatch-tests", "tests@example.org", base_url=server.url, rate=100)
            refused_search(EutilsSource(asking, clock, jitter=lambda chance=chance: chance))  # type: ignore[misc]
        assert clock.slept == pauses


def waits_when_told(retry_after: str) -> float:
    """Seconds that pass before a search is tried again after a 429 with this Retry-After."""
    clock = FakeClock()
    with answering(in_turn(Answer(PASSING["429"].body, 429, {"Retry-After": retry_after}), FOUND)) as server:
        a_source(server, clock).search("ketamine")
    return clock.elapsed


def test_retry_after_is_honoured_in_seconds_and_as_a_date() -> None:
    in_half_a_minute = format_datetime(FakeClock().start + timedelta(seconds=30), usegmt=True)
    assert waits_when_told("7") == 7.0
    assert waits_when_told(in_half_a_minute) == 30.0


@pytest.mark.parametrize("nonsense", ["", "soon", "-1", "Mon, 99 Foo", "Thu, 01 Jan 1970 00:00:00 GMT", "0"])
def test_a_retry_after_that_says_nothing_of_use_leaves_the_usual_pause(nonsense: str) -> None:
    assert waits_when_told(nonsense) == 0.75


def test_a_server_that_wants_to_be_left_alone_for_long_is_left_alone() -> None:
    clock = FakeClock()
    with answering(in_turn(Answer(b"", 503, {"Retry-After": "3600"}))) as server:
        error = refused_search(a_source(server, clock))
    assert isinstance(error, SourceUnavailable)
    assert error.retry_after == 3600
    assert "the next try would be in 3600 s" in str(error)
    assert (len(server.asked), clock.slept) == (1, [])


def test_a_pause_asked_of_one_request_holds_all_of_them() -> None:
    clock = FakeClock()
    answers = in_turn(Answer(b"", 429, {"Retry-After": "20"}), RECORDS)
    with answering(answers) as server:
        list(a_source(server, clock, batch_size=1, in_flight=1).fetch(ids(1, 2, 3)))
    assert clock.slept == [20.0]


def test_the_time_budget_ends_the_tries() -> None:
    clock = FakeClock()
    with answering(in_turn(DOWN)) as server:
        error = refused_search(a_source(server, clock, budget=2.0))
    assert "the next try would be in 2 s" in str(error)
    assert clock.elapsed <= 2.0
    assert len(server.asked) == 2


def test_a_connection_that_is_refused_says_so() -> None:
    clock = FakeClock()
    url = f"http://127.0.0.1:{unused_port()}/"
    source = EutilsSource(EutilsSettings("litwatch-tests", "tests@example.org", base_url=url), clock)
    error = refused_search(source)
    assert isinstance(error, SourceUnavailable)
    assert str(error) == "no connection to 127.0.0.1: Connection refused (tried 5 times)"
    assert len(clock.slept) == 4


def test_a_host_that_is_not_known_says_so() -> None:
    failed = requests.ConnectionError("Max retries exceeded with url: /esearch.fcgi")
    failed.__cause__ = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    asking = EutilsSettings("litwatch-tests", "t@example.org", max_tries=1)
    error = refused_search(EutilsSource(asking, FakeClock(), RaisingSession(failed)))
    assert str(error).startswith("no connection to eutils.ncbi.nlm.nih.gov: Name or service not known")


def test_a_reply_that_is_compressed_and_chunked_as_ncbi_does_is_read_whole() -> None:
    body = records_xml(*(a_record(str(n)) for n in range(1, 200)))
    with answering(in_turn(Answer(body, headers=GZIP_IN_CHUNKS, send=gzip_in_chunks))) as server:
        (batch,) = a_source(server).fetch(ids(1))
    assert batch == RawBatch((Pmid("1"),), body)


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.org/", "http://[bad/", "http://a b/"])
def test_an_address_that_cannot_be_used_is_final(url: str) -> None:
    clock = FakeClock()
    error = refused_search(EutilsSource(EutilsSettings("litwatch-tests", "t@example.org", base_url=url), clock))
    assert isinstance(error, SourceRefused)
    assert "check the base URL" in str(error)
    assert clock.slept == []


def test_a_redirect_is_not_followed_with_the_key_in_hand() -> None:
    with answering(in_turn(Answer(b"", 302, {"Location": "http://127.0.0.1:1/elsewhere"}))) as server:
        error = refused_search(a_source(server, api_key=KEY))
    assert isinstance(error, SourceRefused)
    assert "HTTP 302" in str(error)


def test_a_server_that_falls_silent_is_given_up_after_the_timeout() -> None:
    with answering(in_turn(Answer(FOUND.body, send=stall))) as server:
        error = refused_search(a_source(server, timeout=(0.2, 0.2), max_tries=1))
    assert isinstance(error, SourceUnavailable)
    assert "did not answer in time" in str(error)


class TickingClock(FakeClock):
    """A clock on which a second passes with every look at it."""

    def monotonic(self) -> float:
        self.elapsed += 1.0
        return self.elapsed


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "identity"}])
def test_a_reply_that_trickles_in_is_given_up_although_never_silent(headers: dict[str, str]) -> None:
    with answering(in_turn(Answer(b" " * 10_000, headers=headers, send=trickle))) as server:
        error = refused_search(a_source(server, TickingClock(), reply_timeout=8.0, max_tries=1))
    assert isinstance(error, SourceUnavailable)
    assert "was still sending when its time was up, after" in str(error)


def test_a_reply_without_end_is_not_taken_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_BODY", 100_000)
    with answering(in_turn(Answer(b" " * 1_000_000))) as server:
        error = refused_search(a_source(server))
    assert isinstance(error, SourceRefused)
    assert "more than 100,000 bytes" in str(error)


def test_proxies_of_the_environment_are_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    with answering(in_turn(FOUND)) as server:
        assert a_source(server).search("ketamine").reported == 3


class RaisingSession(requests.Session):
    """A session of which every request raises ``error``."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def post(self, *args: Any, **kwargs: Any) -> requests.Response:
        raise self.error


def kinds(base: type[Exception]) -> Iterator[type[Exception]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


@pytest.mark.parametrize(
    "kind",
    sorted({*kinds(requests.RequestException), *kinds(urllib3.exceptions.HTTPError)}, key=str),
    ids=lambda kind: f"{kind.__module__}.{kind.__name__}",
)
def test_every_error_of_the_http_libraries_becomes_one_of_ours(kind: type[Exception]) -> None:
    error = kind.__new__(kind)  # their constructors take all kinds of things
    error.args = (f"api_key={KEY}",)
    asking = EutilsSettings("litwatch-tests", "t@example.org", api_key=KEY, max_tries=1)
    ours = refused_search(EutilsSource(asking, FakeClock(), RaisingSession(error)))
    assert KEY not in told_by(ours)


def test_a_certificate_that_is_not_trusted_is_final_and_names_the_way_out() -> None:
    broken = requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    asking = EutilsSettings("litwatch-tests", "t@example.org")
    error = refused_search(EutilsSource(asking, FakeClock(), RaisingSession(broken)))
    assert isinstance(error, SourceRefused)
    assert "REQUESTS_CA_BUNDLE" in str(error)


def test_a_bug_is_not_dressed_up_as_a_fault_of_the_source() -> None:
    source = EutilsSource(EutilsSettings("t", "t@example.org"), FakeClock(), RaisingSession(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        source.search("ketamine")
    with pytest.raises(ZeroDivisionError):
        list(source.fetch(ids(1)))


def told_by(error: BaseException | None) -> str:
    """Everything that an error and those behind it say or carry."""
    told = "".join(traceback.format_exception(error)) if error else ""
    while error is not None:
        told += f"{error!s} {error!r} {error.args!r} {vars(error)!r}"
        for carried in vars(error).values():
            told += repr(getattr(carried, "body", ""))
        error = error.__cause__ or error.__context__
    return told


SECRET_FAULTS: dict[str, Callable[[], Answer]] = {
    "key quoted in JSON": lambda: Answer(f'{{"error":"API key invalid: {KEY}","api-key":"{KEY}"}}'.encode(), 400),
    "key quoted in HTML": lambda: Answer(f"<html><title>bad {KEY}</title></html>".encode(), 403),
    "key quoted in XML": lambda: Answer(f"<eSearchResult><ERROR>{KEY}</ERROR></eSearchResult>".encode()),
    "key quoted in text": lambda: Answer(f"no such key {KEY}".encode()),
    "key in damaged JSON": lambda: Answer(f'{{"api-key":"{KEY}", '.encode()),
    "reset": lambda: Answer(FOUND.body, send=reset),
    "stalled": lambda: Answer(FOUND.body, send=stall),
    "redirect": lambda: Answer(b"", 301, {"Location": f"/?api_key={KEY}"}),
}


@pytest.mark.parametrize("fault", SECRET_FAULTS)
def test_the_api_key_is_in_no_error_no_reason_and_no_log(fault: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with answering(in_turn(SECRET_FAULTS[fault]())) as server:
        source = a_source(server, api_key=KEY, timeout=(0.2, 0.2), max_tries=2)
        told = told_by(refused_search(source))
        told += "".join(str(batch) for batch in source.fetch(ids(1)))
        assert all(asked.form["api_key"] == KEY for asked in server.asked)
    assert KEY not in told
    assert KEY not in caplog.text
    assert KEY not in repr(source)


def test_no_connection_tells_no_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"http://127.0.0.1:{unused_port()}/"
    asking = EutilsSettings("litwatch-tests", "t@example.org", api_key=KEY, base_url=url)
    assert KEY not in told_by(refused_search(EutilsSource(asking, FakeClock()))) + caplog.text


def test_a_proxys_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://user:pa55word@127.0.0.1:{unused_port()}")
    asking = EutilsSettings("litwatch-tests", "t@example.org", base_url="http://pubmed.invalid/", max_tries=1)
    error = refused_search(EutilsSource(asking, FakeClock()))
    assert "the proxy on the way to pubmed.invalid failed: Connection refused" in str(error)
    assert "pa55word" not in told_by(error)

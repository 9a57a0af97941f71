"""What ECitMatch answers is read line by line, and nothing but its own word for it is "not found"."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.model.search import CitationMatch, CitationOutcome
from litwatch.pubmed.replies import parse_citation_reply
from tests.shared_data import shared_data

PLACE = "proc natl acad sci u s a|1991|88|3248|mann bj|c0|"
NOT_FOUND = CitationMatch(CitationOutcome.NOT_FOUND)
KEYS = ("c0", "c1")


@pytest.mark.parametrize(
    ("outcome", "match"),
    [
        ("2014248", CitationMatch(CitationOutcome.MATCHED, ("2014248",))),  # type: ignore[arg-type]
        ("NOT_FOUND", NOT_FOUND),
        ("NOT_FOUND;INVALID_JOURNAL", NOT_FOUND),
        ("AMBIGUOUS", CitationMatch(CitationOutcome.AMBIGUOUS)),
        ("AMBIGUOUS (783 citations)", CitationMatch(CitationOutcome.AMBIGUOUS)),
        ("AMBIGUOUS 26315901,25768914", CitationMatch(CitationOutcome.AMBIGUOUS, ("26315901", "25768914"))),  # type: ignore[arg-type]
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n\n"])
def test_every_outcome_has_its_own_value(outcome: str, match: CitationMatch, end: str) -> None:
    assert parse_citation_reply(f"{PLACE}{outcome}{end}".encode(), 200, ("c0",)) == (match,)


def test_matches_stand_in_the_order_of_the_keys_and_not_of_the_lines() -> None:
    body = b"science|1987|235|182|palmenberg ac|c1|NOT_FOUND\nx|1991|88|3248|c0|2014248\n"  # an author left out
    assert [match.pmids for match in parse_citation_reply(body, 200, KEYS)] == [("2014248",), ()]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"", 200, SourceUnavailable),
        (b" \r\n ", 200, SourceUnavailable),
        (b"<!DOCTYPE html><html><title>Batch Citation Matcher</title></html>", 200, SourceUnavailable),
        (b"Sorry <html>", 200, SourceUnavailable),
        (b"<ERROR>Empty bdata</ERROR>", 200, SourceUnavailable),
        (b'{"error":"API rate limit exceeded","count":"11"}', 429, SourceUnavailable),
        (b'{"error":"API key invalid"}', 400, SourceRefused),
        (b"not here", 404, SourceRefused),
        (b"a|1991|88|3248|mann bj|c0|2014248\n", 200, SourceUnavailable),
        (b"a|1991|88|3248|mann bj|c0|2014248\na|1991|88|32", 200, SourceUnavailable),
        (b"a|1991|88|3248|mann bj|c0|2014248\na|1991|88|3248|b|c1|\n", 200, SourceUnavailable),
        (b"a|1991|88|3248|mann bj|c0|2014248\na|1991|88|3248|b|c1|0\n", 200, SourceUnavailable),
        (b"a|1991|88|3248|mann bj|c0|2014248\na|1991|88|3248|b|c9|NOT_FOUND\n", 200, SourceUnavailable),
        (b"a|1991|88|3248|mann bj|c0|2014248\na|1991|88|3248|b|c1|DATABASE DOWN\n", 200, SourceUnavailable),
    ],
)
def test_nothing_else_is_an_answer(body: bytes, status: int, error: type[SourceError]) -> None:
    with pytest.raises(error):
        parse_citation_reply(body, status, KEYS)


def test_no_recorded_error_body_is_read_as_citations() -> None:
    for path in shared_data("eutils", "error_bodies").iterdir():
        with pytest.raises(SourceError):
            parse_citation_reply(path.read_bytes(), 200, KEYS)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_match_for_each_key_or_an_error(body: bytes) -> None:
    with suppress(SourceError):
        assert len(parse_citation_reply(body, 200, KEYS)) == len(KEYS)

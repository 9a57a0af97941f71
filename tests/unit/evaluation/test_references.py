"""The measure of reference strings hides what would give them away, and counts what becomes of each."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.errors import UnreadableData
from litwatch.evaluation.intervals import share_of
from litwatch.evaluation.references import FILE, TUNED, UNSEEN, Cited, Outcome, read_strings, resolve_all, served
from litwatch.model.identity import Because, ReferenceMatch, ReferenceState
from tests.reference_data import WORK, write_strings


def test_the_most_complete_string_is_the_record_and_only_the_others_are_resolved(tmp_path: Path) -> None:
    short = {
        **WORK,
        "raw": "Loix S. Ketamine against inflammation. Acta 2011;62:47",
        "lpage": None,
        "authors": ["Loix S"],
    }
    strings = read_strings(write_strings(tmp_path, short, WORK))

    assert b"<LastName>Henin</LastName><Initials>P</Initials>" in strings.records
    assert b"<MedlinePgn>47-58</MedlinePgn>" in strings.records
    assert [cited.text for cited in strings.cited] == [short["raw"]]


def test_a_string_that_repeats_another_is_left_out_and_counted(tmp_path: Path) -> None:
    again = {**WORK, "raw": WORK["raw"].upper()}
    strings = read_strings(write_strings(tmp_path, WORK, again, WORK))

    assert (strings.works, strings.cited, strings.left_out) == (1, (), 2)


@pytest.mark.parametrize(
    "given_away",
    [
        "PMID: 21612145",
        "21612145",
        "doi:10.1234/x.7",
        "https://doi.org/10.1234/x.7",
        "PMC8609146",
        "http://example.org/21612145",
    ],
)
def test_no_identifier_is_left_in_a_string(tmp_path: Path, given_away: str) -> None:
    row = {**WORK, "raw": f"Loix S. Ketamine. Acta 2011;62:47. {given_away}", "doi": "10.1234/x.7", "title": "Ketamine"}
    (cited,) = read_strings(write_strings(tmp_path, WORK, row)).cited

    assert cited.text.rstrip(" .") == "Loix S. Ketamine. Acta 2011;62:47"


@pytest.mark.parametrize(
    ("changes", "enough"),
    [
        ({}, True),
        ({"authors": [], "volume": None, "fpage": None}, True),
        ({"title": "Ketamine"}, True),
        ({"title": "Ketamine", "year": None}, False),
        ({"title": None, "volume": None, "fpage": None}, False),
    ],
)
def test_what_is_enough_to_go_on_is_said_by_the_publishers_markup(
    tmp_path: Path, changes: dict[str, Any], enough: bool
) -> None:
    (cited,) = read_strings(write_strings(tmp_path, WORK, {**WORK, "raw": "another", **changes})).cited

    assert cited.is_enough is enough


def test_every_string_is_resolved_over_http_as_a_run_does_it(tmp_path: Path) -> None:
    other = {**WORK, "pmid": "9", "title": "Propofol for invented sleep", "raw": "x", "volume": "70", "fpage": "1"}
    written = "Loix S De Kock M Ketamine against inflammation Acta Anaesthesiol Belg 2011 62 1 47 58"
    strings = read_strings(
        write_strings(tmp_path, WORK, {**WORK, "raw": written}, other, {**other, "raw": "Roe A. Zebra."})
    )
    told: list[tuple[int, int]] = []
    with served(strings, ()) as source:
        outcomes = list(resolve_all(source, strings.cited, lambda done, total: told.append((done, total))))

    assert [outcome.kind for outcome in outcomes] == ["right", "unresolved"]
    assert told == [(2, 2)]


def test_a_record_that_is_another_is_wrong_and_a_doubt_is_not() -> None:
    cited = Cited("7", "x", is_enough=True)
    wrong = ReferenceMatch("R1", ReferenceState.RESOLVED, "8", Because("", ""))  # type: ignore[arg-type]
    unsure = ReferenceMatch("R1", ReferenceState.UNSURE, None, Because("", ""))

    assert [Outcome(cited, match).kind for match in (wrong, unsure)] == ["wrong", "unsure"]


def test_the_halves_do_not_change_and_are_near_equal() -> None:
    halves = [Cited(str(pmid), "", is_enough=True).half for pmid in range(1, 1001)]

    assert halves[:6] == [UNSEEN, TUNED, TUNED, UNSEEN, UNSEEN, UNSEEN]
    assert 450 < halves.count(TUNED) < 550


@pytest.mark.parametrize("content", [b"", b"{}\n", b"not json\n", b'{"raw": "x"}\n', b"[]\n"])
def test_data_that_cannot_be_read_is_an_error_that_names_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(gzip.compress(content))
    with pytest.raises(UnreadableData, match="reference_strings"):
        read_strings(tmp_path)


@given(part=st.integers(0, 500), rest=st.integers(0, 500))
def test_a_share_lies_within_its_interval(part: int, rest: int) -> None:
    share = share_of(part, part + rest)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_wilsons_interval_of_nine_in_ten() -> None:
    share = share_of(9, 10)
    assert (round(share.low, 4), round(share.high, 4)) == (0.5958, 0.9821)
    assert str(share_of(1, 2)).startswith("0.5000 (1 of 2; 95 % ")

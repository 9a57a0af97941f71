"""A table of doubts comes back whatever a spreadsheet, or anybody, has made of it."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.digest.doubt_table import COLUMNS, DoubtReader, Filled, doubts_csv, place_of
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Doubt, PairDecision
from litwatch.model.identifiers import Pmid
from tests.builders import NOW, a_citation, a_decision, because


def a_doubt(pmid: str = "102", other: str = "101", **changes: str) -> Doubt:
    return Doubt(Pmid(pmid), Pmid(other), because(), a_citation(pmid, **changes), a_citation(other), ("a-watch",))


def read(body: bytes, *doubts: Doubt, decided: Decided | None = None) -> Filled:
    return DoubtReader(doubts or (a_doubt(),), decided or Decided(), "Roe", NOW).read(body, "doubts.csv")


def filled_in(doubt: Doubt, decision: str, note: str = "", delimiter: str = ",") -> str:
    (row,) = csv.DictReader(StringIO(doubts_csv([doubt])))
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerow(row | {"decision": decision, "note": note})
    return written.getvalue()


titles = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@given(titles, st.sampled_from(",;"), st.sampled_from(["", "\ufeff"]))
def test_what_was_written_comes_back_whatever_the_titles_hold(title: str, delimiter: str, mark: str) -> None:
    text = mark + filled_in(a_doubt(title=title), "same", "an invented note", delimiter)
    filled = read(text.encode())
    assert filled.faults == ()
    (decision,) = filled.decisions
    assert decision == a_decision("102", "101", by="Roe", note="an invented note")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    filled = read(body)
    assert not (filled.faults and filled.decisions)


@given(st.binary(max_size=200))
def test_no_bytes_behind_a_header_break_the_reader(body: bytes) -> None:
    filled = read(b"pmid,other,decision\n" + body)
    assert all(fault.key.startswith("line ") for fault in filled.faults)


def test_a_cell_that_a_spreadsheet_would_compute_is_made_harmless() -> None:
    assert "'=cmd()" in doubts_csv([a_doubt(title="=cmd()")])


def test_a_row_that_is_left_empty_is_left() -> None:
    assert read(filled_in(a_doubt(), " ").encode()) == Filled(left=1)


@pytest.mark.parametrize(("choice", "said"), [(Choice.SAME, "same"), (Choice.DIFFERENT, "different")])
def test_a_row_that_says_what_is_decided_already_is_known(choice: Choice, said: str) -> None:
    decided = Decided([a_decision("102", "101", choice=choice, id=1)])
    assert read(filled_in(a_doubt(), said).encode(), decided=decided) == Filled(known=1)


def test_a_row_that_says_the_contrary_of_what_is_decided_names_the_way_out() -> None:
    decided = Decided([a_decision("102", "101", id=1)])
    (fault,) = read(filled_in(a_doubt(), "different").encode(), decided=decided).faults
    assert "`litwatch review --undo 1` takes that back" in str(fault)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    body = b'pmid,other,decision,note\r\n102,101,,"two\r\nlines"\r\n\r\n102,101,perhaps,\r\n'
    (fault,) = read(body).faults
    assert (fault.file, fault.key) == ("doubts.csv", "line 5")


def test_what_follows_from_two_rows_contradicts_a_third() -> None:
    doubts = (a_doubt("102", "101"), a_doubt("103", "102"), a_doubt("104", "103"))
    body = b"pmid,other,decision\n102,101,same\n103,102,same\n103,101,different\n"
    (fault,) = read(body, *doubts).faults
    assert fault.key == "line 4"


def test_a_table_of_a_hundred_thousand_rows_is_read_to_its_end() -> None:
    body = b"pmid,other,decision\n" + b"".join(b"%d,%d,\n" % (number, number + 1) for number in range(1, 100_001))
    assert read(body) == Filled(left=100_000)


def test_a_place_leaves_out_what_is_not_known() -> None:
    assert place_of(a_citation()) == "Invent J Ex 2011;1(2):3-9"
    assert place_of(a_citation(volume="", issue="", pages="")) == "Invent J Ex 2011"
    assert place_of(a_citation(journal="", year=None, volume="", issue="", pages="")) == ""


def test_a_decision_is_on_the_pair_in_the_row() -> None:
    (decision,) = read(filled_in(a_doubt(), "SAME").encode()).decisions
    assert decision.what == PairDecision(Choice.SAME, Pmid("102"), Pmid("101"))

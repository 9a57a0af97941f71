"""An abstract tells in which direction each outcome went, and what it does not tell stays unclear."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal.directions import find_directions, outcome_vocabulary
from litwatch.appraisal.reading import Reading
from litwatch.model.direction import Direction, OutcomeDirection
from litwatch.model.record import AbstractSection
from litwatch.model.watch import Claim
from tests.unit.appraisal.cases import an_unindexed_record

FILE = Path(__file__).resolve().parents[2] / "data" / "outcome_directions.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))
PAIRS = [case for pair in CASES for case in (pair, pair["near"])]


def find(sections: list[list[str]], *claims: Claim) -> tuple[OutcomeDirection, ...]:
    record = an_unindexed_record(abstract=tuple(AbstractSection(*section) for section in sections))
    vocabulary = outcome_vocabulary(claims)
    return find_directions(Reading(record, vocabulary.cues), vocabulary, "ketamine")


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["name"])
def test_the_directions_are(case: dict[str, Any]) -> None:
    told = {found.outcome: found.direction for found in find(case["abstract"])}

    assert told.keys() == case["told"].keys()
    for outcome, allowed in case["told"].items():
        assert told[outcome] in (allowed if isinstance(allowed, list) else [allowed])


def test_a_reading_quotes_its_sentence_with_its_place_comparator_and_significance() -> None:
    text = "Sixty patients took part. IL-6 was significantly lower with ketamine than with midazolam (P = 0.01)."
    (found,) = find([["RESULTS", "RESULTS", text]])

    (reading,) = found.readings
    assert reading.quote.text == "IL-6 was significantly lower with ketamine than with midazolam (P = 0.01)."
    assert reading.quote.place == "abstract, RESULTS, sentence 2"
    assert (reading.comparator, reading.significance) == ("midazolam", "p = 0.01")
    assert reading.verdict.because.rule == "than the arm"


def test_a_doubt_says_what_it_doubts() -> None:
    (found,) = find(CASES[7]["near"]["abstract"])

    because = found.readings[0].verdict.because
    assert because.rule == "doubt"
    assert because.evidence.startswith("the intervention is not named; else increase: higher")


def test_a_sentence_in_which_no_rule_finds_anything_is_unclear_and_says_so() -> None:
    (found,) = find([["RESULTS", "RESULTS", "Over 17% of adults with ketamine reported pain in adulthood."]])

    (reading,) = found.readings
    assert (found.direction, reading.verdict.confidence) == (Direction.UNCLEAR, 0)
    assert reading.verdict.because.evidence == "it is not said that the outcome changed or differed"


def test_a_word_that_holds_the_outcome_is_no_comparator() -> None:
    text = "Ketamine lowered CRP in those with elevated than undetectable hs-CRP (P = 0.01)."
    (found,) = find([["RESULTS", "RESULTS", text]])

    assert found.readings[0].comparator == ""


def test_outcomes_of_one_sentence_are_told_apart() -> None:
    text = "IL-6 was significantly lower (P = 0.01), but IL-10 was significantly higher (P = 0.02) with ketamine."
    told = {found.outcome: found.readings[0].significance for found in find([["RESULTS", "RESULTS", text]])}

    assert told == {"IL-6": "p = 0.01", "IL-10": "p = 0.02"}


def test_a_watch_adds_the_outcomes_of_its_claims() -> None:
    claim = Claim("C1", "Ketamine lowers swelling.", "decrease", ("swelling", "IL-6"))
    text = "Ketamine significantly reduced swelling and IL-6 compared with saline (P = 0.01)."

    assert [found.outcome for found in find([["RESULTS", "RESULTS", text]], claim)] == ["swelling", "IL-6"]
    assert [found.outcome for found in find([["RESULTS", "RESULTS", text]])] == ["IL-6"]


def test_a_record_without_an_abstract_reports_nothing() -> None:
    assert find([]) == ()


@given(st.text(max_size=300) | st.text("IL-6 lower than in ketamine group vs. P=<.05 pain may not", max_size=300))
def test_any_abstract_is_read(text: str) -> None:
    assert all(found.direction in Direction and found.readings for found in find([["RESULTS", "RESULTS", text]]))


@pytest.mark.parametrize(
    "part", ["IL-6 lower ", "than the a ", "IL-6 and IL-8, ", "time to IL-6 ", "age sex. Pain ", "may "]
)
def test_a_long_abstract_is_read_in_time(part: str) -> None:
    found = find([["RESULTS", "RESULTS", part * 3_000]])

    assert all(outcome.readings for outcome in found)

"""What a sentence declares of the intervention, in an abstract and in a title; each rule beside its near miss."""

import json
from pathlib import Path
from typing import Any

import pytest

from litwatch.appraisal.directions import find_directions, outcome_vocabulary
from litwatch.appraisal.reading import Reading
from litwatch.model.direction import OutcomeDirection
from tests.unit.appraisal.cases import an_unindexed_record

FILE = Path(__file__).resolve().parents[2] / "data" / "declared_directions.json"
CASES = [case for pair in json.loads(FILE.read_text(encoding="utf-8")) for case in (pair, pair["near"])]


def find(title: str, text: str) -> tuple[OutcomeDirection, ...]:
    vocabulary = outcome_vocabulary()
    record = an_unindexed_record(title, f"Results: {text}" if text else "")
    return find_directions(Reading(record, vocabulary.cues), vocabulary, "ketamine")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_sentence_declares(case: dict[str, Any]) -> None:
    told = next((str(found.direction) for found in find("Invented.", case["text"])), None)

    assert told in (case["told"] if isinstance(case["told"], list) else [case["told"]])


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Ketamine attenuates the interleukin-6 response after bypass", ["decrease"]),
        ("Does ketamine attenuate the interleukin-6 response after bypass?", []),
        ("Effect of ketamine on interleukin-6 after bypass", []),
        ("Ketamine for reducing interleukin-6 after bypass", []),
        ("Midazolam attenuates the interleukin-6 response to ketamine", []),
        ("Ketamine may attenuate the interleukin-6 response", []),
    ],
)
def test_a_title_counts_for_what_it_declares(title: str, told: list[str]) -> None:
    assert [found.direction for found in find(title, "")] == told


def test_a_declared_direction_names_its_rule_and_its_words() -> None:
    (found,) = find("Ketamine attenuates the interleukin-6 response after bypass", "")

    (reading,) = found.readings
    assert reading.quote.place == "title"
    assert reading.verdict.because.rule == "the intervention changed it"
    assert reading.verdict.because.evidence.startswith("ketamine attenuates the")


@pytest.mark.parametrize("part", ["ketamine reduced IL-6 and ", "ketamine, ", "less IL-6 ", "IL-6 was reduced by "])
def test_a_long_sentence_is_read_in_time(part: str) -> None:
    assert {found.outcome for found in find(part * 2_000, part * 2_000)} == ({"IL-6"} if "IL-6" in part else set())

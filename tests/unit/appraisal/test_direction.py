"""A sentence tells in which direction an outcome went with the intervention, or that it did not, or it is unclear."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal.direction import MODEL_ALONE, judge_direction
from litwatch.appraisal.direction_arms import abbreviates
from litwatch.appraisal.direction_model import shipped_model
from litwatch.appraisal.direction_tokens import cut_tokens
from litwatch.model.direction import Direction, DirectionVerdict

CASES = json.loads((Path(__file__).resolve().parents[2] / "data" / "directions.json").read_text(encoding="utf-8"))
PAIRS = [case for pair in CASES for case in (pair, pair["near"])]
ANY = st.text(max_size=200) | st.text("higher than in OUT P=<.05 (95% CI 1-2) vs ketamine,;", max_size=300)


def judge(case: dict[str, Any]) -> DirectionVerdict:
    arms = (case.get("intervention", "ketamine"), case.get("comparator", "saline"))
    return judge_direction(case["sentence"], *arms, case.get("outcome", "interleukin-6"))


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["name"])
def test_the_direction_is(case: dict[str, Any]) -> None:
    allowed = case["direction"] if isinstance(case["direction"], list) else [case["direction"]]
    assert judge(case).direction in allowed


def test_a_verdict_names_its_rule_and_the_words_it_read() -> None:
    verdict = judge(CASES[1])

    assert verdict.because.rule == "in the arm"
    assert verdict.because.evidence == "lower, said of the comparator"
    assert verdict.confidence >= shipped_model().threshold


def test_what_is_unclear_says_what_is_likely_and_how_sure_that_is() -> None:
    verdict = judge_direction("Interleukin-6 was measured in all.", "ketamine", "saline", "interleukin-6")

    assert verdict.direction is Direction.UNCLEAR
    assert verdict.because.rule == "not sure enough"
    assert f"below {shipped_model().threshold:.2f}" in verdict.because.evidence
    assert MODEL_ALONE in verdict.because.evidence


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("P = .43", "PNS"),
        ("P<0.001", "PSIG"),
        ("p = 0.05", "PNS"),
        ("p < .05", "PSIG"),
        ("P=0·02", "PSIG"),
        ("p > 0.05", "PNS"),
        ("p > 0.001", "PSIG"),
        ("p = ns", "PNS"),
        ("p-value of 0.03", "PSIG"),
    ],
)
def test_a_p_value_is_read_as_written(text: str, sign: str) -> None:
    assert [token.sign for token in cut_tokens(text)] == [sign]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("odds ratio 2.1, 95% CI 1.2-3.4", "RATIOUP"),
        ("odds ratio 2.1, 95% CI 0.8-3.4", "CINS"),
        ("HR = 0.37; 95% CI: 0.17–0.84", "RATIODOWN"),
        ("mean difference 2.1, 95% CI 0.8 to 3.4", "CIUP"),
        ("mean difference -2.1, 95% CI -3.4 to -0.8", "CIDOWN"),
        ("mean difference 2.1, 95% CI [-0.8, 3.4]", "CINS"),
        ("was 36.4 (95% CI 35.4 – 37.3)", "CI"),
    ],
)
def test_an_interval_of_a_ratio_is_held_against_1_and_of_a_difference_against_0(text: str, sign: str) -> None:
    assert [token.sign for token in cut_tokens(text)].count(sign) == 1


@pytest.mark.parametrize(
    ("letters", "phrase", "is_one"),
    [
        ("mpt", "methylprednisolone therapy", True),
        ("nsm", "non-surgical management", True),
        ("tha", "total hip arthroplasty", True),
        ("rct", "methylprednisolone therapy", False),
        ("mp", "", False),
    ],
)
def test_capitals_abbreviate_a_phrase_or_do_not(letters: str, phrase: str, is_one: bool) -> None:
    assert (abbreviates(letters, phrase) > 0) is is_one


@given(ANY, ANY, ANY, ANY)
def test_any_text_has_a_verdict(evidence: str, intervention: str, comparator: str, outcome: str) -> None:
    verdict = judge_direction(evidence, intervention, comparator, outcome)

    assert verdict.direction in Direction
    assert 1 / 3 - 1e-9 <= verdict.confidence <= 1


@pytest.mark.parametrize(
    "part", ["higher ", "( 4 vs ", "p = .0 ", "OUTA ", "CI 1 ", "ketamine higher interleukin ", "1,1"]
)
def test_what_is_longer_than_any_sentence_is_read_in_part(part: str) -> None:
    assert judge_direction(part * 100_000, part * 10_000, "saline", "interleukin-6").direction in Direction

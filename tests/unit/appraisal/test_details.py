"""Every detail comes with the words it was read from, and what is not said plainly is left out."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal import appraise_record
from litwatch.appraisal.details import count_of
from litwatch.appraisal.drugs import topic_terms
from litwatch.model.finding import Detail, DetailKind, Finding, StudyDesign
from litwatch.model.record import RegistryNumber
from litwatch.model.watch import Claim
from tests.builders import PMID, a_work
from tests.unit.appraisal.cases import an_unindexed_record, appraise, cases

TRIAL = "An invented randomised trial."


def details_of(finding: Finding, kind: str) -> list[Detail]:
    return [detail for detail in finding.details if detail.kind is DetailKind(kind)]


@pytest.mark.parametrize("case", cases("details"), ids=lambda case: case["text"][:40])
def test_a_detail_is_read_with_its_words_and_place(case: dict[str, Any]) -> None:
    told = details_of(appraise(an_unindexed_record(TRIAL, case["text"])), case["kind"])
    assert Detail(DetailKind(case["kind"]), case["value"], case["words"], "abstract, sentence 1") in told


@pytest.mark.parametrize("case", cases("details"), ids=lambda case: case["near_miss"][:40])
def test_a_detail_is_not_read_from_its_near_miss(case: dict[str, Any]) -> None:
    told = details_of(appraise(an_unindexed_record(TRIAL, case["near_miss"])), case["kind"])
    assert case["value"] not in [detail.value for detail in told]


def test_the_ages_of_the_title_go_before_those_of_the_abstract() -> None:
    record = an_unindexed_record("Ketamine in children: a randomised trial.", "In adults, patients sleep well.")
    assert [detail.value for detail in details_of(appraise(record), "adults or children")] == ["children"]


def test_a_registration_that_pubmed_lists_is_told_once() -> None:
    number = RegistryNumber("ClinicalTrials.gov", "NCT01234567")
    record = an_unindexed_record(TRIAL, "Registered as NCT01234567.", registry_numbers=(number,))
    told = details_of(appraise(record), "registration")
    assert told == [Detail(DetailKind.REGISTRATION, "NCT01234567", "NCT01234567", "ClinicalTrials.gov")]


def test_the_conditions_of_claims_are_found_where_they_are_first_named() -> None:
    claim = Claim("C1", "It helps.", "decrease", ("pain",), ("invented gout", "asthma"))
    record = an_unindexed_record(TRIAL, "Patients slept. All had invented gout.")
    told = details_of(appraise(record, claim), "condition")
    assert told == [Detail(DetailKind.CONDITION, "invented gout", "invented gout", "abstract, sentence 2")]


def test_the_terms_of_a_topic_are_drugs_too() -> None:
    topic = '("vitamin d"[mh] OR cholecalciferol[tiab] OR ketamine[tiab]) NOT "vitamin e"[tiab]'
    record = an_unindexed_record(
        "Vitamin D in invented falls.", "Women took 20 µg of oral vitamin-D or vitamin E daily."
    )
    told = appraise_record(record, a_work(PMID), (), topic).details
    assert [detail[:3] for detail in told if detail.kind in (DetailKind.DRUG, DetailKind.DOSE, DetailKind.ROUTE)] == [
        (DetailKind.DRUG, "vitamin d", "Vitamin D"),
        (DetailKind.DOSE, "20 µg", "20 µg"),
        (DetailKind.ROUTE, "oral", "oral"),
    ]
    assert list(topic_terms(topic)) == ["vitamin d", "cholecalciferol", "ketamine"]


def test_without_a_topic_only_the_drugs_of_the_data_file_are_told() -> None:
    record = an_unindexed_record(
        "Vitamin D in invented falls.", "Women took 20 µg of vitamin D, and the patient's ketamine."
    )
    assert [detail.value for detail in details_of(appraise(record), "drug")] == ["ketamine"]


def test_a_level_belongs_to_the_design_and_not_to_what_is_retracted() -> None:
    trial = appraise(an_unindexed_record("Ketamine: a randomised trial."))
    assert (trial.design, trial.level) == (StudyDesign.RCT, "2")
    assert appraise(an_unindexed_record("Ketamine in rats.")).level == "5"
    assert not appraise(an_unindexed_record("Ketamine: a study protocol.")).level


@pytest.mark.parametrize(
    ("written", "count"),
    [("1,204", 1204), ("sixty", 60), ("one hundred and twenty-two", 122), ("Forty-two", 42), ("hundred", 100)],
)
def test_counts_are_read_in_digits_and_words(written: str, count: int) -> None:
    assert count_of(written) == count


@given(st.text())
def test_any_text_has_details(text: str) -> None:
    assert isinstance(appraise(an_unindexed_record(text, text)).details, tuple)


@pytest.mark.parametrize(
    "text", ["5 patients ", "in 5 a", "one hundred and ", "ketamine 5 mg ", "5-", "n = 5 ", "NCT 1"]
)
def test_details_of_a_long_sentence_take_time_in_proportion(text: str) -> None:
    def taken(times: int) -> float:
        started = process_time()
        appraise(an_unindexed_record(TRIAL, text * times))
        return process_time() - started

    taken(100)
    assert taken(8_000) < 60 * max(taken(800), 0.01)

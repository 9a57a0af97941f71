"""A record bears on a claim when it names its outcomes; the sentence that says most about them shows it."""

from typing import Any

import pytest

from litwatch.model.finding import Bearing
from litwatch.model.record import AbstractSection, Record
from litwatch.model.watch import Claim
from tests.builders import a_claim, a_heading
from tests.unit.appraisal.cases import an_unindexed_record, appraise

CYTOKINES = a_claim("C1", outcomes=("interleukin-6", "IL-6", "TNF-α"))
PAIN = a_claim("C4", outcomes=("pain",), conditions=("fibromyalgia", "neuropathic pain"))


def the_bearing(record: Record, claim: Claim = CYTOKINES) -> Bearing:
    (bearing,) = appraise(record, claim).bearings
    return bearing


def test_the_terms_are_told_as_the_claim_writes_them() -> None:
    bearing = the_bearing(an_unindexed_record("Ketamine.", "TNFalpha and il6 fell."))
    assert (bearing.claim, bearing.terms) == ("C1", ("IL-6", "TNF-α"))


def test_a_record_that_names_no_outcome_bears_on_nothing() -> None:
    assert appraise(an_unindexed_record("Ketamine.", "IL-60 fell."), CYTOKINES).bearings == ()


def test_without_claims_there_are_no_bearings() -> None:
    assert appraise(an_unindexed_record("Ketamine.", "IL-6 fell.")).bearings == ()


def test_a_claim_with_conditions_needs_one_of_them() -> None:
    assert appraise(an_unindexed_record("Ketamine.", "Pain fell."), PAIN).bearings == ()
    bearing = the_bearing(an_unindexed_record("Ketamine.", "Pain fell.", "They had fibromyalgia."), PAIN)
    assert (bearing.terms, bearing.rationale.text) == (("pain",), "Pain fell.")


def test_claims_keep_their_order() -> None:
    record = an_unindexed_record("Ketamine.", "Neuropathic pain and IL-6 fell.")
    assert [bearing.claim for bearing in appraise(record, PAIN, CYTOKINES).bearings] == ["C4", "C1"]


def test_results_are_quoted_before_methods_and_background() -> None:
    sections = (
        AbstractSection("BACKGROUND", "BACKGROUND", "IL-6, interleukin-6 and TNF-α are cytokines."),
        AbstractSection("METHODS", "METHODS", "IL-6 was measured."),
        AbstractSection("RESULTS", "RESULTS", "Forty came. IL-6 fell."),
    )
    rationale = the_bearing(an_unindexed_record("IL-6 and ketamine.", abstract=sections)).rationale
    assert (rationale.text, rationale.place) == ("IL-6 fell.", "abstract, RESULTS, sentence 2")


def test_labels_written_into_an_unstructured_abstract_are_heeded() -> None:
    text = "Methods: IL-6, interleukin-6 and TNF-α were counted. Each twice. Results: IL-6 went. Pain stayed."
    assert the_bearing(an_unindexed_record("Ketamine.", text)).rationale.text == "Results: IL-6 went."


def test_without_labels_the_words_of_a_sentence_tell_results_from_aims() -> None:
    text = "We aimed to measure IL-6 and TNF-α. IL-6 decreased."
    assert the_bearing(an_unindexed_record("Ketamine.", text)).rationale.text == "IL-6 decreased."


def test_of_equal_sentences_the_one_naming_the_condition_then_more_outcomes_then_the_first_is_quoted() -> None:
    text = "Pain fell. Pain fell in fibromyalgia. Pain fell again in fibromyalgia."
    assert the_bearing(an_unindexed_record("Ketamine.", text), PAIN).rationale.text == "Pain fell in fibromyalgia."
    text = "IL-6 fell. IL-6 and TNF-α fell."
    assert the_bearing(an_unindexed_record("Ketamine.", text)).rationale.text == "IL-6 and TNF-α fell."


def test_the_title_shows_it_better_than_the_methods() -> None:
    sections = (AbstractSection("METHODS", "METHODS", "IL-6 was measured."),)
    rationale = the_bearing(an_unindexed_record("Ketamine lowers IL-6.", abstract=sections)).rationale
    assert (rationale.text, rationale.place) == ("Ketamine lowers IL-6.", "title")


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"keywords": ("Ketamine", "Interleukin-6")}, "keywords"), ({"mesh": (a_heading("Interleukin-6"),)}, "MeSH")],
)
def test_a_heading_shows_it_when_no_sentence_does(changes: dict[str, Any], place: str) -> None:
    rationale = the_bearing(an_unindexed_record("Ketamine.", **changes)).rationale
    assert (rationale.text, rationale.place) == ("Interleukin-6", place)


def test_the_receptor_in_mesh_is_not_the_molecule() -> None:
    receptor = a_heading("Receptors, Interleukin-6")
    assert appraise(an_unindexed_record("Ketamine.", mesh=(receptor,)), CYTOKINES).bearings == ()


def test_a_paraphrase_is_marked_as_one() -> None:
    record = an_unindexed_record(abstract=(AbstractSection("PARAPHRASE", "", "Interleukin-6 fell."),))
    rationale = the_bearing(record).rationale
    assert (rationale.place, rationale.is_paraphrase) == ("abstract, sentence 1", True)

"""A stance follows from the directions of an outcome, is unclear by default, and names its rule and its sentence."""

import pytest

from litwatch.appraisal import appraise_record
from litwatch.model.direction import Direction
from litwatch.model.finding import Bearing, Stance
from litwatch.model.record import PublicationType, Record
from litwatch.model.watch import Claim
from tests.builders import PMID, a_work
from tests.unit.appraisal.cases import an_unindexed_record

LOWERS = Claim("C1", "Ketamine lowers cytokines.", "decrease", ("IL-6", "TNF-α"))
RELIEVES = Claim("C2", "Ketamine relieves pain.", "decrease", ("pain",), opposite=("pain relief",))
LEAVES = Claim("C3", "Ketamine does not change IL-6.", "no difference", ("IL-6",))

LOWER = "IL-6 was significantly lower with ketamine than with saline (P = 0.01)."
TNF_ALIKE = "TNF-α did not differ significantly between ketamine and saline (P = 0.6)."
HIGHER = "IL-6 was significantly higher with ketamine than with saline (P = 0.01)."
BESIDE_ANOTHER = "IL-6 was significantly lower with ketamine than with midazolam (P = 0.01)."
ABOVE_ANOTHER = "IL-6 was significantly higher with ketamine than with midazolam (P = 0.01)."
ALIKE_ANOTHER = "IL-6 did not differ significantly between ketamine and midazolam (P = 0.6)."
RELIEF = "Pain relief was significantly greater with ketamine than with saline (P = 0.01)."
LESS_RELIEF = "Pain relief was significantly less with ketamine than with saline (P = 0.01)."


def judge(record: Record, claim: Claim = LOWERS) -> Bearing:
    (bearing,) = appraise_record(record, a_work(PMID), (claim,), "ketamine[tiab]").bearings
    return bearing


def reported(*sentences: str) -> Record:
    return an_unindexed_record("Ketamine and cytokines.", " ".join(sentences))


@pytest.mark.parametrize(
    ("sentences", "claim", "stance"),
    [
        ([LOWER], LOWERS, Stance.SUPPORTS),
        ([HIGHER], LOWERS, Stance.CHALLENGES),
        ([TNF_ALIKE], LOWERS, Stance.CHALLENGES),
        ([LOWER, TNF_ALIKE], LOWERS, Stance.MIXED),
        ([HIGHER, TNF_ALIKE], LOWERS, Stance.CHALLENGES),
        ([LOWER, HIGHER.replace("IL-6", "TNF-α")], LOWERS, Stance.MIXED),
        (["Ketamine changed neither IL-6 nor delirium, and recurrence was the same."], LOWERS, Stance.CHALLENGES),
        (["IL-6 was measured at 24 hours in all patients."], LOWERS, Stance.UNCLEAR),
        (["Ketamine may lower IL-6."], LOWERS, Stance.UNCLEAR),
        ([BESIDE_ANOTHER], LOWERS, Stance.SUPPORTS),
        ([ABOVE_ANOTHER], LOWERS, Stance.UNCLEAR),
        ([ALIKE_ANOTHER], LOWERS, Stance.UNCLEAR),
        ([RELIEF], RELIEVES, Stance.SUPPORTS),
        ([LESS_RELIEF], RELIEVES, Stance.CHALLENGES),
        ([TNF_ALIKE.replace("TNF-α", "IL-6")], LEAVES, Stance.SUPPORTS),
        ([LOWER], LEAVES, Stance.CHALLENGES),
        ([ALIKE_ANOTHER], LEAVES, Stance.UNCLEAR),
    ],
)
def test_the_stance_is(sentences: list[str], claim: Claim, stance: Stance) -> None:
    bearing = judge(reported(*sentences), claim)

    assert bearing.stance is stance, bearing.because


def test_a_told_stance_quotes_the_sentence_that_tells_it_and_names_what_was_read() -> None:
    bearing = judge(reported("IL-6 and TNF-α were measured.", TNF_ALIKE, LOWER, HIGHER.replace("IL-6", "TNF-α")))

    assert bearing.rationale.text == TNF_ALIKE
    assert bearing.because.rule == "directions of the claim's outcomes"
    assert bearing.because.evidence == (
        "no difference: TNF-α; increase: TNF-α; decrease: IL-6; the claim expects decrease"
    )


def test_an_opposite_outcome_is_turned_round() -> None:
    assert judge(reported(RELIEF), RELIEVES).direction is Direction.DECREASE


def test_what_was_retracted_has_no_stance() -> None:
    types = (PublicationType("D016441", "Retracted Publication"),)
    bearing = judge(an_unindexed_record("Ketamine and cytokines.", LOWER, publication_types=types))

    assert (bearing.stance, bearing.because.rule) == (Stance.UNCLEAR, "retracted")


@pytest.mark.parametrize(
    "title",
    [
        "Ketamine and cytokines: protocol for a randomised trial.",
        "Comment on a trial of ketamine and cytokines.",
        "Correction to: Ketamine and cytokines.",
    ],
)
def test_what_has_no_result_of_its_own_has_no_stance(title: str) -> None:
    bearing = judge(an_unindexed_record(title, LOWER))

    assert (bearing.stance, bearing.because.rule) == (Stance.UNCLEAR, "no result of its own")


def test_what_is_said_of_another_treatment_is_no_stance() -> None:
    bearing = judge(reported("IL-6 was significantly lower with dexmedetomidine than with saline (P = 0.01)."))

    assert (bearing.stance, bearing.because.rule) == (Stance.UNCLEAR, "no direction told")


def test_a_study_that_names_the_intervention_nowhere_near_is_one_of_another() -> None:
    text = "IL-6 was significantly lower in the treatment group than in the placebo group (P = 0.01)."

    assert judge(an_unindexed_record("Ketamine and cytokines.", text)).stance is Stance.SUPPORTS
    assert judge(an_unindexed_record("Midazolam and cytokines.", text)).stance is Stance.UNCLEAR


def test_a_group_without_a_name_is_not_taken_for_a_setting_of_the_study() -> None:
    text = "IL-6 was significantly lower in the treatment group than in the placebo group (P = 0.01)."

    assert judge(an_unindexed_record("Ketamine versus placebo.", text)).stance is Stance.SUPPORTS
    assert judge(an_unindexed_record("Resveratrol against ketamine-induced injury.", text)).stance is Stance.UNCLEAR


def test_the_weight_of_an_organ_is_no_body_weight() -> None:
    claim = Claim("C4", "Ketamine lowers weight.", "decrease", ("weight",))
    lower = "Weight was significantly lower with ketamine than with saline (P = 0.01)."

    assert judge(reported(lower), claim).stance is Stance.SUPPORTS
    assert judge(reported(f"Liver {lower}"), claim).stance is Stance.UNCLEAR


def test_another_vitamin_is_another_intervention() -> None:
    claim = Claim("C5", "Vitamin D prevents falls.", "decrease", ("falls",))

    def stance_of(vitamin: str) -> Stance:
        record = reported(f"{vitamin} significantly reduced falls compared with placebo (P = 0.01).")
        (bearing,) = appraise_record(record, a_work(PMID), (claim,), '"vitamin D"[tiab]').bearings
        return bearing.stance

    assert stance_of("Vitamin D") is Stance.SUPPORTS
    assert stance_of("Vitamin K") is Stance.UNCLEAR


@pytest.mark.parametrize(
    "sentence",
    [
        "Ketamine and midazolam were compared.",
        "Ketamine and midazolam were compared before surgery in a controlled trial.",
        "Ketamine and midazolam were compared; values are means and standard deviations.",
    ],
)
def test_alike_is_no_challenge_where_no_control_is_named(sentence: str) -> None:
    bearing = judge(reported(sentence, "IL-6 did not differ between the groups."))

    assert (bearing.stance, bearing.because.rule) == (Stance.UNCLEAR, "beside another treatment")


def test_alike_is_a_challenge_where_a_control_is_named() -> None:
    bearing = judge(reported("Ketamine was compared with a control group.", "IL-6 did not differ between the groups."))

    assert bearing.stance is Stance.CHALLENGES

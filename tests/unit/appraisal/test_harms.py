"""A major harm of the intervention is told by a rule, and beside each rule stands what it must not take for one."""

import pytest

from litwatch.appraisal import appraise_record
from litwatch.model.finding import Harm
from litwatch.model.record import Record
from tests.builders import PMID, a_claim, a_work
from tests.unit.appraisal.cases import an_unindexed_record


def harm_of(record: Record, topic: str = "ketamine[tiab] OR esketamine[tiab]") -> Harm | None:
    return appraise_record(record, a_work(PMID), (a_claim(),), topic).harm


def told(sentence: str, title: str = "Ketamine in patients.") -> tuple[str, str] | None:
    harm = harm_of(an_unindexed_record(title, f"Results: {sentence}"))
    return (harm.because.evidence, harm.because.rule) if harm else None


@pytest.mark.parametrize(
    ("sentence", "kind", "rule"),
    [
        ("Ketamine-induced cystitis was seen in 12 of 40 patients.", "bladder injury", "named after the intervention"),
        ("Six users had ketamine uropathy.", "bladder injury", "named after the intervention"),
        (
            "Ketamine-associated liver injury developed in three patients.",
            "liver injury",
            "named after the intervention",
        ),
        ("Mortality was significantly higher with ketamine than with saline.", "death", "more than without it"),
        (
            "There were more serious adverse events in the ketamine group.",
            "serious adverse events",
            "more than without it",
        ),
        ("Ketamine increased the risk of cardiac arrest.", "heart injury", "more than without it"),
        ("Ketamine significantly increased mortality.", "death", "more than without it"),
        ("Repeated ketamine infusions caused hepatotoxicity.", "liver injury", "caused by it"),
        ("Ketamine was associated with an increased risk of death.", "death", "caused by it"),
        ("Long-term ketamine led to hydronephrosis in two patients.", "kidney injury", "caused by it"),
        (
            "The trial was stopped early because of serious adverse events.",
            "serious adverse events",
            "stopped early for harm",
        ),
        ("The trial was terminated prematurely for safety reasons.", "harm", "stopped early for harm"),
        (
            "Three serious adverse events occurred in patients receiving ketamine.",
            "serious adverse events",
            "serious events with it",
        ),
        (
            "Cyclophosphamide was used to treat ketamine-induced cystitis.",
            "bladder injury",
            "named after the intervention",
        ),
        (
            "Adding ketamine in elderly patients was associated with an increased risk of sepsis-related mortality.",
            "death",
            "caused by it",
        ),
        ("The rate of death among patients receiving ketamine was 3.6 times higher.", "death", "more than without it"),
        ("Esketamine caused respiratory depression in two children.", "lung injury", "caused by it"),
        ("Patients treated with ketamine had a higher risk of death.", "death", "more than without it"),
        ("Ketamine users had more bladder dysfunction.", "bladder injury", "more than without it"),
    ],
)
def test_a_harm_is(sentence: str, kind: str, rule: str) -> None:
    assert told(sentence) == (kind, rule)


@pytest.mark.parametrize(
    "sentence",
    [
        "No serious adverse events occurred in patients receiving ketamine.",
        "There were no more serious adverse events in the ketamine group.",
        "Ketamine was not associated with an increased risk of death.",
        "Ketamine reduced mortality.",
        "Mortality was lower with ketamine than with saline.",
        "Mortality was higher with saline than with ketamine.",
        "Mortality was similar with ketamine and with saline.",
        "Ketamine prevented cystitis and was associated with a lower risk of kidney injury.",
        "Ketamine was associated with reduced mortality.",
        "In patients with heart failure ketamine raised blood pressure.",
        "Ketamine increased survival in heart failure.",
        "Ketamine protected against sepsis-induced liver injury.",
        "Cisplatin-induced kidney injury was more severe after ketamine.",
        "Ketamine may cause hepatotoxicity.",
        "Previous studies linked ketamine to cystitis; ketamine caused cystitis in them.",
        "Whether ketamine increased mortality is unknown.",
        "Serious adverse events occurred in 4 patients receiving ketamine and 5 given placebo.",
        "Patients with suicide attempts received ketamine.",
        "Ketamine was associated with death.",
        "Patients with alcohol dependence received ketamine.",
        "The trial was stopped early because recruitment was slow.",
        "The trial was stopped early for benefit.",
        "Midazolam caused respiratory depression; ketamine was given as rescue.",
        "Interleukin-6 was higher with ketamine.",
        "Ketamine led to psychosis-like symptoms in volunteers.",
        "Ketamine-induced cell death was seen in cultured neurons.",
        "Ketamine increased the death of cancer cells.",
        "Ketamine-associated mortality was zero.",
        "Ketamine-related deaths were rare.",
        "Ketamine resistance was associated with stroke recurrence.",
        "Ketamine withdrawal was associated with higher mortality.",
        "Delayed ketamine was associated with increased mortality.",
        "One serious adverse event was reported in the ketamine group, which was considered unrelated.",
        "Serious adverse events were reported in patients receiving ketamine, but none was related to it.",
        "Compared with ketamine, etomidate was associated with increased mortality.",
        "Age was associated with higher mortality in patients receiving ketamine.",
        "Physicians feared that ketamine increased the risk of stroke.",
        "A higher risk of suicide among ketamine recipients at baseline was noted.",
        "Patients not treated with ketamine had a higher risk of death.",
        "Patients treated with ketamine had a lower risk of death.",
        "Patients treated with etomidate had a higher risk of death than patients treated with ketamine.",
    ],
)
def test_what_is_no_harm_of_the_intervention_is_none(sentence: str) -> None:
    assert told(sentence) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Ketamine cholangiopathy: clinical features.", "liver injury"),
        ("Ketamine-induced cystitis in 40 users.", "bladder injury"),
        ("Does ketamine cause cystitis? Ketamine-induced cystitis revisited.", None),
        ("Ketamine for suicide prevention.", None),
        ("Ketamine in brain injury.", None),
        ("Ketamine against placebo: the Ketamine Heart Failure Study Group.", None),
    ],
)
def test_a_title_may_tell_it(title: str, kind: str | None) -> None:
    harm = harm_of(an_unindexed_record(title))
    assert (harm and harm.because.evidence) == kind


def test_the_sentence_is_kept_with_its_place() -> None:
    harm = harm_of(an_unindexed_record("Ketamine in patients.", "Pain fell. Ketamine caused hepatotoxicity."))
    assert harm is not None
    assert tuple(harm.quote) == ("Ketamine caused hepatotoxicity.", "abstract, sentence 2", False)


def test_aims_and_background_tell_none() -> None:
    assert told("x") is None
    record = an_unindexed_record("Ketamine.", "Background: Ketamine caused hepatotoxicity. Results: Pain fell.")
    assert harm_of(record) is None


def test_another_intervention_has_its_own_harms() -> None:
    record = an_unindexed_record("Statins.", "Statins caused liver injury. Ketamine was given.")
    assert harm_of(record) is None
    assert harm_of(record, "statins[tiab]") is not None
    assert harm_of(record, "") is None

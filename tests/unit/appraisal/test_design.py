"""Every rule, veto and publication type tells what it should, and not what comes closest to it."""

from typing import Any

import pytest

from litwatch.appraisal.abstract_rules import ABSTRACT_RULES, POOLING
from litwatch.appraisal.design_types import MESH_RULES, TYPE_RULES
from litwatch.appraisal.title_rules import HINTING, SETTLING
from litwatch.model.finding import StudyDesign
from litwatch.model.record import MeshHeading, PublicationType, RegistryNumber
from tests.builders import a_link
from tests.unit.appraisal.cases import an_unindexed_record, appraise, appraise_text, cases

RULE_CASES = cases("title_rules") + cases("abstract_rules")
HUMANS = MeshHeading("D006801", "Humans", False)
ANIMALS = MeshHeading("D000818", "Animals", False)
RATS = MeshHeading("D051381", "Rats", False)


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: case["rule"])
def test_a_rule_tells_the_design_of_its_case(case: dict[str, Any]) -> None:
    finding = appraise_text(case)
    assert (finding.design, finding.design_because.rule) == (case["design"], case["rule"])


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: case["rule"])
def test_a_rule_does_not_hold_for_its_near_miss(case: dict[str, Any]) -> None:
    finding = appraise_text(case["near_miss"])
    assert finding.design == case["near_miss"]["design"]
    assert finding.design_because.rule != case["rule"]


@pytest.mark.parametrize("case", cases("vetoes"), ids=lambda case: case["veto"])
def test_a_veto_leaves_the_design_unclear_and_says_why(case: dict[str, Any]) -> None:
    finding = appraise_text(case)
    assert finding.design is StudyDesign.UNCLEAR
    assert case["veto"] in finding.design_because.evidence


def test_every_rule_has_a_case() -> None:
    names = {rule.name for rule in (*SETTLING, *HINTING, *ABSTRACT_RULES, *POOLING)}
    assert names == {case["rule"] for case in RULE_CASES}


def test_every_veto_has_a_case() -> None:
    vetoes = {veto.name for rule in (*SETTLING, *ABSTRACT_RULES) for veto in rule.vetoes}
    assert vetoes == {case["veto"] for case in cases("vetoes")}


@pytest.mark.parametrize(
    ("text", "design"),
    [
        ("We randomised 450 patients to ketamine or saline.", StudyDesign.RCT),
        (
            "Forty adults were enrolled, with 1:1 individual randomisation to either ketamine or saline.",
            StudyDesign.RCT,
        ),
        ("Ten men completed three exercise sessions in randomized order.", StudyDesign.RCT),
        ("Ten men saw pictures of faces in randomized order.", StudyDesign.UNCLEAR),
        ("Patients with germ cell tumours underwent a randomized study of ketamine.", StudyDesign.RCT),
        ("Cells of patients were used in a randomized study of ketamine.", StudyDesign.UNCLEAR),
        ("In this randomized trial of ketamine patients had no history or evidence of pain.", StudyDesign.RCT),
        ("There is no randomized trial of ketamine in such patients.", StudyDesign.UNCLEAR),
        ("This review follows the PRISMA statement.", StudyDesign.SYSTEMATIC_REVIEW),
        (
            "Cochrane reviews on ketamine agree with what we say of PubMed, where nothing was searched.",
            StudyDesign.UNCLEAR,
        ),
        ("In this narrative review PubMed and Embase were searched.", StudyDesign.NARRATIVE_REVIEW),
    ],
)
def test_what_stands_near_a_word_of_design_counts(text: str, design: StudyDesign) -> None:
    assert appraise(an_unindexed_record("Ketamine.", text)).design is design


def test_the_evidence_is_the_sentence_with_its_place() -> None:
    record = an_unindexed_record("Ketamine.", "It was summer. Sixty patients were randomised to ketamine or saline.")
    evidence = appraise(record).design_because.evidence
    assert evidence == "“Sixty patients were randomised to ketamine or saline.” (abstract, sentence 2)"


@pytest.mark.parametrize("rule", TYPE_RULES, ids=lambda rule: rule.name)
def test_a_publication_type_tells_a_design_by_its_ui_whatever_its_name(rule: Any) -> None:
    record = an_unindexed_record(publication_types=(PublicationType(rule.ui, "renamed"),))
    finding = appraise(record)
    assert finding.design is rule.design
    assert rule.ui in finding.design_because.evidence


@pytest.mark.parametrize("ui", ["D016428", "D000076942", "D016441", "D003160", "D016448"])
def test_a_publication_type_that_says_nothing_about_design_is_passed_over(ui: str) -> None:
    record = an_unindexed_record("A randomised trial of ketamine.", publication_types=(PublicationType(ui, "any"),))
    assert appraise(record).design is StudyDesign.RCT


@pytest.mark.parametrize("rule", MESH_RULES, ids=lambda rule: rule.name)
def test_a_mesh_heading_tells_a_design_when_the_title_does_not(rule: Any) -> None:
    heading = MeshHeading(rule.ui, rule.name, False)
    assert appraise(an_unindexed_record("Ketamine.", mesh=(HUMANS, heading))).design is rule.design
    titled = an_unindexed_record("Ketamine: a randomised trial.", mesh=(HUMANS, heading))
    assert appraise(titled).design is StudyDesign.RCT


def test_trials_as_a_topic_are_no_trial() -> None:
    topic = MeshHeading("D016032", "Randomized Controlled Trials as Topic", False)
    assert appraise(an_unindexed_record("Ketamine.", mesh=(HUMANS, topic))).design is StudyDesign.UNCLEAR


def typed(title: str, *types: str, text: str = "", mesh: tuple[MeshHeading, ...] = ()) -> StudyDesign:
    record = an_unindexed_record(
        title, text, publication_types=tuple(PublicationType(ui, "") for ui in types), mesh=mesh
    )
    return appraise(record).design


@pytest.mark.parametrize(
    ("types", "design"),
    [
        (("D016454", "D000078182", "D017418"), StudyDesign.META_ANALYSIS),
        (("D016454", "D000078182"), StudyDesign.SYSTEMATIC_REVIEW),
        (("D018848", "D016449"), StudyDesign.RCT),
        (("D002363", "D016422"), StudyDesign.CASE_REPORT),
        (("D016449", "D016441"), StudyDesign.RCT),
        (("D016449", "D016425"), StudyDesign.NOTICE),
    ],
)
def test_of_several_publication_types_the_most_telling_decides(types: tuple[str, ...], design: StudyDesign) -> None:
    assert typed("Ketamine.", *types) is design


def test_text_makes_a_broad_publication_type_exact() -> None:
    assert typed("Ketamine: a systematic review.", "D016454") is StudyDesign.SYSTEMATIC_REVIEW
    assert typed("Ketamine.", "D016430", text="Sixty patients were randomised to ketamine.") is StudyDesign.RCT


def test_a_review_that_cites_randomised_trials_stays_a_review() -> None:
    assert typed("Ketamine.", "D016454", text="Patients were randomised to ketamine.") is StudyDesign.NARRATIVE_REVIEW


def test_a_controlled_trial_that_the_indexer_did_not_call_randomised_stays_so() -> None:
    assert typed("A double-blind trial of ketamine.", "D018848") is StudyDesign.NON_RANDOMISED_TRIAL


def test_a_protocol_indexed_as_the_trial_to_come_is_a_protocol() -> None:
    assert typed("Ketamine: protocol for a randomised trial.", "D016449") is StudyDesign.PROTOCOL


def test_a_randomised_trial_that_speaks_of_what_will_be_done_is_still_a_trial() -> None:
    assert typed("Ketamine.", "D016449", text="We will randomise more patients.") is StudyDesign.RCT


def test_a_randomised_trial_in_animals_is_an_animal_experiment() -> None:
    assert typed("Ketamine.", "D016449", mesh=(ANIMALS, RATS)) is StudyDesign.ANIMAL_EXPERIMENT
    assert typed("Ketamine.", text="Forty rats were randomly assigned to ketamine.") is StudyDesign.ANIMAL_EXPERIMENT


@pytest.mark.parametrize("ref_type", ["RetractionOf", "ErratumFor", "ExpressionOfConcernFor"])
def test_the_link_of_a_notice_makes_the_record_a_notice(ref_type: str) -> None:
    assert appraise(an_unindexed_record("Ketamine.", links=(a_link(ref_type),))).design is StudyDesign.NOTICE


@pytest.mark.parametrize("ref_type", ["CorrectedandRepublishedFrom", "UpdateOf", "RetractionIn", "CommentIn"])
def test_a_link_that_stands_on_articles_makes_no_notice(ref_type: str) -> None:
    record = an_unindexed_record("A randomised trial of ketamine.", links=(a_link(ref_type),))
    assert appraise(record).design is StudyDesign.RCT


def test_a_comment_without_abstract_is_a_letter_and_one_with_results_is_read() -> None:
    comment = a_link("CommentOn")
    assert appraise(an_unindexed_record("Ketamine.", links=(comment,))).design is StudyDesign.EDITORIAL
    with_results = an_unindexed_record("Ketamine.", "Sixty patients were randomised to it.", links=(comment,))
    assert appraise(with_results).design is StudyDesign.RCT


def test_a_registry_number_supports_a_trial_that_speaks_of_itself() -> None:
    number = RegistryNumber("ClinicalTrials.gov", "NCT00000000")
    own = an_unindexed_record("Ketamine.", "In this small trial 20 adults took it.", registry_numbers=(number,))
    assert appraise(own).design is StudyDesign.NON_RANDOMISED_TRIAL
    other = an_unindexed_record("Ketamine.", "A trial elsewhere had 20 adults.", registry_numbers=(number,))
    assert appraise(other).design is StudyDesign.UNCLEAR
    sequence = an_unindexed_record(
        "Ketamine.", "In this small trial 20 adults took it.", registry_numbers=(RegistryNumber("GENBANK", "X1"),)
    )
    assert appraise(sequence).design is StudyDesign.UNCLEAR


def test_what_nothing_tells_is_unclear_and_says_so() -> None:
    because = appraise(an_unindexed_record("Ketamine.")).design_because
    assert because.rule == "no rule on design holds"
    assert "neither" in because.evidence


def test_a_systematic_review_that_pools_its_studies_is_a_meta_analysis() -> None:
    title = "Ketamine and interleukin-6: a systematic review."
    pooled = appraise(an_unindexed_record(title, "We conducted a meta-analysis of six trials of ketamine."))
    assert pooled.design is StudyDesign.META_ANALYSIS
    assert "title names a systematic review" in pooled.design_because.evidence
    unpooled = appraise(an_unindexed_record(title, "We did not conduct a meta-analysis, as trials were few."))
    assert unpooled.design is StudyDesign.SYSTEMATIC_REVIEW


def test_a_later_analysis_is_a_trial_only_when_it_reports_the_allocation_itself() -> None:
    title = "Ketamine and cytokines: a secondary analysis of a randomised trial."
    allocated = appraise(an_unindexed_record(title, "Sixty patients were randomised to ketamine or saline."))
    assert allocated.design is StudyDesign.RCT
    silent = appraise(an_unindexed_record(title, "Sixty patients of that trial were asked to sleep."))
    assert silent.design is StudyDesign.UNCLEAR

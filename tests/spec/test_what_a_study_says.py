"""What a study says. Litwatch reads what a record reports, in whom, which claims it bears on and what it concludes; it
quotes the sentence behind each verdict, says "unclear" where nothing tells, and grades nothing."""

from dataclasses import replace

from litwatch.appraisal import appraise_notices, appraise_record
from litwatch.model.finding import Finding, NoticeKind, Population, StudyDesign
from litwatch.model.record import PublicationType, Record
from litwatch.model.watch import Claim
from tests.builders import NOW, PMID, a_claim, a_link, a_record, a_work, sections

TRIAL = a_record(
    title="Ketamine and interleukin-6 after invented surgery.",
    abstract=sections(
        METHODS="Sixty patients were randomly assigned to ketamine or saline. Serum IL-6 was measured.",
        RESULTS="IL-6 was lower after ketamine (p < 0.05). Pain scores did not differ.",
        CONCLUSIONS="Ketamine lowered interleukin-6 and left pain unchanged. Further studies are needed.",
    ),
    mesh=(),
)
CLAIM = a_claim("C1", outcomes=("interleukin-6", "IL-6"))


def appraise(record: Record, *claims: Claim) -> Finding:
    return appraise_record(record, a_work(PMID), claims or (CLAIM,))


def retitled(title: str, text: str = "") -> Finding:
    return appraise(replace(TRIAL, title=title, abstract=sections(text) if text else ()))


def test_a_randomised_trial_is_known_on_its_first_day_from_its_abstract() -> None:
    finding = appraise(TRIAL)
    assert finding.design is StudyDesign.RCT
    assert finding.design_because.evidence == (
        "“Sixty patients were randomly assigned to ketamine or saline.” (abstract, METHODS, sentence 1)"
    )


def test_the_publication_type_overrules_the_text_when_it_arrives() -> None:
    typed = replace(TRIAL, publication_types=(PublicationType("D018848", "Controlled Clinical Trial"),))
    finding = appraise(typed)
    assert finding.design is StudyDesign.NON_RANDOMISED_TRIAL
    assert "D018848" in finding.design_because.evidence


def test_what_only_speaks_of_randomised_trials_is_none() -> None:
    for title, text, design in (
        ("Ketamine and cytokines.", "In patients, randomised controlled trials are needed.", StudyDesign.UNCLEAR),
        (
            "Ketamine and cytokines.",
            "We searched PubMed for randomised trials in patients.",
            StudyDesign.SYSTEMATIC_REVIEW,
        ),
        ("Ketamine: protocol for a randomised trial.", "", StudyDesign.PROTOCOL),
        ("Comment on a randomised trial of ketamine.", "", StudyDesign.EDITORIAL),
        ("A non-randomised trial of ketamine.", "", StudyDesign.NON_RANDOMISED_TRIAL),
        ("Ketamine and cytokines.", "Forty rats were randomly assigned to ketamine.", StudyDesign.ANIMAL_EXPERIMENT),
        ("A secondary analysis of a randomised trial of ketamine.", "", StudyDesign.UNCLEAR),
        ("Retraction: A randomised trial of ketamine.", "", StudyDesign.NOTICE),
    ):
        assert retitled(title, text).design is design, (title, text)


def test_people_animals_and_cells_are_told_apart() -> None:
    assert appraise(TRIAL).population is Population.HUMAN
    rats = retitled("Ketamine and cytokines.", "Forty Wistar rats received ketamine.")
    assert (rats.population, rats.species) == (Population.ANIMAL, "rat")
    assert retitled("Ketamine and cultured macrophages in vitro.").population is Population.IN_VITRO
    assert retitled("Ketamine and cytokines.").population is Population.UNCLEAR


def test_a_study_bears_on_a_claim_whose_outcome_it_names_and_shows_the_result() -> None:
    (bearing,) = appraise(TRIAL).bearings
    assert (bearing.claim, bearing.terms) == ("C1", ("interleukin-6", "IL-6"))
    assert bearing.rationale.text == "IL-6 was lower after ketamine (p < 0.05)."


def test_interleukin_60_is_not_interleukin_6() -> None:
    assert retitled("Ketamine and interleukin-60.", "IL-60 fell.").bearings == ()


def test_the_conclusion_is_quoted_and_not_the_wish_for_more_studies() -> None:
    conclusion = appraise(TRIAL).conclusion
    assert conclusion is not None
    assert conclusion.text == "Ketamine lowered interleukin-6 and left pain unchanged."


def test_a_retracted_trial_stays_in_sight_and_is_read_last() -> None:
    retracted = replace(TRIAL, links=(a_link("RetractionIn"),))
    assert appraise(retracted).retracted
    assert appraise(retracted).design is StudyDesign.RCT
    assert appraise(retracted).rank < retitled("Ketamine and cytokines.").rank


def test_an_erratum_is_never_called_a_retraction() -> None:
    (notice,) = appraise_notices(replace(TRIAL, links=(a_link("ErratumIn"),)), NOW)
    assert notice.kind is NoticeKind.ERRATUM


def test_the_same_record_always_gives_the_same_finding() -> None:
    assert appraise(TRIAL) == appraise(TRIAL)

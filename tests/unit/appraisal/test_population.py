"""In whom a study was done is read from MeSH first, then from text, and implied by nothing less than a design."""

from typing import Any

import pytest

from litwatch.appraisal.population_rules import RULES
from litwatch.model.finding import Population
from litwatch.model.record import MeshHeading, PublicationType
from tests.unit.appraisal.cases import an_unindexed_record, appraise, appraise_text, cases

HUMANS = MeshHeading("D006801", "Humans", False)
ANIMALS = MeshHeading("D000818", "Animals", False)


@pytest.mark.parametrize("case", cases("populations"), ids=lambda case: case["rule"])
def test_a_rule_tells_the_population_of_its_case(case: dict[str, Any]) -> None:
    finding = appraise_text(case)
    told = (finding.population, finding.species, finding.population_because.rule)
    assert told == (case["population"], case["species"], case["rule"])


@pytest.mark.parametrize("case", cases("populations"), ids=lambda case: case["rule"])
def test_a_rule_does_not_hold_for_its_near_miss(case: dict[str, Any]) -> None:
    finding = appraise_text(case["near_miss"])
    assert (finding.population, finding.species) == (case["near_miss"]["population"], case["near_miss"]["species"])
    assert finding.population_because.rule != case["rule"]


def test_every_rule_has_a_case() -> None:
    assert [rule.name for rule in RULES] == [case["rule"] for case in cases("populations")]


@pytest.mark.parametrize(
    ("headings", "population", "species"),
    [
        ((HUMANS,), Population.HUMAN, "human"),
        ((ANIMALS, MeshHeading("D011919", "Rats, Inbred Strains", False)), Population.ANIMAL, "rat"),
        ((ANIMALS, MeshHeading("D006168", "Guinea Pigs", False)), Population.ANIMAL, "guinea pig"),
        ((ANIMALS,), Population.ANIMAL, ""),
        ((HUMANS, ANIMALS, MeshHeading("D051379", "Mice", False)), Population.HUMAN_AND_ANIMAL, "human, mouse"),
    ],
)
def test_mesh_overrules_what_the_text_names(
    headings: tuple[MeshHeading, ...], population: Population, species: str
) -> None:
    finding = appraise(an_unindexed_record("Ketamine in rabbits.", mesh=headings))
    assert (finding.population, finding.species) == (population, species)


def test_cells_of_an_indexed_animal_are_in_vitro_unless_the_animal_was_studied() -> None:
    headings = (ANIMALS, MeshHeading("D051379", "Mice", False), MeshHeading("D002460", "Cell Line", False))
    cells = an_unindexed_record("Ketamine and cultured macrophages.", "They made less nitrite.", mesh=headings)
    assert appraise(cells).population is Population.IN_VITRO
    both = an_unindexed_record("Ketamine and cultured macrophages.", "Twenty mice received it.", mesh=headings)
    assert appraise(both).population is Population.ANIMAL


def test_a_trial_or_case_report_that_names_nobody_is_in_people() -> None:
    finding = appraise(an_unindexed_record("Ketamine: a randomised trial."))
    assert (finding.population, finding.species) == (Population.HUMAN, "human")
    assert finding.population_because.rule == "follows from the design"


def test_a_review_that_names_nobody_stays_unclear() -> None:
    review = an_unindexed_record("Ketamine.", publication_types=(PublicationType("D016454", "Review"),))
    assert appraise(review).population is Population.UNCLEAR


@pytest.mark.parametrize(
    ("abstract", "species"),
    [
        ("We gave ketamine to C57BL/6 mice.", "mouse"),
        ("Adult Sprague-Dawley rats received ketamine.", "rat"),
        ("Ketamine was given and Sprague-Dawley pups were weighed.", "rat"),
        ("Il6-/- mice were weighed.", "mouse"),
        ("We weighed mice. Mice grew.", "mouse"),
        ("We bred chickens with goat (GOAT) genes and a mouse antibody. Chickens grew.", "chicken"),
    ],
)
def test_animals_are_studied_when_they_are_of_a_kind_or_treated_or_named_again(abstract: str, species: str) -> None:
    finding = appraise(an_unindexed_record("Ketamine and interleukin-6.", abstract))
    assert (finding.population, finding.species) == (Population.ANIMAL, species)


@pytest.mark.parametrize(
    "abstract",
    [
        "We stained it with antibodies from immunised mice.",
        "We built a probe that is useful for studies in small (rats and mice) animals.",
        "Ketamine lowers interleukin-6 in old mice.",
        "The score of the RAT was high and the CAT was low; we had a mouse monoclonal antibody.",
        "We cite studies in mice and humans.",
    ],
)
def test_animals_named_in_passing_are_not_studied(abstract: str) -> None:
    assert appraise(an_unindexed_record("Ketamine and interleukin-6.", abstract)).population is Population.UNCLEAR


def test_a_title_of_rodents_names_them_when_nothing_is_more_exact() -> None:
    assert appraise(an_unindexed_record("Ketamine in rodents.")).species == "rodent"
    assert appraise(an_unindexed_record("Ketamine in rodents.", "Wistar rats were used.")).species == "rat"

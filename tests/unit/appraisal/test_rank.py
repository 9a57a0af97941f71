"""The order of reading: every design and population has its weight, and each part counts as documented."""

from litwatch.appraisal.rank import DESIGN, POPULATION, reading_rank
from litwatch.model.finding import Population, StudyDesign


def rank(
    design: StudyDesign = StudyDesign.RCT,
    population: Population = Population.HUMAN,
    claims: int = 1,
    year: int | None = 2020,
    *,
    retracted: bool = False,
) -> float:
    return reading_rank(design, population, claims, year, retracted=retracted)


def test_every_design_and_population_has_a_weight() -> None:
    assert set(DESIGN) == set(StudyDesign)
    assert set(POPULATION) == set(Population)


def test_a_stronger_design_comes_first() -> None:
    assert rank(StudyDesign.META_ANALYSIS) > rank(StudyDesign.RCT) > rank(StudyDesign.COHORT)
    assert rank(StudyDesign.COHORT) > rank(StudyDesign.NARRATIVE_REVIEW) > rank(StudyDesign.NOTICE)


def test_people_come_before_animals() -> None:
    assert rank(population=Population.HUMAN) > rank(population=Population.HUMAN_AND_ANIMAL)
    assert rank(population=Population.HUMAN_AND_ANIMAL) > rank(population=Population.ANIMAL)


def test_more_claims_come_first_up_to_three() -> None:
    assert rank(claims=0) < rank(claims=1) < rank(claims=3) == rank(claims=5)


def test_recency_only_breaks_ties() -> None:
    assert rank(year=2021) > rank(year=2020) > rank(year=None)
    assert rank(year=9999, claims=0) < rank(year=None, claims=1)


def test_what_is_retracted_comes_last() -> None:
    assert rank(StudyDesign.META_ANALYSIS, retracted=True) < rank(StudyDesign.NOTICE, Population.ANIMAL, 0, None)

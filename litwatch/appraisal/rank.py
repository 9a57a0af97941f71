"""The order in which to read findings: a sum of named weights. It orders; it hides nothing and grades nothing.

rank = design + population + CLAIM × claims borne on (MOST_CLAIMS at most) + recency + RETRACTED if retracted

Design strength follows the OCEBM 2011 levels for treatment (FIELD: syntheses, randomised trials, other controlled
studies, series, mechanism). Recency is worth less than one step of anything else, so that it only breaks ties, and
needs no clock. A retracted work comes last among findings; its notice is what comes first in a digest.
"""

from litwatch.model.finding import Population, StudyDesign

DESIGN = {
    StudyDesign.META_ANALYSIS: 10,
    StudyDesign.SYSTEMATIC_REVIEW: 9,
    StudyDesign.RCT: 8,
    StudyDesign.NON_RANDOMISED_TRIAL: 6,
    StudyDesign.COHORT: 6,
    StudyDesign.CASE_CONTROL: 5,
    StudyDesign.CROSS_SECTIONAL: 5,
    StudyDesign.CASE_SERIES: 4,
    StudyDesign.GUIDELINE: 4,
    StudyDesign.CASE_REPORT: 3,
    StudyDesign.UNCLEAR: 3,
    StudyDesign.ANIMAL_EXPERIMENT: 2,
    StudyDesign.IN_VITRO: 2,
    StudyDesign.NARRATIVE_REVIEW: 2,
    StudyDesign.PROTOCOL: 1,
    StudyDesign.EDITORIAL: 1,
    StudyDesign.NOTICE: 0,
}
POPULATION = {
    Population.HUMAN: 3,
    Population.HUMAN_AND_ANIMAL: 2,
    Population.UNCLEAR: 1,
    Population.ANIMAL: 0,
    Population.IN_VITRO: 0,
}
CLAIM = 2
MOST_CLAIMS = 3
RETRACTED = -100
_FIRST_YEAR, _YEARS = 1800, 1000


def reading_rank(
    design: StudyDesign, population: Population, claims: int, year: int | None, *, retracted: bool
) -> float:
    """The rank of a finding, higher first; a record without a year counts as the oldest."""
    recency = max(0, (year or _FIRST_YEAR) - _FIRST_YEAR) / _YEARS
    steps = DESIGN[design] + POPULATION[population] + CLAIM * min(claims, MOST_CLAIMS)
    return steps + min(recency, 0.999) + (RETRACTED if retracted else 0)

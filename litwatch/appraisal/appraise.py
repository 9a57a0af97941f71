"""One record, appraised: what it reports, in whom, which claims it bears on, and what it concludes.

Cheap things come first: one folding and one set of words a record, rules found by their words, publication types before
text, sentences cut only where one is quoted, directions read only where an outcome is named. Measured 2026-11-26 with
``python -m tests.bench.bench_appraisal``, the ketamine watch and a file of 2021, on a busy machine: 570 µs a record,
730 with an abstract, of which directions cost a third; a record on ketamine takes 1,200. Parsing took 320.
"""

from functools import lru_cache
from hashlib import sha256

from litwatch import __version__
from litwatch.appraisal.abstract_rules import ABSTRACT_RULES, POOLING
from litwatch.appraisal.bearings import ClaimIndex, find_bearings, index_claims
from litwatch.appraisal.conclusion import find_conclusion
from litwatch.appraisal.design import appraise_design
from litwatch.appraisal.detail_rules import AGES
from litwatch.appraisal.details import find_details
from litwatch.appraisal.directions import find_directions, outcome_vocabulary, told_only
from litwatch.appraisal.drugs import drug_vocabulary
from litwatch.appraisal.harms import find_harm, harm_words
from litwatch.appraisal.intervention import intervention_of
from litwatch.appraisal.notices import is_retracted
from litwatch.appraisal.population import appraise_population, imply_population
from litwatch.appraisal.population_rules import SIGNAL_WORDS
from litwatch.appraisal.rank import reading_rank
from litwatch.appraisal.reading import Reading
from litwatch.appraisal.stance import Study, judge_stances
from litwatch.appraisal.title_rules import SETTLING
from litwatch.model.finding import Finding
from litwatch.model.identifiers import WorkId
from litwatch.model.record import Record
from litwatch.model.watch import Claim

_RULE_WORDS = SIGNAL_WORDS.union(
    *(words for words, _ in AGES.values()), *(rule.cues for rule in (*SETTLING, *ABSTRACT_RULES, *POOLING))
)


@lru_cache(maxsize=64)
def _prepare(claims: tuple[Claim, ...], topic: str) -> tuple[ClaimIndex, frozenset[str]]:
    index = index_claims(claims)
    words = _RULE_WORDS | index.cues | outcome_vocabulary(claims).cues | drug_vocabulary(topic).cues | harm_words()
    return index, words


@lru_cache(maxsize=64)
def basis_of(claims: tuple[Claim, ...], topic: str) -> str:
    """Names what a record is appraised by: the claims, the topic and the rules of this version."""
    return sha256(repr((__version__, claims, topic)).encode()).hexdigest()[:16]


def appraise_record(record: Record, work: WorkId, claims: tuple[Claim, ...], topic: str = "") -> Finding:
    """Everything that the rules can tell of one work from one of its records, each verdict with its reason.

    ``topic`` is the watch's, a query: the intervention whose directions and doses are told. Pure and total: what no
    rule can tell is ``unclear``, and says what was found and struck.
    """
    index, vocabulary = _prepare(claims, topic)
    reading = Reading(record, vocabulary)
    population = appraise_population(reading)
    design, design_because = appraise_design(reading, population)
    population = imply_population(population, design, design_because)
    retracted = is_retracted(record)
    intervention = intervention_of(topic)
    directions = told_only(find_directions(reading, outcome_vocabulary(claims), intervention))
    study = Study(design, retracted, directions, reading.title, f"{reading.title} {reading.abstract}", intervention)
    bearings = judge_stances(find_bearings(reading, index), study, claims)
    return Finding(
        work=work,
        pmid=record.pmid,
        design=design,
        design_because=design_because,
        population=population.population,
        population_because=population.because,
        species=population.species,
        bearings=bearings,
        conclusion=find_conclusion(reading),
        rank=reading_rank(design, population.population, len(bearings), record.year, retracted=retracted),
        retracted=retracted,
        details=find_details(reading, design, population.population, claims, drug_vocabulary(topic)),
        directions=directions,
        basis=basis_of(claims, topic),
        harm=find_harm(reading, intervention),
    )

"""One work for machines; ``digest.schema.json`` says what the keys are."""

from typing import Any

from litwatch.model.digest import StudyCard
from litwatch.model.direction import OutcomeDirection
from litwatch.model.finding import Bearing, Harm, Relevance
from litwatch.model.identity import Because
from litwatch.model.quote import Quote

Json = dict[str, Any]


def study_json(card: StudyCard) -> Json:
    """A work with everything found in it."""
    finding, resolution = card.finding, card.resolution
    return {
        "pmid": finding.pmid,
        "work": finding.work,
        "standing": resolution.standing,
        "candidate": resolution.candidate,
        "title": card.title,
        "authors": card.authors,
        "journal": card.journal,
        "published": card.published,
        "doi": card.doi,
        "pmcid": card.pmcid,
        "language": card.language,
        "has_paraphrase": card.has_paraphrase,
        "design": finding.design,
        "level": finding.level,
        "population": finding.population,
        "species": finding.species,
        "retracted": finding.retracted,
        "rank": finding.rank,
        "relevance": finding.relevance and _relevance(finding.relevance),
        "previous_design": card.previous_design,
        "conclusion": finding.conclusion and _quote(finding.conclusion),
        "details": [detail._asdict() for detail in finding.details],
        "directions": [_direction(direction) for direction in finding.directions],
        "harm": finding.harm and _harm(finding.harm),
        "bearings": [_bearing(bearing) for bearing in finding.bearings],
        "because": {
            "standing": because_json(resolution.because),
            "design": because_json(finding.design_because),
            "population": because_json(finding.population_because),
        },
    }


def _relevance(told: Relevance) -> Json:
    return {"score": told.score, "is_low": told.is_low, "because": because_json(told.because)}


def _bearing(bearing: Bearing) -> Json:
    return {
        "claim": bearing.claim,
        "terms": bearing.terms,
        "direction": bearing.direction,
        "stance": bearing.stance,
        "because": because_json(bearing.because),
        "rationale": _quote(bearing.rationale),
    }


def _harm(harm: Harm) -> Json:
    return {"kind": harm.because.evidence, "rule": harm.because.rule, "quote": _quote(harm.quote)}


def _direction(found: OutcomeDirection) -> Json:
    return {
        "outcome": found.outcome,
        "direction": found.direction,
        "readings": [
            {
                "direction": reading.verdict.direction,
                "confidence": round(reading.verdict.confidence, 3),
                "comparator": reading.comparator,
                "significance": reading.significance,
                "because": because_json(reading.verdict.because),
                "quote": _quote(reading.quote),
            }
            for reading in found.readings
        ],
    }


def _quote(quote: Quote) -> Json:
    return quote._asdict()


def because_json(because: Because) -> Json:
    """Why a verdict fell."""
    return {"rule": because.rule, "evidence": because.evidence}

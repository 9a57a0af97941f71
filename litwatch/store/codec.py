"""Values of the model as JSON text and back.

A dataclass becomes an object, so that a field with a default can be added without a migration; a NamedTuple
becomes a list, which may grow at its end for the same reason.
"""

import json
from typing import Any

from litwatch.model.direction import Direction, DirectionReading, DirectionVerdict, OutcomeDirection
from litwatch.model.finding import (
    Bearing,
    Detail,
    DetailKind,
    Finding,
    Harm,
    Population,
    Relevance,
    Stance,
    StudyDesign,
)
from litwatch.model.identifiers import Doi, Pmcid, Pmid, WorkId
from litwatch.model.identity import Because, Candidate, Citation
from litwatch.model.quote import Quote


def _as_object(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_as_object)


def encode(value: Finding | Citation | tuple[Candidate, ...] | tuple[str, ...]) -> str:
    """One of the values that this module decodes, as compact JSON."""
    return _encoder.encode(value)


def decode_finding(text: str) -> Finding:
    """The Finding that ``text`` was made of."""
    raw = json.loads(text)
    conclusion = raw["conclusion"]
    return Finding(
        **raw
        | {
            "work": WorkId(raw["work"]),
            "pmid": Pmid(raw["pmid"]),
            "design": StudyDesign(raw["design"]),
            "design_because": Because(**raw["design_because"]),
            "population": Population(raw["population"]),
            "population_because": Because(**raw["population_because"]),
            "bearings": tuple(_bearing(bearing) for bearing in raw["bearings"]),
            "conclusion": None if conclusion is None else Quote(*conclusion),
            "details": tuple(Detail(DetailKind(kind), *told) for kind, *told in raw.get("details", ())),
            "directions": tuple(map(_direction, raw.get("directions", ()))),
            "relevance": _relevance(raw.get("relevance")),
            "harm": _harm(raw.get("harm")),
        }
    )


def decode_citation(text: str) -> Citation:
    """The Citation that ``text`` was made of."""
    return _citation(json.loads(text))


def decode_candidates(text: str) -> tuple[Candidate, ...]:
    """The candidates that ``text`` was made of."""
    return tuple(Candidate(_citation(citation), score, tuple(reasons)) for citation, score, reasons in json.loads(text))


def decode_texts(text: str) -> tuple[str, ...]:
    """The texts that ``text`` was made of."""
    return tuple(json.loads(text))


def _bearing(raw: dict[str, Any]) -> Bearing:
    """A bearing kept before stances were judged has none of the last three."""
    changed: dict[str, Any] = {"terms": tuple(raw["terms"]), "rationale": Quote(*raw["rationale"])}
    if "stance" in raw:
        changed |= {
            "direction": Direction(raw["direction"]),
            "stance": Stance(raw["stance"]),
            "because": Because(**raw["because"]),
        }
    return Bearing(**raw | changed)


def _harm(raw: dict[str, Any] | None) -> Harm | None:
    return None if raw is None else Harm(Quote(*raw["quote"]), Because(**raw["because"]))


def _direction(raw: dict[str, Any]) -> OutcomeDirection:
    readings = tuple(map(_reading, raw["readings"]))
    return OutcomeDirection(raw["outcome"], Direction(raw["direction"]), readings)


def _reading(raw: dict[str, Any]) -> DirectionReading:
    told = raw["verdict"]
    verdict = DirectionVerdict(Direction(told["direction"]), told["confidence"], Because(**told["because"]))
    return DirectionReading(**raw | {"verdict": verdict, "quote": Quote(*raw["quote"])})


def _relevance(raw: dict[str, Any] | None) -> Relevance | None:
    return Relevance(**raw | {"because": Because(**raw["because"])}) if raw else None


def _citation(raw: dict[str, Any]) -> Citation:
    return Citation(
        **raw
        | {
            "authors": tuple(raw["authors"]),
            "pmid": Pmid(raw["pmid"]) if raw["pmid"] else None,
            "doi": Doi(raw["doi"]) if raw["doi"] else None,
            "pmcid": Pmcid(raw["pmcid"]) if raw["pmcid"] else None,
        }
    )

"""In which direction an outcome went, as far as one sentence or one abstract tells."""

from dataclasses import dataclass
from enum import StrEnum

from litwatch.model.identity import Because
from litwatch.model.quote import Quote


class Direction(StrEnum):
    """Where an outcome went with the intervention, against what it is compared with; never whether that is good."""

    DECREASE = "decrease"
    INCREASE = "increase"
    NO_DIFFERENCE = "no difference"
    MIXED = "mixed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class DirectionVerdict:
    """What one sentence says of one outcome; ``confidence`` is the model's, from 0 to 1, also where it is unclear.

    It is 0 where no rule found anything that the model could weigh.
    """

    direction: Direction
    confidence: float
    because: Because


@dataclass(frozen=True, slots=True)
class DirectionReading:
    """One sentence that reports an outcome; ``comparator`` and ``significance`` as it states them, else empty."""

    verdict: DirectionVerdict
    comparator: str
    significance: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class OutcomeDirection:
    """An outcome that an abstract reports: mixed when its sentences disagree, unclear when none tells."""

    outcome: str
    direction: Direction
    readings: tuple[DirectionReading, ...]

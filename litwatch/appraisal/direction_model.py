"""The linear model that weighs what is read of a sentence: one weight a feature and direction, and a bias.

``direction_weights.tsv`` is made by ``python -m litwatch.evaluation.direction_training``; its head says from what.
"""

from collections.abc import Iterable
from functools import lru_cache
from heapq import nsmallest
from importlib.resources import files
from math import exp, sqrt
from typing import Final, NamedTuple

from litwatch.model.direction import Direction

DIRECTIONS: Final = (Direction.DECREASE, Direction.INCREASE, Direction.NO_DIFFERENCE)
Weights = tuple[float, float, float]

_FILE = "direction_weights.tsv"
_FEWEST = 20
"""A sentence with fewer known features than this is not trusted more for being short."""


def scale_of(known: int) -> float:
    """What each weight of a sentence with ``known`` features counts."""
    return 1 / sqrt(max(known, _FEWEST))


class DirectionModel(NamedTuple):
    """Weights by feature in the order of DIRECTIONS; below ``threshold`` a verdict is unclear."""

    weights: dict[str, Weights]
    bias: Weights
    threshold: float
    documents: frozenset[str]

    def probabilities(self, features: Iterable[str]) -> Weights:
        """How likely each of DIRECTIONS is."""
        known = [row for row in map(self.weights.get, dict.fromkeys(features)) if row]
        scale = scale_of(len(known))
        columns = zip(*known, strict=True) if known else ((), (), ())
        sums = [sum(column) * scale + bias for column, bias in zip(columns, self.bias, strict=True)]
        highest = max(sums)
        down, up, same = (exp(value - highest) for value in sums)
        total = down + up + same
        return down / total, up / total, same / total

    def telling(self, features: Iterable[str], direction: Direction, most: int) -> list[str]:
        """The features that speak most for ``direction``."""
        place = DIRECTIONS.index(direction)
        known = [(-self.weights[name][place], name) for name in set(features) if name in self.weights]
        return [name for _, name in nsmallest(most, known)]


@lru_cache(maxsize=1)
def shipped_model() -> DirectionModel:
    """The model that litwatch comes with."""
    return parse_model(files("litwatch.appraisal").joinpath(_FILE).read_text(encoding="utf-8"))


def parse_model(text: str) -> DirectionModel:
    """A model from its file: lines of a name and values, parted by tabs; lines with # are remarks."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    heads = {name.removeprefix("="): values for name, *values in rows if name.startswith("=")}
    weights = {name: _three(values) for name, *values in rows if not name.startswith("=")}
    return DirectionModel(weights, _three(heads["bias"]), float(heads["threshold"][0]), frozenset(heads["documents"]))


def _three(values: list[str]) -> Weights:
    one, two, three = map(float, values)
    return one, two, three

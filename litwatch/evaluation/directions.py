"""How well directions are told on documents that the judging model never saw.

The documents that rules and threshold were chosen on are cross-validated, each sentence judged by a model that has seen
none of its document. Those held out are judged by a model made from the former alone. Any others are judged by the
shipped weights. A verdict is right when it is the label; with abstention, only verdicts of the threshold or more count.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple

from litwatch.appraisal.direction_model import DIRECTIONS, DirectionModel, Weights, shipped_model
from litwatch.evaluation.direction_data import Example, is_held_out, read_examples
from litwatch.evaluation.direction_training import cross_validated, lessons_of, train
from litwatch.evaluation.intervals import Share, share_of
from litwatch.model.direction import Direction

TUNED = "tuned on, cross-validated by document"
HELD_OUT = "held out, judged by what the others teach"
UNSEEN = "unseen, judged by the shipped weights"
_RESAMPLES = 1000
_TAIL = 25
Counts = tuple[tuple[int, int, int], ...]
"""Rows are labels, columns verdicts, both in the order of DIRECTIONS."""


class Judged(NamedTuple):
    """An example with the likeliest direction and its confidence."""

    example: Example
    likely: Direction
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the likeliest direction is the label."""
        return self.likely is self.example.label


class ClassScore(NamedTuple):
    """How well one direction is told."""

    direction: Direction
    precision: Share
    recall: Share
    f1: float


class Measured:
    """A set of examples judged; ``threshold`` is the confidence below which a verdict is unclear."""

    def __init__(self, name: str, judged: Sequence[Judged], threshold: float) -> None:
        self.name = name
        self.judged = tuple(judged)
        self.threshold = threshold

    @property
    def documents(self) -> int:
        """How many documents the examples come from."""
        return len({each.example.document for each in self.judged})

    @cached_property
    def confusion(self) -> Counts:
        """What the labels were told as, without abstention."""
        return _counts(self.judged)

    @property
    def classes(self) -> tuple[ClassScore, ...]:
        """Precision, recall and F1 of each direction, without abstention."""
        return tuple(_score(self.confusion, place) for place in range(len(DIRECTIONS)))

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the directions."""
        return _macro_f1(self.confusion)

    @cached_property
    def macro_f1_limits(self) -> tuple[float, float]:
        """Between which limits 95 of 100 resamples of the documents give the mean F1."""
        by_document: dict[str, list[Judged]] = defaultdict(list)
        for each in self.judged:
            by_document[each.example.document].append(each)
        counts = [_counts(each) for each in by_document.values()]
        random = Random(0)  # noqa: S311 - resampling, no secret
        found = sorted(_macro_f1(_sum(random.choices(counts, k=len(counts)))) for _ in range(_RESAMPLES))
        return found[_TAIL], found[-_TAIL - 1]

    @property
    def covered(self) -> Share:
        """How many verdicts are not unclear."""
        return share_of(sum(each.confidence >= self.threshold for each in self.judged), len(self.judged))

    @property
    def covered_precision(self) -> Share:
        """How many of the verdicts that are not unclear are right."""
        told = [each.is_right for each in self.judged if each.confidence >= self.threshold]
        return share_of(sum(told), len(told))

    @property
    def precision_at_coverage(self) -> Share:
        """How many of the most confident six tenths are right."""
        ranked = sorted(self.judged, key=lambda each: -each.confidence)
        told = ranked[: -(-len(ranked) * 6 // 10)]
        return share_of(sum(each.is_right for each in told), len(told))


def measure_directions(folder: Path, tell: Callable[[str], None]) -> list[Measured]:
    """Judge every example in ``folder``, in up to three parts; ``tell`` takes what is being done, and is left out."""
    parts: dict[str, list[Example]] = {TUNED: [], HELD_OUT: [], UNSEEN: []}
    for example in read_examples(folder):
        parts[_part_of(example)].append(example)
    found = []
    if parts[TUNED]:
        tell("cross-validating: each part is judged by a model made from the others")
        found.append(cross_validate(parts[TUNED]))
    if parts[HELD_OUT] and parts[TUNED]:
        found.append(measure_held_out(parts[HELD_OUT], parts[TUNED]))
    elif parts[HELD_OUT]:
        tell(
            f"{len(parts[HELD_OUT])} sentences left out: the shipped weights are made from them, and others are missing"
        )
    if parts[UNSEEN]:
        found.append(_judged_by(shipped_model(), UNSEEN, parts[UNSEEN]))
    return found


def _part_of(example: Example) -> str:
    if example.document not in shipped_model().documents:
        return UNSEEN
    return HELD_OUT if is_held_out(example.document) else TUNED


def cross_validate(examples: Sequence[Example]) -> Measured:
    """Examples judged by models that have seen no sentence of their document."""
    shares = cross_validated(lessons_of(examples))
    return Measured(TUNED, [_judged(*pair) for pair in zip(examples, shares, strict=True)], shipped_model().threshold)


def measure_held_out(examples: Iterable[Example], others: Iterable[Example]) -> Measured:
    """Examples judged by a model made from ``others`` alone, with the shipped threshold."""
    model = train([each for pair in lessons_of(others) for each in pair], shipped_model().threshold)
    return _judged_by(model, HELD_OUT, examples)


def _judged_by(model: DirectionModel, name: str, examples: Iterable[Example]) -> Measured:
    return Measured(name, [_judged(each, model.probabilities(each.features)) for each in examples], model.threshold)


def _judged(example: Example, shares: Weights) -> Judged:
    return Judged(example, DIRECTIONS[shares.index(max(shares))], max(shares))


def _counts(judged: Sequence[Judged]) -> Counts:
    told = Counter((each.example.label, each.likely) for each in judged)
    one, two, three = DIRECTIONS
    return tuple((told[label, one], told[label, two], told[label, three]) for label in DIRECTIONS)


def _sum(counts: Sequence[Counts]) -> Counts:
    columns = [sum(cells) for cells in zip(*((*one, *two, *three) for one, two, three in counts), strict=True)]
    return tuple((columns[at], columns[at + 1], columns[at + 2]) for at in (0, 3, 6))


def _score(counts: Counts, place: int) -> ClassScore:
    right = counts[place][place]
    told, true = sum(row[place] for row in counts), sum(counts[place])
    f1 = 2 * right / (told + true) if told + true else 0.0
    return ClassScore(DIRECTIONS[place], share_of(right, told), share_of(right, true), f1)


def _macro_f1(counts: Counts) -> float:
    return sum(_score(counts, place).f1 for place in range(len(counts))) / len(counts)

"""Makes the weights of the direction model: ``python -m litwatch.evaluation.direction_training DATA``.

Multinomial logistic regression with an L2 penalty, by L-BFGS from zero, so that the same data gives the same weights.
A sentence that names both arms is learned from twice: once more with its arms exchanged and the contrary label, which
counts half. Rules, features, penalty and threshold were chosen on 70 % of the documents; the others were held out, and
are measured by weights made from those 70 % (``directions``). The shipped weights are made from all. The threshold is
the lowest at which ``PRECISION`` of the verdicts of a cross-validation by document, on the 70 %, are right.

Chosen by that cross-validation in November 2026: penalty 1 (0.3 and 2 are up to .004 of macro-F1 worse), features of 3
documents or more (2 is the same with half as many again). Tried and dropped: averaging each verdict with that of the
exchanged arms (.006 worse, twice the time).
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from litwatch.appraisal.direction_model import DIRECTIONS, DirectionModel, Weights, scale_of
from litwatch.evaluation.direction_data import Example, is_held_out, names_both_arms, read_examples

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

FOLDS = 5
PRECISION = 0.95
_PENALTY = 1.0
_SWAPPED_COUNTS = 0.5
_FEWEST_DOCUMENTS = 3
_LEAST_WEIGHT = 0.05
_STEPS = 60
_MEMORY = 10
_TOLERANCE = 1e-5
_TARGET = Path(__file__).parents[1] / "appraisal" / "direction_weights.tsv"
_STATEMENT = """\
# Weights of the direction model. Made by python -m litwatch.evaluation.direction_training; do not edit.
# Data: Evidence Inference 2.0 (DeYoung et al. 2020, doi:10.18653/v1/2020.bionlp-1.13), sentences of open-access trials
# in PMC, labelled by medical doctors. {rows} sentences of the {documents} documents listed. Rules, features and
# threshold were chosen on 70 % of them, by a hash of the PMCID; `litwatch evaluate direction` measures the other 30 %
# by weights made from the 70 %. Features occur in 3 documents or more; no sentence can be rebuilt from them.
# Columns: feature, weight for decrease, increase, no difference.
"""


class Lesson(NamedTuple):
    """An example as the training sees it."""

    document: str
    features: frozenset[str]
    label: int
    counts: float


def lessons_of(examples: Iterable[Example]) -> list[list[Lesson]]:
    """The one or two lessons of each example, the example itself first."""
    lessons = []
    for example in examples:
        features, other = example.features, example.swapped
        pair = [_lesson(example, features, 1.0)]
        if names_both_arms(features) and names_both_arms(swapped := other.features):
            pair.append(_lesson(other, swapped, _SWAPPED_COUNTS))
        lessons.append(pair)
    return lessons


def _lesson(example: Example, features: Iterable[str], counts: float) -> Lesson:
    return Lesson(example.document, frozenset(features), DIRECTIONS.index(example.label), counts)


def train(lessons: Sequence[Lesson], threshold: float = 0.0) -> DirectionModel:
    """The model that fits ``lessons``."""
    found = Counter(name for name, _ in {(name, each.document) for each in lessons for name in each.features})
    names = sorted(name for name, documents in found.items() if documents >= _FEWEST_DOCUMENTS)
    table = _minimise(_loss(lessons, {name: place for place, name in enumerate(names)}), (len(names) + 1) * 3)
    rows = [_three(row) for row in table.reshape(-1, 3)]
    kept = {name: row for name, row in zip(names, rows, strict=False) if max(map(abs, row)) >= _LEAST_WEIGHT}
    return DirectionModel(kept, rows[-1], threshold, frozenset(lesson.document for lesson in lessons))


def _three(row: Vector) -> Weights:
    one, two, three = (round(float(value), 3) for value in row)
    return one, two, three


def _loss(lessons: Sequence[Lesson], places: dict[str, int]) -> Callable[[Vector], tuple[float, Vector]]:
    """The penalised loss of all weights, and its slope."""
    known = [[places[name] for name in sorted(lesson.features) if name in places] for lesson in lessons]
    columns = np.array([place for row in known for place in row])
    rows = np.repeat(np.arange(len(known)), [len(row) for row in known])
    scales = np.array([scale_of(len(row)) for row in known])[:, None]
    counts = np.array([lesson.counts for lesson in lessons])[:, None]
    truth = np.eye(3)[[lesson.label for lesson in lessons]]

    def loss(flat: Vector) -> tuple[float, Vector]:
        weights, bias = flat.reshape(-1, 3)[:-1], flat.reshape(-1, 3)[-1]
        sums = np.stack([np.bincount(rows, weights[columns, k], len(known)) for k in range(3)], 1) * scales + bias
        sums -= sums.max(1, keepdims=True)
        logs = sums - np.log(np.exp(sums).sum(1, keepdims=True))
        errors = (np.exp(logs) - truth) * counts
        spread = errors * scales
        slope = np.stack([np.bincount(columns, spread[rows, k], len(places)) for k in range(3)], 1)
        total = -float((counts * truth * logs).sum()) + _PENALTY / 2 * float((weights * weights).sum())
        return total, np.concatenate([slope + _PENALTY * weights, errors.sum(0)[None]]).ravel()

    return loss


def _minimise(loss: Callable[[Vector], tuple[float, Vector]], size: int) -> Vector:
    """Where ``loss`` is least, by L-BFGS with backtracking (Nocedal 1980)."""
    at: Vector = np.zeros(size)
    value, slope = loss(at)
    past: list[tuple[Vector, Vector]] = []
    for _ in range(_STEPS):
        step = -_towards(slope, past)
        rate, gain = 1.0, float(slope @ step)
        while (found := loss(at + rate * step))[0] > value + 1e-4 * rate * gain and rate > 1e-8:
            rate /= 2
        moved, bent = rate * step, found[1] - slope
        if moved @ bent > 0:
            past = [*past, (moved, bent)][-_MEMORY:]
        is_done = abs(value - found[0]) < _TOLERANCE * max(abs(value), 1)
        at, value, slope = at + moved, *found
        if is_done:
            break
    return at


def _towards(slope: Vector, past: Sequence[tuple[Vector, Vector]]) -> Vector:
    """The slope, bent by what the last steps told of the curvature."""
    way = slope.copy()
    shares = []
    for moved, bent in reversed(past):
        share = (moved @ way) / (bent @ moved)
        way = way - share * bent
        shares.append(share)
    if not past:
        return way / max(float(np.abs(way).sum()), 1.0)
    moved, bent = past[-1]
    way = way * ((moved @ bent) / (bent @ bent))
    for (moved, bent), share in zip(past, reversed(shares), strict=True):
        way = way + moved * (share - (bent @ way) / (bent @ moved))
    return way


def cross_validated(lessons: Sequence[Sequence[Lesson]]) -> list[Weights]:
    """The probabilities of each example, by a model that has seen no sentence of its document."""
    folds = [int.from_bytes(sha256(f"fold {pair[0].document}".encode()).digest()[:4]) % FOLDS for pair in lessons]
    found: dict[int, Weights] = {}
    for fold in sorted(set(folds)):
        model = train([each for pair, own in zip(lessons, folds, strict=True) if own != fold for each in pair])
        for place, pair in enumerate(lessons):
            if folds[place] == fold:
                found[place] = model.probabilities(pair[0].features)
    return [found[place] for place in range(len(lessons))]


def choose_threshold(shares: Sequence[Weights], labels: Sequence[int]) -> float:
    """The lowest confidence from which on PRECISION of the verdicts are right."""
    ranked = sorted(zip(shares, labels, strict=True), key=lambda pair: -max(pair[0]))
    right = 0
    threshold = 1.0
    for rank, (share, label) in enumerate(ranked, start=1):
        right += share.index(max(share)) == label
        if right / rank >= PRECISION:
            threshold = max(share)
    return round(threshold, 3)


def write_model(model: DirectionModel, rows: int) -> str:
    """The text of a model's file."""
    lines = [
        "=bias\t" + "\t".join(map(str, model.bias)),
        f"=threshold\t{model.threshold}",
        "=documents\t" + "\t".join(sorted(model.documents)),
        *(f"{name}\t" + "\t".join(map(str, model.weights[name])) for name in sorted(model.weights)),
    ]
    return _STATEMENT.format(rows=rows, documents=len(model.documents)) + "\n".join(lines) + "\n"


def main(folder: Path, target: Path = _TARGET) -> None:
    """Choose the threshold on what is not held out in ``folder``, train on all of it, and write to ``target``."""
    examples = read_examples(folder)
    lessons = lessons_of(examples)
    tuned = [pair for pair, one in zip(lessons, examples, strict=True) if not is_held_out(one.document)]
    threshold = choose_threshold(cross_validated(tuned), [pair[0].label for pair in tuned])
    model = train([each for pair in lessons for each in pair], threshold)
    target.write_text(write_model(model, len(lessons)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""How much reading is saved by the order that decisions teach, beside ASReview on the same sets in the same run.

A screening is simulated: the model learns from what was screened so far, the works that it puts first are screened
next, and so on. The measure is the work saved over sampling at 95 % recall (Cohen 2006, J Am Med Inform Assoc
13:206-219): the share of the works that nobody need have looked at when 95 % of those included were found, less .05.
"""

import csv
import gzip
import json
import random
import subprocess
from collections.abc import Callable, Sequence
from math import ceil, sqrt
from pathlib import Path
from statistics import mean, stdev
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from litwatch.appraisal.relevance_model import Described, Text, describe, learn, score
from litwatch.appraisal.relevance_scale import measure_scale
from litwatch.errors import UnreadableData
from litwatch.evaluation.intervals import Share, share_of

LABEL = "label_included"
RECALL = 0.95
GROWTH = 0.05
"""The model learns anew when a twentieth more than before has been screened, from 2 on each work by itself."""

DECIDED = {True: 19, False: 57}
"""How many included works, and how many others, are decided when it is measured what is ranked low."""

_COLUMNS = ("pubmedID", "title", "abstract", LABEL)
_SCRIPT = Path(__file__).with_name("asreview_script.py")
_T = {1: 12.71, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57, 6: 2.45, 7: 2.36, 8: 2.31, 9: 2.26, 10: 2.23}
"""Student's t that leaves 2.5 % on each side, by degrees of freedom."""


class ScreenedSet(NamedTuple):
    """The works of a review in the order of its file, and which of them it included."""

    name: str
    pmids: tuple[str, ...]
    texts: tuple[Text, ...]
    included: tuple[bool, ...]

    def priors(self, seed: int) -> tuple[int, int]:
        """The places of one included and one excluded work, with which a screening begins."""
        chance = random.Random(seed)  # noqa: S311 - it shall be the same each time
        places = range(len(self.included))
        return (
            chance.choice([at for at in places if self.included[at]]),
            chance.choice([at for at in places if not self.included[at]]),
        )


class Screening(NamedTuple):
    """The places of the works in the order in which they were screened, as far as it was followed.

    ``seconds`` are those of the processor.
    """

    order: tuple[int, ...]
    seconds: float


class Mean(NamedTuple):
    """A mean and the limits of its 95 % interval, by Student's t."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.4f} (95 % {self.low:.4f} to {self.high:.4f})"


Screen = Callable[[ScreenedSet, Sequence[int]], Sequence[Screening]]
"""What screens a set, once for each seed."""


def mean_of(values: Sequence[float]) -> Mean:
    """The mean of ``values``; of a single one the limits are not known and are told as 0 and 1."""
    middle = mean(values)
    if len(values) < 2:
        return Mean(middle, 0.0, 1.0)
    half = _T.get(len(values) - 1, 1.96) * stdev(values) / sqrt(len(values))
    return Mean(middle, middle - half, middle + half)


def read_sets(folder: Path) -> tuple[ScreenedSet, ...]:
    """Every ``screening/*.csv.gz`` below ``folder``, or in it; UnreadableData when there is none."""
    paths = sorted({*folder.glob("*.csv.gz"), *folder.glob("screening/*.csv.gz")})
    if not paths:
        raise UnreadableData(f"{folder}: no screening/*.csv.gz in it")
    return tuple(map(_read_set, paths))


def _read_set(path: Path) -> ScreenedSet:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableData(f"{path}: {error}") from error
    if missing := [name for name in _COLUMNS if not rows or rows[0].get(name) is None]:
        raise UnreadableData(f"{path}: {', '.join(missing)} missing")
    included = tuple(row[LABEL] in ("1", "1.0") for row in rows)
    if len(set(included)) < 2:
        raise UnreadableData(f"{path}: {LABEL} does not tell works apart")
    texts = tuple(Text(row["title"], row["abstract"]) for row in rows)
    return ScreenedSet(path.name.removesuffix(".csv.gz"), tuple(row["pubmedID"] for row in rows), texts, included)


def by_litwatch(screened: ScreenedSet, seeds: Sequence[int]) -> tuple[Screening, ...]:
    """What litwatch makes of a set. Its texts are described once, and each screening bears its part of that.

    As with ASReview, the seconds in which libraries are loaded are not counted.
    """
    import sklearn.feature_extraction.text
    import sklearn.svm  # noqa: F401

    start = process_time()
    described = describe(screened.texts)
    part = (process_time() - start) / len(seeds)
    return tuple(_screen(screened, described, screened.priors(seed), part) for seed in seeds)


def _screen(screened: ScreenedSet, described: Described, priors: Sequence[int], seconds: float) -> Screening:
    from numpy import argsort, inf

    start = process_time()
    decided = {place: screened.included[place] for place in priors}
    wanted = sum(screened.included)
    while sum(decided.values()) < wanted:
        scores = score(described, learn(described, decided))
        scores[list(decided)] = -inf
        batch = max(1, int(GROWTH * len(decided)))
        left = min(batch, len(scores) - len(decided))
        decided |= {int(place): screened.included[place] for place in argsort(-scores, kind="stable")[:left]}
    return Screening(tuple(decided), seconds + process_time() - start)


def by_asreview(python: Path) -> Screen:
    """What ASReview makes of a set, run by ``python``, an interpreter that can import it; with its defaults (ELAS u4).

    ASReview and litwatch need different pandas, so that they cannot live in one environment. Seconds are those of the
    simulations, without those in which the interpreter starts.
    """

    def screen(screened: ScreenedSet, seeds: Sequence[int]) -> tuple[Screening, ...]:
        with TemporaryDirectory(prefix="litwatch-asreview-") as scratch:
            asked, answered = Path(scratch) / "asked.json", Path(scratch) / "answered.json"
            task = {
                "texts": screened.texts,
                "labels": [int(each) for each in screened.included],
                "priors": [screened.priors(seed) for seed in seeds],
            }
            asked.write_text(json.dumps(task), encoding="utf-8")
            command = [str(python.absolute()), "-W", "ignore", str(_SCRIPT), str(asked), str(answered)]
            done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
                raise UnreadableData(f"{python} could not run ASReview: {last}")
            told = json.loads(answered.read_text(encoding="utf-8"))
        return tuple(Screening(tuple(each["order"]), each["seconds"]) for each in told)

    return screen


def work_saved(screened: ScreenedSet, screening: Screening) -> float:
    """Work saved over sampling at 95 % recall."""
    return 1 - len(_until_recall(screened, screening)) / len(screened.included) - (1 - RECALL)


def _until_recall(screened: ScreenedSet, screening: Screening) -> tuple[int, ...]:
    """The works screened until 95 % of the included ones, rounded up, were found."""
    left = ceil(RECALL * sum(screened.included))
    for number, place in enumerate(screening.order, start=1):
        left -= screened.included[place]
        if left == 0:
            return screening.order[:number]
    raise ValueError("the screening found too few of the included works")


class Low(NamedTuple):
    """Of the included works that were not decided, and of the excluded, the shares that are ranked low."""

    included: Share
    excluded: Share


def ranked_low(sets: Sequence[ScreenedSet], seeds: Sequence[int]) -> Low:
    """What is ranked low once ``DECIDED`` works, chosen by seed, are decided; a set that leaves none is passed over."""
    counts = {True: [0, 0], False: [0, 0]}
    for screened in sets:
        places = {kind: [at for at, each in enumerate(screened.included) if each is kind] for kind in DECIDED}
        if any(len(places[kind]) <= number for kind, number in DECIDED.items()):
            continue
        described = describe(screened.texts)
        for seed in seeds:
            chance = random.Random(seed)  # noqa: S311 - as above
            decided = {at: kind for kind, number in DECIDED.items() for at in chance.sample(places[kind], number)}
            scale, scores = measure_scale(described, decided), score(described, learn(described, decided))
            for at, kind in enumerate(screened.included):
                if at not in decided:
                    counts[kind][0] += scale.tells_apart and scale.relevance(float(scores[at]), (), ()).is_low
                    counts[kind][1] += 1
    return Low(share_of(*counts[True]), share_of(*counts[False]))


class Late(NamedTuple):
    """An included work of a set, and the share of the works that were screened before it, as a mean over the seeds."""

    pmid: str
    title: str
    abstract: str
    share: float


def found_last(screened: ScreenedSet, screenings: Sequence[Screening], most: int) -> tuple[Late, ...]:
    """The ``most`` included works that were found last."""
    size = len(screened.included)
    when = [{place: at / size for at, place in enumerate(each.order)} for each in screenings]
    late = [
        Late(screened.pmids[place], *screened.texts[place], mean(each[place] for each in when))
        for place in range(size)
        if screened.included[place]
    ]
    return tuple(sorted(late, key=lambda each: -each.share)[:most])

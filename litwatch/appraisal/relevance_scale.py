"""What a score of the model is worth, measured anew on each run on the decided works themselves.

Each tenth of them is kept from the model in turn and scored by what the others teach. Between these scores a new one
has its place; by it "low" is decided as in conformal prediction (Vovk, Gammerman and Shafer 2005), which holds when
what is to come is like what was decided.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp
from statistics import mean, pstdev
from typing import NamedTuple

from litwatch.appraisal.relevance_model import Described, learn, score
from litwatch.model.finding import Relevance
from litwatch.model.identity import Because

BY_DECISIONS = "learnt from decisions"

TELLS_APART = 0.6
"""In how many cases the model must put a relevant work before an irrelevant one, both kept from it; else words do not
tell apart what was decided, and nothing is made of it."""

LOW = 0.05
"""How many of the works that a person would call relevant may be ranked low: a work is when, itself counted, no more
than this share of the relevant ones score as low, and when it lies nearer to the irrelevant ones. So none is before 19
were called relevant. Measured 2026-11-26 with ``litwatch evaluate relevance``, 19 included works and 57 others decided:
.033 of the other included works were ranked low, between 0 and .053 by review, and .54 of those excluded."""

FOLDS = 10


class Scale(NamedTuple):
    """The scores of the decided works when they were kept from the model, ascending."""

    relevant: tuple[float, ...]
    irrelevant: tuple[float, ...]

    @property
    def tells_apart(self) -> bool:
        """Whether the model puts relevant works before irrelevant ones often enough to be of use."""
        before = sum(bisect_left(self.irrelevant, each) + bisect_right(self.irrelevant, each) for each in self.relevant)
        return before >= 2 * TELLS_APART * len(self.relevant) * len(self.irrelevant)

    def relevance(self, score: float, speaks_for: Sequence[str], against: Sequence[str]) -> Relevance:
        """What a score means: a half lies midway between the means of both kinds, and a spread is worth e-fold odds."""
        middle = (mean(self.relevant) + mean(self.irrelevant)) / 2
        spread = (pstdev(self.relevant) + pstdev(self.irrelevant)) / 2 or 1.0
        odds = exp(max(-50.0, min(50.0, (score - middle) / spread)))
        above = f"{bisect_left(self.relevant, score)} of {len(self.relevant)} works called relevant"
        told = [f"scores above {above} and {bisect_left(self.irrelevant, score)} of {len(self.irrelevant)} irrelevant"]
        told += [f"for it: {', '.join(speaks_for)}"] if speaks_for else []
        told += [f"against it: {', '.join(against)}"] if against else []
        is_low = odds < 1 and 1 + bisect_right(self.relevant, score) <= LOW * (1 + len(self.relevant))
        return Relevance(round(odds / (1 + odds), 6), is_low, Because(BY_DECISIONS, "; ".join(told)))


def measure_scale(described: Described, decided: Mapping[int, bool]) -> Scale:
    """The scores of the ``decided`` rows, each by what the others teach; two of each kind are needed at least."""
    folds: defaultdict[int, list[int]] = defaultdict(list)
    for kind in (True, False):
        for number, row in enumerate(row for row, is_relevant in decided.items() if is_relevant is kind):
            folds[number % FOLDS].append(row)
    scores: dict[int, float] = {}
    for rows in folds.values():
        others = {row: is_relevant for row, is_relevant in decided.items() if row not in rows}
        scores |= dict(zip(rows, map(float, score(described, learn(described, others), rows)), strict=True))
    return Scale(
        tuple(sorted(scores[row] for row, is_relevant in decided.items() if is_relevant)),
        tuple(sorted(scores[row] for row, is_relevant in decided.items() if not is_relevant)),
    )

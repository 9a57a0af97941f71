"""A linear model of what persons call relevant, over the words of titles and abstracts.

The words, one or two in a row, are weighed by how often they stand in a text and in how few texts (TF-IDF); those of
the title count half as much again. A linear support vector machine learns from scratch whenever it is asked, from works
called relevant and irrelevant; the former weigh the more, the fewer they are.

Measured 2026-11-26 with ``litwatch evaluate relevance`` on the seven drug reviews of Cohen 2006. All four numbers below
lie on a plateau: halving or doubling any of them moved the mean work saved at 95 % recall by .016 at most. Tried and
dropped, because the mean fell: naive Bayes beside it, runs of letters, 100 latent dimensions, English stop words,
designs and populations as further features.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.float64]

TITLE = 0.5
"""What a word of the title counts beside what it counts as a word of the whole text."""

COST = 0.1
"""What an error costs in learning (C of scikit-learn): little, so that no single work decides."""

BALANCE = 20.0
"""How many times as much all works called relevant weigh as all called irrelevant."""

_A_WORD = re.compile(r"\w\w")


class Text(NamedTuple):
    """What is read of a record."""

    title: str
    abstract: str

    @property
    def is_blank(self) -> bool:
        """Whether there is no word in it that could be learnt from."""
        return not _A_WORD.search(self.title + " " + self.abstract)


class Described(NamedTuple):
    """Texts as the rows of a sparse matrix (scikit-learn's), whose columns stand for ``words``."""

    matrix: Any
    words: Sequence[str]


def describe(texts: Sequence[Text]) -> Described:
    """The words of ``texts``, of which one at least is not blank."""
    from numpy import float32
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=float32)
    whole = words.fit_transform([f"{text.title} {text.abstract}" for text in texts])
    titles = words.transform([text.title for text in texts])
    matrix = (whole + TITLE * titles).tocsr()
    matrix.sort_indices()
    return Described(matrix, words.get_feature_names_out())


def learn(described: Described, decided: Mapping[int, bool]) -> "Numbers":
    """The weight of each word, from which rows are relevant and which are not; at least one of each is needed."""
    from numpy import array, where
    from sklearn.svm import LinearSVC

    is_relevant = array(list(decided.values()))
    relevant, irrelevant = is_relevant.sum(), (~is_relevant).sum()
    weights = where(is_relevant, 1.0, relevant / (BALANCE * irrelevant))
    model = LinearSVC(C=COST, tol=0.01, max_iter=10_000, random_state=0)
    rows = described.matrix[list(decided)]
    rows.has_sorted_indices = True  # those of whole rows are, as in the matrix; else they are sorted each time
    model.fit(rows, is_relevant, sample_weight=weights * len(weights) / weights.sum())
    learnt: Numbers = model.coef_.ravel()
    return learnt


def score(described: Described, weights: "Numbers", rows: Iterable[int] | None = None) -> "Numbers":
    """How much speaks for each of ``rows``, of all by default; what the numbers are worth depends on ``weights``."""
    scores: Numbers = (described.matrix if rows is None else described.matrix[list(rows)]) @ weights
    return scores


def words_that_weigh(
    described: Described, weights: "Numbers", row: int, most: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a row that weigh most for it and most against it, ``most`` of each; heaviest first."""
    cells = described.matrix[row]
    told = sorted(zip(cells.data * weights[cells.indices], cells.indices, strict=True), key=lambda each: each[0])
    against = tuple(str(described.words[at]) for weight, at in told[:most] if weight < 0)
    speaks_for = tuple(str(described.words[at]) for weight, at in reversed(told[-most:]) if weight > 0)
    return speaks_for, against

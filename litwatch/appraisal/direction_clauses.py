"""The clauses of a sentence with what they say of one outcome, read once for the model and the rules."""

from functools import lru_cache
from typing import NamedTuple

from litwatch.appraisal.direction_arms import OUTCOME, stem
from litwatch.appraisal.direction_frames import CHANGES, Change, find_changes
from litwatch.appraisal.direction_marks import Evidence
from litwatch.appraisal.direction_numbers import Pair, find_pairs
from litwatch.appraisal.direction_tokens import Token, normalise
from litwatch.appraisal.direction_words import EMPTY, LESS_IS_BETTER


class Clause(NamedTuple):
    """A clause, the places where its outcome stands, what changed in it, and the numbers that it compares."""

    tokens: tuple[Token, ...]
    signs: list[str]
    outcomes: list[int]
    changes: list[Change]
    pairs: list[Pair]
    is_in_focus: bool

    def places_of(self, *signs: str) -> list[int]:
        """Where tokens with one of ``signs`` stand."""
        if all(sign not in self.signs for sign in signs):
            return []
        return [place for place, sign in enumerate(self.signs) if sign in signs]


class Statement(NamedTuple):
    """A sentence read for one outcome; ``focus`` are the clauses that name it best, ``words`` its telling stems."""

    evidence: Evidence
    clauses: tuple[Clause, ...]
    focus: tuple[Clause, ...]
    words: tuple[str, ...]
    less_is_better: bool


def read_statement(evidence: Evidence, outcome: str) -> Statement:
    """What the clauses of ``evidence`` say of ``outcome``."""
    less = is_better_less(outcome)
    clauses = [_read(tokens, place in evidence.focus, less) for place, tokens in enumerate(evidence.clauses)]
    focus = tuple(clause for clause in clauses if clause.is_in_focus)
    return Statement(evidence, tuple(clauses), focus, stems_of(outcome), less)


def _read(tokens: tuple[Token, ...], is_in_focus: bool, less: bool) -> Clause:
    signs = [token.sign for token in tokens]
    places = [place for place, sign in enumerate(signs) if sign == OUTCOME]
    changes = find_changes(tokens, places, less_is_better=less) if not CHANGES.keys().isdisjoint(signs) else []
    return Clause(tokens, signs, places, changes, find_pairs(tokens), is_in_focus)


@lru_cache(maxsize=4096)
def is_better_less(outcome: str) -> bool:
    """Whether the outcome is a thing that one wants less of, as far as its words tell."""
    return any(word.startswith(LESS_IS_BETTER) for word in normalise(outcome).split())


@lru_cache(maxsize=4096)
def stems_of(outcome: str) -> tuple[str, ...]:
    """The telling words of an outcome as stems, in alphabetical order."""
    words = normalise(outcome).replace("-", " ").split()
    return tuple(sorted({stem(word) for word in words if word.isalpha() and word not in EMPTY}))

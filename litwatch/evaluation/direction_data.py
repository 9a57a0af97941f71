"""Labelled directions: sentences of evidence with intervention, comparator and outcome (Evidence Inference 2.0).

A file ``evidence.jsonl`` holds a JSON object a line with pmcid, intervention, comparator, outcome, evidence and label.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from litwatch.appraisal.direction_clauses import read_statement
from litwatch.appraisal.direction_features import BOTH_ARMS, features_of
from litwatch.appraisal.direction_marks import read_evidence
from litwatch.errors import UnreadableData
from litwatch.model.direction import Direction

FILE = "evidence.jsonl"
_FIELDS = ("pmcid", "intervention", "comparator", "outcome", "evidence", "label")
_LABELS = {
    "significantly decreased": Direction.DECREASE,
    "significantly increased": Direction.INCREASE,
    "significantly increase": Direction.INCREASE,  # the data spells it both ways
    "no significant difference": Direction.NO_DIFFERENCE,
}
_HELD_OUT_BYTES = 77
"""Of 256 values of a hash's first byte: 30 % of the documents were never looked into."""


class Example(NamedTuple):
    """A sentence of a document, what is compared on what, and the direction that annotators gave it."""

    document: str
    intervention: str
    comparator: str
    outcome: str
    evidence: str
    label: Direction

    @property
    def features(self) -> list[str]:
        """What the model sees."""
        evidence = read_evidence(self.evidence, self.intervention, self.comparator, self.outcome)
        return features_of(read_statement(evidence, self.outcome))

    @property
    def swapped(self) -> "Example":
        """The same with the arms in each other's place, so that the contrary is true."""
        contrary = {Direction.DECREASE: Direction.INCREASE, Direction.INCREASE: Direction.DECREASE}
        return self._replace(
            intervention=self.comparator,
            comparator=self.intervention,
            label=contrary.get(self.label, self.label),
        )


def names_both_arms(features: list[str]) -> bool:
    """Whether a sentence names both arms, so that it can be swapped."""
    return BOTH_ARMS in features


def is_held_out(document: str) -> bool:
    """Whether a document was kept aside when rules, features and threshold were chosen."""
    return sha256(document.encode()).digest()[0] < _HELD_OUT_BYTES


def read_examples(folder: Path) -> list[Example]:
    """The examples of every ``evidence.jsonl`` in ``folder`` or below; UnreadableData names a broken line."""
    files = sorted(folder.rglob(FILE))
    if not files:
        raise UnreadableData(f"{folder}: no {FILE} in it or below")
    return [example for file in files for example in _examples(file)]


def _examples(file: Path) -> Iterator[Example]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableData(f"{file}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _example(line, f"{file}, line {number}")


def _example(line: str, place: str) -> Example:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableData(f"{place}: {error}") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in _FIELDS):
        raise UnreadableData(f"{place}: not an object with the texts {', '.join(_FIELDS)}")
    if row["label"] not in _LABELS:
        raise UnreadableData(f"{place}: label {row['label']!r} is none of {', '.join(_LABELS)}")
    label = _LABELS[row["label"]]
    return Example(row["pmcid"], row["intervention"], row["comparator"], row["outcome"], row["evidence"], label)

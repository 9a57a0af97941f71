"""How well designs and populations are told from title and abstract alone.

Two yardsticks. Abstracts labelled by hand, of which the data is read as it is; and the indexed records of a PubMed file
with an abstract, whose publication types are hidden first and then compared. A record that is not indexed yet carries
only the types that its publisher gave, so it counts only where it carries the type in question.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from litwatch.appraisal import appraise_record
from litwatch.errors import UnreadableData
from litwatch.evaluation.intervals import Share, share_of
from litwatch.model.finding import DetailKind, Finding, StudyDesign
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import AbstractSection, Record
from litwatch.pubmed.records import parse_records

FILE = Path("design") / "labelled_abstracts.jsonl.gz"
"""One JSON object a line: pmid, title, abstract, and "1" or "0" for each label."""

TUNED, UNSEEN = "tuned on", "unseen"
INDEXED = "MEDLINE"
_SYNTHESES = frozenset({StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.META_ANALYSIS})
_TRIALS = frozenset({StudyDesign.RCT, StudyDesign.NON_RANDOMISED_TRIAL})
_SECOND_HAND = _SYNTHESES | {
    StudyDesign.NARRATIVE_REVIEW,
    StudyDesign.GUIDELINE,
    StudyDesign.PROTOCOL,
    StudyDesign.EDITORIAL,
    StudyDesign.NOTICE,
}
_RODENTS = frozenset({"rat", "mouse", "rodent"})


def _is_of_rodents(finding: Finding) -> bool:
    return finding.design not in _SECOND_HAND and not _RODENTS.isdisjoint(finding.species.split(", "))


def _is_of_children(finding: Finding) -> bool:
    return any(detail.kind is DetailKind.AGES and detail.value == "children" for detail in finding.details)


TELLS: Mapping[str, Callable[[Finding], bool]] = {
    "randomized_trial": lambda finding: finding.design is StudyDesign.RCT,
    "systematic_review": lambda finding: finding.design in _SYNTHESES,
    "meta_analysis": lambda finding: finding.design is StudyDesign.META_ANALYSIS,
    "trial": lambda finding: finding.design in _TRIALS,
    "protocol": lambda finding: finding.design is StudyDesign.PROTOCOL,
    "rodent": _is_of_rodents,
    "human": lambda finding: "human" in finding.species.split(", "),
    "child": _is_of_children,
}
"""The labels of the data, each with what says that litwatch tells it. A rodent label means a study, no review of one;
a meta-analysis is told as a systematic review too."""

TYPES = {"randomized_trial": "D016449", "systematic_review": "D000078182", "meta_analysis": "D017418"}
"""The publication types of the second yardstick, by UI."""


class Labelled(NamedTuple):
    """A record with title and abstract alone, and what is true of it; a label that is unknown of it is not there."""

    record: Record
    true: Mapping[str, bool]

    @property
    def half(self) -> str:
        """The rules were made on half of the records, by a hash of the PMID."""
        return (TUNED, UNSEEN)[sha256(self.record.pmid.encode()).digest()[0] % 2]


class Told(NamedTuple):
    """A labelled record and the finding on it."""

    labelled: Labelled
    finding: Finding


class Score(NamedTuple):
    """The confusion of one label: told or not, and rightly or not."""

    label: str
    right: int
    missed: int
    wrong: int
    left: int

    @property
    def sensitivity(self) -> Share:
        """The share told of what is true."""
        return share_of(self.right, self.right + self.missed)

    @property
    def specificity(self) -> Share:
        """The share left alone of what is not true."""
        return share_of(self.left, self.left + self.wrong)

    @property
    def precision(self) -> Share:
        """The share true of what is told."""
        return share_of(self.right, self.right + self.wrong)

    @property
    def f1(self) -> tuple[float, float, float]:
        """F1 and its limits, from those of right / (right + missed + wrong), of which it is a rising function."""
        share = share_of(self.right, self.right + self.missed + self.wrong)
        value, low, high = (2 * limit / (1 + limit) for limit in (share.value, share.low, share.high))
        return value, low, high


def read_labelled(folder: Path) -> tuple[tuple[Labelled, ...], int]:
    """The labelled abstracts below ``folder`` and how many have no PMID; UnreadableData when they cannot be read."""
    rows = list(_rows(folder / FILE))
    labelled = tuple(_labelled(row) for row in rows if row["pmid"].isdigit())
    if not labelled:
        raise UnreadableData(f"{folder / FILE}: no labelled abstract in it")
    return labelled, len(rows) - len(labelled)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line)
                if missing := [name for name in ("pmid", "title", "abstract", *TELLS) if name not in row]:
                    raise UnreadableData(f"{path}, line {number}: {', '.join(missing)} missing")
                yield row
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableData(f"{path}: {error}") from error


def _labelled(row: Mapping[str, str]) -> Labelled:
    abstract = (AbstractSection("", "", row["abstract"]),) if row["abstract"] else ()
    record = Record(Pmid(row["pmid"]), 1, "Publisher", row["title"], abstract=abstract)
    return Labelled(record, {label: row[label] == "1" for label in TELLS})


def read_typed(path: Path) -> tuple[Labelled, ...]:
    """The records of a PubMed file with an abstract that are indexed or carry one of ``TYPES``; the rest is hidden."""
    try:
        with gzip.open(path) as stream:
            parsed = [each.value for each in parse_records(cast("BinaryIO", stream))]
    except (OSError, EOFError) as error:
        raise UnreadableData(f"{path}: {error}") from error
    latest = {record.pmid: record for record in parsed if isinstance(record, Record)}
    typed = tuple(labelled for record in latest.values() if record.abstract and (labelled := _typed(record)).true)
    if not typed:
        raise UnreadableData(f"{path}: no indexed record with an abstract in it")
    return typed


def _typed(record: Record) -> Labelled:
    uis = {kind.ui for kind in record.publication_types}
    bare = replace(record, publication_types=(), mesh=(), keywords=(), links=(), registry_numbers=())
    known = {label: ui in uis for label, ui in TYPES.items() if ui in uis or record.status == INDEXED}
    if TYPES["meta_analysis"] in uis:
        known.pop("systematic_review", None)  # told as one, whether or not an indexer gave that type too
    return Labelled(bare, known)


def tell_all(labelled: Sequence[Labelled]) -> tuple[Told, ...]:
    """The findings on ``labelled``."""
    return tuple(Told(each, appraise_record(each.record, work_id(each.record.pmid), ())) for each in labelled)


def score(told: Sequence[Told], label: str) -> Score:
    """The confusion of ``label`` among the records of which it is known."""
    pairs = [(each.labelled.true[label], TELLS[label](each.finding)) for each in told if label in each.labelled.true]
    right, missed, wrong, left = (
        pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))
    )
    return Score(label, right, missed, wrong, left)


def coverage(told: Sequence[Told]) -> Share:
    """The share of records whose design is not unclear."""
    return share_of(sum(each.finding.design is not StudyDesign.UNCLEAR for each in told), len(told))


def errors(told: Sequence[Told], label: str) -> tuple[tuple[str, Told], ...]:
    """("missed" or "wrong", record) for what is told wrongly in the half that was tuned on."""
    return tuple(
        ("missed" if true else "wrong", each)
        for each in told
        if each.labelled.half == TUNED
        and (true := each.labelled.true.get(label)) is not None
        and true != TELLS[label](each.finding)
    )

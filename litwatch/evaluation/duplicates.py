"""How well and how fast duplicates are found, beside bib-dedupe on the same records in the same run.

A labelled set is a folder with the two files of bib-dedupe's own evaluation: ``records_pre_merged.csv``, and
``merged_record_ids.csv`` whose column ``merged_ids`` lists the records of one report, separated by semicolons.
"""

import csv
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from litwatch.errors import UnreadableData
from litwatch.identity.clusters import cluster_citations
from litwatch.model.identifiers import Doi
from litwatch.model.identity import Citation

RECORDS = "records_pre_merged.csv"
GROUPS = "merged_record_ids.csv"

Row = dict[str, str]
Pairs = frozenset[tuple[str, str]]
Tool = Callable[[Sequence[Row]], Iterable[Iterable[str]]]
"""What groups rows by report: the ids of each group; a record without a duplicate may be left out."""


class LabelledSet(NamedTuple):
    """Records as rows of named columns, and the pairs of ids that a person found to be one report."""

    name: str
    rows: tuple[Row, ...]
    true: Pairs


class Score(NamedTuple):
    """What a tool made of a labelled set: pairs found, pairs that are none, pairs to find, and seconds."""

    found: int
    false: int
    true: int
    seconds: float

    @property
    def precision(self) -> float:
        """Of the pairs merged, how many are one report; 1 when none was merged."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one report, how many were merged."""
        return self.found / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def labelled_sets(folder: Path) -> list[LabelledSet]:
    """Every labelled set in ``folder`` or below, by name; UnreadableData when there is none, or one is broken."""
    files = sorted(folder.rglob(RECORDS))
    if not files:
        raise UnreadableData(f"{folder}: no {RECORDS} in it or below; a set is that file with {GROUPS} beside it")
    return [_labelled_set(file.parent) for file in files]


def measure(tool: Tool, labelled: LabelledSet) -> Score:
    """Let ``tool`` group the records once, and compare every pair within its groups with the labels."""
    start = perf_counter()
    groups = tool(labelled.rows)
    seconds = perf_counter() - start
    merged = _pairs(groups)
    found = len(merged & labelled.true)
    return Score(found, len(merged) - found, len(labelled.true), seconds)


def by_litwatch(rows: Sequence[Row]) -> Iterator[list[str]]:
    """The groups that ``litwatch dedupe`` makes."""
    clustering = cluster_citations([_citation(row) for row in rows])
    return ([rows[place]["ID"] for place in group] for group in clustering.groups)


def load_bib_dedupe() -> Tool | None:
    """What groups rows as bib-dedupe does with its own defaults, on all cores; None when it is not installed.

    It is imported here, so that the time of importing is not counted against it.
    """
    if find_spec("bib_dedupe") is None:
        return None
    with warnings.catch_warnings(action="ignore"):
        import pandas as pd
        from bib_dedupe.bib_dedupe import block, cluster, match, prep

    def by_bib_dedupe(rows: Sequence[Row]) -> list[list[str]]:
        frame = pd.DataFrame(rows).rename(columns={"issue": "number"}).replace("", None)
        with redirect_stdout(StringIO()), warnings.catch_warnings(action="ignore"):
            matched = match(block(prep(frame, verbosity_level=0)))
            return [list(group) for group in cluster(matched)]

    return by_bib_dedupe


def _labelled_set(folder: Path) -> LabelledSet:
    rows = tuple(_rows(folder / RECORDS, "ID", "title", "author", "year"))
    groups = [row["merged_ids"].split(";") for row in _rows(folder / GROUPS, "merged_ids")]
    return LabelledSet(folder.name, rows, _pairs(groups))


def _rows(file: Path, *columns: str) -> Iterator[Row]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableData(f"{file}: no column {missing[0]!r}")
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableData(f"{file}: {error}") from error


def _pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))


def _citation(row: Row) -> Citation:
    year = row["year"][:4]
    return Citation(
        pmid=None,
        title=row["title"],
        authors=tuple([_printed(name) for name in re.split(r"\s+and\s+", row["author"]) if name.strip()]),
        year=int(year) if year.isdigit() else None,
        journal=row.get("journal") or row.get("booktitle", ""),
        volume=row.get("volume", ""),
        issue=row.get("number") or row.get("issue", ""),
        pages=row.get("pages", ""),
        doi=_doi(row.get("doi", "")),
    )


def _doi(printed: str) -> Doi | None:
    try:
        return Doi(printed)
    except ValueError:
        return None


def _printed(name: str) -> str:
    """As PubMed prints it: "Zuber, Julien M." is "Zuber JM"."""
    last, _, given = name.partition(",")
    parts = [part for part in re.split(r"[\s.\-]+", given) if part]
    return f"{last.strip()} {''.join(part if part.isupper() else part[0].upper() for part in parts)}".strip()

"""Doubts for a person: as JSON, and as a table that goes out, is filled in, and comes back.

``doubts_csv`` writes it, with the column ``decision`` to be filled in with ``same`` or ``different``; ``DoubtReader``
reads it, whatever a spreadsheet has made of it in between: a byte order mark, semicolons for commas, columns and rows
in another order or gone.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO

from litwatch.digest.phrases import one_line
from litwatch.digest.render_json import json_lines
from litwatch.digest.tables import csv_table
from litwatch.errors import Fault
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Decision, Doubt, PairDecision
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Citation

COLUMNS = (
    "pmid", "other", "decision", "note", "rule", "evidence", "title", "other_title", "authors", "other_authors",
    "place", "other_place", "doi", "other_doi", "watches",
)  # fmt: skip

_NEEDED = ("pmid", "other", "decision")
_CHOICES = {choice.value: choice for choice in (Choice.SAME, Choice.DIFFERENT)}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a table that came back holds: the decisions in it, or everything that is wrong with it.

    ``left`` counts the rows without a decision, ``known`` those that say what is decided already.
    """

    decisions: tuple[Decision, ...] = ()
    faults: tuple[Fault, ...] = ()
    left: int = 0
    known: int = 0


def place_of(citation: Citation) -> str:
    """Where it is printed, as in ``Invent J Ex 2011;1(2):3-9``."""
    issue = f"({citation.issue})" if citation.issue else ""
    within = f"{citation.volume}{issue}" + (f":{citation.pages}" if citation.pages else "")
    printed = ";".join(part for part in (str(citation.year or ""), within) if part)
    return " ".join(part for part in (citation.journal, printed) if part)


def doubts_csv(doubts: Iterable[Doubt]) -> str:
    """A header, then a row for each doubt, with nothing in the columns ``decision`` and ``note``."""
    return csv_table(COLUMNS, [tuple(map(one_line, _cells(doubt))) for doubt in doubts])


def doubts_json(doubts: Iterable[Doubt]) -> str:
    """A list of objects: pmid, other, rule, evidence, watches, and the citations of both."""
    return json_lines(
        [
            {
                "pmid": doubt.pmid,
                "other": doubt.other,
                "rule": doubt.because.rule,
                "evidence": doubt.because.evidence,
                "watches": doubt.watches,
                "citation": asdict(doubt.citation),
                "other_citation": asdict(doubt.other_citation),
            }
            for doubt in doubts
        ]
    )


def _cells(doubt: Doubt) -> tuple[str, ...]:
    one, other = doubt.citation, doubt.other_citation
    return (
        doubt.pmid,
        doubt.other,
        "",
        "",
        doubt.because.rule,
        doubt.because.evidence,
        one.title,
        other.title,
        "; ".join(one.authors),
        "; ".join(other.authors),
        place_of(one),
        place_of(other),
        one.doi or "",
        other.doi or "",
        "; ".join(doubt.watches),
    )


class DoubtReader:
    """Reads a table that came back, as what ``by`` decided ``at`` a moment. ``doubts`` are the open ones."""

    def __init__(self, doubts: Sequence[Doubt], decided: Decided, by: str, at: datetime) -> None:
        """``decided`` takes on what the rows say, so that of two that contradict each other the later is at fault."""
        self._open = {(doubt.pmid, doubt.other) for doubt in doubts}
        self._decided = decided
        self._by = by
        self._at = at

    def read(self, body: bytes, file: str) -> Filled:
        """What ``body`` decides. With a single fault, each told with its line in ``file``, it decides nothing."""
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            return Filled(faults=(Fault(file, f"line {line}", "is not UTF-8", "save the table as CSV UTF-8"),))
        decisions, faults, left, known = [], [], 0, 0
        for line, row in _rows(text):
            told = row if isinstance(row, str) else self._decision(row)
            if isinstance(told, Decision):
                decisions.append(told)
                self._decided.take(told)
            elif told:
                faults.append(Fault(file, f"line {line}", told))
            else:
                is_left = not isinstance(row, str) and not row["decision"].strip()
                left, known = left + is_left, known + (not is_left)
        return Filled(faults=tuple(faults)) if faults else Filled(tuple(decisions), (), left, known)

    def _decision(self, row: Mapping[str, str]) -> Decision | str:
        """What the row decides, else what is wrong with it; empty when it decides nothing, or nothing new."""
        said = row["decision"].strip().lower()
        if not said:
            return ""
        if said not in _CHOICES:
            return f"decision: {row['decision']!r} is none; write same or different, or leave it empty"
        try:
            what = PairDecision(_CHOICES[said], Pmid(row["pmid"].strip()), Pmid(row["other"].strip()))
        except ValueError as error:
            return str(error)
        if self._decided.says(what):
            return ""
        if (refused := self._decided.why_refused(what)) or (what.pmid, what.other) in self._open:
            return refused or Decision(what, self._by, self._at, one_line(row.get("note", "")))
        return f"PubMed {what.pmid} beside {what.other} is no open doubt; `litwatch review` lists them"


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    """Each row under its header, or what is wrong with it, with the line that it begins in."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not header:
                header = [cell.strip().lower() for cell in cells]
                missing = [name for name in _NEEDED if name not in header]
                if missing:
                    yield line, f"the header has no column {', '.join(missing)}"
                    return
            elif any(cell.strip() for cell in cells):
                fits = len(cells) == len(header)
                told = f"has {len(cells)} cells where the header has {len(header)}"
                yield line, dict(zip(header, cells, strict=True)) if fits else told
            line = reader.line_num + 1
    except csv.Error as error:
        yield line, f"cannot be read as CSV: {error}"
    if not header:
        yield 1, "is empty; `litwatch review --format csv` writes a table to fill in"

"""The cited references of a watch, what each means, and what persons have said of it: as a table and as JSON."""

from collections.abc import Sequence
from typing import NamedTuple

from litwatch.digest.render_json import candidate_json, json_lines
from litwatch.digest.tables import Cell, csv_table
from litwatch.model.decision import Decision
from litwatch.model.identity import Candidate, ReferenceMatch
from litwatch.model.watch import CitedReference

COLUMNS = (
    "reference", "as_written", "state", "pmid", "best", "title", "score", "runner_up", "runner_up_score",
    "rule", "evidence", "decisions", "lapsed", "is_due", "tried",
)  # fmt: skip


class Listed(NamedTuple):
    """A cited reference: what it was last found to mean, None before the first run, and the decisions on it.

    ``lapsed`` answered what the watch gave of it before. ``is_due`` says that the next run looks it up again, because
    something else is asked now.
    """

    reference: CitedReference
    match: ReferenceMatch | None
    decisions: tuple[Decision, ...]
    lapsed: tuple[Decision, ...]
    is_due: bool

    @property
    def state(self) -> str:
        """What is known of it."""
        return self.match.state.value if self.match else "not looked up yet"

    @property
    def best(self) -> Candidate | None:
        """The record that it means or may mean."""
        return self.match.candidates[0] if self.match and self.match.candidates else None

    @property
    def runner_up(self) -> Candidate | None:
        """The next best record."""
        return self.match.candidates[1] if self.match and len(self.match.candidates) > 1 else None


def decisions_text(decisions: Sequence[Decision]) -> str:
    """Such as ``3: R1 of a-watch means PubMed 9, by Roe on 2026-01-31``, joined by semicolons."""
    return "; ".join(f"{told.id}: {told.sentence}, {told.signature}" for told in decisions)


def references_csv(listed: Sequence[Listed]) -> str:
    """A header, then a row for each reference in the order of the article."""
    return csv_table(COLUMNS, [_cells(line) for line in listed])


def references_json(listed: Sequence[Listed]) -> str:
    """A list of objects with the keys of ``COLUMNS``, with all ``candidates`` for best and runner-up."""
    return json_lines(
        [
            {
                "reference": line.reference.id,
                "as_written": line.reference.as_written,
                "state": line.state,
                "pmid": line.match.pmid if line.match else None,
                "rule": line.match.because.rule if line.match else "",
                "evidence": line.match.because.evidence if line.match else "",
                "candidates": [candidate_json(candidate) for candidate in line.match.candidates] if line.match else [],
                "tried": line.match.tried if line.match else (),
                "decisions": [f"{told.id}: {told.sentence}, {told.signature}" for told in line.decisions],
                "lapsed": [f"{told.id}: {told.sentence}, {told.signature}" for told in line.lapsed],
                "is_due": line.is_due,
            }
            for line in listed
        ]
    )


def _cells(line: Listed) -> tuple[Cell, ...]:
    match, best, next_best = line.match, line.best, line.runner_up
    return (
        line.reference.id,
        line.reference.as_written,
        line.state,
        match.pmid if match else None,
        best.citation.pmid if best else None,
        best.citation.title if best else None,
        best.score if best else None,
        next_best.citation.pmid if next_best else None,
        next_best.score if next_best else None,
        match.because.rule if match else None,
        match.because.evidence if match else None,
        decisions_text(line.decisions),
        decisions_text(line.lapsed),
        line.is_due,
        "; ".join(match.tried) if match else None,
    )

"""The decisions that persons have taken, as a table and as JSON."""

from litwatch.digest.render_json import json_lines
from litwatch.digest.tables import csv_table
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Decision, PairDecision, ReferenceDecision, Undo, WorkDecision

COLUMNS = ("id", "choice", "pmid", "other", "watch", "reference", "undoes", "by", "at", "note", "undone_by")


def decision_rows(decided: Decided) -> list[dict[str, str]]:
    """Every decision, undone ones and undoings too, by the names of ``COLUMNS``."""
    return [dict(zip(COLUMNS, _cells(decision, decided), strict=True)) for decision in decided.all.values()]


def decisions_csv(decided: Decided) -> str:
    """A header, then a row for each decision, by id."""
    return csv_table(COLUMNS, [tuple(row.values()) for row in decision_rows(decided)])


def decisions_json(decided: Decided) -> str:
    """A list of objects with the keys of ``COLUMNS``, by id."""
    return json_lines(decision_rows(decided))


def _cells(decision: Decision, decided: Decided) -> tuple[str, ...]:
    what: tuple[str, ...]
    match decision.what:
        case PairDecision(choice, pmid, other):
            what = (choice.value, pmid, other, "", "", "")
        case ReferenceDecision(choice, watch, reference, pmid):
            what = (choice.value, pmid, "", watch, reference, "")
        case WorkDecision(choice, watch, pmid):
            what = (choice.value, pmid, "", watch, "", "")
        case Undo(undoes):
            what = (Choice.UNDO.value, "", "", "", "", str(undoes))
    undone = decided.undone_by.get(decision.id)
    taken = (decision.by, decision.at.isoformat(), decision.note, str(undone.id) if undone else "")
    return (str(decision.id), *what, *taken)

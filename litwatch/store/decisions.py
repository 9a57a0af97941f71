"""What persons have decided. Rows are added and never changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from litwatch.errors import DecisionRefused
from litwatch.model.decided import Decided
from litwatch.model.decision import (
    WORK_CHOICES,
    Choice,
    Decision,
    Matter,
    PairDecision,
    ReferenceDecision,
    Undo,
    WorkDecision,
)
from litwatch.store.statements import execute_all
from litwatch.store.tables import decision

_COLUMNS = [column.name for column in decision.c]


def load(connection: Connection) -> tuple[Decision, ...]:
    """Every decision by id."""
    rows = connection.execute(select(decision).order_by(decision.c.id))
    return tuple(Decision(_matter(row), row.by, row.decided_at, row.note, row.id) for row in rows)


def save(connection: Connection, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Keep ``decisions`` under the next ids; DecisionRefused, and none is kept, when one contradicts what stands."""
    earlier = load(connection)
    decided = Decided(earlier)
    number = max(decided.all, default=0)
    kept = tuple(replace(told, id=number + place) for place, told in enumerate(decisions, start=1))
    for told in kept:
        refused = decided.why_refused(told.what)
        if refused:
            raise DecisionRefused(refused)
        decided.take(told)
    execute_all(connection, insert(decision), [_row(told) for told in kept])
    return kept


def _row(told: Decision) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_COLUMNS)
    row |= {"id": told.id, "by": told.by, "note": told.note, "decided_at": told.at}
    what = told.what
    row |= {name: getattr(what, name) for name in what.__dataclass_fields__}
    row["choice"] = (Choice.UNDO if isinstance(what, Undo) else what.choice).value
    return row


def _matter(row: Row[Any]) -> Matter:
    choice = Choice(row.choice)
    if choice is Choice.UNDO:
        return Undo(row.undoes)
    if choice in (Choice.SAME, Choice.DIFFERENT):
        return PairDecision(choice, row.pmid, row.other)
    if choice in WORK_CHOICES:
        return WorkDecision(choice, row.watch, row.pmid)
    return ReferenceDecision(choice, row.watch, row.reference, row.pmid, row.question)

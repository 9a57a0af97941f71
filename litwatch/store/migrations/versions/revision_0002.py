"""What persons decide: the comment of each column begins with whose statement it holds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="ours: its number, counted from 1"),
        _said("choice", sa.String(), "a person's: what was decided, or undo"),
        _perhaps("pmid", sa.Integer(), "a person's: the record decided on, null of an undo"),
        _perhaps("other", sa.Integer(), "a person's: of same and different, the record beside it"),
        _perhaps("watch", sa.String(), "a person's: name of the watch, null of same, different and undo"),
        _perhaps("reference", sa.String(), "a person's: of accept and reject, id of the cited reference"),
        _perhaps(
            "question", sa.Text(), "a person's: of accept and reject, the reference as the watch gave it, a line each"
        ),
        _perhaps("undoes", sa.Integer(), "a person's: of undo, the decision taken back"),
        _said("by", sa.String(), "a person's: who decided"),
        _said("note", sa.Text(), "a person's: why, perhaps empty"),
        _said("decided_at", sa.DateTime(timezone=True), "ours: when"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["undoes"], ["decision.id"], name="fk_decision_decision"),
    )


def _said(name: str, kind: sa.types.TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _perhaps(name: str, kind: sa.types.TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)

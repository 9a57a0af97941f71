"""Digests that were made, and their renditions."""

from sqlalchemy import Connection, func, insert, select

from litwatch.errors import StoreError
from litwatch.model.digest import IssueSummary, Rendition
from litwatch.model.run import RunCommit
from litwatch.store.statements import execute_all
from litwatch.store.tables import digest, rendition


def check_is_next(connection: Connection, commit: RunCommit) -> int:
    """The number of the commit's digest, if it is the one that follows the latest; else a StoreError."""
    latest = connection.execute(select(func.max(digest.c.issue)).where(digest.c.watch == commit.watch)).scalar() or 0
    number = commit.digest.number
    if number is None or number != latest + 1:
        raise StoreError(
            f"{commit.watch}: issue {number} cannot follow issue {latest}; another run has come between, or this one "
            "was already kept. Nothing was written; run the watch again"
        )
    return number


def save(connection: Connection, commit: RunCommit, issue: int) -> None:
    """Keep the digest of the commit as an issue, with its renditions."""
    made = commit.digest
    connection.execute(
        insert(digest).values(
            watch=commit.watch,
            issue=issue,
            run=commit.run_id,
            kind=made.kind,
            made_at=made.made_at,
            reported=len(made.studies),
            notices=len(made.notices),
            is_complete=made.flow is not None and made.flow.is_complete,
        )
    )
    rows = [{"watch": commit.watch, "issue": issue} | rendered._asdict() for rendered in commit.renditions]
    execute_all(connection, insert(rendition), rows)


def load(connection: Connection, watch: str) -> tuple[IssueSummary, ...]:
    """Every issue of the watch, oldest first."""
    columns = select(
        digest.c.issue,
        digest.c.kind,
        digest.c.made_at,
        digest.c.reported,
        digest.c.notices,
        digest.c.is_complete,
    )
    rows = connection.execute(columns.where(digest.c.watch == watch).order_by(digest.c.issue))
    return tuple(IssueSummary(*row) for row in rows)


def load_renditions(connection: Connection, watch: str, issue: int) -> tuple[Rendition, ...]:
    """The renditions of an issue by name, empty when there is no such issue."""
    columns = select(rendition.c.name, rendition.c.media_type, rendition.c.body)
    of_issue = columns.where(rendition.c.watch == watch, rendition.c.issue == issue).order_by(rendition.c.name)
    return tuple(Rendition(*row) for row in connection.execute(of_issue))

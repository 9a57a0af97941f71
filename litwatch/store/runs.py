"""Runs, and the log of their searches."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from litwatch.model.digest import Digest
from litwatch.model.run import LastRun
from litwatch.store.codec import encode
from litwatch.store.tables import search_log, watch_run

_COULD_NOT_SEARCH = "could not search"


def save(connection: Connection, watch: str, run_id: str, started_at: datetime, digest: Digest) -> None:
    """Keep that a run came to its end, and how it searched if it could."""
    connection.execute(
        insert(watch_run).values(
            run=run_id,
            watch=watch,
            started=started_at,
            finished=digest.made_at,
            state=_state(digest),
            issue=digest.number,
            failure=digest.failure,
        )
    )
    if digest.search is not None:
        search = digest.search
        connection.execute(
            insert(search_log).values(
                run=run_id,
                source=search.source,
                query=search.query,
                translation=search.translation,
                reported=search.reported,
                received=len(search.pmids),
                warnings=encode(search.warnings),
                slices=search.slices,
                requests=search.requests,
                searched_at=search.searched_at,
            )
        )


def load_last(connection: Connection) -> Mapping[str, LastRun]:
    """The latest run of each watch, with the latest issue of the watch."""
    of_watch = watch_run.c.watch
    newest_first = (watch_run.c.finished.desc(), watch_run.c.started.desc(), watch_run.c.run.desc())
    ranked = select(
        watch_run.c.watch,
        watch_run.c.finished,
        watch_run.c.state,
        func.max(watch_run.c.issue).over(partition_by=of_watch).label("issue"),
        func.row_number().over(partition_by=of_watch, order_by=newest_first).label("place"),
    ).subquery()
    return {
        row.watch: LastRun(row.watch, row.finished, row.state != _COULD_NOT_SEARCH, row.issue)
        for row in connection.execute(select(ranked).where(ranked.c.place == 1))
    }


def _state(digest: Digest) -> str:
    if digest.flow is None:
        return _COULD_NOT_SEARCH
    return "done" if digest.flow.is_complete else "incomplete"

"""Who may run a watch now."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from litwatch.store.statements import insert_into
from litwatch.store.tables import lease


def acquire(connection: Connection, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
    """Take or renew a lease in one statement, so that of two who ask at once one is refused."""
    statement = insert_into(connection, lease).values(name=name, holder=holder, expires_at=now + ttl)
    taken = statement.on_conflict_do_update(
        index_elements=[lease.c.name],
        set_={"holder": statement.excluded.holder, "expires_at": statement.excluded.expires_at},
        where=(lease.c.holder == holder) | (lease.c.expires_at <= now),
    )
    return connection.execute(taken, execution_options={"preserve_rowcount": True}).rowcount == 1


def release(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back; one that another has taken over stays theirs."""
    connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))


def load(connection: Connection, name: str) -> str | None:
    """Who holds a lease, run out or not."""
    return connection.execute(select(lease.c.holder).where(lease.c.name == name)).scalar()

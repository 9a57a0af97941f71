"""What each watch has accounted for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Standing
from litwatch.model.run import LedgerEntry
from litwatch.store.statements import chunks, execute_all
from litwatch.store.tables import ledger


def save(connection: Connection, watch: str, entries: Sequence[LedgerEntry]) -> None:
    """Enter what is accounted for now; a record that already is breaks the key, for it would be announced twice."""
    rows = [{"watch": watch, "last_read": entry.first_seen} | entry._asdict() for entry in entries]
    execute_all(connection, insert(ledger), rows)


def release(connection: Connection, watch: str, pmids: Sequence[Pmid]) -> None:
    """Take records out, so that they can be accounted for anew."""
    for chunk in chunks(pmids):
        connection.execute(delete(ledger).where(ledger.c.watch == watch, ledger.c.pmid.in_(chunk)))


def note_reread(connection: Connection, watch: str, pmids: Sequence[Pmid], at: datetime) -> None:
    """Remember that the watch has read records again."""
    same = (ledger.c.watch == bindparam("of_watch")) & (ledger.c.pmid == bindparam("of_pmid"))
    rows = [{"of_watch": watch, "of_pmid": pmid, "last_read": at} for pmid in pmids]
    execute_all(connection, update(ledger).where(same), rows)


def load_due_rereads(connection: Connection, watch: str, before: datetime) -> tuple[Pmid, ...]:
    """What the watch last read before ``before``, ascending."""
    due = select(ledger.c.pmid).where(ledger.c.watch == watch, ledger.c.last_read < before).order_by(ledger.c.pmid)
    return tuple(connection.execute(due).scalars())


def load(connection: Connection, watch: str) -> Mapping[Pmid, LedgerEntry]:
    """Everything that the watch has accounted for, ascending."""
    columns = [ledger.c[name] for name in LedgerEntry._fields]
    rows = connection.execute(select(*columns).where(ledger.c.watch == watch).order_by(ledger.c.pmid))
    return {pmid: LedgerEntry(pmid, work, Standing(name), seen, issue) for pmid, work, name, seen, issue in rows}

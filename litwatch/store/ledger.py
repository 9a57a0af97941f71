"""What each watch has accounted for."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Standing
from litwatch.model.run import LedgerEntry
from litwatch.store.statements import execute_all
from litwatch.store.tables import ledger


def save(connection: Connection, watch: str, entries: Sequence[LedgerEntry]) -> None:
    """Enter what is accounted for now; a record that already is breaks the key, for it would be announced twice."""
    execute_all(connection, insert(ledger), [{"watch": watch} | entry._asdict() for entry in entries])


def load(connection: Connection, watch: str) -> Mapping[Pmid, LedgerEntry]:
    """Everything that the watch has accounted for, ascending."""
    columns = [ledger.c[name] for name in LedgerEntry._fields]
    rows = connection.execute(select(*columns).where(ledger.c.watch == watch).order_by(ledger.c.pmid))
    return {pmid: LedgerEntry(pmid, work, Standing(name), seen, issue) for pmid, work, name, seen, issue in rows}

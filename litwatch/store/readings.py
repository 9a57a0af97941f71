"""What was read of each record, as PubMed sent it, and when."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, select, update

from litwatch.model.identifiers import Pmid
from litwatch.model.record import Parsed, Record
from litwatch.store.statements import chunks, execute_all, insert_into
from litwatch.store.tables import cited_reference, ledger, record

Version = tuple[Pmid, int]

_NOT_SENT = 0
"""The version under which it is remembered that PubMed sent no record."""


def save(connection: Connection, records: Sequence[Parsed], read_at: datetime) -> None:
    """Keep what is new or changed, and note of the rest that it was read again."""
    sent = {(item.value.pmid, item.value.version): item.xml for item in records if isinstance(item.value, Record)}
    kept = _load_hashes(connection, [pmid for pmid, _ in sent])
    changed, unchanged = [], []
    for version, xml in sent.items():
        digest = blake2b(xml, digest_size=16).digest()
        row = {"pmid": version[0], "version": version[1], "hash": digest}
        if kept.get(version) == digest:
            unchanged.append(version)
        else:
            changed.append(row | {"first_read": read_at, "last_read": read_at, "xml": xml})
    statement = insert_into(connection, record)
    new = {name: statement.excluded[name] for name in ("hash", "last_read", "xml")}
    execute_all(connection, statement.on_conflict_do_update(index_elements=[*record.primary_key], set_=new), changed)
    _touch(connection, unchanged, read_at)


def note_asked(connection: Connection, pmids: Sequence[Pmid], at: datetime) -> None:
    """Remember that records were asked for again, also those that PubMed did not send."""
    kept = _load_hashes(connection, pmids)
    known = {pmid for pmid, _ in kept}
    _touch(connection, kept, at)
    absent = [
        {"pmid": pmid, "version": _NOT_SENT, "first_read": at, "last_read": at}
        for pmid in dict.fromkeys(pmids)
        if pmid not in known
    ]
    execute_all(connection, insert_into(connection, record), absent)


def load_xml(connection: Connection, pmid: Pmid) -> bytes | None:
    """The bytes of the latest version, None when never read."""
    latest = select(record.c.xml).where(record.c.pmid == pmid, record.c.version != _NOT_SENT)
    return connection.execute(latest.order_by(record.c.version.desc()).limit(1)).scalar()


def load_due_rereads(connection: Connection, watch: str, before: datetime) -> tuple[Pmid, ...]:
    """What the watch has accounted for or cites, and has not read since ``before``, or never; ascending."""
    accounted = select(ledger.c.pmid).where(ledger.c.watch == watch)
    cited = select(cited_reference.c.pmid).where(cited_reference.c.watch == watch, cited_reference.c.pmid.is_not(None))
    watched = accounted.union(cited).subquery()
    read_since = select(record.c.pmid).where(record.c.pmid == watched.c.pmid, record.c.last_read >= before)
    due = select(watched.c.pmid).where(~read_since.exists()).order_by(watched.c.pmid)
    return tuple(connection.execute(due).scalars())


def _touch(connection: Connection, versions: Iterable[Version], at: datetime) -> None:
    same = (record.c.pmid == bindparam("of_pmid")) & (record.c.version == bindparam("of_version"))
    rows = [{"of_pmid": pmid, "of_version": version, "last_read": at} for pmid, version in versions]
    execute_all(connection, update(record).where(same), rows)


def _load_hashes(connection: Connection, pmids: Sequence[Pmid]) -> dict[Version, bytes | None]:
    columns = select(record.c.pmid, record.c.version, record.c.hash)
    return {
        (pmid, version): digest
        for chunk in chunks(pmids)
        for pmid, version, digest in connection.execute(columns.where(record.c.pmid.in_(chunk)))
    }

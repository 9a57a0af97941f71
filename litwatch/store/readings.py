"""What was read of each record, as PubMed sent it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Connection, select

from litwatch.model.identifiers import Pmid
from litwatch.model.record import Parsed, Record
from litwatch.store.statements import chunks, execute_all, insert_into
from litwatch.store.tables import record

Version = tuple[Pmid, int]


def save(connection: Connection, records: Sequence[Parsed], read_at: datetime) -> None:
    """Keep what is new or changed."""
    sent = {(item.value.pmid, item.value.version): item.xml for item in records if isinstance(item.value, Record)}
    kept = _load_hashes(connection, [pmid for pmid, _ in sent])
    rows = []
    for version, xml in sent.items():
        digest = blake2b(xml, digest_size=16).digest()
        if kept.get(version) != digest:
            row = {"pmid": version[0], "version": version[1], "hash": digest, "xml": xml}
            rows.append(row | {"first_read": read_at, "changed": read_at})
    statement = insert_into(connection, record)
    new = {name: statement.excluded[name] for name in ("hash", "changed", "xml")}
    execute_all(connection, statement.on_conflict_do_update(index_elements=[*record.primary_key], set_=new), rows)


def load_xml(connection: Connection, pmids: Collection[Pmid]) -> Mapping[Pmid, bytes]:
    """The bytes of the latest version of each that was ever read."""
    columns = select(record.c.pmid, record.c.xml).order_by(record.c.version)
    return {
        pmid: xml
        for chunk in chunks(list(pmids))
        for pmid, xml in connection.execute(columns.where(record.c.pmid.in_(chunk)))
    }


def _load_hashes(connection: Connection, pmids: Sequence[Pmid]) -> dict[Version, bytes]:
    columns = select(record.c.pmid, record.c.version, record.c.hash)
    return {
        (pmid, version): digest
        for chunk in chunks(pmids)
        for pmid, version, digest in connection.execute(columns.where(record.c.pmid.in_(chunk)))
    }

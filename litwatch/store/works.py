"""Works, the keys under which their records meet, and which record belongs to which."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, or_, select

from litwatch.model.decision import Doubt
from litwatch.model.identifiers import Pmid, WorkId, pmid_of
from litwatch.model.identity import Because, IdentityKey, KnownWork, Resolution, Standing
from litwatch.store.codec import decode_citation, encode
from litwatch.store.statements import chunks, execute_all, insert_into
from litwatch.store.tables import ledger, membership, work, work_key


def save(connection: Connection, works: Sequence[KnownWork]) -> None:
    """Keep works; one that is known takes on the newer citation, and the new keys beside those that it has."""
    works_in = insert_into(connection, work)
    rows = [{"id": known.id, "citation": encode(known.citation)} for known in works]
    newer = {"citation": works_in.excluded.citation}
    execute_all(connection, works_in.on_conflict_do_update(index_elements=[work.c.id], set_=newer), rows)
    keys = [{"kind": key.kind, "value": key.value, "work": known.id} for known in works for key in known.keys]
    execute_all(connection, insert_into(connection, work_key).on_conflict_do_nothing(), keys)


def save_memberships(connection: Connection, resolutions: Sequence[Resolution]) -> None:
    """Keep which work each record belongs to; the reason that first joined them stands until the work changes."""
    statement = insert_into(connection, membership)
    new = statement.excluded
    rows = [
        {
            "pmid": resolution.pmid,
            "work": resolution.work,
            "rule": resolution.because.rule,
            "evidence": resolution.because.evidence,
            "candidate": resolution.candidate,
        }
        for resolution in resolutions
    ]
    changed = or_(membership.c.work != new.work, membership.c.candidate.is_distinct_from(new.candidate))
    replaced = {name: new[name] for name in ("work", "rule", "evidence", "candidate")}
    statement = statement.on_conflict_do_update(index_elements=[membership.c.pmid], set_=replaced, where=changed)
    execute_all(connection, statement, rows)


def load_resolution(connection: Connection, watch: str, pmid: Pmid) -> Resolution | None:
    """Which work the record belongs to and why, with its standing in the watch's ledger; None when it is not there."""
    columns = select(membership, ledger.c.standing).join(ledger, ledger.c.pmid == membership.c.pmid)
    row = connection.execute(columns.where(ledger.c.watch == watch, ledger.c.pmid == pmid)).first()
    if row is None:
        return None
    because = Because(row.rule, row.evidence)
    candidate = None if row.candidate is None else WorkId(row.candidate)
    return Resolution(row.pmid, WorkId(row.work), Standing(row.standing), because, candidate)


def load_doubts(connection: Connection, watch: str | None) -> tuple[Doubt, ...]:
    """What stands as unsure in the ledger of ``watch``, or of all; by the doubted record, watches by name."""
    own, other = work.alias("own"), work.alias("other")
    columns = (
        select(membership, own.c.citation, other.c.citation.label("other_citation"), ledger.c.watch)
        .join(ledger, ledger.c.pmid == membership.c.pmid)
        .join(own, own.c.id == membership.c.work)
        .join(other, other.c.id == membership.c.candidate)
        .where(ledger.c.standing == Standing.UNSURE.value)
        .order_by(membership.c.pmid, ledger.c.watch)
    )
    doubts: dict[Pmid, Doubt] = {}
    for row in connection.execute(columns if watch is None else columns.where(ledger.c.watch == watch)):
        earlier = doubts.get(row.pmid)
        citation, beside = decode_citation(row.citation), decode_citation(row.other_citation)
        pmid = pmid_of(WorkId(row.candidate))
        watches = (*(earlier.watches if earlier else ()), row.watch)
        doubts[row.pmid] = Doubt(row.pmid, pmid, Because(row.rule, row.evidence), citation, beside, watches)
    return tuple(doubts.values())


def load(connection: Connection, keys: Collection[IdentityKey]) -> tuple[KnownWork, ...]:
    """The works that carry any of ``keys``, by id; the keys of each by kind and value."""
    ids = sorted(_load_ids(connection, keys))
    known: list[KnownWork] = []
    for chunk in chunks(ids):
        keys_of = defaultdict(list)
        carried = select(work_key.c.work, work_key.c.kind, work_key.c.value).where(work_key.c.work.in_(chunk))
        for of, kind, value in connection.execute(carried.order_by(work_key.c.kind, work_key.c.value)):
            keys_of[of].append(IdentityKey(kind, value))
        found = select(work.c.id, work.c.citation).where(work.c.id.in_(chunk)).order_by(work.c.id)
        for name, citation in connection.execute(found):
            known.append(KnownWork(WorkId(name), decode_citation(citation), tuple(keys_of[name])))
    return tuple(known)


def _load_ids(connection: Connection, keys: Collection[IdentityKey]) -> set[str]:
    values_of = defaultdict(list)
    for kind, value in set(keys):
        values_of[kind].append(value)
    return {
        found
        for kind, values in values_of.items()
        for chunk in chunks(values)
        for found in connection.execute(
            select(work_key.c.work).where(work_key.c.kind == kind, work_key.c.value.in_(chunk))
        ).scalars()
    }

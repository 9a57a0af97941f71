"""What the cited references of each watch mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from litwatch.model.identity import Because, ReferenceMatch, ReferenceState
from litwatch.store.codec import decode_candidates, decode_texts, encode
from litwatch.store.statements import execute_all, insert_into
from litwatch.store.tables import cited_reference


def save(connection: Connection, watch: str, matches: Sequence[ReferenceMatch], at: datetime) -> None:
    """Keep what references were found to mean, in place of what was thought before."""
    rows = [
        {
            "watch": watch,
            "reference": match.reference,
            "state": match.state.value,
            "pmid": match.pmid,
            "rule": match.because.rule,
            "evidence": match.because.evidence,
            "candidates": encode(match.candidates),
            "tried": encode(match.tried),
            "asked": match.asked,
            "matched_at": at,
        }
        for match in matches
    ]
    statement = insert_into(connection, cited_reference)
    new = {column.name: statement.excluded[column.name] for column in cited_reference.c if not column.primary_key}
    statement = statement.on_conflict_do_update(index_elements=[*cited_reference.primary_key], set_=new)
    execute_all(connection, statement, rows)


def load(connection: Connection, watch: str) -> Mapping[str, tuple[ReferenceMatch, datetime]]:
    """What each reference was last found to mean, and when, by reference id."""
    return {
        row.reference: (
            ReferenceMatch(
                reference=row.reference,
                state=ReferenceState(row.state),
                pmid=row.pmid,
                because=Because(row.rule, row.evidence),
                candidates=decode_candidates(row.candidates),
                tried=decode_texts(row.tried),
                asked=row.asked,
            ),
            row.matched_at,
        )
        for row in connection.execute(select(cited_reference).where(cited_reference.c.watch == watch))
    }

"""What was found in records, and what befell their works."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, insert, select

from litwatch.model.finding import Finding, Notice
from litwatch.model.identifiers import Pmid
from litwatch.store.codec import decode_finding, encode
from litwatch.store.statements import chunks, execute_all, insert_into
from litwatch.store.tables import finding, notice

NoticeKey = tuple[str, str, str]


def save(connection: Connection, watch: str, issue: int, findings: Sequence[Finding]) -> None:
    """Keep the findings of an issue beside those of earlier ones."""
    rows = [{"watch": watch, "pmid": found.pmid, "issue": issue, "finding": encode(found)} for found in findings]
    execute_all(connection, insert(finding), rows)


def load(connection: Connection, watch: str, pmids: Collection[Pmid]) -> Mapping[Pmid, Finding]:
    """The finding of the latest issue on each of ``pmids`` that has one."""
    columns = select(finding.c.pmid, finding.c.finding).where(finding.c.watch == watch).order_by(finding.c.issue)
    latest = {
        pmid: text
        for chunk in chunks(list(pmids))
        for pmid, text in connection.execute(columns.where(finding.c.pmid.in_(chunk)))
    }
    return {pmid: decode_finding(text) for pmid, text in latest.items()}


def save_notices(connection: Connection, watch: str, issue: int, notices: Sequence[Notice]) -> None:
    """Keep the notices that an issue announces; one that is known stays as it was first announced."""
    rows = [
        {
            "watch": watch,
            "pmid": told.pmid,
            "kind": told.kind.value,
            "reference": told.reference,
            "statement": told.statement,
            "first_seen": told.first_seen,
            "issue": issue,
        }
        for told in notices
    ]
    execute_all(connection, insert_into(connection, notice).on_conflict_do_nothing(), rows)


def load_notice_keys(connection: Connection, watch: str) -> frozenset[NoticeKey]:
    """(pmid, kind, reference) of every notice announced."""
    columns = select(notice.c.pmid, notice.c.kind, notice.c.reference).where(notice.c.watch == watch)
    return frozenset((pmid, kind, reference) for pmid, kind, reference in connection.execute(columns))

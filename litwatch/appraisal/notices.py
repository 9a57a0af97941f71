"""The notices that have befallen a record, as its own CommentsCorrections links and publication types state them.

Only links that point away from the record to what befell it count ("…In"); their counterparts ("…Of", "…For", "…From")
stand on the notice itself. Corrigenda, addenda and partial retractions are filed by PubMed as errata (FIELD §3), and
are told as errata; an expression of concern is never called a retraction.
"""

from datetime import datetime

from litwatch.appraisal.design_types import RETRACTED_UI
from litwatch.model.finding import Notice, NoticeKind
from litwatch.model.record import Link, Record

NOTICE_KINDS = {
    "RetractionIn": NoticeKind.RETRACTION,
    "RetractedandRepublishedIn": NoticeKind.REPUBLISHED,
    "CorrectedandRepublishedIn": NoticeKind.REPUBLISHED,
    "RepublishedIn": NoticeKind.REPUBLISHED,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "ErratumIn": NoticeKind.ERRATUM,
    "UpdateIn": NoticeKind.UPDATE,
}
"""RefType → what it tells. CommentIn and the like are no notices."""

_SAID = {
    "RetractionIn": "Retraction in",
    "RetractedandRepublishedIn": "Retracted and republished in",
    "CorrectedandRepublishedIn": "Corrected and republished in",
    "RepublishedIn": "Republished in",
    "ExpressionOfConcernIn": "Expression of concern in",
    "ErratumIn": "Erratum in",
    "UpdateIn": "Update in",
}
"""How PubMed prints the link."""

_RETRACTING = frozenset({"RetractionIn", "RetractedandRepublishedIn"})


def is_retracted(record: Record) -> bool:
    """Whether PubMed marks the record as retracted, by publication type or by a link to the retraction."""
    return _has_retracted_type(record) or any(link.ref_type == "RetractionIn" for link in record.links)


def appraise_notices(record: Record, seen_at: datetime) -> tuple[Notice, ...]:
    """What has befallen the work of ``record``, each notice once, in the order of its links."""
    links = [link for link in record.links if link.ref_type in NOTICE_KINDS]
    notices = [
        Notice(record.pmid, NOTICE_KINDS[link.ref_type], _reference(link), _statement(link), seen_at) for link in links
    ]
    if _has_retracted_type(record) and not any(link.ref_type in _RETRACTING for link in links):
        mark = f"publication type {RETRACTED_UI}"
        statement = "Marked as Retracted Publication; the record does not say where the retraction stands."
        notices.append(Notice(record.pmid, NoticeKind.RETRACTION, mark, statement, seen_at))
    return tuple({(notice.kind, notice.reference): notice for notice in reversed(notices)}.values())[::-1]


def _has_retracted_type(record: Record) -> bool:
    return any(kind.ui == RETRACTED_UI for kind in record.publication_types)


def _reference(link: Link) -> str:
    return link.pmid or link.source.strip() or link.ref_type


def _statement(link: Link) -> str:
    said = ": ".join(part for part in (_SAID[link.ref_type], link.source.strip()) if part)
    pmid = f" PMID {link.pmid}." if link.pmid else ""
    note = f" {link.note.strip()}" if link.note.strip() else ""
    return f"{said.rstrip('.')}.{pmid}{note}"

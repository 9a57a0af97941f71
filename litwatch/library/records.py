"""PubMed's record as a library describes a report."""

from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Record

_PREPRINT = "D000076942"


def describe_record(record: Record) -> Description:
    """What the record says of its report; the abstract is left as it is, also when it is a paraphrase."""
    journal, book = record.journal, record.book
    return Description(
        kind=_kind(record),
        title=record.title or record.vernacular_title or (book.title if book else ""),
        original_title=record.vernacular_title if record.title else "",
        authors=record.authors,
        authors_complete=record.authors_complete,
        published=record.published or record.published_online,
        journal=_container(record),
        abbreviation=journal.abbreviation,
        volume=journal.volume,
        issue=journal.issue,
        pages=journal.pages,
        publisher=book.publisher if book else "",
        issn=journal.issn,
        pmid=record.pmid,
        doi=record.doi,
        pmcid=record.pmcid,
        language=", ".join(record.languages),
        abstract=record.abstract_text,
        keywords=tuple(dict.fromkeys((*record.keywords, *(heading.name for heading in record.mesh)))),
        publication_types=tuple(kind.name for kind in record.publication_types),
        links=record.links,
        source="PubMed",
    )


def _kind(record: Record) -> EntryKind:
    if record.book:
        return EntryKind.CHAPTER if _container(record) else EntryKind.BOOK
    is_preprint = any(kind.ui == _PREPRINT for kind in record.publication_types)
    return EntryKind.PREPRINT if is_preprint else EntryKind.ARTICLE


def _container(record: Record) -> str:
    """The journal, or the book that a chapter is in."""
    if record.book:
        return record.book.title if record.title not in ("", record.book.title) else ""
    return record.journal.title

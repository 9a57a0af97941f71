"""The citation of an entry of a library: what it is compared by."""

from litwatch.identity.titles import COMMENT, CONCERN, ERRATUM, PREPRINT, PROTOCOL, RETRACTION
from litwatch.model.identity import Citation
from litwatch.model.library import Description, EntryKind

_BY_TYPE = {
    "Retraction of Publication": RETRACTION,
    "Retraction Notice": RETRACTION,
    "Expression of Concern": CONCERN,
    "Published Erratum": ERRATUM,
    "Comment": COMMENT,
    "Clinical Trial Protocol": PROTOCOL,
    "Preprint": PREPRINT,
}
_BY_LINK = {
    "RetractionOf": RETRACTION,
    "ExpressionOfConcernFor": CONCERN,
    "ErratumFor": ERRATUM,
    "CommentOn": COMMENT,
}


def citation_of_entry(described: Description) -> Citation:
    """What an entry is compared by. What kind of report it is is known only where the file says so."""
    return Citation(
        pmid=described.pmid,
        title=described.title or described.original_title,
        authors=tuple([author.printed for author in described.authors]),
        year=described.published.year if described.published else None,
        journal=described.abbreviation or described.journal,
        volume=described.volume,
        issue=described.issue,
        pages=described.pages,
        doi=described.doi,
        pmcid=described.pmcid,
        designation=_designation(described),
    )


def _designation(described: Description) -> str:
    for name in described.publication_types:
        if name in _BY_TYPE:
            return _BY_TYPE[name]
    for link in described.links:
        if link.ref_type in _BY_LINK:
            return _BY_LINK[link.ref_type]
    return PREPRINT if described.kind is EntryKind.PREPRINT else ""

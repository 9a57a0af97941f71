"""What PubMed's links say of a record: what kind of report it is, and which others may be the same work."""

from collections.abc import Iterable, Mapping

from litwatch.identity.titles import COMMENT, CONCERN, ERRATUM, RETRACTION
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Tie
from litwatch.model.record import Link

_DESIGNATIONS = {
    "RetractionOf": RETRACTION,
    "ExpressionOfConcernFor": CONCERN,
    "ErratumFor": ERRATUM,
    "CommentOn": COMMENT,
}
_TIES = {
    "UpdateOf": Tie.UPDATE,
    "UpdateIn": Tie.UPDATE,
    "RepublishedFrom": Tie.REPUBLICATION,
    "RepublishedIn": Tie.REPUBLICATION,
    "ReprintOf": Tie.REPUBLICATION,
    "ReprintIn": Tie.REPUBLICATION,
}
"""Links between records that may be one work. What is corrected or retracted and republished says something else."""


def designation_by_links(links: Iterable[Link]) -> str:
    """What a record with these links is when it is no plain article; empty when they do not say."""
    return next((_DESIGNATIONS[link.ref_type] for link in links if link.ref_type in _DESIGNATIONS), "")


def ties_of(links: Iterable[Link]) -> Mapping[Pmid, Tie]:
    """The records that PubMed links to this one as perhaps the same work, and how."""
    return {link.pmid: _TIES[link.ref_type] for link in links if link.pmid and link.ref_type in _TIES}

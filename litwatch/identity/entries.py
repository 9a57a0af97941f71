"""The citations of the entries of a library, by which they are compared, and how PubMed ties them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from litwatch.identity.links import designation_by_links, ties_of
from litwatch.identity.titles import COMMENT, CONCERN, ERRATUM, PREPRINT, PROTOCOL, RETRACTION
from litwatch.model.identity import Citation, Tie
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


def tied_entries(described: Sequence[Description]) -> Mapping[tuple[int, int], Tie]:
    """The pairs that PubMed links as perhaps one work, by their places, the smaller first, and how."""
    places = defaultdict(list)
    for place, entry in enumerate(described):
        if entry.pmid:
            places[entry.pmid].append(place)
    return {
        (min(place, other), max(place, other)): tie
        for place, entry in enumerate(described)
        for pmid, tie in ties_of(entry.links).items()
        for other in places.get(pmid, ())
        if other != place
    }


def _designation(described: Description) -> str:
    for name in described.publication_types:
        if name in _BY_TYPE:
            return _BY_TYPE[name]
    return designation_by_links(described.links) or (PREPRINT if described.kind is EntryKind.PREPRINT else "")

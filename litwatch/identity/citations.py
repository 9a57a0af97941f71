"""The citation of a record: what it is compared by, and the keys under which it meets its equals."""

from litwatch.identity.links import designation_by_links
from litwatch.identity.profiles import Profile, profile_of
from litwatch.identity.titles import COMMENT, CONCERN, ERRATUM, PREPRINT, PROTOCOL, RETRACTION, designation_by_title
from litwatch.model.identifiers import work_id
from litwatch.model.identity import Citation, IdentityKey, KnownWork
from litwatch.model.record import Record

# By UI, since NLM renames publication types: D016440 was "Retraction of Publication" and is "Retraction Notice".
# D016441 is not here: the retracted article stays the article that it was.
_BY_TYPE = {
    "D016440": RETRACTION,
    "D000075742": CONCERN,
    "D016425": ERRATUM,
    "D016420": COMMENT,
    "D000078325": PROTOCOL,
    "D000076942": PREPRINT,
}
OPENING = 20
"""Letters of a title's beginning under which records of one first author meet."""

_NO_TITLE = "[Not Available]."
"""What PubMed prints where it has no English title."""


def citation_of(record: Record) -> Citation:
    """What the record is compared by. A title that PubMed does not have in English is given in the original."""
    journal = record.journal
    title = record.title if record.title != _NO_TITLE else ""
    return Citation(
        pmid=record.pmid,
        title=title or record.vernacular_title,
        authors=tuple([author.printed for author in record.authors]),
        year=record.year,
        journal=record.book.title if record.book else journal.abbreviation or journal.title,
        volume=journal.volume,
        issue=journal.issue,
        pages=journal.pages,
        doi=record.doi,
        pmcid=record.pmcid,
        designation=_designation(record),
    )


def identity_keys(citation: Citation) -> tuple[IdentityKey, ...]:
    """The keys under which ``citation`` meets its equals; records that share none are never compared."""
    return profile_keys(profile_of(citation))


def profile_keys(profile: Profile) -> tuple[IdentityKey, ...]:
    """The keys of a citation prepared for comparing.

    ``title`` is the folded title, and of a title that tells little the first author with it; ``opening`` the first
    author with the beginning of the title; ``place`` the first author with the first numbers of volume and pages,
    which finds what two databases have typed differently; ``extent`` the pages that no two articles share.
    """
    citation = profile.citation
    author = profile.surnames[0] if profile.surnames else ""
    keys = []
    if citation.pmid:
        keys.append(IdentityKey("pmid", citation.pmid))
    if profile.doi:
        keys.append(IdentityKey("doi", profile.doi))
    if citation.pmcid:
        keys.append(IdentityKey("pmcid", citation.pmcid))
    if profile.title:
        keys.append(IdentityKey("title", profile.title if profile.is_telling else f"{profile.title} {author}"))
    if author and profile.is_telling:
        keys.append(IdentityKey("opening", f"{author} {profile.title[:OPENING]}"))
    for pages in profile.pages if profile.volume else ():
        if author and not pages.is_cut:
            keys.append(IdentityKey("place", f"{author} {profile.volume} {pages.first}"))
        if pages.is_telling:
            keys.append(IdentityKey("extent", f"{citation.year} {profile.volume} {pages.first}-{pages.last}"))
    return tuple(keys)


def found_work(record: Record) -> KnownWork:
    """The work that ``record`` founds, named after its PMID and described by its citation."""
    citation = citation_of(record)
    return KnownWork(work_id(record.pmid), citation, identity_keys(citation))


def _designation(record: Record) -> str:
    """What the record is when it is no plain article: PubMed's type, else its links, else how its title reads."""
    for kind in record.publication_types:
        if kind.ui in _BY_TYPE:
            return _BY_TYPE[kind.ui]
    return designation_by_links(record.links) or designation_by_title(record.title)

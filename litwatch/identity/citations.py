"""The citation of a record: what it is compared by, and the keys under which it meets its equals."""

import re

from litwatch.identity.folding import first_number, fold, surname
from litwatch.model.identifiers import work_id
from litwatch.model.identity import Citation, IdentityKey, KnownWork
from litwatch.model.record import Record

RETRACTION = "retraction"
CONCERN = "expression of concern"
ERRATUM = "erratum"
COMMENT = "comment"
PROTOCOL = "protocol"
PREPRINT = "preprint"
MEETING_ABSTRACT = "meeting abstract"

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
_BY_LINK = {
    "RetractionOf": RETRACTION,
    "ExpressionOfConcernFor": CONCERN,
    "ErratumFor": ERRATUM,
    "CommentOn": COMMENT,
}
# How titles open before NLM has given the record a type. A study may be about "correction of anaemia" or the
# "retraction of the lung", and "RETRACTED: …" heads the article itself: hence the colons and quotation marks.
_OPENINGS = {
    RETRACTION: r"(?:notice of )?retraction(?: (?:note|notice|statement)\b| ?(?:to|of|for)? ?[:\"'“‘.])",
    CONCERN: r"(?:editorial )?expression of concern\b",
    ERRATUM: r"(?:errat|corrigend|addend)(?:um|a)\b|(?:author |publisher )?corrections?(?: to\b| ?[:.])",
    COMMENT: r"comments? on\b|commentary (?:on|to)\b|commentary ?[:.]|(?:authors?'?s? |in )?reply\b|re ?[:.]"
    r"|response to (?:a |the )?(?:comment|letter)|letter to the editor",
    MEETING_ABSTRACT: r"abstract (?:no\.? ?)?[a-z]*-?\d+ ?[:.]",
}
_OPENING = re.compile(r"\W*(?:" + "|".join(f"({pattern})" for pattern in _OPENINGS.values()) + ")")
_OPENED = tuple(_OPENINGS)
_CLOSING_REPLY = re.compile(r"[-–—:] ?(?:authors?'?s? )?reply\W*$")
_PROTOCOL = re.compile(
    r"\b(?:study|trial|review) protocol\b|\bprotocol (?:for|of) (?:an?|the) .*\b(?:trial|study|review)\b"
)

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
    """The keys under which ``citation`` meets its equals; records that share none are never compared.

    ``title`` is the folded title; ``place`` is the first author's surname with the first numbers of volume and pages,
    which finds what two databases have typed differently.
    """
    keys = []
    if citation.pmid:
        keys.append(IdentityKey("pmid", citation.pmid))
    if citation.doi:
        keys.append(IdentityKey("doi", citation.doi))
    if citation.pmcid:
        keys.append(IdentityKey("pmcid", citation.pmcid))
    folded = fold(citation.title)
    if folded:
        keys.append(IdentityKey("title", folded))
    if citation.authors and citation.volume and citation.pages:
        volume, page = first_number(citation.volume), first_number(citation.pages)
        keys.append(IdentityKey("place", f"{surname(citation.authors[0])} {volume} {page}"))
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
    for link in record.links:
        if link.ref_type in _BY_LINK:
            return _BY_LINK[link.ref_type]
    return _designation_by_title(record.title)


def _designation_by_title(title: str) -> str:
    lowered = title.lower()
    opening = _OPENING.match(lowered)
    if opening:
        return _OPENED[(opening.lastindex or 1) - 1]
    if "reply" in lowered and _CLOSING_REPLY.search(lowered):
        return COMMENT
    if "protocol" in lowered and _PROTOCOL.search(lowered):
        return PROTOCOL
    return ""

"""Cited references: the searches that may find what the article means, and which of the found records it is.

An article writes "(Nikkheslat et al., 2021)" or, taking a given name for the surname, "(S. et al., 2011)".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from litwatch.article.citation_text import parse_citation_text
from litwatch.identity.citations import citation_of
from litwatch.identity.folding import without_accents
from litwatch.identity.reference_scores import score_candidates, words_said
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, Candidate, ReferenceMatch, ReferenceState
from litwatch.model.record import Record
from litwatch.model.watch import CitedReference

RESOLVED_FROM = 0.75
LEAD_FROM = 0.15
"""The score that resolves, and its lead over the next.

Chosen on one half of 1,959 real references and measured on the other by ``tests/bench/measure_identity.py``, each
written as "(Surname et al., 2011)" or "(S. et al., 2011)", with two or four words of its title for what is said of it,
among all works of the surname and about the year (1.3 on average) or all works of the year (92):

                                     resolved rightly   wrongly   when its work is not there
    by surname, two words said             .967           .000              .023
    by surname, four words                 .964           .000              .023
    by initial, two words                  .971           .001              .028
    by initial, four words                 .986           .000              .019

PubMed holds more namesakes than that set, and articles say less than titles do: the figures are an upper bound.
"""

_NO_NAME = re.compile(r"[^a-zA-Z'-]|(?<![a-zA-Z])['-]|['-](?![a-zA-Z])")
_OPERATORS = frozenset(("AND", "OR", "NOT"))

_TRUNCATED_FROM = 4
"""Letters that PubMed wants before an asterisk (PubMed user guide, "Truncating search terms")."""

LISTED = 5
"""How many candidates a match keeps."""


def candidate_queries(reference: CitedReference, topic: str) -> tuple[str, ...]:
    """The searches, in PubMed syntax, whose records ``match_reference`` chooses from; none when too little is written.

    ``topic`` is a search strategy of its own, empty for none. An author goes without quotation marks, which would ask
    PubMed for the surname without any initials (PubMed user guide, "Searching by author").
    """
    if reference.pmid:
        return (f"{reference.pmid}[pmid]",)
    if reference.doi:
        return (f'"{reference.doi}"[doi]',)
    cited = parse_citation_text(reference.as_written)
    parts = []
    author = _searchable(cited.surnames[0]) if cited.surnames else ""
    if author:
        parts.append(f"{author}[au]")
    if topic:
        parts.append(f"({topic})")
    if cited.year:
        # Around a surname there is room for the year online and the year in print; around a letter there is none.
        parts.append(f"{cited.year - 1}:{cited.year + 1}[dp]" if cited.surnames else f"{cited.year}[dp]")
    return (" AND ".join(parts),) if author or (cited.initial and len(parts) == 2) else ()


def narrowed_query(query: str, reference: CitedReference) -> str:
    """``query`` for those records alone that name anything of what is said of the work; empty when nothing is said.

    No record is left out that ``match_reference`` could see the topic in.
    """
    stems = [f"{stem}*" if len(stem) >= _TRUNCATED_FROM else word for stem, word in words_said(reference.said).items()]
    return f"{query} AND ({' OR '.join(f'{stem}[tiab]' for stem in stems)})" if stems else ""


def _searchable(name: str) -> str:
    """The name in plain letters, hyphens and apostrophes: nothing in it is left that a query reads as its own."""
    words = _NO_NAME.sub(" ", without_accents(name)).split()
    return " ".join(word.capitalize() if word in _OPERATORS else word for word in words)


def match_reference(reference: CitedReference, candidates: Sequence[Record], tried: tuple[str, ...]) -> ReferenceMatch:
    """What ``reference`` means among ``candidates``, the records that the searches ``tried`` have found.

    GIVEN by the watch's PMID; RESOLVED by its DOI or PMCID, or by a score from ``RESOLVED_FROM`` on that leads the next
    by ``LEAD_FROM``; UNSURE with the candidates when none does; UNRESOLVED when no record's authors fit.
    """
    if reference.pmid:
        return _given(reference, reference.pmid, candidates, tried)
    if reference.doi or reference.pmcid:
        return _by_identifier(reference, candidates, tried)
    scored = score_candidates(parse_citation_text(reference.as_written), reference.said, candidates)
    if not scored:
        return _unresolved(reference, f"of {len(candidates)} found, no record has a fitting author", candidates, tried)
    best, *others = scored
    lead = best.score - (others[0].score if others else 0)
    told = f"{'; '.join(best.reasons)}; score {best.score:.2f}"
    if best.score < RESOLVED_FROM:
        because = Because("best candidate too weak", f"{told}, {RESOLVED_FROM:.2f} needed")
    elif lead < LEAD_FROM:
        because = Because("no clear lead", f"{told}, the next has {others[0].score:.2f}")
    else:
        because = Because("author, year and topic", f"{told}, ahead by {lead:.2f}")
        return _match(reference, ReferenceState.RESOLVED, because, scored, tried)
    return _match(reference, ReferenceState.UNSURE, because, scored, tried)


def _given(
    reference: CitedReference, pmid: Pmid, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch:
    """The watch's PMID stands, also when its record could not be had or does not fit what is written."""
    records = [record for record in candidates if record.pmid == pmid]
    scored = score_candidates(parse_citation_text(reference.as_written), reference.said, records)
    told = f"the watch gives PMID {pmid}"
    if not records:
        told += ", of which no record could be had"
    elif not scored:
        told += f", although its authors do not fit {reference.as_written}"
    match = _match(reference, ReferenceState.GIVEN, Because("given in the watch", told), scored, tried)
    return replace(match, pmid=pmid)


def _by_identifier(reference: CitedReference, candidates: Sequence[Record], tried: tuple[str, ...]) -> ReferenceMatch:
    """The record that carries the watch's DOI or PMCID; what is written is not asked when there is none."""
    name, wanted = ("DOI", reference.doi) if reference.doi else ("PMCID", reference.pmcid)
    same = [record for record in candidates if wanted in (record.doi, record.pmcid)]
    if len(same) != 1:
        told = f"of {len(candidates)} found, {len(same)} with {name} {wanted}"
        return _unresolved(reference, told, candidates, tried)
    because = Because(f"same {name}", f"the watch gives {name} {wanted}")
    candidate = Candidate(citation_of(same[0]), 1.0, (f"same {name}",))
    return _match(reference, ReferenceState.RESOLVED, because, (candidate,), tried)


def _unresolved(
    reference: CitedReference, told: str, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch:
    """``told`` is why none of the candidates is meant; the searches stand in ``tried`` and are not said twice."""
    if not tried:
        told = "what is written is too little to search for"
    elif not candidates:
        told = "no record was found"
    return _match(reference, ReferenceState.UNRESOLVED, Because("no candidate", told), (), tried)


def _match(
    reference: CitedReference,
    state: ReferenceState,
    because: Because,
    scored: Sequence[Candidate],
    tried: tuple[str, ...],
) -> ReferenceMatch:
    pmid = scored[0].citation.pmid if state is ReferenceState.RESOLVED else None
    return ReferenceMatch(reference.id, state, pmid, because, tuple(scored[:LISTED]), tried)

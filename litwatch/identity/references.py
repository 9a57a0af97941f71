"""Cited references: which of the found records is meant by what an article writes.

It writes "(Nikkheslat et al., 2021)" or, taking a given name for the surname, "(S. et al., 2011)", or an identifier, or
the entry of its list of references. ``reference_queries`` has the searches.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from litwatch.article.citation_text import parse_citation_text
from litwatch.article.reference_text import Form, ReferenceParts, read_reference
from litwatch.identity.citations import citation_of
from litwatch.identity.reference_scores import score_candidates
from litwatch.identity.reference_strings import VETOED, contradictions, is_enough, score_references
from litwatch.model.identity import Because, Candidate, ReferenceMatch, ReferenceState
from litwatch.model.record import Record
from litwatch.model.watch import CitedReference

_NUMBER = re.compile(r"\[(\d+)\]")
"""What is left of a citation by number when the article lists no reference of that number."""

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

STRING_RESOLVED_FROM = 0.80
STRING_LEAD_FROM = 0.10
"""The same for the entries of reference lists; README has what ``litwatch evaluate references`` measures."""

LISTED = 5
"""How many candidates a match keeps."""


def match_reference(reference: CitedReference, candidates: Sequence[Record], tried: tuple[str, ...]) -> ReferenceMatch:
    """What ``reference`` means among ``candidates``, the records that the searches ``tried`` have found.

    GIVEN by the watch's PMID; RESOLVED by an identifier whose record agrees with what is written, or by a high score
    that leads the next clearly; UNSURE with the candidates when none does; UNRESOLVED when no record fits, or when too
    little is written.
    """
    parts = read_reference(reference.as_written)
    if reference.pmid:
        return _given(reference, parts, candidates, tried)
    if reference.doi or reference.pmcid:
        return _by_identifier(reference, parts, candidates, tried)
    if match := _by_written_identifier(reference, parts, candidates, tried):
        return match
    if parts.form in (Form.IN_TEXT, Form.URL):
        scored = score_candidates(parse_citation_text(reference.as_written), reference.said, candidates)
        limits = _Limits("author, year and topic", RESOLVED_FROM, LEAD_FROM, "has a fitting author")
    elif not is_enough(parts):
        told = "neither a title nor author, year, volume and page are written"
        return _match(reference, ReferenceState.UNRESOLVED, Because("not enough to go on", told), (), tried)
    else:
        scored = score_references(parts, candidates)
        limits = _Limits("title, author and place", STRING_RESOLVED_FROM, STRING_LEAD_FROM, "fits what is written")
    if not scored:
        return _unresolved(reference, f"of {len(candidates)} found, no record {limits.wanted}", candidates, tried)
    return _by_score(reference, scored, limits, tried)


class _Limits(NamedTuple):
    """The rule that resolves by a score: its name, the score, the lead over the next, and what a record must have."""

    rule: str
    score: float
    lead: float
    wanted: str


def _by_score(
    reference: CitedReference, scored: Sequence[Candidate], limits: _Limits, tried: tuple[str, ...]
) -> ReferenceMatch:
    best, *others = scored
    lead = best.score - (others[0].score if others else 0)
    told = f"{'; '.join(best.reasons)}; score {best.score:.2f}"
    if best.score < limits.score:
        because = Because("best candidate too weak", f"{told}, {limits.score:.2f} needed")
    elif lead < limits.lead:
        because = Because("no clear lead", f"{told}, the next has {others[0].score:.2f}")
    else:
        because = Because(limits.rule, f"{told}, ahead by {lead:.2f}")
        return _match(reference, ReferenceState.RESOLVED, because, scored, tried)
    return _match(reference, ReferenceState.UNSURE, because, scored, tried)


def _given(
    reference: CitedReference, parts: ReferenceParts, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch:
    """The watch's PMID stands, also when its record could not be had or does not fit what is written."""
    pmid = reference.pmid
    records = [record for record in candidates if record.pmid == pmid]
    scored = score_candidates(parse_citation_text(reference.as_written), reference.said, records)
    told = f"PMID {pmid} is given"
    if not records:
        told += ", of which no record could be had"
    elif parts.form is Form.REFERENCE:
        against = contradictions(parts, records[0])
        told += f", although its record has {'; '.join(against)}" if against else ""
        scored = (Candidate(citation_of(records[0]), VETOED if against else 1.0, ("PMID given", *against)),)
    elif not scored and parts.form is Form.IN_TEXT:
        told += f", although its authors do not fit {reference.as_written}"
    match = _match(reference, ReferenceState.GIVEN, Because("PMID given", told), scored, tried)
    return replace(match, pmid=pmid)


def _by_identifier(
    reference: CitedReference, parts: ReferenceParts, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch:
    """The record that carries the watch's DOI or PMCID; what is written is not asked when there is none."""
    name, wanted = ("DOI", reference.doi) if reference.doi else ("PMCID", reference.pmcid)
    same = [record for record in candidates if wanted in (record.doi, record.pmcid)]
    if len(same) != 1:
        told = f"of {len(candidates)} found, {len(same)} with {name} {wanted}"
        return _unresolved(reference, told, candidates, tried)
    return _checked(reference, parts, same[0], Because(f"same {name}", f"{name} {wanted} is given"), tried)


def _by_written_identifier(
    reference: CitedReference, parts: ReferenceParts, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch | None:
    """The record of an identifier that is written; None when there is none and more is written to go by."""
    wanted = {"PMID": parts.pmid, "DOI": parts.doi, "PMCID": parts.pmcid}
    for name, value in wanted.items():
        same = [record for record in candidates if value and value in (record.pmid, record.doi, record.pmcid)]
        if len(same) == 1:
            return _checked(reference, parts, same[0], Because(f"same {name}", f"{name} {value} is written"), tried)
    if parts.form in (Form.PMID, Form.DOI, Form.PMCID):
        return _unresolved(reference, f"of {len(candidates)} found, none has {parts.text}", candidates, tried)
    return None


def _checked(
    reference: CitedReference, parts: ReferenceParts, record: Record, because: Because, tried: tuple[str, ...]
) -> ReferenceMatch:
    """RESOLVED by an identifier, or UNSURE when its record has another title, author or year than is written."""
    against = contradictions(parts, record)
    candidate = Candidate(citation_of(record), VETOED if against else 1.0, (because.rule, *against))
    if against:
        told = f"{because.evidence}, but its record has {'; '.join(against)}"
        because = Because(f"{because.rule}, and something else is written", told)
        return _match(reference, ReferenceState.UNSURE, because, (candidate,), tried)
    return _match(reference, ReferenceState.RESOLVED, because, (candidate,), tried)


def _unresolved(
    reference: CitedReference, told: str, candidates: Sequence[Record], tried: tuple[str, ...]
) -> ReferenceMatch:
    """``told`` is why none of the candidates is meant; the searches stand in ``tried`` and are not said twice."""
    if not tried:
        number = _NUMBER.fullmatch(reference.as_written)
        told = (
            f"the article lists no reference {number[1]}" if number else "what is written is too little to search for"
        )
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

"""Which claims a record bears on, and the sentence that shows it.

A record bears on a claim when it names one of the claim's outcomes and, where the claim gives conditions, one of those
too, in title, abstract, keywords or MeSH headings. The rationale is the sentence that names an outcome and says most
about it: results and conclusions before the title, the title before methods and background, a heading only when no
sentence names one; then the sentence that names a condition too, then more of the outcomes, then the earlier one.
"""

from collections.abc import Iterable
from typing import NamedTuple

from litwatch.appraisal.reading import Reading, Sentence, fold
from litwatch.appraisal.roles import Role, guessed_role, told_roles
from litwatch.appraisal.terms import Term, compile_term
from litwatch.model.finding import Bearing
from litwatch.model.quote import Quote
from litwatch.model.record import Record
from litwatch.model.watch import Claim

_WORTH = {Role.CONCLUSION: 4, Role.RESULTS: 4, Role.PLAIN: 3, Role.METHODS: 1, Role.BACKGROUND: 1}
_TITLE_WORTH = 2
_MOST_SAID = 3


class _ClaimTerms(NamedTuple):
    """A claim's terms, each with how the claim writes it."""

    id: str
    outcomes: dict[Term, str]
    conditions: dict[Term, str]


class ClaimIndex(NamedTuple):
    """Claims made ready for reading: their terms, and each term under the words that give it away."""

    claims: tuple[_ClaimTerms, ...]
    by_cue: dict[str, tuple[Term, ...]]
    cues: frozenset[str]


def index_claims(claims: tuple[Claim, ...]) -> ClaimIndex:
    """Compile the terms of ``claims``."""
    compiled = tuple(_ClaimTerms(claim.id, _terms(claim.terms), _terms(claim.conditions)) for claim in claims)
    by_cue: dict[str, tuple[Term, ...]] = {}
    for term in dict.fromkeys(term for claim in compiled for term in (*claim.outcomes, *claim.conditions)):
        for cue in term.cues:
            by_cue[cue] = (*by_cue.get(cue, ()), term)
    return ClaimIndex(compiled, by_cue, frozenset(by_cue))


def _terms(written: Iterable[str]) -> dict[Term, str]:
    terms: dict[Term, str] = {}
    for text in written:
        terms.setdefault(compile_term(text), text)
    return terms


def find_bearings(reading: Reading, index: ClaimIndex) -> tuple[Bearing, ...]:
    """The claims that a record bears on, in their order."""
    candidates = {term for cue in index.cues & reading.words for term in index.by_cue[cue]}
    named = {term for term in candidates if reading.names(term.cues, term.pattern)}
    borne = [claim for claim in index.claims if _bears_on(claim, named)]
    passages = _passages(named, reading) if borne else []
    return tuple(_bearing(claim, named, passages, reading.record) for claim in borne)


def _bears_on(claim: _ClaimTerms, named: set[Term]) -> bool:
    return not named.isdisjoint(claim.outcomes) and (not claim.conditions or not named.isdisjoint(claim.conditions))


class _Passage(NamedTuple):
    """The title or a sentence of the abstract that names terms."""

    quote: Quote
    worth: int
    terms: set[Term]


def _passages(named: set[Term], reading: Reading) -> list[_Passage]:
    cues = {term: tuple(term.cues & reading.words) for term in named}
    telling = {word for words in cues.values() for word in words}
    passages = []
    for number, section in enumerate(reading.record.abstract):
        roles: list[Role | None] = []
        for place, text in enumerate(reading.cut(number)):
            folded = fold(text)
            if any(word in folded for word in telling) and (terms := _terms_in(folded, cues)):
                roles = roles or told_roles(section, reading.cut(number))
                worth = _WORTH[roles[place] or guessed_role(folded)]
                passages.append(_Passage(Sentence(text, section, place + 1).quote, worth, terms))
    if terms := _terms_in(reading.title, cues):
        passages.append(_Passage(reading.title_quote, _TITLE_WORTH, terms))
    return passages


def _terms_in(folded: str, cues: dict[Term, tuple[str, ...]]) -> set[Term]:
    return {
        term for term, words in cues.items() if any(word in folded for word in words) and term.pattern.search(folded)
    }


def _bearing(claim: _ClaimTerms, named: set[Term], passages: list[_Passage], record: Record) -> Bearing:
    outcomes = [term for term in claim.outcomes if term in named]

    def score(passage: _Passage) -> tuple[int, bool, int]:
        said = min(len(passage.terms.intersection(outcomes)), _MOST_SAID)
        return passage.worth, not passage.terms.isdisjoint(claim.conditions), said

    showing = [passage for passage in passages if not passage.terms.isdisjoint(outcomes)]
    rationale = max(showing, key=score).quote if showing else _heading(outcomes, record)
    return Bearing(claim.id, tuple(claim.outcomes[term] for term in outcomes), rationale)


def _heading(outcomes: list[Term], record: Record) -> Quote:
    """The first keyword or MeSH heading that names an outcome."""
    headings = [("keywords", word) for word in record.keywords] + [("MeSH", heading.name) for heading in record.mesh]
    named = (
        Quote(text, place) for place, text in headings if any(term.pattern.search(fold(text)) for term in outcomes)
    )
    return next(named, Quote(record.title, "title"))

"""How well each found record fits a citation in running text, scored from 0 to 1 with its reasons.

Four grounds earn shares of the weights below: the name, the year, the number of authors and the topic.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from litwatch.article.citation_text import CitationText
from litwatch.identity.agreement import Agreement
from litwatch.identity.citations import citation_of
from litwatch.identity.compared_authors import compare_surnames
from litwatch.identity.folding import fold, folded_words, initials, surname
from litwatch.identity.titles import CONCERN, ERRATUM, RETRACTION
from litwatch.model.identity import Candidate, Citation
from litwatch.model.record import Record


class Scale(NamedTuple):
    """What each ground can add to a score; the four sum to 1."""

    name: float
    year: float
    authors: float
    topic: float


BY_SURNAME = Scale(name=0.45, year=0.30, authors=0.10, topic=0.15)
BY_INITIAL = Scale(name=0.20, year=0.20, authors=0.10, topic=0.50)
"""A letter is the initial of one first author in twelve or so: the topic has to speak instead."""

WRONG_YEAR = 0.5
"""What is left of a score when the years are two or more apart: no printing delay explains it."""

NOTICE = 0.5
"""What is left of a score when the record is a notice: articles cite the report, and the notice has its authors."""

_STEM = 6
"""Words are alike by their first letters: "inflammatory" and "inflammation", "recruited" and "recruitment"."""

_FEW = 10
"""How many records it takes for the rarity of a word among them to tell much."""

_NOTICES = frozenset((RETRACTION, ERRATUM, CONCERN))
_FUNCTION_WORDS = frozenset(
    (
        *("a", "after", "also", "an", "and", "are", "as", "at", "be", "been", "between", "both", "by", "can", "for"),
        *("from", "has", "have", "in", "into", "is", "it", "its", "may", "not", "of", "on", "or", "other", "so"),
        *("such", "than", "that", "the", "their", "these", "this", "those", "to", "was", "were", "which", "with"),
    )
)


class _Ground(NamedTuple):
    """One ground of a score: the share of its weight that the record earns, from 0 to 1, and why."""

    share: float
    reason: str


class _Word(NamedTuple):
    """A word that the article says of the cited work, and how much it counts, from 0 to 1."""

    weight: float
    text: str


def score_candidates(cited: CitationText, said: str, records: Sequence[Record]) -> tuple[Candidate, ...]:
    """The records that may be meant, best first; a record whose authors do not fit at all is left out.

    ``said`` is what the article says of the cited work. A word of it counts the more, the fewer of the records have it.
    """
    stems = [frozenset(map(_stem, _content_words(f"{record.title} {record.abstract_text}"))) for record in records]
    words = _weigh_words(said, stems)
    scored = (_candidate(cited, record, _topic(words, found)) for record, found in zip(records, stems, strict=True))
    candidates = [candidate for candidate in scored if candidate]
    return tuple(sorted(candidates, key=lambda c: (-c.score, int(c.citation.pmid or 0))))


def _candidate(cited: CitationText, record: Record, topic: _Ground) -> Candidate | None:
    citation = citation_of(record)
    name = _name(cited, citation)
    if not name.share:
        return None
    grounds = (name, _year(cited, record), _authors(cited, citation), topic)
    score = sum(weight * ground.share for weight, ground in zip(_scale(cited), grounds, strict=True))
    reasons = [ground.reason for ground in grounds if ground.reason]
    if grounds[1].share == 0:
        score *= WRONG_YEAR
    if citation.designation in _NOTICES:
        score *= NOTICE
        reasons.append(f"a notice ({citation.designation}), not a report")
    return Candidate(citation, round(score, 3), tuple(reasons))


def _scale(cited: CitationText) -> Scale:
    return BY_SURNAME if cited.surnames else BY_INITIAL


def _name(cited: CitationText, citation: Citation) -> _Ground:
    if not citation.authors:
        return _Ground(0, "no authors given")
    first, *others = citation.authors
    if cited.surnames:
        wanted = surname(cited.surnames[0])
        agreement = compare_surnames(wanted, surname(first))
        if agreement is not Agreement.DIFFERENT:
            close = agreement is Agreement.CLOSE
            return _Ground(0.4 if close else 1, f"first author {first}" + (", spelled alike" if close else ""))
        if any(surname(other) == wanted for other in others):
            return _Ground(0.2, f"{cited.surnames[0]} is a later author, {first} the first")
        return _Ground(0, "another author")
    wanted = fold(cited.initial)
    if wanted and initials(first).startswith(wanted):
        return _Ground(1, f"{cited.initial}. is the given name of the first author, {first}")
    if wanted and surname(first).startswith(wanted):
        return _Ground(0.5, f"the first author's surname, {first}, begins with {cited.initial}")
    return _Ground(0, "another initial")


def _year(cited: CitationText, record: Record) -> _Ground:
    dates = {"printed": record.published, "online": record.published_online}
    years = {kind: date.year for kind, date in dates.items() if date}
    wanted = cited.year
    if wanted is None or not years:
        return _Ground(0.3, "year unknown")
    gap, kind, year = min((abs(year - wanted), kind, year) for kind, year in years.items())
    if gap == 0:
        return _Ground(1, f"{kind} {year}")
    if gap == 1:
        return _Ground(0.4, f"{kind} {year}, a year beside {wanted}")
    return _Ground(0, f"{kind} {year}, not {wanted}")


def _authors(cited: CitationText, citation: Citation) -> _Ground:
    """Whether as many authors are named as there are. "et al." behind a single author is a slip, not a proof."""
    count = len(citation.authors)
    if cited.et_al:
        return _Ground(1, "") if count > 1 else _Ground(0.25, 'a single author, although "et al." is written')
    named = len(cited.surnames)
    if named > count or {surname(name) for name in cited.surnames} - {surname(name) for name in citation.authors}:
        return _Ground(0, "other authors are named")
    return _Ground(1, "all authors named") if named == count else _Ground(0.5, f"{named} of {count} authors named")


def _topic(words: Mapping[str, _Word], found: frozenset[str]) -> _Ground:
    """How much of what the article says of the work stands in the record's title and abstract."""
    if not words:
        return _Ground(0.3, "")
    there = [word for stem, word in words.items() if stem in found]
    if not there:
        return _Ground(0, "nothing of what is said of it in title or abstract")
    share = sum(word.weight for word in there) / sum(word.weight for word in words.values())
    return _Ground(share, "names " + ", ".join(word.text for word in there))


def _weigh_words(said: str, records: Sequence[frozenset[str]]) -> dict[str, _Word]:
    """The words of ``said`` by stem; one counts near 1 when no record has it and near 0 when many have it, and all."""
    texts = words_said(said)
    having = Counter(stem for stems in records for stem in stems & texts.keys())
    return {stem: _Word(1 - having[stem] / (len(records) + _FEW), text) for stem, text in texts.items()}


def words_said(said: str) -> dict[str, str]:
    """The words that tell something of what is said of a work, by the stem that makes them alike."""
    texts: dict[str, str] = {}
    for word in _content_words(said):
        texts.setdefault(_stem(word), word)
    return texts


def _content_words(text: str) -> Iterator[str]:
    return (word for word in folded_words(text) if len(word) > 1 and word not in _FUNCTION_WORDS)


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM else word.removesuffix("s")

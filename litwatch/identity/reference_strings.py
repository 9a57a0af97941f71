"""How well each found record fits a full reference, scored from 0 to 1 with its reasons.

Each facet that both sides state earns a share of its weight, and the score is what was earned of what could be: what a
reference leaves out does not count against a record. Then come the vetoes, each of which caps the score below what
resolves. Facets are compared as those of any two citations (``Comparison``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio

from litwatch.article.reference_text import ReferenceParts
from litwatch.identity.agreement import Agreement, Facet
from litwatch.identity.citations import citation_of
from litwatch.identity.compared_authors import compare_surnames
from litwatch.identity.compared_places import is_same_name
from litwatch.identity.comparison import Comparison
from litwatch.identity.folding import fold, surname
from litwatch.identity.profiles import Profile, journal_names, profile_of
from litwatch.identity.titles import CONCERN, ERRATUM, PREPRINT, RETRACTION
from litwatch.model.identity import Candidate, Citation
from litwatch.model.record import Record

WEIGHTS: Mapping[str, float] = {
    "title": 0.40,
    "first_author": 0.18,
    "year": 0.10,
    "journal": 0.12,
    "volume": 0.08,
    "pages": 0.12,
}
"""What each facet adds to a score that is whole."""

_SHARES: Mapping[Agreement, float] = {
    Agreement.SAME: 1.0,
    Agreement.CLOSE: 0.9,
    Agreement.CONTINUED: 0.95,
    Agreement.PARTLY: 0.7,
    Agreement.DIFFERENT: 0.0,
}

VETOED = 0.5
"""The most that a record can score against a veto; below what resolves."""

TITLE_ALIKE = 60
"""Below so many per cent of alikeness a title is clearly another."""

TITLE_PLACED = 50
"""From how many per cent on a title may be another wording of one that stands at the same place."""

PLACED_TITLE = 0.70
PLACED_AUTHOR = 0.30
"""The least that a title, and a first author, earn at the very place that the reference gives."""

MANGLED_INITIALS = 0.5
"""What a first author of the same surname with other initials earns."""

CONTAINED = 0.9
"""How alike a title is that stands within the other, from ``_LEAST_CONTAINED`` letters on."""

_LONGEST_JOURNAL = 14
"""Words at the end of a reference's title and journal that are tried as the name of a record's journal."""

_FEWEST_FACETS = 3
"""How many facets must be stated on both sides for the score to be whole; each one fewer costs _THIN."""

_THIN = 0.12
_LEAST_TITLE = 3
_SHORTEST_JOURNAL = 3
_ARTICLES = frozenset(("the", "la", "le", "der", "die", "das"))
_LEAST_CONTAINED = 20
_NOTICES = frozenset((RETRACTION, ERRATUM, CONCERN))
_AGREES = frozenset((Agreement.SAME, Agreement.CLOSE, Agreement.CONTINUED))


class _Reading(NamedTuple):
    """A reference as read beside one record: what its facets say, and how alike the titles are, in per cent."""

    facets: Mapping[str, Facet]
    alike: float
    designation: str
    has_surname: bool
    is_other_author: bool

    def agrees(self, *names: str) -> bool:
        """Whether each of the facets speaks for the record."""
        return all(self.facets[name].agreement in _AGREES for name in names)

    def is_same(self, *names: str) -> bool:
        """Whether each of the facets is the record's without any doubt."""
        return all(self.facets[name].agreement is Agreement.SAME for name in names)

    def differs(self, name: str) -> bool:
        """Whether the facet speaks against the record."""
        return self.facets[name].agreement is Agreement.DIFFERENT

    @property
    def stands_there(self) -> bool:
        """Whether the record stands where the reference says, by volume and page and by journal or author and year."""
        return self.is_same("volume", "pages") and (self.agrees("journal") or self.agrees("first_author", "year"))

    @property
    def is_placed(self) -> bool:
        """Whether the record stands where the reference says in its year too, and its author or title may be the same.

        No two articles of one author stand on one page, so that a title in another language or wording is no matter.
        """
        may_be = self.has_surname or self.alike >= TITLE_PLACED
        return self.stands_there and self.agrees("year") and may_be


class Veto(NamedTuple):
    """Why a record cannot be what a reference means, however much else fits."""

    name: str
    applies: Callable[[_Reading], bool]


VETOES = (
    Veto("a notice, and not the report", lambda r: r.designation in _NOTICES),
    Veto("a comment or a protocol, and not the report", lambda r: bool(r.designation) and not r.is_placed),
    Veto(
        "the title is clearly another",
        lambda r: r.differs("title") and r.alike < TITLE_ALIKE and not r.is_placed,
    ),
    Veto("another number in the title", lambda r: r.differs("numbers") and not r.stands_there),
    Veto("another word in the title", lambda r: r.differs("wording") and not r.stands_there),
    Veto(
        "another first author, and a title that is only alike",
        lambda r: r.is_other_author and not r.agrees("title") and not r.is_placed,
    ),
    Veto(
        "another first author, and not where the reference says",
        lambda r: r.is_other_author and not (r.agrees("journal", "year", "telling") or r.stands_there),
    ),
    Veto(
        "no title, and not where the reference says",
        lambda r: r.facets["title"].agreement is Agreement.UNKNOWN and not r.stands_there,
    ),
    Veto(
        "the title alone fits",
        lambda r: not any(r.agrees(name) for name in ("first_author", "journal", "volume", "pages")),
    ),
)
"""The first that applies is told."""


def is_enough(parts: ReferenceParts) -> bool:
    """Whether a reference says enough to be searched for: words of a title, or author, year and some of a place."""
    if len(parts.described.split()) >= _LEAST_TITLE:
        return True
    return bool(parts.authors and parts.years and (parts.described or parts.pages))


def score_references(parts: ReferenceParts, records: Sequence[Record]) -> tuple[Candidate, ...]:
    """The records that share anything with a reference, best first."""
    scored = [candidate for record in records if (candidate := _candidate(parts, record))]
    return tuple(sorted(scored, key=lambda candidate: (-candidate.score, int(candidate.citation.pmid or 0))))


def contradictions(parts: ReferenceParts, record: Record) -> tuple[str, ...]:
    """What the record says otherwise than the reference: another title, other authors, a year two or more apart."""
    reading = _read(parts, record, citation_of(record))
    found = []
    if reading.differs("title") and reading.alike < TITLE_ALIKE:
        found.append(f"another title, “{record.title}”")
    written, recorded = ([surname(name) for name in names] for names in (parts.authors, citation_of(record).authors))
    if written and recorded and not any(_are_alike(one, other) for one in written for other in recorded):
        found.append(f"other authors, {record.authors[0].printed} the first")
    if reading.differs("year"):
        found.append(reading.facets["year"].words)
    return tuple(found)


def _are_alike(one: str, other: str) -> bool:
    return compare_surnames(one, other) is not Agreement.DIFFERENT


def _candidate(parts: ReferenceParts, record: Record) -> Candidate | None:
    citation = citation_of(record)
    named = citation if record.book else _with_both_names(citation, record)
    reading = _read(parts, record, named)
    stated = {name: facet for name, facet in reading.facets.items() if facet.agreement is not Agreement.UNKNOWN}
    weighed = [name for name in WEIGHTS if name in stated]
    whole = sum(WEIGHTS[name] for name in weighed)
    if not whole:
        return None
    earned = sum(WEIGHTS[name] * _share(name, stated[name], reading) for name in weighed)
    score = max(0.0, earned / whole - _THIN * max(0, _FEWEST_FACETS - len(weighed)))
    reasons = [_reason(name, stated[name]) for name in (*WEIGHTS, "numbers", "wording") if name in stated]
    veto = next((veto.name for veto in VETOES if veto.applies(reading)), "")
    if veto:
        score = min(score, VETOED) if score > VETOED else score
        reasons.insert(0, veto)
    return Candidate(citation, round(score, 3), tuple(filter(None, reasons)))


def _share(name: str, facet: Facet, reading: _Reading) -> float:
    if name == "title" and facet.agreement in (Agreement.PARTLY, Agreement.DIFFERENT):
        earned = max(0.0, (reading.alike - TITLE_ALIKE) / (100 - TITLE_ALIKE))
        return max(earned, PLACED_TITLE) if reading.is_placed else earned
    if name == "first_author" and facet.agreement is Agreement.DIFFERENT:
        return MANGLED_INITIALS if reading.has_surname else PLACED_AUTHOR * reading.is_placed
    return _SHARES[facet.agreement]


def _reason(name: str, facet: Facet) -> str:
    """The words of a facet, with the name of what they tell where they do not say it."""
    if name == "year" and facet.agreement is Agreement.SAME:
        return f"year {facet.words}"
    return facet.words


def _with_both_names(citation: Citation, record: Record) -> Citation:
    names = dict.fromkeys(filter(None, (record.journal.abbreviation, record.journal.title)))
    return Citation(
        pmid=citation.pmid,
        title=citation.title,
        authors=citation.authors,
        year=citation.year,
        journal=" = ".join(names),
        volume=citation.volume,
        issue=citation.issue,
        pages=citation.pages,
        designation=citation.designation,
    )


def _read(parts: ReferenceParts, record: Record, citation: Citation) -> _Reading:
    theirs = profile_of(citation)
    ours = profile_of(_as_cited(parts, record, theirs))
    comparison = Comparison(ours, theirs)
    facets = {name: comparison.facet(name) for name in (*WEIGHTS, "numbers", "wording", "telling")}
    surnames = [side.surnames[0] for side in (ours, theirs) if side.surnames]
    has_surname = len(surnames) == len((ours, theirs)) and _are_alike(*surnames)
    return _Reading(
        facets=facets,
        alike=_alikeness(ours.title, theirs.title),
        designation=theirs.designation if theirs.designation not in (ours.designation, PREPRINT) else "",
        has_surname=has_surname,
        is_other_author=facets["first_author"].agreement is Agreement.DIFFERENT and not has_surname,
    )


def _alikeness(one: str, other: str) -> float:
    """Per cent of alikeness, of the whole titles or of one with a part of the other."""
    alike = ratio(one, other)
    if alike >= 100 * CONTAINED or min(len(one), len(other)) < _LEAST_CONTAINED:
        return alike
    return max(alike, CONTAINED * partial_ratio(one, other))


def _as_cited(parts: ReferenceParts, record: Record, theirs: Profile) -> Citation:
    """The reference as a citation, title and journal cut where the record's journal begins, if it is named."""
    title, journal = _cut_at(parts.described, theirs.journals) or (parts.title, parts.journal)
    return Citation(
        pmid=None,
        title=title,
        authors=parts.authors,
        year=_nearest_year(parts.years, record),
        journal=journal,
        volume=parts.volume,
        issue=parts.issue,
        pages=parts.pages,
    )


def _nearest_year(years: Sequence[int], record: Record) -> int | None:
    """The year written that fits best; the record's own when the reference gives the year that it was online."""
    if record.year is None or not years:
        return years[0] if years else None
    online = record.published_online.year if record.published_online else None
    nearest = min(years, key=lambda year: abs(year - (record.year or 0)))
    return record.year if nearest == online else nearest


def _cut_at(described: str, journals: Sequence[tuple[str, ...]]) -> tuple[str, str] | None:
    """Title and journal, when ``described`` ends with one of the names; the longest such end counts."""
    words = described.split()
    openings = {name[0][0] for name in journals}
    for start in range(max(0, len(words) - _LONGEST_JOURNAL), len(words)):
        if fold(words[start])[:1] not in openings and words[start].lower() not in _ARTICLES:
            continue
        tail = " ".join(words[start:])
        if any(_is_name(tail, name) for name in journals):
            return " ".join(words[:start]).rstrip(" .,;:"), tail
    return None


def _is_name(tail: str, name: tuple[str, ...]) -> bool:
    written = journal_names(tail)
    if len(written) != 1 or len("".join(written[0])) < _SHORTEST_JOURNAL:
        return False
    return is_same_name(*sorted((written[0], name), key=len))

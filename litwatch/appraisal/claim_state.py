"""How the evidence on each claim stands, and what of it calls for a person; rules in a table, none of which counts.

A work counts once, however many of its records are appraised: by the record of the strongest design, of those by one
that tells a stance. A work is retracted when any of its records is. Levels are those of designs (OCEBM 2011), of what
was found in people; what was found in animals and in vitro has the lowest one, and counts against a claim only when
nothing better is cited for it. What was retracted, and what reports no result of its own, never opposes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from litwatch.appraisal.stance import REPORTS_NOTHING
from litwatch.model.claim_state import (
    Cell,
    CitedWork,
    ClaimState,
    Course,
    SignalKind,
    SignalWork,
    UpdateSignal,
    course_of,
)
from litwatch.model.finding import LEVELS, Bearing, Finding, NoticeKind, Population, Stance, StudyDesign
from litwatch.model.identifiers import WorkId
from litwatch.model.watch import Claim

IN_PEOPLE = frozenset((Population.HUMAN, Population.HUMAN_AND_ANIMAL))
_OUTSIDE_PEOPLE = frozenset((Population.ANIMAL, Population.IN_VITRO))
_LOWEST_IN_PEOPLE, _LOWEST = 4, 5
_ORDER = {design: place for place, design in enumerate(StudyDesign)}
_NO_HARM_TOLD = REPORTS_NOTHING | {StudyDesign.NARRATIVE_REVIEW, StudyDesign.UNCLEAR}
_REPLACING = (NoticeKind.UPDATE, NoticeKind.REPUBLISHED)

Root = Callable[[WorkId], WorkId]
"""The one that stands for all works that are the same as a work."""


class _Told(NamedTuple):
    """What a work says of a claim, and what that ``expects``: the finding that counts for it."""

    finding: Finding
    bearing: Bearing
    expects: str

    @property
    def course(self) -> Course:
        return course_of(self.bearing.direction, self.expects)

    @property
    def stance(self) -> Stance:
        return self.bearing.stance


class _Evidence(NamedTuple):
    """One moment: by claim what each work says of it, the finding that counts for each work, and what is retracted."""

    told: Mapping[str, Mapping[WorkId, _Told]]
    works: Mapping[WorkId, Finding]
    retracted: frozenset[WorkId]


class _Yardstick(NamedTuple):
    """The lowest level that still counts against a claim, and what it is taken from."""

    level: int
    because: str


class _Case(NamedTuple):
    """A work that is not retracted beside a claim: ``before`` is what it said in the issue before, if it did.

    ``yardstick`` is that of now, ``earlier`` that of the issue before.
    """

    now: _Told
    before: _Told | None
    yardstick: _Yardstick
    earlier: _Yardstick
    is_cited: bool


class Before(NamedTuple):
    """The findings as of the issue before: as they are judged now, and as they were ``told`` then."""

    judged: Iterable[Finding]
    told: Iterable[Finding]


def find_states(
    claims: Iterable[Claim],
    before: Before | None,
    after: Iterable[Finding],
    cited: Sequence[CitedWork],
    root: Root,
) -> tuple[ClaimState, ...]:
    """The state of each claim, in their order; the signals in the order of ``SignalKind``, without titles.

    What concerns the article whatever it claims is a signal of a last state whose claim is empty: a major harm that is
    told by works that bear on no claim, and what befell works that are cited for none.
    ``before`` (None on a baseline) and ``after`` are in any order. A claim moves by what is judged alike, then and now;
    a study gives a signal unless it was told then, so that nothing is lost when the claims or the rules change.
    """
    expects = {claim.id: claim.expects for claim in claims}
    now = _evidence(after, expects, root)
    then = None if before is None else _evidence(before.judged, expects, root)
    told = None if before is None else _evidence(before.told, expects, root)
    by_claim = {claim: [work for work in cited if claim in work.claims] for claim in expects}
    states = [
        ClaimState(
            claim,
            _cells(now, claim),
            None if then is None else _cells(then, claim),
            tuple(_signals(claim, now, told, by_claim[claim], root)),
        )
        for claim in expects
    ]
    others = now.works.keys() - {work for works in now.told.values() for work in works}
    for_none = [work for work in cited if not work.claims]
    of_article = (*_of_cited("", for_none, now, root), *_of_harm("", others, now, told))
    return (*states, ClaimState("", signals=of_article)) if of_article else tuple(states)


def level_of(finding: Finding) -> int | None:
    """The level of what was found, 1 to 5; None where there is none or it is unclear in whom it was found."""
    if finding.retracted or finding.design not in LEVELS:
        return None
    if finding.population in _OUTSIDE_PEOPLE:
        return _LOWEST
    return int(LEVELS[finding.design][0]) if finding.population in IN_PEOPLE else None


def _evidence(findings: Iterable[Finding], expects: Mapping[str, str], root: Root) -> _Evidence:
    told: dict[str, dict[WorkId, _Told]] = {claim: {} for claim in expects}
    works: dict[WorkId, Finding] = {}
    retracted = set()
    for finding in findings:
        work = root(finding.work)
        known = works.get(work)
        works[work] = min(known, finding, key=_strength) if known else finding
        if finding.retracted:
            retracted.add(work)
        for bearing in finding.bearings:
            if bearing.claim in told:
                new = _Told(finding, bearing, expects[bearing.claim])
                other = told[bearing.claim].get(work)
                told[bearing.claim][work] = min(other, new, key=_precedence) if other else new
    return _Evidence(told, works, frozenset(retracted))


def _precedence(told: _Told) -> tuple[int, bool, tuple[int, float, int]]:
    """Which of several findings on one work counts for a claim: the smallest."""
    return _ORDER[told.finding.design], told.course is Course.UNCLEAR, _strength(told.finding)


def _strength(finding: Finding) -> tuple[int, float, int]:
    """Which of several findings on one work counts: the smallest."""
    return _ORDER[finding.design], -finding.rank, int(finding.pmid)


def _cells(evidence: _Evidence, claim: str) -> tuple[Cell, ...]:
    works: Counter[tuple[StudyDesign, Course]] = Counter()
    retracted: Counter[tuple[StudyDesign, Course]] = Counter()
    for work, told in evidence.told[claim].items():
        if work in evidence.retracted:
            retracted[told.finding.design, Course.UNCLEAR] += 1
        else:
            works[told.finding.design, told.course] += 1
    places = ((design, course) for design in StudyDesign for course in Course)
    return tuple(Cell(*at, works[at], retracted[at]) for at in places if works[at] or retracted[at])


def _signals(
    claim: str, now: _Evidence, then: _Evidence | None, cited: list[CitedWork], root: Root
) -> Iterator[UpdateSignal]:
    yield from _of_cited(claim, cited, now, root)
    yield from _of_harm(claim, now.told[claim], now, then)
    yardstick, earlier = _yardstick(cited, now, root), _yardstick(cited, then or now, root)
    is_cited = {root(work.work) for work in cited}
    cases = [
        _Case(told, _earlier(then, claim, work), yardstick, earlier, work in is_cited)
        for work, told in now.told[claim].items()
        if work not in now.retracted
    ]
    cases.sort(key=lambda case: _best_first(case.now.finding))
    for kind, (reads, because) in _RULES.items():
        works = tuple(SignalWork(case.now.finding.pmid, "", said) for case in cases if (said := reads(case)))
        if works:
            yield UpdateSignal(kind, claim, works, because(yardstick))


def _earlier(then: _Evidence | None, claim: str, work: WorkId) -> _Told | None:
    return None if then is None or work in then.retracted else then.told[claim].get(work)


def _of_cited(claim: str, cited: list[CitedWork], now: _Evidence, root: Root) -> Iterator[UpdateSignal]:
    """What stands until the article no longer cites the work."""
    retracted, outdated = [], []
    for work in cited:
        is_retracted = root(work.work) in now.retracted
        is_told = any(kind is NoticeKind.RETRACTION for kind, _ in work.notices) and root(work.work) not in now.works
        if is_retracted or is_told:
            retracted.append(SignalWork(work.pmid, "", f"cited as {work.reference}, retracted"))
        elif newer := [_replaced(kind, by) for kind, by in work.notices if kind in _REPLACING]:
            outdated.append(SignalWork(work.pmid, "", f"cited as {work.reference}, {'; '.join(newer)}"))
    if retracted:
        because = f"The article cites {'for it ' if claim else ''}what was retracted."
        yield UpdateSignal(SignalKind.CITED_RETRACTED, claim, tuple(retracted), because)
    if outdated:
        because = f"The article cites {'for it ' if claim else ''}what has been replaced."
        yield UpdateSignal(SignalKind.CITED_OUTDATED, claim, tuple(outdated), because)


def _of_harm(claim: str, works: Iterable[WorkId], now: _Evidence, then: _Evidence | None) -> Iterator[UpdateSignal]:
    """A major harm that was found in people and was not told in the issue before."""
    told = {work for work, found in then.works.items() if _tells_harm(found)} - then.retracted if then else set()
    found = (now.works[work] for work in works if work not in now.retracted and work not in told)
    new = sorted(filter(_tells_harm, found), key=_best_first)
    if new:
        named = tuple(SignalWork(each.pmid, "", _harm_of(each)) for each in new)
        yield UpdateSignal(SignalKind.HARM, claim, named, "Read from a sentence by rules: check it.")


def _tells_harm(finding: Finding) -> bool:
    return finding.harm is not None and finding.population in IN_PEOPLE and finding.design not in _NO_HARM_TOLD


def _harm_of(finding: Finding) -> str:
    if finding.harm is None:
        return ""
    quote = finding.harm.quote
    said = f"{quote.text} (paraphrase)" if quote.is_paraphrase else f"“{quote.text}” ({quote.place})"
    return f"{finding.design}; {finding.harm.because.evidence}: {said}"


def _best_first(finding: Finding) -> tuple[float, int]:
    return -finding.rank, -int(finding.pmid)


def _replaced(kind: NoticeKind, by: str) -> str:
    said = "updated" if kind is NoticeKind.UPDATE else "corrected and republished"
    return f"{said} by PubMed {by}" if by.isdigit() else f"{said}: {by}"


def _yardstick(cited: list[CitedWork], now: _Evidence, root: Root) -> _Yardstick:
    """The best level among the works that the article cites for the claim, whatever claims they bear on."""
    standing = {work: now.works.get(root(work.work)) for work in cited if root(work.work) not in now.retracted}
    levels = [
        (level, work.reference, finding.design)
        for work, finding in standing.items()
        if finding and (level := level_of(finding)) is not None
    ]
    if not levels:
        what = "only works without a level of evidence" if cited else "no work that is identified"
        return _Yardstick(_LOWEST_IN_PEOPLE, f"The article cites for it {what}.")
    level, reference, design = min(levels)
    return _Yardstick(level, f"The best that the article cites for it is of level {level} ({reference}, {design}).")


def _opposes(case: _Case) -> str:
    """New in what it says or in its level, or because what was cited above its level no longer counts."""
    finding = case.now.finding
    if not _counts_against(case.now, case.yardstick) or (case.before and _counts_against(case.before, case.earlier)):
        return ""
    told = case.now.bearing.because.evidence.removesuffix(f"; the claim expects {case.now.expects}")
    return f"{finding.design}, level {level_of(finding)}; {told}"


def _counts_against(told: _Told, yardstick: _Yardstick) -> bool:
    level = level_of(told.finding)
    is_result = told.stance is Stance.CHALLENGES and told.finding.design not in REPORTS_NOTHING
    return is_result and level is not None and level <= yardstick.level


def _pools(case: _Case) -> str:
    finding = case.now.finding
    was = case.before.finding.design if case.before else None
    is_new = finding.design is StudyDesign.META_ANALYSIS and finding.design is not was and not case.is_cited
    return f"what it found: {case.now.course}" if is_new and finding.population in IN_PEOPLE else ""


def _measured_by_cited(yardstick: _Yardstick) -> str:
    return yardstick.because


def _whatever_it_found(_: _Yardstick) -> str:
    return "Studies in people are pooled, whatever was found."


_RULES: Mapping[SignalKind, tuple[Callable[[_Case], str], Callable[[_Yardstick], str]]] = {
    SignalKind.OPPOSING: (_opposes, _measured_by_cited),
    SignalKind.META_ANALYSIS: (_pools, _whatever_it_found),
}
"""The signals that a study can give: what of it gives one, empty for nothing, and what all of them have in common."""

"""The state of a claim counts each work once, whatever the order; a signal is given by a rule and never by a count."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal.claim_state import Before, find_states, level_of
from litwatch.model.claim_state import Cell, CitedWork, ClaimState, Course, SignalKind, UpdateSignal, course_of
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice
from litwatch.model.direction import Direction
from litwatch.model.finding import Bearing, Finding, Harm, NoticeKind, Population, Stance, StudyDesign
from litwatch.model.identifiers import Pmid, work_id
from tests.builders import a_claim, a_decision, a_finding, a_quote, because

CLAIM = a_claim("C1")
OTHER = a_claim("C2")
STANCES = {
    Direction.DECREASE: Stance.SUPPORTS,
    Direction.INCREASE: Stance.CHALLENGES,
    Direction.NO_DIFFERENCE: Stance.CHALLENGES,
    Direction.MIXED: Stance.MIXED,
    Direction.UNCLEAR: Stance.UNCLEAR,
}


def told(pmid: str, direction: Direction = Direction.INCREASE, **changes: Any) -> Finding:
    """A human trial in which the claim's outcome went in ``direction``; the claim expects a decrease."""
    claims = changes.pop("claims", ("C1",))
    bearings = tuple(
        Bearing(
            claim,
            ("IL-6",),
            a_quote(),
            direction,
            STANCES[direction],
            because("directions", f"{direction}: IL-6; the claim expects decrease"),
        )
        for claim in claims
    )
    return a_finding(pmid, bearings=bearings, **changes)


def cited(finding: Finding, *notices: tuple[NoticeKind, str], claims: tuple[str, ...] = ("C1",)) -> CitedWork:
    return CitedWork("R1", claims, finding.pmid, finding.work, notices)


def state(
    after: Iterable[Finding],
    before: Iterable[Finding] | None = (),
    cites: Iterable[CitedWork] = (),
    decided: Decided | None = None,
) -> ClaimState:
    then = None if before is None else Before(tuple(before), tuple(before))
    return find_states((CLAIM,), then, tuple(after), tuple(cites), (decided or Decided()).root)[0]


def signals(*after: Finding, **given: Any) -> dict[SignalKind, UpdateSignal]:
    return {signal.kind: signal for signal in state(after, **given).signals}


@pytest.mark.parametrize(
    ("direction", "expects", "course"),
    [
        (Direction.DECREASE, "decrease", Course.AS_CLAIMED),
        (Direction.INCREASE, "decrease", Course.OTHER_WAY),
        (Direction.NO_DIFFERENCE, "decrease", Course.NO_DIFFERENCE),
        (Direction.NO_DIFFERENCE, "no difference", Course.AS_CLAIMED),
        (Direction.DECREASE, "no difference", Course.OTHER_WAY),
        (Direction.MIXED, "increase", Course.MIXED),
        (Direction.UNCLEAR, "increase", Course.UNCLEAR),
    ],
)
def test_the_course_is_the_direction_beside_what_the_claim_expects(
    direction: Direction, expects: str, course: Course
) -> None:
    assert course_of(direction, expects) is course


def test_works_are_counted_by_design_and_course() -> None:
    works = [told("1"), told("2"), told("3", Direction.DECREASE, design=StudyDesign.COHORT), told("4", claims=("C2",))]
    assert state(works).cells == (
        Cell(StudyDesign.RCT, Course.OTHER_WAY, 2),
        Cell(StudyDesign.COHORT, Course.AS_CLAIMED, 1),
    )


def test_a_retracted_work_is_beside_the_sums() -> None:
    assert state([told("1"), told("2", Direction.UNCLEAR, retracted=True)]).cells == (
        Cell(StudyDesign.RCT, Course.OTHER_WAY, 1),
        Cell(StudyDesign.RCT, Course.UNCLEAR, 0, retracted=1),
    )


def test_what_a_person_called_the_same_counts_once_by_the_strongest_record_that_tells() -> None:
    decided = Decided([a_decision("2", "1"), a_decision("3", "1")])
    works = [
        told("1", Direction.DECREASE, design=StudyDesign.COHORT),
        told("2", Direction.UNCLEAR, rank=9.0),
        told("3", Direction.NO_DIFFERENCE),
    ]
    assert state(works, decided=decided).cells == (Cell(StudyDesign.RCT, Course.NO_DIFFERENCE, 1),)
    apart = Decided([a_decision("2", "1", choice=Choice.DIFFERENT)])
    assert sum(cell.works for cell in state(works, decided=apart).cells) == 3


def test_a_work_is_retracted_when_any_of_its_records_is() -> None:
    decided = Decided([a_decision("2", "1")])
    works = [told("1"), told("2", Direction.UNCLEAR, retracted=True)]
    assert state(works, decided=decided).cells == (Cell(StudyDesign.RCT, Course.UNCLEAR, 0, retracted=1),)
    assert SignalKind.OPPOSING not in signals(*works, decided=decided)


def test_a_baseline_has_no_state_before_it() -> None:
    assert state([told("1")], before=None).before is None
    assert state([told("1")], before=[]).before == ()


CITED_TRIAL = told("90", Direction.DECREASE)
CITED_COHORT = told("90", Direction.DECREASE, design=StudyDesign.COHORT)
CITED_REVIEW = told("90", Direction.UNCLEAR, design=StudyDesign.NARRATIVE_REVIEW)
CITED_RATS = told("90", Direction.DECREASE, design=StudyDesign.ANIMAL_EXPERIMENT, population=Population.ANIMAL)
RATS = told("1", design=StudyDesign.ANIMAL_EXPERIMENT, population=Population.ANIMAL)


@pytest.mark.parametrize(
    ("study", "cites", "opposes"),
    [
        (told("1"), CITED_TRIAL, True),
        (told("1", Direction.NO_DIFFERENCE), CITED_TRIAL, True),
        (told("1", Direction.MIXED), CITED_TRIAL, False),
        (told("1", Direction.UNCLEAR), CITED_TRIAL, False),
        (told("1", Direction.DECREASE), CITED_TRIAL, False),
        (told("1", design=StudyDesign.META_ANALYSIS), CITED_TRIAL, True),
        (told("1", design=StudyDesign.COHORT), CITED_TRIAL, False),
        (told("1", design=StudyDesign.COHORT), CITED_COHORT, True),
        (told("1", design=StudyDesign.CASE_SERIES), CITED_COHORT, False),
        (told("1", design=StudyDesign.CASE_SERIES), CITED_REVIEW, True),
        (told("1", design=StudyDesign.CASE_SERIES), None, True),
        (told("1", design=StudyDesign.UNCLEAR), None, False),
        (told("1", design=StudyDesign.NARRATIVE_REVIEW), None, False),
        (told("1", design=StudyDesign.PROTOCOL), None, False),
        (told("1", design=StudyDesign.EDITORIAL), CITED_REVIEW, False),
        (told("1", design=StudyDesign.GUIDELINE), CITED_REVIEW, False),
        (told("1", design=StudyDesign.NOTICE), CITED_REVIEW, False),
        (told("1", retracted=True), CITED_REVIEW, False),
        (told("1", population=Population.UNCLEAR), CITED_REVIEW, False),
        (told("1", design=StudyDesign.META_ANALYSIS, population=Population.ANIMAL), CITED_TRIAL, False),
        (RATS, CITED_TRIAL, False),
        (RATS, CITED_REVIEW, False),
        (RATS, None, False),
        (RATS, CITED_RATS, True),
        (told("1"), CITED_RATS, True),
    ],
)
def test_a_finding_opposes_when_its_level_is_that_of_what_is_cited_or_higher(
    study: Finding, cites: Finding | None, opposes: bool
) -> None:
    known = [cites] if cites else []
    found = signals(study, *known, before=known, cites=[cited(work) for work in known])
    assert (SignalKind.OPPOSING in found) is opposes


def test_an_opposing_finding_is_named_with_what_it_is_measured_by() -> None:
    (signal,) = state(
        [told("1", rank=1.0), told("2", rank=2.0), CITED_TRIAL], [CITED_TRIAL], [cited(CITED_TRIAL)]
    ).signals
    assert [work.pmid for work in signal.works] == ["2", "1"]
    assert signal.works[0].because == "randomised controlled trial, level 2; increase: IL-6"
    assert signal.because == "The best that the article cites for it is of level 2 (R1, randomised controlled trial)."


def test_the_best_cited_work_counts_whatever_it_bears_on_and_one_for_another_claim_does_not() -> None:
    elsewhere = told("90", claims=())
    cohort = told("1", design=StudyDesign.COHORT)
    assert SignalKind.OPPOSING not in signals(cohort, elsewhere, cites=[cited(elsewhere)])
    assert SignalKind.OPPOSING in signals(cohort, elsewhere, cites=[cited(elsewhere, claims=("C2",))])


def test_a_retracted_cited_work_is_no_yardstick() -> None:
    cohort, trial = told("1", design=StudyDesign.COHORT), replace(CITED_TRIAL, retracted=True)
    assert SignalKind.OPPOSING in signals(cohort, trial, cites=[cited(trial)])


@pytest.mark.parametrize(
    ("before", "opposes"),
    [
        ([told("1")], False),
        ([told("1", Direction.NO_DIFFERENCE)], False),
        ([told("1", Direction.UNCLEAR)], True),
        ([told("1", Direction.DECREASE)], True),
        ([told("1", claims=("C2",))], True),
        ([told("1", design=StudyDesign.UNCLEAR)], True),
        ([told("1", population=Population.UNCLEAR)], True),
        ([], True),
        (None, True),
    ],
)
def test_a_finding_opposes_in_the_issue_in_which_it_is_new_or_its_stance_has_changed(
    before: list[Finding] | None, opposes: bool
) -> None:
    assert (SignalKind.OPPOSING in signals(told("1"), before=before)) is opposes


def test_a_finding_opposes_when_what_was_cited_above_it_is_retracted() -> None:
    trial, cohort = CITED_TRIAL, told("1", design=StudyDesign.COHORT)
    gone = replace(trial, retracted=True)
    assert SignalKind.OPPOSING in signals(cohort, gone, before=[cohort, trial], cites=[cited(trial)])
    assert SignalKind.OPPOSING not in signals(cohort, gone, before=[cohort, gone], cites=[cited(trial)])


def test_what_was_told_otherwise_by_other_claims_or_rules_does_not_move_a_claim_and_is_told() -> None:
    harmful = replace(told("2", Direction.UNCLEAR), harm=HARMFUL.harm)
    studies = [told("1"), harmful]
    earlier = [told("1", Direction.UNCLEAR), replace(harmful, harm=None)]
    (found,) = find_states((CLAIM,), Before(studies, earlier), studies, (), Decided().root)
    assert found.cells == found.before
    assert [signal.kind for signal in found.signals] == [SignalKind.HARM, SignalKind.OPPOSING]


POOLED = told("1", Direction.UNCLEAR, design=StudyDesign.META_ANALYSIS)


@pytest.mark.parametrize(
    ("study", "before", "signalled"),
    [
        (POOLED, [], True),
        (POOLED, None, True),
        (replace(POOLED, bearings=told("1", Direction.DECREASE).bearings), [], True),
        (POOLED, [POOLED], False),
        (POOLED, [replace(POOLED, design=StudyDesign.UNCLEAR)], True),
        (replace(POOLED, design=StudyDesign.SYSTEMATIC_REVIEW), [], False),
        (replace(POOLED, population=Population.ANIMAL), [], False),
        (replace(POOLED, population=Population.UNCLEAR), [], False),
        (replace(POOLED, retracted=True), [], False),
        (replace(POOLED, bearings=()), [], False),
    ],
)
def test_a_meta_analysis_in_people_is_told_when_it_is_new(
    study: Finding, before: list[Finding] | None, signalled: bool
) -> None:
    assert (SignalKind.META_ANALYSIS in signals(study, before=before)) is signalled


def test_a_meta_analysis_that_the_article_cites_is_not_new_to_it() -> None:
    assert signals(POOLED, before=None, cites=[cited(POOLED)]) == {}
    assert SignalKind.META_ANALYSIS in signals(POOLED, before=None, cites=[cited(POOLED, claims=("C2",))])


@pytest.mark.parametrize(
    ("work", "kind", "because"),
    [
        (cited(CITED_TRIAL), None, ""),
        (cited(CITED_TRIAL, (NoticeKind.CONCERN, "7")), None, ""),
        (cited(CITED_TRIAL, (NoticeKind.ERRATUM, "7")), None, ""),
        (cited(CITED_TRIAL, (NoticeKind.UPDATE, "7")), SignalKind.CITED_OUTDATED, "cited as R1, updated by PubMed 7"),
        (
            cited(CITED_TRIAL, (NoticeKind.REPUBLISHED, "Invented J. 2012;1:1")),
            SignalKind.CITED_OUTDATED,
            "cited as R1, corrected and republished: Invented J. 2012;1:1",
        ),
        (cited(CITED_TRIAL, (NoticeKind.UPDATE, "7"), claims=("C2",)), None, ""),
        (cited(told("91"), (NoticeKind.RETRACTION, "")), SignalKind.CITED_RETRACTED, "cited as R1, retracted"),
        (cited(CITED_TRIAL, (NoticeKind.RETRACTION, "")), None, ""),
    ],
)
def test_what_befell_a_cited_work_is_told_in_every_issue(
    work: CitedWork, kind: SignalKind | None, because: str
) -> None:
    found = signals(CITED_TRIAL, before=[CITED_TRIAL], cites=[work])
    assert list(found) == ([kind] if kind else [])
    assert [each.because for signal in found.values() for each in signal.works] == ([because] if because else [])


def test_a_retraction_goes_before_an_update_and_stands_as_long_as_the_record_says_so() -> None:
    retracted = replace(CITED_TRIAL, retracted=True)
    work = cited(retracted, (NoticeKind.RETRACTION, ""), (NoticeKind.UPDATE, "7"))
    assert list(signals(retracted, before=[retracted], cites=[work])) == [SignalKind.CITED_RETRACTED]


def test_what_befell_a_work_that_is_cited_for_no_claim_concerns_the_article() -> None:
    retracted = replace(CITED_TRIAL, retracted=True)
    for befallen, notices in ((retracted, ()), (CITED_TRIAL, ((NoticeKind.UPDATE, "7"),))):
        cites = [cited(befallen, *notices, claims=())]
        claim, article = find_states((CLAIM,), None, [befallen], cites, Decided().root)
        assert (claim.signals, article.claim) == ((), "")
        assert [signal.because.startswith("The article cites what ") for signal in article.signals] == [True]


HARMFUL = told(
    "1", Direction.UNCLEAR, harm=Harm(a_quote("Ketamine caused cystitis."), because("caused", "bladder injury"))
)


@pytest.mark.parametrize(
    ("study", "before", "signalled"),
    [
        (HARMFUL, [], True),
        (HARMFUL, None, True),
        (HARMFUL, [HARMFUL], False),
        (HARMFUL, [replace(HARMFUL, harm=None)], True),
        (replace(HARMFUL, harm=None), [], False),
        (replace(HARMFUL, population=Population.HUMAN_AND_ANIMAL), [], True),
        (replace(HARMFUL, population=Population.ANIMAL), [], False),
        (replace(HARMFUL, population=Population.UNCLEAR), [], False),
        (replace(HARMFUL, design=StudyDesign.CASE_REPORT), [], True),
        (replace(HARMFUL, design=StudyDesign.NARRATIVE_REVIEW), [], False),
        (replace(HARMFUL, design=StudyDesign.PROTOCOL), [], False),
        (replace(HARMFUL, design=StudyDesign.UNCLEAR), [], False),
        (replace(HARMFUL, retracted=True), [], False),
    ],
)
def test_a_major_harm_in_people_is_told_when_it_is_new(
    study: Finding, before: list[Finding] | None, signalled: bool
) -> None:
    assert (SignalKind.HARM in signals(study, before=before)) is signalled


def test_a_harm_is_told_once_a_work_whichever_of_its_records_counts() -> None:
    decided = Decided([a_decision("2", "1")])
    stronger = replace(HARMFUL, pmid=Pmid("2"), work=work_id(Pmid("2")), rank=9.0)
    assert signals(HARMFUL, stronger, before=[HARMFUL], decided=decided) == {}


def test_a_harm_is_told_again_when_its_retraction_is_taken_back() -> None:
    assert SignalKind.HARM in signals(HARMFUL, before=[replace(HARMFUL, retracted=True)])


def test_a_harm_that_bears_on_no_claim_concerns_the_article() -> None:
    *claims, article = find_states((CLAIM,), None, [replace(HARMFUL, bearings=())], (), Decided().root)
    assert [state.signals for state in claims] == [()]
    assert (article.claim, article.cells, [signal.kind for signal in article.signals]) == ("", (), [SignalKind.HARM])
    (work,) = article.signals[0].works
    assert work.because == (
        "randomised controlled trial; bladder injury: “Ketamine caused cystitis.” (abstract, CONCLUSIONS 1)"
    )


def test_nothing_is_signalled_by_a_count() -> None:
    supporting = [told(str(number), Direction.DECREASE) for number in range(1, 40)]
    mixed = [told(str(number), Direction.MIXED) for number in range(40, 80)]
    assert state([*supporting, *mixed]).signals == ()


@pytest.mark.parametrize(
    ("finding", "level"),
    [
        (told("1"), 2),
        (told("1", design=StudyDesign.META_ANALYSIS), 1),
        (told("1", population=Population.HUMAN_AND_ANIMAL), 2),
        (told("1", population=Population.IN_VITRO), 5),
        (told("1", population=Population.UNCLEAR), None),
        (told("1", design=StudyDesign.CROSS_SECTIONAL), None),
        (told("1", retracted=True), None),
    ],
)
def test_the_level_is_that_of_the_design_in_people(finding: Finding, level: int | None) -> None:
    assert level_of(finding) == level


findings = st.builds(
    lambda pmid, direction, design, claims, retracted, rank: told(
        str(pmid), direction, design=design, claims=claims, retracted=retracted, rank=rank
    ),
    st.integers(1, 12),
    st.sampled_from(Direction),
    st.sampled_from(StudyDesign),
    st.sets(st.sampled_from(("C1", "C2", "C9"))).map(lambda claims: tuple(sorted(claims))),
    st.booleans(),
    st.sampled_from((1.0, 2.0)),
)


@given(
    st.lists(findings, unique_by=lambda finding: finding.pmid, max_size=12),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=4),
    st.randoms(use_true_random=False),
)
def test_each_work_is_counted_once_and_the_order_does_not_matter(
    after: list[Finding], same: list[tuple[int, int]], random: Any
) -> None:
    decided = Decided(
        [a_decision(str(left), str(right), id=n) for n, (left, right) in enumerate(same) if left != right]
    )
    before = after[: len(after) // 2]
    cites = [CitedWork("R1", ("C1",), Pmid("3"), work_id(Pmid("3")))]
    states = find_states((CLAIM, OTHER), Before(before, before), after, cites, decided.root)
    for each in states:
        bearing = {decided.root(found.work) for found in after if each.claim in {told.claim for told in found.bearings}}
        assert sum(cell.works + cell.retracted for cell in each.cells) == len(bearing)
        for signal in each.signals:
            roots = [decided.root(work_id(work.pmid)) for work in signal.works]
            assert len(set(roots)) == len(roots)
    shuffled, earlier = list(after), list(before)
    random.shuffle(shuffled)
    random.shuffle(earlier)
    assert find_states((CLAIM, OTHER), Before(earlier, earlier), shuffled, cites, decided.root) == states

"""What it means for each claim. Litwatch says of each claim how the works stand by design and direction, how that moved
since the last issue, and what calls for a person: by rules, never by counting. "Unclear" is the default."""

from dataclasses import replace
from typing import Any

import pytest

from litwatch.model.claim_state import Cell, ClaimState, Course, SignalKind
from litwatch.model.digest import Digest
from litwatch.model.finding import StudyDesign
from litwatch.model.record import PublicationType, Record
from tests.builders import a_claim, a_decision, a_link, a_record, a_reference, sections
from tests.weeks import Weeks

LOWER = "Interleukin-6 was significantly lower with ketamine than with saline (P = 0.01)."
HIGHER = "Interleukin-6 was significantly higher with ketamine than with saline (P = 0.01)."
ALIKE = "Interleukin-6 did not differ significantly between ketamine and saline (P = 0.6)."
SAYS_NOTHING = "Interleukin-6 was measured at 24 hours in all patients."
RCT = StudyDesign.RCT


def a_trial(pmid: str, result: str = LOWER, **changes: Any) -> Record:
    """A randomised trial in patients, as it enters PubMed."""
    methods = "Sixty patients were randomly assigned to ketamine or saline."
    named = {"title": f"Ketamine and interleukin-6 in patients, study {pmid}.", "doi": None, "mesh": ()}
    return a_record(pmid, **{**named, "abstract": sections(METHODS=methods, RESULTS=result), **changes})


def rats(pmid: str, result: str) -> Record:
    title = f"Ketamine and interleukin-6 in rats, study {pmid}."
    return a_trial(pmid, title=title, abstract=sections(METHODS="Forty Wistar rats were used.", RESULTS=result))


def state(digest: Digest) -> ClaimState:
    (only,) = digest.states
    return only


def told(digest: Digest) -> list[tuple[SignalKind, list[str]]]:
    """The signals of the one claim, with the records that each names."""
    return [(signal.kind, [str(work.pmid) for work in signal.works]) for signal in state(digest).signals]


def citing(weeks: Weeks, pmid: str) -> Weeks:
    weeks.watch = replace(weeks.watch, references=(a_reference(pmid=pmid),))
    weeks.answer({f"{pmid}[pmid]": [pmid]})
    return weeks


def test_works_are_counted_by_design_and_by_direction_beside_the_claim() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"), a_trial("2", ALIKE), a_trial("3", SAYS_NOTHING), rats("4", HIGHER))
    assert state(weeks.digest()).cells == (
        Cell(RCT, Course.AS_CLAIMED, 1),
        Cell(RCT, Course.NO_DIFFERENCE, 1),
        Cell(RCT, Course.UNCLEAR, 1),
        Cell(StudyDesign.ANIMAL_EXPERIMENT, Course.OTHER_WAY, 1),
    )


def test_the_movement_since_the_last_issue_is_told() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"))
    assert state(weeks.digest()).before is None
    weeks.hold(a_trial("1"), a_trial("2", HIGHER))
    moved = state(weeks.digest())
    assert moved.before == (Cell(RCT, Course.AS_CLAIMED, 1),)
    assert moved.cells == (Cell(RCT, Course.AS_CLAIMED, 1), Cell(RCT, Course.OTHER_WAY, 1))
    still = state(weeks.digest())
    assert still.cells == still.before == moved.cells


def test_a_contrary_trial_is_named_in_the_issue_that_reports_it_and_only_there() -> None:
    weeks = citing(Weeks(), "1")
    weeks.hold(a_trial("1"))
    weeks.answer({"1[pmid]": ["1"]})
    assert told(weeks.digest()) == []
    weeks.hold(a_trial("1"), a_trial("2", HIGHER), a_trial("3"), rats("4", HIGHER))
    digest = weeks.digest()
    assert told(digest) == [(SignalKind.OPPOSING, ["2"])]
    (work,) = state(digest).signals[0].works
    assert work.title == "Ketamine and interleukin-6 in patients, study 2."
    assert told(weeks.digest()) == []


def test_what_was_found_in_animals_or_by_a_lower_design_opposes_no_trial() -> None:
    weeks = citing(Weeks(), "1")
    weeks.hold(a_trial("1"))
    weeks.run()
    series = a_trial("2", title="Ketamine and interleukin-6: a case series of 12 patients.", abstract=sections(HIGHER))
    weeks.hold(a_trial("1"), series, rats("4", HIGHER))
    assert told(weeks.digest()) == []


def test_many_works_that_agree_are_no_signal() -> None:
    weeks = Weeks()
    weeks.hold(*(a_trial(str(number)) for number in range(1, 30)))
    assert told(weeks.digest()) == []


def test_a_new_meta_analysis_is_told_whatever_it_found() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"))
    weeks.run()
    pooled = a_trial("2", SAYS_NOTHING, title="Ketamine and interleukin-6 in patients: a meta-analysis.")
    weeks.hold(a_trial("1"), pooled)
    assert told(weeks.digest()) == [(SignalKind.META_ANALYSIS, ["2"])]


def test_the_retraction_of_a_cited_work_is_told_until_the_article_no_longer_cites_it() -> None:
    weeks = citing(Weeks(), "1")
    weeks.hold(a_trial("1"), a_trial("2"))
    weeks.run()
    weeks.hold(a_trial("1", links=(a_link("RetractionIn", "77"),)), a_trial("2"))
    for _ in range(2):
        assert told(weeks.digest()) == [(SignalKind.CITED_RETRACTED, ["1"])]
    weeks.watch = replace(weeks.watch, references=())
    assert told(weeks.digest()) == []


def test_a_work_that_is_cited_twice_is_told_for_each_claim_and_one_cited_for_none_for_the_article() -> None:
    weeks = Weeks()
    one, two, three = (
        a_reference("R1", pmid="1"),
        a_reference("R2", pmid="1", claims=("C2",)),
        a_reference("R3", pmid="2", claims=()),
    )
    weeks.watch = replace(weeks.watch, claims=(a_claim("C1"), a_claim("C2")), references=(one, two, three))
    weeks.answer({"1[pmid]": ["1"], "2[pmid]": ["2"]})
    weeks.hold(a_trial("1"), a_trial("2"))
    weeks.run()
    weeks.hold(*(a_trial(pmid, links=(a_link("RetractionIn", "77"),)) for pmid in ("1", "2")))
    first = weeks.digest()
    assert [card.concerns for card in first.notices] == ["cited as R1 for C1 and as R2 for C2", "cited as R3"]
    for digest in (first, weeks.digest()):
        signals = [(each.claim, [work.because for work in each.signals[0].works]) for each in digest.states]
        assert signals == [
            ("C1", ["cited as R1, retracted"]),
            ("C2", ["cited as R2, retracted"]),
            ("", ["cited as R3, retracted"]),
        ]


def test_a_cited_work_with_an_update_is_told_with_what_replaces_it() -> None:
    weeks = citing(Weeks(), "1")
    weeks.hold(a_trial("1"))
    weeks.run()
    weeks.hold(a_trial("1", links=(a_link("UpdateIn", "77"),)))
    for _ in range(2):
        digest = weeks.digest()
        assert told(digest) == [(SignalKind.CITED_OUTDATED, ["1"])]
        assert state(digest).signals[0].works[0].because == "cited as R1, updated by PubMed 77"


def test_a_concern_about_a_cited_work_is_a_notice_and_no_signal() -> None:
    weeks = citing(Weeks(), "1")
    weeks.hold(a_trial("1"))
    weeks.run()
    weeks.hold(a_trial("1", links=(a_link("ExpressionOfConcernIn", "77"),)))
    digest = weeks.digest()
    assert (told(digest), len(digest.notices)) == ([], 1)


@pytest.mark.parametrize("mark", ["link", "publication type"])
def test_a_retracted_work_leaves_the_sums_and_stays_in_sight(mark: str) -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"), a_trial("2"))
    weeks.run()
    types = (PublicationType("D016441", "Retracted Publication"),)
    retracted = (
        a_trial("1", links=(a_link("RetractionIn", "77"),)) if mark == "link" else a_trial("1", publication_types=types)
    )
    weeks.hold(retracted, a_trial("2"))
    moved = state(weeks.digest())
    assert moved.before == (Cell(RCT, Course.AS_CLAIMED, 2),)
    assert moved.cells == (Cell(RCT, Course.AS_CLAIMED, 1), Cell(RCT, Course.UNCLEAR, 0, 1))
    assert state(weeks.digest()).before == moved.cells


def test_a_retraction_that_is_taken_back_brings_the_work_back() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1", links=(a_link("RetractionIn", "77"),)))
    weeks.run()
    weeks.hold(a_trial("1"))
    assert state(weeks.digest()).cells == (Cell(RCT, Course.AS_CLAIMED, 1),)


def test_what_a_person_called_the_same_counts_once_then_and_now() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"), a_trial("2"))
    weeks.run()
    weeks.store.save_decisions([a_decision("2", "1")])
    moved = state(weeks.digest())
    assert moved.cells == moved.before == (Cell(RCT, Course.AS_CLAIMED, 1),)


def test_a_claim_that_is_worded_anew_is_judged_anew_and_does_not_seem_to_move() -> None:
    weeks = Weeks()
    weeks.hold(a_trial("1"), a_trial("2", HIGHER))
    first = weeks.digest()
    weeks.watch = replace(weeks.watch, claims=(a_claim(expects="increase"),))
    fetched = len(weeks.source.fetched)
    moved = weeks.digest(1)
    assert state(moved).cells == state(moved).before == state(first).cells
    assert told(moved) == [(SignalKind.OPPOSING, ["1"])], "of which nobody has been told that it opposes"
    assert told(weeks.digest(1)) == []
    assert len(weeks.source.fetched) == fetched, "the records are at hand"
    weeks.watch = replace(weeks.watch, claims=(a_claim(outcomes=("sleep",)),))
    assert state(weeks.digest(1)).before == ()
    assert [digest.updated for digest in (first, moved)] == [(), ()]

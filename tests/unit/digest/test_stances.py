"""The state of a claim in words: short, without a vote, and with every retracted work apart."""

import pytest

from litwatch.digest.outline import outline_digest
from litwatch.digest.stances import details_line, moved_line, standing_line, state_rows, told_directions
from litwatch.model.claim_state import Cell, ClaimState, Course
from litwatch.model.direction import Direction, OutcomeDirection
from litwatch.model.finding import Bearing, Detail, DetailKind, Stance, StudyDesign
from tests.builders import a_card, a_digest, a_finding, a_quote

RCT, COHORT, MICE, NONE = StudyDesign.RCT, StudyDesign.COHORT, StudyDesign.ANIMAL_EXPERIMENT, StudyDesign.UNCLEAR
FOR, ALIKE, AGAINST, MIXED, UNCLEAR = Course
Cells = tuple[Cell, ...]


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ((), "No work"),
        ((Cell(RCT, FOR, 1),), "1 work: 1 supports (RCT)"),
        ((Cell(RCT, FOR, 2), Cell(RCT, UNCLEAR, 9)), "11 works: 2 support (RCTs), 9 unclear"),
        (
            (Cell(RCT, ALIKE, 2), Cell(RCT, AGAINST, 1), Cell(MICE, AGAINST, 1), Cell(NONE, MIXED, 1)),
            "5 works: 4 challenge (3 RCTs, 1 animal experiment), 1 mixed (of unclear design)",
        ),
        (
            (Cell(COHORT, UNCLEAR, 2), Cell(MICE, UNCLEAR, 1)),
            "3 works: 3 unclear (2 cohort studies, 1 animal experiment)",
        ),
        ((Cell(RCT, FOR, 1), Cell(RCT, UNCLEAR, 0, 2)), "1 work: 1 supports (RCT); 2 retracted, not counted"),
        ((Cell(RCT, UNCLEAR, 0, 1),), "No work; 1 retracted, not counted"),
    ],
)
def test_the_line_says_how_many_works_of_which_designs_say_what(cells: Cells, line: str) -> None:
    assert standing_line(ClaimState("C1", cells)) == line


@pytest.mark.parametrize(
    ("before", "cells", "line"),
    [
        (None, (Cell(RCT, FOR, 1),), ""),
        ((Cell(RCT, FOR, 1),), (Cell(RCT, FOR, 1),), "As in issue 2"),
        ((), (Cell(RCT, ALIKE, 1),), "Since issue 2: +1 challenges (RCT)"),
        (
            (Cell(RCT, FOR, 2),),
            (Cell(RCT, FOR, 1), Cell(RCT, UNCLEAR, 0, 1)),
            "Since issue 2: −1 supports (RCT), 1 retracted",
        ),
        ((Cell(RCT, UNCLEAR, 0, 1),), (Cell(RCT, FOR, 1),), "Since issue 2: +1 supports (RCT), 1 no longer retracted"),
        (
            (),
            (Cell(RCT, FOR, 2), Cell(MICE, FOR, 1)),
            "Since issue 2: +2 support (RCTs), +1 supports (animal experiment)",
        ),
        ((Cell(NONE, UNCLEAR, 3),), (Cell(RCT, UNCLEAR, 2), Cell(NONE, UNCLEAR, 3)), "Since issue 2: +2 unclear"),
        ((Cell(RCT, ALIKE, 1),), (Cell(RCT, AGAINST, 1),), "As in issue 2"),
    ],
)
def test_the_movement_says_what_came_and_went(before: Cells | None, cells: Cells, line: str) -> None:
    assert moved_line(ClaimState("C1", cells, before), 2) == line


def test_the_table_has_a_row_for_each_design_and_retracted_works_in_no_other_number() -> None:
    cells = (Cell(RCT, FOR, 2), Cell(RCT, UNCLEAR, 3, 1), Cell(MICE, AGAINST, 1))
    rows = [tuple(row) for row in state_rows(ClaimState("C1", cells))]
    assert rows == [(RCT, (2, 0, 0, 0, 3), 1), (MICE, (0, 0, 1, 0, 0), 0)]


def test_a_table_of_nothing_but_unclear_works_is_none() -> None:
    assert state_rows(ClaimState("C1", (Cell(RCT, UNCLEAR, 3), Cell(MICE, UNCLEAR, 1)))) == ()
    assert len(state_rows(ClaimState("C1", (Cell(RCT, UNCLEAR, 3, 1),)))) == 1


def test_directions_are_told_with_a_sign_and_a_word_and_unclear_ones_are_not() -> None:
    ways = dict(zip(("IL-6", "CRP", "TNF-α", "pain", "sleep"), Direction, strict=True))
    told = tuple(OutcomeDirection(outcome, way, ()) for outcome, way in ways.items())
    assert [" ".join(each) for each in told_directions(a_finding(directions=told))] == [
        "IL-6 ↓ decrease",
        "CRP ↑ increase",
        "TNF-α = no difference",
        "pain ↕ mixed",
    ]


def test_details_stand_in_one_line_each_kind_once() -> None:
    kinds = ((DetailKind.SAMPLE, "62"), (DetailKind.DRUG, "ketamine"), (DetailKind.DOSE, "0.5"))
    details = (*kinds, (DetailKind.DOSE, "1 mg/kg"), (DetailKind.DOSE, "0.5"), (DetailKind.CONDITION, "pain"))
    finding = a_finding(details=tuple(Detail(*told, "words", "title") for told in details))
    assert details_line(finding) == ("level 2 (of the design alone) · sample size 62 · drug: ketamine · 0.5, 1 mg/kg")
    assert details_line(a_finding(design=StudyDesign.EDITORIAL)) == ""
    assert details_line(a_finding(retracted=True)) == ""


def test_under_a_claim_what_challenges_it_comes_first_and_else_the_order_stays() -> None:
    stances = (Stance.SUPPORTS, Stance.UNCLEAR, Stance.MIXED, Stance.SUPPORTS, Stance.CHALLENGES)
    cards = tuple(
        a_card(str(at), finding=a_finding(str(at), bearings=(Bearing("C1", (), a_quote(), stance=stance),)))
        for at, stance in enumerate(stances, 1)
    )
    (claim,) = outline_digest(a_digest(studies=cards)).claims
    assert [card.finding.pmid for card in claim.cards] == ["3", "5", "1", "2", "4"]

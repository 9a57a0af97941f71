"""What follows from decisions on pairs, for any of them in any order."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.model.decided import Decided
from litwatch.model.decision import WORK_CHOICES, Choice, Decision, PairDecision, Undo
from litwatch.model.identifiers import Pmid, work_id
from tests.builders import a_decision, a_reference_decision, a_work_decision
from tests.commits import WATCH, an_entry

RECORDS = [Pmid(str(number)) for number in range(1, 7)]

pairs = st.lists(
    st.tuples(st.sampled_from((Choice.SAME, Choice.DIFFERENT)), st.sampled_from(RECORDS), st.sampled_from(RECORDS))
)


def taken(pairs: Sequence[tuple[Choice, Pmid, Pmid]]) -> tuple[Decided, list[Decision]]:
    """Those of ``pairs`` that may be decided one after the other."""
    decided = Decided()
    decisions: list[Decision] = []
    for choice, pmid, other in pairs:
        decision = a_decision(pmid, other, choice=choice, id=len(decisions) + 1)
        if not decided.why_refused(decision.what):
            decided.take(decision)
            decisions.append(decision)
    return decided, decisions


def groups(decisions: Sequence[Decision]) -> dict[Pmid, frozenset[Pmid]]:
    """Which records are one work, the long way."""
    found = {pmid: frozenset((pmid,)) for pmid in RECORDS}
    for decision in decisions:
        assert isinstance(decision.what, PairDecision)
        if decision.what.choice is Choice.SAME:
            union = found[decision.what.pmid] | found[decision.what.other]
            found |= dict.fromkeys(union, union)
    return found


@given(pairs)
def test_same_is_an_equivalence_and_different_holds_between_all_of_two_groups(
    pairs: list[tuple[Choice, Pmid, Pmid]],
) -> None:
    decided, decisions = taken(pairs)
    group_of = groups(decisions)
    whats = [decision.what for decision in decisions if isinstance(decision.what, PairDecision)]
    for pmid in RECORDS:
        for other in RECORDS:
            is_same = decided.root(work_id(pmid)) == decided.root(work_id(other))
            is_apart = any(
                what.choice is Choice.DIFFERENT
                and {group_of[what.pmid], group_of[what.other]} == {group_of[pmid], group_of[other]}
                for what in whats
            )
            assert is_same == (other in group_of[pmid])
            assert (decided.apart(work_id(pmid), work_id(other)) is not None) == is_apart
            assert not (is_same and is_apart)


@given(pairs, st.randoms(use_true_random=False))
def test_what_is_settled_depends_on_no_order(pairs: list[tuple[Choice, Pmid, Pmid]], random: st.DataObject) -> None:
    decided, decisions = taken(pairs)
    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = Decided(shuffled)
    for pmid in RECORDS:
        for other in RECORDS:
            assert again.settles(work_id(pmid), work_id(other)) == decided.settles(work_id(pmid), work_id(other))


@given(pairs, st.integers(1, 5))
def test_undoing_a_decision_leaves_what_the_others_say(pairs: list[tuple[Choice, Pmid, Pmid]], number: int) -> None:
    _, decisions = taken(pairs)
    undoing = a_decision(what=Undo(number), id=len(decisions) + 1)
    others = Decided([decision for decision in decisions if decision.id != number])
    left = Decided([*decisions, undoing])
    for pmid in RECORDS:
        for other in RECORDS:
            assert left.settles(work_id(pmid), work_id(other)) == others.settles(work_id(pmid), work_id(other))


def test_a_link_names_the_decision_that_made_it() -> None:
    first, second = a_decision("3", "2", id=1), a_decision("2", "1", id=2)
    decided = Decided([first, second])
    assert decided.root(work_id(Pmid("3"))) == work_id(Pmid("1"))
    assert decided.linked(work_id(Pmid("3"))) == first
    assert decided.linked(work_id(Pmid("2"))) == second
    assert decided.linked(work_id(Pmid("1"))) == second
    assert decided.linked(work_id(Pmid("4"))) is None


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.REJECT])
def test_an_answer_lapses_when_the_watch_asks_something_else(choice: Choice) -> None:
    told = a_decision(what=a_reference_decision("9", choice), id=1)
    decided = Decided([told])
    asked, changed = ("ketamine-inflammation", "R1", "(Roe et al., 2011)"), "(Roe et al., 2012)"
    assert (decided.accepted(*asked), decided.rejected(*asked)) == (
        (told, {}) if choice is Choice.ACCEPT else (None, {Pmid("9"): told})
    )
    assert decided.lapsed(*asked) == ()
    assert decided.accepted(*asked[:2], changed) is None
    assert decided.rejected(*asked[:2], changed) == {}
    assert decided.lapsed(*asked[:2], changed) == (told,)


def test_decisions_on_a_record_are_found_also_when_undone() -> None:
    decisions = [a_decision("3", "2", id=1), a_decision("5", "4", id=2), a_decision(what=Undo(1), id=3)]
    assert Decided(decisions).on(Pmid("2")) == (decisions[0],)


def worth(decisions: Sequence[Decision], works: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """What was last decided on each work, and the id of the decision; ``works`` has the work of each known record."""
    ledger = {Pmid(pmid): an_entry(pmid, work=work) for pmid, work in works.items()}
    told = Decided(decisions).on_works(WATCH, ledger)
    return {work: (what.choice.value, decision.id) for work, (what, decision) in told.items()}


def test_the_last_decision_on_a_work_counts_whichever_of_its_records_it_names() -> None:
    decisions = [
        a_decision(what=a_work_decision("1", Choice.RELEVANT), id=1),
        a_decision(what=a_work_decision("2", Choice.IRRELEVANT), id=2),
        a_decision(what=a_work_decision("3", Choice.USED), id=3),
        a_decision(what=a_work_decision("3", Choice.IRRELEVANT, watch="another"), id=4),
    ]
    assert worth(decisions, {"1": "pmid:1", "2": "pmid:1"}) == {"pmid:1": ("irrelevant", 2), "pmid:3": ("used", 3)}


def test_a_decision_holds_for_works_that_a_person_called_the_same() -> None:
    decisions = [a_decision(what=a_work_decision("2"), id=1), a_decision("2", "1", id=2)]
    assert worth(decisions, {}) == {"pmid:1": ("relevant", 1)}


def test_taking_the_last_decision_on_a_work_back_leaves_the_one_before() -> None:
    decisions = [
        a_decision(what=a_work_decision("1", Choice.LATER), id=1),
        a_decision(what=a_work_decision("1", Choice.IRRELEVANT), id=2),
        a_decision(what=Undo(2), id=3),
    ]
    assert worth(decisions, {}) == {"pmid:1": ("later", 1)}


@pytest.mark.parametrize("choice", WORK_CHOICES)
def test_a_decision_on_a_work_says_what_it_is_and_how_to_take_it_back(choice: Choice) -> None:
    told = a_decision(what=a_work_decision("7", choice), id=3)
    assert told.sentence.startswith("PubMed 7 is ")
    assert told.sentence.endswith(WATCH)
    assert told.way_back == "`litwatch decide --undo 3`"
    assert told.is_on(Pmid("7"))

"""Whatever persons decide and take back between the runs, no work is reported twice and none is lost."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import DecisionRefused
from litwatch.identity.doubts import open_doubts
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Undo
from litwatch.model.record import Record
from tests.builders import a_decision, a_record, a_reference, sections
from tests.weeks import Weeks, reported

BURNS = "Ketamine and invented burns"
TITLES = (BURNS, "Propofol for an invented endoscopy", "Sesame and the invented ear", "Gout", BURNS)
TWINS = {"1", "5"}
"""The two that the rules join."""


def abstract(number: int, text: str = "An invented text.") -> Record:
    """One of several that share a DOI, so that the rules doubt."""
    title, doi = TITLES[number - 1], "10.1234/invented.meeting"
    return a_record(str(number), title=title, doi=doi, abstract=sections(text))


def take_back_all(weeks: Weeks) -> None:
    decided = Decided(weeks.store.load_decisions())
    for told in decided.all.values():
        if not isinstance(told.what, Undo) and told.id not in decided.undone_by:
            weeks.store.save_decisions([a_decision(what=Undo(told.id))])


numbers = st.integers(1, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("arrives"), numbers, numbers),
        st.tuples(st.just("same"), numbers, numbers),
        st.tuples(st.just("different"), numbers, numbers),
        st.tuples(st.just("undo"), numbers, numbers),
        st.tuples(st.just("cited"), numbers, numbers),
        st.tuples(st.just("run"), numbers, numbers),
    ),
    max_size=14,
)


def take(weeks: Weeks, step: tuple[str, int, int], arrived: set[int]) -> list[str]:
    """One step; what a run reports."""
    what, one, other = step
    if what == "arrives":
        arrived.add(one)
        weeks.hold(*map(abstract, sorted(arrived)), found=[str(number) for number in sorted(arrived)])
    elif what == "cited":
        cited = () if one == other else (a_reference("R1", pmid=str(one)),)
        weeks.watch = replace(weeks.watch, references=cited)
        weeks.answer({f"{one}[pmid]": [str(one)]})
    elif what == "run":
        return reported(weeks.digest())
    else:
        decision = a_decision(str(one), str(other), choice=Choice.DIFFERENT if what == "different" else Choice.SAME)
        decision = a_decision(what=Undo(one)) if what == "undo" else decision
        with suppress(DecisionRefused):
            weeks.store.save_decisions([decision])
    return []


@settings(max_examples=150)
@given(steps)
def test_no_record_is_reported_twice_and_every_work_is_once_all_is_taken_back(
    steps: Sequence[tuple[str, int, int]],
) -> None:
    weeks = Weeks()
    arrived = {1}
    weeks.hold(abstract(1), found=["1"])
    told: Counter[str] = Counter()
    for step in steps:
        told.update(take(weeks, step, arrived))
        assert max(told.values(), default=1) == 1
    take_back_all(weeks)
    weeks.watch = replace(weeks.watch, references=())
    told.update(reported(weeks.digest()))
    assert max(told.values()) == 1
    unreported = {str(number) for number in arrived} - told.keys()
    assert not unreported or (unreported < TWINS and TWINS & told.keys())
    assert reported(weeks.digest()) == []


@settings(max_examples=60)
@given(steps)
def test_of_works_that_are_one_all_that_is_told_after_it_was_decided_is_told_of_one(
    steps: Sequence[tuple[str, int, int]],
) -> None:
    weeks = Weeks()
    weeks.hold(abstract(1), found=["1"])
    weeks.store.save_decisions([a_decision(str(number + 1), str(number)) for number in range(1, 5)])
    arrived, told = {1}, []
    for step in steps:
        if step[0] in ("arrives", "run"):
            told += take(weeks, step, arrived)
    told += reported(weeks.digest())
    assert len(told) == 1


def test_a_doubt_is_reported_and_open_until_it_is_decided() -> None:
    weeks = Weeks()
    weeks.hold(abstract(1), abstract(2))
    assert reported(weeks.digest()) == ["1", "2"]
    (doubt,) = open_doubts(weeks.store.load_doubts(weeks.watch.name), Decided(weeks.store.load_decisions()))
    assert (doubt.pmid, doubt.other) == ("2", "1")


def test_what_is_linked_with_a_cited_work_is_cited_and_news_once_that_is_taken_back() -> None:
    weeks = Weeks()
    weeks.watch = replace(weeks.watch, references=(a_reference("R1", pmid="1"),))
    weeks.hold(abstract(1), abstract(2), pmid_1=["1"])
    weeks.store.save_decisions([a_decision("2", "1")])
    digest = weeks.digest()
    assert (reported(digest), digest.flow and digest.flow.cited) == ([], 2)
    weeks.store.save_decisions([a_decision(what=Undo(1))])
    assert reported(weeks.digest()) == ["2"]

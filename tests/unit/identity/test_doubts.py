"""Decisions go before every rule, whichever records come first."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from litwatch.identity import resolve_records
from litwatch.identity.doubts import as_decided, open_doubts
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Decision, Doubt, Undo
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import Resolution, Standing
from litwatch.model.record import Record
from tests.builders import a_citation, a_decision, a_record, a_resolution, because

SHARED = "10.1234/invented.meeting"
TITLES = ("Ketamine and invented burns", "Propofol for an invented endoscopy", "Sesame and the invented ear")


def abstract(number: int) -> Record:
    """One of several that share a DOI, so that the rules doubt."""
    return a_record(str(number), title=TITLES[number - 1], doi=SHARED)


def resolved(
    numbers: Sequence[int], *decisions: Decision, seen: Sequence[str] = (), cited: Sequence[str] = ()
) -> dict[str, Resolution]:
    decided = Decided([a_decision(what=told.what, id=place) for place, told in enumerate(decisions, start=1)])
    works = [WorkId(f"pmid:{pmid}") for pmid in seen]
    answers = {Pmid(pmid): f"R{pmid}" for pmid in cited}
    records = [abstract(number) for number in numbers]
    return {told.pmid: told for told in resolve_records(records, (), answers, works, decided)}


def standings(resolutions: dict[str, Resolution]) -> list[str]:
    return [resolutions[pmid].standing.value for pmid in sorted(resolutions)]


SAME = a_decision("2", "1")
DIFFERENT = a_decision("2", "1", choice=Choice.DIFFERENT)


def test_without_a_decision_the_rules_doubt() -> None:
    assert standings(resolved([1, 2])) == ["new", "unsure"]


@pytest.mark.parametrize("order", [*permutations([1, 2, 3])])
def test_of_works_that_are_the_same_one_is_new_whatever_the_order(order: Sequence[int]) -> None:
    told = resolved(order, SAME, a_decision("3", "2"))
    assert standings(told) == ["new", "seen", "seen"]
    assert [told[pmid].work for pmid in "123"] == ["pmid:1", "pmid:2", "pmid:3"]
    assert told["2"].because.rule == "a person's decision"
    assert "PubMed 2 is the same work as PubMed 1, by Roe on 2026-01-05: an invented note" in told["2"].because.evidence


@pytest.mark.parametrize("order", [*permutations([1, 2])])
def test_works_that_are_different_are_both_new(order: Sequence[int]) -> None:
    told = resolved(order, DIFFERENT)
    assert standings(told) == ["new", "new"]
    assert "is another work than" in told["2"].because.evidence


def test_a_record_that_is_apart_from_one_work_is_still_doubted_beside_another() -> None:
    told = resolved([1, 2, 3], DIFFERENT)
    assert standings(told) == ["new", "new", "unsure"]
    assert resolved([1, 2, 3], a_decision("3", "1", choice=Choice.DIFFERENT))["3"].candidate == "pmid:2"


def test_apart_from_one_is_apart_from_all_that_are_the_same_as_it() -> None:
    assert standings(resolved([1, 2, 3], SAME, a_decision("3", "2", choice=Choice.DIFFERENT))) == ["new", "seen", "new"]


@pytest.mark.parametrize("known", ["1", "2"])
def test_a_record_is_seen_when_a_work_that_is_the_same_was_accounted_for(known: str) -> None:
    other = 3 - int(known)
    assert standings(resolved([other], SAME, seen=[known])) == ["seen"]


@pytest.mark.parametrize("known", ["1", "2"])
def test_a_record_is_cited_when_a_work_that_is_the_same_is(known: str) -> None:
    other = 3 - int(known)
    told = resolved([other], SAME, cited=[known])[str(other)]
    assert told.standing is Standing.CITED
    assert f"what cited reference R{known} means" in told.because.evidence


def test_a_decision_taken_back_leaves_the_rules_as_they_were() -> None:
    assert resolved([1, 2], SAME, a_decision(what=Undo(1))) == resolved([1, 2])
    assert resolved([1, 2], DIFFERENT, a_decision(what=Undo(1))) == resolved([1, 2])


@pytest.mark.parametrize("decision", [SAME, DIFFERENT, a_decision("1", "2")])
def test_a_doubt_is_open_until_it_is_decided_from_either_side(decision: Decision) -> None:
    doubt = Doubt(Pmid("2"), Pmid("1"), because(), a_citation("2"), a_citation("1"), ("a",))
    assert open_doubts([doubt], Decided()) == (doubt,)
    assert open_doubts([doubt], Decided([decision])) == ()


def test_what_the_rules_left_unsure_is_told_as_decided() -> None:
    unsure = a_resolution("2", Standing.UNSURE, candidate=work_id(Pmid("1")))
    assert as_decided(unsure, Decided()) == unsure
    assert as_decided(unsure, Decided([SAME])).standing is Standing.SEEN
    told = as_decided(unsure, Decided([DIFFERENT]))
    assert (told.standing, told.candidate, told.because.rule) == (Standing.NEW, None, "a person's decision")
    assert as_decided(a_resolution("2"), Decided([SAME])) == a_resolution("2")

"""What persons decided orders the next issue: nothing is lost by it, and nothing depends on chance."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.model.decision import Choice, Undo
from litwatch.model.digest import Digest
from litwatch.model.finding import Relevance
from litwatch.model.record import Record
from litwatch.pipeline.relevance import in_reading_order
from tests.builders import a_card, a_decision, a_finding, a_link, a_record, a_work_decision, because, sections
from tests.weeks import Weeks, reported

KNEES = range(100, 120)
PRICES = range(200, 230)


def a_knee(number: int, **changes: object) -> Record:
    text = f"We randomised patient group {number} with a swollen knee to ketamine."
    changes = {"title": f"Ketamine for the swollen knee, study {number}", "abstract": sections(text), **changes}
    return a_record(str(number), doi=None, **changes)


def a_price(number: int, **changes: object) -> Record:
    text = f"The market for ampoules is described, part {number}."
    changes = {"title": f"Ketamine and its price, study {number}", "abstract": sections(text), **changes}
    return a_record(str(number), doi=None, **changes)


def choose(weeks: Weeks, pmids: Sequence[int], choice: Choice) -> None:
    name = weeks.watch.name
    weeks.store.save_decisions([a_decision(what=a_work_decision(str(pmid), choice, name)) for pmid in pmids])


@pytest.fixture
def taught() -> Weeks:
    """After a baseline of knees, called relevant or used, and prices, called irrelevant."""
    weeks = Weeks()
    weeks.hold(*map(a_knee, KNEES), *map(a_price, PRICES))
    weeks.digest()
    choose(weeks, KNEES[:10], Choice.RELEVANT)
    choose(weeks, KNEES[10:], Choice.USED)
    choose(weeks, PRICES, Choice.IRRELEVANT)
    return weeks


def news(weeks: Weeks, *records: Record) -> Digest:
    weeks.hold(*weeks.source.records.values(), *records)
    return weeks.digest()


def order(digest: Digest) -> list[str]:
    return [card.finding.pmid for card in digest.studies]


def low(digest: Digest) -> list[str]:
    return [card.finding.pmid for card in digest.studies if card.is_low]


def test_what_is_like_the_relevant_works_comes_first_and_what_is_not_comes_last(taught: Weeks) -> None:
    digest = news(taught, a_price(300), a_knee(301), a_price(302), a_knee(303))
    assert order(digest) == ["303", "301", "302", "300"]
    assert low(digest) == ["302", "300"]


def test_the_order_changes_with_what_is_decided() -> None:
    weeks = Weeks()
    weeks.hold(*map(a_knee, KNEES[:3]), *map(a_price, PRICES[:3]))
    weeks.digest()
    before = order(news(weeks, a_knee(300), a_price(301)))
    choose(weeks, KNEES[:3], Choice.IRRELEVANT)
    choose(weeks, PRICES[:3], Choice.RELEVANT)
    after = order(news(weeks, a_knee(302), a_price(303)))
    assert before == ["300", "301"]
    assert after == ["303", "302"]


def test_what_is_left_for_later_or_taken_back_is_not_learnt_from(taught: Weeks) -> None:
    choose(taught, KNEES, Choice.LATER)
    told = taught.store.load_decisions()
    taught.store.save_decisions(
        [a_decision(what=Undo(decision.id)) for decision in told if decision.id > len(KNEES) + len(PRICES)]
    )
    assert low(news(taught, a_price(300))) == ["300"]
    choose(taught, KNEES, Choice.LATER)
    assert low(news(taught, a_price(301))) == []


def test_a_mind_that_changed_counts_as_it_is_now(taught: Weeks) -> None:
    choose(taught, KNEES, Choice.IRRELEVANT)
    choose(taught, PRICES, Choice.RELEVANT)
    assert order(news(taught, a_price(300), a_knee(301))) == ["300", "301"]


def test_a_retraction_never_sinks_among_those_ranked_low(taught: Weeks) -> None:
    digest = news(taught, a_price(300, links=(a_link("RetractionIn", "77"),)), a_price(301))
    assert low(digest) == ["301"]


def test_a_known_work_that_is_appraised_anew_keeps_the_relevance_of_its_issue(taught: Weeks) -> None:
    news(taught, a_price(300))
    taught.hold(a_price(300, publication_types=a_knee(1).publication_types, abstract=sections("A case report.")))
    taught.digest()
    finding = taught.store.load_findings(taught.watch.name, [a_price(300).pmid])[a_price(300).pmid]
    assert finding.relevance is not None
    assert finding.relevance.is_low


@settings(max_examples=25, deadline=None)
@given(st.permutations([300, 301, 302, 303]), st.lists(st.sampled_from(Choice), min_size=12, max_size=12))
def test_every_new_work_is_told_once_whatever_was_decided(arriving: list[int], choices: list[Choice]) -> None:
    weeks = Weeks()
    weeks.hold(*map(a_knee, KNEES[:6]), *map(a_price, PRICES[:6]))
    weeks.digest()
    for number, choice in zip((*KNEES[:6], *PRICES[:6]), choices, strict=True):
        if choice in (Choice.RELEVANT, Choice.IRRELEVANT, Choice.USED, Choice.LATER):
            choose(weeks, [number], choice)
    digest = news(weeks, *((a_knee if number % 2 else a_price)(number) for number in arriving))
    assert reported(digest) == ["300", "301", "302", "303"]
    assert digest.flow is not None
    assert digest.flow.reported == 4


relevances = st.builds(
    Relevance, st.floats(0, 1), st.booleans(), st.sampled_from(["learnt from decisions"]).map(because)
)


@given(st.lists(st.tuples(st.floats(-100, 20), st.none() | relevances), max_size=20), st.randoms(use_true_random=False))
def test_the_reading_order_is_a_permutation_that_depends_on_no_order(
    told: list[tuple[float, Relevance | None]], chance: st.DataObject
) -> None:
    cards = [
        a_card(str(number), finding=a_finding(str(number), rank=rank, relevance=relevance))
        for number, (rank, relevance) in enumerate(told, start=1)
    ]
    shuffled = list(cards)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    ordered = in_reading_order(shuffled)
    assert ordered == in_reading_order(cards)
    assert sorted(card.finding.pmid for card in ordered) == sorted(card.finding.pmid for card in cards)
    assert [card.is_low for card in ordered] == sorted(card.is_low for card in ordered)

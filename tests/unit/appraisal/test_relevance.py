"""How relevant works are told to be, and what may never be ranked low."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.appraisal.relevance import (
    BY_CLAIMS,
    CALLED,
    ENOUGH,
    KEPT,
    MIDDLING,
    Reported,
    by_claims,
    by_decisions,
    reading_order,
    weigh_relevance,
)
from litwatch.appraisal.relevance_model import Text
from litwatch.appraisal.relevance_scale import BY_DECISIONS, LOW, Scale
from litwatch.model.finding import Bearing, Harm, Relevance, Stance, StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Standing
from tests.builders import a_claim, a_finding, a_quote, a_resolution, a_watch, because

WATCH = a_watch()
KNEE = Text("Sesame for the swollen knee", "We randomised patients with a swollen knee.")
PRICE = Text("Sesame and its price", "The market for seeds is described.")


def decided(relevant: int, irrelevant: int) -> list[tuple[Text, bool]]:
    """Works on knees that were called relevant, and on prices that were not; no two alike."""
    knees = [(Text(f"{KNEE.title}, part {number}", KNEE.abstract), True) for number in range(relevant)]
    return knees + [(Text(f"{PRICE.title}, year {number}", PRICE.abstract), False) for number in range(irrelevant)]


def reported(pmid: str = "1", text: Text = PRICE, **changes: Any) -> Reported:
    standing = changes.pop("standing", Standing.NEW)
    finding = a_finding(pmid, **{"design": StudyDesign.RCT, "bearings": (), **changes})
    return Reported(finding, a_resolution(pmid, standing), text)


def weighed(work: Reported, decisions: Sequence[tuple[Text, bool]], called: Sequence[str] = ()) -> Relevance:
    told = weigh_relevance([work], [Pmid(pmid) for pmid in called], decisions, WATCH)
    return told[work.finding.pmid]


class TestBeforeAnythingIsDecided:
    def test_what_names_the_words_of_a_claim_comes_first_and_says_which(self) -> None:
        watch = a_watch(claims=(a_claim(outcomes=("interleukin-6", "CRP"), text="Ketamine lowers inflammation."),))
        texts = [Text("Ketamine and sleep", ""), Text("Ketamine, interleukin-6 and CRP", ""), Text("Knees", "")]
        sleep, crp, knees = by_claims(texts, watch)
        assert crp.score > sleep.score > knees.score == 0
        assert crp.because.rule == BY_CLAIMS
        assert crp.because.evidence.startswith("names ")
        assert "crp" in crp.because.evidence
        assert knees.because.evidence == "names none of them"

    def test_nothing_is_ranked_low(self) -> None:
        assert not any(told.is_low for told in by_claims([KNEE, PRICE, Text("", "")], WATCH))

    def test_a_watch_without_claims_is_read_by_its_topic(self) -> None:
        watch = a_watch(claims=(), topic="sesame[tiab] OR knee[tiab]")
        knee, price = by_claims([KNEE, PRICE], watch)
        assert knee.score > price.score

    @pytest.mark.parametrize(("relevant", "irrelevant"), [(0, 0), (ENOUGH - 1, 50), (50, ENOUGH - 1)])
    def test_too_few_decisions_teach_nothing(self, relevant: int, irrelevant: int) -> None:
        assert by_decisions([KNEE], decided(relevant, irrelevant)) is None
        assert weighed(reported(), decided(relevant, irrelevant)).because.rule == BY_CLAIMS


class TestOnceEnoughIsDecided:
    def test_the_fewest_decisions_that_teach_put_alike_works_first_and_say_why(self) -> None:
        knee, price = by_decisions([KNEE, PRICE], decided(ENOUGH, ENOUGH)) or []
        assert knee.score > MIDDLING > price.score
        assert knee.because.rule == BY_DECISIONS
        assert "of 3 works called relevant and 3 of 3 irrelevant; for it: " in knee.because.evidence
        assert "knee" in knee.because.evidence
        assert "against it: " in price.because.evidence

    def test_works_without_words_are_not_learnt_from(self) -> None:
        blank = [(Text("", ""), True)] * 10
        assert by_decisions([KNEE], [*blank, *decided(0, 10)]) is None

    def test_decisions_that_words_cannot_tell_apart_teach_nothing(self) -> None:
        alike = [(Text(KNEE.title, KNEE.abstract), number % 2 == 0) for number in range(20)]
        assert by_decisions([KNEE, PRICE], alike) is None

    def test_the_same_decisions_give_the_same_relevance(self) -> None:
        assert by_decisions([KNEE, PRICE], decided(9, 12)) == by_decisions([KNEE, PRICE], decided(9, 12))

    def test_none_is_ranked_low_before_nineteen_were_called_relevant(self) -> None:
        assert not weighed(reported(), decided(18, 40)).is_low
        assert weighed(reported(), decided(19, 40)).is_low

    def test_what_is_like_the_relevant_is_not_ranked_low(self) -> None:
        assert not weighed(reported(text=KNEE), decided(19, 40)).is_low


def bearing(stance: Stance) -> tuple[Bearing, ...]:
    return (Bearing("C1", ("swelling",), a_quote(), stance=stance),)


class TestWhatIsNeverRankedLow:
    @pytest.mark.parametrize(
        ("reason", "changes"),
        [
            ("it is retracted", {"retracted": True}),
            ("it may be a duplicate", {"standing": Standing.UNSURE}),
            ("it challenges a claim or is mixed", {"bearings": bearing(Stance.CHALLENGES)}),
            ("it challenges a claim or is mixed", {"bearings": bearing(Stance.MIXED)}),
            (
                "it pools studies that bear on a claim",
                {"design": StudyDesign.META_ANALYSIS, "bearings": bearing(Stance.UNCLEAR)},
            ),
            ("it tells a major harm", {"harm": Harm(a_quote(), because("caused by it", "death"))}),
            ("it has no abstract to judge by", {"text": Text(PRICE.title, " ")}),
        ],
    )
    def test_each_reason_keeps_a_work_up_and_is_told(self, reason: str, changes: dict[str, Any]) -> None:
        told = weighed(reported(**changes), decided(19, 40))
        assert (told.is_low, told.score) == (False, MIDDLING)
        assert told.because.evidence.endswith(f"; counts as middling, for {reason}")
        assert reason in KEPT

    def test_nor_is_a_work_that_a_notice_or_a_signal_names(self) -> None:
        told = weighed(reported("7"), decided(19, 40), called=["7"])
        assert (told.is_low, told.score) == (False, MIDDLING)
        assert CALLED in told.because.evidence

    @pytest.mark.parametrize(
        "changes",
        [
            {"bearings": bearing(Stance.SUPPORTS)},
            {"bearings": bearing(Stance.UNCLEAR)},
            {"design": StudyDesign.META_ANALYSIS},
        ],
    )
    def test_near_misses_are_ranked_like_any_other(self, changes: dict[str, Any]) -> None:
        assert weighed(reported(**changes), decided(19, 40)).is_low

    def test_what_is_relevant_by_its_words_is_not_lowered_by_a_reason(self) -> None:
        plain = weighed(reported(text=KNEE), decided(19, 40))
        assert weighed(reported(text=KNEE, retracted=True), decided(19, 40)) == plain


class TestTheScale:
    def test_a_score_below_all_relevant_ones_is_low_when_they_are_many(self) -> None:
        scale = Scale(tuple(float(number) for number in range(1, 20)), (-3.0, -2.0, -1.0))
        assert scale.relevance(0.0, (), ()).is_low
        assert not scale.relevance(1.0, (), ()).is_low

    def test_a_score_nearer_to_the_relevant_ones_is_not_low(self) -> None:
        scale = Scale((1.0,) * 30, (-3.0,) * 3)
        assert scale.relevance(-1.5, (), ()).is_low
        assert not scale.relevance(0.5, (), ()).is_low

    @pytest.mark.parametrize(
        ("relevant", "irrelevant", "holds"),
        [((1.0, 2.0), (0.0, 0.5), True), ((1.0,), (1.0,), False), ((0.0, 1.0), (2.0, 3.0), False)],
    )
    def test_a_model_that_is_no_better_than_chance_is_known(
        self, relevant: tuple[float, ...], irrelevant: tuple[float, ...], *, holds: bool
    ) -> None:
        assert Scale(relevant, irrelevant).tells_apart is holds

    @given(
        st.lists(st.floats(-5, 5), min_size=1, max_size=60).map(sorted),
        st.lists(st.floats(-5, 5), min_size=1, max_size=60).map(sorted),
        st.floats(-9, 9),
        st.floats(-9, 9),
    )
    def test_a_higher_score_never_means_less(
        self, relevant: list[float], irrelevant: list[float], one: float, other: float
    ) -> None:
        scale = Scale(tuple(relevant), tuple(irrelevant))
        low, high = (scale.relevance(score, (), ()) for score in sorted((one, other)))
        assert 0 <= low.score <= high.score <= 1
        assert low.is_low or not high.is_low

    @given(st.lists(st.floats(-5, 5), min_size=1, max_size=80).map(sorted))
    def test_of_the_relevant_ones_themselves_no_more_than_that_share_would_be_low(self, relevant: list[float]) -> None:
        scale = Scale(tuple(relevant), (10.0,))
        low = sum(scale.relevance(score, (), ()).is_low for score in relevant)
        assert low <= LOW * (1 + len(relevant))


def test_the_reading_order_is_the_rank_and_what_the_relevance_is_worth() -> None:
    plain = a_finding(rank=7.0)
    learnt = replace(plain, relevance=Relevance(0.5, is_low=False, because=because(BY_DECISIONS)))
    assert (reading_order(plain), reading_order(learnt)) == (7.0, 17.0)


words = st.sampled_from(("sesame", "knee", "price", "IL-1β", "x", "", "\x00", "naïve", "1"))
texts = st.builds(Text, st.lists(words, max_size=4).map(" ".join), st.lists(words, max_size=8).map(" ".join))


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=6), st.lists(st.tuples(texts, st.booleans()), max_size=24))
def test_whatever_is_decided_of_whatever_texts_each_work_has_its_relevance(
    asked: list[Text], decisions: list[tuple[Text, bool]]
) -> None:
    works = [reported(str(number), text) for number, text in enumerate(asked, start=1)]
    told = weigh_relevance(works, (), decisions, WATCH)
    assert list(told) == [work.finding.pmid for work in works]
    for relevance in told.values():
        assert 0 <= relevance.score <= 1
        assert relevance.because.evidence

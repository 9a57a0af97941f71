"""What a person says of a cited reference goes before every rule, for as long as it is the same question."""

import pytest

from litwatch.errors import DecisionRefused
from litwatch.model.decision import Choice, Decision, ReferenceDecision, Undo
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from tests.builders import a_decision, a_record, authors
from tests.unit.pipeline.test_references import ROE, cite, means, unsearchable, weeks_citing
from tests.weeks import Weeks, reported


def decide(weeks: Weeks, pmid: str, choice: Choice = Choice.ACCEPT) -> Decision:
    (reference,) = weeks.watch.references
    what = ReferenceDecision(choice, weeks.watch.name, reference.id, Pmid(pmid), reference.question)
    return weeks.store.save_decisions([a_decision(what=what)])[0]


def answer(weeks: Weeks) -> ReferenceMatch:
    (match,) = weeks.digest().references
    return match


class TestAccepting:
    def test_settles_what_the_rules_had_found_otherwise(self) -> None:
        weeks = weeks_citing()
        assert means(weeks) == (ReferenceState.RESOLVED, "501")
        decide(weeks, "502")
        match = answer(weeks)
        assert (match.state, match.pmid) == (ReferenceState.GIVEN, "502")
        assert (match.because.rule, match.because.evidence) == (
            "a person's decision",
            "accepted by Roe on 2026-01-05: an invented note",
        )

    def test_settles_it_before_the_first_run_too(self) -> None:
        weeks = weeks_citing()
        decide(weeks, "502")
        assert means(weeks) == (ReferenceState.GIVEN, "502")

    def test_costs_no_request_once_it_is_settled(self) -> None:
        weeks = weeks_citing()
        decide(weeks, "502")
        weeks.run()
        before = len(weeks.source.searched)
        weeks.run()
        assert weeks.source.searched[before:] == [weeks.watch.strategy]

    def test_lets_the_accepted_record_be_cited_and_the_other_be_news(self) -> None:
        weeks = weeks_citing()
        weeks.source.answers[weeks.watch.strategy] = ["1", "501", "502"]
        assert reported(weeks.digest()) == ["1", "502"]
        decide(weeks, "502")
        assert reported(weeks.digest()) == ["501"]
        assert reported(weeks.digest()) == []

    def test_says_when_no_fitting_record_could_be_had(self) -> None:
        weeks = weeks_citing()
        decide(weeks, "999")
        weeks.answer({"999[pmid]": []})
        match = answer(weeks)
        assert match.pmid == "999"
        assert "no record that fits what is written could be had" in match.because.evidence

    def test_holds_also_when_the_source_cannot_be_asked(self) -> None:
        weeks = weeks_citing()
        weeks.run()
        decide(weeks, "502")
        outcome = weeks.run(source=unsearchable(weeks))
        assert outcome.digest is not None
        (match,) = outcome.digest.references
        assert (match.pmid, match.because.rule) == ("502", "a person's decision")

    def test_lapses_when_the_watch_says_something_else_of_the_reference(self) -> None:
        weeks = weeks_citing()
        decide(weeks, "502")
        weeks.run()
        cite(weeks, said="another trial of interleukin-6")
        assert means(weeks) == (ReferenceState.RESOLVED, "501")
        cite(weeks)
        assert means(weeks) == (ReferenceState.GIVEN, "502")

    def test_taken_back_lets_the_rules_speak_again(self) -> None:
        weeks = weeks_citing()
        told = decide(weeks, "502")
        weeks.run()
        weeks.store.save_decisions([a_decision(what=Undo(told.id))])
        assert means(weeks, days=1) == (ReferenceState.RESOLVED, "501")

    def test_of_two_is_refused(self) -> None:
        weeks = weeks_citing()
        decide(weeks, "502")
        with pytest.raises(DecisionRefused, match="`litwatch refs undo 1` takes that back"):
            decide(weeks, "501")


class TestRejecting:
    def test_looks_again_among_the_others_and_says_who_left_what_out(self) -> None:
        weeks = weeks_citing()
        weeks.run()
        decide(weeks, "501", Choice.REJECT)
        match = answer(weeks)
        assert (match.state, match.pmid) == (ReferenceState.UNRESOLVED, None)
        assert match.because.evidence.endswith("; not PubMed 501, rejected by Roe on 2026-01-05: an invented note")

    def test_finds_the_next_best(self) -> None:
        weeks = weeks_citing()
        weeks.hold(a_record("501"), a_record("503", authors=authors("Roe A")), found=[])
        weeks.answer({ROE: ["501", "503"]})
        decide(weeks, "501", Choice.REJECT)
        assert means(weeks)[1] == "503"

    def test_holds_also_when_the_source_cannot_be_asked(self) -> None:
        weeks = weeks_citing()
        weeks.run()
        decide(weeks, "501", Choice.REJECT)
        outcome = weeks.run(source=unsearchable(weeks))
        assert outcome.digest is not None
        assert outcome.digest.references[0].pmid is None

    def test_taken_back_lets_the_rules_speak_again(self) -> None:
        weeks = weeks_citing()
        told = decide(weeks, "501", Choice.REJECT)
        weeks.run()
        weeks.store.save_decisions([a_decision(what=Undo(told.id))])
        assert means(weeks, days=1) == (ReferenceState.RESOLVED, "501")

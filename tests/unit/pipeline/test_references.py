"""Cited references are settled once, and again when the watch says something else of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from litwatch.errors import SourceUnavailable
from litwatch.model.identifiers import Doi
from litwatch.model.identity import ReferenceState
from litwatch.model.record import Record
from litwatch.model.search import CitationMatch, CitationQuery, RawBatch, SearchResult
from litwatch.pipeline import references
from tests.builders import a_link, a_record, a_reference, authors, records_xml
from tests.fakes import FakeClock, FakeSource
from tests.weeks import SpoiltSource, Weeks, notices, reported

ROE = "Roe[au] AND (ketamine[tiab]) AND 2010:2012[dp]"
POE = "Poe[au] AND (ketamine[tiab]) AND 2010:2012[dp]"
LETTER = "(ketamine[tiab]) AND 2011[dp]"
NARROWED = f"{LETTER} AND (invent*[tiab] OR trial*[tiab] OR interl*[tiab])"


class Unsearchable(SpoiltSource):
    """Fails to search for whatever is not the strategy."""

    def search(self, query: str, **kwargs: Any) -> SearchResult:
        if query != self.strategy:
            raise SourceUnavailable("down")
        return super().search(query, **kwargs)

    strategy = "ketamine[tiab]"


def weeks_citing(**changes: Any) -> Weeks:
    """A watch that cites "(Roe et al., 2011)", which is PMID 501, beside PMID 1 that the strategy finds."""
    weeks = Weeks()
    cite(weeks, **changes)
    weeks.hold(a_record("1", authors=authors("Doe D")), a_record("501"), a_record("502"), found=["1"])
    weeks.answer({ROE: ["501"], POE: [], "501[pmid]": ["501"], "502[pmid]": ["502"], '"10.1234/x"[doi]': []})
    return weeks


def cite(weeks: Weeks, **changes: Any) -> None:
    weeks.watch = replace(weeks.watch, references=(a_reference("R1", **changes),))


def means(weeks: Weeks, days: float = 7) -> tuple[ReferenceState, str | None]:
    """What the reference is found to mean on the next run."""
    (match,) = weeks.digest(days).references
    return match.state, match.pmid


def unsearchable(weeks: Weeks) -> Unsearchable:
    source = Unsearchable(weeks.clock, weeks.source.records.values(), weeks.source.answers)
    assert source.strategy == weeks.watch.strategy
    return source


class TestAReference:
    def test_that_is_settled_costs_no_further_request(self) -> None:
        weeks = weeks_citing()
        assert means(weeks) == (ReferenceState.RESOLVED, "501")
        before = len(weeks.source.searched)
        assert means(weeks, 100) == (ReferenceState.RESOLVED, "501")
        assert len(weeks.source.searched) == before + 1

    def test_that_is_unresolved_is_tried_again_after_some_days(self) -> None:
        weeks = weeks_citing(as_written="(Poe et al., 2011)")
        assert means(weeks) == (ReferenceState.UNRESOLVED, None)
        weeks.source.records["503"] = a_record("503", authors=authors("Poe A", "Doe B"))  # type: ignore[index]
        weeks.answer({POE: ["503"]})
        assert means(weeks, 1) == (ReferenceState.UNRESOLVED, None)
        assert means(weeks, 7) == (ReferenceState.RESOLVED, "503")

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"as_written": "(Poe et al., 2011)"}, (ReferenceState.UNRESOLVED, None)),
            ({"pmid": "502"}, (ReferenceState.GIVEN, "502")),
            ({"doi": Doi("10.1234/x")}, (ReferenceState.UNRESOLVED, None)),
            ({"said": ""}, (ReferenceState.RESOLVED, "501")),
        ],
    )
    def test_that_the_watch_now_gives_otherwise_is_looked_up_at_once(
        self, changes: dict[str, Any], expected: tuple[ReferenceState, str | None]
    ) -> None:
        weeks = weeks_citing()
        means(weeks)
        before = len(weeks.source.searched)
        cite(weeks, **changes)
        assert means(weeks, 1) == expected
        assert len(weeks.source.searched) == before + 2
        assert means(weeks, 1) == expected
        assert len(weeks.source.searched) == before + 3

    def test_whose_pmid_is_taken_back_is_matched_by_what_is_written(self) -> None:
        weeks = weeks_citing(pmid="502")
        assert means(weeks) == (ReferenceState.GIVEN, "502")
        cite(weeks)
        assert means(weeks) == (ReferenceState.RESOLVED, "501")

    def test_given_by_its_pmid_needs_no_answer_of_the_source(self) -> None:
        weeks = weeks_citing(pmid="1")
        outcome = weeks.run(source=unsearchable(weeks))
        assert outcome.digest is not None
        assert outcome.state == "incomplete"
        assert outcome.detail == "R1 could not be looked up: down"
        assert reported(outcome.digest) == []
        assert [(match.state, match.pmid) for match in outcome.digest.references] == [(ReferenceState.GIVEN, "1")]

    def test_that_could_not_be_looked_up_is_looked_up_by_the_next_run(self) -> None:
        weeks = weeks_citing()
        outcome = weeks.run(source=unsearchable(weeks))
        assert outcome.digest is not None
        (match,) = outcome.digest.references
        assert (match.state, match.because.rule) == (ReferenceState.UNRESOLVED, "could not look")
        assert means(weeks, 1) == (ReferenceState.RESOLVED, "501")

    def test_that_could_not_be_looked_up_anew_stays_what_it_was(self) -> None:
        weeks = weeks_citing()
        means(weeks)
        cite(weeks, as_written="(Poe et al., 2011)")
        outcome = weeks.run(source=unsearchable(weeks))
        assert outcome.digest is not None
        assert [match.pmid for match in outcome.digest.references] == ["501"]
        assert means(weeks, 1) == (ReferenceState.UNRESOLVED, None)

    def test_given_by_a_pmid_that_pubmed_does_not_have_says_so_and_is_no_withdrawal(self) -> None:
        weeks = weeks_citing(pmid="502")
        del weeks.source.records["502"]  # type: ignore[arg-type]
        told = [weeks.digest(7) for _ in range(3)]
        assert [notices(digest) for digest in told] == [[], [], []]
        assert told[2].references[0].because.evidence == "PMID 502 is given, of which no record could be had"
        weeks.source.records["502"] = a_record("502", links=(a_link("RetractionIn", "77"),))  # type: ignore[index]
        assert notices(weeks.digest()) == [("502", "retraction")]


class TestACitedWork:
    def test_outside_the_strategy_is_accounted_for_as_cited_and_read_again(self) -> None:
        weeks = weeks_citing()
        digest = weeks.digest()
        assert (reported(digest), list(weeks.store.load_ledger(weeks.watch.name))) == (["1"], ["1", "501"])
        weeks.source.records["501"] = a_record("501", links=(a_link("RetractionIn", "77"),))  # type: ignore[index]
        digest = weeks.digest()
        assert notices(digest) == [("501", "retraction")]
        assert digest.notices[0].concerns == "cited as R1 for C1"

    def test_outside_the_strategy_keeps_its_further_records_from_being_news(self) -> None:
        weeks = weeks_citing()
        twin = a_record("400", title=a_record("501").title, doi="10.1234/invented.501")
        weeks.hold(a_record("501"), twin, found=["400"])
        digest = weeks.digest()
        assert reported(digest) == []
        assert digest.flow is not None
        assert digest.flow.cited == 1

    def test_that_the_watch_no_longer_cites_and_the_strategy_does_not_find_is_let_go(self) -> None:
        weeks = weeks_citing()
        weeks.run()
        weeks.watch = replace(weeks.watch, references=())
        assert reported(weeks.digest()) == []
        assert list(weeks.store.load_ledger(weeks.watch.name)) == ["1"]
        before = len(weeks.source.fetched)
        weeks.digest(1)
        assert len(weeks.source.fetched) == before

    def test_that_turns_out_to_be_another_is_reported_after_all_and_once(self) -> None:
        weeks = weeks_citing()
        weeks.hold(a_record("1"), a_record("501"))
        assert reported(weeks.digest()) == ["1"]
        cite(weeks, pmid="502")
        assert [reported(weeks.digest(1)) for _ in range(2)] == [["501"], []]

    def test_that_was_reported_before_it_was_known_to_be_cited_counts_as_cited_from_then_on(self) -> None:
        weeks = weeks_citing(pmid="502")
        assert reported(weeks.digest()) == ["1"]
        cite(weeks, pmid="1")
        weeks.answer({"1[pmid]": ["1"]})
        flow = weeks.digest().flow
        assert flow is not None
        assert (flow.cited, flow.seen, flow.reported) == (1, 0, 0)


class TestASearchThatFindsTooMany:
    @pytest.fixture(autouse=True)
    def _few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(references, "MAX_CANDIDATES", 2)

    def letter(self) -> Weeks:
        weeks = weeks_citing(as_written="(R. et al., 2011)")
        many = [a_record(pmid, title="Another matter.", authors=authors("Roe R")) for pmid in ("601", "602", "603")]
        meant = a_record("604", title="An invented trial of interleukin-6.", authors=authors("Doe R", "Poe B"))
        weeks.hold(*many, meant, found=[])
        weeks.answer({LETTER: ["601", "602", "603", "604"], NARROWED: ["604"]})
        return weeks

    def test_is_narrowed_by_what_the_article_says_of_the_work(self) -> None:
        weeks = self.letter()
        (match,) = weeks.digest().references
        assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "604")
        assert match.tried == (f"{LETTER} → 4 found, too many to read", f"{NARROWED} → 1 found")

    def test_says_so_when_nothing_narrows_it(self) -> None:
        weeks = self.letter()
        cite(weeks, as_written="(R. et al., 2011)", said="")
        (match,) = weeks.digest().references
        assert match.state is ReferenceState.UNRESOLVED
        assert match.tried == (f"{LETTER} → 4 found, too many to read",)

    def test_reads_none_of_them(self) -> None:
        weeks = self.letter()
        weeks.answer({NARROWED: ["601", "602", "603"]})
        (match,) = weeks.digest().references
        assert match.state is ReferenceState.UNRESOLVED
        assert weeks.source.fetched == []


def test_a_candidate_that_cannot_be_read_is_told_of() -> None:
    weeks = weeks_citing()
    weeks.answer({ROE: ["501", "502"]})
    weeks.source.spoil = lambda batch: RawBatch(batch.asked, records_xml(a_record("501")))
    (match,) = weeks.digest().references
    assert match.tried == (f"{ROE} → 2 found, 1 of them unreadable",)


WRITTEN = "Roe A, Poe BC. An invented trial of ketamine in invented patients. Invent J Ex. 2011;1(2):3-9."
TITLE = "invented[ti] AND trial[ti] AND ketamine[ti] AND patients[ti]"


def a_source(*records: Record, **changes: Any) -> FakeSource:
    """Knows the search for the title's words, and for each id that stands at a place."""
    found = [record.pmid for record in records]
    answers = {TITLE: found, **{f"{pmid}[pmid]": [pmid] for pmid in found}, **changes}
    return FakeSource(FakeClock(), records, answers)


def a_trial(pmid: str) -> Record:
    return a_record(pmid, title="An invented trial of ketamine in invented patients.")


class TestAReferenceOfAList:
    def test_that_stands_at_its_place_costs_one_search_more_so_that_a_rival_is_seen(self) -> None:
        source = a_source(a_trial("7"))
        match, read = references.look_up_reference(a_reference(as_written=WRITTEN), "", source, None)
        assert (match.state, match.pmid, list(read)) == (ReferenceState.RESOLVED, "7", ["7"])
        assert source.searched == ["7[pmid]", TITLE]
        assert match.tried[0] == "ECitMatch Invent J Ex|2011|1|3|Roe A → matched 7"

    def test_is_unsure_when_the_title_has_a_rival_that_stands_there_too(self) -> None:
        source = a_source(a_trial("7"), a_trial("8"))
        match, _ = references.look_up_reference(a_reference(as_written=WRITTEN), "", source, None)
        assert (match.state, match.tried[0]) == (
            ReferenceState.UNSURE,
            "ECitMatch Invent J Ex|2011|1|3|Roe A → ambiguous 7 8",
        )

    def test_is_searched_for_when_places_cannot_be_asked_and_says_so(self) -> None:
        source = Placeless(FakeClock(), (a_trial("7"),), {TITLE: ["7"]})
        match, _ = references.look_up_reference(a_reference(as_written=WRITTEN), "", source, None)
        assert match.pmid == "7"
        assert match.tried[0].endswith("could not be asked: places are down")

    def test_is_not_called_unknown_while_its_place_could_not_be_asked_for(self) -> None:
        source = Placeless(FakeClock(), (), {})
        with pytest.raises(SourceUnavailable, match="could not be asked: places are down"):
            references.look_up_reference(a_reference(as_written=WRITTEN), "", source, None)

    def test_is_not_called_unknown_while_a_candidate_could_not_be_read(self) -> None:
        source = SpoiltSource(FakeClock(), (a_trial("7"),), {TITLE: ["7"]})
        source.spoil = lambda batch: RawBatch(batch.asked, records_xml())
        with pytest.raises(SourceUnavailable, match="1 of them unreadable"):
            references.look_up_reference(a_reference(as_written=WRITTEN), "", source, None)

    def test_that_says_too_little_is_not_searched_for(self) -> None:
        source = a_source(a_trial("7"))
        match, _ = references.look_up_reference(a_reference(as_written="Roe, A.; 3"), "", source, None)
        assert (match.state, match.because.rule) == (ReferenceState.UNRESOLVED, "not enough to go on")
        assert source.searched == []

    def test_places_of_all_references_are_asked_for_at_once_and_only_when_one_is_looked_up(self) -> None:
        weeks = weeks_citing()
        texts = [WRITTEN, WRITTEN.replace("3-9", "13-19"), "(Roe et al., 2011)"]
        cited = tuple(a_reference(f"R{number}", as_written=text) for number, text in enumerate(texts, 1))
        weeks.watch = replace(weeks.watch, references=cited)
        weeks.digest()
        assert [len(asked) for asked in weeks.source.matched] == [2]
        weeks.digest(1)
        assert len(weeks.source.matched) == 1


class Placeless(FakeSource):
    """Searches, and matches no places."""

    def match_citations(self, citations: Sequence[CitationQuery]) -> tuple[CitationMatch, ...]:
        raise SourceUnavailable("places are down")

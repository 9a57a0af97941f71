"""A run says what is new, once, whatever the source does to it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from litwatch.digest.render_feed import read_json_feed
from litwatch.errors import SourceUnavailable, StoreError
from litwatch.model.finding import StudyDesign
from litwatch.model.record import PublicationType, Record
from litwatch.model.search import FailedBatch, RawBatch
from litwatch.pubmed.records import parse_records
from tests.builders import a_claim, a_date, a_link, a_record, a_reference, records_xml, sections
from tests.shared_data import shared_data
from tests.weeks import Spoil, Weeks, notices, reported

PREPRINT = PublicationType("D000076942", "Preprint")
TRIAL = PublicationType("D016449", "Randomized Controlled Trial")


def send_nothing(batch: RawBatch) -> RawBatch:
    return RawBatch(batch.asked, b"<PubmedArticleSet></PubmedArticleSet>")


def interrupted(commit: object) -> None:
    raise KeyboardInterrupt


def lose(*pmids: str) -> Spoil:
    """Leave records out of what is sent."""
    return lambda batch: RawBatch(
        batch.asked, records_xml(*(a_record(pmid) for pmid in batch.asked if pmid not in pmids))
    )


class TestWhatCannotBeRead:
    def test_is_reported_by_the_first_run_that_can_read_it(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), a_record("2"))
        weeks.source.spoil = lose("2")
        assert weeks.run().state == "incomplete"
        weeks.source.spoil = None
        assert [reported(weeks.digest(days)) for days in (1, 1)] == [["2"], []]

    @pytest.mark.parametrize("days", [1, 7])
    def test_among_known_records_counts_as_seen_and_spoils_no_run(self, days: int) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), a_record("2"))
        weeks.run()
        weeks.hold(a_record("1"), a_record("2"), a_record("3"))
        weeks.source.spoil = lambda batch: FailedBatch(batch.asked, "down")
        flow = weeks.digest(days).flow
        assert flow is not None
        assert (flow.identified, flow.seen, flow.pending, flow.reported) == (3, 2, 1, 0)

    def test_is_named_with_its_reason(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.source.spoil = lambda batch: FailedBatch(batch.asked, "down")
        assert [tuple(lack) for lack in weeks.digest().unread] == [("1", "could not be fetched now: down")]

    def test_again_is_tried_on_the_next_run_and_not_only_a_week_later(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.run()
        weeks.hold(a_record("1", links=(a_link("RetractionIn", "77"),)))
        weeks.source.spoil = lambda batch: FailedBatch(batch.asked, "down")
        assert notices(weeks.digest()) == []
        weeks.source.spoil = None
        assert notices(weeks.digest(1)) == [("1", "retraction")]


class TestWithdrawal:
    def test_is_a_notice_once_a_second_request_has_confirmed_it(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1", title="Ketamine withdrawn"), a_record("2"))
        weeks.run()
        weeks.hold(a_record("2"))
        digest = weeks.digest()
        assert notices(digest) == [("1", "withdrawn from PubMed")]
        assert digest.notices[0].title == "Ketamine withdrawn"
        assert digest.notices[0].notice.statement == "PubMed no longer sends this record."
        assert weeks.source.fetched[-2:] == [("1", "2"), ("1",)]
        assert digest.unread == ()

    def test_that_was_announced_is_asked_about_once_a_week_and_spoils_no_run(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), a_record("2"))
        weeks.run()
        weeks.hold(a_record("2"))
        weeks.run()
        asked = len(weeks.source.fetched)
        outcome = weeks.run()
        assert outcome.state == "done"
        assert outcome.digest is not None
        assert notices(outcome.digest) == []
        assert weeks.source.fetched[asked:] == [("1", "2")]
        assert weeks.run(1).state == "done"
        assert len(weeks.source.fetched) == asked + 1

    def test_is_not_announced_of_records_that_one_bad_reply_leaves_out(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), found=["1"])
        weeks.run()
        weeks.hold(a_record("1"), found=[])
        replies: list[Spoil] = [send_nothing, lambda batch: batch]
        weeks.source.spoil = lambda batch: replies.pop(0)(batch)
        digest = weeks.digest()
        assert (notices(digest), digest.unread, replies) == ([], (), [])

    def test_is_not_announced_of_records_that_pubmed_still_finds(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.run()
        weeks.source.spoil = send_nothing
        outcome = weeks.run()
        assert outcome.state == "incomplete"
        assert outcome.digest is not None
        assert notices(outcome.digest) == []

    def test_is_not_announced_of_a_record_that_cannot_be_parsed(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.run()
        weeks.hold(found=[])
        broken = b"<PubmedArticleSet><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>"
        weeks.source.spoil = lambda batch: RawBatch(batch.asked, broken)
        assert notices(weeks.digest()) == []


class TestKnownRecords:
    def test_are_listed_as_updated_when_their_design_is_read_differently(self) -> None:
        weeks = Weeks()
        plain = a_record("1", title="Ketamine and interleukin-6.", abstract=sections("Interleukin-6 fell."))
        weeks.hold(plain)
        weeks.run()
        weeks.hold(replace(plain, publication_types=(TRIAL,)))
        digest = weeks.digest()
        assert [(card.finding.pmid, card.finding.design) for card in digest.updated] == [("1", StudyDesign.RCT)]
        assert digest.updated[0].previous_design
        assert reported(digest) == []
        assert weeks.digest().updated == ()

    def test_are_listed_as_updated_when_an_abstract_comes_that_bears_on_a_claim(self) -> None:
        weeks = Weeks()
        bare = a_record("1", title="Ketamine in the recovery room.", abstract=(), publication_types=(TRIAL,))
        weeks.hold(bare)
        weeks.run()
        weeks.hold(replace(bare, abstract=sections("Interleukin-6 fell.")))
        (card,) = weeks.digest().updated
        assert card.resolution.because.evidence == "an abstract has come; it bears on C1"
        assert card.previous_design == ""

    def test_are_not_all_listed_again_when_the_claims_of_the_watch_change(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), a_record("2"))
        weeks.run()
        weeks.watch = replace(weeks.watch, claims=(a_claim(), a_claim("C2", outcomes=("surgery",))))
        assert weeks.digest().updated == ()

    def test_are_read_again_by_each_watch_that_knows_them(self) -> None:
        weeks = Weeks()
        first, second = (replace(weeks.watch, name=name) for name in ("first", "second"))
        weeks.hold(a_record("1"))
        for watch in (first, second):
            weeks.watch = watch
            weeks.run(0)
        weeks.hold(a_record("1", links=(a_link("RetractionIn", "77"),)))
        weeks.watch = first
        assert notices(weeks.digest()) == [("1", "retraction")]
        weeks.watch = second
        assert notices(weeks.digest(0)) == [("1", "retraction")]

    def test_of_one_watch_are_new_to_another(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.run()
        weeks.watch = replace(weeks.watch, name="another")
        assert reported(weeks.digest()) == ["1"]

    def test_have_a_notice_of_their_own_when_it_is_a_further_record_of_the_work_that_was_retracted(self) -> None:
        weeks = Weeks()
        twin = a_record("2", doi="10.1234/invented.1", title=a_record("1").title)
        weeks.hold(a_record("1"), twin)
        assert reported(weeks.digest()) == ["1"]
        weeks.hold(a_record("1"), replace(twin, links=(a_link("RetractionIn", "77"),)))
        assert notices(weeks.digest()) == [("2", "retraction")]

    def test_are_called_retracted_once_although_pubmed_says_more_of_it_later(self) -> None:
        weeks = Weeks()
        marked = {"publication_types": (PublicationType("D016441", "Retracted Publication"),)}
        printed = a_link("RetractionIn", None, "Invented J. 2012;1:1")
        told = []
        for changes in ({}, marked, {**marked, "links": (printed,)}, {"links": (a_link("RetractionIn", "77"),)}):
            weeks.hold(a_record("1", **changes))
            told.append(notices(weeks.digest()))
        assert told == [[], [("1", "retraction")], [], []]

    def test_may_be_corrected_first_and_retracted_later_each_told_once(self) -> None:
        weeks = Weeks()
        erratum, retraction = a_link("ErratumIn", "76"), a_link("RetractionIn", "77")
        told = []
        for links in ((), (erratum,), (erratum, retraction), (), (retraction, erratum)):
            weeks.hold(a_record("1", links=links))
            told.append(notices(weeks.digest()))
        assert told == [[], [("1", "erratum")], [("1", "retraction")], [], []]


class TestTheSearch:
    def test_that_finds_far_less_than_is_known_is_warned_of(self) -> None:
        weeks = Weeks()
        records = [a_record(str(number)) for number in range(1, 11)]
        weeks.hold(*records)
        weeks.run()
        weeks.hold(*records, found=[str(number) for number in range(1, 6)])
        search = weeks.digest(1).search
        assert search is not None
        assert search.warnings == ()
        weeks.hold(*records, found=[str(number) for number in range(1, 5)])
        search = weeks.digest(1).search
        assert search is not None
        assert search.warnings[0].startswith("this search finds only 4 of the 10 records")

    def test_that_fails_leaves_everything_as_it_was(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.source.failure = SourceUnavailable("down")
        outcome = weeks.run()
        assert (outcome.state, outcome.detail, outcome.summary) == ("could not search", "down", None)
        assert weeks.store.load_ledger(weeks.watch.name) == {}
        weeks.source.failure = None
        assert reported(weeks.digest()) == ["1"]

    def test_until_a_day_leaves_later_records_to_a_later_run(self) -> None:
        weeks = Weeks()
        early, late = (
            a_record(pmid, history=(a_record().history[0]._replace(date=a_date(day)),))
            for pmid, day in (("1", "2026-01-01"), ("2", "2026-01-02"))
        )
        weeks.hold(early, late)
        outcome = weeks.run(until=date(2026, 1, 1))
        assert outcome.digest is not None
        assert reported(outcome.digest) == ["1"]
        assert reported(weeks.digest()) == ["2"]


def feed_of(weeks: Weeks) -> list[tuple[int, str]]:
    """The feed as the latest issue has left it: which issue told what."""
    latest = weeks.store.load_issues(weeks.watch.name)[-1].number
    bodies = {each.name: each.body for each in weeks.store.load_renditions(weeks.watch.name, latest)}
    return [(entry.issue, entry.title.partition(",")[0]) for entry in read_json_feed(bodies["feed.json"])]


class TestTheFeed:
    def test_goes_on_with_every_issue_and_each_notice_whatever_comes_between(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1", title="Invented."))
        weeks.run()
        weeks.source.failure = SourceUnavailable("down")
        weeks.run()
        weeks.source.failure = None
        weeks.hold(a_record("1", title="Invented.", links=(a_link(),)))
        weeks.run(30)
        weeks.run()
        assert feed_of(weeks) == [(3, "Issue 3"), (2, "Issue 2"), (2, "Retraction: Invented."), (1, "Issue 1")]

    def test_loses_nothing_by_a_run_that_dies_before_it_promises(self, monkeypatch: pytest.MonkeyPatch) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.run()
        weeks.hold(a_record("1"), a_record("2"))
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(weeks.store, "commit_run", interrupted)
            weeks.run()
        weeks.run()
        assert feed_of(weeks) == [(2, "Issue 2"), (1, "Issue 1")]


class TestTheSizeOfABatch:
    def universe(self) -> list[Record]:
        preprint = a_record("10", title="A draft", publication_types=(PREPRINT,), doi=None)
        article = a_record("20", title="Under another heading", links=(a_link("UpdateOf", "10"),))
        return [a_record("5"), preprint, a_record("12", doi="10.1234/invented.5", title=a_record("5").title), article]

    def test_changes_nothing(self) -> None:
        digests = []
        for size in (1, 2, 500):
            weeks = Weeks()
            weeks.hold(*self.universe())
            weeks.source.batch_size = size
            digests.append(weeks.digest())
        assert digests[0] == digests[1] == digests[2]
        assert reported(digests[0]) == ["5", "10"]

    def test_changes_nothing_in_real_records(self) -> None:
        with shared_data("pubmed", "ketamine_articles.xml").open("rb") as stream:
            records = [parsed.value for parsed in parse_records(stream) if isinstance(parsed.value, Record)]
        assert len(records) == 44
        digests = []
        for size in (1, 7, 500):
            weeks = Weeks()
            weeks.hold(*records)
            weeks.source.batch_size = size
            digests.append(weeks.digest())
        assert digests[0] == digests[1] == digests[2]
        assert digests[0].flow is not None
        assert digests[0].flow.reported + digests[0].flow.duplicates == 44


class TestALeaseThatWasLost:
    def test_ends_the_run_before_it_announces_anything(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"), a_record("2"))
        weeks.source.batch_size = 1

        def dawdle(batch: RawBatch) -> RawBatch:
            weeks.clock.elapsed += 3600
            other = weeks.store.acquire_lease(
                f"watch:{weeks.watch.name}", "another run", weeks.clock.now(), timedelta(hours=1)
            )
            assert other
            return batch

        weeks.source.spoil = dawdle
        with pytest.raises(StoreError, match="took this watch over"):
            weeks.run()
        assert weeks.store.load_issues(weeks.watch.name) == ()

    def test_is_refused_to_a_second_run_while_the_first_is_under_way(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        states = []

        def run_meanwhile(batch: RawBatch) -> RawBatch:
            weeks.source.spoil = None
            states.append(weeks.run(0).state)
            return batch

        weeks.source.spoil = run_meanwhile
        assert reported(weeks.digest()) == ["1"]
        assert states == ["held by another run"]

    def test_held_by_another_run_is_no_run(self) -> None:
        weeks = Weeks()
        weeks.hold(a_record("1"))
        weeks.store.acquire_lease(f"watch:{weeks.watch.name}", "other", weeks.clock.now(), timedelta(days=8))
        outcome = weeks.run()
        assert (outcome.state, outcome.digest) == ("held by another run", None)
        assert weeks.source.searched == []


def test_a_run_with_nothing_new_and_an_unsettled_reference_asks_once_and_fetches_nothing() -> None:
    weeks = Weeks()
    weeks.watch = replace(weeks.watch, references=(a_reference("R1", "(Nobody et al., 1999)"),))
    weeks.answer({"Nobody[au] AND (ketamine[tiab]) AND 1998:2000[dp]": []})
    weeks.hold(a_record("1"))
    weeks.run()
    before = len(weeks.source.searched), len(weeks.source.fetched)
    weeks.run(1)
    assert (len(weeks.source.searched), len(weeks.source.fetched)) == (before[0] + 1, before[1])

"""What every store keeps, whether it lives in memory or in a database."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from litwatch.errors import DecisionRefused, StoreError
from litwatch.model.decision import WORK_CHOICES, Choice, Decision, Doubt, Undo
from litwatch.model.digest import IssueSummary, Receipt, Tries
from litwatch.model.finding import NoticeKind, StudyDesign
from litwatch.model.identifiers import Doi, Pmid
from litwatch.model.identity import Candidate, IdentityKey, ReferenceState, Standing
from litwatch.model.record import DeletedRecord, Parsed, UnparsableRecord
from litwatch.model.run import LastRun, RunCommit
from litwatch.ports import Store
from litwatch.store import open_store
from tests.builders import (
    NOW,
    a_citation,
    a_decision,
    a_delivery,
    a_failed_digest,
    a_finding,
    a_flow,
    a_known_work,
    a_notice,
    a_notice_card,
    a_reference_decision,
    a_reference_match,
    a_resolution,
    a_work_decision,
    because,
)
from tests.commits import WATCH, a_commit, an_entry, an_issue, parsed, renditions_of
from tests.fakes_store import FakeStore

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once, for making one takes a tenth of a second."""
    path = tmp_path_factory.mktemp("store") / "litwatch.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["in memory", "sqlite"])
def store(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    if request.param == "in memory":
        yield FakeStore()
    else:
        shutil.copy(empty_file, tmp_path)
        with open_store(f"sqlite:///{tmp_path}/litwatch.db") as opened:
            yield opened


class TestLease:
    def test_is_taken_when_nobody_holds_it(self, store: Store) -> None:
        assert store.acquire_lease("watch:a", "first", NOW, HOUR)

    def test_is_refused_while_another_holds_it(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        assert not store.acquire_lease("watch:a", "second", NOW + HOUR - timedelta(seconds=1), HOUR)

    def test_of_another_name_is_free(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        assert store.acquire_lease("watch:b", "second", NOW, HOUR)

    def test_is_taken_over_once_it_has_run_out(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        assert store.acquire_lease("watch:a", "second", NOW + HOUR, HOUR)
        assert not store.acquire_lease("watch:a", "first", NOW + HOUR, HOUR)

    def test_is_renewed_by_its_holder(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        assert store.acquire_lease("watch:a", "first", NOW + HOUR / 2, HOUR)
        assert not store.acquire_lease("watch:a", "second", NOW + HOUR, HOUR)

    def test_is_free_again_when_given_back(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        store.release_lease("watch:a", "first")
        assert store.acquire_lease("watch:a", "second", NOW, HOUR)

    def test_of_another_is_not_given_back(self, store: Store) -> None:
        store.acquire_lease("watch:a", "first", NOW, HOUR)
        store.release_lease("watch:a", "second")
        assert not store.acquire_lease("watch:a", "second", NOW, HOUR)

    def test_tells_who_holds_it_also_when_it_has_run_out(self, store: Store) -> None:
        assert store.load_lease("watch:a") is None
        store.acquire_lease("watch:a", "first", NOW - WEEK, HOUR)
        assert store.load_lease("watch:a") == "first"
        assert store.load_lease("watch:b") is None
        store.acquire_lease("watch:a", "second", NOW, HOUR)
        assert store.load_lease("watch:a") == "second"
        store.release_lease("watch:a", "second")
        assert store.load_lease("watch:a") is None


class TestRecords:
    def test_of_a_pmid_never_read_are_none(self, store: Store) -> None:
        assert store.load_record_xml([Pmid("101")]) == {}

    def test_come_back_byte_for_byte(self, store: Store) -> None:
        xml = "<PubmedArticle>IL-1β, ≤ 5 µg\r\n\x00</PubmedArticle>".encode() + bytes(range(256))
        store.save_records([parsed("101", xml)], NOW)
        assert store.load_record_xml([Pmid("101")]) == {"101": xml}

    def test_may_be_saved_again(self, store: Store) -> None:
        for _ in range(2):
            store.save_records([parsed("101"), parsed("102")], NOW)
        assert store.load_record_xml([Pmid("101")]) == {"101": b"<PubmedArticle>101</PubmedArticle>"}

    def test_that_changed_are_the_last_ones_read(self, store: Store) -> None:
        store.save_records([parsed("101", b"before")], NOW)
        store.save_records([parsed("101", b"after")], NOW + HOUR)
        assert store.load_record_xml([Pmid("101")]) == {"101": b"after"}

    def test_that_stand_twice_in_a_batch_are_the_later_ones(self, store: Store) -> None:
        store.save_records([parsed("101", b"before"), parsed("101", b"after")], NOW)
        assert store.load_record_xml([Pmid("101")]) == {"101": b"after"}

    def test_of_several_versions_are_the_latest_version_in_whatever_order_they_came(self, store: Store) -> None:
        store.save_records([parsed("101", b"tenth", 10), parsed("101", b"ninth", 9)], NOW)
        store.save_records([parsed("101", b"second", 2)], NOW + HOUR)
        assert store.load_record_xml([Pmid("101")]) == {"101": b"tenth"}

    def test_that_are_no_records_are_passed_over(self, store: Store) -> None:
        unparsable = Parsed(UnparsableRecord(Pmid("101"), "no title"), b"<PubmedArticle/>")
        deleted = Parsed(DeletedRecord(Pmid("102"), 1), b"<PMID>102</PMID>")
        store.save_records([unparsable, deleted, parsed("103")], NOW)
        assert store.load_record_xml([Pmid(pmid) for pmid in ("101", "102", "103")]).keys() == {"103"}

    def test_may_be_none_at_all(self, store: Store) -> None:
        store.save_records([], NOW)
        assert store.load_record_xml([Pmid("101")]) == {}


class TestLedger:
    def test_of_a_watch_that_never_ran_is_empty(self, store: Store) -> None:
        assert store.load_ledger(WATCH) == {}

    def test_holds_what_each_run_accounted_for(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101", "9"]))
        store.commit_run(a_commit(2, ["102"]))
        assert store.load_ledger(WATCH) == {
            Pmid("9"): an_entry("9"),
            Pmid("101"): an_entry("101"),
            Pmid("102"): an_entry("102", issue=2),
        }

    @pytest.mark.parametrize("standing", Standing)
    def test_keeps_how_a_work_stood(self, store: Store, standing: Standing) -> None:
        entry = an_entry("101", work="pmid:7", standing=standing, issue=1)
        store.commit_run(a_commit(ledger=(entry,)))
        (kept,) = store.load_ledger(WATCH).values()
        assert kept == entry
        assert type(kept.pmid) is Pmid
        assert type(kept.standing) is Standing

    def test_of_one_watch_is_not_that_of_another(self, store: Store) -> None:
        store.commit_run(a_commit(watch="one"))
        store.commit_run(a_commit(watch="two", pmids=["101", "102"]))
        assert list(store.load_ledger("one")) == ["101"]
        assert list(store.load_ledger("two")) == ["101", "102"]

    def test_refuses_to_account_for_a_record_twice_and_then_keeps_nothing_of_the_run(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"]))
        with pytest.raises(StoreError):
            store.commit_run(a_commit(2, ["100", "101"]))
        assert list(store.load_ledger(WATCH)) == ["101"]
        assert len(store.load_issues(WATCH)) == 1
        assert store.load_works([IdentityKey("pmid", "100")]) == ()

    def test_lets_go_of_what_is_released_and_takes_it_in_anew(self, store: Store) -> None:
        cited = an_entry("101", standing=Standing.CITED)
        store.commit_run(a_commit(1, ledger=(cited, an_entry("102", standing=Standing.CITED))))
        store.commit_run(a_commit(1, watch="another", ledger=(cited,)))
        store.commit_run(a_commit(2, ["101"], released=(Pmid("101"), Pmid("102"))))
        assert store.load_ledger(WATCH) == {Pmid("101"): an_entry("101", issue=2)}
        assert store.load_ledger("another") == {Pmid("101"): cited}

    def test_keeps_moments_to_the_microsecond_and_gives_them_in_utc(self, store: Store) -> None:
        berlin = timezone(HOUR)
        moment = datetime(2026, 3, 1, 0, 30, 0, 123456, tzinfo=berlin)
        store.commit_run(a_commit(ledger=(an_entry("101", first_seen=moment),)))
        kept = store.load_ledger(WATCH)[Pmid("101")].first_seen
        assert kept == moment
        assert kept.utcoffset() is not None


class TestRereads:
    def test_are_due_once_the_last_reading_lies_before_the_given_moment(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101", "102"]))
        assert store.load_due_rereads(WATCH, NOW) == ()
        assert store.load_due_rereads(WATCH, NOW + HOUR) == (Pmid("101"), Pmid("102"))

    def test_are_not_due_again_before_their_time_comes_round(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101", "102"]))
        later = an_issue(2, made_at=NOW + WEEK)
        store.commit_run(a_commit(2, [], digest=later, reread=(Pmid("102"),)))
        assert store.load_due_rereads(WATCH, NOW + HOUR) == (Pmid("101"),)
        assert store.load_due_rereads(WATCH, NOW + WEEK + HOUR) == (Pmid("101"), Pmid("102"))

    def test_of_a_run_that_was_not_kept_are_due_still(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"]))
        store.save_records([parsed("101", b"read again, then killed")], NOW + WEEK)
        assert store.load_due_rereads(WATCH, NOW + HOUR) == (Pmid("101"),)

    def test_of_one_watch_are_not_done_by_another(self, store: Store) -> None:
        for watch in ("one", "two"):
            store.commit_run(a_commit(watch=watch))
        store.commit_run(a_commit(2, [], "one", digest=an_issue(2, made_at=NOW + WEEK), reread=(Pmid("101"),)))
        assert store.load_due_rereads("one", NOW + HOUR) == ()
        assert store.load_due_rereads("two", NOW + HOUR) == (Pmid("101"),)

    def test_come_ascending_by_number(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["1000", "99", "100"]))
        assert store.load_due_rereads(WATCH, NOW + HOUR) == (Pmid("99"), Pmid("100"), Pmid("1000"))

    def test_leave_out_what_is_read_but_not_watched(self, store: Store) -> None:
        store.save_records([parsed("301")], NOW)
        store.commit_run(a_commit(watch="another", pmids=["301"], reread=(Pmid("302"),)))
        assert store.load_due_rereads(WATCH, NOW + HOUR) == ()
        assert store.load_due_rereads("another", NOW + HOUR) == (Pmid("301"),)


class TestWorks:
    def test_are_found_under_each_of_their_keys(self, store: Store) -> None:
        keys = (IdentityKey("doi", "10.1234/x"), IdentityKey("pmid", "101"), IdentityKey("title", "a title"))
        work = a_known_work("101", citation=a_citation("101", doi="10.1234/x"), keys=keys)
        store.commit_run(a_commit(works=(work,)))
        for key in keys:
            assert store.load_works([key]) == (work,)

    def test_are_found_once_under_several_keys(self, store: Store) -> None:
        keys = (IdentityKey("doi", "10.1234/x"), IdentityKey("pmid", "101"))
        store.commit_run(a_commit(works=(a_known_work("101", keys=keys),)))
        assert len(store.load_works(keys)) == 1

    def test_are_not_found_under_the_same_value_of_another_kind(self, store: Store) -> None:
        store.commit_run(a_commit(works=(a_known_work("101"),)))
        assert store.load_works([IdentityKey("title", "101")]) == ()

    def test_that_share_a_key_are_all_found(self, store: Store) -> None:
        title = IdentityKey("title", "a title")
        works = tuple(a_known_work(pmid, keys=(IdentityKey("pmid", pmid), title)) for pmid in ("101", "102"))
        store.commit_run(a_commit(1, ["101", "102"], works=works))
        assert store.load_works([title]) == works

    def test_are_found_by_thousands_of_keys(self, store: Store) -> None:
        pmids = [str(pmid) for pmid in range(1000, 3000)]
        store.commit_run(a_commit(1, pmids))
        found = store.load_works([IdentityKey("pmid", pmid) for pmid in [*pmids, "9"]])
        assert [work.citation.pmid for work in found] == pmids

    def test_are_none_for_no_keys(self, store: Store) -> None:
        store.commit_run(a_commit())
        assert store.load_works([]) == ()

    def test_come_back_whole(self, store: Store) -> None:
        citation = a_citation("101", doi="10.1234/x", designation="erratum", authors=("Žižek β",), year=None)
        work = a_known_work("101", citation=citation)
        store.commit_run(a_commit(works=(work,)))
        (kept,) = store.load_works(work.keys)
        assert kept == work
        assert type(kept.citation.doi) is Doi

    def test_are_shared_by_watches_and_take_on_a_newer_citation_and_more_keys(self, store: Store) -> None:
        store.commit_run(a_commit(watch="one", works=(a_known_work("101"),)))
        doi = IdentityKey("doi", "10.1234/x")
        newer = a_known_work("101", citation=a_citation("101", doi="10.1234/x"), keys=(doi,))
        store.commit_run(a_commit(watch="two", works=(newer,)))
        expected = replace(newer, keys=(doi, IdentityKey("pmid", "101")))
        assert store.load_works([doi]) == store.load_works([IdentityKey("pmid", "101")]) == (expected,)


class TestResolutions:
    def test_are_none_of_records_that_the_watch_has_not_accounted_for(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"], watch="another"))
        assert store.load_resolution(WATCH, Pmid("101")) is None
        assert store.load_resolution("another", Pmid("102")) is None

    def test_come_back_whole(self, store: Store) -> None:
        founding = a_resolution("101")
        unsure = a_resolution("102", Standing.UNSURE, because=because("alike", "0.91"), candidate=founding.work)
        ledger = (an_entry("101"), an_entry("102", standing=Standing.UNSURE))
        store.commit_run(a_commit(1, ["101", "102"], ledger=ledger, resolutions=(founding, unsure)))
        assert store.load_resolution(WATCH, Pmid("101")) == founding
        assert store.load_resolution(WATCH, Pmid("102")) == unsure

    def test_have_the_standing_in_each_watch_and_the_reason_that_first_joined_them(self, store: Store) -> None:
        first = a_resolution("101", because=because("founds a work"))
        later = a_resolution("101", Standing.CITED, because=because("its PMID is known"))
        cited = (an_entry("101", standing=Standing.CITED),)
        store.commit_run(a_commit(watch="one", resolutions=(first,)))
        store.commit_run(a_commit(watch="two", resolutions=(later,), ledger=cited))
        assert store.load_resolution("one", Pmid("101")) == first
        assert store.load_resolution("two", Pmid("101")) == replace(first, standing=Standing.CITED)

    def test_that_name_another_work_later_take_the_place_of_the_first(self, store: Store) -> None:
        joined = a_resolution("102", work=a_known_work("101").id, because=because("same DOI"))
        store.commit_run(a_commit(1, ["101", "102"]))
        store.commit_run(a_commit(2, [], resolutions=(joined,)))
        assert store.load_resolution(WATCH, Pmid("102")) == joined


class TestFindings:
    def test_are_none_for_records_never_appraised(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"]))
        assert store.load_findings(WATCH, [Pmid("102")]) == {}
        assert store.load_findings("another", [Pmid("101")]) == {}

    def test_come_back_whole(self, store: Store) -> None:
        finding = a_finding("101", design=StudyDesign.META_ANALYSIS, conclusion=None, species="rat", retracted=True)
        store.commit_run(a_commit(1, ["101"], findings=(finding,)))
        assert store.load_findings(WATCH, [Pmid("101")]) == {Pmid("101"): finding}

    def test_are_the_latest_ones(self, store: Store) -> None:
        later = a_finding("101", design=StudyDesign.COHORT)
        store.commit_run(a_commit(1, ["101"]))
        store.commit_run(a_commit(2, ["102"], findings=(later, a_finding("102"))))
        store.commit_run(a_commit(3, []))
        assert store.load_findings(WATCH, [Pmid("101"), Pmid("102")])[Pmid("101")] == later


class TestNotices:
    def test_are_known_by_record_kind_and_reference(self, store: Store) -> None:
        notices = (a_notice("101"), a_notice("101", NoticeKind.ERRATUM, reference="998"))
        store.commit_run(a_commit(1, ["101"], notices=notices))
        store.commit_run(a_commit(2, [], notices=(a_notice("101", reference="997"),)))
        assert store.load_notice_keys(WATCH) == {
            ("101", "retraction", "999"),
            ("101", "erratum", "998"),
            ("101", "retraction", "997"),
        }
        assert store.load_notice_keys("another") == frozenset()

    def test_that_a_record_states_twice_are_one(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"], notices=(a_notice("101"), a_notice("101"))))
        assert len(store.load_notice_keys(WATCH)) == 1


class TestReferences:
    def test_come_back_whole_with_the_moment_that_they_were_looked_at(self, store: Store) -> None:
        match = a_reference_match(
            "R1",
            ReferenceState.UNSURE,
            because=because("below the threshold", "0.61 < 0.80"),
            candidates=(
                Candidate(a_citation("7", doi="10.1234/x"), 0.61, ("year", "author")),
                Candidate(a_citation(None), 0.5, ()),
            ),
            tried=("Roe[au] AND 2011[dp] → 2 found",),
            asked="(Roe, 2011)\nan invented trial",
        )
        store.commit_run(a_commit(references=(match,)))
        assert store.load_references(WATCH) == {"R1": (match, NOW)}
        assert store.load_references("another") == {}

    def test_are_what_was_found_last(self, store: Store) -> None:
        first = (a_reference_match("R1"), a_reference_match("R2"))
        settled = a_reference_match("R1", ReferenceState.RESOLVED, pmid=Pmid("7"))
        store.commit_run(a_commit(1, references=first))
        store.commit_run(a_commit(2, [], digest=an_issue(2, made_at=NOW + WEEK), references=(settled,)))
        assert store.load_references(WATCH) == {"R1": (settled, NOW + WEEK), "R2": (first[1], NOW)}


class TestIssues:
    def test_are_none_of_a_watch_that_never_ran(self, store: Store) -> None:
        assert store.load_issues(WATCH) == ()
        assert store.load_renditions(WATCH, 1) == ()

    def test_are_summed_up_oldest_first(self, store: Store) -> None:
        incomplete = an_issue(2, notices=(a_notice_card(),), flow=a_flow(pending=3), made_at=NOW + WEEK)
        store.commit_run(a_commit(1, ["101", "102"]))
        store.commit_run(a_commit(2, [], digest=incomplete))
        assert store.load_issues(WATCH) == (
            IssueSummary(1, "baseline", NOW, 2, 0, True),
            IssueSummary(2, "news", NOW + WEEK, 0, 1, False),
        )

    def test_keep_their_renditions_byte_for_byte(self, store: Store) -> None:
        store.commit_run(a_commit(1, ["101"]))
        store.commit_run(a_commit(2, ["102"]))
        assert store.load_renditions(WATCH, 1) == renditions_of(1)
        assert store.load_renditions(WATCH, 3) == ()
        assert store.load_renditions("another", 1) == ()

    @pytest.mark.parametrize("number", [None, 0, 1, 3])
    def test_are_refused_unless_they_are_the_next(self, store: Store, number: int | None) -> None:
        store.commit_run(a_commit(1, ["101"]))
        wrong = replace(a_commit(2, ["102"]), digest=replace(an_issue(2), number=number))
        with pytest.raises(StoreError, match="issue"):
            store.commit_run(wrong)
        assert list(store.load_ledger(WATCH)) == ["101"]

    def test_are_refused_the_second_time(self, store: Store) -> None:
        commit = a_commit(1, ["101"])
        store.commit_run(commit)
        with pytest.raises(StoreError, match="issue"):
            store.commit_run(commit)
        assert len(store.load_pending(WATCH)) == 1

    def test_of_each_watch_are_counted_on_their_own(self, store: Store) -> None:
        store.commit_run(a_commit(1, watch="one"))
        store.commit_run(a_commit(1, watch="two"))
        assert [issue.number for issue in store.load_issues("two")] == [1]


class TestRuns:
    def test_are_none_at_first(self, store: Store) -> None:
        assert store.load_last_runs() == {}

    def test_that_finished_are_known_by_watch(self, store: Store) -> None:
        store.commit_run(a_commit(1, watch="one"))
        store.commit_run(a_commit(2, [], watch="one", digest=an_issue(2, made_at=NOW + WEEK)))
        store.commit_run(a_commit(1, watch="two"))
        assert store.load_last_runs() == {
            "one": LastRun("one", NOW + WEEK, could_search=True, issue=2),
            "two": LastRun("two", NOW, could_search=True, issue=1),
        }

    def test_that_could_not_search_take_no_issue_number(self, store: Store) -> None:
        store.record_failed_run(WATCH, "run 0", NOW, a_failed_digest())
        assert store.load_last_runs() == {WATCH: LastRun(WATCH, NOW, could_search=False, issue=None)}
        assert store.load_issues(WATCH) == ()
        store.commit_run(a_commit(1, digest=an_issue(1, made_at=NOW + HOUR)))
        store.record_failed_run(WATCH, "run 2", NOW + HOUR, a_failed_digest(made_at=NOW + WEEK))
        assert store.load_last_runs() == {WATCH: LastRun(WATCH, NOW + WEEK, could_search=False, issue=1)}


class TestDeliveries:
    def test_are_pending_from_the_commit_on_oldest_issue_first(self, store: Store) -> None:
        mail = a_delivery(WATCH, 1, sink="mail", target="a@clinic.example")
        store.commit_run(a_commit(1, deliveries=(mail, a_delivery(WATCH, 1))))
        store.commit_run(a_commit(2, []))
        assert store.load_pending(WATCH) == (a_delivery(WATCH, 1), mail, a_delivery(WATCH, 2))
        assert store.load_pending("another") == ()

    @pytest.mark.parametrize("state", ["delivered", "refused"])
    def test_that_are_settled_are_pending_no_more(self, store: Store, state: Any) -> None:
        store.commit_run(a_commit(1))
        store.save_receipt(Receipt(a_delivery(WATCH, 1), state, NOW, "output/1/digest.html"))
        assert store.load_pending(WATCH) == ()

    def test_that_were_deferred_stay_pending(self, store: Store) -> None:
        store.commit_run(a_commit(1))
        for _ in range(2):
            store.save_receipt(Receipt(a_delivery(WATCH, 1), "pending", NOW, "the disk is full"))
        assert store.load_pending(WATCH) == (a_delivery(WATCH, 1),)

    def test_that_were_tried_in_vain_say_how_often_and_when_last(self, store: Store) -> None:
        mail = a_delivery(WATCH, 1, sink="mail", target="a@clinic.example")
        store.commit_run(a_commit(1, deliveries=(mail, a_delivery(WATCH, 1))))
        assert store.load_tries(WATCH) == {}
        for hours in (0, 1):
            store.save_receipt(Receipt(mail, "pending", NOW + hours * HOUR, "nobody is there"))
        store.save_receipt(Receipt(a_delivery(WATCH, 1), "delivered", NOW, "there"))
        assert store.load_tries(WATCH) == {mail: Tries(2, NOW + HOUR)}
        assert store.load_tries("another") == {}

    @pytest.mark.parametrize("state", ["pending", "delivered", "refused"])
    def test_are_pending_again_when_promised_again(self, store: Store, state: Any) -> None:
        store.commit_run(a_commit(1))
        store.save_receipt(Receipt(a_delivery(WATCH, 1), state, NOW, "there, or not"))
        new = a_delivery(WATCH, 1, sink="mail", target="new@clinic.example")
        store.promise_again([a_delivery(WATCH, 1), new])
        assert store.load_pending(WATCH) == (a_delivery(WATCH, 1), new)
        assert store.load_tries(WATCH) == {}
        store.save_receipt(Receipt(new, "delivered", NOW, "there"))
        assert store.load_pending(WATCH) == (a_delivery(WATCH, 1),)

    def test_that_were_delivered_do_not_become_pending_by_a_later_receipt(self, store: Store) -> None:
        store.commit_run(a_commit(1))
        store.save_receipt(Receipt(a_delivery(WATCH, 1), "delivered", NOW, "there"))
        store.save_receipt(Receipt(a_delivery(WATCH, 1), "pending", NOW + HOUR, "another process was slower"))
        assert store.load_pending(WATCH) == ()

    @pytest.mark.parametrize("changes", [{"issue": 2}, {"sink": "mail"}, {"target": "elsewhere"}, {"watch": "other"}])
    def test_never_promised_have_no_receipt(self, store: Store, changes: dict[str, Any]) -> None:
        store.commit_run(a_commit(1))
        with pytest.raises(StoreError, match="never promised"):
            store.save_receipt(Receipt(a_delivery(WATCH, 1)._replace(**changes), "delivered", NOW, ""))


def test_a_moment_without_a_time_zone_is_a_bug_and_no_fault_of_the_store(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        store.save_records([parsed("101")], naive)
    with pytest.raises(ValueError, match="time zone"):
        store.acquire_lease("watch:a", "first", naive, HOUR)
    assert store.load_record_xml([Pmid("101")]) == {}


def test_moments_come_back_in_utc(store: Store) -> None:
    store.commit_run(a_commit(1, references=(a_reference_match(),)))
    moments = [
        store.load_issues(WATCH)[0].made_at,
        store.load_last_runs()[WATCH].finished_at,
        store.load_references(WATCH)["R1"][1],
        store.load_ledger(WATCH)[Pmid("101")].first_seen,
    ]
    assert {moment.tzinfo for moment in moments} == {UTC}


def an_unsure_commit(issue: int = 1, watch: str = WATCH, **changes: Any) -> RunCommit:
    """101 is new, 102 perhaps the same."""
    unsure = a_resolution("102", Standing.UNSURE, candidate="pmid:101", because=because("page", "p. 3 or 8"))
    entries = (an_entry("101", issue), an_entry("102", issue, standing=Standing.UNSURE))
    commit = a_commit(issue, ["101", "102"], watch, ledger=entries, resolutions=(a_resolution("101"), unsure))
    return replace(commit, works=(a_known_work("101"), a_known_work("102", citation=a_citation("102"))), **changes)


class TestDoubts:
    def test_of_an_empty_store_are_none(self, store: Store) -> None:
        assert store.load_doubts() == ()

    def test_describe_both_records_and_why_the_rules_doubt(self, store: Store) -> None:
        store.commit_run(an_unsure_commit())
        told = Doubt(
            Pmid("102"), Pmid("101"), because("page", "p. 3 or 8"), a_citation("102"), a_citation("101"), (WATCH,)
        )
        assert store.load_doubts() == (told,)

    def test_name_every_watch_that_stands_before_them_and_are_found_by_any(self, store: Store) -> None:
        store.commit_run(an_unsure_commit())
        store.commit_run(an_unsure_commit(watch="another"))
        assert [doubt.watches for doubt in store.load_doubts()] == [("another", WATCH)]
        assert [doubt.watches for doubt in store.load_doubts("another")] == [("another",)]
        assert store.load_doubts("none") == ()

    def test_stay_what_the_rules_said_also_when_decided(self, store: Store) -> None:
        store.commit_run(an_unsure_commit())
        before = store.load_doubts()
        store.save_decisions([a_decision("102", "101")])
        assert store.load_doubts() == before


class TestDecisions:
    def test_of_an_empty_store_are_none(self, store: Store) -> None:
        assert store.load_decisions() == ()

    def test_come_back_as_they_were_taken_under_ids_from_one_on(self, store: Store) -> None:
        moment = NOW.astimezone(timezone(HOUR))
        taken = [
            a_decision("102", "101", note="IL-1β; Jóźwiak"),
            a_decision("103", "101", choice=Choice.DIFFERENT, note=""),
            a_decision(what=a_reference_decision("101"), at=moment),
            a_decision(what=a_reference_decision("104", Choice.REJECT, reference="R2")),
            *(a_decision(what=a_work_decision("101", choice)) for choice in WORK_CHOICES),
        ]
        kept = store.save_decisions(taken)
        assert kept == tuple(replace(decision, id=place) for place, decision in enumerate(taken, start=1))
        assert store.save_decisions([a_decision(what=Undo(2), by="Poe")]) == (a_decision(what=Undo(2), by="Poe", id=9),)
        assert store.load_decisions() == (*kept, a_decision(what=Undo(2), by="Poe", id=9))
        assert {decision.at for decision in store.load_decisions()} == {NOW}

    def test_without_a_time_zone_are_a_bug(self, store: Store) -> None:
        with pytest.raises(ValueError, match="time zone"):
            store.save_decisions([a_decision(at=NOW.replace(tzinfo=None))])

    @pytest.mark.parametrize(
        ("decision", "reason"),
        [
            (a_decision("102", "101"), r"decided already that PubMed 102 is the same work as PubMed 101 \(decision 1"),
            (a_decision("101", "102", choice=Choice.DIFFERENT), "litwatch review --undo 1"),
            (a_decision("104", "101"), "decision 2"),
            (a_decision("104", "102"), "decision 2"),
            (a_decision("101", "101"), "one record and no pair"),
            (a_decision(what=a_reference_decision("102")), "R1 of ketamine-inflammation means PubMed 101"),
            (a_decision(what=a_reference_decision("102", Choice.REJECT)), "decision 3"),
            (a_decision(what=a_reference_decision("105", reference="R2")), "does not mean PubMed 105"),
            (a_decision(what=Undo(9)), "there is no decision 9"),
            (a_decision(what=Undo(5)), "taken back already"),
            (a_decision(what=Undo(6)), "took another one back"),
        ],
    )
    def test_that_contradict_what_stands_are_refused_and_none_of_those_beside_them_is_kept(
        self, store: Store, decision: Decision, reason: str
    ) -> None:
        store.save_decisions(
            [
                a_decision("102", "101"),
                a_decision("104", "102", choice=Choice.DIFFERENT),
                a_decision(what=a_reference_decision("101")),
                a_decision(what=a_reference_decision("105", Choice.REJECT, reference="R2")),
                a_decision("201", "202"),
            ]
        )
        store.save_decisions([a_decision(what=Undo(5))])
        before = store.load_decisions()
        with pytest.raises(DecisionRefused, match=reason):
            store.save_decisions([a_decision("301", "302"), decision])
        assert store.load_decisions() == before

    def test_that_contradict_each_other_are_refused_together(self, store: Store) -> None:
        with pytest.raises(DecisionRefused):
            store.save_decisions([a_decision("102", "101"), a_decision("102", "101", choice=Choice.DIFFERENT)])
        assert store.load_decisions() == ()

    def test_may_be_taken_anew_once_taken_back(self, store: Store) -> None:
        store.save_decisions([a_decision("102", "101")])
        store.save_decisions([a_decision(what=Undo(1))])
        (anew,) = store.save_decisions([a_decision("102", "101", choice=Choice.DIFFERENT)])
        assert anew.id == 3

    def test_on_a_reference_that_the_watch_asks_anew_may_be_taken_anew(self, store: Store) -> None:
        store.save_decisions([a_decision(what=a_reference_decision("101"))])
        (anew,) = store.save_decisions([a_decision(what=a_reference_decision("102", question="(Poe, 2012)"))])
        assert anew.id == 2

    def test_on_a_work_may_be_taken_again_and_otherwise(self, store: Store) -> None:
        for choice in (Choice.RELEVANT, Choice.IRRELEVANT, Choice.IRRELEVANT):
            store.save_decisions([a_decision(what=a_work_decision("101", choice))])
        assert len(store.load_decisions()) == 3

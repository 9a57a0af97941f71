"""The main job, from the command line against a PubMed on loopback."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from litwatch.model.record import Record
from tests.builders import a_link, a_record, sections
from tests.functional.conftest import WATCH, Household, PubMed, pmids


def study(number: int, text: str = "Sesame lowered swelling in volunteers.", **changes: object) -> Record:
    changes = {"title": f"Sesame and swelling, study {number}", "abstract": sections(text), "doi": None, **changes}
    return a_record(str(1000 + number), **changes)


def test_the_first_issue_is_a_baseline_of_everything_that_exists(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1), study(2), a_record("9", title="Poppy and sleep"))
    done = household.run()
    assert done.status == 0
    digest = household.digest(1)
    assert digest["kind"] == "baseline"
    assert pmids(digest["studies"]) == ["1001", "1002"]
    assert Path(done.out.strip()) == household.folder / "output" / "sesame" / "1" / "digest.html"


def test_a_later_issue_holds_only_what_is_new(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    pubmed.hold(study(1), study(2))
    assert household.run().status == 0
    digest = household.digest(2)
    assert digest["kind"] == "news"
    assert pmids(digest["studies"]) == ["1002"]
    assert digest["flow"]["seen"] == 1


def test_running_twice_says_nothing_new_and_still_writes_a_digest(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    done = household.litwatch("run", "sesame", f"--as-of={household.day}", "--json")
    assert done.status == 0
    assert done.json[0]["reported"] == 0
    assert household.digest(2)["studies"] == []


def test_a_run_with_nothing_new_makes_one_search_and_no_fetch(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1), study(2))
    household.run()
    before = len(pubmed.asked)
    household.day -= timedelta(days=6)  # the day after: nothing is due to be read again
    household.run()
    assert pubmed.asked[before:] == ["esearch"]


def test_a_record_that_first_matches_long_after_its_entry_is_reported_once(
    household: Household, pubmed: PubMed
) -> None:
    plain = study(1, title="Sesame at last", text="Sesame was given to volunteers.")
    pubmed.hold(plain)
    household.run()
    pubmed.hold(study(1, title="Sesame at last", text="Sesame was given to volunteers; swelling fell."))
    household.run()
    household.run()
    reported = [pmids(household.digest(issue)["studies"]) for issue in (1, 2, 3)]
    assert reported == [[], ["1001"], []]


def test_a_contrary_trial_is_the_first_thing_that_the_digest_says(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    methods = "Sixty volunteers were randomly assigned to sesame or placebo."
    contrary = study(2, f"{methods} Swelling was significantly higher with sesame than with placebo (P = 0.01).")
    pubmed.hold(study(1), contrary)
    household.run()
    (signal,) = household.digest(2)["states"][0]["signals"]
    assert signal["kind"] == "opposing finding at the same or a higher level"
    assert [(work["pmid"], work["title"]) for work in signal["works"]] == [("1002", "Sesame and swelling, study 2")]
    page = (household.folder / "output" / "sesame" / "2" / "digest.md").read_text(encoding="utf-8")
    attention = page[page.index("## What needs attention") :]
    assert attention.splitlines()[2] == "### Claims to look at again"
    household.run()
    assert household.digest(3)["states"][0]["signals"] == []


def test_could_not_search_is_not_nothing_new(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    pubmed.vanish()
    done = household.run()
    assert done.status == 11
    assert "could not search" in done.err
    page = (household.folder / "output" / "sesame" / "could-not-search" / "digest.html").read_text(encoding="utf-8")
    assert "could not" in page.lower()
    assert not (household.folder / "output" / "sesame" / "2").exists()


def test_after_an_outage_nothing_is_lost(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    pubmed.vanish()
    household.run()
    pubmed.hold(study(1), study(2))
    assert household.run().status == 0
    assert pmids(household.digest(2)["studies"]) == ["1002"]
    assert not (household.folder / "output" / "sesame" / "could-not-search").exists()


def test_a_retraction_of_a_reported_work_comes_first_and_once(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    pubmed.hold(study(1, links=(a_link("RetractionIn", "77"),)))
    household.run()
    household.run()
    notices = household.digest(2)["notices"]
    assert [(notice["pmid"], notice["kind"]) for notice in notices] == [("1001", "retraction")]
    assert household.digest(3)["notices"] == []


def test_a_retraction_of_a_cited_work_is_noticed_although_the_strategy_does_not_find_it(
    household: Household, pubmed: PubMed
) -> None:
    household.watch(WATCH + '[[references]]\nid = "R1"\nas_written = "(Roe, 2001)"\nclaims = ["C1"]\npmid = "501"\n')
    pubmed.hold(a_record("501", title="Another matter"))
    household.run()
    assert household.digest(1)["references"][0]["state"] == "given"
    pubmed.hold(a_record("501", title="Another matter", links=(a_link("RetractionIn", "78"),)))
    household.run()
    assert [notice["pmid"] for notice in household.digest(2)["notices"]] == ["501"]


def test_an_erratum_is_not_called_a_retraction(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    pubmed.hold(study(1, links=(a_link("ErratumIn", "79"),)))
    household.run()
    assert [notice["kind"] for notice in household.digest(2)["notices"]] == ["erratum"]


def test_the_same_work_under_two_records_is_reported_once(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1, doi="10.5555/same"), study(2, title="Sesame and swelling, study 1", doi="10.5555/same"))
    household.run()
    digest = household.digest(1)
    assert pmids(digest["studies"]) == ["1001"]
    assert digest["flow"]["duplicates"] == 1


def test_a_cited_record_is_not_reported_as_new(household: Household, pubmed: PubMed) -> None:
    household.watch(WATCH + '[[references]]\nid = "R1"\nas_written = "(Roe, 2001)"\nclaims = ["C1"]\npmid = "1001"\n')
    pubmed.hold(study(1), study(2))
    household.run()
    digest = household.digest(1)
    assert pmids(digest["studies"]) == ["1002"]
    assert digest["flow"]["cited"] == 1


def test_a_dry_run_writes_nothing(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    done = household.run("--dry-run")
    assert done.status == 0
    assert "Sesame and swelling, study 1" in done.out
    assert not (household.folder / "output" / "sesame").exists()
    household.run()
    assert pmids(household.digest(1)["studies"]) == ["1001"]


def test_a_run_as_of_an_earlier_day_than_the_last_issue_is_refused(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    done = household.litwatch("run", "sesame", "--as-of=2026-01-01")
    assert done.status == 10
    assert "issue 1" in done.err


def test_a_replayed_run_says_when_it_really_searched(household: Household, pubmed: PubMed) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    household.run()
    digest = household.digest(1)
    assert digest["made_at"].startswith(str(household.day))
    assert datetime.fromisoformat(digest["search"]["searched_at"]) >= before


def test_due_runs_a_watch_when_its_time_has_come_and_is_silent_otherwise(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    assert household.litwatch("run", "--due", "--as-of=2026-01-05").status == 0
    again = household.litwatch("run", "--due", "--as-of=2026-01-05")
    assert (again.status, again.out, again.err) == (0, "", "")
    assert household.litwatch("run", "--due", "--as-of=2026-01-12").out.strip().endswith("2/digest.html")


def test_a_reported_record_that_pubmed_withdraws_is_a_notice_once_and_not_asked_for_every_time(
    household: Household, pubmed: PubMed
) -> None:
    pubmed.hold(study(1), study(2))
    household.run()
    pubmed.hold(study(2))
    assert household.run().status == 0
    assert [(notice["pmid"], notice["kind"]) for notice in household.digest(2)["notices"]] == [
        ("1001", "withdrawn from PubMed")
    ]
    household.day -= timedelta(days=6)
    before = len(pubmed.asked)
    assert household.run().status == 0
    assert pubmed.asked[before:] == ["esearch"]
    assert household.digest(3)["notices"] == []

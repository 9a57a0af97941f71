"""The other commands, as people use them."""

import json
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from Bio import Medline

from tests.builders import a_link, a_record, records_xml, sections
from tests.functional.conftest import WATCH, Household, PubMed
from tests.functional.test_weekly_digest import study


def test_init_writes_a_starter_that_check_accepts_and_never_writes_over(household: Household, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert household.litwatch("init", "my-topic", "--folder", str(new)).status == 0
    assert tomllib.loads((new / "config/watches/my-topic.toml").read_text(encoding="utf-8"))["title"]
    (new / "config/litwatch.toml").write_text('[ncbi]\nemail = "me@example.org"\n', encoding="utf-8")
    again = household.litwatch("init", "my-topic", "--folder", str(new))
    assert (again.status, again.out) == (0, "")
    assert "exists" in again.err
    done = household.litwatch("--config", str(new / "config/litwatch.toml"), "check")
    assert done.status == 0
    assert "my-topic: 1 claim, 1 cited reference, due Mon " in done.out
    assert "warning" not in done.err


def test_init_refuses_a_name_that_would_leave_its_folder(household: Household) -> None:
    assert household.litwatch("init", "../evil").status == 2


def test_check_names_every_fault_of_every_file_at_once(household: Household) -> None:
    faulty = WATCH.replace("outcomes", "outcome") + '[schedule]\ncron = "0 7 * * 8"\n'
    household.watch(faulty + '[[references]]\nid = "R1"\nas_written = "(Roe)"\npmid = "12a"\n')
    household.watch(WATCH.replace('strategy = "sesame', 'strategy = "(sesame'), name="other")
    done = household.litwatch("check")
    assert done.status == 10
    assert "claims[1].outcome: unknown key (did you mean 'outcomes'?)" in done.err
    assert "claims[1].outcomes: is missing" in done.err
    assert "schedule.cron" in done.err
    assert "references[1].pmid: not a PMID: '12a'" in done.err
    assert "other.toml: search.strategy" in done.err


def test_check_names_the_faults_of_the_settings_and_of_the_watches_together(household: Household) -> None:
    settings = household.folder / "config" / "litwatch.toml"
    settings.write_text('[ncbi]\nemial = "x"\n', encoding="utf-8")
    household.watch(WATCH.replace("outcomes", "outcome"))
    done = household.litwatch("check")
    assert done.status == 10
    assert "ncbi.emial: unknown key (did you mean 'email'?)" in done.err
    assert "claims[1].outcome: unknown key" in done.err


def test_check_warns_of_an_arm_that_only_indexed_records_meet(household: Household) -> None:
    household.watch(WATCH.replace("sesame[tiab] AND swelling[tiab]", "sesame[mh] AND swelling[tiab]"))
    done = household.litwatch("check")
    assert done.status == 0
    assert "warning" in done.err


def test_check_online_says_who_answers(household: Household, pubmed: PubMed) -> None:
    done = household.litwatch("check", "--online")
    assert done.status == 0
    assert "without an API key" in done.out
    pubmed.vanish()
    assert household.litwatch("check", "--online").status == 11


def test_a_missing_configuration_says_what_to_do(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("--config", str(tmp_path / "none.toml"), "check")
    assert done.status == 10
    assert "litwatch init" in done.err


@pytest.mark.parametrize("output", ["table", "json", "csv", "ris", "bibtex", "nbib", "csl", "pmid"])
def test_search_prints_every_format(household: Household, pubmed: PubMed, output: str) -> None:
    pubmed.hold(study(1), study(2))
    done = household.litwatch("search", "sesame[tiab]", "--format", output)
    assert done.status == 0
    assert "1001" in done.out
    assert "1002" in done.out
    assert "2 found" in done.err


def test_search_finds_the_newest_first_and_no_more_than_asked(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1), study(2), study(3))
    done = household.litwatch("search", "sesame[tiab]", "--format", "pmid", "--limit", "2")
    assert done.out.split() == ["1003", "1002"]


def test_search_by_design_reads_on_until_it_has_enough(household: Household, pubmed: PubMed) -> None:
    trial = "Forty volunteers were randomly assigned to sesame or placebo in a randomised controlled trial."
    pubmed.hold(study(1, trial, title="Sesame: a randomised controlled trial"), study(2), study(3))
    done = household.litwatch(
        "search", "sesame[tiab]", "--format", "pmid", "--limit", "1", "--design", "randomised controlled trial"
    )
    assert done.out.split() == ["1001"]


def test_search_in_an_archive_needs_no_configuration(household: Household, tmp_path: Path) -> None:
    xml = tmp_path / "set.xml"
    xml.write_bytes(records_xml(study(1), study(2)))
    archive = tmp_path / "set.db"
    assert household.litwatch("archive", "build", str(archive), str(xml)).out.strip() == str(archive)
    done = household.litwatch(
        "--config", "nowhere.toml", "search", "--archive", str(archive), "sesame[ti]", "--format", "pmid"
    )
    assert (done.status, done.out.split()) == (0, ["1002", "1001"])
    assert household.litwatch("archive", "search", str(archive), "sesame[ti]").out.split() == ["1001", "1002"]
    assert "records: 2" in household.litwatch("archive", "info", str(archive)).out


def test_a_query_that_cannot_be_read_is_an_error_and_not_zero_results(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    done = household.litwatch("search", "sesame[nosuchtag]")
    assert done.status in (10, 11)
    assert "nosuchtag" in done.err


def test_show_lists_watches_and_issues_and_prints_a_digest(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    assert "Sesame and swelling" in household.litwatch("show").out
    assert "baseline" in household.litwatch("show", "sesame").out
    latest = household.litwatch("show", "sesame", "latest")
    assert latest.out == household.digest(1, "digest.md")
    assert json.loads(household.litwatch("show", "sesame", "1", "--format", "json").out) == household.digest(1)
    assert "searched" in household.litwatch("show").out
    assert household.litwatch("show", "sesame", "7").status == 10
    assert "did you mean 'sesame'" in household.litwatch("show", "sesami").err


def test_show_gives_the_works_of_an_issue_to_a_reference_manager(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1), study(2))
    household.run()
    pubmed.hold(study(1), study(2), study(3, links=(a_link("RetractionIn", "77"),)))
    household.run()
    read: dict[str, Callable[[str], list[str]]] = {
        "ris": lambda text: [entry["accession_number"] for entry in rispy.loads(text)],
        "bibtex": lambda text: [entry["pmid"] for entry in parse_string(text).entries],
        "nbib": lambda text: [each["PMID"] for each in Medline.parse(StringIO(text))],  # type: ignore[no-untyped-call]
        "csl": lambda text: [item["PMID"] for item in json.loads(text)],
    }
    for output, pmids_of in read.items():
        first = household.litwatch("show", "sesame", "1", "--format", output)
        assert (pmids_of(first.out), first.err) == ([each["pmid"] for each in household.digest(1)["studies"]], "")
        latest = household.litwatch("show", "sesame", "latest", "--format", output)
        assert (pmids_of(latest.out), latest.err.strip()) == (["1003"], "PMID 1003 is retracted")


def test_show_says_that_a_watch_never_ran_or_could_not_search(household: Household, pubmed: PubMed) -> None:
    assert "never run" in household.litwatch("show").out
    assert "`litwatch run sesame` writes the first issue" in household.litwatch("show", "sesame").err
    nothing = household.litwatch("show", "sesame", "latest")
    assert (nothing.status, nothing.out) == (10, "")
    assert "no issue yet" in nothing.err
    pubmed.hold(study(1))
    household.run()
    pubmed.vanish()
    household.run()
    assert "could not search" in household.litwatch("show").out
    for asked in (("sesame",), ("sesame", "latest")):
        done = household.litwatch("show", *asked)
        assert done.status == 0
        assert "could-not-search/digest.html" in done.err
    assert done.out == household.digest(1, "digest.md")


def test_explain_tells_the_chain_of_every_verdict(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.run()
    done = household.litwatch("explain", "1001")
    assert done.status == 0
    for word in ("here: a new work", "issue 1", "design", "population", "bears on C1", "swelling", "because"):
        assert word in done.out
    unknown = household.litwatch("explain", "5")
    assert unknown.status == 2
    assert "never read" in unknown.err


def test_explain_tells_the_direction_of_each_outcome_with_its_sentence(household: Household, pubmed: PubMed) -> None:
    text = "Swelling was significantly lower with sesame than with placebo (P = 0.01). Pain was recorded."
    pubmed.hold(a_record("1001", title="Sesame and swelling", abstract=sections(RESULTS=text)))
    household.run()

    told = " ".join(household.litwatch("explain", "1001").out.split())
    assert "direction of swelling: decrease" in told
    assert "told: decrease, against placebo, p = 0.01" in told
    assert "because: lower, said of the intervention (than the arm)" in told
    assert "quote (abstract, RESULTS, sentence 1): “Swelling was significantly lower" in told
    assert "direction unclear: pain" in told


def test_explain_tells_a_major_harm_and_how_the_claim_stands(household: Household, pubmed: PubMed) -> None:
    text = "Forty patients were randomly assigned to sesame or placebo. Swelling fell. Sesame caused hepatotoxicity."
    pubmed.hold(a_record("1001", title="Sesame and swelling", abstract=sections(text)))
    household.run()

    told = " ".join(household.litwatch("explain", "1001").out.split())
    assert "major harm: liver injury because: caused by it quote (abstract, sentence 3): “Sesame caused" in told
    assert "all works on C1: 1 work: 1 unclear (RCT)" in told


def test_schedule_prints_what_cron_and_systemd_need(household: Household) -> None:
    crontab = household.litwatch("schedule", "--print", "crontab").out
    assert crontab.startswith("*/15 * * * * cd ")
    assert str(household.folder / "config" / "litwatch.toml") in crontab
    assert "[Timer]" in household.litwatch("schedule", "--print", "systemd").out


def test_run_wants_to_know_what_to_run(household: Household) -> None:
    done = household.litwatch("run")
    assert done.status == 2
    assert "--all" in done.err
    assert household.litwatch("run", "nobody").status == 10


def test_one_watch_in_trouble_does_not_stop_the_others(household: Household, pubmed: PubMed) -> None:
    household.watch(WATCH.replace("sesame[tiab] AND", "sesame[tiab] AND poppy[xyz] AND"), name="odd")
    pubmed.hold(study(1))
    done = household.litwatch("run", "--all", "--json")
    assert done.status == 10
    assert [(report["watch"], report["state"], report["status"]) for report in done.json] == [
        ("sesame", "done", 0),
        ("odd", "failed", 10),
    ]
    assert "search.strategy" in done.json[1]["detail"]
    assert household.litwatch("run", "sesame").status == 0
    assert household.litwatch("run", "odd").status == 10
    shown = household.litwatch("show")
    assert "search.strategy" in shown.err
    assert "sesame" in shown.out
    household.watch(WATCH, name="odd")
    done = household.litwatch("run", "--all", "--json")
    assert [report["state"] for report in done.json] == ["done", "done"]


def test_run_says_what_kind_of_issue_it_wrote(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1), study(2))
    assert "sesame: dry run, nothing is kept: issue 1 (baseline): 2 works, 0 notices" in household.run("--dry-run").err
    assert "sesame: issue 1 (baseline): 2 works, 0 notices" in household.run().err
    assert household.run().err.splitlines()[-1] == "sesame: issue 2 (news): nothing new"


def test_run_without_any_watch_says_so_but_cron_hears_nothing(household: Household) -> None:
    (household.folder / "config" / "watches" / "sesame.toml").unlink()
    done = household.litwatch("run", "--all")
    assert (done.status, done.out) == (0, "")
    assert "there is no watch yet" in done.err
    assert household.litwatch("run", "--due") == (0, "", "")


def test_a_day_that_is_none_is_told_how_to_write_one(household: Household) -> None:
    done = household.litwatch("run", "sesame", "--as-of", "5.1.2026")
    assert done.status == 2
    assert "'5.1.2026' is not a day; write it as in 2026-01-31" in done.err


def test_a_command_that_is_none_is_answered_with_the_nearest_one(household: Household) -> None:
    done = household.litwatch("serach")
    assert done.status == 2
    assert "Did you mean 'search'?" in done.err


def test_usage_errors_end_with_2_and_help_with_0(household: Household) -> None:
    assert household.litwatch("nonsense").status == 2
    assert household.litwatch("run", "--nonsense").status == 2
    assert household.litwatch("--help").status == 0

"""Killed at every write, then run again: nothing lost, nothing announced twice."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from litwatch.model.record import PublicationType
from tests.builders import a_link
from tests.functional.conftest import Household, PubMed, pmids
from tests.functional.test_weekly_digest import study
from tests.shared_data import ROOT


def killed_run(household: Household, what: str, number: int) -> subprocess.CompletedProcess[str]:
    arguments = [what, str(number), "run", "sesame", f"--as-of={household.day}"]
    return subprocess.run(
        [sys.executable, "-m", "tests.functional.killed_run", *arguments],
        cwd=household.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def a_home(household: Household, name: str) -> None:
    """Move into a fresh folder with the same configuration, at the same day."""
    settings = household.folder.parent / "home" / "config" / "litwatch.toml"
    household.folder = household.folder.parent / name
    household.watch()
    (household.folder / "config" / "litwatch.toml").write_text(settings.read_text(encoding="utf-8"), encoding="utf-8")
    household.patch.chdir(household.folder)
    household.day = date(2026, 1, 5)


def issues(household: Household) -> list[dict[str, Any]]:
    """Every issue in the output folder, each of them whole, numbered without a gap."""
    folders = sorted((household.folder / "output" / "sesame").glob("*/"), key=lambda path: int(path.name))
    assert [path.name for path in folders] == [str(number) for number in range(1, len(folders) + 1)]
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == {"digest.html", "digest.md", "digest.json", "digest.csv"}
    return [household.digest(int(folder.name)) for folder in folders]


def holds_what_was_told(household: Household, digests: list[dict[str, Any]]) -> None:
    """The feed beside the issues tells each of them, and each notice, once."""
    feed = json.loads((household.folder / "output" / "sesame" / "feed.json").read_text(encoding="utf-8"))
    issues = [item["_litwatch"]["issue"] for item in feed["items"] if item["title"].startswith("Issue ")]
    assert issues == [digest["number"] for digest in reversed(digests)]
    notices = [item["title"] for item in feed["items"] if item["title"].startswith("Retraction: ")]
    assert len(notices) == sum(len(digest["notices"]) for digest in digests)


def told(household: Household) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """All PMIDs reported, all notices, and all PMIDs appraised anew, over all issues."""
    digests = issues(household)
    holds_what_was_told(household, digests)
    return (
        sorted(study["pmid"] for digest in digests for study in digest["studies"]),
        sorted((notice["pmid"], notice["kind"]) for digest in digests for notice in digest["notices"]),
        sorted(study["pmid"] for digest in digests for study in digest["updated"]),
    )


def kill_at_each(household: Household, what: str, prepare: Callable[[], object], expected: object) -> int:
    """Kill a run at its 1st, 2nd, … write until one comes through; let a later run mend each."""
    number = 1
    while True:
        a_home(household, f"{what}-{number}")
        prepare()
        household.day += timedelta(days=7)
        done = killed_run(household, what, number)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        # At once: what the killed run had read and not yet told is not put off until it is due again, nor by its lease.
        household.day -= timedelta(days=7)
        assert household.run().status == 0
        assert told(household) == expected, f"{what} {number}"
        if done.returncode == 0:
            match = re.search(r"seen (\d+)", done.stderr)
            assert match is not None
            assert int(match[1]) == number - 1
            return number - 1
        number += 1


def test_killed_at_every_write_of_the_first_run_nothing_is_lost_and_nothing_announced_twice(
    household: Household, pubmed: PubMed
) -> None:
    pubmed.hold(study(1), study(2), study(3))
    assert kill_at_each(household, "commit", lambda: None, (["1001", "1002", "1003"], [], [])) >= 5


@pytest.mark.parametrize(("what", "at_least"), [("commit", 5), ("file", 5)])
def test_killed_at_every_write_of_a_later_run_its_news_and_notices_come_once(
    household: Household, pubmed: PubMed, what: str, at_least: int
) -> None:
    before = (study(1), study(2))
    retracted = study(1, links=(a_link("RetractionIn", "77"),))
    indexed = study(2, publication_types=(PublicationType("D016449", "Randomized Controlled Trial"),))
    pubmed.hold(*before)
    a_home(household, "issue-1")
    household.run()
    shutil.copytree(household.folder / "output", household.folder.parent / "output-1")
    pubmed.hold(retracted, indexed, study(3))

    def prepare() -> None:
        shutil.copytree(household.folder.parent / "output-1", household.folder / "output")
        household.day += timedelta(days=7)

    expected = (["1001", "1002", "1003"], [("1001", "retraction")], ["1002"])
    assert kill_at_each(household, what, prepare, expected) >= at_least


def test_two_issues_that_were_promised_and_not_delivered_come_in_order(household: Household, pubmed: PubMed) -> None:
    for number in (1, 2):
        pubmed.hold(*map(study, range(1, number + 1)))
        household.day += timedelta(days=7)
        assert killed_run(household, "file", 1).returncode == -signal.SIGKILL
    assert not list((household.folder / "output").rglob("digest.html"))
    assert household.run().status == 0
    assert [pmids(digest["studies"]) for digest in issues(household)] == [["1001"], ["1002"], []]


def test_what_was_promised_is_delivered_also_by_a_run_that_cannot_search(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.day += timedelta(days=7)
    assert killed_run(household, "file", 1).returncode == -signal.SIGKILL
    pubmed.vanish()
    assert household.run().status == 11
    output = household.folder / "output" / "sesame"
    assert pmids(household.digest(1)["studies"]) == ["1001"]
    assert (output / "could-not-search" / "digest.html").exists()
    assert "could-not-search/digest.html" in (output / "index.html").read_text(encoding="utf-8")

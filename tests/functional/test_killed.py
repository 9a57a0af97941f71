"""Killed at every write, then run again: nothing lost, nothing announced twice."""

import os
import re
import signal
import subprocess
import sys

import pytest

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


def kill_at_each(household: Household, pubmed: PubMed, what: str) -> int:
    """Kill a first run at its 1st, 2nd, … write until one comes through; let a later run mend each."""
    number = 1
    while True:
        household.folder = household.folder.parent / f"{what}-{number}"
        household.watch()
        settings = household.folder.parent / "home" / "config" / "litwatch.toml"
        (household.folder / "config" / "litwatch.toml").write_text(
            settings.read_text(encoding="utf-8"), encoding="utf-8"
        )
        household.patch.chdir(household.folder)
        done = killed_run(household, what, number)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        assert household.run().status == 0
        issues = sorted((household.folder / "output" / "sesame").glob("*/digest.json"))
        announced = [pmid for issue in issues for pmid in pmids(household.digest(int(issue.parent.name))["studies"])]
        assert sorted(announced) == ["1001", "1002", "1003"], f"{what} {number}: {announced}"
        assert [int(issue.parent.name) for issue in issues] == list(range(1, len(issues) + 1))
        for issue in issues:
            names = {path.name for path in issue.parent.iterdir()}
            assert names == {"digest.html", "digest.md", "digest.json", "digest.csv"}
        if done.returncode == 0:
            match = re.search(r"seen (\d+)", done.stderr)
            assert match is not None
            assert int(match[1]) == number - 1
            return number - 1
        number += 1


@pytest.mark.parametrize(("what", "at_least"), [("commit", 5), ("file", 5)])
def test_killed_at_every_write_nothing_is_lost_and_nothing_announced_twice(
    household: Household, pubmed: PubMed, what: str, at_least: int
) -> None:
    pubmed.hold(study(1), study(2), study(3))
    assert kill_at_each(household, pubmed, what) >= at_least

"""The embedded sample, as `make run` runs it: the committed digests are what the program writes."""

import re
from pathlib import Path

from tests.functional.conftest import Household
from tests.shared_data import ROOT

COMMITTED = ROOT / "output" / "sample" / "ketamine-inflammation"
DAYS = re.findall(r"run --sample --as-of ([0-9-]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sample_is_replayed_to_the_digests_that_are_committed(household: Household) -> None:
    for day in DAYS:
        assert household.litwatch("run", "--sample", f"--as-of={day}").status == 0
    written = contents(household.folder / "output" / "sample" / "ketamine-inflammation")
    assert written.keys() == contents(COMMITTED).keys()
    assert [name for name, body in contents(COMMITTED).items() if written[name] != body] == []


def test_the_retracted_trial_is_the_first_thing_that_the_second_issue_says(household: Household) -> None:
    for day in DAYS[:2]:
        household.litwatch("run", "--sample", f"--as-of={day}")
    page = (household.folder / "output/sample/ketamine-inflammation/2/digest.md").read_text(encoding="utf-8")
    attention = page[page.index("## What needs attention") :]
    assert "16616662" in attention[: attention.index("## What bears on the claims")]
    assert "**RETRACTION**" in attention[:200]


def test_the_sample_runs_twice_and_says_nothing_new(household: Household) -> None:
    for _ in range(2):
        done = household.litwatch("run", "--sample", f"--as-of={DAYS[0]}", "--json")
    assert done.status == 0
    assert (done.json[0]["issue"], done.json[0]["reported"], done.json[0]["notices"]) == (2, 0, 0)

"""The measure of stances counts what is asserted beside a reader's labels."""

import json
from pathlib import Path

import pytest

from litwatch.errors import UnreadableData
from litwatch.evaluation.stances import agreement, confusion, coverage, measure_stances

STUDIES = [
    ("1", "Ketamine lowers interleukin-6 in rats", "", False, "C1", "supports"),
    ("2", "Invented trial.", "IL-6 did not differ significantly between ketamine and saline.", False, "C1", "supports"),
    ("3", "Ketamine lowers interleukin-6 in mice", "", True, "C1", "unclear"),
    (None, "Ketamine and interleukin-6", "", False, "C1", "supports"),
    ("5", "Ketamine and invented things", "", False, "C2", "unclear"),
]


def catalogue(folder: Path) -> Path:
    lines = [
        json.dumps(
            {
                "id": f"K{place}", "pmid": pmid, "title": title, "summary": text, "retracted": retracted,
                "bears_on": [{"claim": claim, "stance": stance}],
            }
        )
        for place, (pmid, title, text, retracted, claim, stance) in enumerate(STUDIES)
    ]  # fmt: skip
    (folder / "studies.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_asserted_stances_are_compared_with_the_labels(tmp_path: Path) -> None:
    judged = measure_stances(catalogue(tmp_path))

    assert [each.told for each in judged] == ["supports", "challenges", "unclear", "unclear", "no bearing"]
    assert agreement(judged)[:2] == (1, 2)
    assert coverage(judged)[:2] == (2, 3)
    assert confusion(judged)["supports", "challenges"] == 1


def test_data_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableData, match="no studies"):
        measure_stances(tmp_path)
    (tmp_path / "studies.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableData, match="studies"):
        measure_stances(tmp_path)

"""``litwatch evaluate stance``, as the people who doubt it use it."""

import json
from pathlib import Path

import pytest

from litwatch.evaluation.stances import agreement, measure_stances
from tests.functional.conftest import Household

CATALOGUE = Path(__file__).parents[2].parent / "shared" / "data" / "catalogue"
STUDY = {
    "id": "K1",
    "pmid": "1",
    "title": "Ketamine lowers interleukin-6",
    "summary": "",
    "retracted": False,
    "bears_on": [{"claim": "C1", "stance": "supports"}, {"claim": "C2", "stance": "challenges"}],
}


def test_stances_are_counted_and_errors_told_with_their_sentence(household: Household, tmp_path: Path) -> None:
    (tmp_path / "studies.jsonl").write_text(json.dumps(STUDY), encoding="utf-8")
    done = household.litwatch("evaluate", "stance", "--data", str(tmp_path))

    assert done.status == 0
    assert "2 stances of 1 studies" in done.out
    assert "1.0000 (1 of 1;" in done.out

    errors = household.litwatch("evaluate", "stance", "--errors", "--data", str(tmp_path)).out
    assert "no bearing" in errors
    assert "supports" not in errors


@pytest.mark.skipif(not CATALOGUE.is_dir(), reason="needs ../shared/data/catalogue")
def test_the_catalogue_is_judged_as_its_reader_did() -> None:
    judged = measure_stances(CATALOGUE)
    share = agreement(judged)

    assert share.whole >= 50
    assert share.value >= 0.9
    null_trials = {"21809148", "33532995", "27718369"}
    assert not [each for each in judged if each.study in null_trials and each.told in ("supports", "mixed")]

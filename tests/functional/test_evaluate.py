"""``litwatch evaluate``, as the people who build litwatch and those who doubt it use it."""

from pathlib import Path

import pytest

from litwatch.evaluation.duplicates import by_litwatch, labelled_sets, measure
from tests.functional.conftest import Household
from tests.labelled import a_labelled_set

SETS = Path(__file__).parents[2].parent / "shared" / "data" / "dedup"


def test_duplicates_are_measured_beside_bib_dedupe_in_one_run(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "duplicates", "--data", str(a_labelled_set(tmp_path / "invented")))

    assert done.status == 0
    assert "invented: 4 records, 1 pair of duplicates" in done.out
    assert "  litwatch       1.0000  1.0000 1.0000             0" in done.out
    assert "  bib-dedupe     1.0000  1.0000 1.0000             0" in done.out
    assert "litwatch took 1/" in done.out


def test_without_bib_dedupe_litwatch_is_measured_alone_and_says_so(
    household: Household, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litwatch.evaluation.duplicates.load_bib_dedupe", lambda: None)

    done = household.litwatch("evaluate", "duplicates", "--data", str(a_labelled_set(tmp_path / "invented")))

    assert done.status == 3
    assert "bib-dedupe is not installed" in done.err
    assert "bib-dedupe" not in done.out


def test_a_folder_without_labels_is_no_result(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "duplicates", "--data", str(tmp_path / "pubmed"))

    assert (done.status, done.out) == (12, "")
    assert "no records_pre_merged.csv" in done.err


@pytest.mark.skipif(not SETS.is_dir(), reason="needs ../shared/data/dedup")
@pytest.mark.parametrize("name", ["respiratory", "haematology", "cytology_screening"])
def test_no_real_set_is_worse_than_it_was_measured(name: str) -> None:
    floor = {"respiratory": 0.96, "haematology": 0.90, "cytology_screening": 0.99}

    score = measure(by_litwatch, labelled_sets(SETS / name)[0])

    assert score.false == 0
    assert score.f1 >= floor[name]

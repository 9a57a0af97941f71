"""``litwatch evaluate relevance``, as the people who doubt it use it."""

from pathlib import Path

import pytest

from litwatch.evaluation.relevance import by_litwatch, mean_of, read_sets, work_saved
from tests.functional.conftest import Household
from tests.labelled_screening import labelled_screening

SETS = Path(__file__).parents[2].parent / "shared" / "data" / "screening"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    labelled_screening(tmp_path / "data")
    return tmp_path / "data"


def test_the_work_saved_is_told_of_each_set_and_in_the_mean(household: Household, data: Path) -> None:
    done = household.litwatch("evaluate", "relevance", "--data", str(data), "--seeds", "2")
    assert done.status == 3
    assert "Invented: 12 of 60 works included" in done.out
    assert done.out.count("work saved 0.") == 2
    assert "ranked low once 19 included works and 57 others are decided" in done.out
    assert "litwatch is measured alone; --asreview names an interpreter" in done.err


def test_the_included_works_found_last_are_told_as_a_table(household: Household, data: Path) -> None:
    done = household.litwatch("evaluate", "relevance", "--data", str(data), "--seeds", "1", "--errors")
    assert done.status == 0
    header, *rows = [line.split("\t") for line in done.out.splitlines()]
    assert header == ["set", "PMID", "found after", "title", "abstract"]
    assert len(rows) == 5
    assert {row[0] for row in rows} == {"Invented"}


def test_a_folder_without_screenings_is_no_result(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "relevance", "--data", str(tmp_path))
    assert (done.status, done.out) == (12, "")


@pytest.mark.skipif(not SETS.is_dir(), reason="needs ../shared/data/screening")
def test_as_much_work_is_saved_on_the_smaller_reviews_as_the_readme_says() -> None:
    sets = [each for each in read_sets(SETS) if len(each.texts) < 1000]
    saved = mean_of([work_saved(each, screening) for each in sets for screening in by_litwatch(each, (0,))])
    assert saved.value > 0.42

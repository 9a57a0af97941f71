"""``litwatch evaluate direction``, as the people who doubt it use it."""

from pathlib import Path

import pytest

from litwatch.evaluation.direction_data import is_held_out, read_examples
from litwatch.evaluation.directions import measure_held_out
from tests.functional.conftest import Household
from tests.labelled_directions import labelled_directions

SETS = Path(__file__).parents[2].parent / "shared" / "data" / "direction"


def test_directions_are_measured_and_the_sentences_are_told_with_their_number(
    household: Household, tmp_path: Path
) -> None:
    done = household.litwatch("evaluate", "direction", "--data", str(labelled_directions(tmp_path / "invented")))

    assert done.status == 0
    assert "unseen, judged by the shipped weights: 72 sentences of 24 documents" in done.out
    assert "macro-F1        1.0000" in done.out
    assert "coverage" in done.out


def test_no_error_of_an_unseen_document_is_printed(household: Household, tmp_path: Path) -> None:
    data = labelled_directions(tmp_path / "invented")
    done = household.litwatch("evaluate", "direction", "--errors", "--data", str(data))

    assert (done.status, done.out) == (0, "")


def test_a_folder_without_sentences_is_no_result(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "direction", "--data", str(tmp_path / "pubmed"))

    assert (done.status, done.out) == (12, "")
    assert "no evidence.jsonl" in done.err


@pytest.mark.skipif(not SETS.is_dir(), reason="needs ../shared/data/direction")
def test_held_out_documents_are_told_no_worse_than_the_bar() -> None:
    examples = read_examples(SETS)
    held_out = [example for example in examples if is_held_out(example.document)]
    measured = measure_held_out(held_out, [example for example in examples if not is_held_out(example.document)])

    assert measured.macro_f1 >= 0.80
    assert measured.covered_precision.value >= 0.93
    assert measured.covered.value >= 0.60

"""Directions are measured on documents that the model has not seen: by cross-validation, or because it never did."""

from pathlib import Path

import pytest

from litwatch.appraisal.direction_model import DIRECTIONS, parse_model
from litwatch.errors import UnreadableData
from litwatch.evaluation.direction_data import Example, is_held_out, read_examples
from litwatch.evaluation.direction_training import (
    choose_threshold,
    cross_validated,
    lessons_of,
    main,
    train,
    write_model,
)
from litwatch.evaluation.directions import Judged, Measured, measure_directions, measure_held_out
from litwatch.model.direction import Direction
from tests.labelled_directions import labelled_directions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return labelled_directions(tmp_path / "sets" / "direction")


def judged(label: Direction, likely: Direction, confidence: float = 0.9, document: str = "1") -> Judged:
    return Judged(Example(document, "", "", "", "", label), likely, confidence)


def test_examples_are_found_below_a_folder_and_both_spellings_are_one_label(folder: Path) -> None:
    examples = read_examples(folder.parent)

    assert len(examples) == 72
    assert {example.label for example in examples} == set(DIRECTIONS)


def test_exchanged_arms_have_the_contrary_label(folder: Path) -> None:
    lower = read_examples(folder)[0]

    assert (lower.label, lower.swapped.label) == (Direction.DECREASE, Direction.INCREASE)
    assert lower.swapped.swapped == lower


def test_a_model_learns_what_it_is_taught(folder: Path, tmp_path: Path) -> None:
    main(folder, tmp_path / "weights.tsv")

    model = parse_model((tmp_path / "weights.tsv").read_text(encoding="utf-8"))
    examples = read_examples(folder)
    assert model.documents == {example.document for example in examples}
    for example in examples:
        shares = model.probabilities(example.features)
        assert DIRECTIONS[shares.index(max(shares))] is example.label


def test_held_out_documents_are_judged_by_what_the_others_teach(folder: Path) -> None:
    examples = read_examples(folder)
    held_out = [example for example in examples if is_held_out(example.document)]
    others = [example for example in examples if not is_held_out(example.document)]
    misled = [example._replace(label=example.swapped.label) for example in others]

    assert len(held_out) + len(others) == 72
    assert measure_held_out(held_out, others).macro_f1 == 1
    assert measure_held_out(held_out, misled).macro_f1 < 0.5


def test_a_model_is_the_same_once_written_and_read(folder: Path) -> None:
    lessons = [each for pair in lessons_of(read_examples(folder)) for each in pair]
    model = train(lessons, 0.5)

    assert parse_model(write_model(model, len(lessons))) == model
    assert train(lessons, 0.5) == model


def test_no_document_is_judged_by_a_model_that_has_seen_it(folder: Path) -> None:
    lessons = lessons_of(read_examples(folder))
    told_wrong = [
        [each._replace(label=0) for each in pair] if pair[0].document == "invented3" else pair for pair in lessons
    ]

    for right, wrong, pair in zip(cross_validated(lessons), cross_validated(told_wrong), lessons, strict=True):
        if pair[0].document == "invented3":
            assert right == wrong


def test_the_threshold_is_the_lowest_at_which_enough_is_right() -> None:
    sure, less, least = (0.9, 0.1, 0.0), (0.7, 0.3, 0.0), (0.5, 0.4, 0.1)

    assert choose_threshold([sure, less, least], [0, 0, 1]) == 0.7
    assert choose_threshold([sure, less, least], [0, 0, 0]) == 0.5
    assert choose_threshold([sure], [1]) == 1.0


def test_documents_that_the_shipped_model_does_not_know_are_measured_by_it(folder: Path) -> None:
    (measured,) = measure_directions(folder, lambda line: None)

    assert measured.name == "unseen, judged by the shipped weights"
    assert measured.documents == 24
    assert measured.macro_f1 == 1


def test_the_measures_count_what_is_told() -> None:
    up, down, same = Direction.INCREASE, Direction.DECREASE, Direction.NO_DIFFERENCE
    measured = Measured("", [judged(up, up), judged(up, down, 0.4), judged(down, down), judged(same, same)], 0.5)

    assert measured.confusion == ((1, 0, 0), (1, 1, 0), (0, 0, 1))
    assert [round(each.f1, 3) for each in measured.classes] == [0.667, 0.667, 1]
    assert measured.macro_f1 == pytest.approx(7 / 9)
    assert (measured.covered.part, measured.covered_precision.part, measured.covered_precision.whole) == (3, 3, 3)
    assert (measured.precision_at_coverage.part, measured.precision_at_coverage.whole) == (3, 3)


def test_resamples_are_of_documents_and_always_the_same() -> None:
    up, down = Direction.INCREASE, Direction.DECREASE
    rows = [judged(up, up if number % 3 else down, document=str(number)) for number in range(30)]

    limits = Measured("", rows, 0.5).macro_f1_limits
    assert limits == Measured("", rows, 0.5).macro_f1_limits
    assert limits[0] < Measured("", rows, 0.5).macro_f1 < limits[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{\n", "line 1"),
        (b"\n[]\n", "line 2: not an object with the texts pmcid"),
        (b'{"pmcid": "1"}', "not an object"),
        (b"\xff", "decode"),
    ],
)
def test_a_broken_file_is_said_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "evidence.jsonl").write_bytes(content)

    with pytest.raises(UnreadableData, match=said):
        read_examples(tmp_path)


def test_an_unknown_label_is_said(folder: Path) -> None:
    file = folder / "evidence.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("no significant difference", "neither"), encoding="utf-8")

    with pytest.raises(UnreadableData, match="line 3: label 'neither' is none of"):
        read_examples(folder)


def test_a_folder_without_a_file_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(UnreadableData, match=r"no evidence\.jsonl in it or below"):
        read_examples(tmp_path)

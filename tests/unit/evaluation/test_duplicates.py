from pathlib import Path

import pytest

from litwatch.errors import UnreadableData
from litwatch.evaluation.duplicates import Score, by_litwatch, labelled_sets, load_bib_dedupe, measure
from tests.labelled import a_labelled_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_labelled_set(tmp_path / "sets" / "invented")


def test_sets_are_found_in_a_folder_and_below(folder: Path) -> None:
    (below,) = labelled_sets(folder.parent.parent)
    (direct,) = labelled_sets(folder)

    assert below == direct
    assert (below.name, len(below.rows), below.true) == ("invented", 4, frozenset({("a1", "a2")}))


def test_both_tools_find_the_duplicate_and_nothing_else(folder: Path) -> None:
    for tool in (by_litwatch, load_bib_dedupe()):
        assert tool is not None
        score = measure(tool, labelled_sets(folder)[0])

        assert (score.found, score.false, score.true) == (1, 0, 1)
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)


def test_a_group_of_three_is_three_pairs_and_a_wrong_member_two_false_merges(folder: Path) -> None:
    score = measure(lambda rows: [["a1", "a2", "b1"]], labelled_sets(folder)[0])

    assert (score.found, score.false) == (1, 2)
    assert [score.precision, score.recall, score.f1] == pytest.approx([1 / 3, 1, 1 / 2])


def test_a_tool_that_merges_nothing_is_precise_and_finds_nothing() -> None:
    score = Score(found=0, false=0, true=3, seconds=1.0)

    assert (score.precision, score.recall, score.f1) == (1, 0, 0)


def test_a_folder_without_a_set_is_said_and_not_measured_as_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableData, match=r"no records_pre_merged\.csv in it or below"):
        labelled_sets(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("records_pre_merged.csv", b"ID,title\na,b\n", "no column 'author'"),
        ("records_pre_merged.csv", b"ID,title,author,year\n\xff,b,c,d\n", "codec can't decode"),
        ("merged_record_ids.csv", b"ids\na;b\n", "no column 'merged_ids'"),
        ("merged_record_ids.csv", None, "No such file"),
    ],
)
def test_a_broken_set_is_said_with_its_file(folder: Path, name: str, content: bytes | None, said: str) -> None:
    file = folder / name
    file.unlink() if content is None else file.write_bytes(content)

    with pytest.raises(UnreadableData, match=said) as caught:
        labelled_sets(folder)

    assert str(file) in str(caught.value)

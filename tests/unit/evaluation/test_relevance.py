"""How screenings are simulated and measured, on sets small enough to count by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal.relevance_model import Text
from litwatch.errors import UnreadableData
from litwatch.evaluation import asreview_script
from litwatch.evaluation.relevance import (
    ScreenedSet,
    Screening,
    by_asreview,
    by_litwatch,
    found_last,
    mean_of,
    ranked_low,
    read_sets,
    work_saved,
)
from tests.labelled_screening import labelled_screening, screened_set


def a_set(included: str) -> ScreenedSet:
    """A set of which the works marked ``+`` are included."""
    pmids = tuple(str(number) for number in range(1, len(included) + 1))
    texts = tuple(Text(f"work {pmid}", "") for pmid in pmids)
    return ScreenedSet("invented", pmids, texts, tuple(sign == "+" for sign in included))


@pytest.mark.parametrize(
    ("order", "saved"),
    [((0, 1), 0.8 - 0.05), ((0, 2, 1), 0.7 - 0.05), ((9, 8, 7, 6, 5, 4, 3, 2, 1, 0), -0.05)],
)
def test_work_saved_is_what_was_not_screened_when_the_included_were_found(order: tuple[int, ...], saved: float) -> None:
    assert work_saved(a_set("++--------"), Screening(order, 1.0)) == pytest.approx(saved)


def test_of_twenty_included_works_nineteen_are_enough_and_of_nineteen_all_are_needed() -> None:
    order = tuple(range(40))
    assert work_saved(a_set("+" * 19 + "-" * 20 + "+"), Screening(order, 1.0)) == pytest.approx(21 / 40 - 0.05)
    assert work_saved(a_set("+" * 18 + "-" * 21 + "+"), Screening(order, 1.0)) == pytest.approx(-0.05)


def test_an_order_that_ends_too_early_is_no_result() -> None:
    with pytest.raises(ValueError, match="too few"):
        work_saved(a_set("++-"), Screening((0,), 1.0))


def test_a_screening_begins_with_its_priors_and_never_screens_a_work_twice() -> None:
    screened = screened_set()
    first, again = by_litwatch(screened, (3, 3))
    assert first.order == again.order
    assert first.order[:2] == screened.priors(3)
    assert len(set(first.order)) == len(first.order)
    assert sum(screened.included[place] for place in first.order) == sum(screened.included)


def test_what_is_written_like_the_included_is_screened_first() -> None:
    screened = screened_set()
    for screening in by_litwatch(screened, range(3)):
        assert work_saved(screened, screening) > 0.6


def test_the_works_found_last_come_with_the_share_screened_before_them() -> None:
    screened = a_set("++--")
    late = found_last(screened, [Screening((0, 2, 3, 1), 1.0), Screening((1, 0), 1.0)], 1)
    assert [(each.pmid, each.share) for each in late] == [("2", 0.375)]


def test_a_set_that_is_too_small_to_decide_on_tells_nothing_of_what_is_ranked_low() -> None:
    low = ranked_low([screened_set()], (0,))
    assert (low.included.whole, low.excluded.whole) == (0, 0)


def test_of_works_that_words_tell_apart_the_excluded_are_ranked_low_and_the_included_are_not() -> None:
    one, other = Text("A swollen knee", "Sesame or placebo."), Text("A price of seed", "Markets are described.")
    included = tuple(number < 25 for number in range(100))
    texts = tuple(one if is_included else other for is_included in included)
    low = ranked_low([ScreenedSet("invented", ("1",) * 100, texts, included)], (0, 1))
    assert (low.included.part, low.included.whole) == (0, 12)
    assert (low.excluded.part, low.excluded.whole) == (36, 36)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20))
def test_a_mean_lies_in_its_interval(values: list[float]) -> None:
    mean = mean_of(values)
    assert mean.low - 1e-9 <= mean.value <= mean.high + 1e-9


def test_sets_are_read_from_the_folder_or_below_it(tmp_path: Path) -> None:
    labelled_screening(tmp_path)
    (found,) = read_sets(tmp_path)
    assert (found.name, len(found.texts)) == ("Invented", 60)
    assert read_sets(tmp_path / "screening") == (found,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "pubmedID, title, abstract, label_included missing"),
        ("pubmedID,title,label_included\n1,A,1\n", "abstract missing"),
        ("pubmedID,title,abstract,label_included\n1,A,,1\n", "does not tell works apart"),
    ],
)
def test_a_file_that_is_no_screening_is_an_error_that_names_it(tmp_path: Path, text: str, told: str) -> None:
    path = labelled_screening(tmp_path, text)
    with pytest.raises(UnreadableData, match=told):
        read_sets(tmp_path)
    path.write_bytes(b"no gzip")
    with pytest.raises(UnreadableData, match=str(path)):
        read_sets(tmp_path)


def test_a_folder_without_sets_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableData, match="no screening"):
        read_sets(tmp_path)


def test_an_interpreter_without_asreview_is_no_result() -> None:
    with pytest.raises(UnreadableData, match="could not run ASReview: ModuleNotFoundError"):
        by_asreview(Path(sys.executable))(screened_set(), (0,))


def test_asreview_is_given_texts_labels_and_priors_and_its_order_comes_back(tmp_path: Path) -> None:
    """With an interpreter that stands in for one which has ASReview: it answers with the places as they stand."""
    screened = screened_set()
    stand_in = tmp_path / "python"
    stand_in.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        "script, asked, answered = sys.argv[-3:]\n"
        f"assert script == {asreview_script.__file__!r}\n"
        "task = json.loads(pathlib.Path(asked).read_text(encoding='utf-8'))\n"
        "orders = [priors + list(range(len(task['labels']))) for priors in task['priors']]\n"
        "told = [{'order': order, 'seconds': len(task['texts'])} for order in orders]\n"
        "pathlib.Path(answered).write_text(json.dumps(told), encoding='utf-8')\n",
        encoding="utf-8",
    )
    stand_in.chmod(0o700)
    first, second = by_asreview(stand_in)(screened, (0, 1))
    assert (first.order[:2], second.order[:2]) == (screened.priors(0), screened.priors(1))
    assert first.seconds == 60


def test_the_script_for_asreview_needs_nothing_of_litwatch() -> None:
    program = f"import runpy, sys; runpy.run_path({asreview_script.__file__!r}); print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import json; " + program],
        env={**os.environ},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert not [name for name in json.loads(done.stdout) if name.startswith(("litwatch", "numpy", "pandas"))]

"""``litwatch evaluate``, as the people who build litwatch and those who doubt it use it."""

from pathlib import Path

import pytest

from litwatch.evaluation.design import FILE as DESIGNS
from litwatch.evaluation.design import read_labelled, score, tell_all
from litwatch.evaluation.duplicates import by_litwatch, labelled_sets, measure
from litwatch.evaluation.references import FILE, read_strings, resolve_all, served
from tests.functional.conftest import Household
from tests.labelled import a_labelled_set, labelled_abstracts
from tests.reference_data import WORK, write_strings

SETS = Path(__file__).parents[2].parent / "shared" / "data" / "dedup"
REFERENCES = SETS.parent / FILE


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


def test_references_are_measured_by_half_with_intervals_and_what_the_records_are_is_said(
    household: Household, tmp_path: Path
) -> None:
    written = "Loix S. Ketamine against inflammation: a view. Acta Anaesthesiol Belg 2011;62:47. PMID: 21612145"
    wrong = "Doe D. Propofol for sleep in invented children. Invented J 1999;3:4-9."
    work = {**WORK, "pmid": "3"}  # of the half that was tuned on
    data = write_strings(tmp_path, work, {**work, "raw": written}, {**work, "raw": wrong})
    done = household.litwatch("evaluate", "references", "--data", str(data), "--absent", "--errors")

    assert done.status == 0
    assert "1 work, each a record made from its most complete string; no full record is known" in done.err
    assert "2 strings, 1 right, 0 wrong, 0 unsure, 1 unresolved" in done.out
    assert "precision            1.0000 (1 of 1; 95 % 0.2065 to 1.0000)" in done.out
    assert "recall, says enough  0.5000 (1 of 2; " in done.out
    assert "wrong, work absent   0.0000 (0 of 2; " in done.out
    assert "Propofol for sleep" in done.out


def test_references_without_data_are_no_result(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "references", "--data", str(tmp_path))

    assert (done.status, done.out) == (12, "")
    assert "reference_strings.jsonl.gz" in done.err


@pytest.mark.skipif(not REFERENCES.is_file(), reason="needs ../shared/data/refs")
def test_no_real_reference_is_resolved_worse_than_it_was_measured(household: Household) -> None:
    strings = read_strings(REFERENCES.parents[1])
    with served(strings, ()) as source:
        kinds = [outcome.kind for outcome in resolve_all(source, strings.cited[::10], lambda done, total: None)]

    assert kinds.count("right") >= 0.97 * len(kinds)
    assert kinds.count("wrong") <= 0.01 * len(kinds)


def test_designs_are_measured_by_halves_and_errors_are_listed_of_one(household: Household, tmp_path: Path) -> None:
    done = household.litwatch("evaluate", "design", "--data", str(labelled_abstracts(tmp_path / "data")), "--errors")

    assert done.status == 0
    assert "4 labelled abstracts; 1 left out that have no PMID" in done.err
    assert "labelled abstracts, tuned on:" in done.out
    assert "labelled abstracts, unseen:" in done.out
    assert "  rodent: " in done.out


def test_designs_of_the_labelled_abstracts_are_told_as_well_as_readme_says() -> None:
    if not (SETS.parent / DESIGNS).is_file():
        pytest.skip("needs ../shared/data/design")
    told = tell_all(read_labelled(SETS.parent)[0])
    for label, sensitivity, specificity in (
        ("randomized_trial", 0.91, 0.99),
        ("systematic_review", 0.95, 0.99),
        ("meta_analysis", 0.90, 0.99),
        ("rodent", 0.97, 0.985),
    ):
        measured = score(told, label)
        assert measured.sensitivity.value >= sensitivity, label
        assert measured.specificity.value >= specificity, label

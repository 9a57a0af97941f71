"""The measure of designs hides what PubMed says, keeps the halves apart, and counts what is told and what is true."""

import gzip
import json
from pathlib import Path

import pytest

from litwatch.errors import UnreadableData
from litwatch.evaluation.design import (
    FILE,
    TELLS,
    TUNED,
    UNSEEN,
    Score,
    coverage,
    errors,
    read_labelled,
    read_typed,
    score,
    tell_all,
)
from litwatch.model.record import PublicationType
from tests.builders import a_record, sections
from tests.labelled import labelled_abstracts
from tests.pubmed_xml import records_xml


def test_labels_are_compared_with_what_is_told_of_title_and_abstract(tmp_path: Path) -> None:
    labelled, without = read_labelled(labelled_abstracts(tmp_path))
    told = tell_all(labelled)
    assert (len(labelled), without) == (4, 1)
    assert score(told, "randomized_trial") == Score("randomized_trial", right=1, missed=1, wrong=0, left=2)
    assert score(told, "rodent") == Score("rodent", right=1, missed=0, wrong=0, left=3)
    assert coverage(told)[:2] == (2, 4)


def test_errors_are_told_of_the_half_that_was_tuned_on_alone(tmp_path: Path) -> None:
    told = tell_all(read_labelled(labelled_abstracts(tmp_path))[0])
    assert {each.labelled.half for each in told} == {TUNED, UNSEEN}
    missed = [each for each in told if each.labelled.true["human"] and each.finding.species != "human"]
    named = {each.finding.pmid for label in TELLS for _, each in errors(told, label)}
    assert named == {each.finding.pmid for each in missed if each.labelled.half == TUNED}


def test_the_types_of_a_pubmed_file_are_hidden_and_known_only_of_indexed_records(tmp_path: Path) -> None:
    trial = PublicationType("D016449", "Randomized Controlled Trial")
    article = PublicationType("D016428", "Journal Article")
    text = sections(METHODS="Sixty patients were randomised to ketamine.")
    records = [
        a_record("1", status="MEDLINE", abstract=text, publication_types=(trial,)),
        a_record("2", status="MEDLINE", abstract=sections(METHODS="Nothing."), publication_types=(article,)),
        a_record("3", status="Publisher", abstract=text, publication_types=(article,)),
        a_record("4", status="Publisher", abstract=text, publication_types=(trial,)),
    ]
    file = tmp_path / "pubmed.xml.gz"
    file.write_bytes(gzip.compress(records_xml(*records)))
    typed = read_typed(file)
    assert [each.record.pmid for each in typed] == ["1", "2", "4"]
    assert not any(each.record.publication_types or each.record.mesh for each in typed)
    assert score(tell_all(typed), "randomized_trial") == Score("randomized_trial", right=2, missed=0, wrong=0, left=1)


def test_f1_has_limits_on_both_sides() -> None:
    value, low, high = Score("rodent", right=8, missed=2, wrong=2, left=88).f1
    assert value == pytest.approx(0.8)
    assert 0 < low < value < high < 1


@pytest.mark.parametrize("lines", ["", "{", '{"pmid": "1"}'])
def test_labels_that_cannot_be_read_are_refused(tmp_path: Path, lines: str) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(gzip.compress(lines.encode()))
    with pytest.raises(UnreadableData):
        read_labelled(tmp_path)


def test_a_file_that_is_no_pubmed_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pubmed.xml.gz"
    file.write_bytes(json.dumps({}).encode())
    with pytest.raises(UnreadableData):
        read_typed(file)

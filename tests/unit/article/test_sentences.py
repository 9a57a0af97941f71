"""Sentences are cut where they end, nothing is lost, and no text makes the cutting slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.article.sentences import split_sentences
from tests.unit.appraisal.cases import cases


@pytest.mark.parametrize("sentences", cases("sentences"), ids=lambda sentences: sentences[0][:30])
def test_a_text_is_cut_into_its_sentences(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@given(st.text(alphabet='aBc1 .?!)"\n\tvse', max_size=80))
def test_the_sentences_joined_are_the_text(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join(sentences) == text
    assert all(sentences)


@pytest.mark.parametrize("unit", [". ", ".\n", "S. ", ".) A ", "(. ", "a."])
def test_the_work_grows_with_the_text_and_not_faster(unit: str) -> None:
    assert "".join(split_sentences(unit * 50_000)) == unit * 50_000

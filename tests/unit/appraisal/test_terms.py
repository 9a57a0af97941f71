"""A term finds every way of writing it and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.appraisal.reading import fold, words_of
from litwatch.appraisal.terms import compile_term
from tests.unit.appraisal.cases import cases

FINDS = [(case["term"], text) for case in cases("terms") for text in case["finds"]]
MISSES = [(case["term"], text) for case in cases("terms") for text in case["misses"]]


@pytest.mark.parametrize(("term", "text"), FINDS)
def test_a_term_is_found(term: str, text: str) -> None:
    assert compile_term(term).pattern.search(fold(f"less {text} was seen"))


@pytest.mark.parametrize(("term", "text"), FINDS)
def test_a_text_that_names_a_term_holds_one_of_its_cues(term: str, text: str) -> None:
    assert not compile_term(term).cues.isdisjoint(words_of(fold(f"less {text} was seen")))


@pytest.mark.parametrize(("term", "text"), MISSES)
def test_what_only_looks_like_a_term_is_not_found(term: str, text: str) -> None:
    assert not compile_term(term).pattern.search(fold(f"less {text} was seen"))


def test_spellings_that_differ_in_number_or_joints_are_one_term() -> None:
    assert compile_term("cytokine") is compile_term("Cytokines")
    assert compile_term("TNF-α") is compile_term("TNF alpha") is compile_term("TNFα")
    assert compile_term("IL-6") is not compile_term("IL-8")


def test_a_term_without_letters_or_digits_finds_nothing() -> None:
    assert not compile_term("—").pattern.search(fold("ketamine — saline"))


@given(st.text(alphabet="abcαβγ126- ", min_size=1, max_size=12).filter(lambda text: any(map(str.isalnum, text))))
def test_a_term_finds_itself_and_its_cues_are_there(written: str) -> None:
    term = compile_term(written)
    text = fold(f"x {written} x")
    if term.pattern.search(text):
        assert not term.cues.isdisjoint(words_of(text))

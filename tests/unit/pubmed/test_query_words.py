"""Words as PubMed compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.pubmed.query_words import join_words, plain_text, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ketamine", ("ketamine",)),
        ("anti-inflammatory", ("anti", "inflammatory")),
        ("anti‐inflammatory", ("anti", "inflammatory")),
        ("Müller's IL-1β", ("muller", "s", "il", "1beta")),
        ("TNF-α", ("tnf", "alpha")),
        ("μ-opioid", ("mu", "opioid")),
        ("µ-opioid", ("mu", "opioid")),
        ("ΔFosB", ("deltafosb",)),
        ("CO₂", ("co2",)),
        ("Ørsted and Łukasz", ("orsted", "and", "lukasz")),
        ("Straße", ("strasse",)),
        ("Ketalar™ 10 mg", ("ketalar", "10", "mg")),
        ("snake_case", ("snake", "case")),
        ("0.5 mg/kg", ("0", "5", "mg", "kg")),
        ("...", ()),
        ("", ()),
    ],
)
def test_case_accents_and_signs_do_not_count_and_greek_letters_are_spelled(text: str, words: tuple[str, ...]) -> None:
    assert split_words(text) == words


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert join_words(join_words(text)) == join_words(text)


@given(st.text())
def test_a_word_holds_neither_spaces_nor_ascii_signs(text: str) -> None:
    assert all(character.isalnum() for word in split_words(text) for character in word if character.isascii())


@given(st.text(), st.text())
def test_texts_put_side_by_side_keep_their_words(first: str, second: str) -> None:
    assert split_words(f"{first} {second}") == split_words(first) + split_words(second)
    assert plain_text(first).split() == list(split_words(first))

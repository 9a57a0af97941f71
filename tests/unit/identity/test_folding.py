import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.identity.folding import (
    first_number,
    fold,
    folded_words,
    initials,
    numerals,
    surname,
    without_accents,
)

ONE_SPELLING = [
    ("TNF-α", "<i>Tnf</i> alpha"),
    ("NF-κB", "NF-kappa B"),
    ("the µ-opioid receptor", "the μ-opioid receptor"),
    ("Jóźwiak-Bębenista", "JOZWIAK BEBENISTA"),
    ("Bjørn Łukasz Æsop", "Bjorn Lukasz Aesop"),
    ("Straße", "STRASSE"),
    ("CO<sub>2</sub> and H₂O", "CO2 and H2O"),
    ("[Ketamine in invented pain].", "Ketamine in invented pain"),
    ("Ketamine &amp; pain &lt;i&gt;in vivo&lt;/i&gt;", "Ketamine & pain in vivo"),
    ("ΣΑΣ", "σας"),
]


@pytest.mark.parametrize(("one", "other"), ONE_SPELLING)
def test_what_is_spelled_in_two_ways_folds_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("IL-6", "IL-8"), ("ketamine", "esketamine"), ("TNF-α", "TNF-β"), ("p < 0.05 in rats", "p 0.05"), ("酮", "胺")],
)
def test_what_means_two_things_folds_to_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
@settings(max_examples=300)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
@settings(max_examples=100)
def test_the_quick_way_for_ascii_is_the_long_way(text: str) -> None:
    assert fold(text + "é") == fold(text) + "e"


def test_words_are_parted_by_whatever_is_no_letter_or_digit() -> None:
    assert folded_words("Ketamine's anti-inflammatory (TNF-α) effect") == (
        *("ketamine", "s", "anti", "inflammatory"),
        *("tnf", "alpha", "effect"),
    )


def test_numerals_are_arabic_and_in_their_order() -> None:
    assert numerals("Part II of 3, 2011: IL-6 and vitamin C") == ("2", "3", "2011", "6")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a survey of 1988–94", ("1988", "1994")),
        ("a survey of 1988-1994", ("1988", "1994")),
        ("in 2010-11-12", ("2010", "11", "12")),
        ("in 90,056 people", ("90056",)),
        ("levels of 4.0 and 1·9", ("4", "1.9")),
    ],
)
def test_a_number_has_one_form(text: str, numbers: tuple[str, ...]) -> None:
    assert numerals(text) == numbers


@pytest.mark.parametrize(
    ("printed", "name", "letters"),
    [
        ("Loix S", "loix", "s"),
        ("De Kock MF", "dekock", "mf"),
        ("Grubb RL Jr", "grubb", "rl"),
        ("Jóźwiak-Bębenista M", "jozwiakbebenista", "m"),
        ("Roe J-P", "roe", "jp"),
        ("ENGAGES Research Group", "engagesresearchgroup", ""),
        ("Nikkheslat", "nikkheslat", ""),
        ("", "", ""),
    ],
)
def test_a_printed_name_is_a_surname_and_initials(printed: str, name: str, letters: str) -> None:
    assert (surname(printed), initials(printed)) == (name, letters)


@pytest.mark.parametrize(
    ("text", "number"),
    [("47-58", "47"), ("e0195659", "195659"), ("62 Suppl 1", "62"), ("S007", "7"), ("xi-xii", "xixii")],
)
def test_volumes_and_pages_go_by_their_first_number(text: str, number: str) -> None:
    assert first_number(text) == number


def test_accents_go_and_everything_else_stays() -> None:
    assert without_accents("Jóźwiak-Bębenista & Łoś") == "Jozwiak-Bebenista & Los"

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.article.citation_text import CitationText, parse_citation_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Nikkheslat et al., 2021)", CitationText(("Nikkheslat",), "", True, 2021)),
        ("(Jóźwiak-Bębenista et al., 2023)", CitationText(("Jóźwiak-Bębenista",), "", True, 2023)),
        ("(S. et al., 2011)", CitationText((), "S", True, 2011)),
        ("(S et al 2011)", CitationText((), "S", True, 2011)),
        ("(J.-P. et al., 2011a)", CitationText((), "J", True, 2011)),
        ("(Li et al., 2019)", CitationText(("Li",), "", True, 2019)),
        ("De Kock & Loix (2013)", CitationText(("De Kock", "Loix"), "", False, 2013)),
        ("De Kock, M., & Loix, S. (2013b)", CitationText(("De Kock", "Loix"), "", False, 2013)),
        ("S. Loix and colleagues, 2011", CitationText(("Loix",), "", True, 2011)),
        ("(D'Alonzo and Roe 2011)", CitationText(("D'Alonzo", "Roe"), "", False, 2011)),
        ("(World Health Organization, 2020)", CitationText(("World Health Organization",), "", False, 2020)),
        ("(Roe et al., in press)", CitationText(("Roe",), "", True, None)),
        ("(2011)", CitationText((), "", False, 2011)),
        ("2011: Roe et al.", CitationText(("Roe",), "", True, 2011)),
        ("[12]", CitationText((), "", False, None)),
        ("", CitationText((), "", False, None)),
    ],
)
def test_a_citation_is_taken_apart(text: str, expected: CitationText) -> None:
    assert parse_citation_text(text) == expected


@given(st.text())
@settings(max_examples=200)
def test_nothing_that_an_article_can_write_is_an_error(text: str) -> None:
    parsed = parse_citation_text(text)

    assert not (parsed.surnames and parsed.initial)


@pytest.mark.parametrize("unit", ["A. ", "\n", "\t", "A.-"])
def test_a_long_citation_of_repeated_signs_is_read_at_once(unit: str) -> None:
    assert parse_citation_text(f"{unit * 100_000}2011").year == 2011

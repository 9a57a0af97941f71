"""Reference strings in every style, taken apart; a case is an entry of tests/data/reference_strings.json."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.article.reference_text import LONGEST, Form, identifiers_of, read_reference

CASES = json.loads((Path(__file__).parents[2] / "data" / "reference_strings.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["style"])
def test_a_reference_in_any_style_is_taken_apart(case: dict[str, Any]) -> None:
    expected = {"et_al": False, "pmid": None, "doi": None, "pmcid": None, **case["expected"]}
    parts = read_reference(case["text"])

    assert parts.form is Form.REFERENCE
    read = {name: getattr(parts, name) for name in expected} | {"authors": list(parts.authors)}
    assert read == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("21612145", Form.PMID),
        ("PMID: 21612145", Form.PMID),
        ("PubMed 21612145", Form.PMID),
        ("https://pubmed.ncbi.nlm.nih.gov/21612145/", Form.PMID),
        ("http://www.ncbi.nlm.nih.gov/pubmed/21612145", Form.PMID),
        ("10.1016/j.bbih.2021.100383", Form.DOI),
        ("doi: 10.1016/j.bbih.2021.100383.", Form.DOI),
        ("https://dx.doi.org/10.1016/j.bbih.2021.100383", Form.DOI),
        ("PMC8609146", Form.PMCID),
        ("PMCID: PMC8609146", Form.PMCID),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC8609146/", Form.PMCID),
        ("https://example.org/an-article", Form.URL),
        ("(Nikkheslat et al., 2021)", Form.IN_TEXT),
        ("(S. et al., 2011)", Form.IN_TEXT),
        ("De Kock, M., & Loix, S. (2013b)", Form.IN_TEXT),
        ("S. Loix and colleagues, 2011", Form.IN_TEXT),
        ("(World Health Organization, 2020)", Form.IN_TEXT),
        ("(Roe et al., in press)", Form.IN_TEXT),
        ("[12]", Form.IN_TEXT),
        ("(American College of Rheumatology, 2010)", Form.IN_TEXT),
        ("(van der Berg & St. Clair, 2010)", Form.IN_TEXT),
        ("Roe et al.", Form.IN_TEXT),
        ("Roe et al. Lancet 2011", Form.REFERENCE),
        ("Roe A. Ketamine. Lancet. 2011", Form.REFERENCE),
        ("Roe A, Lancet 2011;3:4", Form.REFERENCE),
        ("An invented trial of ketamine", Form.REFERENCE),
        ("Radiation Reduction Strategies in Invented Surgery. Invent J Ex 2021", Form.REFERENCE),
        ("Ketamine for Pain: Results From Three States 2021", Form.REFERENCE),
        ("Ketamine Against Chronic Inflammation", Form.REFERENCE),
    ],
)
def test_the_forms_are_told_apart(text: str, form: Form) -> None:
    assert read_reference(text).form is form


def test_identifiers_are_read_from_addresses_and_labels() -> None:
    assert read_reference("https://pubmed.ncbi.nlm.nih.gov/21612145/?from=x").pmid == "21612145"
    assert read_reference("see https://doi.org/10.1002/(SICI)1097(1998)1:2<3::AID>3.0.CO;2-U").doi is not None
    assert read_reference("Roe A. Ketamine (doi:10.1234/a(b)c).").doi == "10.1234/a(b)c"
    assert read_reference("(see PMC 8609146)").pmcid == "PMC8609146"


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_nothing_that_can_be_written_is_an_error(text: str) -> None:
    assert read_reference(text).text == " ".join(text.split())


@pytest.mark.parametrize(
    "part", ["Roe A, ", "((", "))", "10.1234/", "1-", "*", "_a", ". ", "“", "PMID ", "http://a", "<"]
)
def test_of_a_text_without_end_the_head_and_the_tail_are_read(part: str) -> None:
    parts = read_reference(part * (5_000_000 // len(part)))

    assert len(parts.text) <= LONGEST + 1


@pytest.mark.parametrize(
    "text",
    ["21612145", "Roe A. Sesame. J Invent. 2011. doi:10.1234/x PMID: 12.", "*Roe A.* Sesame PMC12", "Roe 2011", ""],
)
def test_identifiers_are_the_same_without_the_rest(text: str) -> None:
    assert identifiers_of(text) == read_reference(text).identifiers

import pytest

from litwatch.library.pages import is_article_number, page_range, short_pages, whole_pages
from litwatch.library.values import find_date, find_doi, find_pmcid, find_pmid, read_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roe, Anna B.", "Roe|Anna B.|AB|"),
        ("Roe, A.B.", "Roe||AB|"),
        ("Roe AB", "Roe||AB|"),
        ("van der Berg J", "van der Berg||J|"),
        ("Jan van der Berg", "van der Berg|Jan|J|"),
        ("Anna-Maria Jóźwiak-Bębenista", "Jóźwiak-Bębenista|Anna-Maria|AM|"),
        ("King, Martin Luther, Jr.", "King|Martin Luther|ML|Jr."),
        ("Roe", "Roe|||"),
        ("World Health Organization", "World Health Organization"),
        ("CRASH-2 Trial Collaborators,", "CRASH-2 Trial Collaborators"),
        ("Group, Anna", "Group|Anna|A|"),
        ("", "|||"),
    ],
)
def test_a_name_is_read_in_any_order_and_a_group_as_a_whole(text: str, expected: str) -> None:
    name = read_name(text)
    parts = (name.last_name, name.fore_name, name.initials, name.suffix)
    assert (name.collective or "|".join(parts)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011", "2011"),
        ("2011/02/03/", "2011-02-03"),
        ("2011///", "2011"),
        ("2011-2", "2011-02"),
        ("2011 Feb 3", "2011-02-03"),
        ("3 February 2011", "2011-02-03"),
        ("Feb 3rd, 2011", "2011-02-03"),
        ("February 2011", "2011-02"),
        ("2003 Jul-Aug", "2003"),
        ("2011-02-31", "2011-02"),
        ("in press 2011", "2011"),
        ("n.d.", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_possible(text: str, expected: str | None) -> None:
    found = find_date(text)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.1234/ABC.", "10.1234/abc"),
        (
            "doi: 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815)17:15",
        ),
        ("(see 10.1234/x)", "10.1234/x"),
        ("https://dx.doi.org/10.1016%2Fj.x.2011", "10.1016/j.x.2011"),
        ("10.1234/x [doi]", "10.1234/x"),
        ("10.12/x", None),
        ("none", None),
    ],
)
def test_a_doi_is_found_in_what_stands_around_it(text: str, expected: str | None) -> None:
    assert find_doi(text) == expected


def test_a_pmid_must_be_named_as_one() -> None:
    assert find_pmid("PMID: 123", "") == "123"
    assert find_pmid("https://pubmed.ncbi.nlm.nih.gov/21612145/") == "21612145"
    assert find_pmid("https://www.ncbi.nlm.nih.gov/pubmed/21612145") == "21612145"
    assert find_pmid("12345678", "L2001234567") is None
    assert find_pmcid("PMC123", "x") == "PMC123"
    assert find_pmcid("PMC0") is None


@pytest.mark.parametrize(
    ("pages", "whole", "short"),
    [
        ("1199-205", "1199-1205", "1199-205"),
        ("S12–S15", "S12-S15", "S12-S15"),
        ("e1-e9", "e1-e9", "e1-e9"),
        ("47", "47", "47"),
        ("1-5, 9", "1-5, 9", "1-5, 9"),
        ("", "", ""),
    ],
)
def test_pages_are_completed_and_shortened(pages: str, whole: str, short: str) -> None:
    assert (whole_pages(pages), short_pages(pages)) == (whole, short)
    assert page_range("12-19") == ("12", "19")


def test_a_number_of_an_article_is_no_page() -> None:
    assert [is_article_number(pages) for pages in ("e1234", "CD001234", "104512", "e1-e9", "1234", "S12")] == [
        *(True, True, True),
        *(False, False, False),
    ]

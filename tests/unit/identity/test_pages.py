import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.identity.pages import Pages, begin_alike, parse_pages, share_pages


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("283-90", (Pages(283, 290),)),
        ("47-8", (Pages(47, 48),)),
        ("S109-12", (Pages(109, 112, "S"),)),
        ("S109-S112", (Pages(109, 112, "S"),)),
        ("e0195659", (Pages(195659, 195659, "e"),)),
        ("106-11; discussion 111", (Pages(106, 111), Pages(111, 111))),
        ("230-5, 246-51", (Pages(230, 235), Pages(246, 251))),
        ("47–58", (Pages(47, 58),)),
        ("1746", (Pages(1746, 1746),)),
        ("100.e1-100.e8", (Pages(100, 100),)),
        ("iv", ()),
        ("", ()),
    ],
)
def test_page_ranges_are_read_as_they_are_printed(printed: str, pages: tuple[Pages, ...]) -> None:
    assert parse_pages(printed)[: len(pages) or None] == pages


@given(st.text())
def test_any_text_is_read(printed: str) -> None:
    assert all(pages.length >= 0 for pages in parse_pages(printed))


def test_pages_that_no_other_article_has_are_telling() -> None:
    assert Pages(283, 290).is_telling
    assert Pages(43268, 43268, "e").is_telling
    assert not Pages(283, 283).is_telling
    assert not Pages(27, 27, "S").is_telling


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2097-2108", "2297-2108", True),
        ("1645-1650", "1648-1650", True),
        ("9-12", "11-12", True),
        ("9-12", "13-16", False),
        ("9", "11", False),
        ("S9-12", "9-12", False),
        ("S109-12", "Suppl-12", True),
    ],
)
def test_a_mistyped_or_cut_range_shares_pages_with_the_whole(one: str, other: str, shared: bool) -> None:
    (left, *_), (right, *_) = parse_pages(one), parse_pages(other)

    assert share_pages(left, right) is shared
    assert share_pages(right, left) is shared


def test_a_page_of_a_supplement_is_not_the_page_of_that_number() -> None:
    assert not begin_alike(Pages(12, 12, "S"), Pages(12, 20))
    assert begin_alike(Pages(43268, 43268, "e"), Pages(43268, 43268))

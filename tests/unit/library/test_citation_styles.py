import json
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.library.citation_styles import STYLES, Style, format_citation
from litwatch.library.csl import csl_item
from litwatch.model.dates import PartialDate
from litwatch.model.library import Description, Entry, EntryKind, Place
from litwatch.model.record import Author, Book, Journal
from tests.builders import a_record, authors

DATA = Path(__file__).resolve().parent.parent.parent / "data" / "citations_in_styles.json"
CASES: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_a_work_is_set_as_its_style_prescribes(case: dict[str, Any], style: Style) -> None:
    assert format_citation(case["item"], style, as_html=True) == case[style]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_plain_text_is_the_html_without_its_tags(case: dict[str, Any], style: Style) -> None:
    html = str(case[style])
    assert format_citation(case["item"], style) == unescape(html.replace("<i>", "").replace("</i>", ""))


def test_apa_lists_twenty_authors_and_of_more_the_first_nineteen_and_the_last() -> None:
    names = [f"Roe{number}" for number in range(1, 22)]
    twenty = csl_item(Description(title="T", authors=tuple(Author(name, "", "A") for name in names[:20])))
    more = csl_item(Description(title="T", authors=tuple(Author(name, "", "A") for name in names)))
    assert "Roe19, A., & Roe20, A. (n.d.)" in format_citation(twenty, "apa")
    assert "Roe19, A., … Roe21, A. (n.d.)" in format_citation(more, "apa")


def test_vancouver_cuts_no_page_to_what_could_be_another() -> None:
    pages = {"9-91": "9-91", "123-125": "123-5", "S104-S109": "S104-S109", "99-105": "99-105", "7-7": "7-7"}
    for whole, printed in pages.items():
        assert format_citation({"type": "chapter", "title": "T", "page": whole}, "vancouver").endswith(f"p. {printed}.")


def test_an_item_without_anything_is_set_without_failing() -> None:
    assert [format_citation({}, style) for style in STYLES] == ["", "(n.d.).", ""]


def test_a_record_is_set_with_its_last_page_whole_and_one_full_stop_after_its_title() -> None:
    record = a_record(
        title="An invented title.", authors=authors("Roe AB"), journal=Journal("Whole", "Abbr", pages="1199-205")
    )
    assert format_citation(csl_item(record), "ama") == (
        "Roe AB. An invented title. Abbr. 2011:1199-1205. doi:10.1234/invented.101"
    )


def test_a_record_of_a_chapter_is_in_its_book() -> None:
    item = csl_item(a_record(kind="book", title="A chapter", book=Book("A book", "A press")))
    assert (item["type"], item["container-title"], item["publisher"]) == ("chapter", "A book", "A press")
    assert csl_item(a_record(kind="book", title="A book", book=Book("A book", "A press")))["type"] == "book"


def test_an_item_holds_only_what_is_known() -> None:
    assert csl_item(Description(title="T")) == {"id": "", "type": "article-journal", "title": "T"}
    assert csl_item(Entry(Place("a.ris", 3, 41), "", Description(kind=EntryKind.BOOK))) == {
        "id": "a.ris-3",
        "type": "book",
    }
    dated = csl_item(Description(published=PartialDate(2011, 2)))
    assert dated["issued"] == {"date-parts": [[2011, 2]]}


@pytest.mark.parametrize(("given_name", "expected"), [("AB", "A B"), ("Anna", "Anna"), ("A.-B.", "A.-B."), ("", None)])
def test_bare_initials_are_parted_so_that_each_is_printed(given_name: str, expected: str | None) -> None:
    item = csl_item(Description(authors=(Author("Roe", given_name),)))
    assert item["author"][0].get("given") == expected


@pytest.mark.parametrize("title", ["To be continued...", "Why?", "[Ein Titel]"])
def test_only_a_single_last_full_stop_is_left_out(title: str) -> None:
    assert csl_item(Description(title=title))["title"] == title
    assert csl_item(Description(title="[Ein Titel.]"))["title"] == "[Ein Titel]"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12), st.booleans(), st.sampled_from(STYLES))
def test_any_text_is_set_and_html_holds_no_tag_but_ours(
    title: str, name: str, pages: str, as_html: bool, style: Style
) -> None:
    described = Description(title=title, authors=(Author(name, title),), journal=name, pages=pages)
    printed = format_citation(csl_item(described), style, as_html)
    if as_html:
        bare = printed.replace("<i>", "").replace("</i>", "")
        assert "<" not in bare
        assert ">" not in bare


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_valid_csl(style: Style) -> None:
    import citeproc
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))
    path = DATA.parents[2] / "litwatch" / "library" / "styles" / f"{style}.csl"
    assert schema.validate(etree.parse(BytesIO(path.read_bytes()))), schema.error_log

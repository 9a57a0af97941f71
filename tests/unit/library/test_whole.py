"""Nothing that an entry says is lost, what cannot be read included: it is kept, written back and told."""

import csv
import io
import json
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.library.merge import merge
from litwatch.library.read import read_library
from litwatch.library.whole import is_without_year
from litwatch.library.write import WRITERS
from litwatch.model.dates import PartialDate
from litwatch.model.library import Description, Library


def _csv(**cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Title", "DOI", "PMID", "Year"], ["T", *(cells[name] for name in ("doi", "pmid", "year"))]]
    )
    return out.getvalue()


def _csl(year: str, doi: str, pmid: str) -> str:
    return json.dumps([{"title": "T", "DOI": doi, "PMID": pmid, "issued": {"date-parts": [[year]]}}])


def _xml(year: str, doi: str, pmid: str) -> str:
    return (
        "<xml><records><record><titles><title>T</title></titles>"
        f"<dates><year>{escape(year)}</year></dates><accession-num>{escape(pmid)}</accession-num>"
        f"<electronic-resource-num>{escape(doi)}</electronic-resource-num></record></records></xml>"
    )


FORMATS: dict[str, Callable[[str, str, str], str]] = {
    "ris": lambda year, doi, pmid: f"TY  - JOUR\nTI  - T\nPY  - {year}\nDO  - {doi}\nAN  - {pmid}\nER  - \n",
    "nbib": lambda year, doi, pmid: f"PMID- 7\nTI  - T\nDP  - {year}\nLID - {doi}\nPMC - {pmid}\n",
    "bib": lambda year, doi, pmid: (
        f"@article{{a,\n title = {{T}},\n year = {{{year}}},\n doi = {{{doi}}}, pmid = {{{pmid}}}\n}}"
    ),
    "ciw": lambda year, doi, pmid: f"PT J\nTI T\nPY {year}\nDI {doi}\nPM {pmid}\nER\n",
    "csv": lambda year, doi, pmid: _csv(year=year, doi=doi, pmid=pmid),
    "json": _csl,
    "xml": _xml,
}
GOOD = {"year": "2011", "doi": "10.1234/x", "pmid": ""}


def read(ending: str, **said: str) -> Library:
    all_said = GOOD | said
    text = FORMATS[ending](all_said["year"], all_said["doi"], all_said["pmid"])
    library = read_library(text.encode(), f"a.{ending}")
    assert len(library.entries) == 1
    return library


def described(library: Library) -> Description:
    return library.entries[0].described


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("year", ["20x1", "2O11", "spring", "in press 20x1", "12011", "?20"])
def test_a_year_that_cannot_be_read_is_kept_and_told_with_its_place(ending: str, year: str) -> None:
    library = read(ending, year=year)
    assert (described(library).published, described(library).undated) == (None, year)
    (fault,) = library.faults
    assert str(fault).endswith(f": its year {year!r} cannot be read; it is kept as it is written")
    assert (fault.place.file, fault.place.entry) == (f"a.{ending}", 1)
    assert fault.place.line > 0


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("year", ["in press", "Forthcoming", "n.d.", "[no date]", "Epub ahead of print", "submitted"])
def test_that_there_is_no_year_yet_is_kept_and_is_no_fault(ending: str, year: str) -> None:
    library = read(ending, year=year)
    assert (described(library).published, described(library).undated, library.faults) == (None, year, ())


@pytest.mark.parametrize("near", ["press", "in press 2011?", "in the press", "submitted by Roe", "n.d.x", "nd1"])
def test_what_says_anything_else_is_no_such_statement(near: str) -> None:
    assert not is_without_year(near)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_year_that_is_read_leaves_nothing_behind(ending: str) -> None:
    library = read(ending)
    assert (described(library).published, described(library).undated, library.faults) == (PartialDate(2011), "", ())
    assert [name for name, _ in described(library).other] == (["LID"] if ending == "nbib" else [])


@pytest.mark.parametrize("ending", sorted(set(FORMATS) - {"nbib"}))
def test_a_doi_that_cannot_be_read_is_kept_and_told(ending: str) -> None:
    library = read(ending, doi="doi pending")
    assert described(library).doi is None
    assert "doi pending" in dict(described(library).other).values()
    assert "its DOI 'doi pending' cannot be read; it is kept as a note" in str(library.faults[0])


@pytest.mark.parametrize(
    ("ending", "what"), [("nbib", "PMCID"), *((each, "PMID") for each in ("bib", "ciw", "csv", "json"))]
)
def test_a_pmid_that_cannot_be_read_is_kept_and_told(ending: str, what: str) -> None:
    library = read(ending, pmid="see above")
    assert "see above" in dict(described(library).other).values()
    assert f"its {what} 'see above' cannot be read; it is kept as a note" in str(library.faults[0])


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("nothing", ["-", "n/a", "NA", "nan", "None"])
def test_a_cell_that_says_that_there_is_none_is_no_fault(ending: str, nothing: str) -> None:
    library = read(ending, doi=nothing, pmid="")
    assert (described(library).doi, library.faults) == (None, ())


def test_another_number_of_a_database_is_no_pmid_and_is_kept() -> None:
    for ending in ("ris", "xml"):
        library = read(ending, pmid="L613245678")
        assert ("L613245678" in dict(described(library).other).values(), library.faults) == (True, ())


SAID = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs"), include_characters=".,;:/()[]?-x012"), max_size=40)


@given(SAID, st.sampled_from(sorted(FORMATS)), st.sampled_from(sorted(WRITERS)))
def test_whatever_stands_for_a_year_is_read_or_kept_and_comes_back(text: str, ending: str, written: str) -> None:
    year = " ".join(text.split())
    library = read(ending, year=year)
    said = described(library)
    if not said.published:
        assert said.undated == year
        assert bool(library.faults) == bool(year and not is_without_year(year))
    (again,) = read_library(WRITERS[written]([said]).encode(), f"b{written}").entries
    assert (again.described.published, again.described.undated) == (said.published, said.undated)


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_a_season_or_a_range_beside_the_year_comes_back(ending: str) -> None:
    season = Description(title="T", published=PartialDate(2011, as_printed="2011 Jul-Aug"))
    (again,) = read_library(WRITERS[ending]([season]).encode(), f"b{ending}").entries
    assert again.described.published == season.published


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_what_is_written_and_read_again_grows_by_nothing(ending: str) -> None:
    once = described(read_library(WRITERS[ending]([_NOTED]).encode(), f"b{ending}"))
    twice = described(read_library(WRITERS[ending]([once]).encode(), f"b{ending}"))
    assert twice == once
    assert all(text in WRITERS[ending]([once]) for text in ("a remark", "10.1/broken", "20x1"))


_NOTED = Description(
    title="T", published=PartialDate(2011), other=(("N1", "a remark"), ("DO", "10.1/broken"), ("PY", "20x1"))
)


def test_no_value_kept_beside_stands_under_a_tag_of_a_field() -> None:
    lines = WRITERS[".ris"]([_NOTED]).splitlines()
    assert [line for line in lines if line.startswith(("PY", "DO"))] == ["PY  - 2011"]
    assert "N1  - PY: 20x1" in lines


def test_a_second_value_or_another_tag_for_the_same_is_kept() -> None:
    tags = "TI  - T\nT1  - Another\nVL  - 12\nVL  - 13\nPY  - 2011\nDA  - 2012/03/04\nSP  - 1-5\nEP  - 50\n"
    text = f"TY  - JOUR\n{tags}ER  - \n"
    said = described(read_library(text.encode(), "a.ris"))
    assert said.published == PartialDate(2011)
    assert said.other == (("T1", "Another"), ("VL", "13"), ("DA", "2012/03/04"), ("EP", "50"))


def test_a_day_that_leaves_out_the_year_belongs_to_it() -> None:
    said = described(read_library(b"TY  - JOUR\nTI  - T\nPY  - 2011\nDA  - Mar 15\nER  - \n", "a.ris"))
    assert (said.published, said.other) == (PartialDate(2011, 3, 15), ())


def test_fields_of_bibtex_that_stand_for_one_another_are_both_kept() -> None:
    fields = "journal={J}, booktitle={B}, number={3}, issue={Spring}, author={Roe, A}, author={Poe, B}"
    text = f"@article{{a, title={{T}}, {fields}}}"
    said = described(read_library(text.encode(), "a.bib"))
    assert (said.issue, len(said.authors)) == ("Spring", 1)
    assert {"B", "3", "Poe, B"} <= set(dict(said.other).values())


def test_every_element_of_endnote_is_kept() -> None:
    text = (
        "<xml><records><record><rec-number>9</rec-number><titles><title>T</title><short-title>S</short-title></titles>"
        "<notes>A <style>remark</style></notes><custom4>four</custom4><urls><related-urls><url>http://a</url>"
        "<url>http://b</url></related-urls></urls></record></records></xml>"
    )
    said = described(read_library(text.encode(), "a.xml"))
    assert said.url == "http://a"
    assert said.other == (("short-title", "S"), ("notes", "A remark"), ("custom4", "four"), ("url", "http://b"))


def test_values_of_csl_of_another_type_are_kept() -> None:
    item = {
        "title": ["T", "Second"],
        "volume": {"a": 1},
        "author": ["Roe, Anna", {"x": "y"}],
        "keyword": ["one", "two"],
        "issued": {"date-parts": [[2011, 2], [2011, 4]], "season": 2},
    }
    said = described(read_library(json.dumps([item]).encode(), "a.json"))
    assert (said.title, said.published, said.keywords) == ("T", PartialDate(2011, 2), ("one", "two"))
    assert [author.last_name for author in said.authors] == ["Roe"]
    assert dict(said.other) == {
        "title": "Second",
        "volume": '{"a": 1}',
        "author": '{"x": "y"}',
        "issued": "2011-4",
        "issued season": "2",
    }


def test_a_work_takes_its_year_from_the_entry_that_has_one_and_keeps_what_stood_there() -> None:
    unread = Description(title="T", abstract="long", undated="20x1")
    dated = Description(title="T", published=PartialDate(2011))
    merged = merge([unread, dated])
    assert merged.described.published == PartialDate(2011)
    assert (merged.described.undated, merged.described.other) == ("", (("year", "20x1"),))
    assert merge([dated, Description(undated="in press")]).described.undated == ""
    assert merge([Description(title="T"), Description(undated="in press")]).described.undated == "in press"

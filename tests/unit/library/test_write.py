import csv
import io
import json
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from litwatch.library.read import read_library
from litwatch.library.write import WRITERS
from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author
from tests.library_cases import plain_fields

WHOLE = Description(
    title="Łódź & 50 % of {ketamine}: a_b #1 $x$ ~ ^ \\ trial",
    original_title="Ein Titel",
    authors=(
        Author("Jóźwiak-Bębenista", "Anna-Émilie", "AÉ"),
        Author("van der Berg", "", "JK"),
        Author("King", "Martin Luther", "ML", "Jr."),
        Author(collective="Trial and Error Study Group"),
    ),
    published=PartialDate(2011, 2, 3),
    journal="Journal of invented & other things",
    abbreviation="J Invent",
    volume="12",
    issue="3",
    pages="1199-1205",
    issn="1234-5679",
    pmid=Pmid("21612145"),
    doi=Doi("10.1234/a_b(1)<2>"),
    pmcid=Pmcid("PMC123"),
    url="https://pubmed.ncbi.nlm.nih.gov/21612145/",
    language="eng",
    abstract="Interleukin-6 fell. P < 0.05, 20 % less.",
    keywords=("ketamine", "IL-6"),
    source="PubMed",
)
COMPARED = (
    "title",
    "authors",
    "published",
    "journal",
    "volume",
    "issue",
    "pages",
    "pmid",
    "pmcid",
    "abstract",
    "keywords",
)


def read_back(text: str, ending: str) -> tuple[Description, ...]:
    library = read_library(text.encode(), f"out{ending}")
    assert library.faults == ()
    return tuple(entry.described for entry in library.entries)


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_what_is_written_is_read_back(ending: str) -> None:
    chapter = replace(WHOLE, kind=EntryKind.CHAPTER, title="A chapter", journal="A book", abbreviation="", pmid=None)
    whole, read_chapter = read_back(WRITERS[ending]([WHOLE, chapter]), ending)
    expected, found = plain_fields(WHOLE), plain_fields(whole)
    if ending == ".bib":
        expected["published"] = "2011-02"
    assert {name: found.get(name) for name in COMPARED} == {name: expected[name] for name in COMPARED}
    assert (read_chapter.kind, read_chapter.journal) == (EntryKind.CHAPTER, "A book")


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_of_nothing_an_empty_file_is_written(ending: str) -> None:
    assert len(WRITERS[ending]([]).splitlines()) <= 1


@pytest.mark.parametrize("kind", list(EntryKind))
@pytest.mark.parametrize("ending", [".ris", ".bib", ".json"])
def test_every_kind_is_written_and_read_back(kind: EntryKind, ending: str) -> None:
    (read,) = read_back(WRITERS[ending]([Description(kind=kind, title="T")]), ending)
    assert read.kind == kind


def test_a_group_of_authors_that_is_cut_stays_cut() -> None:
    cut = Description(title="T", authors=(Author("Roe", "", "A"),), authors_complete=False)
    for ending in (".ris", ".bib", ".csv", ".tsv"):
        (read,) = read_back(WRITERS[ending]([cut]), ending)
        assert (len(read.authors), read.authors_complete) == (1, False)


def test_a_field_without_a_place_of_its_own_is_not_lost() -> None:
    entry = Description(title="T", other=(("C1", "a note"), ("Covidence #", "12")))
    for ending in (".ris", ".bib", ".csv", ".tsv"):
        assert "a note" in WRITERS[ending]([entry])
        assert "12" in WRITERS[ending]([entry])


TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=30)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), st.sampled_from(sorted(WRITERS)))
def test_no_text_breaks_a_file(texts: list[tuple[str, str]], ending: str) -> None:
    entries = [
        Description(
            title=f"T{number} {title}", authors=(Author(name, name),), journal=name, abstract=title, pmid=Pmid("1")
        )
        for number, (title, name) in enumerate(texts)
    ]
    text = WRITERS[ending](entries)
    library = read_library(text.encode(), f"out{ending}")
    assert [entry.described.title.split(" ")[0] for entry in library.entries] == [f"T{n}" for n in range(len(texts))]


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_readers_of_others_find_every_entry(title: str, name: str) -> None:
    entries = [Description(title=title, authors=(Author(name, "A"),), abstract=name), Description(title="Last")]
    assert len(rispy.loads(WRITERS[".ris"](entries))) == 2
    parsed = parse_string(WRITERS[".bib"](entries))
    assert (len(parsed.entries), parsed.failed_blocks) == (2, [])
    assert len(json.loads(WRITERS[".json"](entries))) == 2
    assert len(list(csv.DictReader(io.StringIO(WRITERS[".csv"](entries))))) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = WRITERS[".csv"]([Description(title=f"{start}cmd()", journal=f"{start}1")])
    assert f"'{start}cmd()" in text
    (read,) = read_back(text, ".csv")
    assert (read.title, read.journal) == (f"{start}cmd()", f"{start}1")

import json
from collections.abc import Sequence
from io import StringIO
from typing import Any, get_args

import pandas as pd
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from Bio import Medline
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.digest.formats import Format, format_records
from litwatch.digest.phrases import one_line
from litwatch.library.read import read_library
from litwatch.model.record import (
    Author,
    Book,
    Chemical,
    Journal,
    MeshHeading,
    PublicationType,
    Qualifier,
    Record,
    RegistryNumber,
)
from tests.builders import a_date, a_link, a_record, sections
from tests.shared_data import shared_data


def ris(*records: Record) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = rispy.loads(format_records(records, "ris"))
    return entries


def bibtex(*records: Record) -> list[dict[str, str]]:
    library = parse_string(format_records(records, "bibtex"))
    assert library.failed_blocks == []
    return [{field.key: field.value for field in entry.fields} for entry in library.entries]


def csl(*records: Record) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(format_records(records, "csl"))
    return items


def nbib(*records: Record) -> list[dict[str, Any]]:
    return list(Medline.parse(StringIO(format_records(records, "nbib"))))  # type: ignore[no-untyped-call]


def real_records() -> Sequence[Record]:
    from litwatch.pubmed.records import parse_records

    with shared_data("pubmed", "ketamine_articles.xml").open("rb") as stream:
        return [parsed.value for parsed in parse_records(stream) if isinstance(parsed.value, Record)]


def a_full_record() -> Record:
    return a_record(
        "7",
        title="Ketamine = calm? <An invented trial> of TNF-α.",
        vernacular_title="Ketamin = Ruhe?",
        authors=(
            Author("Roe", "Ann Bee", "AB", "Jr", orcid="0000-0000-0000-0001"),
            Author("De Poe", "", "C"),
            Author(collective="Invented Study Group"),
        ),
        journal=Journal("Invented journal", "Invent J", "1234-5679", "77", "Nowhere", "62", "1 Suppl", "1199-205"),
        published="2011-02-03",
        completed="2011-06-01",
        keywords=("calm",),
        mesh=(
            MeshHeading("D007649", "Ketamine", False, (Qualifier("Q1", "adverse effects", True),)),
            MeshHeading("D007249", "Inflammation", True),
        ),
        chemicals=(Chemical("D007649", "Ketamine", "690G0D6V8H"),),
        registry_numbers=(RegistryNumber("ClinicalTrials.gov", "NCT00000000"),),
        publication_types=(PublicationType("D016449", "Randomized Controlled Trial"),),
        links=(a_link(), a_link("Cites", "3")),
        languages=("eng", "ger"),
    )


def test_ris_is_read_back_as_it_was() -> None:
    (entry,) = ris(a_full_record())
    assert entry["type_of_reference"] == "JOUR"
    assert entry["accession_number"] == "7"
    assert entry["title"] == "Ketamine = calm? <An invented trial> of TNF-α."
    assert entry["translated_title"] == "Ketamin = Ruhe?"
    assert entry["authors"] == ["Roe, Ann Bee, Jr", "De Poe, C", "Invented Study Group"]
    assert (entry["journal_name"], entry["alternate_title2"]) == ("Invented journal", "Invent J")
    assert (entry["volume"], entry["number"], entry["issn"]) == ("62", "1 Suppl", "1234-5679")
    assert (entry["year"], entry["date"]) == ("2011", "2011/02/03")
    assert (entry["start_page"], entry["end_page"]) == ("1199", "1205")
    assert entry["keywords"] == ["calm", "Ketamine", "Inflammation"]
    assert entry["doi"] == "10.1234/invented.7"
    assert entry["abstract"].startswith("RESULTS: Interleukin-6 fell. CONCLUSIONS: ")
    assert entry["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/7/"]


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("47-58", "47", "58"),
        ("1199-205", "1199", "1205"),
        ("e12-e19", "e12", "e19"),
        ("S12-9", "S12", "S19"),
        ("100383", "100383", None),
        ("3-9; discussion 10", "3-9; discussion 10", None),
        ("", None, None),
    ],
)
def test_ris_says_the_whole_last_page(printed: str, first: str | None, last: str | None) -> None:
    (entry,) = ris(a_record(journal=Journal("Invented journal", pages=printed)))
    assert (entry.get("start_page"), entry.get("end_page")) == (first, last)


def test_ris_tells_a_book_from_its_chapter() -> None:
    book = Book("An invented book", "Invented Press")
    whole = a_record("1", kind="book", title=book.title, book=book, journal=Journal())
    chapter = a_record("2", kind="book", title="An invented chapter", book=book, journal=Journal())
    entries = ris(whole, chapter)
    assert [entry["type_of_reference"] for entry in entries] == ["BOOK", "CHAP"]
    assert (entries[1]["secondary_title"], entries[1]["publisher"]) == ("An invented book", "Invented Press")


def test_nbib_is_read_back_as_it_was() -> None:
    (entry,) = nbib(a_full_record())
    assert (entry["PMID"], entry["STAT"], entry["DCOM"]) == ("7", "MEDLINE", "20110601")
    assert entry["TI"] == "Ketamine = calm? <An invented trial> of TNF-α."
    assert entry["TT"] == "Ketamin = Ruhe?"
    assert entry["FAU"] == ["Roe, Ann Bee Jr", "De Poe, C"]
    assert entry["AU"] == ["Roe AB Jr", "De Poe C"]
    assert entry["CN"] == ["Invented Study Group"]
    assert (entry["TA"], entry["JT"], entry["VI"], entry["IP"], entry["PG"]) == (
        "Invent J",
        "Invented journal",
        "62",
        "1 Suppl",
        "1199-205",
    )
    assert (entry["DP"], entry["EDAT"], entry["CRDT"]) == ("2011 Feb 3", "2011/02/03", ["2011/02/03"])
    assert entry["MH"] == ["Ketamine/*adverse effects", "*Inflammation"]
    assert entry["RN"] == ["690G0D6V8H (Ketamine)"]
    assert entry["SI"] == ["ClinicalTrials.gov/NCT00000000"]
    assert entry["PT"] == ["Randomized Controlled Trial"]
    assert entry["OT"] == ["calm"]
    assert entry["AID"] == ["10.1234/invented.7 [doi]"]
    assert entry["RIN"] == ["Invented J. 2012;1:1 PMID: 999"]
    assert entry["LA"] == ["eng", "ger"]
    assert "CIT" not in entry, "what a record cites has no tag of its own"


def test_a_date_is_printed_as_far_as_it_is_known() -> None:
    dates = ("2011", "2011-02", "2011-02-03")
    assert [nbib(a_record(published=date))[0]["DP"] for date in dates] == ["2011", "2011 Feb", "2011 Feb 3"]
    assert ris(a_record(published="2011"))[0].get("date") is None
    assert "DP" not in nbib(a_record(published=None))[0]


def test_csv_is_read_back_as_it_was() -> None:
    table = pd.read_csv(StringIO(format_records([a_full_record()], "csv")), dtype=str)
    row = table.iloc[0]
    assert (row["pmid"], row["registry_numbers"]) == ("7", "ClinicalTrials.gov NCT00000000")
    assert row["authors"] == "Roe AB Jr; De Poe C; Invented Study Group"


def test_json_holds_every_field_under_its_own_name() -> None:
    (entry,) = json.loads(format_records([a_full_record()], "json"))
    assert set(entry) == set(Record.__dataclass_fields__)
    assert entry["published"] == "2011-02-03"
    assert entry["authors"][0]["fore_name"] == "Ann Bee"
    assert entry["mesh"][0]["qualifiers"] == [{"ui": "Q1", "name": "adverse effects", "major": True}]
    assert entry["article_ids"] == [["pubmed", "7"], ["doi", "10.1234/invented.7"]]
    assert entry["history"][0] == {"event": "entrez", "date": "2011-02-03"}
    assert (entry["book"], entry["pmcid"]) == (None, None)


def test_pmids_stand_one_a_line_in_the_order_given() -> None:
    assert format_records([a_record("9"), a_record("5")], "pmid") == "9\n5\n"


@pytest.mark.parametrize("fmt", get_args(Format))
def test_no_records_are_an_empty_answer_in_every_format(fmt: Format) -> None:
    empty = {"ris": "", "bibtex": "", "nbib": "", "pmid": "", "json": "[]\n", "csl": "[]\n"}
    text = format_records([], fmt)
    assert text == empty.get(fmt, text)
    assert len(text.splitlines()) <= 1


@pytest.mark.parametrize("fmt", ["ris", "bibtex", "csl", "nbib", "csv", "json"])
def test_a_paraphrase_never_passes_for_the_publishers_abstract(fmt: Format) -> None:
    record = a_record(abstract=sections(PARAPHRASE="An invented summary."))
    text = format_records([record], fmt)
    assert any(mark in text for mark in ("Paraphrase, not the publisher's words: ", "PARAPHRASE", ",True,"))


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_no_text_can_pass_for_a_tag_or_end_a_record(text: str) -> None:
    hostile = f"{text}\nER  - \nTY  - JOUR\n\nPMID- 1\n{text}"
    record = a_record(title=hostile, abstract=sections(hostile), keywords=(hostile,))
    (reference,) = ris(record)
    (citation,) = nbib(record)
    (entry,) = bibtex(record)
    (item,) = csl(record)
    assert reference["title"] == citation["TI"] == one_line(hostile)
    assert citation["PMID"] == entry["pmid"] == item["PMID"] == record.pmid


def test_real_records_are_read_back_from_every_format() -> None:
    records = real_records()
    assert len(records) == 44
    entries, citations = ris(*records), nbib(*records)
    fields, items = bibtex(*records), csl(*records)
    rows = pd.read_csv(StringIO(format_records(records, "csv")), dtype=str, keep_default_na=False)
    objects = json.loads(format_records(records, "json"))
    for at, record in enumerate(records):
        assert entries[at]["accession_number"] == citations[at]["PMID"] == rows["pmid"][at] == record.pmid
        assert entries[at]["title"] == citations[at]["TI"] == rows["title"][at] == objects[at]["title"]
        assert entries[at].get("doi") == items[at].get("DOI") == record.doi
        assert fields[at]["pmid"] == items[at]["id"] == record.pmid
        assert len(items[at].get("author", [])) == len(record.authors)
        assert len(entries[at].get("authors", [])) == len(record.authors)
        assert len(citations[at].get("MH", [])) == len(record.mesh)
        assert citations[at].get("AB", "") == one_line(record.abstract_text)
        assert [kind["ui"] for kind in objects[at]["publication_types"]] == [t.ui for t in record.publication_types]


@pytest.mark.parametrize(
    ("fmt", "name"), [("ris", "a.ris"), ("bibtex", "a.bib"), ("csl", "a.json"), ("nbib", "a.nbib")]
)
def test_real_records_are_the_same_library_in_every_reference_format(fmt: Format, name: str) -> None:
    records = real_records()
    library = read_library(format_records(records, fmt).encode(), name)
    assert (library.faults, len(library.entries)) == ((), 44)
    for record, entry in zip(records, library.entries, strict=True):
        told = entry.described
        assert (told.pmid, told.doi, told.published and told.published.year) == (record.pmid, record.doi, record.year)
        assert told.title.rstrip(".") == record.title.rstrip(".")
        assert [author.last_name for author in told.authors] == [author.last_name for author in record.authors]
        assert (told.volume, told.issue) == (record.journal.volume, record.journal.issue)


def test_a_season_is_kept_as_printed() -> None:
    season = a_date("2003")
    printed = type(season)(2003, as_printed="2003 Summer")
    record = a_record(published=printed)
    assert nbib(record)[0]["DP"] == "2003 Summer"
    assert ris(record)[0]["year"] == "2003"
    assert json.loads(format_records([record], "json"))[0]["published"] == "2003 Summer"

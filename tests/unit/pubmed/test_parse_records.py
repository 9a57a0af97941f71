"""Cutting, parsing and failing: what comes out, whatever comes in."""

import tracemalloc
from io import BytesIO
from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litwatch.errors import MalformedBatch, ParsingError
from litwatch.model.dates import PartialDate
from litwatch.model.record import Author, DeletedRecord, Parsed, Record, UnparsableRecord
from litwatch.pubmed.records import parse_record, parse_records
from tests.builders import a_link, a_record, records_xml, sections

WHOLE = records_xml(
    a_record("11", title="First"), a_record("12", title="Second", abstract=sections("Ä β < 1")), a_record("13")
)
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="2">77</PMID><Article>{inside}</Article>
</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"""


def read(body: bytes) -> list[Parsed]:
    return list(parse_records(BytesIO(body)))


def values(body: bytes) -> list[Any]:
    return [parsed.value for parsed in read(body)]


def article(inside: str = "", data: str = "") -> Record:
    """The record of an article with the given elements."""
    return parse_record(ARTICLE.format(inside=inside, data=data).encode())


def until_it_breaks(body: bytes) -> tuple[list[Parsed], str]:
    """What is read before the batch turns out to be malformed, and what is then said."""
    found: list[Parsed] = []
    with pytest.raises(MalformedBatch) as caught:
        found.extend(parse_records(BytesIO(body)))
    return found, str(caught.value)


def test_every_record_comes_out_in_order_with_the_bytes_it_was_read_from() -> None:
    parsed = read(WHOLE)
    assert [each.value.pmid for each in parsed] == ["11", "12", "13"]
    assert [parse_record(each.xml) for each in parsed] == [each.value for each in parsed]
    assert all(each.xml in WHOLE for each in parsed)


def test_a_text_is_the_text_of_the_whole_subtree() -> None:
    record = article("<ArticleTitle>CO<sub>2</sub> and <i>S. <b>aureus</b></i> at 5&#x2009;°C &lt; 6</ArticleTitle>")
    assert record.title == "CO2 and S. aureus at 5\u2009°C < 6"


def test_labelled_sections_stay_apart() -> None:
    record = article(
        '<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">Why.</AbstractText>'
        '<AbstractText Label="RESULTS" NlmCategory="RESULTS">What.</AbstractText></Abstract>'
    )
    assert [(section.label, section.category, section.text) for section in record.abstract] == [
        ("AIM", "OBJECTIVE", "Why."),
        ("RESULTS", "RESULTS", "What."),
    ]


def test_authors_may_be_a_group_and_have_an_orcid_but_not_that_of_their_institution() -> None:
    record = article(
        '<AuthorList CompleteYN="N"><Author><LastName>Roe</LastName><ForeName>Ann</ForeName><Initials>A</Initials>'
        '<Suffix>Jr</Suffix><Identifier Source="ORCID">0000-0001-2345-6789</Identifier>'
        '<AffiliationInfo><Affiliation>Here</Affiliation><Identifier Source="ROR">https://ror.org/1</Identifier>'
        "</AffiliationInfo></Author><Author><CollectiveName>The Sesame Group</CollectiveName>"
        '<AffiliationInfo><Affiliation>There</Affiliation><Identifier Source="ORCID">0000-0009-9999-9999</Identifier>'
        "</AffiliationInfo></Author></AuthorList>"
    )
    assert record.authors == (
        Author("Roe", "Ann", "A", "Jr", "", "0000-0001-2345-6789"),
        Author(collective="The Sesame Group"),
    )
    assert not record.authors_complete


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("<Year>2011</Year>", PartialDate(2011)),
        ("<Year>2011</Year><Month>Apr</Month>", PartialDate(2011, 4)),
        ("<Year>2011</Year><Month>04</Month><Day>09</Day>", PartialDate(2011, 4, 9)),
        ("<Year>2011</Year><Season>Spring</Season>", PartialDate(2011, as_printed="2011 Spring")),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", PartialDate(1998, as_printed="1998 Dec-1999 Jan")),
        ("<MedlineDate>1977 Apr 26-28</MedlineDate>", PartialDate(1977, 4, as_printed="1977 Apr 26-28")),
        ("<Year>2011</Year><Month>Feb</Month><Day>30</Day>", PartialDate(2011, 2, as_printed="2011 Feb 30")),
        ("<MedlineDate>undated</MedlineDate>", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_printed(printed: str, expected: PartialDate | None) -> None:
    record = article(f"<Journal><JournalIssue><PubDate>{printed}</PubDate></JournalIssue></Journal>")
    assert record.published == expected


def test_a_doi_stands_in_either_place_and_never_in_a_reference() -> None:
    ids = '<ArticleIdList><ArticleId IdType="doi">10.5555/AB</ArticleId></ArticleIdList>'
    cited = ids.replace("AB", "cited")
    nested = (
        f"<ReferenceList><Title>A</Title><ReferenceList><Reference>{cited}</Reference></ReferenceList></ReferenceList>"
    )
    assert article('<ELocationID EIdType="doi" ValidYN="Y">10.5555/xy</ELocationID>').doi == "10.5555/xy"
    assert article('<ELocationID EIdType="doi" ValidYN="N">10.5555/xy</ELocationID>').doi is None
    assert article(data=ids + nested).doi == "10.5555/ab"
    assert article(data=nested).doi is None


def test_a_book_is_read_as_one() -> None:
    body = (
        "<PubmedBookArticle><BookDocument><PMID>78</PMID><Book><Publisher><PublisherName>Press</PublisherName>"
        "</Publisher><BookTitle>Seeds</BookTitle></Book><ArticleTitle>Sesame</ArticleTitle></BookDocument>"
        "</PubmedBookArticle>"
    )
    record = parse_record(body.encode())
    assert (record.kind, record.title, record.book and record.book.title) == ("book", "Sesame", "Seeds")


def test_deletions_are_read_with_their_version() -> None:
    assert values(records_xml(a_record("11"), deleted=["5", "6"]))[1:] == [DeletedRecord("5", 1), DeletedRecord("6", 1)]  # type: ignore[arg-type]


def test_links_to_other_records_are_kept_with_and_without_a_pmid() -> None:
    record = a_record("11", links=(a_link("RetractionIn", "99"), a_link("ErratumIn", None)))
    assert values(records_xml(record))[0].links == record.links


@pytest.mark.parametrize("broken", [b"<MedlineCitation>", b"&nbsp;", b"\x00", b"\xff", b"<PMID>0</PMID>"])
def test_one_bad_record_is_a_value_and_the_others_are_read(broken: bytes) -> None:
    body = WHOLE.replace(b"Second", broken if b"PMID" not in broken else b"x").replace(
        b">12<", b">0<" if b"PMID" in broken else b">12<"
    )
    found = values(body)
    assert [type(value) for value in found] == [Record, UnparsableRecord, Record]
    assert found[1].reason
    assert found[1].pmid == (None if b"PMID" in broken else "12")


@pytest.mark.parametrize("end", range(0, len(WHOLE), 97))
def test_what_ends_early_says_how_far_it_got_and_loses_no_whole_record(end: int) -> None:
    found, message = until_it_breaks(WHOLE[:end])
    assert len(found) == WHOLE[:end].count(b"</PubmedArticle>")
    if b"<PubmedArticleSet>" in WHOLE[:end]:
        assert message == f"PubMed XML that ends early, after {len(found)} records and {end:,} bytes"


@pytest.mark.parametrize(
    ("body", "likeness"),
    [
        (b"", "nothing at all"),
        (b"   \n", "nothing at all"),
        (b"<!DOCTYPE html><html><body>Error</body></html>", "an HTML page"),
        (b'{"error":"API rate limit exceeded"}', "JSON"),
        (b"<?xml version='1.0'?><pmc-articleset/>", "something that begins"),
        (b"\x1f\x8b\x08\x00" + b"x" * 400_000, "something that begins"),
    ],
)
def test_what_is_no_pubmed_xml_is_named_for_what_it_looks_like(body: bytes, likeness: str) -> None:
    found, message = until_it_breaks(body)
    assert found == []
    assert message.startswith("not PubMed XML but " + likeness)


@pytest.mark.parametrize(
    "body", [b"<PubmedArticleSet></PubmedArticleSet>", b"<PubmedArticleSet/>", b"\xef\xbb\xbf" + WHOLE]
)
def test_an_empty_set_is_a_whole_one_and_a_byte_order_mark_does_no_harm(body: bytes) -> None:
    assert len(read(body)) == body.count(b"</PubmedArticle>")


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    head = (
        f'<!DOCTYPE PubmedArticleSet SYSTEM "http://127.0.0.1:9/x.dtd" [{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    for reference in ("&l9;", "&f;"):
        body = WHOLE[WHOLE.index(b"<PubmedArticleSet>") :].replace(b"Second", reference.encode())
        found = values(head.encode() + body)
        assert [type(value) for value in found] == [Record, UnparsableRecord, Record]


def test_memory_does_not_grow_with_the_file() -> None:
    start, rest = WHOLE.split(b"<PubmedArticleSet>")
    records, _ = rest.split(b"</PubmedArticleSet>")

    class Endless(BytesIO):
        """Thousands of records, made as they are read."""

        parts = chain([start, b"<PubmedArticleSet>"], repeat(records, 2_000), [b"</PubmedArticleSet>"])

        def read(self, size: int | None = -1, /) -> bytes:
            return next(self.parts, b"")

    tracemalloc.start()
    try:
        assert sum(1 for _ in parse_records(Endless())) == 6_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_record_that_never_ends_is_given_up() -> None:
    found, message = until_it_breaks(b"<PubmedArticleSet><PubmedArticle>" + b"x" * (2**25 + 2**20))
    assert found == []
    assert "ends early" in message


@pytest.mark.parametrize(
    "xml", [b"", b"<x/>", b"<PubmedArticle></PubmedArticle>", b"<DeleteCitation></DeleteCitation>"]
)
def test_what_is_no_record_is_refused_by_itself_too(xml: bytes) -> None:
    with pytest.raises(ParsingError):
        parse_record(xml)


@given(st.binary(max_size=300))
@example(b"<PubmedArticleSet><PubmedArticle></PubmedArticle></PubmedArticleSet>")
def test_any_bytes_are_survived(body: bytes) -> None:
    try:
        found = read(body)
    except MalformedBatch:
        return
    assert all(isinstance(parsed.value, UnparsableRecord) for parsed in found)


@given(st.data())
def test_any_damage_to_a_valid_set_is_survived(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    damaged = WHOLE[:place] + data.draw(st.binary(max_size=5)) + WHOLE[place + data.draw(st.integers(0, 40)) :]
    try:
        found = values(damaged)
    except MalformedBatch:
        return
    assert all(isinstance(value, Record | UnparsableRecord | DeletedRecord) for value in found)


def test_a_record_whose_end_is_missing_does_not_take_the_next_one_with_it() -> None:
    first_end = WHOLE.index(b"</PubmedArticle>")
    missing = WHOLE[:first_end] + WHOLE[first_end + len(b"</PubmedArticle>") :]
    assert [type(value) for value in values(missing)] == [UnparsableRecord, Record, Record]
    assert [value.pmid for value in values(missing)] == ["11", "12", "13"]
    spaced = WHOLE.replace(b"</PubmedArticle>", b"</PubmedArticle >", 1)
    assert [value.pmid for value in values(spaced) if isinstance(value, Record)] == ["11", "12", "13"]


def test_an_unreadable_record_is_never_given_the_pmid_of_a_record_that_it_names() -> None:
    linked = records_xml(a_record("11", links=(a_link("RetractionIn", "777"),)))
    (value,) = values(linked.replace(b">11<", b">x1<"))
    assert isinstance(value, UnparsableRecord)
    assert value.pmid is None


def test_an_error_of_the_server_among_records_is_not_passed_over() -> None:
    body = WHOLE.replace(b"</PubmedArticle>", b"</PubmedArticle><ERROR>Backend failed</ERROR>", 1)
    found, message = until_it_breaks(body)
    assert len(found) == 1
    assert message == "PubMed XML with an error in it: Backend failed"


def test_a_second_set_that_ends_early_is_noticed_after_a_whole_one() -> None:
    second = WHOLE[WHOLE.index(b"<PubmedArticleSet>") : -40]
    found, message = until_it_breaks(WHOLE + second)
    assert len(found) == 3 + second.count(b"</PubmedArticle>")
    assert "ends early" in message


def test_a_record_in_a_comment_is_none() -> None:
    start = WHOLE.index(b"<PubmedArticle>")
    end = WHOLE.index(b"</PubmedArticle>") + len(b"</PubmedArticle>")
    body = WHOLE[:start] + b"<!-- " + WHOLE[start:end] + b" -->" + WHOLE[end:]
    assert [value.pmid for value in values(body)] == ["12", "13"]


def test_thousands_of_records_without_an_end_are_as_many_values() -> None:
    body = b"<PubmedArticleSet>" + b"<PubmedArticle>" * 5_000 + b"</PubmedArticle></PubmedArticleSet>"
    assert [type(value) for value in values(body)] == [UnparsableRecord] * 5_000

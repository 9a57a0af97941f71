"""Every record of the real data, field by field, against what Biopython reads from the same bytes.

Biopython is the oracle for what an element says. Where ours goes further (text without inline
markup, dates that validate themselves) its reading is brought to the same form here.
"""

import calendar
import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from Bio import Entrez

from litwatch.model.record import Author, Record
from litwatch.pubmed.records import parse_records
from tests.shared_data import shared_data

HEAD = (
    b'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"><PubmedArticleSet>'
)
MARKUP = re.compile(r"</?(?:i|b|u|sup|sub|DispFormula|mml:\w+|m\w+|none)(?:\s[^<>]*)?/?>")
MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}


def files() -> list[Path]:
    folder = shared_data("pubmed")
    found = [*folder.rglob("*.xml"), *folder.rglob("*.xml.gz")]
    return sorted(path for path in found if path.name != "efetch_pmc.xml")  # PubMed Central's format, not PubMed's


def records_of(path: Path) -> Iterator[tuple[Record, Any]]:
    """Each article as we read it and as Biopython does."""
    body = path.read_bytes()
    for value, xml in parse_records(BytesIO(gzip.decompress(body) if path.suffix == ".gz" else body)):
        if isinstance(value, Record) and value.kind == "article":
            yield value, Entrez.read(BytesIO(HEAD + xml + b"</PubmedArticleSet>"), validate=False)["PubmedArticle"][0]  # type: ignore[no-untyped-call]


def text(value: Any) -> str:
    return " ".join(MARKUP.sub("", str(value)).split())


def ours(value: str) -> str:
    return " ".join(value.split())


def day(element: Any) -> str:
    return f"{int(element['Year']):04d}-{int(element['Month']):02d}-{int(element['Day']):02d}"


def printed(element: Any) -> str:
    """A publication date as far as it has year, month and day; a MedlineDate is its first year."""
    if "Year" not in element:
        return str(re.findall(r"\d{4}", str(element["MedlineDate"]))[0])
    month = str(element.get("Month", ""))
    number = MONTHS.get(month[:3]) or (int(month) if month.isdigit() else None)
    date = f"{int(element['Year']):04d}" + (f"-{number:02d}" if number else "")
    return date + (f"-{int(element['Day']):02d}" if number and "Day" in element else "")


def author(element: Any) -> Author:
    orcid = next((str(each) for each in element.get("Identifier", ()) if each.attributes["Source"] == "ORCID"), "")
    return Author(
        last_name=text(element.get("LastName", "")),
        fore_name=text(element.get("ForeName", "")),
        initials=text(element.get("Initials", "")),
        suffix=text(element.get("Suffix", "")),
        collective=text(element.get("CollectiveName", "")),
        orcid=(re.findall(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX]", orcid) or [""])[0],
    )


def differences(record: Record, theirs: Any) -> Iterator[str]:
    for name, mine, other in compared(record, theirs):
        if mine != other:
            yield f"{record.pmid} {name}: {mine!r} is {other!r} to Biopython"


def compared(record: Record, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
    """Field by field: its name, what we read, what Biopython read."""
    citation, data = theirs["MedlineCitation"], theirs.get("PubmedData", {})
    yield "pmid", record.pmid, str(citation["PMID"])
    yield "version", record.version, int(citation["PMID"].attributes["Version"])
    yield "status", record.status, citation.attributes["Status"]
    if "Article" not in citation:
        return
    article = citation["Article"]
    yield "title", ours(record.title), text(article["ArticleTitle"])
    yield "vernacular title", ours(record.vernacular_title), text(article.get("VernacularTitle", ""))
    yield "languages", record.languages, tuple(map(str, article["Language"]))
    yield "publication status", record.publication_status, str(data.get("PublicationStatus", ""))
    yield "subsets", record.subsets, tuple(map(str, citation["CitationSubset"]))
    yield from compared_texts(record, article)
    yield from compared_people(record, article)
    yield from compared_place(record, citation, article)
    yield from compared_dates(record, citation, article, data)
    yield from compared_indexing(record, citation, article)
    yield from compared_links(record, citation, data)


def compared_texts(record: Record, article: Any) -> Iterator[tuple[str, Any, Any]]:
    abstract = article.get("Abstract", {})
    sections = [
        (part.attributes.get("Label", ""), part.attributes.get("NlmCategory", ""), text(part))
        for part in abstract.get("AbstractText", ())
        if text(part)
    ]
    yield "abstract", [(s.label, s.category, ours(s.text)) for s in record.abstract], sections
    yield "copyright", ours(record.copyright), text(abstract.get("CopyrightInformation", ""))


def compared_people(record: Record, article: Any) -> Iterator[tuple[str, Any, Any]]:
    people = article.get("AuthorList", ())
    mine = [Author(*map(ours, each)) for each in record.authors]
    expected = [author(each) for each in people]
    yield "authors", [each._replace(orcid="") for each in mine], [each._replace(orcid="") for each in expected]
    yield "ORCIDs", [each.orcid.replace("-", "") for each in mine], [each.orcid.replace("-", "") for each in expected]
    complete = getattr(people, "attributes", {}).get("CompleteYN", "Y") == "Y"
    yield "authors complete", record.authors_complete, complete


def compared_place(record: Record, citation: Any, article: Any) -> Iterator[tuple[str, Any, Any]]:
    journal, issue, info = article["Journal"], article["Journal"]["JournalIssue"], citation["MedlineJournalInfo"]
    yield "journal", ours(record.journal.title), text(journal.get("Title", ""))
    yield "abbreviation", record.journal.abbreviation, text(info["MedlineTA"])
    yield "nlm id", record.journal.nlm_id, str(info.get("NlmUniqueID", ""))
    yield "country", record.journal.country, text(info.get("Country", ""))
    yield "volume", ours(record.journal.volume), text(issue.get("Volume", ""))
    yield "issue", ours(record.journal.issue), text(issue.get("Issue", ""))
    if "ISSN" in journal:
        yield "issn", record.journal.issn, str(journal["ISSN"])
    if "MedlinePgn" in article.get("Pagination", {}):
        yield "pages", ours(record.journal.pages), text(article["Pagination"]["MedlinePgn"])


def compared_dates(record: Record, citation: Any, article: Any, data: Any) -> Iterator[tuple[str, Any, Any]]:
    for name, mine, key in (
        ("completed", record.completed, "DateCompleted"),
        ("revised", record.revised, "DateRevised"),
    ):
        yield name, str(mine or ""), day(citation[key]) if key in citation else ""
    online = article.get("ArticleDate", ())
    yield "online", str(record.published_online or ""), day(online[-1]) if online else ""
    issued = article["Journal"]["JournalIssue"]["PubDate"]
    yield "published", str(record.published or ""), printed(issued) if issued else ""
    events = [(each.attributes["PubStatus"], day(each)) for each in data.get("History", ())]
    yield "history", [(event, str(date)) for event, date in record.history], events


def compared_indexing(record: Record, citation: Any, article: Any) -> Iterator[tuple[str, Any, Any]]:
    kinds = [(each.attributes["UI"], text(each)) for each in article["PublicationTypeList"]]
    yield "publication types", list(record.publication_types), kinds
    headings = [
        (
            *_marked(each["DescriptorName"]),
            tuple(_marked(qualifier) for qualifier in each["QualifierName"]),
        )
        for each in citation.get("MeshHeadingList", ())
    ]
    yield "mesh", [(h.ui, h.name, h.major, h.qualifiers) for h in record.mesh], headings
    chemicals = [
        (each["NameOfSubstance"].attributes["UI"], text(each["NameOfSubstance"]), str(each["RegistryNumber"]))
        for each in citation.get("ChemicalList", ())
    ]
    yield "chemicals", list(record.chemicals), chemicals
    keywords = [text(word) for group in citation["KeywordList"] for word in group if text(word)]
    yield "keywords", [ours(word) for word in record.keywords], keywords
    numbers = [
        (text(bank["DataBankName"]), text(number))
        for bank in article.get("DataBankList", ())
        for number in bank.get("AccessionNumberList", ())
    ]
    yield "registry numbers", list(record.registry_numbers), numbers


def _marked(element: Any) -> tuple[str, str, bool]:
    return element.attributes["UI"], text(element), element.attributes.get("MajorTopicYN") == "Y"


def compared_links(record: Record, citation: Any, data: Any) -> Iterator[tuple[str, Any, Any]]:
    links = [
        (each.attributes["RefType"], str(each["PMID"]) if "PMID" in each else None, text(each.get("RefSource", "")))
        for each in citation.get("CommentsCorrectionsList", ())
    ]
    yield "links", [(link.ref_type, link.pmid, ours(link.source)) for link in record.links], links
    ids = [(each.attributes["IdType"], str(each).strip()) for each in data.get("ArticleIdList", ())]
    yield "ids", [pair for pair in ids if pair not in record.article_ids], []
    doi = next((value for kind, value in ids if kind == "doi"), "")
    yield "doi", bool(record.doi), bool(doi) or any("doi" in kind for kind, _ in record.article_ids)
    pmcid = next((value for kind, value in ids if kind == "pmc"), "")
    yield "pmcid", str(record.pmcid or ""), pmcid


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_field_is_what_biopython_reads(path: Path) -> None:
    found = [line for record, theirs in records_of(path) for line in differences(record, theirs)]
    assert found == []


def test_the_comparison_saw_every_article_of_the_real_data() -> None:
    assert sum(1 for path in files() for _ in records_of(path)) >= 150


def test_a_single_changed_character_is_a_difference() -> None:
    path = next(path for path in files() if path.name == "ketamine_articles.xml")
    record, theirs = next(records_of(path))
    theirs["MedlineCitation"]["Article"]["ArticleTitle"] = record.title + "x"
    assert len(list(differences(record, theirs))) == 1

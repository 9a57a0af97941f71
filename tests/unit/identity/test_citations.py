import pytest

from litwatch.identity.citations import citation_of, found_work, identity_keys
from litwatch.model.identity import IdentityKey
from litwatch.model.record import Book, PublicationType
from tests.builders import a_citation, a_link, a_record, authors


def test_a_citation_says_what_comparing_needs() -> None:
    record = a_record("7", title="Ketamine in invented pain.", authors=authors("Loix S", "De Kock M"), published="2011")

    citation = citation_of(record)

    assert (citation.pmid, citation.title, citation.authors, citation.year) == (
        "7",
        "Ketamine in invented pain.",
        ("Loix S", "De Kock M"),
        2011,
    )
    assert (citation.journal, citation.volume, citation.issue, citation.pages) == ("Invent J Ex", "1", "2", "3-9")
    assert citation.doi == "10.1234/invented.7"
    assert citation.designation == ""


def test_a_title_that_pubmed_has_not_in_english_is_given_in_the_original() -> None:
    record = a_record(title="[Not Available].", vernacular_title="Kétamine et douleur inventée.")

    assert citation_of(record).title == "Kétamine et douleur inventée."


def test_a_chapter_is_cited_from_its_book() -> None:
    assert citation_of(a_record(kind="book", book=Book("Invented handbook"))).journal == "Invented handbook"


@pytest.mark.parametrize(
    ("title", "designation"),
    [
        ("Retraction: Ketamine in invented pain.", "retraction"),
        ('Retraction notice to: "Ketamine in invented pain"', "retraction"),
        ("Retraction.", "retraction"),
        ("RETRACTED: Ketamine in invented pain.", ""),
        ("Retraction of the lung under ketamine.", ""),
        ("Expression of concern: Ketamine in invented pain.", "expression of concern"),
        ("Public concern about ketamine.", ""),
        ("Correction to: Ketamine in invented pain.", "erratum"),
        ("Author Correction: Ketamine in invented pain.", "erratum"),
        ("Corrigendum.", "erratum"),
        ("Erratum for Roe et al.", "erratum"),
        ("Correction of invented anaemia with ketamine.", ""),
        ("Comment on: Ketamine in invented pain.", "comment"),
        ("Ketamine in invented pain-Reply.", "comment"),
        ("In reply.", "comment"),
        ("Re: Ketamine in invented pain.", "comment"),
        ("Response to ketamine in treatment-resistant invented pain.", ""),
        ("Regional ketamine.", ""),
        ("Ketamine in invented pain: study protocol for a randomised trial.", "protocol"),
        ("PAIN: protocol for a multicentre, invented study.", "protocol"),
        ("A low-dose ketamine protocol in the emergency department.", ""),
        ("Abstract 1234: Ketamine in invented pain.", "meeting abstract"),
        ("Abstract thinking under ketamine.", ""),
    ],
)
def test_a_record_without_types_is_designated_by_how_its_title_reads(title: str, designation: str) -> None:
    assert citation_of(a_record(title=title, publication_types=())).designation == designation


@pytest.mark.parametrize(
    ("ui", "designation"),
    [
        ("D016440", "retraction"),
        ("D016441", ""),
        ("D000075742", "expression of concern"),
        ("D016425", "erratum"),
        ("D016420", "comment"),
        ("D000078325", "protocol"),
        ("D000076942", "preprint"),
    ],
)
def test_publication_types_designate_by_their_ui(ui: str, designation: str) -> None:
    types = (PublicationType("D016428", "Journal Article"), PublicationType(ui, "as named this year"))

    assert citation_of(a_record(publication_types=types)).designation == designation


@pytest.mark.parametrize(
    ("ref_type", "designation"),
    [("RetractionOf", "retraction"), ("RetractionIn", ""), ("CommentOn", "comment"), ("CommentIn", "")],
)
def test_a_link_designates_the_record_that_befalls_and_not_the_befallen(ref_type: str, designation: str) -> None:
    assert citation_of(a_record(links=(a_link(ref_type),))).designation == designation


def test_equals_meet_under_identifiers_title_and_printed_place() -> None:
    title = "Ketamine & TNF-α in an invented inflammation"
    citation = a_citation("7", title=title, doi="10.1234/A", volume="62", pages="47-58")

    assert identity_keys(citation) == (
        IdentityKey("pmid", "7"),
        IdentityKey("doi", "10.1234/a"),
        IdentityKey("title", "ketaminetnfalphainaninventedinflammation"),
        IdentityKey("opening", "roe ketaminetnfalphainan"),
        IdentityKey("place", "roe 62 47"),
        IdentityKey("extent", "2011 62 47-58"),
    )


def test_a_title_that_tells_little_meets_only_that_of_its_author() -> None:
    keys = identity_keys(a_citation(None, title="Editorial.", volume="", doi=None))

    assert keys == (IdentityKey("title", "editorial roe"),)


@pytest.mark.parametrize(
    ("doi", "key"),
    [
        ("10.21203/rs.3.rs-1671211/v2", "10.21203/rs.3.rs-1671211"),
        ("10.31234/osf.io/abcde.v1", "10.31234/osf.io/abcde"),
        ("10.1002/14651858.CD015373.pub2", "10.1002/14651858.cd015373.pub2"),
    ],
)
def test_the_versions_of_a_preprint_meet_and_those_of_a_review_do_not(doi: str, key: str) -> None:
    assert IdentityKey("doi", key) in identity_keys(a_citation(doi=doi))


def test_what_is_missing_is_no_key() -> None:
    assert identity_keys(a_citation(None, title="", volume="")) == ()


def test_a_work_is_named_after_the_record_that_founds_it() -> None:
    work = found_work(a_record("7"))

    assert work.id == "pmid:7"
    assert work.citation == citation_of(a_record("7"))
    assert work.keys == identity_keys(work.citation)

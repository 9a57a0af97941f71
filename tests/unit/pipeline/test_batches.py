"""Every id that a batch was asked for is read, or accounted for as unread with the right reason."""

import pytest

from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record
from litwatch.model.search import FailedBatch, RawBatch
from litwatch.pipeline.batches import BatchRead, Lack, read_batch
from tests.builders import a_record, records_xml


def read(*asked: str, body: bytes) -> BatchRead:
    return read_batch(RawBatch(tuple(map(Pmid, asked)), body))


def lacks(told: BatchRead) -> dict[str, Lack]:
    return {pmid: unread.lack for pmid, unread in told.unread.items()}


def spoilt(pmid: str) -> bytes:
    """A record whose PMID can be read and whose elements are not closed."""
    return f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article></PubmedArticle>'.encode()


def with_(body: bytes, more: bytes) -> bytes:
    return body.replace(b"</PubmedArticleSet>", more + b"</PubmedArticleSet>")


def test_records_come_in_the_order_asked_whatever_the_order_sent() -> None:
    told = read("1", "2", "3", body=records_xml(a_record("3"), a_record("1"), a_record("2")))

    assert list(told.records) == ["1", "2", "3"]
    assert told.unread == {}


def test_an_id_that_is_not_sent_is_missing() -> None:
    told = read("1", "2", body=records_xml(a_record("2")))

    assert (list(told.records), lacks(told)) == (["2"], {"1": Lack.MISSING})


def test_a_record_that_nobody_asked_for_is_passed_over() -> None:
    told = read("1", body=records_xml(a_record("999"), a_record("1")))

    assert (list(told.records), told.unread) == (["1"], {})


def test_a_record_that_bears_another_pmid_does_not_stand_for_the_one_asked_for() -> None:
    assert lacks(read("1", body=records_xml(a_record("999")))) == {"1": Lack.MISSING}


@pytest.mark.parametrize("order", [(1, 2, 10), (10, 2, 1), (2, 10, 1)])
def test_of_several_versions_of_a_record_the_latest_counts(order: tuple[int, ...]) -> None:
    told = read("1", body=records_xml(*(a_record("1", version=v, title=f"version {v}") for v in order)))

    value = told.records[Pmid("1")].value
    assert isinstance(value, Record)
    assert (value.version, value.title) == (10, "version 10")


def test_a_record_that_cannot_be_read_takes_no_other_with_it() -> None:
    body = with_(records_xml(a_record("1"), a_record("3")), spoilt("2"))

    told = read("1", "2", "3", body=body)

    assert (list(told.records), lacks(told)) == (["1", "3"], {"2": Lack.UNPARSABLE})
    assert told.unread[Pmid("2")].reason.startswith("could not be parsed: ")


def test_a_version_that_can_be_read_counts_before_one_that_cannot() -> None:
    body = with_(records_xml(a_record("2")), spoilt("2"))

    assert list(read("2", body=body).records) == ["2"]


def test_a_record_without_a_readable_pmid_may_be_any_of_the_absent_ones() -> None:
    body = with_(records_xml(a_record("1")), b"<PubmedArticle><MedlineCitation/></PubmedArticle>")

    assert lacks(read("1", "2", body=body)) == {"2": Lack.UNPARSABLE}


def test_a_deleted_record_is_missing() -> None:
    assert lacks(read("1", "2", body=records_xml(a_record("1"), deleted=["2"]))) == {"2": Lack.MISSING}


def test_what_stands_before_a_break_is_read_and_the_rest_is_pending() -> None:
    whole = records_xml(a_record("1"), a_record("2"), a_record("3"))

    told = read("1", "2", "3", body=whole[: whole.index(b"</PubmedArticle>", whole.index(b">2</PMID>"))])

    assert (list(told.records), lacks(told)) == (["1"], {"2": Lack.PENDING, "3": Lack.PENDING})


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>busy</body></html>", b'{"error": "busy"}', b"\xff\xfe", b"<a>" * 99]
)
def test_what_is_no_pubmed_xml_leaves_all_pending(body: bytes) -> None:
    assert lacks(read("1", "2", body=body)) == {"1": Lack.PENDING, "2": Lack.PENDING}


@pytest.mark.parametrize("body", [b"<PubmedArticleSet></PubmedArticleSet>", b"<PubmedArticleSet/>"])
def test_an_empty_set_is_whole_and_its_ids_are_missing(body: bytes) -> None:
    assert lacks(read("1", body=body)) == {"1": Lack.MISSING}


def test_a_batch_that_could_not_be_fetched_is_pending_and_says_why() -> None:
    told = read_batch(FailedBatch((Pmid("1"),), "PubMed was down"))

    assert lacks(told) == {"1": Lack.PENDING}
    assert told.unread[Pmid("1")].reason == "could not be fetched now: PubMed was down"

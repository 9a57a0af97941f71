"""PubMed serves the first 9,999 ids of a search, whatever is asked for, and says so in its own ways."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from litwatch.archive.index import Archive
from litwatch.archive.server_replies import Eutilities
from litwatch.errors import SourceRefused
from litwatch.pubmed.replies import check_fetch_reply, parse_search_reply
from tests.archives import archive_of
from tests.shared_data import shared_data

HELD = 10_050


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    record = (
        '<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{}</PMID><Article>'
        "<ArticleTitle>Invented.</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
    records = "".join(record.format(pmid) for pmid in range(1, HELD + 1))
    xml = f'<?xml version="1.0"?><PubmedArticleSet>{records}</PubmedArticleSet>'.encode()
    with archive_of(tmp_path_factory.mktemp("archive"), xml) as built:
        yield built


@pytest.fixture(scope="module")
def eutilities(archive: Archive) -> Eutilities:
    return Eutilities(archive)


def search(eutilities: Eutilities, **params: str) -> bytes:
    given = {"term": "invented[ti]", "retmode": "json", **params}
    return eutilities.answer("esearch", {name: [value] for name, value in given.items()}).body


def result(eutilities: Eutilities, **params: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(search(eutilities, **params))["esearchresult"]
    return found


def test_more_ids_than_that_are_silently_not_sent(eutilities: Eutilities) -> None:
    found = result(eutilities, retmax="100000")
    assert (found["count"], found["retmax"], len(found["idlist"])) == (str(HELD), "9999", 9_999)


def test_our_own_client_can_see_that_there_are_more(eutilities: Eutilities) -> None:
    found = parse_search_reply(search(eutilities, retmax="9999"), 200)
    assert (found.count, found.retmax, len(found.pmids)) == (HELD, 9_999, 9_999)


def test_the_last_place_that_can_be_asked_for_has_one_id(eutilities: Eutilities) -> None:
    found = result(eutilities, retstart="9998", retmax="10")
    assert found["idlist"] == [str(HELD - 9_998)]


def test_a_place_beyond_is_the_recorded_json_which_is_invalid(eutilities: Eutilities) -> None:
    body = search(eutilities, retstart="9999")
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    ours = json.loads(body, strict=False)
    recorded = shared_data("eutils", "error_bodies", "esearch_past_limit_invalid.json").read_text()
    theirs = json.loads(recorded, strict=False)
    assert ours["header"] == theirs["header"]
    assert theirs["esearchresult"]["ERROR"].startswith(ours["esearchresult"]["ERROR"])


def test_our_own_client_takes_it_for_a_refusal(eutilities: Eutilities) -> None:
    with pytest.raises(SourceRefused, match="9,999"):
        parse_search_reply(search(eutilities, retstart="9999"), 200)


def test_as_xml_it_is_an_error_element(eutilities: Eutilities) -> None:
    body = search(eutilities, retstart="9999", retmode="xml")
    assert b"<ERROR>Search Backend failed: Exception:\n'retstart' cannot be larger than 9998." in body


def test_the_history_server_does_not_lift_the_limit(eutilities: Eutilities) -> None:
    kept = result(eutilities, usehistory="y", retmax="0")
    asked = {"WebEnv": [kept["webenv"]], "query_key": [kept["querykey"]], "rettype": ["uilist"], "retmode": ["text"]}
    page = eutilities.answer("efetch", {**asked, "retstart": ["9500"], "retmax": ["500"]})
    assert len(page.body.split()) == 499
    beyond = eutilities.answer("efetch", {**asked, "retstart": ["9999"]})
    assert beyond.status == 400
    recorded = shared_data("eutils", "error_bodies", "efetch_400_retstart.xml").read_bytes()
    assert recorded.removeprefix(b"<eFetchResult>").removesuffix(b"</eFetchResult>") in beyond.body


def test_ids_given_one_by_one_have_no_such_limit(eutilities: Eutilities) -> None:
    reply = eutilities.answer("efetch", {"id": [",".join(map(str, range(1, HELD + 1)))]})
    check_fetch_reply(reply.body, reply.status)
    assert reply.body.count(b"<PubmedArticle>") == HELD

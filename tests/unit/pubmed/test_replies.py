"""Every reply of E-utilities has its own outcome, and only the true no-hit answer is "0 results"."""

import json
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.model.identifiers import Pmid
from litwatch.pubmed.replies import (
    SearchReply,
    check_fetch_reply,
    find_create_dates,
    parse_info_reply,
    parse_search_reply,
)
from tests.builders import a_date, a_record, records_xml
from tests.shared_data import shared_data

NO_HITS = "esearch_no_hits.json"


class Row(NamedTuple):
    """What a recorded error body must lead to: the error's type, and what its message must say."""

    status: int
    error: type[SourceError]
    says: str


ERROR_BODIES = {
    "429_rate_limit.json": Row(429, SourceUnavailable, "API rate limit exceeded"),
    "429_rate_limit_docform.json": Row(429, SourceUnavailable, "API rate limit exceeded"),
    "efetch_200_unable_query.xml": Row(200, SourceUnavailable, "Unable to obtain query #1"),
    "efetch_400_external_viewer.xml": Row(400, SourceUnavailable, "External viewer error: Empty Response"),
    "efetch_400_retstart.xml": Row(400, SourceRefused, "'retstart' cannot be larger than 9998"),
    "efetch_cannot_retrieve_history.xml": Row(200, SourceUnavailable, "Cannot retrieve history data. query_key: 1"),
    "efetch_invalid_id.xml": Row(400, SourceRefused, "Invalid id parameter"),
    "esearch_200_backend_failed.xml": Row(200, SourceUnavailable, "Unable to open connection to #PMQuerySrv"),
    "esearch_200_db_unsupported.xml": Row(200, SourceUnavailable, "Database is not supported: pubmed"),
    "esearch_200_expired_webenv.json": Row(200, SourceUnavailable, "Unable to obtain query #1"),
    "esearch_past_limit_invalid.json": Row(200, SourceRefused, "'retstart' cannot be larger than 9998"),
    "esummary_empty_id.json": Row(200, SourceRefused, "Empty id list - nothing todo"),
    "esummary_expired_webenv.json": Row(200, SourceUnavailable, "Unable to obtain query #1"),
    "esummary_missing_doc.json": Row(200, SourceRefused, "cannot get document summary"),
}


def search_body(*pmids: str, **fields: object) -> bytes:
    """A reply of ESearch in the shape that PubMed sends, with ``fields`` put over the plain ones."""
    result = {
        "count": str(len(pmids)),
        "retmax": str(len(pmids)),
        "retstart": "0",
        "idlist": list(pmids),
        "translationset": [],
        "querytranslation": '"ketamine"[MeSH Terms]',
    }
    return json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result | fields}).encode()


def refused_search(body: bytes, status: int = 200) -> SourceError:
    with pytest.raises(SourceError) as caught:
        parse_search_reply(body, status)
    return caught.value


def refused_fetch(body: bytes, status: int = 200) -> SourceError:
    with pytest.raises(SourceError) as caught:
        check_fetch_reply(body, status)
    return caught.value


def test_every_recorded_error_body_has_its_row() -> None:
    recorded = {path.name for path in shared_data("eutils", "error_bodies").iterdir()}
    assert recorded == {*ERROR_BODIES, NO_HITS}


@pytest.mark.parametrize("name", ERROR_BODIES)
def test_no_recorded_error_body_is_read_as_a_search_or_as_records(name: str) -> None:
    body = shared_data("eutils", "error_bodies", name).read_bytes()
    row = ERROR_BODIES[name]
    for error in (refused_search(body, row.status), refused_fetch(body, row.status)):
        assert type(error) is row.error
        assert row.says in str(error)


@pytest.mark.parametrize("name", ["429_rate_limit.json", "429_rate_limit_docform.json"])
def test_a_rate_limit_that_comes_with_status_200_is_still_no_answer(name: str) -> None:
    body = shared_data("eutils", "error_bodies", name).read_bytes()
    assert isinstance(refused_search(body, 200), SourceUnavailable)
    assert isinstance(refused_fetch(body, 200), SourceUnavailable)


def test_the_true_no_hit_answer_is_zero_results() -> None:
    reply = parse_search_reply(shared_data("eutils", "error_bodies", NO_HITS).read_bytes(), 200)
    assert (reply.count, reply.pmids) == (0, ())
    assert reply.warnings == ('PubMed\'s index does not hold the phrase «"Nonexistent Termxyz Qwerty"[mh]»',)


def test_nothing_found_must_say_that_nothing_was_found_or_what_was_searched_for() -> None:
    silent = search_body(querytranslation="")
    assert "neither found anything nor says" in str(refused_search(silent))
    assert isinstance(refused_search(silent), SourceUnavailable)
    for fields in ({}, {"querytranslation": "", "warninglist": {"outputmessages": ["No items found."]}}):
        assert parse_search_reply(search_body(**fields), 200).count == 0


@pytest.mark.parametrize("ids", ["123", {"1": "2"}, [1, 2, 3], [None, "2", "3"], ["1", ["2"], "3"], ["1", "x", "3"]])
def test_ids_that_are_no_list_of_numbers_are_no_answer(ids: object) -> None:
    assert isinstance(refused_search(search_body(count="3", idlist=ids)), SourceUnavailable)


def test_a_recorded_search_is_read_whole() -> None:
    reply = parse_search_reply(shared_data("eutils", "klortho", "esearch.pubmed.json").read_bytes(), 200)
    assert (reply.count, reply.retmax, len(reply.pmids)) == (15169, 100, 100)
    assert reply.pmids[0] == "23175848"
    assert reply.translation.startswith('("neoplasms"[MeSH Terms]')
    assert reply.warnings == ()


def test_a_recorded_search_for_a_dropped_phrase_says_that_it_was_broadened() -> None:
    reply = parse_search_reply(shared_data("eutils", "klortho", "esearch.error.json").read_bytes(), 200)
    assert reply.count == 5163
    assert reply.warnings == ("PubMed did not know «fleegle[MeSH Terms]» and searched without it",)


@pytest.mark.parametrize(
    "name", ["esearch.baderror.json", "esearch.baderror.xml", "einfo.error.json", "einfo.error.xml"]
)
def test_recorded_errors_about_the_database_are_final(name: str) -> None:
    error = refused_search(shared_data("eutils", "klortho", name).read_bytes())
    assert isinstance(error, SourceRefused)
    assert "fleegle" in str(error)


def test_a_search_reply_in_xml_is_not_mistaken_for_an_answer() -> None:
    error = refused_search(shared_data("eutils", "klortho", "esearch.pubmed.xml").read_bytes())
    assert isinstance(error, SourceUnavailable)
    assert "something else than JSON" in str(error)


def test_a_phrase_that_is_not_known_to_an_empty_answer_was_not_searched_without() -> None:
    body = search_body(errorlist={"phrasesnotfound": ["qwertyx"], "fieldsnotfound": []})
    assert parse_search_reply(body, 200).warnings == ("PubMed did not know «qwertyx»",)


def test_warnings_keep_what_changes_the_answer_most_in_front() -> None:
    body = search_body(
        "1",
        errorlist={"phrasesnotfound": ["qwertyx"], "fieldsnotfound": ["tiabx"]},
        warninglist={
            "phrasesignored": ["of"],
            "quotedphrasesnotfound": ['"no such phrase"'],
            "outputmessages": ["No items found.", "Wildcard search for 'k*' used only the first 600 variations."],
        },
    )
    assert parse_search_reply(body, 200).warnings == (
        "PubMed did not know «qwertyx» and searched without it",
        "PubMed did not know the field «tiabx»",
        'PubMed\'s index does not hold the phrase «"no such phrase"»',
        "PubMed ignored «of»",
        "Wildcard search for 'k*' used only the first 600 variations.",
    )


def test_a_clamped_reply_keeps_the_limit_that_was_applied() -> None:
    assert parse_search_reply(search_body("7", "3", count="12000"), 200) == SearchReply(
        12000, 2, (Pmid("7"), Pmid("3")), '"ketamine"[MeSH Terms]', ()
    )


def test_a_raw_newline_inside_a_string_does_not_hide_the_answer() -> None:
    assert parse_search_reply(search_body("1").replace(b"MeSH Terms", b"MeSH\nTerms"), 200).count == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "an empty body where JSON was expected"),
        (b" \n", "an empty body where JSON was expected"),
        (b"{}", "no search reply: «{}»"),
        (b'{"esearchresult":{}}', "KeyError('count')"),
        (b'{"esearchresult":{"count":"0"}}', "KeyError('retmax')"),
        (b'{"esearchresult":{"count":"0","retmax":"0"}}', "KeyError('idlist')"),
        (b'{"esearchresult":{"count":"many","retmax":"0","idlist":[]}}', "'many'"),
        (b'{"esearchresult":{"count":"1","retmax":"1","idlist":["x"]}}', "not a PMID: 'x'"),
        (b'{"esearchresult":{"count":"0","retmax":"0","idlist":[]}', "breaks off or is damaged"),
        (b'{"header":{"type":"esearch"},"esearchresult":{"count":"3","idl', "breaks off or is damaged"),
        (b"[]", "something else than JSON: «[]»"),
        (b"0", "something else than JSON: «0»"),
        (b'{"a":' * 100_000, "breaks off or is damaged"),
    ],
)
def test_what_is_no_search_reply_is_unavailable_and_never_empty(body: bytes, says: str) -> None:
    error = refused_search(body)
    assert isinstance(error, SourceUnavailable)
    assert says in str(error)


def test_a_page_of_html_is_named_by_its_title() -> None:
    page = b"<!DOCTYPE html>\n<html><head><title>NCBI -\n WWW Error &lt;500&gt;</title></head><body>sorry</body></html>"
    for error in (refused_search(page), refused_fetch(page)):
        assert isinstance(error, SourceUnavailable)
        assert "an HTML page «NCBI - WWW Error <500>» where" in str(error)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_statuses_that_pass_are_unavailable_even_with_a_perfect_body(status: int) -> None:
    assert isinstance(refused_search(search_body("1"), status), SourceUnavailable)
    assert isinstance(refused_fetch(records_xml(a_record()), status), SourceUnavailable)
    assert f"HTTP {status}" in str(refused_search(b"", status))


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 413, 414])
def test_other_statuses_are_final(status: int) -> None:
    assert isinstance(refused_search(b"", status), SourceRefused)
    assert isinstance(refused_fetch(b"<html><body>no</body></html>", status), SourceRefused)


@pytest.mark.parametrize("status", [302, 404])
def test_a_wrong_address_is_told_apart_from_a_wrong_request(status: int) -> None:
    assert "check the base URL" in str(refused_search(b"", status))
    assert "check the base URL" not in str(refused_search(b"", 400))


def test_an_invalid_api_key_is_final_and_is_not_quoted() -> None:
    body = b'{"error":"API key invalid","api-key":"0123456789abcdef","type":"client","status":"unknown"}'
    error = refused_search(body, 400)
    assert isinstance(error, SourceRefused)
    assert "API key invalid" in str(error)
    assert "0123456789abcdef" not in str(error)


def test_an_unknown_message_passes_unless_the_status_blames_the_request() -> None:
    body = b'{"esearchresult":{"ERROR":"An invented fault"}}'
    assert isinstance(refused_search(body, 200), SourceUnavailable)
    assert isinstance(refused_search(body, 400), SourceRefused)
    assert "the error «An invented fault»" in str(refused_search(body, 200))


def test_a_message_is_quoted_on_one_line_and_not_at_any_length() -> None:
    message = str(refused_search(json.dumps({"error": "long\n" * 500}).encode()))
    assert "long long" in message
    assert len(message) < 300


def test_whole_sets_of_records_pass() -> None:
    check_fetch_reply(records_xml(a_record("1"), a_record("2")), 200)
    check_fetch_reply(records_xml(a_record()) + b"\n\n", 200)


@pytest.mark.parametrize(
    "body", [records_xml(), b"<PubmedArticleSet/>", b"<PubmedArticleSet />\n", b"<PubmedArticleSet></PubmedArticleSet>"]
)
def test_an_empty_set_of_records_passes(body: bytes) -> None:
    check_fetch_reply(body, 200)


def test_recorded_sets_pass_and_other_documents_do_not() -> None:
    for name in ("klortho/efetch.pubmed.xml", "klortho/efetch.pubmedbook.xml"):
        check_fetch_reply(shared_data("eutils", name).read_bytes(), 200)
    for path in shared_data("pubmed", "single").iterdir():
        check_fetch_reply(path.read_bytes(), 200)
    for name in ("efetch_pmc.xml", "pubmed3.html"):
        refused_fetch(shared_data("pubmed", "biopython", name).read_bytes())


def test_records_that_break_off_anywhere_are_noticed() -> None:
    body = records_xml(a_record("1"), a_record("2"))
    for end in range(0, len(body) - 1, 7):
        assert isinstance(refused_fetch(body[:end]), SourceUnavailable)
    assert f"break off after {len(body) - 2:,} bytes" in str(refused_fetch(body[:-2]))


def test_an_error_inside_a_set_of_records_is_an_error() -> None:
    body = b"<PubmedArticleSet><ERROR>Unable to obtain query #1</ERROR></PubmedArticleSet>"
    assert "Unable to obtain query #1" in str(refused_fetch(body))


def test_both_recorded_shapes_of_database_information_are_read() -> None:
    old = parse_info_reply(shared_data("eutils", "klortho", "einfo.pubmed.json").read_bytes(), 200)
    assert old == ("PubMed", "", "2012/11/22 04:25")
    today = {"dbname": "pubmed", "menuname": "PubMed", "dbbuild": "Build-1", "lastupdate": "2026/01/02 03:04"}
    assert parse_info_reply(json.dumps({"einforesult": {"dbinfo": [today]}}).encode(), 200) == (
        "PubMed",
        "Build-1",
        "2026/01/02 03:04",
    )


@pytest.mark.parametrize("result", [[], {}, {"dbinfo": []}, {"dblist": ["pubmed"]}, {"dbinfo": "pubmed"}])
def test_other_information_is_no_answer(result: object) -> None:
    with pytest.raises(SourceUnavailable):
        parse_info_reply(json.dumps({"einforesult": result}).encode(), 200)


def test_create_dates_are_those_of_the_entrez_event_alone() -> None:
    first, second = a_record("1"), a_record("2", published=a_date("2001"), published_online=None)
    assert find_create_dates(records_xml(first, second)) == (date(2011, 2, 3), date(2011, 2, 3))
    assert find_create_dates(b"") == ()


def test_create_dates_are_found_in_real_records_and_impossible_ones_left_out() -> None:
    body = shared_data("pubmed", "single", "20301546.xml").read_bytes()
    assert find_create_dates(body) == (date(2020, 9, 17),)
    assert find_create_dates(body.replace(b"<Month>9</Month>", b"<Month>13</Month>")) == ()


@given(st.binary(max_size=300), st.sampled_from([200, 400, 429, 500]))
@settings(max_examples=100)
def test_any_bytes_end_in_an_answer_or_a_source_error(body: bytes, status: int) -> None:
    for parse in (parse_search_reply, check_fetch_reply, parse_info_reply):
        with pytest.raises(SourceError):
            parse(body, status)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["esearchresult", "count", "idlist", "errorlist", "ERROR", "error"]), inner)
    ),
    max_leaves=12,
)


@given(_JSON)
@settings(max_examples=100)
def test_any_json_ends_in_an_answer_or_a_source_error(value: object) -> None:
    with pytest.raises(SourceError):  # none of these has all that an answer needs
        parse_search_reply(json.dumps({"esearchresult": value}).encode(), 200)

"""Each utility answers in the shape that was recorded at NCBI, errors included, and never says "none" for "cannot"."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from litwatch.archive.index import Archive
from litwatch.archive.server_replies import Eutilities, Reply
from litwatch.errors import SourceRefused
from litwatch.model.identifiers import Pmcid
from litwatch.pubmed.replies import check_fetch_reply, parse_info_reply, parse_search_reply
from tests.archives import archive_of
from tests.builders import NOW, a_link, a_record, records_xml
from tests.shared_data import shared_data

CITED_LIST = (
    b"<ReferenceList><Reference><Citation>Invented J. 2001</Citation><ArticleIdList>"
    b'<ArticleId IdType="pubmed">7</ArticleId></ArticleIdList></Reference>'
    b"<Reference><Citation>Invented J. 2002</Citation></Reference></ReferenceList>"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    records = (
        a_record("101", published="2011-02", links=(a_link("CommentIn", "102"),)),
        a_record("102", published="2012-10-03", published_online="2012-08-01", pmcid=Pmcid("PMC77")),
        a_record("103", title="Rats & mice <again>.", abstract=(), mesh=(), history=(), published=None),
    )
    xml = records_xml(*records).replace(b"</ArticleIdList></PubmedData>", b"</ArticleIdList>@</PubmedData>", 1)
    with archive_of(tmp_path_factory.mktemp("archive"), xml.replace(b"@", CITED_LIST)) as built:
        yield built


@pytest.fixture
def eutilities(archive: Archive) -> Eutilities:
    return Eutilities(archive, today=lambda: date(2011, 3, 1))


def ask(eutilities: Eutilities, utility: str, **params: str | list[str]) -> Reply:
    given = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    return eutilities.answer(utility, {"db": ["pubmed"], **given})


def search(eutilities: Eutilities, term: str, **params: str) -> dict[str, Any]:
    reply = ask(eutilities, "esearch", term=term, retmode="json", **params)
    assert reply.status == 200
    result: dict[str, Any] = json.loads(reply.body, strict=False)["esearchresult"]
    return result


def xml_of(reply: Reply) -> ElementTree.Element:
    return ElementTree.fromstring(reply.body)


def recorded(*parts: str) -> bytes:
    return shared_data("eutils", *parts).read_bytes()


class TestESearch:
    @pytest.mark.parametrize("order", ["", "relevance", "most recent"])
    def test_ids_come_newest_first(self, eutilities: Eutilities, order: str) -> None:
        assert search(eutilities, "all[sb]", sort=order)["idlist"] == ["103", "102", "101"]

    def test_ids_can_come_by_date_of_publication_undated_ones_last(self, eutilities: Eutilities) -> None:
        assert search(eutilities, "all[sb]", sort="pub_date")["idlist"] == ["102", "101", "103"]

    def test_json_has_the_recorded_keys(self, eutilities: Eutilities) -> None:
        theirs = json.loads(recorded("klortho", "esearch.pubmed.json"))
        ours = json.loads(ask(eutilities, "esearch", term="ketamine[tiab]", retmode="json", usehistory="y").body)
        assert ours["header"] == theirs["header"]
        # The stack is gone from PubMed's replies since 2020 (no recorded reply after that has it).
        assert list(ours["esearchresult"]) == [key for key in theirs["esearchresult"] if key != "translationstack"]

    def test_xml_has_the_recorded_elements_in_their_order(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "esearch2.xml"))
        ours = xml_of(ask(eutilities, "esearch", term="ketamine[tiab]", usehistory="y"))
        assert [part.tag for part in ours] == [part.tag for part in theirs if part.tag != "TranslationStack"]

    def test_nothing_found_has_the_recorded_shape(self, eutilities: Eutilities) -> None:
        theirs = json.loads(recorded("error_bodies", "esearch_no_hits.json"))["esearchresult"]
        ours = search(eutilities, '"Nonexistent Termxyz Qwerty"[mh]')
        assert ours.keys() == theirs.keys()
        assert ours["warninglist"].keys() == theirs["warninglist"].keys()
        assert ours["warninglist"]["quotedphrasesnotfound"] == theirs["warninglist"]["quotedphrasesnotfound"]
        assert "No items found." in ours["warninglist"]["outputmessages"]
        assert (ours["count"], ours["retmax"], ours["idlist"]) == ("0", "0", [])

    def test_nothing_found_has_the_recorded_elements(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "esearch8.xml"))
        ours = xml_of(ask(eutilities, "esearch", term="abcXYZ"))
        assert [part.tag for part in ours.iter()] == [part.tag for part in theirs.iter()]

    def test_a_phrase_that_no_record_has_is_named_beside_a_count(self, eutilities: Eutilities) -> None:
        found = search(eutilities, "ketamine[tiab] OR nosuchword[tiab]")
        assert found["count"] == "2"
        assert found["errorlist"] == {"phrasesnotfound": ["nosuchword[Title/Abstract]"], "fieldsnotfound": []}
        assert "warninglist" not in found

    def test_twenty_ids_are_sent_unless_told_otherwise(self, eutilities: Eutilities) -> None:
        assert search(eutilities, "all[sb]", retmax="2")["idlist"] == ["103", "102"]
        assert search(eutilities, "all[sb]", retstart="2", retmax="2")["idlist"] == ["101"]
        assert search(eutilities, "all[sb]", retstart="3")["idlist"] == []
        assert search(eutilities, "all[sb]", retmax="0")["count"] == "3"

    def test_our_own_client_reads_it(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "esearch", term="ketamine[tiab]", retmode="json", retmax="9999", sort="pub_date")
        found = parse_search_reply(reply.body, reply.status)
        assert (found.count, found.pmids, found.warnings) == (2, ("102", "101"), ())
        assert found.translation == '"ketamine"[Title/Abstract]'

    def test_text_in_xml_is_escaped(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "esearch", term='"a<b & c"[tiab]')
        assert '"a<b & c"' in (xml_of(reply).findtext("WarningList/QuotedPhraseNotFound") or "")

    def test_signs_that_xml_cannot_hold_are_blanks(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "esearch", term='"nosuch\x00word\x1b"[tiab]')
        assert xml_of(reply).findtext("WarningList/QuotedPhraseNotFound") == '"nosuch word"[tiab]'

    def test_a_count_alone_can_be_asked_for(self, eutilities: Eutilities) -> None:
        assert xml_of(ask(eutilities, "esearch", term="all[sb]", rettype="count")).findtext("Count") == "3"
        assert search(eutilities, "all[sb]", rettype="count") == {"count": "3"}

    def test_a_single_term_can_be_limited_to_a_field(self, eutilities: Eutilities) -> None:
        assert search(eutilities, "ketamine", field="ti")["querytranslation"] == '"ketamine"[Title]'

    def test_a_field_for_a_whole_expression_is_refused_by_name(self, eutilities: Eutilities) -> None:
        assert "field 'ti'" in search(eutilities, "ketamine AND rats", field="ti")["ERROR"]


class TestDates:
    def test_a_range_of_publication_dates(self, eutilities: Eutilities) -> None:
        limits = {"mindate": "2012", "maxdate": "2012/12", "datetype": "pdat"}
        assert search(eutilities, "all[sb]", **limits)["idlist"] == ["102"]

    def test_a_range_limits_the_whole_term(self, eutilities: Eutilities) -> None:
        limits = {"mindate": "2012", "maxdate": "2012", "datetype": "pdat"}
        assert search(eutilities, "ketamine[tiab] OR rats[tiab]", **limits)["idlist"] == ["102"]

    def test_without_a_type_it_is_the_entry_date(self, eutilities: Eutilities) -> None:
        assert search(eutilities, "all[sb]", mindate="2011/02/03", maxdate="2011/02/03")["count"] == "2"
        assert search(eutilities, "all[sb]", mindate="2011/02/04", maxdate="2011/12/31")["count"] == "0"

    def test_days_back_count_from_today(self, eutilities: Eutilities) -> None:
        assert search(eutilities, "all[sb]", reldate="26", datetype="crdt")["count"] == "2"
        assert search(eutilities, "all[sb]", reldate="25", datetype="crdt")["count"] == "0"
        assert search(eutilities, "all[sb]", reldate="999999999", datetype="crdt")["count"] == "2"

    @pytest.mark.parametrize(
        ("limits", "named"),
        [
            ({"mindate": "2012"}, "maxdate"),
            ({"maxdate": "2012"}, "mindate"),
            ({"mindate": "last year", "maxdate": "2012"}, "last year"),
            ({"reldate": "soon"}, "soon"),
            ({"reldate": "9" * 20}, "reldate"),
            ({"reldate": "7", "datetype": "mdat"}, "mdat"),
        ],
    )
    def test_a_limit_that_cannot_be_applied_is_an_error_that_names_it(
        self, eutilities: Eutilities, limits: dict[str, str], named: str
    ) -> None:
        reply = ask(eutilities, "esearch", term="all[sb]", retmode="json", **limits)
        assert named in json.loads(reply.body)["esearchresult"]["ERROR"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("term", "named"),
        [
            ("harvard[ad]", "ad"),
            ("ketamine[nosuchtag]", "nosuchtag"),
            ("((ketamine[tiab]", "("),
            ("#1 AND ketamine[tiab]", "#1"),
        ],
    )
    def test_a_term_that_cannot_be_searched_is_an_error_that_names_it(
        self, eutilities: Eutilities, term: str, named: str
    ) -> None:
        found = search(eutilities, term)
        assert list(found) == ["ERROR"]
        assert named in found["ERROR"]
        assert named in (xml_of(ask(eutilities, "esearch", term=term)).findtext("ERROR") or "")

    def test_an_empty_term_is_an_error_in_pubmeds_words(self, eutilities: Eutilities) -> None:
        assert search(eutilities, " ")["ERROR"] == "Empty term and query_key - nothing todo"

    @pytest.mark.parametrize("order", ["JournalName", "Author", "title"])
    def test_an_order_that_cannot_be_made_is_refused_by_name(self, eutilities: Eutilities, order: str) -> None:
        assert f"'{order}'" in search(eutilities, "all[sb]", sort=order)["ERROR"]

    def test_a_count_that_is_none_is_refused_by_name(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "esearch", term="all[sb]", retmax="many", retmode="json")
        assert json.loads(reply.body)["esearchresult"]["ERROR"] == "Invalid value of retmax: 'many'"

    def test_another_database_has_the_recorded_error(self, eutilities: Eutilities) -> None:
        for kind in ("json", "xml"):
            reply = ask(eutilities, "esearch", db="fleegle", term="x", retmode=kind)
            theirs = recorded("klortho", f"esearch.baderror.{kind}")
            assert re.sub(rb"\s+", b"", reply.body).endswith(re.sub(rb"\s+", b"", theirs)[-60:])

    def test_the_other_utilities_refuse_it_in_their_recorded_shapes(self, eutilities: Eutilities) -> None:
        summary = ask(eutilities, "esummary", db="fleegle", id="101", retmode="json")
        assert json.loads(summary.body) == json.loads(recorded("klortho", "esummary.error.json"))
        posted = xml_of(ask(eutilities, "epost", db="nothing", id="101"))
        assert posted.findtext("ERROR") == ElementTree.fromstring(recorded("biopython", "epost2.xml")).findtext("ERROR")

    def test_an_archive_that_fails_is_a_backend_that_failed(self, tmp_path: Path) -> None:
        archive = archive_of(tmp_path, records_xml(a_record()))
        archive.close()
        broken = Eutilities(archive)
        assert search(broken, "ketamine")["ERROR"].startswith("Search Backend failed: ")
        assert b"<ERROR>Search Backend failed: " in ask(broken, "efetch", id="101").body


class TestHistory:
    def test_a_search_can_be_kept_and_fetched(self, eutilities: Eutilities) -> None:
        kept = search(eutilities, "all[sb]", usehistory="y", retmax="0")
        assert re.fullmatch(r"MCID_[0-9a-f]{24}", kept["webenv"])
        asked = {"WebEnv": kept["webenv"], "query_key": kept["querykey"]}
        fetched = ask(eutilities, "efetch", rettype="uilist", retmode="text", retstart="1", retmax="1", **asked)
        assert fetched.body == b"102\n"

    def test_an_environment_numbers_its_queries(self, eutilities: Eutilities) -> None:
        first = search(eutilities, "all[sb]", usehistory="y")
        second = search(eutilities, "rats[ti]", usehistory="y", WebEnv=first["webenv"])
        assert (second["webenv"], first["querykey"], second["querykey"]) == (first["webenv"], "1", "2")

    def test_a_query_key_with_a_term_means_both(self, eutilities: Eutilities) -> None:
        kept = search(eutilities, "ketamine[tiab]", usehistory="y")
        found = search(eutilities, "2012[dp] OR rats[ti]", WebEnv=kept["webenv"], query_key=kept["querykey"])
        assert found["idlist"] == ["102"]

    def test_an_environment_that_is_gone_has_the_recorded_errors(self, eutilities: Eutilities) -> None:
        gone = {"WebEnv": "MCID_gone", "query_key": "1"}
        theirs = json.loads(recorded("error_bodies", "esearch_200_expired_webenv.json"))
        assert search(eutilities, "ketamine", **gone) == theirs["esearchresult"]
        fetched = ask(eutilities, "efetch", **gone)
        assert fetched.status == 200
        expected = recorded("error_bodies", "efetch_200_unable_query.xml")
        assert re.sub(rb"\s", b"", fetched.body) == re.sub(rb"\s", b"", expected)
        summary = json.loads(ask(eutilities, "esummary", retmode="json", **gone).body)
        theirs = json.loads(recorded("error_bodies", "esummary_expired_webenv.json"))
        assert summary["esummaryresult"] == theirs["esummaryresult"]

    def test_a_query_key_that_was_never_given_is_refused(self, eutilities: Eutilities) -> None:
        kept = search(eutilities, "all[sb]", usehistory="y")
        reply = ask(eutilities, "efetch", WebEnv=kept["webenv"], query_key="2")
        assert b"<ERROR>Unable to obtain query #2</ERROR>" in reply.body

    def test_old_environments_are_dropped_and_used_ones_stay(self, eutilities: Eutilities) -> None:
        used, unused = (search(eutilities, "all[sb]", usehistory="y")["webenv"] for _ in range(2))
        for _ in range(300):
            ask(eutilities, "epost", id="101")
            assert b"ERROR" not in ask(eutilities, "efetch", WebEnv=used, query_key="1").body
        assert b"ERROR" in ask(eutilities, "efetch", WebEnv=unused, query_key="1").body

    def test_posted_ids_are_kept_in_their_order(self, eutilities: Eutilities) -> None:
        posted = xml_of(ask(eutilities, "epost", id="102,999,101"))
        theirs = ElementTree.fromstring(recorded("biopython", "epost1.xml"))
        assert [part.tag for part in posted.iter()] == [part.tag for part in theirs.iter()]
        asked = {"WebEnv": posted.findtext("WebEnv") or "", "query_key": posted.findtext("QueryKey") or ""}
        fetched = ask(eutilities, "efetch", rettype="uilist", retmode="text", **asked)
        assert fetched.body.split() == [b"102", b"999", b"101"]

    def test_posting_nothing_is_an_error(self, eutilities: Eutilities) -> None:
        assert b"<ERROR>Empty ID list; Nothing to store</ERROR>" in ask(eutilities, "epost", id="").body


class TestEFetch:
    def test_records_come_in_the_order_asked(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="102,101")
        check_fetch_reply(reply.body, reply.status)
        found = [article.findtext("MedlineCitation/PMID") for article in xml_of(reply)]
        assert found == ["102", "101"]

    def test_ids_may_be_listed_or_repeated(self, eutilities: Eutilities) -> None:
        listed = ask(eutilities, "efetch", id="101,102")
        assert ask(eutilities, "efetch", id=["101", "102"]) == listed
        assert ask(eutilities, "efetch", id=" 101 , 102,") == listed

    def test_an_id_that_is_not_held_is_absent(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="999,101")
        assert reply.status == 200
        assert len(xml_of(reply)) == 1

    def test_no_id_that_is_held_gives_an_empty_set(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="999")
        check_fetch_reply(reply.body, reply.status)
        assert len(xml_of(reply)) == 0

    def test_no_id_at_all_is_an_error(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch")
        assert reply.status == 400
        assert b"<ERROR>ID list is empty!" in reply.body
        with pytest.raises(SourceRefused):
            check_fetch_reply(reply.body, reply.status)

    def test_an_id_that_cannot_be_a_pmid_is_an_error_that_names_it(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="101,PMC77")
        assert (reply.status, xml_of(reply).findtext("ERROR")) == (400, "Invalid uid PMC77")

    def test_xml_is_sent_for_every_return_type_as_at_pubmed(self, eutilities: Eutilities) -> None:
        whole = ask(eutilities, "efetch", id="101")
        for kind in ("abstract", "medline", "full"):
            assert ask(eutilities, "efetch", id="101", retmode="xml", rettype=kind) == whole

    def test_medline_text_is_plain_text(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="101,102", rettype="medline", retmode="text")
        assert reply.media_type == "text/plain"
        assert reply.body.decode().count("PMID- ") == 2

    def test_a_form_that_is_not_served_is_an_error_that_names_it(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "efetch", id="101", rettype="abstract", retmode="text")
        assert reply.status == 400
        assert "rettype 'abstract' with retmode 'text'" in (xml_of(reply).findtext("ERROR") or "")

    def test_the_document_type_is_one_that_biopython_ships(self, eutilities: Eutilities) -> None:
        assert b"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd" in ask(eutilities, "efetch", id="1").body


class TestESummary:
    def summary(self, eutilities: Eutilities, pmid: str) -> dict[str, Any]:
        result = json.loads(ask(eutilities, "esummary", id=pmid, retmode="json").body)["result"]
        assert result["uids"] == [pmid]
        found: dict[str, Any] = result[pmid]
        return found

    def test_json_has_the_recorded_keys(self, eutilities: Eutilities) -> None:
        theirs = json.loads(recorded("klortho", "esummary.pubmed.json"))["result"]["22144687"]
        # How often a page was viewed is no fact of the record; PubMed sends the original title since 2013.
        assert self.summary(eutilities, "101").keys() == theirs.keys() - {"viewcount"} | {"vernaculartitle"}

    def test_json_values_have_the_recorded_types(self, eutilities: Eutilities) -> None:
        theirs = json.loads(recorded("klortho", "esummary.pubmed.json"))["result"]["22144687"]
        ours = self.summary(eutilities, "102")
        kinds = {key: type(value) for key, value in ours.items() if key in theirs and key != "pmcrefcount"}
        assert kinds == {key: type(theirs[key]) for key in kinds}
        for key in ("authors", "articleids", "history"):
            assert ours[key][0].keys() == theirs[key][0].keys()

    def test_it_tells_what_the_record_tells(self, eutilities: Eutilities) -> None:
        told = self.summary(eutilities, "102")
        assert (told["pubdate"], told["epubdate"]) == ("2012 Oct 3", "2012 Aug 1")
        assert told["sortpubdate"] == "2012/10/03 00:00"
        assert (told["source"], told["fulljournalname"]) == ("Invent J Ex", "Invented journal of examples")
        assert [author["name"] for author in told["authors"]] == ["Roe A", "Poe BC"]
        assert (told["sortfirstauthor"], told["lastauthor"]) == ("Roe A", "Poe BC")
        assert {"idtype": "doi", "idtypen": 3, "value": "10.1234/invented.102"} in told["articleids"]
        assert told["recordstatus"] == "PubMed - indexed for MEDLINE"

    def test_links_to_other_records_are_references(self, eutilities: Eutilities) -> None:
        [reference] = self.summary(eutilities, "101")["references"]
        assert reference["reftype"] == "Comment in"
        assert reference["pmid"] == "102"

    def test_what_is_not_known_is_empty(self, eutilities: Eutilities) -> None:
        told = self.summary(eutilities, "103")
        assert told["pubdate"] == told["sortpubdate"] == ""
        assert told["history"] == told["attributes"] == []

    def test_xml_has_the_recorded_items_in_their_order(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "esummary1.xml"))
        ours = xml_of(ask(eutilities, "esummary", id="101,103"))
        names = [(item.get("Name"), item.get("Type")) for item in ours[0].findall("Item")]
        assert names == [(item.get("Name"), item.get("Type")) for item in theirs[0].findall("Item")]
        assert ours[1].findtext("Item[@Name='Title']") == "Rats & mice <again>."

    def test_a_record_that_is_not_held_has_the_recorded_error(self, eutilities: Eutilities) -> None:
        theirs = json.loads(recorded("error_bodies", "esummary_missing_doc.json"))["result"]["40482261"]
        assert self.summary(eutilities, "999") == {**theirs, "uid": "999"}
        reply = xml_of(ask(eutilities, "esummary", id="999"))
        assert reply.findtext("ERROR") == "UID=999: cannot get document summary"

    def test_no_id_has_the_recorded_error(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "esummary8.xml"))
        assert xml_of(ask(eutilities, "esummary")).findtext("ERROR") == theirs.findtext("ERROR")

    def test_more_than_500_as_json_are_refused(self, eutilities: Eutilities) -> None:
        ids = ",".join(map(str, range(1, 502)))
        reply = json.loads(ask(eutilities, "esummary", id=ids, retmode="json").body)
        [message] = reply["esummaryresult"]
        assert message == "Too many UIDs in request. Maximum number of UIDs is 500 for JSON format output."

    def test_the_second_version_is_refused_as_xml(self, eutilities: Eutilities) -> None:
        assert b"version 2.0" in ask(eutilities, "esummary", id="101", version="2.0").body


class TestELink:
    def link(self, eutilities: Eutilities, **params: str | list[str]) -> ElementTree.Element:
        return xml_of(eutilities.answer("elink", _lists({"dbfrom": "pubmed", **params})))

    def test_references_are_those_of_the_records_own_list(self, eutilities: Eutilities) -> None:
        links = self.link(eutilities, id="101", linkname="pubmed_pubmed_refs")
        assert [found.text for found in links.findall("LinkSet/LinkSetDb/Link/Id")] == ["7"]

    def test_no_reference_list_gives_no_ids_for_the_record(self, eutilities: Eutilities) -> None:
        links = self.link(eutilities, id="102")
        assert [found.text for found in links.findall("LinkSet/IdList/Id")] == ["102"]
        assert links.find("LinkSet/LinkSetDb") is None

    def test_each_id_parameter_has_its_own_set_and_a_list_has_one(self, eutilities: Eutilities) -> None:
        assert len(self.link(eutilities, id=["101", "102"])) == 2
        assert len(self.link(eutilities, id="101,102")) == 1

    def test_full_texts_are_numbers_of_pubmed_central(self, eutilities: Eutilities) -> None:
        reply = eutilities.answer("elink", _lists({"db": "pmc", "id": "102", "retmode": "json"}))
        [links] = json.loads(reply.body)["linksets"]
        assert links["linksetdbs"] == [{"dbto": "pmc", "linkname": "pubmed_pmc", "links": ["77"]}]

    def test_the_elements_are_those_recorded(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "elink2.xml"))
        ours = self.link(eutilities, id="101,102")
        assert [part.tag for part in ours.iter()] == [part.tag for part in theirs.iter()]

    @pytest.mark.parametrize(
        ("params", "named"),
        [
            ({"linkname": "pubmed_pubmed_citedin"}, "pubmed_pubmed_citedin"),
            ({"linkname": "pubmed_pubmed"}, "'pubmed_pubmed'"),
            ({"db": "gene"}, "gene"),
            ({"cmd": "prlinks"}, "prlinks"),
            ({"dbfrom": "gene"}, "gene"),
        ],
    )
    def test_links_that_a_record_does_not_hold_are_refused_by_name(
        self, eutilities: Eutilities, params: dict[str, str], named: str
    ) -> None:
        assert named in (self.link(eutilities, id="101", **params).findtext("ERROR") or "")


class TestEInfo:
    def test_the_only_database_is_pubmed(self, eutilities: Eutilities) -> None:
        reply = eutilities.answer("einfo", _lists({"retmode": "json"}))
        assert json.loads(reply.body)["einforesult"] == {"dblist": ["pubmed"]}

    def test_the_elements_are_those_recorded(self, eutilities: Eutilities) -> None:
        theirs = ElementTree.fromstring(recorded("biopython", "einfo2.xml"))[0]
        ours = xml_of(ask(eutilities, "einfo"))[0]
        assert [part.tag for part in ours] == [part.tag for part in theirs]
        fields = "FieldList/Field[1]/*"
        assert [part.tag for part in ours.iterfind(fields)] == [part.tag for part in theirs.iterfind(fields)] != []

    def test_fields_have_pubmeds_names(self, eutilities: Eutilities) -> None:
        theirs = {
            field.findtext("Name"): field.findtext("FullName")
            for field in ElementTree.fromstring(recorded("biopython", "einfo2.xml")).iter("Field")
        }
        ours = {
            field.findtext("Name"): field.findtext("FullName")
            for field in xml_of(ask(eutilities, "einfo")).iter("Field")
        }
        shared = ours.keys() & theirs.keys()
        assert len(shared) >= 18
        differing = {name: (ours[name], theirs[name]) for name in shared if ours[name] != theirs[name]}
        # PubMed's user guide, which the query language follows, words these otherwise than EInfo.
        assert differing.keys() <= {"EPDT", "PPDT"}

    def test_our_own_client_reads_when_the_archive_was_built(self, eutilities: Eutilities) -> None:
        reply = ask(eutilities, "einfo", retmode="json")
        info = parse_info_reply(reply.body, reply.status)
        assert (info.name, info.updated) == ("PubMed", f"{NOW:%Y/%m/%d %H:%M}")

    def test_the_size_is_that_of_the_archive(self, eutilities: Eutilities) -> None:
        assert xml_of(ask(eutilities, "einfo")).findtext("DbInfo/Count") == "3"

    def test_another_database_is_refused(self, eutilities: Eutilities) -> None:
        assert b"<ERROR>" in ask(eutilities, "einfo", db="fleegle").body


def test_a_utility_that_is_not_served_is_not_found(eutilities: Eutilities) -> None:
    assert ask(eutilities, "espell", term="ketamin").status == 404


def _lists(params: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in params.items()}


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("Invent J Ex|2011|1|3|Roe A|mine|", "101"),
        ("Invented journal of examples||1|3||mine|", "AMBIGUOUS 101,102,103"),
        ("Invent J Ex|2013|1|3|Roe A|mine|", "NOT_FOUND"),
        ("No such journal|2011|1|3|Roe A|mine|", "NOT_FOUND;INVALID_JOURNAL"),
    ],
)
def test_ecitmatch_answers_each_citation_as_given_with_what_it_found(
    eutilities: Eutilities, line: str, outcome: str
) -> None:
    reply = ask(eutilities, "ecitmatch", retmode="xml", bdata=f"{line}\r{line}")
    assert (reply.status, reply.media_type) == (200, "text/plain")
    assert reply.body.decode().splitlines() == [line + outcome] * 2


@pytest.mark.parametrize(
    "params", [{"bdata": "a|2011|1|3|b|k|"}, {"retmode": "xml"}, {"retmode": "xml", "bdata": "a|2011|k"}]
)
def test_ecitmatch_refuses_what_it_cannot_read_instead_of_finding_nothing(
    eutilities: Eutilities, params: dict[str, str]
) -> None:
    assert b"<ERROR>" in ask(eutilities, "ecitmatch", **params).body

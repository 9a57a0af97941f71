"""Code written for NCBI with Biopython works against an archive when Biopython's base address points there.

Nothing of Biopython is changed but the address that its requests go to, which it has written into its functions.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from Bio import Entrez as BioEntrez
from Bio import Medline as BioMedline
from Bio.Entrez import Parser

from litwatch.archive.sample import sample_xml
from litwatch.archive.server import ServedArchive, serving
from tests.archives import archive_of

Entrez: Any = BioEntrez  # without annotations, which strict typing would complain of at every call
Medline: Any = BioMedline

NCBI = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
RETRACTED_TRIAL = "16616662"
UNKNOWN = "999999999"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedArchive]:
    with archive_of(tmp_path_factory.mktemp("sample"), sample_xml()) as archive, serving(archive) as running:
        yield running


@pytest.fixture(autouse=True)
def _biopython_asks_the_archive(served: ServedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_here(request: Request) -> Any:
        request.full_url = request.full_url.replace(NCBI, served.url)
        return urlopen(request, timeout=10)

    def open_dtd(url: str) -> Any:
        raise AssertionError(f"Biopython does not ship {url}")

    monkeypatch.setattr(Entrez, "urlopen", open_here)
    monkeypatch.setattr(Parser, "urlopen", open_dtd)
    monkeypatch.setattr(Entrez, "email", "someone@example.org")
    monkeypatch.setattr(Entrez, "api_key", "invented")


def read(handle: Any) -> Any:
    with handle:
        return Entrez.read(handle)


def test_a_search_gives_count_ids_and_translation() -> None:
    found = read(Entrez.esearch(db="pubmed", term="ketamine[ti]", retmax=5))
    assert int(found["Count"]) > 40
    assert int(found["RetMax"]) == len(found["IdList"]) == 5
    assert found["QueryTranslation"] == '"ketamine"[Title]'


def test_twenty_ids_are_sent_unless_more_are_asked_for() -> None:
    assert len(read(Entrez.esearch(db="pubmed", term="ketamine[ti]"))["IdList"]) == 20


def test_pages_of_a_search_join_into_the_whole() -> None:
    whole = read(Entrez.esearch(db="pubmed", term="all[sb]", retmax=100))["IdList"]
    pages = [read(Entrez.esearch(db="pubmed", term="all[sb]", retstart=at, retmax=30)) for at in (0, 30, 60)]
    assert [pmid for page in pages for pmid in page["IdList"]] == whole
    assert len(whole) == 66


def test_a_search_that_finds_nothing_says_what_it_did_not_know() -> None:
    found = read(Entrez.esearch(db="pubmed", term="nosuchwordanywhere[tiab]"))
    assert found["Count"] == "0"
    assert found["IdList"] == []
    assert found["ErrorList"]["PhraseNotFound"] == ["nosuchwordanywhere[Title/Abstract]"]
    assert found["WarningList"]["OutputMessage"] == ["No items found."]


def test_an_unsupported_search_is_an_error_that_names_what_is_not_supported() -> None:
    with pytest.raises(RuntimeError, match=r"\[ad\]|Affiliation"):
        read(Entrez.esearch(db="pubmed", term="harvard[ad]"))


def test_a_search_can_be_read_as_json() -> None:
    with Entrez.esearch(db="pubmed", term="ketamine[ti]", retmode="json") as handle:
        assert json.load(handle)["esearchresult"]["retmax"] == "20"


def test_records_are_read_as_biopython_reads_pubmeds() -> None:
    [article] = read(Entrez.efetch(db="pubmed", id=RETRACTED_TRIAL, retmode="xml"))["PubmedArticle"]
    citation = article["MedlineCitation"]
    assert citation["PMID"] == RETRACTED_TRIAL
    assert citation["Article"]["AuthorList"][0]["LastName"] == "Bartoc"
    assert citation["Article"]["Abstract"]["AbstractText"][0].attributes["Label"] == "PARAPHRASE"
    types = citation["Article"]["PublicationTypeList"]
    assert {kind.attributes["UI"] for kind in types} == {"D016449", "D016441"}


def test_all_records_of_the_sample_are_read() -> None:
    ids = read(Entrez.esearch(db="pubmed", term="all[sb]", retmax=100))["IdList"]
    articles = read(Entrez.efetch(db="pubmed", id=ids, rettype="abstract", retmode="xml"))["PubmedArticle"]
    assert [article["MedlineCitation"]["PMID"] for article in articles] == ids


def test_more_than_200_ids_go_by_post() -> None:
    ids = [str(number) for number in range(1, 250)] + [RETRACTED_TRIAL]
    articles = read(Entrez.efetch(db="pubmed", id=ids, retmode="xml"))["PubmedArticle"]
    assert [article["MedlineCitation"]["PMID"] for article in articles] == [RETRACTED_TRIAL]


def test_an_unknown_id_is_silently_absent_as_at_pubmed() -> None:
    with Entrez.efetch(db="pubmed", id=UNKNOWN, retmode="xml") as handle:
        assert b"<PubmedArticle>" not in handle.read()


def test_an_id_that_is_none_is_an_error() -> None:
    with pytest.raises(HTTPError) as refused:
        Entrez.efetch(db="pubmed", id="invented", retmode="xml")
    refused.value.close()
    assert refused.value.code == 400


def test_records_come_through_the_history_server_in_pages() -> None:
    found = read(Entrez.esearch(db="pubmed", term="ketamine[ti]", usehistory="y", retmax=0))
    asked = {"db": "pubmed", "WebEnv": found["WebEnv"], "query_key": found["QueryKey"], "retmode": "xml"}
    received = []
    for start in range(0, int(found["Count"]), 20):
        page = read(Entrez.efetch(**asked, retstart=start, retmax=20))["PubmedArticle"]
        received += [str(article["MedlineCitation"]["PMID"]) for article in page]
    assert received == read(Entrez.esearch(db="pubmed", term="ketamine[ti]", retmax=100))["IdList"]


def test_posted_ids_can_be_fetched_and_summarised() -> None:
    posted = read(Entrez.epost("pubmed", id=f"{RETRACTED_TRIAL},23574634"))
    asked = {"db": "pubmed", "webenv": posted["WebEnv"], "query_key": posted["QueryKey"]}
    articles = read(Entrez.efetch(**asked, retmode="xml"))["PubmedArticle"]
    summaries = read(Entrez.esummary(**asked))
    assert len(articles) == len(summaries) == 2


def test_medline_text_is_read_by_bio_medline() -> None:
    with Entrez.efetch(db="pubmed", id=[RETRACTED_TRIAL, "23574634"], rettype="medline", retmode="text") as handle:
        trial, review = Medline.parse(handle)
    assert (trial["PMID"], review["PMID"]) == (RETRACTED_TRIAL, "23574634")
    assert trial["AU"][0] == "Bartoc C"
    assert "Retracted Publication" in trial["PT"]
    assert trial["TI"].startswith("A randomized, double-blind")


def test_bare_ids_can_be_fetched() -> None:
    with Entrez.efetch(db="pubmed", id=[RETRACTED_TRIAL, "23574634"], rettype="uilist", retmode="text") as handle:
        assert handle.read().split() == [RETRACTED_TRIAL, "23574634"]


def test_summaries_tell_of_the_record_in_few_words() -> None:
    [summary] = read(Entrez.esummary(db="pubmed", id="22826531"))
    assert summary["Id"] == "22826531"
    assert summary["PubDate"] == "2012 Oct"
    assert summary["EPubDate"] == "2012 Jul 23"
    assert summary["Source"] == "Anesth Analg"
    assert summary["AuthorList"][0] == "Dale O"
    assert summary["SO"] == "2012 Oct;115(4):934-943"
    assert summary["ArticleIds"]["doi"] == "10.1213/ANE.0b013e3182662e30"
    assert summary["HasAbstract"] == 1


def test_summaries_can_be_read_as_json() -> None:
    with Entrez.esummary(db="pubmed", id=f"22826531,{UNKNOWN}", retmode="json") as handle:
        result = json.load(handle)["result"]
    assert result["uids"] == ["22826531", UNKNOWN]
    assert result["22826531"]["sortfirstauthor"] == "Dale O"
    assert result[UNKNOWN]["error"] == "cannot get document summary"


def test_a_record_leads_to_its_full_text_in_pubmed_central() -> None:
    [links] = read(Entrez.elink(dbfrom="pubmed", db="pmc", id="34849492"))
    assert links["IdList"] == ["34849492"]
    assert links["LinkSetDb"][0]["LinkName"] == "pubmed_pmc"
    assert links["LinkSetDb"][0]["Link"] == [{"Id": "8609146"}]


def test_ids_given_one_by_one_get_one_set_of_links_each() -> None:
    sets = read(Entrez.elink(dbfrom="pubmed", db="pmc", id=["34849492", RETRACTED_TRIAL]))
    assert [links["IdList"] for links in sets] == [["34849492"], [RETRACTED_TRIAL]]
    assert sets[1]["LinkSetDb"] == []


def test_einfo_names_the_database_its_size_and_its_fields() -> None:
    assert read(Entrez.einfo())["DbList"] == ["pubmed"]
    [told] = read(Entrez.einfo(db="pubmed"))["DbInfo"]
    assert told["Count"] == "66"
    assert {"TIAB", "MESH", "PDAT", "CRDT"} <= {field["Name"] for field in told["FieldList"]}


def test_another_database_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="Invalid db name specified: protein"):
        read(Entrez.esearch(db="protein", term="ketamine"))

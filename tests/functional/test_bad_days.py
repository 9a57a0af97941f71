"""NCBI on a bad day, from the command line: nothing is called "0 new" that is not, nothing is lost, no key is told."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from litwatch.model.record import Journal, Record
from tests.builders import records_xml
from tests.functional.conftest import SETTINGS, WATCH, Household, pmids
from tests.functional.test_weekly_digest import study
from tests.shared_data import shared_data
from tests.unit.sources.loopback import Answer, Asked, Loopback, answering, found

NO_HITS = "esearch_no_hits.json"
KEY = "0123456789abcdef0123456789abcdef0123"

Reply = Callable[[Asked], Answer]


class BadPubMed:
    """Answers from ``records``, unless ``search`` or ``fetch`` says otherwise."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.search: Reply | None = None
        self.fetch: Reply | None = None

    def hold(self, *records: Record) -> None:
        self.records = {record.pmid: record for record in records}

    def well(self) -> None:
        self.search = self.fetch = None

    def answer(self, asked: Asked) -> Answer:
        if asked.program == "esearch.fcgi":
            return self.search(asked) if self.search else found(*self.records)
        return self.fetch(asked) if self.fetch else self.send(asked)

    def send(self, asked: Asked) -> Answer:
        wanted = asked.form["id"].split(",")
        return Answer(records_xml(*(self.records[pmid] for pmid in wanted if pmid in self.records)))


@pytest.fixture
def bad() -> BadPubMed:
    return BadPubMed()


@pytest.fixture
def home(household: Household, bad: BadPubMed) -> Iterator[Household]:
    """A household whose PubMed may have bad days; it asks once and does not wait."""
    with answering(bad.answer) as server:
        point_to(household, server)
        yield household


def point_to(household: Household, server: Loopback) -> None:
    settings = SETTINGS.format(url=server.url).replace("max_tries = 2", "max_tries = 1")
    (household.folder / "config" / "litwatch.toml").write_text(settings, encoding="utf-8")


def always(answer: Answer) -> Reply:
    return lambda asked: answer


def issues(household: Household) -> list[str]:
    folder = household.folder / "output" / "sesame"
    return sorted(path.name for path in folder.glob("*") if path.name.isdecimal())


def error_bodies() -> Iterator[tuple[str, bytes, int]]:
    for path in sorted(shared_data("eutils", "error_bodies").iterdir()):
        if path.name != NO_HITS:
            yield path.name, path.read_bytes(), 200
            yield path.name, path.read_bytes(), 429 if "429" in path.name else 400
    yield "empty", b"", 200
    yield "html", b"<!DOCTYPE html><html><head><title>Down</title></head></html>", 200
    yield "half", found("1001").body[:-20], 200
    yield "null", b"null", 200
    yield "silent", json.dumps({"esearchresult": {"count": "0", "retmax": "0", "idlist": []}}).encode(), 200


def test_no_error_body_is_ever_an_issue_and_a_good_day_makes_up_for_all_of_them(
    home: Household, bad: BadPubMed
) -> None:
    bad.hold(study(1))
    home.run()
    bad.hold(study(1), study(2))
    for name, body, status in error_bodies():
        bad.search = always(Answer(body, status))
        done = home.run()
        assert done.status == 11, f"{name} {status}: {done}"
        assert "could not search" in done.err, name
        assert "0 new" not in done.out + done.err, name
        page = home.folder / "output" / "sesame" / "could-not-search" / "digest.md"
        assert "0 new" not in page.read_text(encoding="utf-8"), name
        assert issues(home) == ["1"], name
    bad.well()
    assert home.run().status == 0
    assert pmids(home.digest(2)["studies"]) == ["1002"]


def test_the_true_no_hit_answer_is_an_issue_with_nothing_new(home: Household, bad: BadPubMed) -> None:
    bad.search = always(Answer(shared_data("eutils", "error_bodies", NO_HITS).read_bytes()))
    done = home.run()
    assert done.status == 0
    assert home.digest(1)["flow"]["identified"] == 0


@pytest.mark.parametrize(
    "reply",
    [
        found("1001", "1002", count=3),
        found("1001", "1001", count=2),
        found("1001", "1002", count=1),
        found("1001", "x", count=2),
        found("1001", count=-1),
    ],
    ids=["one short", "one twice", "one too many", "not a number", "negative"],
)
def test_a_count_that_the_ids_do_not_add_up_to_is_no_search(home: Household, bad: BadPubMed, reply: Answer) -> None:
    bad.hold(study(1), study(2))
    bad.search = always(reply)
    done = home.run()
    assert (done.status, issues(home)) == (11, [])
    bad.well()
    home.run()
    assert pmids(home.digest(1)["studies"]) == ["1001", "1002"]


def test_a_query_that_pubmed_broadened_is_told_of(home: Household, bad: BadPubMed) -> None:
    bad.hold(study(1))
    lost = {"phrasesnotfound": ["swelling[tiab]"], "fieldsnotfound": []}
    bad.search = always(found("1001", errorlist=lost))
    assert home.run().status == 0
    told = "PubMed did not know «swelling[tiab]» and searched without it"
    assert told in home.digest(1, "digest.md")
    assert home.digest(1)["search"]["warnings"] == [told]


def test_an_index_that_is_half_gone_is_warned_of_and_nothing_is_lost(home: Household, bad: BadPubMed) -> None:
    bad.hold(*map(study, range(1, 7)))
    home.run()
    bad.search = always(found("1001"))
    assert home.run().status == 0
    assert "finds only 1 of the 6 records" in home.digest(2, "digest.md")
    bad.well()
    bad.hold(*map(study, range(1, 8)))
    home.run()
    assert pmids(home.digest(3)["studies"]) == ["1007"]


FETCHES: dict[str, Callable[[bytes], Answer]] = {
    "html": lambda body: Answer(b"<html><title>Busy</title></html>"),
    "error with 200": lambda body: Answer(b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"),
    "empty": lambda body: Answer(b""),
    "empty set": lambda body: Answer(b"<PubmedArticleSet></PubmedArticleSet>"),
    "cut in the middle": lambda body: Answer(body[: len(body) // 2]),
    "cut, and closed": lambda body: Answer(body[: len(body) // 2] + b"</PubmedArticleSet>"),
    "rate limit": lambda body: Answer(b'{"error":"API rate limit exceeded"}', 429),
    "one deleted": lambda body: Answer(records_xml(study(1), deleted=["1002", "1003"])),
    "strangers": lambda body: Answer(records_xml(study(1), study(77), study(78))),
    "garbled": lambda body: Answer(body.replace(b"<ArticleTitle>", b"<ArticleTitel>", 2)),
    "other pmids": lambda body: Answer(body.replace(b">1002<", b">2002<").replace(b">1003<", b">2003<")),
    "no bytes of XML": lambda body: Answer(body.replace(b"<MedlineCitation", b"\x00\xff\xfe", 1)),
}


@pytest.mark.parametrize("name", FETCHES)
def test_a_fetch_gone_wrong_is_made_up_for_by_the_next_run(home: Household, bad: BadPubMed, name: str) -> None:
    bad.hold(study(1), study(2), study(3))
    bad.fetch = lambda asked: FETCHES[name](bad.send(asked).body)
    done = home.run()
    assert done.status == 3, done
    first = home.digest(1)
    flow = dict(first["flow"])
    assert flow.pop("identified") == sum(flow.values()) == 3
    assert len(first["unread"]) == 3 - len(first["studies"])
    bad.well()
    assert home.run().status == 0
    second = home.digest(2)
    assert sorted(pmids(first["studies"]) + pmids(second["studies"])) == ["1001", "1002", "1003"]
    assert second["notices"] == []
    assert home.run().status == 0
    assert home.digest(3)["studies"] == []


def test_versions_of_a_record_are_one_study_of_the_latest_version(home: Household, bad: BadPubMed) -> None:
    bad.hold(study(1))
    versions = [study(1, version=3, title="Sesame and swelling, corrected"), study(1, version=1)]
    bad.fetch = always(Answer(records_xml(*versions)))
    assert home.run().status == 0
    assert [study["title"] for study in home.digest(1)["studies"]] == ["Sesame and swelling, corrected"]


def test_half_of_the_batches_failing_loses_nothing(home: Household, bad: BadPubMed) -> None:
    many = [study(number, journal=Journal(volume=str(number), pages=str(number))) for number in range(1, 1601)]
    bad.hold(*many)
    down = Answer(b"<html><title>down</title></html>", 503)
    bad.fetch = lambda asked: bad.send(asked) if int(asked.form["id"].split(",")[0]) % 1000 < 500 else down
    assert home.run().status == 3
    first = home.digest(1)
    assert first["flow"]["pending"] == 600
    bad.well()
    assert home.run().status == 0
    told = pmids(first["studies"]) + pmids(home.digest(2)["studies"])
    assert sorted(told, key=int) == [record.pmid for record in many]


class TestTheApiKey:
    @pytest.fixture
    def keyed(self, home: Household, monkeypatch: pytest.MonkeyPatch) -> Household:
        monkeypatch.setenv("LITWATCH_NCBI_API_KEY", KEY)
        return home

    @contextmanager
    def silent(self, home: Household) -> Iterator[list[str]]:
        """Collects what is said, and then looks for the key in it and in every file."""
        said: list[str] = []
        yield said
        assert said
        assert not any(KEY in text for text in said)
        for path in home.folder.rglob("*"):
            if path.is_file():
                assert KEY.encode() not in path.read_bytes(), path

    def test_is_sent_and_told_to_nobody(self, keyed: Household, bad: BadPubMed) -> None:
        bad.hold(study(1))
        quotes = [
            Answer(json.dumps({"error": "API key invalid", "api-key": KEY}).encode(), 400),
            Answer(json.dumps({"esearchresult": {"ERROR": f"api_key={KEY} is not known"}}).encode()),
            Answer(f"<html><title>{KEY}</title></html>".encode(), 500),
            Answer(b"", 302, {"Location": f"http://127.0.0.1:9/?api_key={KEY}"}),
            found("1001", errorlist={"phrasesnotfound": [KEY], "fieldsnotfound": []}),
        ]
        asked: list[str] = []

        def answer(quote: Answer) -> Reply:
            def told(request: Asked) -> Answer:
                asked.append(request.form["api_key"])
                return quote

            return told

        with self.silent(keyed) as said:
            for quote in quotes:
                bad.search = answer(quote)
                said.extend(keyed.run("--json"))  # type: ignore[arg-type]
                said.extend(keyed.litwatch("search", "sesame"))  # type: ignore[arg-type]
                said.extend(keyed.litwatch("check", "--online"))  # type: ignore[arg-type]
            said[:] = map(str, said)
        assert set(asked) == {KEY}

    def test_is_told_to_nobody_when_no_connection_can_be_had(self, keyed: Household) -> None:
        settings = SETTINGS.format(url="http://127.0.0.1:9/").replace("max_tries = 2", "max_tries = 1")
        (keyed.folder / "config" / "litwatch.toml").write_text(settings, encoding="utf-8")
        with self.silent(keyed) as said:
            done = keyed.run()
            assert done.status == 11
            said.append(str(done))


def test_a_watch_that_cites_survives_a_source_that_fails_in_the_midst(home: Household, bad: BadPubMed) -> None:
    home.watch(WATCH + '[[references]]\nid = "R1"\nas_written = "(Roe, 2001)"\npmid = "1001"\n')
    bad.hold(study(1), study(2))
    down = Answer(b"<html><title>down</title></html>", 503)
    bad.search = lambda asked: down if "1001" in asked.form["term"] else found("1001", "1002")
    done = home.run()
    assert done.status == 3
    assert "R1 could not be looked up" in done.err
    assert pmids(home.digest(1)["studies"]) == ["1002"]
    bad.search = lambda asked: found("1001") if "1001" in asked.form["term"] else found("1001", "1002")
    assert home.run().status == 0
    assert home.digest(2)["studies"] == []
    assert home.digest(2)["references"][0]["state"] == "given"

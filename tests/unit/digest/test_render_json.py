import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.digest.render_json import render_json
from litwatch.model.digest import Digest
from litwatch.model.direction import Direction, DirectionReading, DirectionVerdict, OutcomeDirection
from litwatch.model.identity import Because
from litwatch.model.quote import Quote
from tests.builders import a_card, a_digest, a_finding
from tests.builders_digest import a_baseline, a_failed_run, a_hostile_issue, a_news_issue


def read_back(digest: Digest) -> Any:
    return json.loads(render_json(digest))


def test_the_values_are_those_of_the_digest() -> None:
    document = read_back(a_news_issue())
    trial = document["studies"][1]
    assert (document["number"], document["made_at"]) == (12, "2026-01-05T07:00:00+00:00")
    assert (trial["authors"], trial["design"]) == (["Żółć K", "Ñame L"], "randomised controlled trial")
    assert [bearing["claim"] for bearing in trial["bearings"]] == ["C1", "C2", "C4"]
    assert document["studies"][2]["candidate"] == "pmid:90000007"
    assert document["studies"][4]["conclusion"] is None
    assert document["evidence"][2] == {
        "claim": "C3",
        "works": 2,
        "counts": [
            {"design": "randomised controlled trial", "population": "human", "works": 1},
            {"design": "animal experiment", "population": "animal", "works": 1},
        ],
    }
    assert document["states"][2]["cells"][0] == {
        "design": "randomised controlled trial",
        "course": "unclear",
        "stance": "unclear",
        "works": 0,
        "retracted": 1,
    }
    assert [bearing["stance"] for bearing in trial["bearings"]] == ["unclear", "challenges", "supports"]
    assert document["search"]["received"] == len(document["search"]["pmids"]) == 64


def test_nothing_is_left_out_however_many_works_there_are() -> None:
    assert len(read_back(a_baseline(1000))["studies"]) == 1000


def test_each_study_stands_on_a_line_of_its_own() -> None:
    lines = render_json(a_baseline(30)).splitlines()
    assert sum(line.startswith('{"pmid": "800000') for line in lines) == 30


def test_a_baseline_has_no_state_before_it() -> None:
    assert [state["before"] for state in read_back(a_baseline())["states"]] == [None] * 5


def test_a_direction_is_told_with_the_sentences_that_tell_it() -> None:
    because, quote = Because("than", "lower … than saline"), Quote("IL-6 was lower.", "abstract, RESULTS, sentence 1")
    verdict = DirectionVerdict(Direction.DECREASE, 0.98765, because)
    told = OutcomeDirection("IL-6", Direction.DECREASE, (DirectionReading(verdict, "saline", "P = 0.01", quote),))
    (study,) = read_back(a_digest(studies=(a_card(finding=a_finding(directions=(told,))),)))["studies"]
    (reading,) = study["directions"][0]["readings"]
    assert reading == {
        "direction": "decrease",
        "confidence": 0.988,
        "comparator": "saline",
        "significance": "P = 0.01",
        "because": {"rule": "than", "evidence": "lower … than saline"},
        "quote": {"text": "IL-6 was lower.", "place": "abstract, RESULTS, sentence 1", "is_paraphrase": False},
    }


def test_a_failed_run_has_no_flow_and_no_search() -> None:
    document = read_back(a_failed_run())
    assert (document["kind"], document["number"], document["flow"], document["search"]) == (
        "could not search",
        None,
        None,
        None,
    )
    assert "timed out" in document["failure"]


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=30)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    document = read_back(a_hostile_issue(text))
    assert document["studies"][0]["title"] == document["search"]["query"] == text


def test_the_same_digest_is_rendered_to_the_same_bytes() -> None:
    assert render_json(a_digest()) == render_json(a_digest())

"""The published JSON Schema holds for every digest, and for nothing that it does not know."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from litwatch.digest.render_json import render_json
from litwatch.model.claim_state import ClaimState, Course, SignalKind
from litwatch.model.digest import Digest, Excluded, Flow, NoticeCard, StudyCard
from litwatch.model.direction import Direction, DirectionVerdict, OutcomeDirection
from litwatch.model.finding import (
    LEVELS,
    Bearing,
    DetailKind,
    Finding,
    NoticeKind,
    Population,
    Relevance,
    Stance,
    StudyDesign,
)
from litwatch.model.identifiers import Doi, Pmcid, Pmid, WorkId, work_id
from litwatch.model.identity import Because, ReferenceMatch, ReferenceState, Resolution, Standing
from litwatch.model.search import SearchResult
from litwatch.model.watch import CitedReference, Claim
from tests.builders_digest import (
    a_baseline,
    a_failed_run,
    a_hostile_issue,
    a_news_issue,
    an_empty_issue,
    the_clinics_watch,
)
from tests.shared_data import ROOT

SCHEMA = json.loads((ROOT / "litwatch" / "digest" / "digest.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

SAMPLES = sorted((ROOT / "output" / "sample").glob("*/*/digest.json"))
DIGESTS = (a_news_issue(), an_empty_issue(), a_baseline(), a_failed_run(), a_hostile_issue("<b> & "))


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def test_it_is_a_schema_of_its_draft() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"issue {path.parent.name}")
def test_the_digests_of_the_sample_hold_to_it(path: Any) -> None:
    assert faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 3


@pytest.mark.parametrize("digest", DIGESTS, ids=["news", "empty", "baseline", "failure", "hostile"])
def test_digests_of_every_kind_hold_to_it(digest: Digest) -> None:
    assert faults(json.loads(render_json(digest))) == []


UNIT = st.floats(0, 1)
NUMBER = st.integers(0, 10**9)
WORDS = st.text(max_size=5)
MOMENT = st.datetimes(timezones=st.just(UTC))
PMID = st.integers(1, 999_999_999).map(lambda number: Pmid(str(number)))
WORK = PMID.map(work_id)
DOI = st.from_regex(r"10\.[0-9]{4}/[a-z0-9/<>.;()-]{1,9}", fullmatch=True).map(Doi)
BECAUSE = st.builds(Because, WORDS, WORDS)


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


# Found by the type of a field wherever a value of the model is made by its annotations.
st.register_type_strategy(datetime, MOMENT)
st.register_type_strategy(Pmid, PMID)
st.register_type_strategy(WorkId, WORK)
st.register_type_strategy(Doi, DOI)
st.register_type_strategy(Pmcid, PMID.map(lambda pmid: Pmcid(f"PMC{pmid}")))
st.register_type_strategy(Relevance, st.builds(Relevance, UNIT, st.booleans(), BECAUSE))
st.register_type_strategy(DirectionVerdict, st.builds(DirectionVerdict, confidence=UNIT))

FLOW = st.lists(NUMBER, min_size=7, max_size=7).map(lambda parts: Flow(sum(parts), *parts))
STUDY = st.builds(
    StudyCard,
    finding=st.builds(
        Finding,
        rank=UNIT,
        directions=tuples(st.builds(OutcomeDirection)),
        bearings=tuples(st.builds(Bearing)),
        relevance=st.from_type(Relevance) | st.none(),
    ),
    resolution=st.builds(Resolution),
)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Any issue: every value of the model that a digest may hold, however unlikely together."""
    watch = replace(
        the_clinics_watch(),
        claims=draw(tuples(st.builds(Claim))),
        references=draw(tuples(st.builds(CitedReference))),
    )
    return Digest(
        watch=watch,
        kind=draw(st.sampled_from(("baseline", "news"))),
        number=draw(st.integers(1, 9999)),
        made_at=draw(MOMENT),
        previous=draw(st.none() | MOMENT),
        search=draw(st.builds(SearchResult, reported=NUMBER, requests=NUMBER, slices=NUMBER)),
        flow=draw(FLOW),
        notices=draw(tuples(st.builds(NoticeCard))),
        studies=draw(tuples(STUDY)),
        updated=draw(tuples(STUDY)),
        references=draw(tuples(st.builds(ReferenceMatch))),
        unread=draw(tuples(st.builds(Excluded))),
        states=draw(tuples(st.builds(ClaimState))),
        source_note=draw(WORDS),
    )


@given(digests())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_digest_holds_to_it(digest: Digest) -> None:
    assert faults(json.loads(render_json(digest))) == []


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Every object in a document, the outermost first."""
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from objects(part)


def every_kind_of_object() -> dict[str, Any]:
    """A digest that has each object that the schema describes."""
    document: dict[str, Any] = json.loads(render_json(a_news_issue()))
    hostile = json.loads(render_json(a_hostile_issue("text")))
    study = hostile["studies"][0]
    study["relevance"] = {"score": 0.5, "is_low": False, "because": {"rule": "", "evidence": ""}}
    readings = json.loads((SAMPLES[0]).read_text(encoding="utf-8"))["studies"]
    study["directions"] = next(each["directions"] for each in readings if each["directions"])
    document["studies"].append(study)
    return document


def test_a_key_that_it_does_not_know_is_a_fault_wherever_it_stands() -> None:
    document = every_kind_of_object()
    for each in objects(document):
        each["unknown"] = 1
        assert any("'unknown' was unexpected" in fault for fault in faults_within(document)), sorted(each)
        del each["unknown"]
    assert faults(document) == []


def test_a_key_that_is_not_there_is_a_fault_wherever_it_stood() -> None:
    document = every_kind_of_object()
    for each in list(objects(document))[:60]:
        for key in list(each):
            value = each.pop(key)
            assert any(f"{key!r} is a required property" in fault for fault in faults_within(document)), key
            each[key] = value


def faults_within(document: object) -> list[str]:
    """The faults, and those of each alternative of which none holds."""
    errors = list(VALIDATOR.iter_errors(document))
    return [each.message for error in errors for each in (error, *(error.context or ()))]


def described(node: dict[str, Any], value: object) -> Iterator[tuple[list[str], list[str]]]:
    """The keys that the schema lists and those that stand in ``value``, object by object."""
    node = next((each for each in node.get("oneOf", ()) if each != {"type": "null"}), node)
    node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    if isinstance(value, dict):
        yield list(node["properties"]), list(value)
        for key, part in value.items():
            yield from described(node["properties"][key], part)
    for part in value if isinstance(value, list) else ():
        yield from described(node["items"], part)


def test_it_lists_the_keys_in_the_order_in_which_they_stand() -> None:
    pairs = list(described(SCHEMA, every_kind_of_object()))
    assert [(listed, written) for listed, written in pairs if listed != written] == []
    assert len({tuple(listed) for listed, _ in pairs}) > 25


def test_a_run_that_could_not_search_has_neither_number_nor_search() -> None:
    failed, news = (json.loads(render_json(digest)) for digest in (a_failed_run(), a_news_issue()))
    for key in ("number", "flow", "search"):
        assert faults(failed | {key: news[key]}) != []
        assert faults(news | {key: None}) != []
    assert faults(failed | {"failure": ""}) != []


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("design", StudyDesign),
        ("population", Population),
        ("direction", Direction),
        ("stance", Stance),
        ("cell/course", Course),
        ("signal/kind", SignalKind),
        ("notice/kind", NoticeKind),
        ("match/state", ReferenceState),
        ("detail/kind", DetailKind),
        ("study/standing", Standing),
        ("study/level", {*LEVELS.values(), ""}),
    ],
)
def test_it_knows_the_words_that_the_model_knows_and_no_others(name: str, values: Any) -> None:
    of, _, key = name.partition("/")
    node = SCHEMA["$defs"][of]
    assert set((node["properties"][key] if key else node)["enum"]) == set(values)

"""Values of the model survive JSON."""

import json
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from litwatch.model.direction import Direction, DirectionReading, DirectionVerdict, OutcomeDirection
from litwatch.model.finding import (
    Bearing,
    Detail,
    DetailKind,
    Finding,
    Harm,
    Population,
    Relevance,
    Stance,
    StudyDesign,
)
from litwatch.model.identifiers import Doi, Pmcid, Pmid, WorkId, work_id
from litwatch.model.identity import Because, Candidate, Citation
from litwatch.model.quote import Quote
from litwatch.store.codec import decode_candidates, decode_citation, decode_finding, decode_texts, encode
from tests.builders import a_citation, a_finding

T = TypeVar("T")


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def many(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


texts = st.text(max_size=20)
pmids = st.integers(1, 999_999_999).map(lambda number: Pmid(str(number)))
dois = st.integers(1000, 9999).map(lambda number: Doi(f"10.{number}/β<{number}>"))
pmcids = st.integers(1, 9_999_999).map(lambda number: Pmcid(f"PMC{number}"))
reasons = st.builds(Because, texts, texts)
quotes = st.builds(Quote, texts, texts, st.booleans())
citations = st.builds(
    Citation,
    pmid=maybe(pmids),
    title=texts,
    authors=many(texts),
    year=maybe(st.integers(1, 9999)),
    journal=texts,
    volume=texts,
    issue=texts,
    pages=texts,
    doi=maybe(dois),
    pmcid=maybe(pmcids),
    designation=texts,
)
directed = st.builds(
    DirectionReading,
    st.builds(DirectionVerdict, st.sampled_from(Direction), st.floats(0, 1), reasons),
    texts,
    texts,
    quotes,
)
findings = st.builds(
    Finding,
    relevance=maybe(st.builds(Relevance, st.floats(0, 1), st.booleans(), reasons)),
    work=pmids.map(work_id),
    pmid=pmids,
    design=st.sampled_from(StudyDesign),
    design_because=reasons,
    population=st.sampled_from(Population),
    population_because=reasons,
    species=texts,
    bearings=many(
        st.builds(
            Bearing, texts, many(texts), quotes, st.sampled_from(Direction), st.sampled_from(Stance), because=reasons
        )
    ),
    conclusion=maybe(quotes),
    rank=st.floats(allow_nan=False, allow_infinity=False),
    retracted=st.booleans(),
    details=many(st.builds(Detail, st.sampled_from(DetailKind), texts, texts, texts)),
    directions=many(st.builds(OutcomeDirection, texts, st.sampled_from(Direction), many(directed))),
    basis=texts,
    harm=maybe(st.builds(Harm, quotes, reasons)),
)
candidates = many(st.builds(Candidate, citations, st.floats(0, 1), many(texts)))


@given(findings)
def test_a_finding_comes_back_equal(finding: Finding) -> None:
    assert decode_finding(encode(finding)) == finding


@given(citations)
def test_a_citation_comes_back_equal(citation: Citation) -> None:
    assert decode_citation(encode(citation)) == citation


@given(candidates)
def test_candidates_come_back_equal(some: tuple[Candidate, ...]) -> None:
    assert decode_candidates(encode(some)) == some


@given(many(texts))
def test_texts_come_back_equal(some: tuple[str, ...]) -> None:
    assert decode_texts(encode(some)) == some


def test_every_part_of_a_finding_comes_back_as_the_type_that_it_was() -> None:
    finding = decode_finding(encode(a_finding(bearings=(Bearing("C1", ("IL-6",), Quote("A.", "title")),))))
    (bearing,) = finding.bearings
    parts = (finding.pmid, finding.design, finding.population, finding.design_because, finding.conclusion)
    assert [type(part) for part in parts] == [Pmid, StudyDesign, Population, Because, Quote]
    assert [type(part) for part in (bearing.terms, bearing.rationale)] == [tuple, Quote]


def test_every_part_of_a_citation_comes_back_as_the_type_that_it_was() -> None:
    citation = decode_citation(encode(a_citation("101", doi="10.1234/x", pmcid=Pmcid("PMC7"))))
    parts = (citation.pmid, citation.doi, citation.pmcid, citation.authors)
    assert [type(part) for part in parts] == [Pmid, Doi, Pmcid, tuple]


def test_a_citation_written_before_a_field_was_added_gets_its_default() -> None:
    raw = json.loads(encode(a_citation("101", designation="erratum")))
    del raw["designation"]
    assert decode_citation(json.dumps(raw)) == a_citation("101")


def test_a_quote_written_before_it_could_be_a_paraphrase_is_none() -> None:
    raw = json.loads(encode(a_finding(work=WorkId("pmid:101"), conclusion=Quote("A.", "title"))))
    raw["conclusion"].pop()
    assert decode_finding(json.dumps(raw)).conclusion == Quote("A.", "title", is_paraphrase=False)


def test_text_is_kept_readable_and_short() -> None:
    assert encode(("IL-1β ≤ 5", "TNF-α")) == '["IL-1β ≤ 5","TNF-α"]'


def test_a_finding_kept_before_there_were_details_or_harms_has_none() -> None:
    kept = json.loads(encode(a_finding()))
    del kept["details"], kept["harm"]
    finding = decode_finding(json.dumps(kept))
    assert (finding.details, finding.harm) == ((), None)

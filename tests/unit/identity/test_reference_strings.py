"""What full references mean among given records; a case is an entry of tests/data/reference_matches.json."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.identity.reference_queries import candidate_queries, citation_query
from litwatch.identity.reference_strings import VETOES, WEIGHTS
from litwatch.identity.references import match_reference
from litwatch.model.identifiers import Doi, Pmcid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import Journal, PublicationType, Record
from litwatch.model.search import CitationQuery
from litwatch.pubmed.query import parse_query
from tests.builders import a_date, a_record, a_reference, authors

CASES = json.loads((Path(__file__).parents[2] / "data" / "reference_matches.json").read_text("utf-8"))


def record(facts: dict[str, Any]) -> Record:
    return a_record(
        facts["pmid"],
        title=facts["title"],
        authors=authors(*facts["authors"]),
        published=facts["year"],
        published_online=a_date(facts["online"]) if "online" in facts else None,
        journal=Journal(facts["journal"][0], facts["journal"][1], volume=facts["volume"], pages=facts["pages"]),
        publication_types=(PublicationType(facts["type"], ""),) if "type" in facts else (),
        doi=Doi(facts["doi"]) if "doi" in facts else None,
        pmcid=Pmcid(facts["pmcid"]) if "pmcid" in facts else None,
        abstract=(),
        mesh=(),
    )


def matched(case: dict[str, Any]) -> ReferenceMatch:
    reference = a_reference(as_written=case["written"], said="")
    return match_reference(reference, [record(facts) for facts in case["records"]], ("a search",))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_a_reference_means_the_record_that_it_describes_or_none_for_certain(case: dict[str, Any]) -> None:
    match = matched(case)

    assert (match.pmid or match.state) == case["expects"], match.because
    assert match.because.evidence
    assert all(0 <= candidate.score <= 1 for candidate in match.candidates)


def test_every_veto_has_its_near_miss_among_the_cases() -> None:
    told = {reason for case in CASES for candidate in matched(case).candidates for reason in candidate.reasons}
    assert {veto.name for veto in VETOES} - told == set()


def test_the_weights_of_the_facets_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_the_runner_up_and_the_reasons_are_kept() -> None:
    case = next(case for case in CASES if case["note"] == "a retraction of it stands there too")
    match = matched(case)

    assert [candidate.citation.pmid for candidate in match.candidates] == ["7", "8"]
    assert match.candidates[1].reasons[0] == "a notice, and not the report"
    assert "same title" in match.because.evidence and "ahead by" in match.because.evidence


def test_an_identifier_whose_record_is_something_else_says_what_is_against_it() -> None:
    case = next(case for case in CASES if case["note"] == "near miss: the DOI of something else")
    match = matched(case)

    assert "another title" in match.because.evidence and "other authors" in match.because.evidence
    assert match.candidates[0].citation.pmid == "7"


def test_a_reference_with_a_place_is_asked_of_ecitmatch() -> None:
    written = "Loix S, De Kock M. Ketamine: state of the art. Acta Anaesthesiol Belg. 2011;62(1):47-58."
    assert citation_query(a_reference(as_written=written)) == CitationQuery(
        "Acta Anaesthesiol Belg", 2011, "62", "47", "Loix S"
    )


@pytest.mark.parametrize(
    "written",
    ["(Loix et al., 2011)", "Loix S. Ketamine: state of the art. 2011.", "PMID: 7", "Loix S. X. J 2011;1:2. PMID: 7"],
)
def test_without_a_place_or_with_an_identifier_ecitmatch_is_not_asked(written: str) -> None:
    assert citation_query(a_reference(as_written=written)) is None


def test_searches_go_from_the_sure_to_the_wide() -> None:
    written = "Loix S. The anti-inflammatory effects of ketamine: state of the art. Acta Anaesthesiol Belg 2011;62:47"
    assert candidate_queries(a_reference(as_written=written), "topic[tiab]") == (
        "effects[ti] AND ketamine[ti] AND state[ti]",
        "62[vi] AND 47[pg] AND Loix S[au]",
        "Loix S[au] AND 2010:2012[dp] AND (effects[ti] OR ketamine[ti] OR state[ti])",
        "62[vi] AND 47[pg] AND 2010:2012[dp]",
        "Loix S[au] AND 2010:2012[dp] AND 47[pg]",
        "((effects[ti] AND ketamine[ti]) OR (ketamine[ti] AND state[ti])) AND 2010:2012[dp]",
    )


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("PMID: 7", "7[pmid]"),
        ("https://doi.org/10.1234/a(b)c", '"10.1234/a(b)c"[doi]'),
        ("PMC8609146", '"PMC8609146"'),
        ("(Roe et al., 2011) doi:10.1234/x", '"10.1234/x"[doi]'),
    ],
)
def test_an_identifier_is_searched_for_first(written: str, query: str) -> None:
    assert candidate_queries(a_reference(as_written=written), "")[0] == query


def test_a_bare_number_is_an_identifier_and_not_a_year() -> None:
    assert candidate_queries(a_reference(as_written="21612145"), "") == ("21612145[pmid]",)


@given(st.text(max_size=120), st.sampled_from(("", "Roe A. OR NOT. J 2011;3:4-5", "“NOT” [x]. AND. Lancet 2011 3 4")))
@settings(max_examples=300)
def test_every_search_for_a_reference_is_a_valid_query(text: str, end: str) -> None:
    for query in candidate_queries(a_reference(as_written=text + end), ""):
        assert parse_query(query)


@given(st.text(max_size=200))
def test_any_text_is_matched_or_not_without_an_error(text: str) -> None:
    match = match_reference(a_reference(as_written=text, said=""), [a_record("7")], ())
    assert isinstance(match.state, ReferenceState)

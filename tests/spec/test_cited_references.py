"""What the cited references of the seed case mean, among the real studies of the catalogue."""

import json
from typing import Any

import pytest

from litwatch.identity.reference_queries import candidate_queries
from litwatch.identity.references import match_reference
from litwatch.model.identifiers import Doi, Pmcid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import Journal, Record
from litwatch.model.watch import CitedReference
from tests.builders import a_date, a_record, a_reference, authors, sections
from tests.shared_data import shared_data

NIKKHESLAT = a_reference(
    "R1", "(Nikkheslat et al., 2021)", said="a randomised, double-blind, placebo-controlled study of cytokines"
)
JOZWIAK = a_reference("R2", "(Jóźwiak-Bębenista et al., 2023)", said="ketamine modulates the kynurenine pathway")
INITIAL = a_reference("R3", "(S. et al., 2011)", said="recruitment of inflammatory cells")


@pytest.fixture(scope="module")
def catalogue() -> tuple[Record, ...]:
    """The catalogue's studies that have a PMID; its paraphrases stand where the abstracts would."""
    lines = shared_data("catalogue", "studies.jsonl").read_text("utf-8").splitlines()
    return tuple(_record(study) for study in map(json.loads, lines) if study["pmid"])


def _record(study: dict[str, Any]) -> Record:
    journal = Journal(study["journal"] or "", study["journal_abbrev"] or "", volume=study["volume"] or "")
    return a_record(
        study["pmid"],
        title=study["title"] or "",
        authors=authors(*study["authors"]),
        abstract=sections(study["summary"] or ""),
        journal=journal._replace(pages=study["pages"] or ""),
        published=a_date(study["pub_date"]) if study["pub_date"] else None,
        published_online=a_date(study["epub_date"]) if study["epub_date"] else None,
        doi=Doi(study["doi"]) if study["doi"] else None,
        pmcid=Pmcid(study["pmcid"]) if study["pmcid"] else None,
    )


def matched(reference: CitedReference, candidates: tuple[Record, ...]) -> ReferenceMatch:
    return match_reference(reference, candidates, candidate_queries(reference, "ketamine[tiab]"))


def test_a_review_by_one_author_is_found_although_et_al_is_written(catalogue: tuple[Record, ...]) -> None:
    match = matched(NIKKHESLAT, catalogue)

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "34849492")
    assert "first author Nikkheslat N" in match.because.evidence
    assert "a single author" in match.because.evidence


def test_an_initial_in_the_surnames_place_is_found_by_year_and_topic(catalogue: tuple[Record, ...]) -> None:
    match = matched(INITIAL, catalogue)

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "21612145")
    assert "S. is the given name of the first author, Loix S" in match.because.evidence
    assert "names recruitment, inflammatory, cells" in match.because.evidence


def test_an_initial_is_unsure_as_soon_as_a_second_record_fits_as_well(catalogue: tuple[Record, ...]) -> None:
    rival = a_record(
        "999999999",
        title="Ketamine and the invented recruitment of inflammatory cells",
        authors=authors("Roe S", "Poe B"),
        published="2011",
    )

    match = matched(INITIAL, (*catalogue, rival))

    assert (match.state, match.pmid) == (ReferenceState.UNSURE, None)
    assert {candidate.citation.pmid for candidate in match.candidates[:2]} == {"21612145", "999999999"}


def test_an_initial_is_unsure_when_nothing_is_said_of_the_work(catalogue: tuple[Record, ...]) -> None:
    match = matched(a_reference("R3", "(S. et al., 2011)", said=""), catalogue)

    assert (match.state, match.pmid) == (ReferenceState.UNSURE, None)
    assert match.candidates[0].citation.pmid == "21612145"


def test_a_work_that_no_search_finds_is_unresolved_and_says_what_was_tried(catalogue: tuple[Record, ...]) -> None:
    match = matched(JOZWIAK, catalogue)

    assert (match.state, match.pmid) == (ReferenceState.UNRESOLVED, None)
    assert match.tried == ("Jozwiak-Bebenista[au] AND (ketamine[tiab]) AND 2022:2024[dp]",)
    assert "no record has a fitting author" in match.because.evidence


def test_a_work_online_in_the_year_written_and_printed_in_the_next_is_resolved(catalogue: tuple[Record, ...]) -> None:
    record = a_record(
        "999999998",
        title="Ketamine - A New Antidepressant Drug with Anti-Inflammatory Properties",
        authors=authors("Jóźwiak-Bębenista M", "Roe A"),
        published="2024-01",
        published_online="2023",
    )

    match = matched(JOZWIAK, (*catalogue, record))

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "999999998")
    assert "online 2023" in match.because.evidence


def test_the_same_surname_three_years_off_is_not_resolved(catalogue: tuple[Record, ...]) -> None:
    match = matched(a_reference("R1", "(Nikkheslat et al., 2018)", said="cytokines"), catalogue)

    assert (match.state, match.pmid) == (ReferenceState.UNSURE, None)


def test_a_pmid_that_the_watch_gives_is_not_doubted(catalogue: tuple[Record, ...]) -> None:
    given = a_reference("R3", "(S. et al., 2011)", pmid=catalogue[0].pmid)

    assert matched(given, catalogue).state is ReferenceState.GIVEN

"""What the cited references of the seed case mean, among the real studies of the catalogue."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litwatch.archive.index import Archive
from litwatch.archive.sample import sample_xml
from litwatch.identity.reference_queries import candidate_queries
from litwatch.identity.references import match_reference
from litwatch.model.identifiers import Doi, Pmcid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import Journal, Record
from litwatch.model.watch import CitedReference
from litwatch.pipeline.references import look_up_reference
from litwatch.sources.archive import ArchiveSource
from tests.archives import archive_of
from tests.builders import a_date, a_record, a_reference, authors, records_xml, sections
from tests.fakes import FakeClock
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


JOZWIAK_RECORD = a_record(
    "999999998",
    title="Ketamine - A New Antidepressant Drug with Anti-Inflammatory Properties",
    authors=authors("Jóźwiak-Bębenista M", "Roe A"),
    journal=Journal("The Journal of pharmacology and experimental therapeutics", "J Pharmacol Exp Ther"),
    published="2024",
    published_online="2023",
    abstract=(),
    mesh=(),
    doi=None,
)
"""What FIELD.md knows of the work; its PMID and its second author are not known, and invented here."""


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Archive]:
    """The embedded sample, which holds no record of Jóźwiak-Bębenista 2023."""
    with archive_of(tmp_path, sample_xml()) as archive:
        yield archive


def looked_up(reference: CitedReference, archive: Archive) -> ReferenceMatch:
    match, _ = look_up_reference(reference, "ketamine[tiab]", ArchiveSource(archive, FakeClock()), None)
    return match


def test_on_the_sample_the_initial_is_resolved_and_the_work_that_is_not_there_stays_open(sample: Archive) -> None:
    assert looked_up(INITIAL, sample).pmid == "21612145"

    open_match = looked_up(JOZWIAK, sample)
    assert (open_match.state, open_match.pmid) == (ReferenceState.UNRESOLVED, None)
    assert open_match.tried == ("Jozwiak-Bebenista[au] AND (ketamine[tiab]) AND 2022:2024[dp] → 0 found",)


VANCOUVER = (
    "Jóźwiak-Bębenista M, et al. Ketamine - A New Antidepressant Drug with Anti-Inflammatory Properties. "
    "J Pharmacol Exp Ther. 2023."
)
APA = (
    "Jozwiak-Bebenista, M. (2024). Ketamine: a new antidepressant drug with anti-inflammatory properties. Journal of "
    "Pharmacology and Experimental Therapeutics."
)


@pytest.mark.parametrize("written", [JOZWIAK.as_written, VANCOUVER, APA])
def test_it_resolves_in_every_form_once_its_record_is_there(tmp_path: Path, written: str) -> None:
    both = (
        sample_xml().replace(b"</PubmedArticleSet>", b"")
        + records_xml(JOZWIAK_RECORD).partition(b"<PubmedArticleSet>")[2]
    )
    with archive_of(tmp_path, both) as archive:
        match = looked_up(a_reference("R2", written, said=JOZWIAK.said), archive)

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "999999998"), match.because

"""The embedded sample tells what the catalogue has seen, marks its paraphrases, and replays time."""

import csv
import io
import json
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from litwatch.archive import sample
from litwatch.archive.sample import REPLAY_STATEMENT, RETRACTIONS_READ, SAMPLE_STATEMENT, sample_xml
from litwatch.model.identifiers import Pmid
from litwatch.model.record import PARAPHRASE_LABEL, Record
from litwatch.pubmed.records import parse_records
from tests.shared_data import shared_data

RETRACTED_TRIAL = Pmid("16616662")
CORRECTED_REVIEW = Pmid("29641605")
COMMENTED_TRIAL = Pmid("19604642")
RETRACTED_PUBLICATION = "D016441"


@cache
def records(as_of: date | None = None) -> dict[Pmid, Record]:
    parsed = [entry.value for entry in parse_records(io.BytesIO(sample_xml(as_of)))]
    assert all(isinstance(value, Record) for value in parsed)
    return {value.pmid: value for value in parsed if isinstance(value, Record)}


@cache
def embedded() -> dict[str, dict[str, Any]]:
    path = Path(sample.__file__).parent / "sample_data" / "studies.jsonl"
    return {facts["pmid"]: facts for facts in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def catalogue() -> dict[str, dict[str, Any]]:
    path = shared_data("catalogue", "studies.jsonl")
    studies = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {study["pmid"]: study for study in studies if study["pmid"]}


def publication_type_uis(record: Record) -> set[str]:
    return {kind.ui for kind in record.publication_types}


def test_the_sample_holds_the_66_studies_that_have_a_pmid() -> None:
    assert len(records()) == 66


def test_the_embedded_file_is_what_the_catalogue_gives() -> None:
    lines = shared_data("catalogue", "studies.jsonl").read_text(encoding="utf-8").splitlines()
    path = Path(sample.__file__).parent / "sample_data" / "studies.jsonl"
    assert list(sample.embedded_lines(lines)) == path.read_text(encoding="utf-8").splitlines()


def test_every_record_says_what_the_catalogue_says_and_what_is_null_there_is_empty_here() -> None:
    for pmid, study in catalogue().items():
        record = records()[Pmid(pmid)]
        journal = record.journal
        said = {
            "authors": [author.printed for author in record.authors],
            "journal": journal.title or None,
            "journal_abbrev": journal.abbreviation or None,
            "volume": journal.volume or None,
            "issue": journal.issue or None,
            "pages": journal.pages or None,
            "pub_date": str(record.published) if record.published else None,
            "epub_date": str(record.published_online) if record.published_online else None,
            "doi": record.doi,
            "pmcid": record.pmcid,
            "language": ",".join(record.languages),
            "publication_types": sorted(kind.name for kind in record.publication_types),
            "keywords": list(record.keywords),
        }
        seen = {key: study[key] for key in said}
        seen["publication_types"] = sorted(seen["publication_types"])
        seen["doi"] = seen["doi"].lower() if seen["doi"] else None
        assert said == seen, pmid


def test_mesh_headings_keep_their_subheadings_and_asterisks() -> None:
    for pmid, study in catalogue().items():
        printed = []
        for heading in records()[Pmid(pmid)].mesh:
            descriptor = heading.name + "*" * heading.major
            printed += [f"{descriptor}/{part.name}{'*' * part.major}" for part in heading.qualifiers] or [descriptor]
        assert sorted(printed) == sorted(study["mesh"]), pmid


def test_a_title_that_was_not_seen_at_a_source_is_no_title() -> None:
    for pmid, study in catalogue().items():
        assert records()[Pmid(pmid)].title == (study["title"] if "title" in study["verified"] else ""), pmid


def test_nothing_is_invented_where_pubmed_would_have_more() -> None:
    for record in records().values():
        assert not record.history
        assert record.status == ""
        assert record.revised is None
        assert record.completed is None
        assert not record.chemicals
        assert record.journal.issn == record.journal.nlm_id == record.journal.country == ""
        assert all(heading.ui == "" for heading in record.mesh)
        assert all(author.fore_name == author.orcid == "" for author in record.authors)


def test_the_labels_of_the_catalogues_reader_stay_out() -> None:
    labels = {"design", "species", "n", "population", "drug", "conditions", "findings", "bears_on", "note", "tier"}
    for facts in embedded().values():
        assert labels.isdisjoint(facts)
        assert "Near miss" not in facts["paraphrase"]


def test_lists_of_authors_known_to_be_cut_say_so_and_the_others_do_not() -> None:
    cut = {pmid for pmid, record in records().items() if not record.authors_complete}
    assert cut == {"15228231", "36758932", "39706223"}


def test_a_research_group_is_a_collective_author() -> None:
    authors = records()[Pmid("28576285")].authors
    assert [author.collective for author in authors if author.collective] == ["PODCAST Research Group"]


def test_trial_registrations_are_in_the_databank_list() -> None:
    registered = {
        pmid: [(number.databank, number.accession) for number in record.registry_numbers]
        for pmid, record in records().items()
        if record.registry_numbers
    }
    assert registered == {
        "27718369": [("ClinicalTrials.gov", "NCT00088699")],
        "33532995": [("ClinicalTrials.gov", "NCT03273231")],
    }


def test_publication_types_can_be_matched_by_ui() -> None:
    uis = {kind.name: kind.ui for record in records().values() for kind in record.publication_types}
    assert uis["Randomized Controlled Trial"] == "D016449"
    assert uis["Retraction Notice"] == "D016440"
    assert [name for name, ui in uis.items() if not ui] == ["Clinical Trial Protocol"]


def test_publication_type_uis_are_those_of_real_records() -> None:
    known = {kind.name: kind.ui for record in records().values() for kind in record.publication_types if kind.ui}
    real = {
        kind.name: kind.ui
        for path in [*shared_data("pubmed", "single").glob("*.xml"), shared_data("pubmed", "ketamine_articles.xml")]
        for parsed in parse_records(io.BytesIO(path.read_bytes()))
        if isinstance(parsed.value, Record)
        for kind in parsed.value.publication_types
    }
    shared = known.keys() & real.keys()
    assert len(shared) >= 5
    assert {name: known[name] for name in shared} == {name: real[name] for name in shared}


def test_every_abstract_is_marked_as_a_paraphrase() -> None:
    for record in records().values():
        assert record.is_paraphrase
        assert [section.label for section in record.abstract] == [PARAPHRASE_LABEL]
        assert "not the publisher's abstract" in record.copyright
        assert record.abstract[0].text.endswith(".")


def test_a_paraphrase_is_the_whole_summary_but_for_what_befell_the_work_later() -> None:
    shortened = set()
    for pmid, study in catalogue().items():
        summary = study["summary"].removeprefix("Near miss: ").lower()
        paraphrase = records()[Pmid(pmid)].abstract[0].text.lower()
        if paraphrase != summary:
            shortened.add(pmid)
            assert summary.startswith(paraphrase.removesuffix(".") + "; ")
    assert shortened == {"16616662", "29641605"}


def test_the_statements_tell_of_paraphrases_and_of_the_replay() -> None:
    assert "paraphrase" in SAMPLE_STATEMENT
    assert f"{len(records())} real PubMed records" in SAMPLE_STATEMENT
    assert RETRACTIONS_READ.isoformat() in REPLAY_STATEMENT


class TestReplay:
    def test_a_record_is_there_from_its_electronic_publication_date(self) -> None:
        assert RETRACTED_TRIAL not in records(date(2006, 3, 8))
        assert RETRACTED_TRIAL in records(date(2006, 3, 9))

    def test_a_record_with_a_year_alone_is_there_from_the_last_day_of_that_year(self) -> None:
        assert Pmid("40918533") not in records(date(2025, 12, 30))
        assert Pmid("40918533") in records(date(2025, 12, 31))

    def test_a_record_with_a_month_is_there_from_the_last_day_of_that_month(self) -> None:
        assert Pmid("15225906") not in records(date(2004, 7, 30))
        assert Pmid("15225906") in records(date(2004, 7, 31))

    def test_records_without_a_date_are_always_there(self) -> None:
        assert set(records(date(1990, 1, 1))) == {
            pmid for pmid, record in records().items() if not record.published and not record.published_online
        }
        assert len(records(date(1990, 1, 1))) == 5

    def test_the_set_never_shrinks(self) -> None:
        days = [date(year, month, 15) for year in range(1995, 2027) for month in (1, 7)]
        held = [set(records(day)) for day in days]
        assert all(earlier <= later for earlier, later in pairwise(held))
        assert len(held[0]) < len(held[-1]) == len(records())

    def test_a_day_after_everything_is_the_whole_sample(self) -> None:
        assert sample_xml(date(2026, 1, 1)) == sample_xml()

    def test_the_retraction_shows_from_the_day_on_which_its_source_was_read(self) -> None:
        before, after = (records(day)[RETRACTED_TRIAL] for day in (date(2025, 8, 21), date(2025, 8, 22)))
        assert RETRACTED_PUBLICATION not in publication_type_uis(before)
        assert RETRACTED_PUBLICATION in publication_type_uis(after)

    def test_before_that_day_no_word_tells_of_the_retraction(self) -> None:
        before = records(RETRACTIONS_READ - timedelta(days=1))
        told = [pmid for pmid, record in before.items() if "retract" in repr(record).lower()]
        assert told == ["34711525"], "but for the notice that another study was retracted, which is a record of its own"

    def test_the_retraction_mark_takes_no_other_publication_type_away(self) -> None:
        assert "D016449" in publication_type_uis(records()[RETRACTED_TRIAL])

    def test_the_retraction_stands_in_the_list_of_that_day(self) -> None:
        path = shared_data("retractions", "retractionwatch_doi_status.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            statuses = {row["doi"]: row["retractionwatch"] for row in csv.DictReader(lines)}
        assert statuses[records()[RETRACTED_TRIAL].doi or ""] == "Retraction"

    def test_an_erratum_and_a_comment_show_from_their_own_dates(self) -> None:
        # Both records are themselves dated by year alone and so come later than the link: only the file tells.
        dated = {
            (pmid, link["ref_type"], addition["from"])
            for pmid, facts in embedded().items()
            for addition in facts.get("later", [])
            for link in addition.get("links", [])
        }
        assert dated == {
            (CORRECTED_REVIEW, "ErratumIn", "2018-12-13"),
            (COMMENTED_TRIAL, "CommentIn", "2009-10-31"),
        }
        for pmid, ref_type, _ in dated:
            assert [link.ref_type for link in records()[Pmid(pmid)].links] == [ref_type]

    def test_what_is_dated_later_is_nowhere_in_the_facts_before_it(self) -> None:
        for pmid in (RETRACTED_TRIAL, CORRECTED_REVIEW):
            facts = {key: value for key, value in embedded()[pmid].items() if key not in ("later", "title")}
            assert "retract" not in repr(facts).lower()
            assert "correction" not in repr(facts).lower()

from dataclasses import replace
from datetime import datetime

import pytest

from litwatch.digest.compose import (
    compose_card,
    count_evidence,
    group_by_claim,
    issue_summary,
    summary_sentence,
)
from litwatch.model.claim_state import ClaimState, SignalKind, SignalWork, UpdateSignal
from litwatch.model.dates import PartialDate
from litwatch.model.digest import Excluded
from litwatch.model.finding import Bearing, NoticeKind, Population, StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceState
from litwatch.model.record import Author, Book, Journal
from tests.builders import (
    a_card,
    a_claim,
    a_digest,
    a_failed_digest,
    a_finding,
    a_flow,
    a_notice,
    a_notice_card,
    a_quote,
    a_record,
    a_reference_match,
    a_resolution,
    sections,
)
from tests.builders_digest import a_news_issue


def test_a_card_says_what_the_record_says() -> None:
    record = a_record(
        authors=(Author("Roe", "Ann", "A"), Author(collective="Invented Group")), languages=("eng", "ger")
    )
    card = compose_card(record, a_finding(), a_resolution())
    assert card.title == record.title
    assert card.authors == ("Roe A", "Invented Group")
    assert (card.journal, card.published, card.language) == ("Invent J Ex", "2011-02", "eng, ger")
    assert (card.doi, card.pmcid, card.has_paraphrase) == (record.doi, None, False)
    assert card.previous_design == ""


def test_a_card_holds_no_abstract() -> None:
    record = a_record(abstract=sections("An invented sentence that nobody quotes."))
    assert "nobody quotes" not in repr(compose_card(record, a_finding(), a_resolution()))


def test_a_card_without_a_title_takes_the_original_one_or_the_books() -> None:
    untitled = a_record(title="", vernacular_title="Über Erfundenes.")
    in_a_book = a_record(title="", kind="book", book=Book("An invented book"), journal=Journal())
    bare = a_record(title="", journal=Journal(), published=None)
    cards = [compose_card(record, a_finding(), a_resolution()) for record in (untitled, in_a_book, bare)]
    assert [card.title for card in cards] == ["Über Erfundenes.", "An invented book", ""]
    assert [card.journal for card in cards] == ["Invent J Ex", "An invented book", ""]
    assert cards[2].published == ""


def test_a_card_prints_a_range_of_months_as_pubmed_does() -> None:
    dates = (PartialDate(2003, as_printed="2003 Jul-Aug"), None)
    printed, online = (a_record(published=date, published_online=PartialDate(2004, 5)) for date in dates)
    assert compose_card(printed, a_finding(), a_resolution()).published == "2003 Jul-Aug"
    assert compose_card(online, a_finding(), a_resolution()).published == "2004-05"


def test_a_card_says_that_its_sentences_are_paraphrases() -> None:
    record = a_record(abstract=sections(PARAPHRASE="An invented summary."))
    assert compose_card(record, a_finding(), a_resolution()).has_paraphrase


def test_evidence_is_counted_by_design_and_population_strongest_first() -> None:
    cards = [
        a_card("1", finding=a_finding("1", design=StudyDesign.COHORT)),
        a_card("2", finding=a_finding("2", design=StudyDesign.RCT, population=Population.ANIMAL)),
        a_card("3"),
        a_card("4"),
    ]
    assert list(count_evidence(cards).items()) == [
        ((StudyDesign.RCT, Population.HUMAN), 2),
        ((StudyDesign.RCT, Population.ANIMAL), 1),
        ((StudyDesign.COHORT, Population.HUMAN), 1),
    ]


def test_a_card_stands_once_under_each_claim_that_it_bears_on() -> None:
    twice = (Bearing("C2", ("a",), a_quote()), Bearing("C1", ("b",), a_quote()), Bearing("C1", ("c",), a_quote()))
    both = a_card("1", finding=a_finding("1", bearings=twice))
    none = a_card("2", finding=a_finding("2", bearings=()))
    elsewhere = a_card("3", finding=a_finding("3", bearings=(Bearing("C9", ("a",), a_quote()),)))
    groups = group_by_claim([both, none, elsewhere], [a_claim("C1"), a_claim("C2"), a_claim("C3")])
    assert groups == {"C1": (both,), "C2": (both,), "C3": ()}


def test_an_issue_is_complete_only_when_every_id_was_read() -> None:
    summary = issue_summary(a_digest())
    assert summary is not None
    assert (summary.number, summary.reported, summary.notices, summary.is_complete) == (2, 1, 0, True)
    missing = issue_summary(a_digest(flow=a_flow(reported=1, missing=1)))
    reread = issue_summary(a_digest(unread=(Excluded(Pmid("7"), "asked for, but not sent"),)))
    assert missing is not None
    assert reread is not None
    assert not missing.is_complete
    assert not reread.is_complete, "an id that was to be read again counts too"


def test_a_run_that_could_not_search_is_no_issue() -> None:
    assert issue_summary(a_failed_digest()) is None


def retraction(pmid: str, concerns: str = "reported in issue 1") -> object:
    return a_notice_card(a_notice(pmid), concerns=concerns)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "1 new work; the one record found is accounted for."),
        ({"flow": a_flow(seen=63, reported=1)}, "1 new work; all 64 records found are accounted for."),
        ({"studies": ()}, "Nothing new since 29 December 2025; the search found no record."),
        ({"studies": (), "previous": None}, "No new work; the search found no record."),
        (
            {"kind": "baseline", "flow": a_flow(cited=1, reported=1)},
            "1 work to start from; all 2 records found are accounted for.",
        ),
        (
            {"notices": (retraction("7"),), "flow": a_flow(seen=1, reported=1)},
            "1 new work; 1 retraction (work reported in issue 1); all 2 records found are accounted for.",
        ),
        (
            {"notices": (retraction("7"), retraction("8", "cited as R1")), "flow": a_flow(seen=1, reported=1)},
            "1 new work; 2 retractions; all 2 records found are accounted for.",
        ),
        (
            {"notices": (a_notice_card(a_notice("7", NoticeKind.ERRATUM)),), "flow": a_flow(seen=1, reported=1)},
            "1 new work; 1 erratum (work reported in issue 1); all 2 records found are accounted for.",
        ),
        (
            {
                "references": (
                    a_reference_match("R1", ReferenceState.UNSURE),
                    a_reference_match("R2", ReferenceState.GIVEN),
                ),
                "flow": a_flow(reported=1, missing=1),
                "unread": (Excluded(Pmid("7"), "asked for, but not sent"),),
            },
            "1 new work; 1 cited reference not identified; 1 record could not be read.",
        ),
    ],
)
def test_one_sentence_sums_the_issue_up(changes: dict[str, object], sentence: str) -> None:
    assert summary_sentence(a_digest(**changes)) == sentence


def test_the_sentence_names_graver_notices_first() -> None:
    sentence = summary_sentence(a_news_issue())
    assert sentence.index("retraction") < sentence.index("expression of concern") < sentence.index("erratum")
    assert "1 known work described more fully" in sentence


@pytest.mark.parametrize("previous", [None, a_digest().previous])
def test_a_failed_search_is_never_summed_up_as_nothing_new(previous: datetime | None) -> None:
    sentence = summary_sentence(replace(a_failed_digest(), previous=previous))
    assert "nothing is known" in sentence
    assert "Nothing new" not in sentence
    assert ("never" if previous is None else "on 29 December 2025") in sentence


def test_of_many_claims_to_look_at_again_the_first_are_named() -> None:
    signal = UpdateSignal(SignalKind.OPPOSING, "C1", (SignalWork(Pmid("1"), "", ""),), "")
    states = tuple(ClaimState(f"C{number}", signals=(signal,)) for number in range(1, 13))
    assert "; C1, C2 and C3 to look at again;" in summary_sentence(a_digest(states=states[:3]))
    assert "; C1, C2, C3, C4, C5, C6, C7 and C8 to look at again;" in summary_sentence(a_digest(states=states[:8]))
    assert "; C1, C2, C3, C4, C5, C6, C7 and 5 more to look at again;" in summary_sentence(a_digest(states=states))

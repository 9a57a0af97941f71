"""What persons decide of works: it orders what is told, and hides nothing."""

import csv
import json
from dataclasses import replace
from io import StringIO

from litwatch.digest.outline import IN_BRIEF, outline_digest
from litwatch.model.digest import Digest, StudyCard
from litwatch.model.finding import Relevance
from tests.builders import a_card, a_digest, a_finding, a_flow, because
from tests.builders_digest import a_baseline, a_news_issue
from tests.spec.test_the_digest import both, rendered


def told(pmid: str, score: float, *, is_low: bool = False) -> StudyCard:
    relevance = Relevance(score, is_low, because("learnt from decisions", "for it: knee"))
    return a_card(pmid, title=f"Invented report {pmid}", finding=a_finding(pmid, relevance=relevance))


def an_issue(*cards: StudyCard) -> Digest:
    return a_digest(studies=cards, flow=a_flow(seen=63, reported=len(cards)))


MIXED = an_issue(told("1", 0.9), told("2", 0.1, is_low=True), told("3", 0.05, is_low=True))


def test_works_ranked_low_stand_at_the_end_in_brief_and_are_counted() -> None:
    for text in both(MIXED):
        assert "Ranked low by what was decided so far: 2 works" in text
        assert text.index("Invented report 1") < text.index("Ranked low by what") < text.index("Invented report 2")
        assert text.count("Invented report 2") == 1


def test_the_first_sentence_counts_them() -> None:
    for text in both(MIXED):
        assert "3 new works, 2 of them ranked low; all 66 records found are accounted for." in text


def test_they_count_for_their_claims_like_all_others() -> None:
    for text in both(MIXED):
        assert "3 new works: 3 randomised controlled trials (human)" in text


def test_the_end_says_how_a_work_gets_out_of_it() -> None:
    for text in both(MIXED):
        assert "litwatch decide PMID relevant" in text
        assert "about one relevant work in twenty is among them" in text


def test_where_nothing_is_ranked_low_nothing_is_said_of_it() -> None:
    for text in both(a_news_issue()):
        assert "anked low" not in text


def test_every_work_is_in_every_rendition() -> None:
    files = rendered(MIXED)
    for pmid in ("1", "2", "3"):
        assert f"pubmed.ncbi.nlm.nih.gov/{pmid}/" in files["html"]
        assert f"Invented report {pmid}" in files["md"]
    assert [study["pmid"] for study in json.loads(files["json"])["studies"]] == ["1", "2", "3"]
    assert [row["pmid"] for row in csv.DictReader(StringIO(files["csv"]))] == ["1", "2", "3"]


def test_each_relevance_comes_with_its_reason() -> None:
    files = rendered(MIXED)
    assert json.loads(files["json"])["studies"][1]["relevance"] == {
        "score": 0.1,
        "is_low": True,
        "because": {"rule": "learnt from decisions", "evidence": "for it: knee"},
    }
    row = list(csv.DictReader(StringIO(files["csv"])))[1]
    assert (row["relevance"], row["ranked_low"], row["why_relevance"]) == ("0.1", "True", "for it: knee")


def test_an_issue_of_which_all_is_ranked_low_still_tells_it() -> None:
    for text in both(an_issue(told("1", 0.1, is_low=True))):
        assert "Ranked low by what was decided so far: 1 work" in text
        assert "Invented report 1" in text


def test_among_thousands_the_first_ranked_low_are_listed_and_the_rest_counted() -> None:
    low = Relevance(0.1, is_low=True, because=because())
    digest = a_baseline(1000)
    cards = tuple(replace(card, finding=replace(card.finding, relevance=low)) for card in digest.studies[500:])
    outline = outline_digest(replace(digest, studies=(*digest.studies[:500], *cards)))
    assert (len(outline.ranked_low.shown), outline.ranked_low.more) == (IN_BRIEF, 500 - IN_BRIEF)
    assert outline.cards_in_full + outline.in_brief.total + outline.ranked_low.total == 1000

"""The digest: what a team gets every Monday."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from re import DOTALL, sub

from litwatch.digest.phrases import one_line
from litwatch.digest.render import render_digest
from litwatch.model.claim_state import ClaimState, SignalKind, SignalWork, UpdateSignal
from litwatch.model.digest import Digest
from litwatch.model.finding import Harm, NoticeKind
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because
from litwatch.model.quote import Quote
from litwatch.model.watch import Schedule
from tests.builders import a_card, a_digest, a_finding, a_flow, a_notice, a_notice_card, a_search_result
from tests.builders_digest import a_baseline, a_failed_run, a_news_issue, an_empty_issue, earlier_issues


def rendered(digest: Digest) -> dict[str, str]:
    """The text of each rendition by its ending, and under its name what stands beside the issues."""
    return {
        rendition.name.rpartition("/digest.")[2]: rendition.body.decode("utf-8-sig")
        for rendition in render_digest(digest, earlier_issues())
    }


def words(html: str) -> str:
    return one_line(unescape(sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=DOTALL)))


def both(digest: Digest) -> tuple[str, str]:
    """What the page and the plain text say, line breaks aside."""
    files = rendered(digest)
    return words(files["html"]), one_line(files["md"])


def test_it_opens_with_one_sentence_on_the_whole_week() -> None:
    flow = a_flow(seen=63, reported=1)
    digest = a_digest(flow=flow, notices=(a_notice_card(),))
    sentence = "1 new work; 1 retraction (work reported in issue 1); all 64 records found are accounted for."
    for text in both(digest):
        assert sentence in text
        assert text.index(sentence) < text.index("What needs attention")


def test_what_needs_attention_comes_before_what_is_new() -> None:
    for text in both(a_news_issue()):
        assert text.index("What needs attention") < text.index("What bears on the claims") < text.rindex("Proof of")


def test_a_retraction_is_told_first_and_an_erratum_is_never_called_one() -> None:
    erratum = a_notice_card(a_notice(kind=NoticeKind.ERRATUM, statement="Erratum in: Invent J. 2025;1:1"))
    for text in both(a_digest(notices=(erratum,))):
        assert "(not a retraction)" in text
        told = text.replace("an animal study or a retracted work is never counted", "").replace("not a retraction", "")
        assert "retract" not in told.lower()


def test_a_claim_is_told_what_bears_on_it() -> None:
    for text in both(a_news_issue()):
        assert "2 new works: 1 meta-analysis (human), 1 randomised controlled trial (human)" in text
        assert "unclear is the default: check the quoted sentence." in text


def test_how_all_known_works_on_a_claim_stand_is_told_with_what_has_changed() -> None:
    for text in both(a_news_issue()):
        assert "14 works: 3 support (RCTs), 1 challenges (cohort study), 1 mixed (meta-analysis), 9 unclear" in text
        assert "Since issue 11: +1 mixed (meta-analysis), +1 unclear" in text
        assert "1 work: 1 unclear (animal experiment); 1 retracted, not counted" in text
        assert "Since issue 11: −1 supports (RCT), +1 unclear, 1 retracted" in text


def test_a_claim_that_calls_for_a_person_is_told_before_anything_else_with_its_studies() -> None:
    for text in both(a_news_issue()):
        places = [
            text.index(words)
            for words in (
                "What needs attention",
                "Claims to look at again",
                "Opposing finding at the same or a higher level",
                "The article cites for it no work that is identified.",
                "Low-dose ketamine, kynurenine metabolites",
                "Notices on cited or reported works",
            )
        ]
        assert places == sorted(places)
        assert "C1 and C2 to look at again" in text[: places[0]]


def test_many_works_of_a_signal_are_cut_short_and_counted() -> None:
    works = tuple(SignalWork(Pmid(str(at)), f"Study {at}", "level 2") for at in range(1, 9))
    state = ClaimState("C1", signals=(UpdateSignal(SignalKind.OPPOSING, "C1", works, "Measured."),))
    for text in both(a_digest(states=(state,))):
        assert "Study 5" in text
        assert "Study 6" not in text
        assert "And 3 works more, all in digest.json." in text


def test_a_retracted_work_is_struck_out_of_the_table_of_its_claim() -> None:
    files = rendered(a_news_issue())
    assert '<td class="number"><s>1</s></td>' in files["html"]
    assert "| randomised controlled trial | – | – | – | – | – | ~~1~~ |" in files["md"]
    for text in both(a_news_issue()):
        assert "Struck out: retracted, and in no other number." in text


def test_a_study_shows_what_it_says_of_each_claim_and_where_its_outcomes_went() -> None:
    page, plain = both(a_news_issue())
    for text in (page, plain):
        assert "Level 2 (of the design alone) · sample size 62 · 0.5 mg/kg" in text
        assert "With the intervention: kynurenine = no difference · pain score ↓ decrease" in text
    assert "C1 unclear C2 challenges C4 supports" in page
    assert "C1 unclear · C2 CHALLENGES · C4 SUPPORTS" in plain


def test_a_major_harm_is_shown_with_its_sentence_and_as_read_by_a_rule() -> None:
    harm = Harm(Quote("Ketamine caused cystitis.", "abstract, RESULTS 2"), Because("caused by it", "bladder injury"))
    for text in both(a_digest(studies=(a_card(finding=a_finding(harm=harm)),))):
        assert "Bladder injury, as it seems: " in text
        assert "Ketamine caused cystitis." in text


def test_a_major_harm_that_concerns_no_claim_is_told_of_the_article() -> None:
    work = SignalWork(Pmid("101"), "Ketamine and the bladder", "case series; bladder injury: “It hurt.” (title)")
    state = ClaimState("", signals=(UpdateSignal(SignalKind.HARM, "", (work,), "Read by rules: check it."),))
    page, plain = both(a_digest(states=(state,)))
    assert "1 new work; the article to look at again;" in page
    assert "The article, whatever it claims Major harm · Read by rules: check it." in page
    assert "- The article **MAJOR HARM** · Read by rules: check it. - Ketamine and the bladder" in plain


def test_every_new_work_is_in_every_format() -> None:
    digest = a_news_issue()
    files = rendered(digest)
    for ending in ("html", "md", "json", "csv"):
        for card in digest.studies:
            assert card.finding.pmid in files[ending]


def test_the_numbers_add_up_before_the_readers_eyes() -> None:
    flow = json.loads(rendered(a_news_issue())["json"])["flow"]
    identified = flow.pop("identified")
    assert sum(flow.values()) == identified == 64
    for text in both(a_news_issue()):
        assert all(f"{number}" in text for number in flow.values())


def test_the_search_can_be_repeated_from_the_digest() -> None:
    search = a_news_issue().search
    assert search is not None
    for text in both(a_news_issue()):
        assert one_line(search.query) in text
        assert one_line(search.translation) in text
        assert "64 reported by the source, 64 received" in text
        assert "5 January 2026, 07:00 UTC" in text


def test_a_digest_is_written_also_when_nothing_is_new() -> None:
    for text in both(an_empty_issue()):
        assert "Nothing new since 29 December 2025; all 64 records found are accounted for." in text


def test_it_is_dated_as_its_readers_calendar_is() -> None:
    watch = replace(a_news_issue().watch, schedule=Schedule("0 7 * * 1", "Pacific/Auckland"))
    monday = datetime(2026, 1, 4, 18, 0, tzinfo=UTC)
    for text in both(replace(a_news_issue(), watch=watch, made_at=monday)):
        assert "Monday, 5 January 2026" in text


def test_could_not_search_is_never_taken_for_nothing_new() -> None:
    for text in both(a_failed_run()):
        assert "could not search" in text.lower()
        assert "This does not mean that nothing is new." in text
        assert "Nothing new" not in text
        assert "identified by the search" not in text
    assert "The latest run could not search" in rendered(a_failed_run())["index.html"]


def test_a_feed_reader_is_told_of_each_issue_and_of_each_notice() -> None:
    feed = rendered(a_news_issue())["feed.atom"]
    assert feed.count("<entry>") == 1 + 3 + 2, "the issue, its notices and its signals"
    assert "<summary>5 new works; C1 and C2 to look at again; 1 retraction" in feed


def test_the_first_issue_shows_what_exists_without_flooding_anyone() -> None:
    files = rendered(a_baseline(2000))
    assert files["html"].count('<article class="card"') == 18
    assert "And 1,882 more, all in digest.csv and digest.json." in words(files["html"])
    assert "And 1,882 more, all in digest.csv and digest.json." in files["md"]
    assert len(files["csv"].splitlines()) == 2001
    assert len(json.loads(files["json"])["studies"]) == 2000


def test_a_retracted_work_among_the_new_ones_is_struck_through_and_named() -> None:
    digest = a_digest(studies=(a_card(finding=a_finding(retracted=True)),))
    files = rendered(digest)
    assert "<s>Ketamine and interleukin-6" in files["html"]
    assert "RETRACTED: ~~Ketamine and interleukin-6" in files["md"]
    assert json.loads(files["json"])["studies"][0]["retracted"] is True
    for text in both(digest):
        assert "1 of them retracted" in text


def test_warnings_of_the_source_are_counted_first_and_told_beside_the_query() -> None:
    search = a_search_result("101", warnings=("Phrase not found: faktor", "Not in the index: kytokine"))
    for text in both(a_digest(search=search)):
        places = [text.index(words) for words in ("2 warnings about the search", "What bears on", "Query, exactly")]
        assert places == sorted(places)
        assert text.index("Phrase not found: faktor") > places[-1]


def test_a_sample_says_that_it_is_one() -> None:
    for text in both(replace(a_news_issue(), source_note="Dates are replayed.")):
        assert "Made from the embedded sample." in text
        assert "Dates are replayed." in text


def test_it_carries_the_disclaimer_and_is_no_medical_advice() -> None:
    for digest in (a_news_issue(), an_empty_issue(), a_failed_run()):
        for text in both(digest):
            assert "Not medical advice." in text
            assert "National Library of Medicine" in text
            assert "copyright" in text

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import feedparser
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from litwatch.digest.compose import summary_sentence
from litwatch.digest.feed import KEPT_ISSUES, FeedEntry, feed_entries, plain
from litwatch.digest.render import render_digest
from litwatch.digest.render_feed import read_json_feed, render_atom, render_json_feed
from litwatch.model.digest import Digest
from litwatch.model.finding import NoticeKind
from tests.builders import a_digest, a_notice, a_notice_card
from tests.builders_digest import a_baseline, a_failed_run, a_hostile_issue, a_news_issue, an_empty_issue

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
EPOCH = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)


def parsed(digest: Digest, earlier: Sequence[FeedEntry] = ()) -> Any:
    """The Atom feed as a feed reader reads it; whatever is wrong with it fails the test."""
    feed = feedparser.parse(render_atom(digest, feed_entries(digest, earlier)))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def an_issue(number: int, **changes: Any) -> Digest:
    """Issue ``number`` of a weekly watch."""
    return a_digest(**{"number": number, "made_at": EPOCH + timedelta(weeks=number)} | changes)


def test_a_feed_reader_reads_what_the_issue_says() -> None:
    digest = a_news_issue()
    feed = parsed(digest)
    assert feed.feed.title == digest.watch.title
    assert digest.watch.article.title in feed.feed.subtitle
    assert "Not medical advice." in feed.feed.subtitle
    assert feed.feed.updated_parsed[:6] == (2026, 1, 5, 7, 0, 0)
    first = feed.entries[0]
    assert (first.title, first.summary) == ("Issue 12, 5 January 2026", summary_sentence(digest))
    assert (first.link, first.updated_parsed[:5]) == ("12/digest.html", (2026, 1, 5, 7, 0))


def test_each_notice_and_each_signal_has_an_entry_after_its_issue_graver_notices_first() -> None:
    assert [(entry.title, entry.link) for entry in parsed(a_news_issue()).entries[1:]] == [
        (title, "12/digest.html#attention")
        for title in (
            "Retraction: Ketamine lowers interleukin-6 after cardiac surgery: an invented randomised trial.",
            "Expression of concern (not a retraction): Targeting invented inflammation.",
            "Erratum (not a retraction): Ketamine and the gut: an invented cohort.",
            "C1 to look at again: new meta-analysis",
            "C2 to look at again: opposing finding at the same or a higher level",
        )
    ]


def test_an_entry_says_why_the_work_is_watched_and_what_a_claim_is_measured_by() -> None:
    _, retraction, _, _, pooled, _ = parsed(a_news_issue()).entries
    assert retraction.summary == (
        "Issue 12: work reported in issue 1 (PubMed 90000030). "
        "Retraction in: J Invent Surg. 2025 Dec;9(4):1. PMID: 90000099"
    )
    assert pooled.summary.startswith("It lowers proinflammatory cytokines. Studies in people are pooled, whatever was ")
    assert "what it found: mixed; PubMed 90000101" in pooled.summary


def test_the_atom_document_has_what_the_standard_demands() -> None:
    root = etree.fromstring(render_atom(a_news_issue(), feed_entries(a_news_issue(), ())))
    for parent in (root, *root.findall("atom:entry", ATOM)):
        for name in ("id", "title", "updated"):
            (element,) = parent.findall(f"atom:{name}", ATOM)
            assert element.text
        (page,) = [each.get("href", "") for each in parent.findall("atom:link[@rel='alternate']", ATOM)]
        assert not page.startswith("/")
        assert "//" not in page
    assert root.findtext("atom:author/atom:name", namespaces=ATOM) == "litwatch"
    ids = [element.text for element in root.iter("{*}id")]
    assert len({UUID(str(each)) for each in ids}) == len(ids) == 7


def test_json_feed_says_the_same_as_atom_and_is_read_back_as_it_was() -> None:
    digest = a_news_issue()
    entries = feed_entries(digest, ())
    text = render_json_feed(digest, entries)
    document = json.loads(text)
    assert read_json_feed(text.encode()) == entries
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["id"], item["url"], item["title"], item["content_text"]) for item in document["items"]] == [
        (entry.id, entry.link, entry.title, entry.summary) for entry in parsed(digest).entries
    ]
    assert document["items"][0]["date_published"] == "2026-01-05T07:00:00+00:00"


def test_an_entry_stays_as_it_was_told_in_every_later_feed() -> None:
    first = feed_entries(an_issue(1, notices=(a_notice_card(),)), ())
    later = feed_entries(an_issue(2), first)
    assert later[1:] == first
    assert [entry.issue for entry in later] == [2, 1, 1]


def test_a_signal_that_stands_and_a_notice_told_again_are_one_entry() -> None:
    first = feed_entries(a_news_issue(), ())
    again = feed_entries(replace(a_news_issue(), number=13, made_at=EPOCH.replace(year=2027)), first)
    assert again[1:] == first


def test_an_id_depends_on_nothing_that_may_be_written_otherwise_later() -> None:
    digest = a_news_issue()
    notices = tuple(replace(card, title="Else", concerns="else") for card in digest.notices)
    watch = replace(digest.watch, title="Else", strategy="else")
    changed = replace(digest, watch=watch, notices=notices, studies=(), source_note="Else.")
    assert {entry.id for entry in feed_entries(changed, ())} == {entry.id for entry in feed_entries(digest, ())}


def test_watches_issues_and_notices_have_ids_of_their_own() -> None:
    card = a_notice_card()
    digests = [
        an_issue(1, notices=(card,)),
        an_issue(2),
        an_issue(1, made_at=EPOCH),  # after what litwatch remembers was thrown away
        an_issue(2, watch=replace(a_digest().watch, name="other"), notices=(card,)),
        an_issue(3, notices=(a_notice_card(a_notice(kind=NoticeKind.ERRATUM)),)),
        an_issue(4, notices=(a_notice_card(a_notice("102")),)),
    ]
    ids = [entry.id for digest in digests for entry in feed_entries(digest, ())]
    assert len(set(ids)) == len(ids) == 10


def test_a_feed_holds_the_last_issues_and_what_they_told() -> None:
    entries: tuple[FeedEntry, ...] = ()
    for number in range(1, KEPT_ISSUES + 6):
        card = a_notice_card(a_notice(str(number)))
        entries = feed_entries(an_issue(number, notices=(card,)), entries)
    assert sorted({entry.issue for entry in entries}) == list(range(6, KEPT_ISSUES + 6))
    assert len(entries) == 2 * KEPT_ISSUES
    assert [entry.issue for entry in entries] == sorted((entry.issue for entry in entries), reverse=True)


def test_minor_notices_on_a_large_baseline_do_not_flood_a_reader() -> None:
    notices = tuple(a_notice_card(a_notice(str(n), NoticeKind.ERRATUM)) for n in range(1, 1000))
    baseline = replace(a_baseline(3), notices=notices, states=())
    assert len(feed_entries(baseline, ())) == 1 + 5
    assert "999 errata" in feed_entries(baseline, ())[0].text


def test_that_records_are_a_samples_is_said_of_every_entry() -> None:
    digest = replace(a_news_issue(), source_note="These are samples.")
    assert all(entry.title.startswith("Sample: ") for entry in feed_entries(digest, ()))
    assert "These are samples." in parsed(digest).feed.subtitle


def test_a_run_that_could_not_search_leaves_the_feeds_as_they_are() -> None:
    before = render_digest(an_empty_issue(), ())
    names = [rendition.name for rendition in render_digest(a_failed_run(), (), before)]
    assert [name for name in names if name.startswith("feed")] == []


def test_the_feeds_of_an_issue_go_on_from_those_before() -> None:
    before = render_digest(a_news_issue(), ())
    feeds = {rendition.name: rendition for rendition in render_digest(an_empty_issue(), (), before)}
    assert feeds["feed.atom"].media_type == "application/atom+xml"
    assert feeds["feed.json"].media_type == "application/feed+json"
    titles = [entry.title for entry in feedparser.parse(feeds["feed.atom"].body).entries]
    assert titles[0].startswith("Issue 13")
    assert len(titles) == 1 + 6


HOSTILE = (
    "<script>alert(1)</script> & ]]> <b>bold",
    "a\x00b\x08c\x1bd\x7fe\x85f\u2028g",
    "torn \ud83d surrogate, \ufffe and \uffff",
    "&lt;i&gt; &amp;amp; &#8; &bogus;",
    '"/><link rel="self" href="javascript:alert(1)"/>',
    "",
)


def test_marks_that_turn_text_round_are_left_out_and_joiners_are_kept() -> None:
    assert plain("a\u202eb\u2066c\u2069d") == "abcd"
    assert plain("a\u200db \u200f") == "a\u200db \u200f"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example(HOSTILE[4])
@example(HOSTILE[5])
@settings(max_examples=80)
def test_any_text_hostile_ones_too_is_told_in_a_feed_that_can_be_read(text: str) -> None:
    digest = a_hostile_issue(text)
    entries = feed_entries(digest, ())
    root = etree.fromstring(render_atom(digest, entries))
    assert (root.findtext("atom:title", namespaces=ATOM) or "") == plain(text)
    told = [
        (element.findtext("atom:title", namespaces=ATOM), element.findtext("atom:summary", namespaces=ATOM))
        for element in root.findall("atom:entry", ATOM)
    ]
    assert told == [(entry.title, entry.text) for entry in entries]
    assert any((plain(text) or "[record without a title]") in entry.title for entry in entries)
    links = {each.get("href") for each in root.findall(".//atom:link", ATOM)}
    assert links <= {"feed.atom", "index.html", "1/digest.html", "1/digest.html#attention"}
    assert [entry.link for entry in parsed(digest).entries] == [entry.url for entry in entries]
    assert read_json_feed(render_json_feed(digest, entries).encode()) == entries

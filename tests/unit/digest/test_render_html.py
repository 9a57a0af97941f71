import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from litwatch.digest.outline import outline_digest
from litwatch.digest.phrases import PARAPHRASE_NOTE, one_line
from litwatch.digest.render_html import render_failure_html, render_index_html, render_issue_html
from litwatch.model.digest import Digest
from litwatch.model.identifiers import Doi
from tests.builders import a_card, a_digest, a_finding, a_quote, a_watch
from tests.builders_digest import (
    a_baseline,
    a_failed_run,
    a_hostile_issue,
    a_news_issue,
    an_empty_issue,
    earlier_issues,
    weekly_studies,
)

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements in order, its links, its text, its headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.pieces: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    @property
    def text(self) -> str:
        return one_line("".join(self.pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        values = dict(attrs)
        self.links += [str(values[name]) for name in ("href", "src") if name in values]
        self.ids += [str(values["id"])] if "id" in values else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.pieces.append(data)


def issue_page(digest: Digest) -> Page:
    return Page(render_issue_html(outline_digest(digest)))


def pages() -> dict[str, Page]:
    failed = a_failed_run()
    return {
        "news": issue_page(a_news_issue()),
        "nothing new": issue_page(an_empty_issue()),
        "baseline": issue_page(a_baseline(300)),
        "could not search": Page(render_failure_html(failed)),
        "index": Page(render_index_html(failed, earlier_issues())),
    }


@pytest.mark.parametrize("name", ["news", "nothing new", "baseline", "could not search", "index"])
def test_a_page_is_well_formed_names_ids_once_and_needs_nothing_from_elsewhere(name: str) -> None:
    page = pages()[name]
    assert page.headings[0] == "h1"
    assert page.headings.count("h1") == 1
    assert len(set(page.ids)) == len(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert not {"script", "img", "iframe", "form", "object"} & {tag for tag, _ in page.elements}
    assert "Not medical advice" in page.text
    assert "NCBI's disclaimer and copyright notice" in page.text


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><h1>",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    'https://evil.example/"><b>',
)


@given(st.text(min_size=1, max_size=40) | st.sampled_from(HOSTILE))
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[6])
@settings(max_examples=40)
def test_whatever_a_record_says_a_page_has_the_same_elements_and_shows_the_words(text: str) -> None:
    assume(one_line(text) and "§" not in text and not text.lower().startswith(("http://", "https://")))
    assume(text not in ("eng", "animal", "human"))
    page, plain = issue_page(a_hostile_issue(text)), issue_page(a_hostile_issue("plain words"))
    assert page.elements == plain.elements
    assert page.links == plain.links
    assert one_line(text) in page.text


def test_the_address_of_the_article_is_a_link_only_on_the_web() -> None:
    watch = a_watch()
    for url, linked in (('https://clinic.example/a"><b>', True), ("javascript:alert(1)", False), ("", False)):
        page = issue_page(a_digest(watch=replace(watch, article=replace(watch.article, url=url))))
        assert any("clinic.example" in link for link in page.links) is linked
        assert not any(link.startswith("javascript") for link in page.links)


def test_a_doi_is_percent_encoded_in_its_link() -> None:
    page = issue_page(a_digest(studies=(a_card(doi=Doi('10.1002/(sici)1097<1::aid-x>3.0.co;2-"')),)))
    assert "https://doi.org/10.1002/%28sici%291097%3C1%3A%3Aaid-x%3E3.0.co%3B2-%22" in page.links


def test_attention_comes_first_and_the_proof_last() -> None:
    text = pages()["news"].text
    order = ("What needs attention", "What bears on the claims", "New works by claim",
             "Known works, described more fully", "Where every record went", "Proof of completeness",
             "Not medical advice")  # fmt: skip
    places = [text.rindex(heading) for heading in order]
    assert places == sorted(places)


def test_retractions_stand_out_and_nothing_else_is_called_one() -> None:
    html = render_issue_html(outline_digest(a_news_issue()))
    boxes = re.findall(r'<div class="box (\w+)">\s*<p><span class="label">([^<]+)</span>', html)
    assert boxes[:6] == [
        ("calm", "New meta-analysis"),
        ("care", "Opposing finding at the same or a higher level"),
        ("alarm", "Retraction"),
        ("care", "Expression of concern"),
        ("calm", "1 erratum"),
        ("alarm", "Retracted"),
    ]


def test_a_retracted_work_is_struck_through_wherever_it_is_named() -> None:
    html = render_issue_html(outline_digest(a_news_issue()))
    title = "Recruitment of macrophages after a single infusion: an invented trial."
    assert html.count(title) == html.count(f"<s>{title}</s>") == 2
    assert "Retracted</span>" in html


def test_the_terms_of_the_claim_are_marked_in_the_sentence() -> None:
    html = render_issue_html(outline_digest(a_news_issue()))
    assert "lowered <mark>interleukin-6</mark> at 24 h" in html


def test_a_sentence_that_is_conclusion_and_rationale_is_shown_once() -> None:
    assert issue_page(a_digest()).text.count("Ketamine lowered interleukin-6 after surgery.") == 1


def test_a_paraphrase_is_never_put_in_quotation_marks() -> None:
    quote = a_quote()._replace(is_paraphrase=True)
    page = issue_page(
        a_digest(studies=(a_card(finding=a_finding(conclusion=quote)),), source_note="Dates are replayed.")
    )
    assert page.text.count(PARAPHRASE_NOTE) == 1
    assert "“" not in page.text
    assert "Made from the embedded sample" in page.text


def test_a_sample_note_is_on_samples_only() -> None:
    assert not any("embedded sample" in page.text for page in pages().values())


def test_the_query_stands_there_exactly_as_sent() -> None:
    search = a_news_issue().search
    assert search is not None
    html = render_issue_html(outline_digest(a_news_issue()))
    assert "<pre>" + search.query.replace('"', "&#34;") + "</pre>" in html


def test_an_unreadable_id_and_a_work_outside_pubmed_are_told_in_words() -> None:
    page = pages()["news"]
    assert "timed out after 30 s: 56" in page.text
    assert "PubMed 90000007" in page.text


def test_a_week_without_news_says_so() -> None:
    text = pages()["nothing new"].text
    assert "Nothing new since 29 December 2025; all 64 records found are accounted for." in text
    assert "New works by claim" not in text
    assert "Proof of completeness" in text


def test_could_not_search_looks_like_no_issue() -> None:
    html = render_failure_html(a_failed_run())
    text = pages()["could not search"].text
    assert 'class="failure"' in html
    assert "This does not mean that nothing is new." in text
    assert "timed out" in text
    assert "Monday, 29 December 2025, 08:00 Europe/Berlin" in text
    assert "<table" not in html
    assert 'class="failure"' not in render_issue_html(outline_digest(an_empty_issue()))


def test_the_first_run_may_fail_too() -> None:
    assert "none so far" in Page(render_failure_html(replace(a_failed_run(), previous=None))).text


def test_the_index_lists_issues_as_given_and_links_them() -> None:
    issues = tuple(reversed(earlier_issues(3)))
    page = Page(render_index_html(a_news_issue(), issues))
    assert [link for link in page.links if link.endswith("digest.html")] == [
        "3/digest.html",
        "2/digest.html",
        "1/digest.html",
    ]
    assert page.text.count("not every record could be read") == 1
    assert "baseline: 48 works" in page.text
    assert "could not search" not in page.text


def test_the_index_leads_to_the_feeds_once_there_is_an_issue() -> None:
    feeds = ["feed.atom", "feed.json"]
    assert [link for link in pages()["index"].links if link.startswith("feed")] == [*feeds, *feeds], (
        "for programs and for people"
    )
    page = render_index_html(a_failed_run(), ())
    assert not any(feed in page for feed in feeds)


def test_the_index_warns_when_the_latest_run_failed() -> None:
    page = pages()["index"]
    assert page.text.index("The latest run could not search") < page.text.index("All issues")
    assert "could-not-search/digest.html" in page.links


def test_a_week_of_forty_works_stays_under_a_hundred_and_thirty_kilobytes() -> None:
    cards = [
        replace(card, finding=replace(card.finding, pmid=type(card.finding.pmid)(str(70_000_000 + at))))
        for at, card in enumerate(weekly_studies()[:2] * 20)
    ]
    page = render_issue_html(outline_digest(replace(a_news_issue(), studies=tuple(cards))))
    assert len(page.encode()) < 130_000

from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from litwatch.digest.outline import outline_digest
from litwatch.digest.phrases import PARAPHRASE_NOTE, one_line
from litwatch.digest.render_markdown import (
    escape_markdown,
    markdown_environment,
    render_failure_markdown,
    render_issue_markdown,
    tidy_markdown,
)
from litwatch.model.digest import Digest
from tests.builders import a_card, a_digest, a_finding, a_quote, a_reference_match, a_search_result
from tests.builders_digest import a_baseline, a_failed_run, a_hostile_issue, a_news_issue, an_empty_issue

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def issue_text(digest: Digest) -> str:
    return render_issue_markdown(outline_digest(digest))


def tokens_of(markdown: str) -> list[Token]:
    return [
        token
        for block in READER.parse(markdown)
        for token in (block.children if block.type == "inline" and block.children else [block])
    ]


def text_of(tokens: list[Token]) -> str:
    return one_line("".join(" " if token.type == "softbreak" else token.content for token in tokens))


WORDS = ("text", "softbreak")
"""What differs between texts of different length and means nothing."""

HOSTILE = (
    "# a heading",
    "- a list",
    "1. a list",
    "2) a list",
    "> a quotation",
    "=== ---",
    "[a link](javascript:alert(1))",
    "![an image](https://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "<!-- a comment",
    "`code` ``` ~~~ **bold** __bold__ ~~struck~~",
    "a | cell | more",
    "a\nb\r\n\r\n# c",
    "\\",
    "&lt;b&gt; &#60;",
    "\x1b[31mred\x9b",
    "[ref]: https://evil.example",
)


@given(st.text(min_size=1, max_size=40) | st.sampled_from(HOSTILE))
@example(HOSTILE[0])
@example(HOSTILE[6])
@example(HOSTILE[8])
@settings(max_examples=60)
def test_whatever_a_record_says_the_text_has_the_same_structure_and_shows_the_words(text: str) -> None:
    assume(one_line(text) and "§" not in text and not text.lower().startswith(("http://", "https://")))
    assume(text not in ("eng", "animal", "human"))
    hostile, plain = tokens_of(issue_text(a_hostile_issue(text))), tokens_of(issue_text(a_hostile_issue("plain words")))
    merged = [[token.type for token in tokens if token.type not in WORDS] for tokens in (hostile, plain)]
    assert merged[0] == merged[1]
    assert [token.attrs for token in hostile] == [token.attrs for token in plain] or len(hostile) != len(plain)
    assert one_line(text) in text_of(hostile)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_is_a_paragraph_of_the_same_words(text: str) -> None:
    for context in ("{}", "- {}", "> {}", "### {}"):
        tokens = tokens_of(context.format(escape_markdown(text)))
        assert text_of(tokens) == one_line(text)
        assert not {token.type for token in tokens} & {"html_inline", "html_block", "link_open", "image", "fence", "hr"}


@pytest.mark.parametrize(
    "text", ["https://evil.example", "see http://evil.example now", "www.evil.example", "a@b.example"]
)
def test_what_github_would_link_by_itself_is_broken_up(text: str) -> None:
    escaped = escape_markdown(text)
    assert not any(active in escaped for active in ("://", "www.", "a@b"))


@pytest.mark.parametrize("text", ["p < 0.05 & n > 3", "IL-1β, 2.5 mg/kg (n = 24).", "p<0.05", "3-fold; a/b; 50 %"])
def test_ordinary_sentences_stay_readable(text: str) -> None:
    assert escape_markdown(text) == text


def test_the_order_is_that_of_the_page() -> None:
    headings = [line for line in issue_text(a_news_issue()).splitlines() if line.startswith("## ")]
    assert headings == [
        "## What needs attention",
        "## What bears on the claims",
        "## New works by claim",
        "## Known works, described more fully",
        "## Where every record went",
        "## Proof of completeness",
    ]


def test_the_text_says_all_that_the_page_says() -> None:
    text = one_line(issue_text(a_news_issue()))
    for words in (
        "**RETRACTION** · work reported in issue 1",
        "**Erratum** · work reported in issue 4 (not a retraction)",
        "**RETRACTED** before it was first reported here",
        "**(S. et al., 2011)** · cited for C3 · not certain",
        "score 0.62: year equal",
        "searched: `ketamine[tiab] AND 2011[dp] → 41 found`",
        "may be the same work as PubMed 90000007",
        "could not be fetched, next run tries again: timed out after 30 s: 56",
        "**1 warning about the search:**",
        "2 new works: 1 meta-analysis (human), 1 randomised controlled trial (human)",
        "#### Perioperative esketamine",
        "### Ketamine in invented sepsis.",
        "Why it is here: no PMID, DOI, PMCID or title in common with a known work (no known work); design: ",
        "Also: Low-dose ketamine",
        "### Bearing on no claim: 1",
        "was unclear, is now cohort study",
        "| **identified by the search** | **64** |",
        "64 reported by the source, 64 received",
        "Not medical advice",
        "<https://www.ncbi.nlm.nih.gov/About/disclaimer.html>",
    ):
        assert words in text, words


def test_lines_are_broken_at_a_hundred_characters_where_they_can_be() -> None:
    for digest in (a_news_issue(), an_empty_issue(), a_baseline(150)):
        for line in issue_text(digest).splitlines():
            assert len(line) <= 100 or line.startswith(("#", "|", "    ")), line


@pytest.mark.parametrize("word", ["#", "-", "+", "=", "1.", "2)", ">", "|", "~~~", ":-:", "```"])
def test_a_broken_line_starts_nothing_new(word: str) -> None:
    for filler in range(70, 100):
        search = replace(a_search_result("101", warnings=(f"{'w' * filler} {word} x {word} y",)))
        tokens = tokens_of(issue_text(a_digest(search=search)))
        plain = tokens_of(issue_text(a_digest(search=replace(search, warnings=("w x",)))))
        kinds = [[token.type for token in each if token.type not in WORDS] for each in (tokens, plain)]
        assert kinds[0] == kinds[1], filler


def test_a_query_is_code_whatever_backticks_it_holds() -> None:
    for tried in ("plain[tiab]", "`", "a ``` b", "`a", "b`"):
        match = a_reference_match(tried=(tried,))
        codes = [
            token.content for token in tokens_of(issue_text(a_digest(references=(match,)))) if "code" in token.type
        ]
        assert tried in codes


@pytest.mark.parametrize("text", ["ketamine[tiab] (or not)", "[In Chinese.]", "a [1] b [2, 3]"])
def test_brackets_that_do_nothing_stay_as_they_are(text: str) -> None:
    assert escape_markdown(text).rstrip("]").rstrip("\\") == text.rstrip("]")


@pytest.mark.parametrize(
    ("template", "shown"),
    [("{{ v }}.", "[1]."), ("{{ v }}", "[1]"), ("{{ v }}(b)", "[1\\](b)"), ("{{ v }}: b", "[1\\]: b")],
)
def test_a_bracket_that_ends_a_value_is_escaped_where_it_would_act(template: str, shown: str) -> None:
    rendered = tidy_markdown(markdown_environment().from_string(template).render(v="[1]"))
    assert rendered == f"{shown}\n"


@pytest.mark.parametrize("text", ["[a](b)", "[a][b]", "[a]: b", "[x] done", "[ ] open", "[^1]", "[!NOTE]"])
def test_brackets_that_would_act_are_escaped(text: str) -> None:
    assert "\\" in escape_markdown(text)


def test_no_line_ends_in_blanks_and_no_two_lines_are_empty_in_a_row() -> None:
    for digest in (a_news_issue(), an_empty_issue(), a_baseline(150)):
        text = issue_text(digest)
        assert not [line for line in text.splitlines() if line != line.rstrip()]
        assert "\n\n\n" not in text


def test_the_evidence_of_a_baseline_is_a_table() -> None:
    tokens = tokens_of(issue_text(a_baseline(200)))
    assert [token.type for token in tokens].count("table_open") == 3


def test_a_paraphrase_is_named_and_not_quoted() -> None:
    quote = a_quote()._replace(is_paraphrase=True)
    text = issue_text(a_digest(studies=(a_card(finding=a_finding(conclusion=quote)),)))
    assert f"({PARAPHRASE_NOTE})" in text
    assert "“" not in text


def test_the_query_is_code_and_nothing_in_it_acts() -> None:
    search = a_news_issue().search
    assert search is not None
    hostile = replace(search, query="a\n\n# b\n```\n<b>", translation="")
    blocks = [token.content for token in tokens_of(issue_text(replace(a_news_issue(), search=hostile)))
              if token.type == "code_block"]  # fmt: skip
    assert blocks == ["a\n\n# b\n```\n<b>\n"]


def test_a_failed_run_says_what_failed_and_what_it_does_not_mean() -> None:
    text = render_failure_markdown(a_failed_run())
    assert text.startswith("# COULD NOT SEARCH")
    assert "**This does not mean that nothing is new.**" in text
    assert "timed out" in text
    assert "Monday, 29 December 2025, 08:00 Europe/Berlin" in text
    assert "none so far" in render_failure_markdown(replace(a_failed_run(), previous=None))

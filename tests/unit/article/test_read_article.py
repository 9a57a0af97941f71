"""An article in any format: its sentences with their places, its citations, and its list of references."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.article.lists import split_reference_list
from litwatch.article.read import read_article
from litwatch.article.values import Article, Style

CASES = json.loads((Path(__file__).parents[2] / "data" / "citations.json").read_text(encoding="utf-8"))


def written(article: Article) -> list[str]:
    return [citation.as_written for sentence in article.sentences for citation in sentence.citations]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_citations_are_found_in_a_sentence_and_near_misses_are_not(case: dict[str, Any]) -> None:
    article = read_article(case["text"], "a.txt")
    assert written(article) == case["cites"]
    if "subject" in case:
        assert article.sentences[0].citations[0].is_subject


def test_a_sentence_knows_its_line_and_heading() -> None:
    article = read_article("Knees\n\nHealing\n\nFirst one.\nThen (Poe et al.,\n2019) came. Last.\n", "a.txt")
    assert article.title == "Knees"
    assert [(s.text, s.place.line, s.place.heading) for s in article.sentences] == [
        ("First one.", 5, "Healing"),
        ("Then (Poe et al., 2019) came.", 6, "Healing"),
        ("Last.", 7, "Healing"),
    ]


@pytest.mark.parametrize(
    "text",
    ["See Poe et al. The end", "It fell (S. et al., 2011) by half", "It was 0.5 vs. 3.2 in e.g. Dr. Poe's study"],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert [sentence.text for sentence in read_article(text + ".", "a.txt").sentences] == [text + "."]


def test_what_is_said_of_a_work_is_its_sentence_without_the_citation() -> None:
    (reference,) = read_article("Statins lower cholesterol (Poe et al., 2019).", "a.txt").references
    assert (reference.id, reference.said) == ("A1", "Statins lower cholesterol.")


def test_a_work_cited_twice_is_one_reference() -> None:
    article = read_article("It fell (Poe et al., 2019). It rose (Poe et al., 2019).", "a.txt")
    assert len(article.references) == 1
    assert [c.reference for s in article.sentences for c in s.citations] == ["A1", "A1"]


def test_numbers_mean_the_entries_of_the_list() -> None:
    article = read_article(
        "Statins\n\nThey help [2], always [9].\n\nReferences\n\n1. Roe A. One. J. 2001;1:1.\n"
        "2. Poe B. Two. J. 2002;2:2. PMID: 12345678\n",
        "a.txt",
    )
    two, nine = article.references
    assert two.as_written == "Poe B. Two. J. 2002;2:2. PMID: 12345678"
    assert two.pmid == "12345678"
    assert nine.as_written == "[9]"
    assert [entry.number for entry in article.uncited] == [1]


def test_authors_and_year_mean_the_one_entry_that_they_fit() -> None:
    article = read_article(
        "# Statins\n\nThey help (Poe et al., 2002). Poe (2003) agrees.\n\n## Bibliography\n\n"
        "- Roe A. One. J. 2002;1:1.\n- Poe B, Roe A. Two. J. 2002;2:2.\n- Poe B. Three. J. 2003;2:2.\n",
        "a.md",
    )
    assert [r.as_written for r in article.references] == [
        "Poe B, Roe A. Two. J. 2002;2:2.", "Poe B. Three. J. 2003;2:2.",
    ]  # fmt: skip


def test_markdown_links_identify_works() -> None:
    article = read_article(
        "# T\n\nIt  [fell](https://pubmed.ncbi.nlm.nih.gov/12345678/) by\n half "
        "([Poe et al., 2019](https://doi.org/10.1000/ab)).",
        "a.md",
    )
    assert [(r.as_written, r.pmid, r.doi) for r in article.references] == [
        ("PMID 12345678", "12345678", None),
        ("(Poe et al., 2019)", None, "10.1000/ab"),
    ]


HTML = """<!doctype html><html><head><title>x</title><script>var a = "(Poe et al., 1999)";</script></head><body>
<nav>(Roe et al., 1998)</nav><article><header><h1>Knees</h1></header>
<p>They heal.<sup>1,2</sup> In 5 m<sup>2</sup> it is
<a href="https://doi.org/10.1000/xyz">so</a> (Poe et al., 2019).</p>
<h2>References</h2><ol><li><p>Roe A. One. J. 2001;1:1.
<a href="https://pubmed.ncbi.nlm.nih.gov/111/">PubMed</a></p></li>
<li>Poe B. Two. J. 2002;2:2.</li></ol></article><footer>(Doe et al., 1997)</footer></body></html>"""


def test_html_is_read_without_its_page() -> None:
    article = read_article(HTML, "a.html")
    assert article.title == "Knees"
    assert written(article) == ["[1]", "[2]", "10.1000/xyz", "(Poe et al., 2019)"]
    assert article.references[0].pmid == "111"
    assert article.references[1].as_written == "Poe B. Two. J. 2002;2:2."
    assert article.sentences[0].place.line == 3


def test_mixed_encodings_are_read_and_told() -> None:
    article = read_article("Schön (Poé et al., 2019).\n".encode() + "Und schön.".encode("cp1252"), "a.txt")
    assert written(article) == ["(Poé et al., 2019)"]
    assert article.sentences[1].text == "Und schön."
    assert article.notes == ("line 2 is no UTF-8 and was read as Windows-1252",)


@pytest.mark.parametrize(
    "text",
    [
        "References\n1. Roe A. One.\n   More of one.\n2. Poe B. Two.\n",
        "[1] Roe A. One. More of one.\n[2] Poe B. Two.",
        "- Roe A. One. More of one.\n- Poe B. Two.",
        "Roe A. One. More of one.\n\nPoe B. Two.\n",
        "Roe A. One. More of one.\nPoe B. Two.",
        "Roe A. One.\n    More of one.\nPoe B. Two.",
        "1\tRoe A. One. More of one.\n2\tPoe B. Two.",
    ],
)
def test_a_list_is_cut_into_its_entries(text: str) -> None:
    entries = split_reference_list(text)
    assert [(entry.number, entry.as_written) for entry in entries] == [
        (1, "Roe A. One. More of one."),
        (2, "Poe B. Two."),
    ]


def test_a_year_at_the_head_of_a_line_begins_no_entry() -> None:
    (entry,) = split_reference_list("1. Roe A. One. J Invent.\n2011. 1:2.\n")
    assert entry.as_written == "Roe A. One. J Invent. 2011. 1:2."


@given(st.lists(st.text(alphabet="ab.1 [)-\t", max_size=12), max_size=12))
def test_no_letter_of_a_list_is_dropped(lines: list[str]) -> None:
    entries = split_reference_list("\n".join(lines))
    letters = "".join(c for line in lines for c in line if c.isalpha())
    assert "".join(c for entry in entries for c in entry.as_written if c.isalpha()) == letters


@pytest.mark.parametrize("ending", ["txt", "md", "html", "xyz"])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_an_article(ending: str, data: bytes) -> None:
    article = read_article(data, f"a.{ending}")

    assert article.sentences or article.references or article.notes


@given(st.text(alphabet="Poe et al.,(2019;)[1]&¹ and<sup>#*", max_size=120))
def test_citations_stand_in_their_sentences(text: str) -> None:
    for sentence in read_article(text, "a.md").sentences:
        for citation in sentence.citations:
            assert 0 <= citation.start < citation.end <= len(sentence.text)
            assert citation.style in Style


@pytest.mark.parametrize(
    "unit",
    ["Poe et al., 2019 ", "(Poe, ", "Poe Roe Doe ", "[1,", "¹", "(", "Poe & ", "2019 ", "1. Poe A. Two. J. 2002;2:2.\n",
     "<p>", "<sup>1</sup>", "[a](", "doi:10.1000/", "https://", "van der ", "a. A "],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_work_grows_with_the_article_and_not_faster(unit: str, ending: str) -> None:
    article = read_article(unit * (200_000 // len(unit)), f"a.{ending}")

    assert article.sentences or article.references or article.notes


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n\x00\x01\x02[2]\x03 (Poe, 2019)", bytes(range(256)) * 40], ids=["PDF", "all bytes"]
)
@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_what_is_no_text_cites_nothing(data: bytes, name: str) -> None:
    article = read_article(data, name)
    assert (article.sentences, article.references) == ((), ())
    assert article.notes[0] == "is no text; save the article as text, Markdown or HTML"


def test_a_stray_control_character_spoils_no_text() -> None:
    article = read_article(b"It fell \x0b\x02(Poe et al., 2019)." + b" Words follow." * 20, "a.txt")
    assert [each.as_written for each in article.references] == ["(Poe et al., 2019)"]

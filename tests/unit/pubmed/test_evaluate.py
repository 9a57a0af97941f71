"""What a query finds, and what is told about it."""

import pytest
from hypothesis import given, settings

from litwatch.pubmed.evaluate import Answer, evaluate_query
from litwatch.pubmed.query import parse_query
from tests.unit.pubmed.language_records import CASES, RECORDS
from tests.unit.pubmed.naive_index import NaiveIndex
from tests.unit.pubmed.random_queries import RANDOM_CASES, Case

INDEX = NaiveIndex(RECORDS)


def answer(query: str) -> Answer:
    return evaluate_query(parse_query(query), INDEX)


@pytest.mark.parametrize(("query", "pmids"), CASES)
def test_the_rules_of_the_language(query: str, pmids: set[int]) -> None:
    assert set(answer(query).ids) == pmids


@pytest.mark.parametrize("query", [query for query, _ in CASES])
def test_a_translation_is_a_query_that_finds_the_same(query: str) -> None:
    found = answer(query)
    assert answer(found.translation).ids == found.ids


@settings(max_examples=150)
@given(RANDOM_CASES)
def test_any_combination_is_set_algebra_from_left_to_right(case: Case) -> None:
    found = answer(case.query)
    assert set(found.ids) == case.pmids
    assert answer(found.translation).ids == found.ids


@pytest.mark.parametrize(
    ("query", "translation"),
    [
        ("ketamine", '"ketamine"[MeSH Terms] OR "ketamine"[All Fields]'),
        ("Ketamine dose", '("ketamine"[MeSH Terms] OR "ketamine"[All Fields]) AND "dose"[All Fields]'),
        (
            "rheumatoid arthritis",
            (
                '"rheumatoid arthritis"[MeSH Terms] OR ("rheumatoid"[All Fields] AND "arthritis"[All Fields]) '
                'OR "rheumatoid arthritis"[All Fields]'
            ),
        ),
        ("lancet", '"lancet"[Journal] OR "lancet"[All Fields]'),
        ("loix s", "loix s[Author]"),
        ("vitamin c", "vitamin c[Author]"),
        ("vitamin d", '"vitamin"[All Fields] AND "d"[All Fields]'),
        ('"Chronic  pain"[tiab]', '"chronic pain"[Title/Abstract]'),
        ("ketam*", '"ketam*"[All Fields]'),
        ('"hip pain"[ti:~3]', '"hip pain"[Title:~3]'),
        ("pain ketamine[ti]", '"pain"[Title] AND "ketamine"[Title]'),
        ("Loix S[au]", "loix s[Author]"),
        ('"Loix S"[au]', '"loix s"[Author]'),
        ("ketamine[mh:noexp]", '"ketamine"[MeSH Terms:noexp]'),
        ("2011/2[dp]", "2011/02[Date - Publication]"),
        ("2011:2012/03/04[crdt]", "2011:2012/03/04[Date - Create]"),
        ("a[ti] OR b[ti] AND c[ti]", '("a"[Title] OR "b"[Title]) AND "c"[Title]'),
        ("a[ti] NOT b[ti] NOT (c[ti] d[ti])", '"a"[Title] NOT "b"[Title] NOT ("c"[Title] AND "d"[Title])'),
        ("medline[sb] 7[pmid] 1:9[pmid]", "medline[Filter] AND 7[UID] AND 1:9[UID]"),
        ("the pain of", '"pain"[All Fields]'),
    ],
)
def test_a_translation_says_how_the_query_was_understood(query: str, translation: str) -> None:
    assert answer(query).translation == translation


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("abcXYZ", ("abcXYZ",)),
        ("ketamine abcxyz", ("abcxyz",)),
        ("fleegle[mesh]", ("fleegle[MeSH Terms]",)),
        ('"Nonexistent Term"[mh]', ('"Nonexistent Term"[mh]',)),
        ('"nonexistent term"', ('"nonexistent term"',)),
        ("nonexist*[tiab]", ("nonexist*[Title/Abstract]",)),
        ("nonexistent ketamine[ti]", ("nonexistent[Title]",)),
        ("abc OR abc", ("abc",)),
        ("ketamine[tiab] AND letter[pt]", ()),  # each is there, though not together
        ("2031[dp]", ()),
    ],
)
def test_terms_that_occur_nowhere_are_named(query: str, unknown: tuple[str, ...]) -> None:
    assert answer(query).unknown_phrases == unknown


def test_headings_that_could_not_be_exploded_are_named_once() -> None:
    (warning,) = answer("ketamine[mh] OR inflammation[majr] OR review[pt] OR Ketamine[mh]").warnings
    assert "for want of a MeSH tree" in warning
    assert warning.endswith("ketamine, inflammation, review")


@pytest.mark.parametrize("query", ["ketamine[mh:noexp]", "ketami*[mh]", "ketamine[tiab]", '"ketamine"', "lancet[ta]"])
def test_nothing_is_said_where_pubmed_explodes_nothing_either(query: str) -> None:
    assert answer(query).warnings == ()


def test_a_mapped_heading_is_not_exploded_either() -> None:
    assert "for want of a MeSH tree" in answer("ketamine").warnings[0]


def test_ignored_words_are_named() -> None:
    assert answer("the pain of a hip").warnings == ("ignored as too common: the, of, a",)


def test_a_query_of_nothing_but_ignored_words_finds_nothing_and_says_so() -> None:
    found = answer("the AND of")
    assert (found.ids, found.translation) == ((), "")
    assert found.warnings == ("ignored as too common: the, of",)


def test_a_phrase_that_is_searched_word_by_word_is_named() -> None:
    assert answer("pain ketamine[ti]").warnings == (
        "nowhere found as a phrase, searched word by word: pain ketamine[ti]",
    )


def test_ids_ascend_and_are_counted() -> None:
    found = answer("all[sb]")
    assert found.ids == (11, 12, 13, 14, 15)
    assert found.count == 5


@pytest.mark.parametrize("quoted", ["ketamine[all]", "ketamine[All Fields]"])
def test_all_fields_is_mapped_like_no_tag(quoted: str) -> None:
    assert answer(quoted).translation == answer("ketamine").translation

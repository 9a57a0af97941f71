import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.identity.clusters import NEIGHBOURS, WIDEST_BLOCK, cluster_citations
from litwatch.model.identity import Citation, Tie
from tests.builders import a_citation

TITLE = "Ketamine and invented cytokines after invented surgery"
ARTICLE = a_citation(None, title=TITLE, journal="Invent J Ex", volume="4", pages="11-19")
TYPED_ANEW = replace(ARTICLE, title=TITLE.upper() + ".", journal="Invented Journal of Examples", pages="11-9")
ABSTRACT = replace(ARTICLE, volume="3", pages="S9")
PLACELESS = replace(ARTICLE, volume="", pages="")
OTHER = a_citation(None, title="Propofol for an invented endoscopy of children", authors=("Poe B",), volume="7")


def groups_of(*citations: Citation) -> tuple[tuple[int, ...], ...]:
    return cluster_citations(citations).groups


def test_every_citation_is_in_one_group() -> None:
    assert groups_of(ARTICLE, OTHER, TYPED_ANEW) == ((0, 2), (1,))
    assert groups_of() == ()


def test_a_join_says_why() -> None:
    (join,) = cluster_citations([ARTICLE, TYPED_ANEW]).joins

    assert (join.left, join.right, join.because.rule) == (0, 1, "same author and place")


def test_equal_citations_are_one_work_however_many() -> None:
    clustering = cluster_citations([ARTICLE] * 5_000)

    assert clustering.groups == (tuple(range(5_000)),)
    assert len(clustering.joins) == 4_999


def test_equal_citations_that_tell_nothing_are_not_joined() -> None:
    empty = a_citation(None, title="", authors=(), year=None, journal="", volume="", issue="", pages="")

    assert groups_of(empty, empty) == ((0,), (1,))


def test_a_citation_without_a_place_does_not_bring_an_abstract_and_its_article_together() -> None:
    clustering = cluster_citations([ABSTRACT, PLACELESS, ARTICLE])

    assert clustering.groups in (((0,), (1, 2)), ((0, 1), (2,)))
    assert clustering.doubts


def test_a_notice_is_never_drawn_in_by_a_third() -> None:
    notice = replace(ARTICLE, title=f"Retraction: {TITLE}", pages="90")

    for group in groups_of(notice, PLACELESS, ARTICLE, TYPED_ANEW):
        assert 0 not in group or len(group) == 1


def test_a_person_joins_what_no_rule_would() -> None:
    clustering = cluster_citations([ARTICLE, OTHER], {(0, 1): True})

    assert clustering.groups == ((0, 1),)
    assert clustering.joins[0].because.rule == "a person's decision"


def test_what_a_person_parted_stays_apart_through_any_third() -> None:
    twin = replace(ARTICLE, title=TITLE + ".")

    clustering = cluster_citations([ARTICLE, TYPED_ANEW, twin], {(0, 1): False})

    assert all(not {0, 1} <= set(group) for group in clustering.groups)
    assert (0, 1) not in [(doubt.left, doubt.right) for doubt in clustering.doubts]


def test_a_preprint_that_pubmed_ties_to_its_article_is_one_work_with_it_under_another_title() -> None:
    preprint = replace(OTHER, designation="preprint", title="An early report of something invented", year=2010)

    assert cluster_citations([preprint, ARTICLE]).groups == ((0,), (1,))
    clustering = cluster_citations([preprint, ARTICLE], ties={(0, 1): Tie.UPDATE})

    assert clustering.groups == ((0, 1),)
    assert clustering.joins[0].because.rule == "linked preprint"


@given(st.randoms(use_true_random=False))
def test_who_is_grouped_does_not_depend_on_the_order(shuffler: random.Random) -> None:
    citations = [ARTICLE, TYPED_ANEW, ABSTRACT, OTHER, replace(OTHER, pages="3-10"), replace(ARTICLE, year=2012)]
    order = list(range(len(citations)))
    shuffler.shuffle(order)

    shuffled = cluster_citations([citations[place] for place in order]).groups

    assert {frozenset(order[place] for place in group) for group in shuffled} == {
        frozenset(group) for group in groups_of(*citations)
    }


@pytest.mark.parametrize("count", [WIDEST_BLOCK, 10 * WIDEST_BLOCK])
def test_twins_under_a_title_of_many_meet(count: int) -> None:
    column = [
        a_citation(None, title="Images in invented medicine of the week", volume=str(place), pages=f"{place}-9")
        for place in range(1, count)
    ]
    twins = [replace(citation, journal="Invented Journal of Examples") for citation in column]

    assert {len(group) for group in groups_of(*column, *twins)} == {2}
    assert NEIGHBOURS < WIDEST_BLOCK

"""What befell a record is told by its own links, under its right name, and once."""

from typing import Any

import pytest

from litwatch.appraisal import appraise_notices
from litwatch.appraisal.notices import NOTICE_KINDS
from litwatch.model.finding import Notice, NoticeKind
from litwatch.model.record import Link, PublicationType
from tests.builders import NOW, PMID, a_link, a_record
from tests.unit.appraisal.cases import appraise

RETRACTED = PublicationType("D016441", "Retracted Publication")


def notices(*links: Link, **changes: Any) -> tuple[Notice, ...]:
    return appraise_notices(a_record(links=links, **changes), NOW)


@pytest.mark.parametrize(
    ("ref_type", "kind"),
    [
        ("RetractionIn", NoticeKind.RETRACTION),
        ("RetractedandRepublishedIn", NoticeKind.REPUBLISHED),
        ("CorrectedandRepublishedIn", NoticeKind.REPUBLISHED),
        ("RepublishedIn", NoticeKind.REPUBLISHED),
        ("ExpressionOfConcernIn", NoticeKind.CONCERN),
        ("ErratumIn", NoticeKind.ERRATUM),
        ("UpdateIn", NoticeKind.UPDATE),
    ],
)
def test_a_link_to_what_befell_the_record_is_a_notice(ref_type: str, kind: NoticeKind) -> None:
    (notice,) = notices(a_link(ref_type, "999"))
    assert (notice.pmid, notice.kind, notice.reference, notice.first_seen) == (PMID, kind, "999", NOW)
    assert "Invented J. 2012;1:1" in notice.statement


def test_every_kind_of_link_is_tried_here() -> None:
    assert len(NOTICE_KINDS) == 7


@pytest.mark.parametrize(
    "ref_type",
    ["RetractionOf", "ErratumFor", "ExpressionOfConcernFor", "UpdateOf", "RepublishedFrom", "CommentIn", "CommentOn"],
)
def test_a_link_in_the_other_direction_is_none(ref_type: str) -> None:
    assert notices(a_link(ref_type)) == ()


def test_a_partial_retraction_filed_as_an_erratum_is_an_erratum_and_keeps_its_words() -> None:
    (notice,) = notices(Link("ErratumIn", None, "Invented J. 2012;1:1", "Partial retraction."))
    assert notice.kind is NoticeKind.ERRATUM
    assert (notice.reference, notice.statement) == (
        "Invented J. 2012;1:1",
        "Erratum in: Invented J. 2012;1:1. Partial retraction.",
    )
    assert not appraise(a_record(links=(a_link("ErratumIn"),))).retracted


def test_a_link_that_names_nothing_is_known_by_its_type() -> None:
    (notice,) = notices(Link("ErratumIn", None, ""))
    assert (notice.reference, notice.statement) == ("ErratumIn", "Erratum in.")


def test_the_retracted_publication_type_alone_is_a_notice() -> None:
    (notice,) = notices(publication_types=(RETRACTED,))
    assert (notice.kind, notice.reference) == (NoticeKind.RETRACTION, "publication type D016441")


@pytest.mark.parametrize("ref_type", ["RetractionIn", "RetractedandRepublishedIn"])
def test_the_type_says_nothing_new_where_a_link_names_the_retraction(ref_type: str) -> None:
    (notice,) = notices(a_link(ref_type), publication_types=(RETRACTED,))
    assert notice.reference == "999"


def test_a_notice_linked_twice_is_told_once_and_in_order() -> None:
    told = notices(a_link("ErratumIn", "998"), a_link("RetractionIn"), a_link("RetractionIn"))
    assert [(notice.kind, notice.reference) for notice in told] == [
        (NoticeKind.ERRATUM, "998"),
        (NoticeKind.RETRACTION, "999"),
    ]


@pytest.mark.parametrize(
    ("changes", "retracted"),
    [
        ({"publication_types": (RETRACTED,)}, True),
        ({"links": (a_link("RetractionIn"),)}, True),
        ({"links": (a_link("RetractionOf"),)}, False),
        ({"links": (a_link("ExpressionOfConcernIn"),)}, False),
        ({}, False),
    ],
)
def test_a_finding_says_whether_its_record_is_retracted(changes: dict[str, Any], retracted: bool) -> None:
    assert appraise(a_record(**changes)).retracted is retracted

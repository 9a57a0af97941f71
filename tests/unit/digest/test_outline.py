from dataclasses import replace

import pytest

from litwatch.digest.attention import LISTED, MINOR_LISTED
from litwatch.digest.outline import BASELINE_IN_FULL, IN_BRIEF, OF_EACH_CLAIM, claim_line, flow_lines, outline_digest
from litwatch.model.digest import Digest, Excluded, StudyCard
from litwatch.model.finding import Bearing, NoticeKind
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceState
from tests.builders import (
    a_card,
    a_digest,
    a_finding,
    a_flow,
    a_notice,
    a_notice_card,
    a_quote,
    a_reference_match,
    a_search_result,
)
from tests.builders_digest import a_baseline, a_news_issue, an_empty_issue


def pmids(cards: tuple[StudyCard, ...]) -> list[str]:
    return [card.finding.pmid for card in cards]


def bearing_on(pmid: str, *claims: str) -> StudyCard:
    bearings = tuple(Bearing(claim, ("interleukin-6",), a_quote()) for claim in claims)
    return a_card(pmid, finding=a_finding(pmid, bearings=bearings))


def five_claims(*cards: StudyCard) -> Digest:
    return replace(a_digest(studies=cards), watch=a_news_issue().watch)


def test_a_work_stands_in_full_under_its_first_claim_and_in_short_under_the_others() -> None:
    outline = outline_digest(five_claims(bearing_on("1", "C3", "C1"), bearing_on("2", "C3")))
    first, third = outline.claims[0], outline.claims[2]
    assert pmids(first.cards) == ["1"]
    assert pmids(third.cards) == ["2"]
    assert [(other.card.finding.pmid, other.home) for other in third.cross_references] == [("1", "C1")]


def test_every_work_of_a_news_issue_stands_in_full_exactly_once() -> None:
    outline = outline_digest(a_news_issue())
    shown = [pmid for each in outline.claims for pmid in pmids(each.cards)] + pmids(outline.unclaimed)
    assert sorted(shown) == sorted(pmids(a_news_issue().studies))


def test_works_that_bear_on_no_claim_come_last_and_are_counted() -> None:
    outline = outline_digest(five_claims(bearing_on("1"), bearing_on("2", "C1"), bearing_on("3", "C9")))
    assert pmids(outline.unclaimed) == ["1", "3"]
    assert outline.unclaimed_works == 2


def test_a_baseline_shows_the_first_of_each_claim_in_full_some_in_brief_and_counts_the_rest() -> None:
    outline = outline_digest(a_baseline(1000))
    of_claims = [
        {*pmids(each.cards), *(card.finding.pmid for card, _ in each.cross_references)} for each in outline.claims
    ]
    assert [len(of_claim) >= OF_EACH_CLAIM for of_claim in of_claims] == [True] * 4 + [False]
    in_full = set().union(*of_claims)
    assert len(in_full) == outline.cards_in_full
    others = [pmid for pmid in pmids(a_baseline(1000).studies) if pmid not in in_full]
    assert pmids(outline.in_brief.shown) == others[:IN_BRIEF]
    assert outline.in_brief.more == 1000 - len(in_full) - IN_BRIEF


def test_a_small_baseline_shows_every_work_in_full() -> None:
    outline = outline_digest(a_baseline(BASELINE_IN_FULL))
    assert (outline.cards_in_full, outline.in_brief.total) == (BASELINE_IN_FULL, 0)
    assert outline_digest(a_baseline(BASELINE_IN_FULL + 1)).in_brief.total > 0


def test_a_baseline_counts_all_works_by_claim_also_those_without_a_card() -> None:
    outline = outline_digest(a_baseline(1000))
    assert [each.works for each in outline.claims] == [400, 200, 200, 200, 0]
    assert outline.unclaimed_works == 200


def test_the_evidence_table_adds_up() -> None:
    table = outline_digest(a_baseline(200)).evidence
    assert table is not None
    assert table.columns == ("C1", "C2", "C3", "C4", "C5", "no claim", "all")
    rows = [row.numbers for _, of_people in table.populations for row in of_people]
    assert tuple(map(sum, zip(*rows, strict=True))) == table.totals
    assert table.totals[-1] == 200
    assert table.retracted[-1] == 5


def test_only_a_baseline_with_works_has_an_evidence_table() -> None:
    assert outline_digest(a_news_issue()).evidence is None
    assert outline_digest(a_baseline(0)).evidence is None


def test_the_flow_lines_add_up_to_what_was_identified() -> None:
    flow = a_flow(seen=1, cited=2, duplicates=4, unparsable=8, missing=16, pending=32, reported=64)
    assert sum(line.number for line in flow_lines(flow)) == flow.identified == 127


def test_a_claim_is_counted_and_never_judged() -> None:
    retracted = a_card("2", finding=a_finding("2", retracted=True))
    assert claim_line((), "news") == "no new work"
    assert claim_line((), "baseline") == "no work"
    assert claim_line((a_card(),), "news") == "1 new work: 1 randomised controlled trial (human)"
    both = (a_card(), retracted)
    assert claim_line(both, "news") == "2 new works: 2 randomised controlled trials (human); 1 of them retracted"
    assert claim_line(both, "baseline") == "2 works: 2 human; 1 of them retracted"


def test_retractions_come_first_and_updates_last() -> None:
    kinds = (NoticeKind.UPDATE, NoticeKind.ERRATUM, NoticeKind.CONCERN, NoticeKind.RETRACTION)
    notices = tuple(a_notice_card(a_notice(str(at), kind)) for at, kind in enumerate(kinds, 1))
    groups = outline_digest(a_digest(notices=notices)).attention.notices
    assert [group.kind for group in groups] == list(reversed(kinds))


def test_many_notices_of_one_kind_are_cut_short_and_counted() -> None:
    notices = tuple(a_notice_card(a_notice(str(at), NoticeKind.ERRATUM)) for at in range(1, LISTED + 4))
    (group,) = outline_digest(a_digest(notices=notices)).attention.notices
    assert (len(group.cards.shown), group.cards.more, group.cards.total) == (LISTED, 3, LISTED + 3)


def test_a_baseline_lists_few_minor_notices_and_those_on_cited_works_first() -> None:
    errata = tuple(a_notice_card(a_notice(str(at), NoticeKind.ERRATUM)) for at in range(1, LISTED))
    cited = a_notice_card(a_notice("99", NoticeKind.ERRATUM), concerns="cited as R1")
    retractions = tuple(a_notice_card(a_notice(str(at))) for at in range(1, LISTED))
    baseline = a_digest(kind="baseline", notices=(*errata, cited, *retractions))
    grave, minor = outline_digest(baseline).attention.notices
    assert [len(grave.cards.shown), grave.cards.more] == [LISTED - 1, 0]
    assert [len(minor.cards.shown), minor.cards.more] == [MINOR_LISTED, LISTED - MINOR_LISTED]
    assert minor.cards.shown[0].notice.pmid == "99"


def test_a_retracted_work_needs_attention_once() -> None:
    retracted = a_card(finding=a_finding(retracted=True))
    alone = outline_digest(a_digest(studies=(retracted,))).attention
    noticed = outline_digest(a_digest(studies=(retracted,), notices=(a_notice_card(),))).attention
    erratum = a_notice_card(a_notice(kind=NoticeKind.ERRATUM))
    corrected = outline_digest(a_digest(studies=(retracted,), notices=(erratum,))).attention
    assert pmids(alone.retracted.shown) == pmids(corrected.retracted.shown) == ["101"]
    assert noticed.retracted.shown == ()


def test_unread_ids_are_grouped_by_reason() -> None:
    unread = (*(Excluded(Pmid(str(at)), "not sent") for at in range(1, LISTED + 3)), Excluded(None, "torn"))
    groups = outline_digest(a_digest(unread=unread)).attention.unread.shown
    assert [(group.reason, group.pmids.total) for group in groups] == [("not sent", LISTED + 2), ("torn", 1)]
    assert groups[1].pmids.shown == (None,)


@pytest.mark.parametrize("state", [ReferenceState.UNSURE, ReferenceState.UNRESOLVED])
def test_a_reference_that_is_not_settled_needs_attention(state: ReferenceState) -> None:
    outline = outline_digest(a_digest(references=(a_reference_match(state=state),)))
    assert [line.reference.as_written for line in outline.attention.references] == ["(Roe et al., 2011)"]
    assert outline.attention.is_needed


@pytest.mark.parametrize("state", [ReferenceState.GIVEN, ReferenceState.RESOLVED])
def test_a_settled_reference_needs_none(state: ReferenceState) -> None:
    outline = outline_digest(a_digest(references=(a_reference_match(state=state, pmid=Pmid("7")),)))
    assert not outline.attention.is_needed
    assert [line.match.pmid for line in outline.settled] == ["7"]


def test_a_reference_that_the_watch_no_longer_holds_is_still_shown() -> None:
    (line,) = outline_digest(a_digest(references=(a_reference_match("R9"),))).attention.references
    assert (line.reference.id, line.reference.as_written) == ("R9", "")


def test_a_warning_of_the_source_needs_attention() -> None:
    search = a_search_result("101", warnings=("Phrase not found: an invented one",))
    assert outline_digest(a_digest(search=search)).attention.is_needed


def test_an_ordinary_week_needs_no_attention() -> None:
    assert not outline_digest(an_empty_issue()).attention.is_needed

"""What persons say of works, from the command line."""

from typing import Any

import pytest

from litwatch.model.record import Record
from tests.builders import a_link
from tests.functional.conftest import WATCH, Done, Household, PubMed
from tests.functional.test_weekly_digest import study


@pytest.fixture
def found(household: Household, pubmed: PubMed) -> Household:
    """After a run that found 1001 and 1002."""
    pubmed.hold(study(1), study(2))
    household.run()
    return household


def decide(household: Household, *arguments: str) -> Done:
    return household.litwatch("decide", *arguments, "--by", "Roe")


def decisions(household: Household) -> list[dict[str, Any]]:
    listed = household.litwatch("review", "--decided", "--format", "json").json
    assert isinstance(listed, list)
    return listed


def explained(household: Household, pmid: str) -> str:
    return " ".join(household.litwatch("explain", pmid).out.split())


def test_a_decision_is_kept_with_who_and_why_and_told_by_explain(found: Household) -> None:
    done = decide(found, "1001", "relevant", "--note", "a trial in our field")
    assert done.status == 0
    assert "decision 1: PubMed 1001 is relevant to sesame, from the next run on" in done.err
    assert "`litwatch decide --undo 1` takes it back" in done.err
    (told,) = decisions(found)
    assert (told["choice"], told["pmid"], told["watch"], told["by"]) == ("relevant", "1001", "sesame", "Roe")
    assert "decided: PubMed 1001 is relevant to sesame, by Roe on" in explained(found, "1001")
    assert "a trial in our field (decision 1)" in explained(found, "1001")
    assert "decided" not in explained(found, "1002")


def test_a_mind_may_change_and_change_back(found: Household) -> None:
    decide(found, "1001", "relevant")
    decide(found, "1001", "irrelevant")
    assert "decided: PubMed 1001 is irrelevant to sesame" in explained(found, "1001")
    assert decide(found, "--undo", "2").status == 0
    assert "decided: PubMed 1001 is relevant to sesame" in explained(found, "1001")
    assert [told["choice"] for told in decisions(found)] == ["relevant", "irrelevant", "undo"]


def test_a_decision_on_one_record_holds_for_its_work(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1, doi="10.1234/one"), study(2, title=study(1).title, doi="10.1234/one"))
    household.run()
    decide(household, "1001", "later")
    assert "decided: PubMed 1001 is left for later in sesame" in explained(household, "1002")


def test_where_several_watches_have_found_a_record_one_must_be_named(found: Household) -> None:
    found.watch(WATCH.replace("Sesame and swelling", "Another"), name="another")
    found.litwatch("run", "another")
    done = decide(found, "1001", "used")
    assert done.status == 2
    assert "PMID 1001 was found by another, sesame; say for which it is decided with --watch" in done.err
    assert decide(found, "1001", "used", "--watch", "another").status == 0
    assert [told["watch"] for told in decisions(found)] == ["another"]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("77", "relevant"), 2, "PMID 77 has not been found by any watch so far"),
        (("77", "relevant", "--watch", "sesame"), 2, "has not been found by the watch sesame"),
        (("1001", "relevant", "--watch", "sesami"), 10, "sesame"),
        (("12a", "relevant"), 2, "not a PMID: '12a'"),
        (("1001", "splendid"), 2, "'splendid' is not one of"),
        (("1001",), 2, "name a PMID and what it is, or --undo"),
        (("1001", "relevant", "--undo", "1"), 2, "name a PMID and what it is, or --undo"),
        ((), 2, "name a PMID and what it is, or --undo"),
        (("--undo", "7"), 13, "there is no decision 7"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_way_out(
    found: Household, arguments: tuple[str, ...], status: int, told: str
) -> None:
    done = decide(found, *arguments)
    assert done.status == status
    assert told in done.err
    assert decisions(found) == []


def test_a_notice_on_a_used_work_says_so_and_comes_before_others(found: Household, pubmed: PubMed) -> None:
    decide(found, "1002", "used")
    pubmed.hold(*(study(number, links=(a_link("RetractionIn", "77"),)) for number in (1, 2)))
    found.run()
    concerns = {notice["pmid"]: notice["concerns"] for notice in found.digest(2)["notices"]}
    assert concerns == {"1001": "reported in issue 1", "1002": "used in the article, reported in issue 1"}
    text = found.digest(2, "digest.md")
    assert text.index("work used in the article") < text.index("work reported in issue 1")


def a_knee(number: int) -> Record:
    return study(number, "Sesame for the knee in patients.", title=f"Knee swelling, sesame, study {number}")


def a_price(number: int) -> Record:
    return study(number, "Prices in towns are described.", title=f"A price of sesame, swelling, part {number}")


def test_what_is_decided_orders_the_next_issue_and_hides_nothing(household: Household, pubmed: PubMed) -> None:
    knees = [a_knee(number) for number in range(1, 22)]
    prices = [a_price(number) for number in range(101, 112)]
    pubmed.hold(*knees[:19], *prices[:9])
    household.run()
    for each in knees[:19]:
        assert decide(household, each.pmid, "relevant").status == 0
    for each in prices[:9]:
        decide(household, each.pmid, "irrelevant")
    pubmed.hold(*knees, *prices)
    assert household.run().status == 0
    digest = household.digest(2)
    assert [each["pmid"] for each in digest["studies"]] == ["1021", "1020", "1111", "1110"]
    assert [each["relevance"]["is_low"] for each in digest["studies"]] == [False, False, True, True]
    assert "4 new works, 2 of them ranked low" in digest["summary"]
    text = household.digest(2, "digest.md")
    assert text.index("Knee swelling") < text.index("Ranked low by what was decided so far: 2 works")
    assert text.index("Ranked low by what was decided so far") < text.index("A price of sesame")
    for name in ("digest.html", "digest.csv"):
        assert all(each.pmid in household.digest(2, name) for each in (*knees[19:], *prices[9:]))
    told = explained(household, "1111")
    assert "ranked low" in told
    assert "of 19 works called relevant" in told
    assert "(learnt from decisions)" in told

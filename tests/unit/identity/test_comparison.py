from typing import Any

import pytest

from litwatch.identity.agreement import Agreement
from litwatch.identity.compared_authors import compare_surnames
from litwatch.identity.comparison import Comparison
from litwatch.identity.profiles import profile_of
from tests.builders import a_citation


def agreement(facet: str, left: Any, right: Any, field: str = "") -> Agreement:
    one, other = (a_citation(**{field or facet: value}) for value in (left, right))
    return Comparison(profile_of(one), profile_of(other)).facet(facet).agreement


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Ketamine and invented inflammation", "KETAMINE and invented inflammation.", Agreement.SAME),
        ("Anaesthesia with ketamine", "Anesthesia with ketamine", Agreement.CLOSE),
        ("Ketamine in sepsis", "Ketamine in asepsis", Agreement.PARTLY),
        ("Ketamine before surgery", "Esketamine before surgery", Agreement.PARTLY),
        (
            "Ketamine in invented cardiac surgery of adults",
            "Ketamine in invented thoracic surgery of adults",
            Agreement.PARTLY,
        ),
        ("Ketamine in the male patient at home", "Ketamine in the mace patient at home", Agreement.PARTLY),
        (
            "Ketamine in invented chronic pain of the knee",
            "Ketamine in invented chronic pain of the knee: a trial",
            Agreement.CONTINUED,
        ),
        (
            "Ketamine in invented chronic pain of the knee",
            "Ketamine in invented chronic pain of the knee 2",
            Agreement.PARTLY,
        ),
        (
            "Ketamine in invented chronic pain of the knee",
            "Esketamine in invented chronic pain of the knee",
            Agreement.PARTLY,
        ),
        (
            "Ketamine in invented chronic pain of the knee",
            "(S)-Ketamine in invented chronic pain of the knee",
            Agreement.PARTLY,
        ),
        ("Ketamine", "Ketamine in invented chronic pain", Agreement.DIFFERENT),
        ("Ketamine in pain", "Propofol for sleep", Agreement.DIFFERENT),
        ("", "Ketamine in pain", Agreement.UNKNOWN),
    ],
)
def test_titles_are_the_same_spelled_differently_continued_alike_or_different(
    left: str, right: str, expected: Agreement
) -> None:
    assert agreement("title", left, right) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Loix S", "Roe A"), ("Loix SB",), Agreement.SAME),
        (("Loix S",), ("Loix",), Agreement.SAME),
        (("Müller K",), ("Mueller K",), Agreement.CLOSE),
        (("van Hilten JJ",), ("Hilten JJ",), Agreement.CLOSE),
        (("Wang X",), ("Wang Y",), Agreement.DIFFERENT),
        (("Li S",), ("Ali S",), Agreement.DIFFERENT),
        ((), ("Loix S",), Agreement.UNKNOWN),
    ],
)
def test_first_authors_are_compared_by_surname_and_first_initial(
    left: tuple[str, ...], right: tuple[str, ...], expected: Agreement
) -> None:
    assert agreement("first_author", left, right, "authors") is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Roe A", "Poe B"), ("Roe AC", "Poe B"), Agreement.SAME),
        (("Roe A", "Poe B", "Doe C"), ("Roe A", "Doe C"), Agreement.CLOSE),
        (("Roe A", "Poe B", "Doe C"), ("Roe A",), Agreement.CLOSE),
        (("Roe A", "Poe B", "Doe C"), ("Doe C",), Agreement.PARTLY),
        (("Roe A", "Poe B", "Doe C"), ("Roe A", "Moe D"), Agreement.PARTLY),
        (("Roe A", "Poe B"), ("Doe C", "Moe D"), Agreement.DIFFERENT),
        (("Roe A",), (), Agreement.UNKNOWN),
    ],
)
def test_author_lists_are_compared_as_a_whole(
    left: tuple[str, ...], right: tuple[str, ...], expected: Agreement
) -> None:
    assert agreement("authors", left, right) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (2011, 2011, Agreement.SAME),
        (2011, 2012, Agreement.CLOSE),
        (2011, 2013, Agreement.DIFFERENT),
        (None, 2011, Agreement.UNKNOWN),
    ],
)
def test_the_year_online_may_be_the_one_before_print(left: int | None, right: int, expected: Agreement) -> None:
    assert agreement("year", left, right) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Acta Anaesthesiol Belg", "Acta Anaesthesiologica Belgica", Agreement.SAME),
        ("Brain Behav Immun Health", "Brain, Behavior, & Immunity - Health", Agreement.SAME),
        ("Pain", "Pain Medicine", Agreement.CLOSE),
        ("JAMA", "Journal of the American Medical Association", Agreement.SAME),
        ("Ai zheng = Invented journal of cancer", "Invented J Cancer", Agreement.SAME),
        ("Proc Natl Acad Sci", "Proceedings of the National Academy of Sciences", Agreement.SAME),
        ("Anesth Analg", "Anesthesiology", Agreement.DIFFERENT),
        ("", "Pain", Agreement.UNKNOWN),
    ],
)
def test_a_journal_is_known_by_its_abbreviation(left: str, right: str, expected: Agreement) -> None:
    assert agreement("journal", left, right) is expected


@pytest.mark.parametrize("facet", ["pages", "volume"])
def test_volumes_and_pages_agree_when_their_first_numbers_do(facet: str) -> None:
    assert agreement(facet, "47-58", "47-8") is Agreement.SAME
    assert agreement(facet, "47", "48") is Agreement.DIFFERENT
    assert agreement(facet, "47", "") is Agreement.UNKNOWN


def test_an_unknown_facet_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Comparison(profile_of(a_citation()), profile_of(a_citation())).facet("colour")


@pytest.mark.parametrize("name", ["", "li"])
def test_a_short_name_is_no_ending_of_a_longer_one(name: str) -> None:
    assert compare_surnames(name, "ali") is Agreement.DIFFERENT

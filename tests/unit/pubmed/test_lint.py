"""What is wrong or doubtful in a strategy."""

import pytest
from hypothesis import given, settings

from litwatch.errors import InvalidQuery
from litwatch.pubmed.lint import lint_query
from litwatch.pubmed.query import parse_query
from tests.unit.pubmed.random_queries import RANDOM_CASES, Case

SEED_LIKE = (
    '(ketamine[mh] OR ketamin*[tiab] OR esketamin*[tiab]) AND (inflammation[mh] OR inflammat*[tiab] OR "TNF-α"[tiab]) '
    "NOT (animals[mh] NOT humans[mh])"
)


def told(query: str) -> list[tuple[str, int]]:
    return [(advice.severity, advice.position) for advice in lint_query(query)]


def test_a_sound_strategy_gets_no_advice() -> None:
    assert lint_query(SEED_LIKE) == ()


@pytest.mark.parametrize(
    ("query", "named", "position"),
    [
        ("", "empty", 0),
        ("(ketamine[tiab]", "parenthesis", 0),
        ("ketamine[tiab])", "parenthesis", 14),
        ('ketamine[tiab] AND "pain', "quotation mark", 19),
        ("ketamine[tiba]", "[tiab]", 8),
        ("“ketamine”[tiab]", "curly", 0),
        ("ket*[tiab]", "4 characters", 0),
        ("ketamine[tiab] AND", "no term after", 15),
    ],
)
def test_faults_are_named_with_their_places(query: str, named: str, position: int) -> None:
    (advice,) = lint_query(query)
    assert advice.severity == "fault"
    assert named in advice.message
    assert advice.position == position


def test_everything_is_told_at_once_in_the_order_of_the_places() -> None:
    query = "(ketamine[tiba] OR ket*[tiab] or pain[ti] AND “hip”[ti] AND review[pt]"
    assert told(query) == [
        ("fault", 0),
        ("fault", 9),
        ("fault", 19),
        ("fault", 30),
        ("fault", 46),
        ("warning", 60),
    ]


@pytest.mark.parametrize(
    ("query", "position", "severity"),
    [
        ("ketamine or esketamine", 9, "warning"),
        ("ketamine Or esketamine", 9, "warning"),
        ('"ketamine" and "pain"', 11, "fault"),
        ("ketamine[tiab] not hip[tiab]", 15, "fault"),
        ("ketamine[mh] not animals[mh] OR pain", 13, "fault"),
        ("(ketamine) and (pain)", 11, "fault"),
    ],
)
def test_a_lowercase_operator_between_terms_is_a_fault_or_among_plain_words_a_doubt(
    query: str, position: int, severity: str
) -> None:
    (advice,) = lint_query(query)
    assert (advice.severity, advice.position) == (severity, position)
    assert advice.message.endswith(query[position : query.index(" ", position)].upper())


@pytest.mark.parametrize(
    "query",
    ['"signs and symptoms"[tiab]', "signs and symptoms[mh] OR pain[tiab]", "ketamine OR or[tiab]", "(not) OR pain"],
)
def test_the_same_word_within_a_phrase_or_a_heading_is_not(query: str) -> None:
    assert lint_query(query) == ()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("ketamine[mh]", "ketamine[mh]"),
        ("ketamine[mh] AND inflammation[tiab]", "ketamine[mh]"),
        ("pain[tiab] AND (ketamine[mh] OR esketamine[mh:noexp])", "ketamine[mh] OR esketamine[mh:noexp]"),
        ("pain[tiab] AND review[pt]", "review[pt]"),
        ("(ketamine[majr] AND pain[tiab]) OR (ketamine[tiab] AND pain[mh])", "ketamine[majr]"),
        ("ketamine[mh] NOT pain[tiab]", "ketamine[mh]"),
    ],
)
def test_an_arm_of_indexed_terms_alone_keeps_new_records_out(query: str, named: str) -> None:
    advice = lint_query(query)[0]
    assert advice.severity == "warning"
    assert f"({named})" in advice.message
    assert advice.position == query.index(named)


@pytest.mark.parametrize(
    "query",
    [
        "ketamine[mh] OR ketamine[tiab]",
        "ketamine[mh] OR ketamine",
        "(ketamine[mh] AND inflammation[mh]) OR ketamine[ti]",
        "pain[tiab] NOT (animals[mh] NOT humans[mh])",
        "pain[tiab] AND 2011[dp] AND english[la]",
    ],
)
def test_an_arm_with_another_way_in_does_not(query: str) -> None:
    assert lint_query(query) == ()


@pytest.mark.parametrize(
    "query", ["lyon[ad]", "systematic[sb]", "#1 AND pain", '"last 5 years"[dp]', "ketamine/ae[mh] OR pain"]
)
def test_good_pubmed_that_an_archive_cannot_answer_is_no_fault_of_the_strategy(query: str) -> None:
    (advice,) = lint_query(query)
    assert advice.severity == "warning"
    with pytest.raises(InvalidQuery):
        parse_query(query)


@settings(max_examples=60)
@given(RANDOM_CASES)
def test_what_can_be_read_has_no_fault(case: Case) -> None:
    assert all(advice.severity == "warning" for advice in lint_query(case.query))


@settings(max_examples=60)
@given(RANDOM_CASES)
def test_what_lost_a_parenthesis_has_a_fault(case: Case) -> None:
    broken = case.query[:-1] if case.query.endswith(")") else f"({case.query}"
    assert any(advice.severity == "fault" for advice in lint_query(broken))

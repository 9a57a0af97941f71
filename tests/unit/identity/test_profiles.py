import pytest

from litwatch.identity.profiles import journal_names


def test_a_journal_is_known_by_each_of_its_names() -> None:
    assert journal_names("Ai zheng =\n Chinese journal of cancer") == (
        ("ai", "zheng"),
        ("chinese", "journal", "cancer"),
    )


@pytest.mark.parametrize("unit", ["[", "(", "\n", "()"])
def test_a_long_journal_of_repeated_signs_is_read_at_once(unit: str) -> None:
    assert journal_names(unit * 100_000) == ()

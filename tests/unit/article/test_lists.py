import pytest

from litwatch.article.lists import split_reference_list


def numbers_of(text: str) -> list[int]:
    return [entry.number for entry in split_reference_list(text)]


def a_list(*numbers: int) -> str:
    return "\n".join(f"{number}. Roe A. A work on sesame. Invent J. 2011;{number}:1-9." for number in numbers)


def test_a_list_of_any_length_is_cut_into_its_entries() -> None:
    assert len(split_reference_list(a_list(*range(1, 12_001)))) == 12_000


@pytest.mark.parametrize("numbers", [(1, 2, 3, 20, 21), (1, 2, 3, 1, 2), (7, 8, 9)])
def test_a_list_may_leave_numbers_out_and_begin_anew(numbers: tuple[int, ...]) -> None:
    assert numbers_of(a_list(*numbers)) == list(numbers)


def test_a_year_that_begins_a_line_is_no_number() -> None:
    text = "1. Roe A. A work on sesame. Invent J.\n2011. 3:1-9.\n2. Poe B. Another. Invent J. 2012;4:1-9."

    assert numbers_of(text) == [1, 2]
    assert split_reference_list(text)[0].as_written.endswith("Invent J. 2011. 3:1-9.")

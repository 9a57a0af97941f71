from itertools import product

import pytest

from litwatch.model.record import Author


@pytest.mark.parametrize("parts", list(product(("", "De Kock"), ("", "M"), ("", "Jr"))))
def test_an_author_is_printed_by_the_parts_that_are_known(parts: tuple[str, str, str]) -> None:
    last_name, initials, suffix = parts
    assert Author(last_name, "", initials, suffix).printed == " ".join(part for part in parts if part)


def test_a_group_is_printed_by_its_name() -> None:
    assert Author(collective="The Sesame Group").printed == "The Sesame Group"

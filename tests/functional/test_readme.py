"""Every example of the README runs."""

from litwatch.errors import DONE
from tests.functional.conftest import Household
from tests.test_docs import blocks


def test_every_example_runs(household: Household) -> None:
    lines = [line.partition("#")[0].split() for block in blocks("sh") for line in block.splitlines()]
    examples = [line[1:] for line in lines if line[:1] == ["litwatch"]]
    assert len(examples) >= 6
    for example in examples:
        assert household.litwatch(*example).status == DONE, example

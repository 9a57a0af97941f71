"""The conclusion is the sentence in which the abstract concludes, quoted with its place."""

from typing import Any

import pytest

from litwatch.model.record import AbstractSection
from tests.unit.appraisal.cases import an_unindexed_record, appraise, cases


@pytest.mark.parametrize("case", cases("conclusions"), ids=lambda case: case["name"])
def test_the_conclusion_is(case: dict[str, Any]) -> None:
    record = an_unindexed_record(abstract=tuple(AbstractSection(*section) for section in case["sections"]))
    quote = appraise(record).conclusion
    assert quote is not None
    assert (quote.text, quote.place, quote.is_paraphrase) == (
        case["text"],
        case["place"],
        case.get("is_paraphrase", False),
    )


@pytest.mark.parametrize("abstract", [(), (AbstractSection("RESULTS", "RESULTS", " "),)])
def test_there_is_no_conclusion_without_an_abstract(abstract: tuple[AbstractSection, ...]) -> None:
    assert appraise(an_unindexed_record(abstract=abstract)).conclusion is None

"""Whatever a record holds, it is appraised: no text breaks it, verdicts have reasons, and quotations are verbatim."""

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.model.record import AbstractSection, Record
from tests.builders import a_claim
from tests.unit.appraisal.cases import an_unindexed_record, appraise

PIECES = (
    "Sixty patients were randomly assigned to ketamine",
    "IL-1β and TNF-α fell (p < 0.05)",
    "In conclusion, it helped",
    "Results:",
    "Wistar rats in vitro",
    "a systematic review of randomised trials",
    "\x00\x1e\x1f",
    "İSTANBUL ß ſ",
    ". ",
    "? ",
    "\n",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
CLAIM = a_claim(outcomes=("IL-1β", "TNF-α"), conditions=("patients", "rats"))


@st.composite
def records(draw: st.DrawFn) -> Record:
    labels = st.sampled_from(["", "METHODS", "RESULTS", "CONCLUSION", "FUNDING", "PARAPHRASE"])
    sections = st.builds(AbstractSection, labels, st.just(""), TEXTS)
    return an_unindexed_record(
        draw(TEXTS), abstract=tuple(draw(st.lists(sections, max_size=3))), keywords=(draw(TEXTS),)
    )


@given(records())
@settings(max_examples=150)
def test_every_record_is_appraised_with_reasons_and_verbatim_quotations(record: Record) -> None:
    finding = appraise(record, CLAIM)
    assert finding.design_because.rule
    assert finding.population_because.evidence
    quotes = [bearing.rationale for bearing in finding.bearings]
    texts = [record.title, *record.keywords, *(section.text for section in record.abstract)]
    for quote in quotes + ([finding.conclusion] if finding.conclusion else []):
        assert any(quote.text in text for text in texts)

"""What was found before is judged as what is found now: anew when claims, topic or rules are others."""

from dataclasses import replace

import pytest

from litwatch.appraisal.appraise import basis_of
from litwatch.model.finding import StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.pipeline import findings
from litwatch.pipeline.findings import Findings
from tests.builders import NOW, a_claim, a_finding, a_link, a_record, a_watch, a_work, records_xml
from tests.commits import a_commit, parsed
from tests.fakes_store import FakeStore
from tests.weeks import Weeks

WATCH = a_watch()
BASIS = basis_of(WATCH.claims, WATCH.topic)
PMID = Pmid("101")


def a_store(basis: str, *pmids: str, xml: bool = True) -> FakeStore:
    """A store with a finding on each record, made on ``basis``: a protocol, which no rule would say of the record."""
    store = FakeStore()
    if xml:
        store.save_records([parsed(pmid, _xml(pmid)) for pmid in pmids], NOW)
    kept = tuple(a_finding(pmid, design=StudyDesign.PROTOCOL, basis=basis) for pmid in pmids)
    store.commit_run(a_commit(1, pmids, WATCH.name, findings=kept))
    return store


def _xml(pmid: str) -> bytes:
    text = records_xml(a_record(pmid))
    return text[text.index(b"<PubmedArticle>") : text.rindex(b"</PubmedArticleSet>")]


def test_a_finding_made_alike_is_left_as_it_is() -> None:
    known = Findings(WATCH, a_store(BASIS, "101"), [PMID])
    assert known.before[PMID].design is StudyDesign.PROTOCOL
    assert known.new == {}


def test_a_finding_made_otherwise_is_made_anew_from_the_record_and_kept() -> None:
    known = Findings(WATCH, a_store("", "101"), [PMID])
    assert known.before[PMID].design is not StudyDesign.PROTOCOL
    assert known.told[PMID].design is StudyDesign.PROTOCOL
    assert (known.new[PMID].basis, known.new[PMID].work) == (BASIS, a_work("101"))
    assert known.latest([PMID]) == known.new


def test_a_finding_whose_record_is_not_at_hand_stays() -> None:
    known = Findings(WATCH, a_store("", "101", xml=False), [PMID])
    assert (known.before[PMID].design, known.new) == (StudyDesign.PROTOCOL, {})


def test_all_are_read_however_few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_AT_ONCE", 2)
    pmids = [str(number) for number in range(101, 106)]
    assert list(Findings(WATCH, a_store("", *pmids), map(Pmid, pmids)).new) == pmids


def test_what_is_kept_counts_now_and_not_before() -> None:
    known = Findings(WATCH, a_store(BASIS, "101"), [PMID])
    known.keep(a_finding("101", retracted=True))
    assert [found.retracted for found in known.of([PMID])] == [True]
    assert not known.before[PMID].retracted
    assert list(known.of([])) == []


def test_a_finding_is_saved_again_only_when_something_has_changed() -> None:
    store = FakeStore()
    weeks = Weeks(store=store)
    saved = []
    for record in (a_record("1"), a_record("1"), a_record("1", links=(a_link("RetractionIn"),))):
        weeks.hold(record)
        weeks.run()
        saved.append([(found.pmid, found.retracted) for found in store.commits[-1].findings])
    weeks.watch = replace(weeks.watch, claims=(a_claim(text="Said otherwise."),))
    weeks.run(1)
    saved.append([(found.pmid, found.retracted) for found in store.commits[-1].findings])
    assert saved == [[("1", False)], [], [("1", True)], [("1", True)]]

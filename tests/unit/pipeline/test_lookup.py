"""An ad-hoc search reads as many of the newest records as are wanted, and names those that it could not read."""

from litwatch.model.finding import StudyDesign
from litwatch.model.record import PublicationType, Record
from litwatch.model.search import FailedBatch
from litwatch.pipeline.lookup import Found, look_up
from tests.builders import a_day, a_record
from tests.weeks import FOUND, Weeks

TRIAL = PublicationType("D016449", "Randomized Controlled Trial")


def holding(*records: Record) -> Weeks:
    weeks = Weeks()
    weeks.hold(*records)
    return weeks


def found(weeks: Weeks, limit: int | None = None, designs: tuple[StudyDesign, ...] = ()) -> Found:
    return look_up(weeks.source, FOUND, ignore, since=None, designs=designs, limit=limit)


def ignore(done: int, total: int) -> None:
    """Progress that nobody watches."""


def pmids(answer: Found) -> list[str]:
    return [record.pmid for record, _ in answer.records]


def test_the_newest_come_first() -> None:
    assert pmids(found(holding(a_record("9"), a_record("100"), a_record("20")))) == ["100", "20", "9"]


def test_no_more_are_fetched_than_wanted() -> None:
    weeks = holding(*(a_record(str(number)) for number in range(1, 30)))

    assert pmids(found(weeks, limit=2)) == ["29", "28"]
    assert weeks.source.fetched == [("29", "28")]


def test_a_search_for_designs_reads_on_until_it_has_enough() -> None:
    trials = [a_record(str(number), publication_types=(TRIAL,)) for number in (3, 1)]
    weeks = holding(*trials, *(a_record(str(number), title="A letter.", abstract=()) for number in (2, 4, 5)))

    assert pmids(found(weeks, limit=2, designs=(StudyDesign.RCT,))) == ["3", "1"]


def test_since_a_day_asks_for_what_was_created_from_then_on() -> None:
    weeks = holding()
    asked = f'({FOUND}) AND ("2024/02/01"[crdt] : "3000"[crdt])'
    weeks.answer({asked: []})

    answer = look_up(weeks.source, FOUND, ignore, since=a_day("2024-02-01"), designs=(), limit=None)

    assert answer.result.query == asked


def test_what_cannot_be_read_is_named() -> None:
    weeks = holding(a_record("1"), a_record("2"))
    weeks.source.batch_size = 1
    weeks.source.spoil = lambda batch: FailedBatch(batch.asked, "down") if "2" in batch.asked else batch

    answer = found(weeks)

    assert pmids(answer) == ["1"]
    assert [(unread.pmid, unread.reason.rpartition(": ")[2]) for unread in answer.unread] == [("2", "down")]

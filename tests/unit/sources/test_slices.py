"""A search too large for one reply is cut by create date, completely and in few requests."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import SearchIncomplete
from litwatch.model.identifiers import Pmid
from litwatch.pubmed.replies import SearchReply
from litwatch.sources import slices
from litwatch.sources.slices import SERVED, created_between, created_until, search_slices

QUERY = "ketamine OR esketamine"
RANGE = re.compile(r'\(ketamine OR esketamine\) AND \("(\S+)"\[crdt\] : "(\S+)"\[crdt\]\)')


class FakePubMed:
    """Records by create date. Sends the newest ids that it serves, by PMID, as PubMed by publication date."""

    def __init__(self, created: Mapping[Pmid, date], *, tells_dates: bool = True) -> None:
        self.created = created
        self.tells_dates = tells_dates
        self.searched: list[tuple[date, date]] = []
        self.looked_up = 0

    def search(self, term: str) -> SearchReply:
        match = RANGE.fullmatch(term)
        assert match, term
        first, last = (date.fromisoformat(day.replace("/", "-")) for day in match.groups())
        self.searched.append((first, last))
        return self.answer(first, last)

    def answer(self, first: date, last: date) -> SearchReply:
        found = [pmid for pmid, day in self.created.items() if first <= day <= last]
        newest = sorted(found, key=int, reverse=True)[: slices.SERVED]
        return SearchReply(len(found), len(newest), tuple(newest), "", ())

    def look_up_dates(self, pmids: Sequence[Pmid]) -> list[date]:
        self.looked_up += 1
        assert 0 < len(pmids) <= 2 * slices.SAMPLE
        return [self.created[pmid] for pmid in pmids] if self.tells_dates else []

    def collect(self, until: date | None = None) -> set[Pmid]:
        """What a caller receives who stops as soon as all ids are there."""
        whole = self.answer(date.min, until or date.max)
        received = set(whole.pmids)
        for reply in search_slices(QUERY, until, whole, self.search, self.look_up_dates):
            received.update(reply.pmids)
            if len(received) == whole.count:
                break
        return received

    @property
    def requests(self) -> int:
        """All requests made, the first search included."""
        return 1 + len(self.searched) + self.looked_up


def records(count: int, first: date, last: date) -> dict[Pmid, date]:
    """So many records, created evenly from ``first`` to ``last``, their ids rising with time."""
    days = (last - first).days
    return {Pmid(str(1000 + n)): first + timedelta(days=n * days // count) for n in range(count)}


def test_a_restriction_to_create_dates_leaves_the_query_whole() -> None:
    assert created_until("a OR b", None) == "a OR b"
    assert created_until("a OR b", date(2026, 1, 5)) == '(a OR b) AND ("1800/01/01"[crdt] : "2026/01/05"[crdt])'
    assert (
        created_between("a", date(1976, 1, 2), date(1980, 3, 4)) == '(a) AND ("1976/01/02"[crdt] : "1980/03/04"[crdt])'
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(1966, 1, 1), date(2026, 1, 1)),
        (date(1976, 1, 1), date(1980, 12, 31)),
        (date(2021, 11, 1), date(2021, 12, 1)),
        (date(2026, 1, 1), date(2026, 1, 3)),
    ],
)
def test_ten_thousand_ids_take_at_most_five_requests(first: date, last: date) -> None:
    pubmed = FakePubMed(records(10_000, first, last))
    assert pubmed.collect() == set(pubmed.created)
    assert pubmed.requests <= 5


def test_a_hundred_thousand_ids_take_few_requests() -> None:
    pubmed = FakePubMed(records(100_000, date(1966, 1, 1), date(2026, 1, 1)))
    assert pubmed.collect() == set(pubmed.created)
    assert pubmed.requests <= 30


def test_without_create_dates_to_go_by_the_days_are_halved() -> None:
    pubmed = FakePubMed(records(10_000, date(1976, 1, 1), date(1980, 12, 31)), tells_dates=False)
    assert pubmed.collect() == set(pubmed.created)
    assert pubmed.requests <= 20


def test_late_records_with_old_ids_are_not_lost() -> None:
    """A journal taken into PubMed late: old publications, created after everything else."""
    created = records(10_000, date(1990, 1, 1), date(2020, 1, 1))
    created |= {Pmid(str(1 + n)): date(2025, 6, 1) for n in range(900)}
    pubmed = FakePubMed(created)
    assert pubmed.collect() == set(created)
    assert pubmed.requests <= 7


def test_nothing_is_asked_beyond_the_day_that_the_search_ends_with() -> None:
    pubmed = FakePubMed(records(12_000, date(2000, 1, 1), date(2026, 1, 1)))
    until = date(2024, 1, 1)
    assert pubmed.collect(until) == {pmid for pmid, day in pubmed.created.items() if day <= until}
    assert all(last <= until for _, last in pubmed.searched)


def test_more_records_on_one_day_than_can_be_had_are_an_incomplete_search() -> None:
    pubmed = FakePubMed(dict.fromkeys(records(SERVED + 1, date(2000, 1, 1), date(2000, 1, 2)), date(2003, 12, 1)))
    with pytest.raises(SearchIncomplete, match="10,000 matching records were created on 2003-12-01"):
        pubmed.collect()


def test_as_many_records_on_one_day_as_can_be_had_are_not() -> None:
    created = dict.fromkeys(records(SERVED, date(2000, 1, 1), date(2000, 1, 2)), date(2003, 12, 1))
    pubmed = FakePubMed(created | {Pmid("1"): date(2003, 11, 30)})
    assert pubmed.collect() == set(pubmed.created)


@given(
    days=st.lists(st.dates(date(1999, 12, 1), date(2000, 3, 1)), max_size=60),
    tells_dates=st.booleans(),
)
@settings(max_examples=80)
def test_the_slices_together_hold_every_id_whatever_the_dates(days: list[date], tells_dates: bool) -> None:
    served = max([4, *(days.count(day) for day in days)])
    created = {Pmid(str(n)): day for n, day in enumerate(days, 1)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "SERVED", served)
        pubmed = FakePubMed(created, tells_dates=tells_dates)
        whole = pubmed.answer(date.min, date.max)
        if whole.count <= served:
            return
        replies = list(search_slices(QUERY, None, whole, pubmed.search, pubmed.look_up_dates))
        fitting = [reply for reply in replies if reply.count <= served]
    assert sum(reply.count for reply in fitting) == len(created)
    assert set().union(*(reply.pmids for reply in fitting)) == set(created)

"""Over any weeks with any faults: every work is announced once, every notice once, and nothing is lost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.errors import SourceUnavailable, StoreError
from litwatch.model.identifiers import Doi, Pmid
from litwatch.model.record import Link, Record
from litwatch.model.run import RunCommit
from litwatch.model.search import FailedBatch, RawBatch
from tests.builders import a_link, a_record
from tests.fakes_store import FakeStore
from tests.weeks import Spoil, Weeks

EVENTS = ("RetractionIn", "ErratumIn", "ExpressionOfConcernIn")
PLACES = range(12)
"""Records by number; two that follow each other, an even one and an odd one, are of one work."""


class DyingStore(FakeStore):
    """A store that dies just before or just after it has kept a run."""

    dies: str = ""

    def commit_run(self, commit: RunCommit) -> None:
        if self.dies == "before":
            raise StoreError("died")
        super().commit_run(commit)
        if self.dies == "after":
            raise StoreError("died")


@dataclass(frozen=True)
class Week:
    """What happens in PubMed, and then to the run."""

    arrive: frozenset[int]
    befall: tuple[tuple[int, str], ...]
    leave: frozenset[int]
    fault: str
    at: int
    batch_size: int
    days: float


weeks = st.builds(
    Week,
    arrive=st.frozensets(st.sampled_from(PLACES), max_size=5),
    befall=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(EVENTS)), max_size=2).map(tuple),
    leave=st.frozensets(st.sampled_from(PLACES), max_size=1),
    fault=st.sampled_from(("", "", "search", "fetch", "lose", "cut", "garble", "html", "before", "after")),
    at=st.integers(0, 11),
    batch_size=st.sampled_from((1, 2, 3, 500)),
    days=st.sampled_from((0.0, 1.0, 7.0)),
)


def pmid_of(place: int) -> str:
    """PMIDs whose order is not the order of arrival, nor that of their texts."""
    return str((place * 7919) % 1201 + 5)


def work_of(place: int) -> int:
    return place // 2


def plain(place: int) -> Record:
    doi = Doi(f"10.1234/work.{work_of(place)}")
    return a_record(pmid_of(place), title=f"Ketamine, study {'abcdefgh'[work_of(place)] * 9}", doi=doi)


@dataclass
class History:
    """What PubMed holds now, and what it has held."""

    held: dict[int, Record] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    links: dict[int, list[Link]] = field(default_factory=dict)

    def live_through(self, week: Week) -> None:
        for place in sorted(week.arrive - self.gone - self.held.keys()):
            self.held[place] = plain(place)
        for place, kind in week.befall:
            links = self.links.setdefault(place, [])
            if place in self.held and kind not in {link.ref_type for link in links}:
                links.append(a_link(kind, f"9{len(links)}{pmid_of(place)}"))
                self.held[place] = replace(plain(place), links=tuple(links))
        for place in week.leave & self.held.keys():
            del self.held[place]
            self.gone.add(place)


def spoil_with(week: Week) -> Spoil | None:
    def cut(batch: RawBatch) -> RawBatch:
        return RawBatch(batch.asked, batch.body[: len(batch.body) * week.at // 12])

    def garble(batch: RawBatch) -> RawBatch:
        return RawBatch(batch.asked, batch.body.replace(b"<ArticleTitle>", b"<ArticleTitel>", 1 + week.at % 2))

    def lose(batch: RawBatch) -> RawBatch:
        parts = batch.body.split(b"<PubmedArticle>")
        del parts[1 + week.at :: 3]
        body = b"<PubmedArticle>".join(parts)
        end = b"</PubmedArticleSet>"
        return RawBatch(batch.asked, body if body.endswith(end) else body + end)

    def html(batch: RawBatch) -> RawBatch | FailedBatch:
        if int(batch.asked[0]) % 2:
            return RawBatch(batch.asked, b"<html><body>Please try again</body></html>")
        return batch

    def down(batch: RawBatch) -> FailedBatch:
        return FailedBatch(batch.asked, "down")

    kinds: dict[str, Callable[[RawBatch], RawBatch | FailedBatch]]
    kinds = {"cut": cut, "garble": garble, "lose": lose, "html": html, "fetch": down}
    return kinds.get(week.fault)


def live(story: list[Week]) -> tuple[DyingStore, History, set[str]]:
    """Run through ``story`` and three good weeks after it; also the PMIDs that were ever read."""
    store, history = DyingStore(), History()
    watched = Weeks(store=store)
    good = Week(frozenset(), (), frozenset(), "", 0, 500, 7.0)
    for week in (*story, good, good, good):
        history.live_through(week)
        watched.hold(*history.held.values())
        watched.source.batch_size = week.batch_size
        watched.source.failure = SourceUnavailable("down") if week.fault == "search" else None
        watched.source.spoil = spoil_with(week)
        store.dies = week.fault
        try:
            outcome = watched.run(week.days)
        except StoreError:
            continue
        assert week is not good or outcome.state == "done", outcome
    return store, history, set(store.load_ledger(watched.watch.name))


@settings(max_examples=150)
@given(st.lists(weeks, min_size=1, max_size=8))
def test_nothing_is_lost_and_nothing_is_told_twice(story: list[Week]) -> None:
    store, history, read = live(story)
    work_of_pmid = {pmid_of(place): work_of(place) for place in PLACES}
    told = Counter(work_of_pmid[card.finding.pmid] for commit in store.commits for card in commit.digest.studies)
    assert set(told) >= {work_of(place) for place in history.held}
    assert set(told) == {work_of_pmid[pmid] for pmid in read}
    assert set(told.values()) <= {1}

    notices = Counter(
        (card.notice.pmid, card.notice.reference) for commit in store.commits for card in commit.digest.notices
    )
    due = {(pmid_of(place), link.pmid) for place in history.held for link in history.links.get(place, ())}
    withdrawn = {(pmid_of(place), "not sent") for place in history.gone if pmid_of(place) in read}
    late = {(pmid_of(place), link.pmid) for place in history.gone for link in history.links.get(place, ())}
    assert due | withdrawn <= set(notices) <= due | withdrawn | late
    assert set(notices.values()) <= {1}


@settings(max_examples=25)
@given(st.lists(weeks, min_size=1, max_size=4))
def test_every_id_is_accounted_for_every_week(story: list[Week]) -> None:
    store, _, _ = live(story)
    for commit in store.commits:
        digest = commit.digest
        assert digest.flow is not None
        assert digest.flow.reported == len(digest.studies)
        accounted = {entry.pmid for each in store.commits[: commit.digest.number] for entry in each.ledger}
        unread = {pmid for pmid, _ in digest.unread}
        assert digest.search is not None
        assert set(digest.search.pmids) <= accounted | unread
        assert not unread & {entry.pmid for entry in commit.ledger}


def test_the_numbers_of_records_are_pmids() -> None:
    assert len({Pmid(pmid_of(place)) for place in PLACES}) == len(PLACES)

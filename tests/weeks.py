"""A watch run week after week against a PubMed that a test may change, or spoil, in between."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from litwatch.model.digest import Digest
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record
from litwatch.model.run import RunOutcome
from litwatch.model.search import FailedBatch, RawBatch
from litwatch.model.watch import Watch
from litwatch.pipeline import Terms, run_watch
from litwatch.ports import Source, Store, World
from tests.builders import a_watch
from tests.fakes import FakeClock, FakeSource
from tests.fakes_store import FakeStore

Spoil = Callable[[RawBatch], RawBatch | FailedBatch]

FOUND = "ketamine[tiab]"
"""The strategy of ``Weeks``."""


class SpoiltSource(FakeSource):
    """A FakeSource whose batches ``spoil`` may change on their way."""

    spoil: Spoil | None = None

    def fetch(self, pmids: Sequence[Pmid]) -> Iterator[RawBatch | FailedBatch]:
        for batch in super().fetch(pmids):
            yield self.spoil(batch) if self.spoil and isinstance(batch, RawBatch) else batch


@dataclass
class Weeks:
    """Runs ``watch``; ``source``, ``store`` and ``watch`` may be changed between two runs."""

    watch: Watch = field(default_factory=lambda: a_watch(strategy=FOUND, references=()))
    store: Store = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    source: SpoiltSource = field(init=False)
    runs: int = 0

    def __post_init__(self) -> None:
        self.source = SpoiltSource(self.clock, (), {})

    def hold(self, *records: Record, found: Collection[str] | None = None, **answers: Sequence[str]) -> None:
        """Let PubMed hold ``records``; the strategy finds ``found``, by default all of them.

        A keyword ``pmid_501`` stands for the answer to ``501[pmid]``.
        """
        self.source.records = {record.pmid: record for record in records}
        self.source.answers[self.watch.strategy] = [*self.source.records] if found is None else [*found]
        self.answer({f"{name.removeprefix('pmid_')}[pmid]": pmids for name, pmids in answers.items()})

    def answer(self, answers: Mapping[str, Sequence[str]]) -> None:
        self.source.answers.update(answers)

    def run(self, days: float = 7, *, until: date | None = None, source: Source | None = None) -> RunOutcome:
        """Run the watch ``days`` after the last run."""
        self.clock.elapsed += timedelta(days=days).total_seconds()
        self.runs += 1
        world = World(source or self.source, self.store, self.clock)
        return run_watch(self.watch, world, Terms(f"run {self.runs}", until=until), lambda done, total: None)

    def digest(self, days: float = 7) -> Digest:
        """The digest of a run that must come to its end."""
        outcome = self.run(days)
        assert outcome.digest is not None
        assert outcome.digest.flow is not None, outcome.detail
        return outcome.digest


def reported(digest: Digest) -> list[str]:
    """The PMIDs that the digest reports, ascending."""
    return sorted((card.finding.pmid for card in digest.studies), key=int)


def notices(digest: Digest) -> list[tuple[str, str]]:
    """(PMID, kind) of the notices of the digest."""
    return [(card.notice.pmid, card.notice.kind.value) for card in digest.notices]

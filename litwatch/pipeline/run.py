"""One run of one watch, from the question to the promise.

  Watch ─source.search─▶ SearchResult; cited references that are not settled ─search, fetch─▶ what they mean
  ids − ledger ─▶ fresh ids, and known ids that are due to be read again ─source.fetch─▶ RawBatch │ FailedBatch
  findings made by other rules or from other claims ─appraisal─▶ the same, anew, from the records as last read
  each batch: ─parse─▶ Parsed ── WRITE 1: records ── ─identity─▶ Resolution ─appraisal─▶ Finding, Notice
  cards + texts of the works that persons decided on ─appraisal─▶ Relevance
  findings before and now ─appraisal─▶ ClaimState ─▶ Digest ─render─▶ Renditions
  ── WRITE 2, one transaction: ledger, works, findings, notices, references, digest, deliveries, search log ──
  dispatch of the pending deliveries, and WRITE 3 with it, come after the run

Death before WRITE 2 repeats the work, death after it leaves deliveries pending. What could not be searched,
fetched or parsed is a value in the outcome.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from litwatch.digest.compose import issue_summary
from litwatch.digest.render import render_digest
from litwatch.errors import SourceError, StoreError
from litwatch.model.decided import Decided
from litwatch.model.digest import Digest, IssueSummary
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Parsed
from litwatch.model.run import RunOutcome, RunState
from litwatch.model.watch import Watch
from litwatch.pipeline.flow import warn_of_loss
from litwatch.pipeline.intake import Intake
from litwatch.pipeline.references import settle_references
from litwatch.pipeline.relevance import decided_texts, in_reading_order
from litwatch.ports import World

LEASE = timedelta(minutes=45)
"""How long a run may be silent before another may take the watch over; renewed with every batch.

Longer than the half hour that a source takes at most, by default, to answer a search or to give a batch up. Else, on a
day on which PubMed is slow, one run after the other would take the watch over and none would come to its end.
"""

Progress = Callable[[int, int], None]
"""Told how many of how many records have been read."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one run is asked to do.

    ``until`` leaves out records created after that day, ``targets`` are the (sink, target) pairs that the issue
    is promised to, and a dry run writes nothing at all.
    """

    run_id: str
    until: date | None = None
    targets: tuple[tuple[str, str], ...] = ()
    is_dry: bool = False
    source_note: str = ""


def run_watch(watch: Watch, world: World, terms: Terms, progress: Progress) -> RunOutcome:
    """Run ``watch`` once, unless another run of it is under way.

    A source that cannot be searched is an outcome; a store that cannot be used raises its StoreError.
    """
    if terms.is_dry:
        return _run(watch, world, terms, progress)
    if not world.store.acquire_lease(lease_of(watch), terms.run_id, world.clock.now(), LEASE):
        minutes = LEASE // timedelta(minutes=1)
        held = f"another run of this watch is under way, or one was killed less than {minutes} minutes ago"
        return RunOutcome(watch.name, "held by another run", None, None, detail=held)
    try:
        return _run(watch, world, terms, progress)
    finally:
        world.store.release_lease(lease_of(watch), terms.run_id)


def lease_of(watch: Watch) -> str:
    """The name of the lease that a run of ``watch`` holds under its ``run_id``."""
    return f"watch:{watch.name}"


def _run(watch: Watch, world: World, terms: Terms, progress: Progress) -> RunOutcome:
    earlier = world.store.load_issues(watch.name)
    now = world.clock.now()
    try:
        search = world.source.search(watch.strategy, until=terms.until)
    except SourceError as error:
        return _could_not_search(watch, world, terms, earlier, error)
    ledger = world.store.load_ledger(watch.name)
    decided = Decided(world.store.load_decisions())
    references = settle_references(watch, world, now, decided, until=terms.until, accounted=ledger.keys())
    number = earlier[-1].number + 1 if earlier else 1
    search = warn_of_loss(search, ledger)
    intake = Intake(watch, search, references, world.store, ledger=ledger, decided=decided, number=number, now=now)
    _read(world, terms, intake, progress)
    intake.weigh(decided_texts(watch, world.store, ledger, decided))
    digest = _compose(terms, earlier, intake)
    before = world.store.load_renditions(watch.name, earlier[-1].number) if earlier else ()
    renditions = render_digest(digest, earlier, before)
    if not terms.is_dry:
        world.store.commit_run(intake.commit(terms.run_id, digest, renditions, terms.targets))
    is_complete = not (digest.unread or references.failures)
    state: RunState = "done" if is_complete else "incomplete"
    detail = "; ".join(references.failures)
    return RunOutcome(watch.name, state, digest, issue_summary(digest), renditions=renditions, detail=detail)


def _read(world: World, terms: Terms, intake: Intake, progress: Progress) -> None:
    """Take in what is cited, fetch what is new and what is due to be read again, and make sure of what has gone."""
    if intake.references.read:
        _take(world, terms, intake, intake.references.read)
    _fetch(world, terms, intake, intake.ids_to_read(), progress)
    _fetch(world, terms, intake, intake.ids_to_confirm(), progress)
    intake.note_withdrawn()


def _fetch(world: World, terms: Terms, intake: Intake, asked: Sequence[Pmid], progress: Progress) -> None:
    done = 0
    for batch in world.source.fetch(asked) if asked else ():
        _take(world, terms, intake, intake.read(batch))
        done += len(batch.asked)
        progress(done, len(asked))


def _take(world: World, terms: Terms, intake: Intake, records: Sequence[Parsed]) -> None:
    """WRITE 1, and then the stages that follow; only while the watch is still ours."""
    if not terms.is_dry:
        world.store.save_records(records, intake.now)
        if not world.store.acquire_lease(lease_of(intake.watch), terms.run_id, world.clock.now(), LEASE):
            raise StoreError(
                f"{intake.watch.name}: another run took this watch over; nothing was announced by this one"
            )
    intake.take(records)


def _compose(terms: Terms, earlier: tuple[IssueSummary, ...], intake: Intake) -> Digest:
    return Digest(
        watch=intake.watch,
        kind="news" if earlier else "baseline",
        number=intake.number,
        made_at=intake.now,
        previous=earlier[-1].made_at if earlier else None,
        search=intake.search,
        flow=intake.flow,
        notices=tuple(intake.notices),
        studies=in_reading_order(intake.cards),
        updated=tuple(intake.updated),
        references=intake.references.matches,
        unread=intake.unread,
        states=intake.states,
        source_note=terms.source_note,
    )


def _could_not_search(
    watch: Watch, world: World, terms: Terms, earlier: tuple[IssueSummary, ...], error: SourceError
) -> RunOutcome:
    digest = Digest(
        watch=watch,
        kind="could not search",
        number=None,
        made_at=world.clock.now(),
        previous=earlier[-1].made_at if earlier else None,
        search=None,
        flow=None,
        failure=str(error),
        source_note=terms.source_note,
    )
    if not terms.is_dry:
        world.store.record_failed_run(watch.name, terms.run_id, digest.made_at, digest)
    renditions = render_digest(digest, earlier)
    return RunOutcome(watch.name, "could not search", digest, None, renditions=renditions, detail=str(error))

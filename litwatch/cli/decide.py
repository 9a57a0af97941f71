"""``litwatch decide``: a person says what a work is worth to a watch."""

from collections.abc import Mapping
from pathlib import Path

import click

from litwatch.cli.deciding import Person, save, take_back, with_person
from litwatch.cli.options import PubmedId
from litwatch.model.decision import WORK_CHOICES, Choice, WorkDecision
from litwatch.model.identifiers import Pmid
from litwatch.model.run import LedgerEntry
from litwatch.model.watch import Watch
from litwatch.watchfile import load_settings
from litwatch.wiring import Monitor, open_monitor

_CHOICE = click.Choice([choice.value for choice in WORK_CHOICES])


@click.command()
@click.argument("pmid", metavar="PMID", type=PubmedId(), required=False)
@click.argument("choice", type=_CHOICE, metavar="|".join(_CHOICE.choices), required=False)
@click.option("--watch", "name", metavar="WATCH", help="Which watch, where several have found the record.")
@click.option("--undo", type=int, metavar="ID", help="Take a decision back.")
@with_person
@click.pass_obj
def decide(
    config: Path,
    pmid: Pmid | None,
    choice: str | None,
    *,
    name: str | None,
    undo: int | None,
    by: str | None,
    note: str,
) -> None:
    """Say what the work of the record PMID is worth to a watch.

    From relevant and irrelevant works the next runs learn in which order to tell new ones; none is ever hidden. `used`
    says more than relevant: the article draws on it, and a notice on it will say so. `later` leaves it open. The last
    word on a work counts; `litwatch review --decided` lists all of them.
    """
    if (undo is None) != (pmid is not None and choice is not None) or (undo is not None and pmid is not None):
        raise click.UsageError("name a PMID and what it is, or --undo and the id of a decision")
    with open_monitor(load_settings(config)) as monitor:
        person = Person.at(monitor.world.clock.now(), by, note)
        if undo is not None:
            take_back(monitor.world.store, person, undo)
        elif pmid is not None and choice is not None:
            watch = _watch_that_holds(monitor, pmid, name)
            save(monitor.world.store, [person.decides(WorkDecision(Choice(choice), watch.name, pmid))])


def _watch_that_holds(monitor: Monitor, pmid: Pmid, name: str | None) -> Watch:
    """The one watch that has accounted for the record."""
    asked = monitor.named([name]) if name else monitor.watches
    holding = [watch for watch in asked if pmid in _ledger(monitor, watch)]
    if not holding:
        whose = f"the watch {name}" if name else "any watch"
        raise click.UsageError(f"PMID {pmid} has not been found by {whose} so far")
    if len(holding) > 1:
        names = ", ".join(watch.name for watch in holding)
        raise click.UsageError(f"PMID {pmid} was found by {names}; say for which it is decided with --watch")
    return holding[0]


def _ledger(monitor: Monitor, watch: Watch) -> Mapping[Pmid, LedgerEntry]:
    return monitor.world.store.load_ledger(watch.name)

"""``litwatch review``: a person decides what the rules cannot."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from litwatch.cli.deciding import Person, save, take_back, with_person
from litwatch.cli.options import PubmedId
from litwatch.cli.table import print_table
from litwatch.cli.talk import counted, say
from litwatch.errors import FaultyTable
from litwatch.identity.doubts import open_doubts
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Decision, Doubt, PairDecision
from litwatch.model.identifiers import Pmid, pmid_of, work_id
from litwatch.ports import Store
from litwatch.watchfile import load_settings
from litwatch.wiring import Monitor, open_monitor

_PAIR = click.Choice([Choice.SAME.value, Choice.DIFFERENT.value])
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("name", metavar="[WATCH]", required=False)
@click.option("--decide", "pair", type=(PubmedId(), _PAIR), metavar="PMID same|different", help="Decide one doubt.")
@click.option("--import", "table", type=_FILE, help="Read the table of --format csv back, with decisions in it.")
@click.option("--decided", is_flag=True, help="List every decision that was taken, with its id.")
@click.option("--undo", type=int, metavar="ID", help="Take a decision back.")
@click.option("--format", "output", type=click.Choice(["table", "csv", "json"]), help="How to list; default: table.")
@with_person
@click.pass_obj
def review(
    config: Path,
    name: str | None,
    *,
    pair: tuple[Pmid, str] | None,
    table: Path | None,
    decided: bool,
    undo: int | None,
    output: str | None,
    by: str | None,
    note: str,
) -> None:
    """Decide which records are one work, where the rules are unsure.

    A doubt is named by its newer record. At a terminal, and without an option, one after the other is asked; elsewhere
    they are listed. A record that the rules have joined to a work wrongly is called different by its PMID too. A
    decision goes before every rule from the next run on.
    """
    if sum((pair is not None, table is not None, undo is not None, decided)) > 1:
        raise click.UsageError("--decide, --import, --undo and --decided each stand alone")
    with open_monitor(load_settings(config)) as monitor:
        if name is not None:
            monitor.named([name])
        store, person = monitor.world.store, Person.at(monitor.world.clock.now(), by, note)
        if undo is not None:
            take_back(store, person, undo)
        elif decided:
            _list_decisions(Decided(store.load_decisions()), output)
        elif pair is not None:
            _decide(monitor, name, person, pair[0], Choice(pair[1]))
        elif table is not None:
            _import(store, name, person, table)
        else:
            _review(store, name, person, output)


def _review(store: Store, watch: str | None, person: Person, output: str | None) -> None:
    doubts = open_doubts(store.load_doubts(watch), Decided(store.load_decisions()))
    if output is None and doubts and sys.stdin.isatty() and sys.stdout.isatty():
        from litwatch.cli.asking import ask_one_by_one

        ask_one_by_one(store, doubts, person)
        return
    _list_doubts(doubts, output)
    if doubts:
        say(f"{counted(len(doubts), 'doubt')}; `litwatch review --decide PMID same|different` decides one")
    else:
        say("no doubt is open")


def _list_doubts(doubts: Sequence[Doubt], output: str | None) -> None:
    if output in ("csv", "json"):
        from litwatch.digest.doubt_table import doubts_csv, doubts_json

        sys.stdout.write(doubts_csv(doubts) if output == "csv" else doubts_json(doubts))
        return
    print_table(
        ("PMID", "Beside", "Title", "Title beside", "Why unsure", "Watches"),
        [
            (
                doubt.pmid,
                doubt.other,
                doubt.citation.title,
                doubt.other_citation.title,
                f"{doubt.because.evidence} ({doubt.because.rule})",
                ", ".join(doubt.watches),
            )
            for doubt in doubts
        ],
        wide="Title",
        spare=("Why unsure", "Title beside", "Watches"),
    )


def _list_decisions(decided: Decided, output: str | None) -> None:
    from litwatch.digest.decision_table import decisions_csv, decisions_json

    if output in ("csv", "json"):
        sys.stdout.write(decisions_csv(decided) if output == "csv" else decisions_json(decided))
        return
    undone = {told: by.id for told, by in decided.undone_by.items()}
    print_table(
        ("ID", "Decided", "By", "On", "Note", "Taken back"),
        [
            (
                str(told.id),
                told.sentence,
                told.by,
                f"{told.at:%Y-%m-%d %H:%M} UTC",
                told.note,
                f"by {undone[told.id]}" if told.id in undone else "",
            )
            for told in decided.all.values()
        ],
        wide="Decided",
        spare=("Note", "On"),
    )


def _decide(monitor: Monitor, watch: str | None, person: Person, pmid: Pmid, choice: Choice) -> None:
    """Decide the doubt that is named by ``pmid``; or say against the rules that it is another work than they found."""
    doubts = monitor.world.store.load_doubts(watch)
    other = next((doubt.other for doubt in doubts if doubt.pmid == pmid), None)
    if other is None and choice is Choice.DIFFERENT:
        other = _joined(monitor, watch, pmid)
    if other is None:
        newer = [doubt.pmid for doubt in doubts if doubt.other == pmid]
        way_out = f"name it by its newer record, {' or '.join(newer)}" if newer else "`litwatch review` lists them"
        raise click.UsageError(f"there is no doubt named PMID {pmid}; {way_out}")
    save(monitor.world.store, [person.decides(PairDecision(choice, pmid, other))])


def _joined(monitor: Monitor, watch: str | None, pmid: Pmid) -> Pmid | None:
    """The record that founded the work to which the rules have joined ``pmid``; None when they have not."""
    for name in [watch] if watch else [each.name for each in monitor.watches]:
        resolution = monitor.world.store.load_resolution(name, pmid)
        if resolution is not None and resolution.work != work_id(pmid):
            return pmid_of(resolution.work)
    return None


def _import(store: Store, watch: str | None, person: Person, table: Path) -> None:
    from litwatch.digest.doubt_table import DoubtReader

    decided = Decided(store.load_decisions())
    reader = DoubtReader(open_doubts(store.load_doubts(watch), decided), decided, person.name, person.now)
    filled = reader.read(table.read_bytes(), str(table))
    if filled.faults:
        raise FaultyTable(filled.faults)
    kept: Sequence[Decision] = store.save_decisions(filled.decisions)
    ids = f", ids {kept[0].id} to {kept[-1].id}" if kept else ""
    known = f", {filled.known} decided before" if filled.known else ""
    say(f"{counted(len(kept), 'decision')} taken{ids}; {counted(filled.left, 'row')} left undecided{known}")

"""``litwatch refs``: what the cited references of a watch mean, and what a person says of it."""

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from litwatch.cli.deciding import Person, save, take_back, with_person
from litwatch.cli.options import PubmedId
from litwatch.cli.table import print_table
from litwatch.cli.talk import counted, say
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, ReferenceDecision
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Candidate
from litwatch.model.watch import CitedReference, Watch
from litwatch.pipeline.questions import question_of
from litwatch.ports import Store
from litwatch.watchfile import load_settings
from litwatch.wiring import Monitor, open_any, open_monitor

if TYPE_CHECKING:
    from litwatch.digest.reference_table import Listed


_WIDEST = 100
"""Characters of a line that is read with ease."""


class _ListingGroup(click.Group):
    """A group whose command ``list`` need not be named: what is no other command is a watch."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``list`` in front where no command stands."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListingGroup, subcommand_metavar="WATCH | COMMAND [ARGS]...")
def refs() -> None:
    """List what the cited references of WATCH mean; accept or reject it.

    `litwatch refs WATCH` lists them. What a person accepts or rejects goes before every rule from the next run on, for
    as long as the watch gives the same of the reference.
    """


@refs.command("list")
@click.argument("name", metavar="WATCH")
@click.option("--format", "output", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--sample", is_flag=True, help="List those of the embedded sample.")
@click.pass_obj
def list_references(config: Path, name: str, *, output: str, sample: bool) -> None:
    """List each cited reference: what it means, how well that fits, the runner-up, and what was tried."""
    with open_any(config, sample=sample) as monitor:
        (watch,) = monitor.named([name])
        listed = _listed(watch, monitor.world.store)
    if output == "table":
        _print(listed)
    else:
        from litwatch.digest.reference_table import references_csv, references_json

        sys.stdout.write(references_csv(listed) if output == "csv" else references_json(listed))
    for line in listed:
        for told in line.lapsed:
            say(f"{line.reference.id}: decision {told.id} has lapsed, for the watch says something else of it now")
    due = sum(line.is_due for line in listed)
    if due:
        say(f"{counted(due, 'reference')} will be looked up by the next run")


@refs.command()
@click.argument("name", metavar="WATCH")
@click.argument("reference", metavar="REF")
@click.argument("pmid", metavar="PMID", type=PubmedId())
@with_person
@click.pass_obj
def accept(config: Path, name: str, reference: str, pmid: Pmid, *, by: str | None, note: str) -> None:
    """Say that REF means the record PMID."""
    with _on_reference(config, name, reference) as (monitor, watch, cited):
        _save(monitor, Choice.ACCEPT, watch, cited, pmid, by=by, note=note)


@refs.command()
@click.argument("name", metavar="WATCH")
@click.argument("reference", metavar="REF")
@click.argument("pmid", metavar="[PMID]", type=PubmedId(), required=False)
@with_person
@click.pass_obj
def reject(config: Path, name: str, reference: str, pmid: Pmid | None, *, by: str | None, note: str) -> None:
    """Say that REF does not mean the record PMID, or what it was last found to mean; it is looked up again."""
    with _on_reference(config, name, reference) as (monitor, watch, cited):
        rejected = pmid or _answer(monitor.world.store, watch, cited)
        _save(monitor, Choice.REJECT, watch, cited, rejected, by=by, note=note)


@refs.command()
@click.argument("number", metavar="ID", type=int)
@with_person
@click.pass_obj
def undo(config: Path, number: int, *, by: str | None, note: str) -> None:
    """Take the decision ID back."""
    with open_monitor(load_settings(config)) as monitor:
        take_back(monitor.world.store, Person.at(monitor.world.clock.now(), by, note), number)


@contextmanager
def _on_reference(config: Path, name: str, reference: str) -> Iterator[tuple[Monitor, Watch, CitedReference]]:
    """The reference of a watch, unless there is none of that id or the watch itself says what it means."""
    with open_monitor(load_settings(config)) as monitor:
        (watch,) = monitor.named([name])
        cited = next((cited for cited in watch.references if cited.id == reference), None)
        if cited is None:
            known = ", ".join(each.id for each in watch.references) or "none"
            raise click.UsageError(f"{name} cites no reference {reference!r}; it cites {known}")
        if cited.pmid:
            raise click.UsageError(f"{reference}: the watch itself gives PMID {cited.pmid}; change or remove it there")
        yield monitor, watch, cited


def _save(
    monitor: Monitor, choice: Choice, watch: Watch, cited: CitedReference, pmid: Pmid, *, by: str | None, note: str
) -> None:
    person = Person.at(monitor.world.clock.now(), by, note)
    save(monitor.world.store, [person.decides(ReferenceDecision(choice, watch.name, cited.id, pmid, cited.question))])


def _answer(store: Store, watch: Watch, cited: CitedReference) -> Pmid:
    """What the reference was last found to mean."""
    match, _ = store.load_references(watch.name).get(cited.id, (None, None))
    if match is None or match.pmid is None:
        state = match.state.value if match else "not looked up yet"
        raise click.UsageError(f"{cited.id} is {state}, so there is no answer to reject; name the PMID that it is not")
    return match.pmid


def _listed(watch: Watch, store: Store) -> "list[Listed]":
    from litwatch.digest.reference_table import Listed

    decided = Decided(store.load_decisions())
    matches = store.load_references(watch.name)
    listed = []
    for cited in watch.references:
        question = question_of(cited, watch, decided)
        match, _ = matches.get(cited.id, (None, None))
        decisions = (*((question.accepted,) if question.accepted else ()), *question.rejected.values())
        lapsed = decided.lapsed(watch.name, cited.id, cited.question)
        is_due = match is None or match.asked != question.asked
        listed.append(Listed(cited, match, decisions, lapsed, is_due))
    return listed


def _print(listed: "list[Listed]") -> None:
    if sys.stdout.isatty():
        for line in listed:
            _print_block(line)
        return
    from litwatch.digest.reference_table import decisions_text

    print_table(
        (
            "Ref",
            "As written",
            "State",
            "PMID",
            "Best",
            "Score",
            "Runner-up",
            "Score of it",
            "Why",
            "Decisions",
            "Tried",
        ),
        [
            (
                line.reference.id,
                line.reference.as_written,
                line.state,
                line.match.pmid or "" if line.match else "",
                *_scored(line.best),
                *_scored(line.runner_up),
                f"{line.match.because.evidence} ({line.match.because.rule})" if line.match else "",
                decisions_text(line.decisions),
                "; ".join(line.match.tried) if line.match else "",
            )
            for line in listed
        ],
    )


def _scored(candidate: Candidate | None) -> tuple[str, str]:
    return (candidate.citation.pmid or "", f"{candidate.score:.2f}") if candidate else ("", "")


def _print_block(line: "Listed") -> None:
    """All there is to say of a reference, for reading at a terminal."""
    from litwatch.digest.doubt_table import place_of
    from litwatch.digest.phrases import byline
    from litwatch.digest.reference_table import decisions_text

    cited, match = line.reference, line.match
    means = f" · PubMed {match.pmid}" if match and match.pmid else ""
    _indented("", f"{cited.id} {cited.as_written} · {line.state}{means}")
    _indented("  said of it: ", cited.said)
    for candidate in match.candidates if match else ():
        found = candidate.citation
        described = (found.title.rstrip("."), byline(found.authors).rstrip("."), place_of(found))
        _indented(f"  {candidate.score:.2f} PubMed {found.pmid}: ", ". ".join(part for part in described if part))
    _indented("  because: ", f"{match.because.evidence} ({match.because.rule})" if match else "")
    for tried in match.tried if match else ():
        _indented("  tried: ", tried)
    _indented("  decided: ", decisions_text(line.decisions))
    click.echo()


def _indented(name: str, text: str) -> None:
    from litwatch.digest.phrases import one_line

    if text:
        width = min(get_terminal_size().columns, _WIDEST)
        click.echo(textwrap.fill(one_line(text), width, initial_indent=name, subsequent_indent="    "))

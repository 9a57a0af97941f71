"""Doubts put to a person at a terminal, one after the other, each decision kept at once."""

from collections.abc import Sequence

import click

from litwatch.cli.deciding import Person, save
from litwatch.cli.talk import counted, say
from litwatch.errors import DecisionRefused
from litwatch.identity.doubts import open_doubts
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice, Doubt, PairDecision
from litwatch.model.identity import Citation
from litwatch.ports import Store

_ANSWERS = {"s": Choice.SAME, "d": Choice.DIFFERENT}


def ask_one_by_one(store: Store, doubts: Sequence[Doubt], person: Person) -> None:
    """Ask of each doubt until all are asked or the person stops. What an answer settles as well is not asked."""
    for place, doubt in enumerate(doubts, start=1):
        if not open_doubts([doubt], Decided(store.load_decisions())):
            continue
        click.echo(f"\n{place} of {len(doubts)}: one work or two?")
        _show(doubt)
        try:
            answer = click.prompt("same, different, skip or quit", type=click.Choice(["s", "d", "k", "q"]))
            if answer == "q":
                break
            if answer in _ANSWERS:
                note = person.note or click.prompt("why (may be left empty)", default="", show_default=False)
                save(store, [person.decides(PairDecision(_ANSWERS[answer], doubt.pmid, doubt.other), note)])
        except click.Abort:  # the end of the input, or Ctrl-C: what was answered is kept
            click.echo()
            break
        except DecisionRefused as error:  # somebody else was quicker
            say(str(error))
    left = len(open_doubts(doubts, Decided(store.load_decisions())))
    say(f"{counted(left, 'doubt')} left" if left else "no doubt is left")


def _show(doubt: Doubt) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from litwatch.digest.links import pubmed_url

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("")
    for pmid in (doubt.pmid, doubt.other):
        table.add_column(f"PubMed {pmid}", ratio=1, overflow="fold")
    for name, one, other in zip(_NAMES, _lines(doubt.citation), _lines(doubt.other_citation), strict=True):
        if one or other:
            style = "" if one == other else "bold"
            table.add_row(name, Text(one, style), Text(other, style))
    console = Console()
    console.print(table)
    for pmid in (doubt.pmid, doubt.other):
        console.print(Text(pubmed_url(pmid)))
    console.print(Text(f"The rules are unsure: {doubt.because.evidence} ({doubt.because.rule})"))


_NAMES = ("title", "authors", "printed", "DOI", "PMCID", "kind")


def _lines(citation: Citation) -> tuple[str, ...]:
    from litwatch.digest.doubt_table import place_of
    from litwatch.digest.phrases import one_line

    told = (
        citation.title or "(without a title)",
        ", ".join(citation.authors),
        place_of(citation),
        citation.doi or "",
        citation.pmcid or "",
        citation.designation,
    )
    return tuple(map(one_line, told))

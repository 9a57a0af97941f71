"""``litwatch evaluate``: measures on labelled data, beside other tools in the same run."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litwatch.cli.talk import counted, say
from litwatch.errors import DONE, INCOMPLETE

if TYPE_CHECKING:
    from litwatch.evaluation.duplicates import LabelledSet, Score

DATA = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def evaluate() -> None:
    """Measure litwatch on labelled data, beside other tools in the same run."""


@evaluate.command()
@click.option("--data", type=DATA, required=True, help="A folder with labelled sets in it or below.")
def duplicates(data: Path) -> None:
    """Find duplicates with litwatch and with bib-dedupe, and compare both with the labels.

    A labelled set is a folder with records_pre_merged.csv and merged_record_ids.csv, as bib-dedupe's own evaluation
    has them. Pairs are counted: a group of three is three pairs, and a false merge is a pair merged that is no
    duplicate by its label. Without bib-dedupe (the extra `evaluate`) litwatch is measured alone.
    """
    from litwatch.evaluation.duplicates import by_litwatch, labelled_sets, load_bib_dedupe, measure

    sets = labelled_sets(data)
    by_bib_dedupe = load_bib_dedupe()
    if by_bib_dedupe is None:
        say("bib-dedupe is not installed, so that litwatch is measured alone: pip install 'litwatch[evaluate]'")
    for labelled in sets:
        click.echo(_heading(labelled))
        ours = measure(by_litwatch, labelled)
        click.echo(_line("litwatch", ours))
        if by_bib_dedupe:
            theirs = measure(by_bib_dedupe, labelled)
            click.echo(_line("bib-dedupe", theirs))
            click.echo(f"  litwatch took 1/{theirs.seconds / ours.seconds:.0f} of the time")
    raise SystemExit(DONE if by_bib_dedupe else INCOMPLETE)


def _heading(labelled: "LabelledSet") -> str:
    size = f"{counted(len(labelled.rows), 'record')}, {counted(len(labelled.true), 'pair')} of duplicates"
    return f"{labelled.name}: {size}\n  {'':12}precision  recall     F1  false merges  seconds"


def _line(name: str, score: "Score") -> str:
    return (
        f"  {name:12}{score.precision:9.4f} {score.recall:7.4f} {score.f1:6.4f} {score.false:13,} {score.seconds:8.2f}"
    )

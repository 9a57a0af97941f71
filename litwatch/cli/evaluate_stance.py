"""``litwatch evaluate stance``: how well stances on claims agree with a reader's."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litwatch.cli.table import print_table
from litwatch.cli.talk import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litwatch.evaluation.stances import JudgedStance

_DATA = click.Path(path_type=Path, exists=True, file_okay=False)
_HEAD = ("study", "claim", "label", "told", "because", "sentence")


@click.command()
@click.option("--data", type=_DATA, required=True, help="A folder with studies.jsonl in it or below.")
@click.option("--errors", is_flag=True, help="Print what is told otherwise than labelled, as a table.")
def stance(data: Path, *, errors: bool) -> None:
    """Judge the studies of a catalogue on the claims of the watch on ketamine, and compare with a reader's stances.

    Title and summary are read, and whether the work was retracted. The reader gave no "mixed": where it is told, it
    counts as a disagreement.
    """
    from litwatch.evaluation.stances import measure_stances

    judged = measure_stances(data)
    if errors:
        _print_errors(judged)
    else:
        click.echo(_measures(judged))


def _measures(judged: "Sequence[JudgedStance]") -> str:
    from litwatch.evaluation.stances import ASSERTED, NO_BEARING, agreement, confusion, coverage
    from litwatch.model.finding import Stance

    counts = confusion(judged)
    told = [*Stance, NO_BEARING]
    lines = [
        f"{counted(len(judged), 'stance')} of {len({each.study for each in judged}):,} studies",
        f"  {'label, told as':16}" + "".join(f"{name:>12}" for name in told),
    ]
    lines += [f"  {label:16}" + "".join(f"{counts.get((label, name), 0):12,}" for name in told) for label in Stance]
    contrary = sum(counts.get(pair, 0) for pair in ((ASSERTED[0], ASSERTED[1]), (ASSERTED[1], ASSERTED[0])))
    lines += [
        f"  agreement of what is asserted        {agreement(judged)}",
        f"  coverage where the reader takes sides {coverage(judged)}",
        f"  told the contrary of the label       {contrary}",
    ]
    return "\n".join(lines)


def _print_errors(judged: "Sequence[JudgedStance]") -> None:
    rows = []
    for each in judged:
        if each.told != each.label:
            because = f"{each.bearing.because.rule}: {each.bearing.because.evidence}" if each.bearing else ""
            sentence = each.bearing.rationale.text if each.bearing else each.title
            rows.append((each.study, each.claim, each.label, each.told, because, sentence))
    rows.sort(key=lambda row: row[3] in ("unclear", "no bearing"))
    print_table(_HEAD, rows, wide="sentence", spare=("because",))

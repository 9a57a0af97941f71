"""``litwatch evaluate direction``: how well the direction of an outcome is told from its sentence."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litwatch.cli.table import print_table
from litwatch.cli.talk import counted, say

if TYPE_CHECKING:
    from litwatch.evaluation.directions import Measured

_DATA = click.Path(path_type=Path, exists=True, file_okay=False)
_HEAD = ("document", "label", "told as", "confidence", "outcome", "because", "sentence")


@click.command()
@click.option("--data", type=_DATA, required=True, help="A folder with evidence.jsonl in it or below.")
@click.option("--errors", is_flag=True, help="Print what is told wrong, as a table, in place of the measures.")
def direction(data: Path, *, errors: bool) -> None:
    """Tell from sentences in which direction an outcome went, and compare with the labels.

    Documents that the rules were made on are judged by cross-validation, the held-out ones by what the former teach,
    and those that the shipped weights do not know by these. Errors are printed of the first only, so that the others
    stay unseen.
    """
    from litwatch.evaluation.directions import TUNED, measure_directions

    for measured in measure_directions(data, say):
        if not errors:
            click.echo(_measures(measured))
        elif measured.name == TUNED:
            _print_errors(measured)


def _measures(measured: "Measured") -> str:
    low, high = measured.macro_f1_limits
    size = f"{counted(len(measured.judged), 'sentence')} of {counted(measured.documents, 'document')}"
    lines = [
        f"{measured.name}: {size}",
        f"  {'label, told as':16}" + "".join(f"{name:>15}" for name in _names(measured)),
    ]
    for name, row in zip(_names(measured), measured.confusion, strict=True):
        lines.append(f"  {name:16}" + "".join(f"{count:15,}" for count in row))
    for each in measured.classes:
        lines += [
            f"  {each.direction:16}F1 {each.f1:.4f}",
            f"    precision {each.precision}",
            f"    recall    {each.recall}",
        ]
    lines += [
        f"  macro-F1        {measured.macro_f1:.4f} (95 % of resamples of the documents: {low:.4f} to {high:.4f})",
        f"  with abstention below a confidence of {measured.threshold:.3f}:",
        f"    precision {measured.covered_precision}",
        f"    coverage  {measured.covered}",
        f"  precision of the most confident 60 %: {measured.precision_at_coverage}",
    ]
    return "\n".join(lines)


def _names(measured: "Measured") -> list[str]:
    return [each.direction.value for each in measured.classes]


def _print_errors(measured: "Measured") -> None:
    from litwatch.appraisal.direction import judge_direction

    rows = []
    for each in sorted(measured.judged, key=lambda each: -each.confidence):
        if not each.is_right:
            one = each.example
            because = judge_direction(one.evidence, one.intervention, one.comparator, one.outcome).because
            told = f"{because.rule}: {because.evidence}"
            confidence = f"{each.confidence:.2f}"
            rows.append((one.document, one.label, each.likely, confidence, one.outcome, told, one.evidence))
    print_table(_HEAD, rows, wide="sentence", spare=("because", "outcome"))

"""Tables: drawn on a terminal, tab-separated in a pipe."""

import sys
from collections.abc import Sequence

import click

GAP = 3
"""Blanks between two columns that are drawn."""

ROOM = 32
"""Characters that the wide column shall have where it needs them, else spare columns are left out."""

LINES = 3
"""Lines of the wide column that a row may take."""


def print_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, wide: str = "", spare: Sequence[str] = ()
) -> None:
    """Print ``rows`` under ``head`` for a person or for the next program.

    On a terminal the column ``wide`` takes what the others leave; where that is little, the ``spare`` columns are left
    out one after the other. In a pipe everything is there.
    """
    if not sys.stdout.isatty():
        for row in (head, *rows):
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    widths = {name: max(len(name), *(len(row[at]) for row in rows)) for at, name in enumerate(head)} if rows else {}
    shown = _that_fit(list(head), widths, console.width, wide, spare)
    room = console.width - sum(widths.get(name, 0) + GAP for name in shown if name != wide) - GAP
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        table.add_column(name, no_wrap=name != wide, overflow="fold")
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        table.add_row(*(Text(_clipped(cells[name], LINES * room) if name == wide else cells[name]) for name in shown))
    console.print(table)


def _that_fit(names: list[str], widths: dict[str, int], width: int, wide: str, spare: Sequence[str]) -> list[str]:
    """The columns that leave ``wide`` its room, as far as leaving out ``spare`` ones can."""
    needed = min(ROOM, widths.get(wide, 0)) + GAP
    for name in (None, *spare):
        if name is not None:
            names.remove(name)
        if width - sum(widths.get(each, 0) + GAP for each in names if each != wide) >= needed:
            break
    return names


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= max(length, ROOM) else text[: max(length, ROOM) - 1].rstrip() + "…"

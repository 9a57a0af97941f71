"""Tables: drawn on a terminal, tab-separated in a pipe."""

import sys
from collections.abc import Sequence

import click


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print ``rows`` under ``head`` for a person or for the next program."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)

"""Talk to the person: lines and progress on standard error, never among the data."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

LONG = 1_000
"""How many things make work long enough for lines on it where there is no terminal."""

A_LINE_EVERY = 100_000
"""Of how many things that are counted, and not shown on a terminal, one is worth a line."""


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def say(line: str) -> None:
    """One line of talk, or several. What a server says in it cannot steer the terminal."""
    click.echo(_CONTROL.sub(" ", line), err=True)


def counted(number: int, thing: str) -> str:
    """``1 work``, ``2 works``."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def ignore(done: int, total: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere, of long work, a plain line a tenth. Yields what takes (done, total)."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield _plain(what)


@contextmanager
def count(what: str) -> Iterator[Callable[[int], None]]:
    """A running count on a terminal; elsewhere a plain line now and then. Yields what takes the number done."""
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status(what) as status:
            yield lambda done: status.update(f"{done:,} {what}")
    else:
        yield lambda done: say(f"{done:,} {what}") if done and done % A_LINE_EVERY == 0 else None


def _plain(what: str) -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        tenth = 10 * done // max(total, 1)
        if tenth > told and total >= LONG:
            told = tenth
            say(f"{what}: {done} of {total}")

    return tell

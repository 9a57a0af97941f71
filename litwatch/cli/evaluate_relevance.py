"""``litwatch evaluate relevance``: how much reading the order saves that decisions teach."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litwatch.cli.table import print_table
from litwatch.cli.talk import counted, progress, say
from litwatch.errors import DONE, INCOMPLETE

if TYPE_CHECKING:
    from litwatch.evaluation.relevance import Screen, ScreenedSet, Screening

_DATA = click.Path(path_type=Path, exists=True, file_okay=False)
_PYTHON = click.Path(path_type=Path, exists=True, dir_okay=False)
_HEAD = ("set", "PMID", "found after", "title", "abstract")
LATE = 5
"""How many works of a set are listed as found last."""


@click.command()
@click.option("--data", type=_DATA, required=True, help="A folder with screening/*.csv.gz in it.")
@click.option("--asreview", type=_PYTHON, metavar="PYTHON", help="An interpreter that can import ASReview.")
@click.option("--seeds", type=click.IntRange(1, 100), default=5, show_default=True, help="Simulations of each set.")
@click.option("--errors", is_flag=True, help="Print the included works found last, as a table, in place of measures.")
def relevance(data: Path, *, asreview: Path | None, seeds: int, errors: bool) -> None:
    """Simulate the screening of reviews, and measure the work that nobody need have done.

    Each simulation begins with one included and one excluded work, chosen by its number. ASReview has its defaults,
    begins with the same works, and needs an environment of its own: a pandas older than litwatch's. Its interpreter is
    named by --asreview; without it litwatch is measured alone. Seconds are those of the processor, so that what else
    the machine does counts for neither.
    """
    from litwatch.evaluation.relevance import by_asreview, by_litwatch, read_sets

    sets = read_sets(data)
    ours = _screen_all("litwatch", sets, by_litwatch, seeds)
    if errors:
        _print_late(sets, ours)
        return
    python = asreview or (Path(sys.executable) if find_spec("asreview") else None)
    if python is None:
        say("ASReview is not at hand, so that litwatch is measured alone; --asreview names an interpreter that has it")
    theirs = _screen_all("ASReview", sets, by_asreview(python), seeds) if python else ()
    say(f"{counted(seeds, 'simulation')} of each set")
    _print_measures(sets, ours, theirs)
    _print_low(sets, seeds)
    raise SystemExit(DONE if python else INCOMPLETE)


def _screen_all(
    name: str, sets: "Sequence[ScreenedSet]", screen: "Screen", seeds: int
) -> "tuple[Sequence[Screening], ...]":
    told = []
    with progress(name) as tell:
        for number, screened in enumerate(sets, start=1):
            told.append(screen(screened, range(seeds)))
            tell(number, len(sets))
    return tuple(told)


def _print_measures(
    sets: "Sequence[ScreenedSet]", ours: "Sequence[Sequence[Screening]]", theirs: "Sequence[Sequence[Screening]]"
) -> None:
    from litwatch.evaluation.relevance import mean_of, work_saved

    tools = {"litwatch": ours, "ASReview": theirs} if theirs else {"litwatch": ours}
    saved: dict[str, list[float]] = {name: [] for name in tools}
    for place, screened in enumerate(sets):
        click.echo(f"{screened.name}: {sum(screened.included):,} of {counted(len(screened.included), 'work')} included")
        for name, screenings in tools.items():
            of_set = mean_of([work_saved(screened, each) for each in screenings[place]])
            saved[name].append(of_set.value)
            click.echo(f"  {name:10} work saved {of_set}, {_seconds(screenings[place]):.1f} s")
    click.echo(f"mean of {counted(len(sets), 'set')}, the interval that of sets like these")
    for name, screenings in tools.items():
        click.echo(f"  {name:10} work saved {mean_of(saved[name])}, {sum(map(_seconds, screenings)):.1f} s")
    if theirs:
        difference = mean_of([one - other for one, other in zip(*saved.values(), strict=True)])
        share = sum(map(_seconds, ours)) / sum(map(_seconds, theirs))
        click.echo(f"  litwatch saves {difference} more, in {share:.3f} of the time")


def _print_low(sets: "Sequence[ScreenedSet]", seeds: int) -> None:
    from litwatch.evaluation.relevance import DECIDED, ranked_low

    low = ranked_low(sets, range(seeds))
    click.echo(f"ranked low once {DECIDED[True]} included works and {DECIDED[False]} others are decided")
    click.echo(f"  of the other included {low.included}\n  of the other excluded {low.excluded}")


def _seconds(screenings: "Sequence[Screening]") -> float:
    return sum(each.seconds for each in screenings)


def _print_late(sets: "Sequence[ScreenedSet]", ours: "Sequence[Sequence[Screening]]") -> None:
    from litwatch.evaluation.relevance import found_last

    rows = [
        (screened.name, late.pmid, f"{late.share:.0%}", late.title, late.abstract)
        for screened, screenings in zip(sets, ours, strict=True)
        for late in found_last(screened, screenings, LATE)
    ]
    print_table(_HEAD, rows, wide="title", spare=("abstract",))

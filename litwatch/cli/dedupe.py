"""``litwatch dedupe``: files of references in, one entry a work out, and a report of what became of each."""

import json
from pathlib import Path

import click

from litwatch.cli.talk import counted, say
from litwatch.cli.writing import check_target, write_whole
from litwatch.errors import INCOMPLETE
from litwatch.library.read import read_library
from litwatch.library.write import WRITERS
from litwatch.pipeline.deduplicate import Deduplication, all_entries, deduplicate
from litwatch.pipeline.deduplication_report import doubts_csv, report_csv
from litwatch.pipeline.duplicate_decisions import read_decisions

_IN = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.Path(path_type=Path, dir_okay=False, writable=True)
_TOLD = 20
"""How many faults are told on standard error; the report has all of them."""


def _check_ending(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in WRITERS:
        raise click.BadParameter(f"{path.name} does not end in one of {', '.join(WRITERS)}")
    return path


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_IN)
@click.option(
    "-o",
    "--output",
    type=_OUT,
    callback=_check_ending,
    help=f"Where the works go, in the format of the ending: {', '.join(WRITERS)}.",
)
@click.option("--report", type=_OUT, help="A CSV with what became of each entry, and why; doubts and faults too.")
@click.option("--doubts", type=_OUT, help="A CSV of the pairs that may be one work, to be decided by you.")
@click.option("--decisions", type=_IN, multiple=True, help="Such a CSV, filled in with same or different; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts for a program.")
def dedupe(
    files: tuple[Path, ...],
    *,
    output: Path | None,
    report: Path | None,
    doubts: Path | None,
    decisions: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Merge the entries of files of references that describe one work.

    RIS, nbib, BibTeX, EndNote XML, CSL-JSON, Web of Science text and tables are read. The files stay as they are, and
    the report says what each entry that was kept is made of.
    """
    _check_paths((*files, *decisions), [path for path in (output, report, doubts) if path])
    libraries = [read_library(path.read_bytes(), str(path)) for path in files]
    decided = read_decisions({str(path): path.read_bytes() for path in decisions}, all_entries(libraries))
    done = deduplicate(libraries, decided)
    if output:
        write_whole(output, WRITERS[output.suffix.lower()]([work.described for work in done.works]))
    if report:
        write_whole(report, report_csv(done))
    if doubts:
        write_whole(doubts, doubts_csv(done))
    _tell(done, as_json=as_json)
    if done.faults:
        raise SystemExit(INCOMPLETE)


def _check_paths(read: tuple[Path, ...], written: list[Path]) -> None:
    """Refuse what would lose something or could not be told apart."""
    places = [path.resolve() for path in read]
    targets = [path.resolve() for path in written]
    for path, place in zip(written, targets, strict=True):
        check_target(path, read)
        if targets.count(place) > 1:
            raise click.UsageError(f"{path} is named for two things to be written")
        if not path.parent.is_dir():
            raise click.UsageError(f"{path.parent} is no folder")
    twice = next((path for path, place in zip(read, places, strict=True) if places.count(place) > 1), None)
    if twice:
        raise click.UsageError(f"{twice} is named twice")


def _tell(done: Deduplication, *, as_json: bool) -> None:
    for fault in done.faults[:_TOLD]:
        say(str(fault))
    if len(done.faults) > _TOLD:
        say(f"… and {counted(len(done.faults) - _TOLD, 'further fault')}; --report has them all")
    counts = {
        "entries": len(done.entries),
        "works": len(done.works),
        "duplicates": done.duplicates,
        "doubts": len(done.doubts),
        "faults": len(done.faults),
    }
    if as_json:
        click.echo(json.dumps(counts))
    entries = "1 entry" if len(done.entries) == 1 else f"{len(done.entries):,} entries"
    say(
        ", ".join(
            (entries, *(counted(counts[f"{thing}s"], thing) for thing in ("work", "duplicate", "doubt", "fault")))
        )
    )

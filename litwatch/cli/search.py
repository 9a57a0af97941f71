"""``litwatch search``: an ad-hoc search by a researcher."""

import sys
from datetime import date
from pathlib import Path
from typing import cast

import click

from litwatch.cli.options import Day
from litwatch.cli.table import print_table
from litwatch.cli.talk import progress, say
from litwatch.errors import DONE, INCOMPLETE
from litwatch.model.finding import StudyDesign
from litwatch.pipeline.lookup import Found, look_up
from litwatch.watchfile import load_settings
from litwatch.wiring import open_archive_source, open_source

FORMATS = ("table", "json", "csv", "ris", "bibtex", "nbib", "csl", "pmid")


@click.command()
@click.argument("query")
@click.option("--since", type=Day(), help="Only records created on this day or later.")
@click.option(
    "--design",
    "designs",
    multiple=True,
    type=click.Choice([design.value for design in StudyDesign], case_sensitive=False),
    metavar="DESIGN",
    help="Only this study design, as litwatch reads it; may be repeated. A wrong one lists them all.",
)
@click.option("--limit", type=click.IntRange(min=1), help="The newest so many. [default: 20 for a table, else all]")
@click.option("--format", "output", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--archive", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Search this archive.")
@click.pass_obj
def search(
    config: Path,
    query: str,
    *,
    since: date | None,
    designs: tuple[str, ...],
    limit: int | None,
    output: str,
    archive: Path | None,
) -> None:
    """Search PubMed, or an archive on this machine, and print what is found, newest first.

    Nothing is remembered: a search leaves the watches as they are.
    """
    source = open_archive_source(archive) if archive else open_source(load_settings(config))
    if limit is None and output == "table":
        limit = 20
    kinds = frozenset(StudyDesign(design) for design in designs)
    with progress("reading records") as tell:
        found = look_up(source, query, tell, since=since, designs=kinds, limit=limit)
    _tell(found)
    _print(found, output)
    raise SystemExit(INCOMPLETE if found.unread else DONE)


def _tell(found: Found) -> None:
    result = found.result
    say(f"{result.source}: {result.reported} found, {len(found.records)} shown")
    for warning in result.warnings:
        say(f"warning: {warning}")
    if result.translation:
        say(f"read as: {result.translation}")
    for excluded in found.unread:
        say(f"PMID {excluded.pmid} could not be read: {excluded.reason}")


def _print(found: Found, output: str) -> None:
    if output == "table":
        print_table(
            ("PMID", "Year", "Design", "Population", "Title", "Journal"),
            [
                (
                    record.pmid,
                    str(record.year or ""),
                    finding.design + (" · RETRACTED" if finding.retracted else ""),
                    finding.species or finding.population,
                    record.title,
                    record.journal.abbreviation or record.journal.title,
                )
                for record, finding in found.records
            ],
            wide="Title",
            spare=("Journal", "Population", "Design", "Year"),
        )
        return
    from litwatch.digest.formats import Format, format_records

    sys.stdout.write(format_records([record for record, _ in found.records], cast("Format", output)))

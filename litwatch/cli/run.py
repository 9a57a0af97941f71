"""``litwatch run``: the scheduled job."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from litwatch.cli.options import Day
from litwatch.cli.report import Report, report_error, report_run
from litwatch.cli.talk import progress, say
from litwatch.errors import DONE
from litwatch.model.watch import Watch
from litwatch.watchfile import load_settings
from litwatch.wiring import SAMPLE_FOLDER, Monitor, open_monitor, open_sample


@click.command()
@click.argument("names", metavar="[WATCH]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every watch.")
@click.option("--due", is_flag=True, help="Run the watches whose time has come; says nothing when there are none.")
@click.option("--sample", is_flag=True, help="Run the embedded sample; needs no network and no configuration.")
@click.option("--as-of", type=Day(), help="Leave out records created after this day.")
@click.option("--dry-run", is_flag=True, help="Print the digest as Markdown and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_obj
def run(config: Path, /, *, names: tuple[str, ...], as_of: date | None, as_json: bool, **flags: bool) -> None:
    """Search, compare with what is known, and write the next digest.

    Prints where each digest lies. The first run of a watch writes a baseline issue, later ones write news.
    """
    if sum((bool(names), flags["every"], flags["due"], flags["sample"])) != 1:
        raise click.UsageError("name the watches, or give one of --all, --due and --sample")
    sample = SAMPLE_FOLDER.absolute()
    reports = []
    with open_sample(sample, as_of) if flags["sample"] else open_monitor(load_settings(config), as_of) as monitor:
        for report in _run(monitor, names, is_due=flags["due"], is_dry=flags["dry_run"]):
            reports.append(report)
            if not as_json:
                _print(report)
        if not reports and not flags["due"]:
            say(f"{monitor.settings.watches}: there is no watch yet; `litwatch init` writes a starter")
    if as_json:
        click.echo(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=2))
    raise SystemExit(max((report.status for report in reports), default=DONE))


def _run(monitor: Monitor, names: tuple[str, ...], *, is_due: bool, is_dry: bool) -> Iterator[Report]:
    """Run the watches asked for. Those whose files are faulty are reported, unless others were named."""
    for watch in _chosen(monitor, names, is_due=is_due):
        with progress(f"{watch.name}: reading records") as tell:
            report = report_run(monitor, watch, tell, is_dry=is_dry)
        yield report
    if not names:
        yield from (report_error(name, error) for name, error in monitor.faulty.items())


def _chosen(monitor: Monitor, names: tuple[str, ...], *, is_due: bool) -> tuple[Watch, ...]:
    if is_due:
        return monitor.due()
    return monitor.named(names) if names else monitor.watches


def _print(report: Report) -> None:
    """Talk for the person, then the path of the digest (or, of a dry run, the digest itself) as data."""
    say(report.line)
    if report.is_dry and report.outcome is not None:
        renditions = report.outcome.renditions
        body = next((rendition.body for rendition in renditions if rendition.name.endswith("/digest.md")), b"")
        click.echo(body.decode("utf-8"), nl=False)
    elif report.digest is not None:
        click.echo(report.digest)

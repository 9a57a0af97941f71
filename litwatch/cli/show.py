"""``litwatch show``: what there is to read."""

import sys
from pathlib import Path

import click

from litwatch.cli.table import print_table
from litwatch.errors import UnknownWatch
from litwatch.watchfile import select_watches
from litwatch.wiring import Monitor, open_any


@click.command()
@click.argument("name", metavar="[WATCH]", required=False)
@click.argument("issue", required=False)
@click.option("--format", "output", type=click.Choice(["md", "html", "json", "csv"]), default="md", show_default=True)
@click.option("--sample", is_flag=True, help="Show the embedded sample's issues.")
@click.pass_obj
def show(config: Path, name: str | None, issue: str | None, *, output: str, sample: bool) -> None:
    """Show watches, their issues, and digests.

    Without WATCH all watches, with it its issues, and with ISSUE, a number or "latest", that digest.
    """
    with open_any(config, sample=sample) as monitor:
        if name is None:
            _show_watches(monitor)
            return
        select_watches(monitor.watches, [name])
        if issue is None:
            _show_issues(monitor, name)
        else:
            _show_digest(monitor, name, issue, output)


def _show_watches(monitor: Monitor) -> None:
    last = monitor.world.store.load_last_runs()
    rows = []
    for watch in monitor.watches:
        run = last.get(watch.name)
        ended = "never" if run is None else f"{run.finished_at:%Y-%m-%d %H:%M} UTC"
        state = "" if run is None or run.could_search else "could not search"
        rows.append((watch.name, watch.title, ended, state, str(run.issue or "") if run else "", watch.schedule.cron))
    print_table(("Watch", "Title", "Last run", "State", "Issue", "Due"), rows)


def _show_issues(monitor: Monitor, name: str) -> None:
    print_table(
        ("Issue", "Kind", "Made", "Works", "Notices", "All read"),
        [
            (
                str(issue.number),
                issue.kind,
                f"{issue.made_at:%Y-%m-%d %H:%M} UTC",
                str(issue.reported),
                str(issue.notices),
                "yes" if issue.is_complete else "no",
            )
            for issue in reversed(monitor.world.store.load_issues(name))
        ],
    )


def _show_digest(monitor: Monitor, name: str, issue: str, output: str) -> None:
    issues = monitor.world.store.load_issues(name)
    if issue == "latest" and issues:
        issue = str(issues[-1].number)
    if issue not in {str(summary.number) for summary in issues}:
        raise UnknownWatch(f"{name} has no issue {issue!r}; `litwatch show {name}` lists them")
    for rendition in monitor.world.store.load_renditions(name, int(issue)):
        if rendition.name.endswith(f"/digest.{output}"):
            sys.stdout.write(rendition.body.decode("utf-8"))

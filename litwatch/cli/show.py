"""``litwatch show``: what there is to read."""

import json
import sys
from pathlib import Path
from typing import cast

import click

from litwatch.cli.table import print_table
from litwatch.cli.talk import say
from litwatch.errors import UnknownWatch
from litwatch.model.identifiers import Pmid
from litwatch.model.run import LastRun
from litwatch.pubmed.records import parse_record
from litwatch.schedule.due import due_text
from litwatch.wiring import Monitor, open_any

DIGESTS = ("md", "html", "json", "csv")
"""A digest as it was made."""

REFERENCES = ("ris", "bibtex", "nbib", "csl")
"""The works of a digest for a reference manager, as PubMed last described them."""


@click.command()
@click.argument("name", metavar="[WATCH]", required=False)
@click.argument("issue", required=False)
@click.option("--format", "output", type=click.Choice([*DIGESTS, *REFERENCES]), default="md", show_default=True)
@click.option("--sample", is_flag=True, help="Show the embedded sample's issues.")
@click.pass_obj
def show(config: Path, name: str | None, issue: str | None, *, output: str, sample: bool) -> None:
    """Show watches, their issues, and digests.

    Without WATCH all watches, with it its issues, and with ISSUE, a number or "latest", that digest; ris, bibtex, nbib
    and csl are the works that it reports or describes more fully, for a reference manager.
    """
    with open_any(config, sample=sample) as monitor:
        if name is None:
            _show_watches(monitor)
            return
        monitor.named([name])
        _tell_last_run(monitor, name)
        if issue is None:
            _show_issues(monitor, name)
        else:
            _show_digest(monitor, name, issue, output)


def _show_watches(monitor: Monitor) -> None:
    for error in monitor.faulty.values():
        say(str(error))
    last = monitor.world.store.load_last_runs()
    now = monitor.world.clock.now()
    due = {watch.name for watch in monitor.due()}
    print_table(
        ("Watch", "Last run", "State", "Issue", "Next run", "Title"),
        [
            (
                watch.name,
                *_last_run(last.get(watch.name)),
                "due now" if watch.name in due else due_text(watch.schedule, now),
                watch.title,
            )
            for watch in monitor.watches
        ],
        wide="Title",
        spare=("Issue", "Next run", "Last run"),
    )


def _last_run(run: LastRun | None) -> tuple[str, str, str]:
    """When a watch last ran, how that went, and its latest issue."""
    if run is None:
        return "", "never run", ""
    state = "searched" if run.could_search else "could not search"
    return f"{run.finished_at:%Y-%m-%d %H:%M} UTC", state, str(run.issue or "")


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


def _tell_last_run(monitor: Monitor, name: str) -> None:
    """Say what a list of issues does not show: that there is none yet, or that the last run failed."""
    run = monitor.world.store.load_last_runs().get(name)
    if run is None:
        say(f"{name}: never run; `litwatch run {name}` writes the first issue")
    elif not run.could_search:
        from litwatch.digest.render import FAILED_FOLDER

        page = monitor.settings.output / name / FAILED_FOLDER / "digest.html"
        say(f"{name}: could not search on {run.finished_at:%Y-%m-%d %H:%M} UTC: {page}")


def _show_digest(monitor: Monitor, name: str, issue: str, output: str) -> None:
    issues = monitor.world.store.load_issues(name)
    if issue == "latest" and issues:
        issue = str(issues[-1].number)
    if not issues:
        raise UnknownWatch(f"{name} has no issue yet; `litwatch run {name}` writes the first")
    if issue not in {str(summary.number) for summary in issues}:
        raise UnknownWatch(f"{name} has no issue {issue!r}; `litwatch show {name}` lists them")
    kept = {rendition.name: rendition.body for rendition in monitor.world.store.load_renditions(name, int(issue))}
    if output in REFERENCES:
        _print_references(monitor, name, kept[f"{issue}/digest.json"], output)
    else:
        sys.stdout.write(kept[f"{issue}/digest.{output}"].decode("utf-8"))


def _print_references(monitor: Monitor, name: str, digest: bytes, output: str) -> None:
    """The works of the digest, and who of them is retracted by now: no reference format says so to every reader."""
    from litwatch.digest.formats import Format, format_records

    told = json.loads(digest)
    pmids = [Pmid(study["pmid"]) for study in (*told["studies"], *told["updated"])]
    kept = monitor.world.store.load_record_xml(pmids)
    findings = monitor.world.store.load_findings(name, pmids)
    for pmid in pmids:
        if pmid in findings and findings[pmid].retracted:
            say(f"PMID {pmid} is retracted")
    sys.stdout.write(format_records([parse_record(kept[pmid]) for pmid in pmids], cast("Format", output)))

"""``litwatch run``: the scheduled job."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from litwatch.cli.talk import counted, progress, say
from litwatch.errors import DONE, INCOMPLETE, LitwatchError, SourceError
from litwatch.model.run import RunOutcome
from litwatch.model.watch import Watch
from litwatch.watchfile import load_settings, select_watches
from litwatch.wiring import SAMPLE_FOLDER, Monitor, open_monitor, open_sample


@click.command()
@click.argument("names", metavar="[WATCH]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Run every watch.")
@click.option("--due", is_flag=True, help="Run the watches whose time has come; says nothing when there are none.")
@click.option("--sample", is_flag=True, help="Run the embedded sample; needs no network and no configuration.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Leave out records created after this day.")
@click.option("--dry-run", is_flag=True, help="Print the digest as Markdown and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_obj
def run(config: Path, /, *, names: tuple[str, ...], as_of: datetime | None, as_json: bool, **flags: bool) -> None:
    """Search, compare with what is known, and write the next digest.

    Prints where each digest lies. The first run of a watch writes a baseline issue, later ones write news.
    """
    if sum((bool(names), flags["every"], flags["due"], flags["sample"])) != 1:
        raise click.UsageError("name the watches, or give one of --all, --due and --sample")
    day = as_of.date() if as_of else None
    status = DONE
    reports = []
    opened = open_sample(SAMPLE_FOLDER.absolute(), day) if flags["sample"] else open_monitor(load_settings(config), day)
    with opened as monitor:
        for watch in _chosen(monitor, names, is_due=flags["due"]):
            report = _run_one(monitor, watch, is_dry=flags["dry_run"])
            status = max(status, report.status)
            reports.append(report)
            if not as_json:
                _print(report, is_dry=flags["dry_run"])
    if as_json:
        click.echo(json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=2))
    raise SystemExit(status)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one watch: its outcome or its error, the exit status it asks for, and where the digest lies."""

    watch: str
    status: int
    outcome: RunOutcome | None
    detail: str
    digest: Path | None

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        flow = self.outcome.digest.flow if self.outcome and self.outcome.digest else None
        summary = self.outcome.summary if self.outcome else None
        return {
            "watch": self.watch,
            "state": self.outcome.state if self.outcome else "failed",
            "status": self.status,
            "detail": self.detail,
            "issue": summary.number if summary else None,
            "reported": summary.reported if summary else None,
            "notices": summary.notices if summary else None,
            "flow": asdict(flow) if flow else None,
            "digest": str(self.digest) if self.digest else None,
        }


def _chosen(monitor: Monitor, names: tuple[str, ...], *, is_due: bool) -> tuple[Watch, ...]:
    if is_due:
        return monitor.due()
    return select_watches(monitor.watches, names) if names else monitor.watches


def _run_one(monitor: Monitor, watch: Watch, *, is_dry: bool) -> Report:
    """Run one watch; its error is its own and does not stop the others."""
    try:
        with progress(f"{watch.name}: reading records") as tell:
            outcome = monitor.run(watch, tell, is_dry=is_dry)
    except LitwatchError as error:
        return Report(watch.name, error.exit_code, None, str(error), None)
    undelivered = [receipt for receipt in outcome.receipts if receipt.state != "delivered"]
    detail = "; ".join([outcome.detail, *(receipt.detail for receipt in undelivered)]).strip("; ")
    page = next((rendition.name for rendition in outcome.renditions if rendition.name.endswith("/digest.html")), None)
    path = monitor.settings.output / watch.name / page if page and not undelivered and not is_dry else None
    return Report(watch.name, _status(outcome, is_undelivered=bool(undelivered)), outcome, detail, path)


def _status(outcome: RunOutcome, *, is_undelivered: bool) -> int:
    if outcome.state == "could not search":
        return SourceError.exit_code
    return DONE if outcome.state == "done" and not is_undelivered else INCOMPLETE


def _print(report: Report, *, is_dry: bool) -> None:
    """Talk for the person, then the path of the digest (or, of a dry run, the digest itself) as data."""
    outcome = report.outcome
    if outcome is None or outcome.summary is None:
        state = outcome.state if outcome else "failed"
        say(f"{report.watch}: {state}: {report.detail}")
    else:
        issue = outcome.summary
        say(
            f"{report.watch}: issue {issue.number} ({issue.kind}): {counted(issue.reported, 'new work')}, "
            f"{counted(issue.notices, 'notice')}" + (f"; {report.detail}" if report.detail else "")
        )
    if is_dry and outcome is not None:
        body = next((rendition.body for rendition in outcome.renditions if rendition.name.endswith("/digest.md")), b"")
        click.echo(body.decode("utf-8"), nl=False)
    elif report.digest is not None:
        click.echo(report.digest)

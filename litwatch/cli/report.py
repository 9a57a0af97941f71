"""What became of a run of one watch: for the person, for a program, and as an exit status."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from litwatch.cli.talk import counted
from litwatch.errors import DONE, INCOMPLETE, LitwatchError, SourceError
from litwatch.model.digest import IssueSummary
from litwatch.model.run import RunOutcome
from litwatch.model.watch import Watch
from litwatch.pipeline import Progress
from litwatch.wiring import Monitor


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run or the error that there was instead, the exit status it asks for, and where the digest lies.

    ``digest`` is None when none was delivered.
    """

    watch: str
    status: int
    outcome: RunOutcome | None
    detail: str
    digest: Path | None = None
    is_dry: bool = False

    @property
    def line(self) -> str:
        """One line of talk."""
        if self.outcome is None or self.outcome.summary is None:
            state = self.outcome.state if self.outcome else "failed"
            return f"{self.watch}: {state}: {self.detail}"
        parts = [_news(self.outcome.summary)]
        if self.outcome.state == "incomplete":
            parts.append("not complete, the digest says why")
        if self.detail:
            parts.append(self.detail)
        dry = "dry run, nothing is kept: " if self.is_dry else ""
        return f"{self.watch}: {dry}{'; '.join(parts)}"

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


def report_run(monitor: Monitor, watch: Watch, progress: Progress, *, is_dry: bool = False) -> Report:
    """Run one watch; its error is its own and does not stop the others."""
    try:
        outcome = monitor.run(watch, progress, is_dry=is_dry)
    except LitwatchError as error:
        return report_error(watch.name, error)
    undelivered = [receipt for receipt in outcome.receipts if receipt.state != "delivered"]
    detail = "; ".join([outcome.detail, *(receipt.detail for receipt in undelivered)]).strip("; ")
    page = next((rendition.name for rendition in outcome.renditions if rendition.name.endswith("/digest.html")), None)
    is_in_folder = not is_dry and not any(receipt.delivery.sink == "folder" for receipt in undelivered)
    path = monitor.settings.output / watch.name / page if page and is_in_folder else None
    return Report(watch.name, _status(outcome, is_undelivered=bool(undelivered)), outcome, detail, path, is_dry)


def report_error(watch: str, error: LitwatchError) -> Report:
    """The report on a watch that could not run."""
    return Report(watch, error.exit_code, None, str(error))


def _news(issue: IssueSummary) -> str:
    works = counted(issue.reported, "work" if issue.kind == "baseline" else "new work")
    is_quiet = issue.kind == "news" and not issue.reported and not issue.notices
    return f"issue {issue.number} ({issue.kind}): " + (
        "nothing new" if is_quiet else f"{works}, {counted(issue.notices, 'notice')}"
    )


def _status(outcome: RunOutcome, *, is_undelivered: bool) -> int:
    if outcome.state == "could not search":
        return SourceError.exit_code
    return DONE if outcome.state == "done" and not is_undelivered else INCOMPLETE

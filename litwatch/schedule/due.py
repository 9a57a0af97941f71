"""When a watch is due. Due times come from its cron expression and the store, never from a timer's memory."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim

from litwatch.model.run import LastRun
from litwatch.model.watch import Schedule, Watch


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first due time later than ``after`` (aware), in UTC.

    As in Debian's cron, 1 is Monday, a time that the clock skips in spring comes due right after the gap, and a time
    that it repeats in autumn comes due once.
    """
    local = after.astimezone(ZoneInfo(schedule.timezone))
    return next(CronSim(schedule.cron, local)).astimezone(UTC)


def due_text(schedule: Schedule, after: datetime) -> str:
    """The first due time later than ``after``, in the schedule's own time zone: ``Mon 2026-01-05 07:00 UTC``."""
    local = next_due(schedule, after).astimezone(ZoneInfo(schedule.timezone))
    return f"{local:%a %Y-%m-%d %H:%M} {schedule.timezone}"


def is_due(watch: Watch, last: LastRun | None, now: datetime) -> bool:
    """Whether the watch should run at ``now``.

    It should when it never ran, when its last run could not search, or when a due time has passed since; however many
    have passed, one run catches up with them all, because a run always asks for the complete id set.
    """
    if last is None or not last.could_search:
        return True
    return next_due(watch.schedule, last.finished_at) <= now

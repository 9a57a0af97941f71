"""Check cron expressions and time zones."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from litwatch.watchfile.faults import nearest

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def checked_cron(value: str) -> str:
    """``value`` if it is a cron expression of five fields; ValueError otherwise."""
    if len(value.split()) != 5:
        raise ValueError(f"{value!r} is not a cron expression of five fields: minute hour day month weekday")
    try:
        next(CronSim(value, _ANY_MOMENT))
    except CronSimError as error:
        raise ValueError(f"{value!r} is not a cron expression: {error}") from None
    return value


def checked_timezone(value: str) -> str:
    """``value`` if it names a time zone of the IANA database; ValueError otherwise."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        hint = nearest(value, available_timezones())
        raise ValueError(f"{value!r} is not a time zone" + (f"; {hint}" if hint else "")) from None
    return value

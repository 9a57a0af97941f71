from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from litwatch.model.run import LastRun
from litwatch.model.watch import Schedule
from litwatch.schedule.due import is_due, next_due
from tests.builders import a_watch

UTC_ZONE = ZoneInfo("UTC")
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = UTC_ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_one_is_monday() -> None:
    due = next_due(Schedule("0 7 * * 1", "UTC"), at("2026-01-01 00:00"))
    assert due == at("2026-01-05 07:00")
    assert due.strftime("%A") == "Monday"


@pytest.mark.parametrize("weekday", ["0", "7"])
def test_sunday_is_0_and_7(weekday: str) -> None:
    assert next_due(Schedule(f"0 7 * * {weekday}", "UTC"), at("2026-01-01 00:00")).strftime("%A") == "Sunday"


def test_due_times_are_read_in_the_time_zone_of_the_watch() -> None:
    winter = next_due(Schedule("0 7 * * 1", "America/New_York"), at("2026-01-04 00:00"))
    summer = next_due(Schedule("0 7 * * 1", "America/New_York"), at("2026-07-05 00:00"))
    assert (winter.hour, summer.hour) == (12, 11)
    assert winter.tzinfo is UTC


def dues(schedule: Schedule, start: datetime, end: datetime) -> list[datetime]:
    found = []
    while (start := next_due(schedule, start)) < end:
        found.append(start)
    return found


def test_a_job_in_the_repeated_autumn_hour_runs_once() -> None:
    schedule = Schedule("30 1 * * *", "America/New_York")
    found = dues(schedule, at("2026-10-31 12:00", NEW_YORK), at("2026-11-02 12:00", NEW_YORK))
    assert [due.astimezone(NEW_YORK).strftime("%m-%d %H:%M") for due in found] == ["11-01 01:30", "11-02 01:30"]


def test_a_job_in_the_skipped_spring_hour_runs_right_after_the_gap() -> None:
    schedule = Schedule("30 2 * * *", "America/New_York")
    found = dues(schedule, at("2026-03-07 12:00", NEW_YORK), at("2026-03-09 12:00", NEW_YORK))
    assert [due.astimezone(NEW_YORK).strftime("%m-%d %H:%M") for due in found] == ["03-08 03:00", "03-09 02:30"]


MONDAY = at("2026-01-05 07:00")
WEEKLY = a_watch(schedule=Schedule("0 7 * * 1", "UTC"))


def last(finished: datetime, *, could_search: bool = True) -> LastRun:
    return LastRun(WEEKLY.name, finished, could_search, 1)


def test_a_watch_that_never_ran_is_due() -> None:
    assert is_due(WEEKLY, None, MONDAY)


def test_a_watch_is_due_from_its_due_time_on_and_not_before() -> None:
    assert is_due(WEEKLY, last(MONDAY - timedelta(days=1)), MONDAY)
    assert not is_due(WEEKLY, last(MONDAY - timedelta(days=1)), MONDAY - timedelta(seconds=1))


def test_a_watch_that_ran_is_not_due_until_the_next_time() -> None:
    assert not is_due(WEEKLY, last(MONDAY + timedelta(minutes=1)), MONDAY + timedelta(days=6))


def test_a_machine_that_was_off_catches_up() -> None:
    assert is_due(WEEKLY, last(MONDAY), MONDAY + timedelta(days=30))


def test_a_watch_that_could_not_be_searched_stays_due() -> None:
    assert is_due(WEEKLY, last(MONDAY, could_search=False), MONDAY + timedelta(minutes=1))

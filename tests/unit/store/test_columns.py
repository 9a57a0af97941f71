"""What the columns take and give."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url

from litwatch.store.columns import UtcDateTime

DIALECTS = [make_url(url).get_dialect()() for url in ("sqlite://", "postgresql://")]
zones = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
@given(moment=st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=zones))  # noqa: DTZ001
def test_a_moment_comes_back_as_the_same_moment_in_utc(dialect: Dialect, moment: datetime) -> None:
    column = UtcDateTime()
    bound = column.process_bind_param(moment, dialect)
    assert bound is not None
    for kept in (bound, bound.replace(tzinfo=None), bound.astimezone(timezone(timedelta(hours=3)))):
        given_back = column.process_result_value(kept, dialect)
        assert given_back == moment
        assert given_back.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 5), DIALECTS[0])  # noqa: DTZ001

"""No window of one second ever holds more starts than are permitted."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.sources.pacing import WINDOW, Pacer
from tests.fakes import FakeClock

FOREVER = float("inf")


def most_in_any_second(starts: list[float]) -> int:
    """The largest number of ``starts`` that lie less than or exactly one second apart."""
    starts = sorted(starts)
    return max(sum(first <= start <= first + 1.0 for start in starts) for first in starts)


@given(
    rate=st.integers(1, 10),
    began=st.floats(0, 1e6),
    events=st.lists(st.tuples(st.floats(0, 1.5), st.floats(0, 3), st.booleans()), min_size=1, max_size=60),
)
@settings(max_examples=150)
def test_no_second_holds_more_starts_than_the_rate(
    rate: int, began: float, events: list[tuple[float, float, bool]]
) -> None:
    clock = FakeClock()
    clock.elapsed = began
    pacer, starts = Pacer(rate, clock), []
    for idle, pause, holds_off in events:
        clock.elapsed += idle
        if holds_off:
            pacer.hold_off(pause)
        assert pacer.admit(FOREVER)
        starts.append(clock.monotonic())
    assert most_in_any_second(starts) <= rate


def test_the_rate_is_used_to_the_full() -> None:
    clock = FakeClock()
    pacer = Pacer(3, clock)
    for _ in range(9):
        pacer.admit(FOREVER)
    assert clock.monotonic() == pytest.approx(2 * WINDOW)


class NotingClock(FakeClock):
    """Keeps what each thread last read: for a thread that was just admitted, the moment of its admission."""

    def __init__(self) -> None:
        super().__init__()
        self.noted = threading.local()

    def monotonic(self) -> float:
        self.noted.reading = super().monotonic()
        return self.elapsed


def test_threads_share_the_rate() -> None:
    clock = NotingClock()
    pacer = Pacer(3, clock)
    starts: list[float] = []

    def start_requests() -> None:
        for _ in range(5):
            pacer.admit(FOREVER)
            starts.append(clock.noted.reading)

    threads = [threading.Thread(target=start_requests) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(starts) == 30
    assert most_in_any_second(starts) == 3


def test_a_pause_that_the_server_asks_for_holds_for_every_start() -> None:
    clock = FakeClock()
    pacer = Pacer(3, clock)
    pacer.hold_off(2.0)
    pacer.hold_off(1.0)
    pacer.admit(FOREVER)
    assert clock.slept == [2.0]
    pacer.admit(FOREVER)
    assert clock.slept == [2.0]


def test_a_turn_that_would_come_too_late_is_not_waited_for() -> None:
    clock = FakeClock()
    pacer = Pacer(1, clock)
    assert pacer.admit(0.5)
    assert not pacer.admit(0.5)
    assert clock.slept == []
    assert pacer.admit(WINDOW)


def test_nothing_starts_after_its_deadline_even_when_a_turn_is_free() -> None:
    clock = FakeClock()
    clock.elapsed = 10.0
    assert not Pacer(3, clock).admit(9.0)

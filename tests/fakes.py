"""Stand-ins that keep the protocols of litwatch.ports; tests/contracts holds them to the real adapters' behaviour."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands still but for sleep, which moves it."""

    def __init__(self, start: datetime = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)) -> None:
        self.start = start
        self.elapsed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed)

    def monotonic(self) -> float:
        return self.elapsed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds

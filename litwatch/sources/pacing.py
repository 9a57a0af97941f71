"""Pacing: how often requests may start."""

import threading
from collections import deque

from litwatch.ports import Clock

WINDOW = 1.05
"""Seconds in which no more than the permitted number of requests start.

NCBI counts over one second (NBK25497). The rest is for the way from here to the wire, on which the start of a request
may lag by a thread's turn at the processor and so come nearer to the next one.
"""


class Pacer:
    """Lets at most ``rate`` requests start in any WINDOW, over all threads that share it.

    A start is permitted and noted under one lock, and the note is the moment of the permission itself, not a
    forecast: when the k-th start is noted, the one ``rate`` before it lies at least WINDOW back.
    """

    def __init__(self, rate: int, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._starts: deque[float] = deque(maxlen=rate)
        self._not_before = float("-inf")
        self._lock = threading.Lock()

    def admit(self, deadline: float) -> bool:
        """Wait for a turn to start a request; False, without waiting, if it cannot come by ``deadline``.

        ``deadline`` is on the clock's monotonic scale.
        """
        with self._lock:
            while (wait := self._next_start() - self._clock.monotonic()) > 0:
                if self._next_start() > deadline:
                    return False
                self._clock.sleep(wait)
            now = self._clock.monotonic()
            if now > deadline:
                return False
            self._starts.append(now)
            return True

    def hold_off(self, seconds: float) -> None:
        """Let no request start for so long: the server asked for a pause."""
        with self._lock:
            self._not_before = max(self._not_before, self._clock.monotonic() + seconds)

    def _next_start(self) -> float:
        if len(self._starts) < self._rate:
            return self._not_before
        return max(self._not_before, self._starts[0] + WINDOW)

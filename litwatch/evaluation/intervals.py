"""How sure a measured share is."""

from math import sqrt
from typing import NamedTuple

_Z = 1.959964
"""The normal quantile that leaves 2.5 % on each side."""


class Share(NamedTuple):
    """``part`` of ``whole``, with the limits between which the true share lies 95 times in 100."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """From 0 to 1; of nothing it is 1."""
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return f"{self.value:.4f} ({self.part:,} of {self.whole:,}; 95 % {self.low:.4f} to {self.high:.4f})"


def share_of(part: int, whole: int) -> Share:
    """The share with Wilson's score interval (Wilson 1927, J Am Stat Assoc 22:209-212)."""
    if not whole:
        return Share(part, whole, 0.0, 1.0)
    p, z2 = part / whole, _Z * _Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z / (1 + z2 / whole) * sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
    return Share(part, whole, min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half)))

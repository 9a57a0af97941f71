"""How one facet of two citations compares."""

from enum import Enum
from typing import NamedTuple


class Agreement(Enum):
    """How one facet of two citations compares; unknown when one of them does not say, which is no difference."""

    SAME = "same"
    CLOSE = "close"
    CONTINUED = "continued"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


class Facet(NamedTuple):
    """One field of two citations compared. ``words`` are empty when there is nothing to tell."""

    agreement: Agreement
    words: str = ""


UNKNOWN = Facet(Agreement.UNKNOWN)

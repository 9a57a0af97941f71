"""What a query is made of: terms, ranges, and the operators over them."""

from dataclasses import dataclass
from typing import TypeAlias

from litwatch.model.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found in a field.

    ``text`` is as written, without quotes, tag and asterisk. ``field`` is a short tag of FIELDS, None when untagged.
    ``distance`` is the N of a proximity search. ``position`` is the offset of the term in the query.
    """

    text: str
    field: str | None
    position: int
    quoted: bool = False
    truncated: bool = False
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from the first day of ``low`` to the last day of ``high``, both included.

    ``is_range`` tells ``2020:2020[dp]`` from ``2020[dp]``, which PubMed answers differently.
    """

    field: str
    low: PartialDate
    high: PartialDate
    position: int
    is_range: bool


@dataclass(frozen=True, slots=True)
class PmidRange:
    """PMIDs from ``low`` to ``high``, both included."""

    low: int
    high: int
    position: int


@dataclass(frozen=True, slots=True)
class And:
    """Records that all operands find."""

    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Records that any operand finds."""

    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Records that ``kept`` finds and none of ``excluded`` does."""

    kept: "Node"
    excluded: tuple["Node", ...]


Node: TypeAlias = Term | DateRange | PmidRange | And | Or | Not

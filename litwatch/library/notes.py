"""What a description says that no field has, as the text of a note."""

from collections.abc import Sequence

_NOTES = frozenset(("n1", "note", "notes"))


def noted(other: Sequence[tuple[str, str]]) -> str:
    """``name: value`` for each value without a field, parted by semicolons; a note stays one, without its name."""
    return "; ".join(value if name.lower() in _NOTES else f"{name}: {value}" for name, value in other)

"""One description of a work out of the entries that describe it. Nothing is invented: each field is an entry's own."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from litwatch.model.library import Description, EntryKind

_UNKNOWN = Description()
_NAMES = tuple(
    field.name for field in fields(Description) if field.name not in ("kind", "authors_complete", "source", "other")
)
_OF_ANY_VERSION = frozenset(("title", "original_title", "authors", "language", "abstract", "keywords"))
"""What a preprint and its article may lend each other; an identifier or a volume belongs to one of them."""


class Merged(NamedTuple):
    """``kept`` is the place, in the sequence merged, of the entry that was kept.

    ``completed`` has the fields that it lacked, with the place of the entry that each was taken from.
    """

    described: Description
    kept: int
    completed: tuple[tuple[str, int], ...]


def merge(described: Sequence[Description]) -> Merged:
    """The entry that says most, an article before its preprint, completed from the others in the same order."""
    order = sorted(range(len(described)), key=lambda place: (*_rank(described[place]), place))
    kept = order[0]
    taken: dict[str, Any] = {}
    completed = []
    for name in _NAMES:
        if getattr(described[kept], name) != getattr(_UNKNOWN, name):
            continue
        if name == "undated" and (described[kept].published or "published" in taken):
            continue
        lender = next((place for place in order[1:] if _lends(described[place], described[kept], name)), None)
        if lender is not None:
            taken[name] = getattr(described[lender], name)
            completed.append((name, lender))
            if name == "authors":
                taken["authors_complete"] = described[lender].authors_complete
    if described[kept].undated and "published" in taken:
        taken |= {"undated": "", "other": (*described[kept].other, ("year", described[kept].undated))}
    return Merged(replace(described[kept], **taken), kept, tuple(completed))


def _rank(described: Description) -> tuple[bool, int, int]:
    """Smaller is better: no preprint, many fields, a long abstract."""
    known = sum(getattr(described, name) != getattr(_UNKNOWN, name) for name in _NAMES)
    return _is_preprint(described), -known, -len(described.abstract)


def _lends(lender: Description, kept: Description, name: str) -> bool:
    if getattr(lender, name) == getattr(_UNKNOWN, name):
        return False
    return name in _OF_ANY_VERSION or _is_preprint(lender) == _is_preprint(kept)


def _is_preprint(described: Description) -> bool:
    return described.kind is EntryKind.PREPRINT or "Preprint" in described.publication_types

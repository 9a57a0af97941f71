"""Parts of an answer, how they are joined, and what there is to tell about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Found(NamedTuple):
    """What a part of a query finds, and its translation; a compound one is enclosed before it goes into a larger."""

    ids: frozenset[int]
    translation: str
    is_compound: bool = False

    @property
    def enclosed(self) -> str:
        """The translation as an operand."""
        return f"({self.translation})" if self.is_compound else self.translation


def join_and(parts: Sequence[Found]) -> Found | None:
    """What all of ``parts`` find; None when there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    smallest, *others = sorted((part.ids for part in parts), key=len)
    return Found(smallest.intersection(*others), " AND ".join(part.enclosed for part in parts), is_compound=True)


def join_or(parts: Sequence[Found]) -> Found | None:
    """What any of ``parts`` finds; None when there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    ids = frozenset[int]().union(*(part.ids for part in parts))
    return Found(ids, " OR ".join(part.enclosed for part in parts), is_compound=True)


def join_not(kept: Found | None, excluded: Sequence[Found]) -> Found | None:
    """What ``kept`` finds and none of ``excluded`` does."""
    if kept is None or not excluded:
        return kept
    translation = " NOT ".join(part.enclosed for part in (kept, *excluded))
    return Found(kept.ids.difference(*(part.ids for part in excluded)), translation, is_compound=True)


@dataclass(slots=True)
class Notes:
    """What the reader of an answer must know, gathered while it is found."""

    unknown: list[str] = field(default_factory=list)
    unexploded: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each kind of thing."""
        told = (
            ("narrower headings are not included, for want of a MeSH tree, in: ", self.unexploded),
            ("ignored as too common: ", self.ignored),
            ("nowhere found as a phrase, searched word by word: ", self.split),
        )
        return tuple(message + ", ".join(dict.fromkeys(terms)) for message, terms in told if terms)

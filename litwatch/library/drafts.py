"""What a reader hands on: drafts of entries, and what stands between them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from litwatch.model.library import Description

Fields = Mapping[str, Sequence[str]]
"""The fields of one entry under the names of its format, each with its values in the file's order."""


class Draft(NamedTuple):
    """One entry: the line that it begins on, from 1, its text, what it says, its fields, and what was wrong with it."""

    line: int
    text: str
    described: Description
    fields: Fields
    problems: tuple[str, ...] = ()


class Stray(NamedTuple):
    """Something that belongs to no entry."""

    line: int
    problem: str


def first(fields: Fields, *names: str) -> str:
    """The first value under the first of ``names`` that has one; empty without."""
    return next((value for name in names for value in fields.get(name, ()) if value), "")


def every(fields: Fields, *names: str) -> tuple[str, ...]:
    """All values under ``names``, each once."""
    return tuple(dict.fromkeys(value for name in names for value in fields.get(name, ()) if value))

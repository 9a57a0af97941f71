"""What a library says, written plainly: the fields that are known of each entry, and the faults."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from litwatch.model.library import Description, Library

FOLDER = Path(__file__).resolve().parent / "data" / "libraries"
_UNKNOWN = Description()


def plain(library: Library) -> dict[str, Any]:
    """The library as its expectation beside it is written: ``NAME.expected.json``."""
    return {
        "kind": library.kind,
        "entries": [{"line": entry.place.line} | plain_fields(entry.described) for entry in library.entries],
        "faults": [str(fault) for fault in library.faults],
    }


def plain_fields(described: Description) -> dict[str, Any]:
    """The fields that are known, names as "last|given|initials" and links by their kind."""
    known: dict[str, Any] = {}
    for field in fields(described):
        value = getattr(described, field.name)
        if value == getattr(_UNKNOWN, field.name):
            continue
        if field.name in ("authors", "editors"):
            value = [each.collective or "|".join((each.last_name, each.fore_name, each.initials)) for each in value]
        elif field.name == "links":
            value = [f"{link.ref_type} {link.pmid}" for link in value]
        elif field.name == "other":
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        known[field.name] = str(value) if field.name in ("published", "kind") else value
    return known

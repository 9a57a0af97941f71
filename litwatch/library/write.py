"""Descriptions as a file of references, in the format that the file's ending names."""

import json
from collections.abc import Callable, Mapping, Sequence

from litwatch.library.bibtex_writer import write_bibtex
from litwatch.library.csl import Item, csl_item
from litwatch.library.notes import noted
from litwatch.library.ris_writer import write_ris
from litwatch.library.table_writer import write_csv, write_tsv
from litwatch.model.library import Description


def write_csl(described: Sequence[Description]) -> str:
    """A list of CSL-JSON items, one a line, each with an id of its own."""
    items = [_item(each) for each in described]
    taken: set[str] = set()
    for number, item in enumerate(items, 1):
        if not item["id"] or item["id"] in taken:
            item["id"] = f"{item['id'] or 'work'}-{number}"
        taken.add(item["id"])
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n" if items else "[]\n"


def _item(described: Description) -> Item:
    """An item with its own id, if it had one, and as a note what no field of CSL says."""
    beside = tuple(each for each in described.other if each[0] != "id")
    own = next((value for name, value in described.other if name == "id"), "")
    item = csl_item(described)
    return item | {"id": own or item["id"]} | ({"note": noted(beside)} if beside else {})


WRITERS: Mapping[str, Callable[[Sequence[Description]], str]] = {
    ".ris": write_ris,
    ".bib": write_bibtex,
    ".csv": write_csv,
    ".tsv": write_tsv,
    ".json": write_csl,
}
"""Ending → writer. What is written can be read back by ``read_library``."""

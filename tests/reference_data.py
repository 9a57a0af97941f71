"""Reference strings as the measure reads them."""

import gzip
import json
from pathlib import Path
from typing import Any

from litwatch.evaluation.references import FILE

WORK: dict[str, Any] = {
    "pmcid": "1",
    "raw": "Loix S De Kock M Henin P Ketamine against inflammation: a view. Acta Anaesthesiol Belg 2011 62 47 58",
    "pmid": "21612145",
    "doi": None,
    "authors": ["Loix S", "De Kock M", "Henin P"],
    "year": "2011",
    "title": "Ketamine against inflammation: a view",
    "source": "Acta Anaesthesiol Belg",
    "volume": "62",
    "fpage": "47",
    "lpage": "58",
}


def write_strings(folder: Path, *rows: dict[str, Any]) -> Path:
    """The folder, with the rows in the file of the data."""
    (folder / FILE).parent.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(gzip.compress("".join(f"{json.dumps(row)}\n" for row in rows).encode()))
    return folder

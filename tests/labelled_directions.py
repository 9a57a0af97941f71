"""Labelled directions as an evaluation reads them, invented."""

import json
from pathlib import Path

_LABELS = {"lower": "significantly decreased", "higher": "significantly increase", "not different": None}


def labelled_directions(folder: Path, documents: int = 24) -> Path:
    """A folder, which is made, with three sentences a document: one of each direction."""
    folder.mkdir(parents=True)
    lines = [json.dumps(row) for number in range(documents) for row in _rows(number)]
    (folder / "evidence.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _rows(number: int) -> list[dict[str, str]]:
    return [
        {
            "pmcid": f"invented{number}",
            "intervention": "ketamine",
            "comparator": "saline",
            "outcome": "interleukin-6",
            "label": label or "no significant difference",
            "evidence": f"Interleukin-6 was {change} in the ketamine group than in the saline group in study {number}.",
        }
        for change, label in _LABELS.items()
    ]

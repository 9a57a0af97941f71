"""An invented review of sesame, whose included works are the trials in patients with a swollen knee."""

import csv
import gzip
from io import StringIO
from pathlib import Path

from litwatch.appraisal.relevance_model import Text
from litwatch.evaluation.relevance import ScreenedSet

_GROUPS = ("younger patients", "older patients", "athletes", "nurses", "farmers", "sailors")
_OTHERS = ("prices of seed", "harvest by machine", "taste of the oil", "an invented burn", "colour of the flower")


def _texts() -> list[tuple[Text, bool]]:
    """Twelve included works and 48 others, mixed."""
    rows = []
    for number in range(60):
        if number % 5 == 0:
            group = _GROUPS[number // 5 % 6]
            abstract = f"We randomised {group} with a swollen knee to sesame or placebo. Swelling fell by {number} %."
            rows.append((Text(f"Sesame for the swollen knee in {group}", abstract), True))
        else:
            other = _OTHERS[number % 7 % 5]
            abstract = f"Sesame is grown for many reasons. Report {number} on {other}."
            rows.append((Text(f"Sesame and the {other}, part {number}", abstract), False))
    return rows


def screened_set() -> ScreenedSet:
    """The review as a value."""
    texts, included = zip(*_texts(), strict=True)
    return ScreenedSet("Invented", tuple(str(number) for number in range(60)), texts, included)


def labelled_screening(folder: Path, text: str | None = None) -> Path:
    """The review as a file below ``folder``; ``text`` takes its place."""
    if text is None:
        written = StringIO()
        table = csv.writer(written, lineterminator="\n")
        table.writerow(("record_id", "pubmedID", "title", "abstract", "label_included"))
        for number, (told, is_included) in enumerate(_texts()):
            table.writerow((number, number, told.title, told.abstract, int(is_included)))
        text = written.getvalue()
    path = folder / "screening" / "Invented.csv.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(text.encode("utf-8")))
    return path

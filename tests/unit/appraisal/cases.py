"""The case files of the appraisal rules; every sentence in them is invented."""

import json
from pathlib import Path
from typing import Any

from litwatch.appraisal import appraise_record
from litwatch.model.finding import Finding
from litwatch.model.record import AbstractSection, Record
from litwatch.model.watch import Claim
from tests.builders import PMID, a_record, a_work

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "appraisal"


def cases(name: str) -> list[Any]:
    """The cases of one file."""
    loaded: list[Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def an_unindexed_record(title: str = "Ketamine.", *texts: str, **changes: Any) -> Record:
    """A record as it enters PubMed: no MeSH, no keyword, no publication type that tells a design."""
    abstract = tuple(AbstractSection("", "", text) for text in texts if text)
    return a_record(**{"title": title, "abstract": abstract, "mesh": (), **changes})


def appraise(record: Record, *claims: Claim) -> Finding:
    return appraise_record(record, a_work(PMID), claims)


def appraise_text(case: dict[str, str]) -> Finding:
    """The finding on a case's title and abstract alone."""
    return appraise(an_unindexed_record(case.get("title", "Ketamine."), case.get("abstract", "")))

"""How well stances agree with a reader's, on a catalogue of studies: title and summary are read, nothing else.

``catalogue/studies.jsonl`` holds a JSON object a line: id, pmid, title, summary, retracted, and ``bears_on``, the
claims that a reader found the study to bear on, each with the stance that the reader gave it: supports, challenges or
unclear. The claims are those of the watch on ketamine and inflammation, which ``litwatch init`` writes too.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from litwatch.appraisal import appraise_record
from litwatch.errors import UnreadableData
from litwatch.evaluation.intervals import Share, share_of
from litwatch.model.finding import Bearing, Stance
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import PARAPHRASE_LABEL, AbstractSection, PublicationType, Record
from litwatch.model.watch import Claim

FILE = "studies.jsonl"
NO_BEARING = "no bearing"
ASSERTED = (Stance.SUPPORTS, Stance.CHALLENGES, Stance.MIXED)
"""Stances that say something."""

_WATCH = "ketamine-inflammation.toml"
_RETRACTED = PublicationType("D016441", "Retracted Publication")
_NAMELESS = Pmid("1")


class JudgedStance(NamedTuple):
    """A study beside a claim: the reader's stance and the bearing that was found, None when none was."""

    study: str
    title: str
    claim: str
    label: Stance
    bearing: Bearing | None

    @property
    def told(self) -> str:
        """The stance that was told, or that no bearing on the claim was found."""
        return self.bearing.stance if self.bearing else NO_BEARING

    @property
    def is_asserted(self) -> bool:
        """Whether a stance was told that says something."""
        return self.told in ASSERTED


def measure_stances(folder: Path) -> list[JudgedStance]:
    """Every labelled pair of study and claim below ``folder``, judged. Raises UnreadableData."""
    found = sorted(folder.rglob(FILE))
    if not found:
        raise UnreadableData(f"{folder}: no {FILE} in it or below")
    claims, topic = _watched()
    return [judged for file in found for study in _studies(file) for judged in _judge(study, claims, topic)]


def agreement(judged: Iterable[JudgedStance]) -> Share:
    """How many of the asserted stances are the reader's."""
    asserted = [each for each in judged if each.is_asserted]
    return share_of(sum(each.told == each.label for each in asserted), len(asserted))


def coverage(judged: Iterable[JudgedStance]) -> Share:
    """To how many of the pairs on which the reader takes a side a stance is told too."""
    sided = [each for each in judged if each.label in ASSERTED]
    return share_of(sum(each.is_asserted for each in sided), len(sided))


def confusion(judged: Iterable[JudgedStance]) -> Mapping[tuple[str, str], int]:
    """How many pairs have each label and told stance."""
    return Counter((each.label.value, str(each.told)) for each in judged)


def _watched() -> tuple[tuple[Claim, ...], str]:
    watch = tomllib.loads(files("litwatch.watchfile.starter").joinpath(_WATCH).read_text(encoding="utf-8"))
    claims = tuple(
        Claim(**claim | {key: tuple(claim.get(key, ())) for key in ("outcomes", "conditions", "opposite")})
        for claim in watch["claims"]
    )
    return claims, watch["search"]["topic"]


def _studies(file: Path) -> list[Mapping[str, Any]]:
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UnreadableData(f"{file}: {error}") from error


def _judge(study: Mapping[str, Any], claims: tuple[Claim, ...], topic: str) -> Sequence[JudgedStance]:
    record = Record(
        pmid=Pmid(study["pmid"]) if study["pmid"] else _NAMELESS,
        version=1,
        status="",
        title=study["title"],
        abstract=(AbstractSection(PARAPHRASE_LABEL, "UNASSIGNED", study["summary"]),),
        publication_types=(_RETRACTED,) if study["retracted"] else (),
    )
    finding = appraise_record(record, work_id(record.pmid), claims, topic)
    bearings = {bearing.claim: bearing for bearing in finding.bearings}
    return [
        JudgedStance(
            study["pmid"] or study["id"], study["title"], label["claim"], Stance(label["stance"]),
            bearings.get(label["claim"]),
        )
        for label in study["bears_on"] or ()
    ]  # fmt: skip

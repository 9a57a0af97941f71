"""What appraisal costs a record, and directions in it, of CPU: ``python -m tests.bench.bench_appraisal [FOLDER]``.

Without FOLDER (or the environment's LITWATCH_PUBMED_FILES) 500 invented records are used; with it, the first 10,000
records of each PubMed file in it, ``*.xml.gz``, beside what parsing them costs, and the records of each ``*.jsonl``
(objects with pmid, title and abstract). The claims are those of the watch in ``config/watches``. Directions are read
for the outcomes of those claims and of the vocabulary. The best of five repeats counts; what is loaded is kept out of
the garbage collector's sight, as records stream in a run.
"""

import gc
import gzip
import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time
from typing import BinaryIO, cast

from litwatch.appraisal import appraise_record
from litwatch.appraisal.directions import find_directions, outcome_vocabulary
from litwatch.appraisal.intervention import intervention_of
from litwatch.appraisal.reading import Reading
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import AbstractSection, Record
from litwatch.model.watch import Watch
from litwatch.pubmed.records import parse_records
from litwatch.watchfile import load_settings, load_watches
from tests.builders import a_record, sections
from tests.shared_data import ROOT

REPEATS = 5
MOST = 10_000


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LITWATCH_PUBMED_FILES", "")
    (watch, *_) = load_watches(load_settings(ROOT / "config" / "litwatch.toml"))
    terms = sum(len(claim.outcomes) + len(claim.conditions) for claim in watch.claims)
    print(f"{len(watch.claims)} claims, {terms} terms")
    _measure("invented", [_invented(place) for place in range(500)], watch)
    for file in sorted(Path(folder).glob("*.jsonl")) if folder else ():
        _measure(file.name, list(_bare_records(file)), watch)
    for file in sorted(Path(folder).glob("*.xml.gz")) if folder else ():
        started = process_time()
        records = list(islice(_records(file), MOST))
        print(f"{file.name}: parsing {(process_time() - started) / len(records) * 1e6:.0f} µs a record")
        _measure(file.name, records, watch)
        _measure(f"{file.name}, with abstract", [record for record in records if record.abstract], watch)


def _invented(place: int) -> Record:
    sentence = f"Interleukin-6 was lower in patient {place} after ketamine than after saline (p < 0.05). "
    return a_record(
        str(1_000 + place),
        title=f"Ketamine and interleukin-6 in invented patients: study {place}.",
        abstract=sections(
            METHODS="Sixty patients were randomly assigned to ketamine or saline. " * 4,
            RESULTS=sentence * 12,
            CONCLUSIONS="Ketamine lowered interleukin-6.",
        ),
        mesh=(),
    )


def _records(file: Path) -> Iterator[Record]:
    with gzip.open(file) as stream:
        for parsed in parse_records(cast("BinaryIO", stream)):
            if isinstance(parsed.value, Record):
                yield parsed.value


def _bare_records(file: Path) -> Iterator[Record]:
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            abstract = (AbstractSection("", "", row["abstract"]),) if row["abstract"] else ()
            yield Record(Pmid(row["pmid"] or "1"), 1, "Publisher", row["title"] or "", abstract=abstract)


def _measure(name: str, records: list[Record], watch: Watch) -> None:
    gc.freeze()
    vocabulary, intervention = outcome_vocabulary(watch.claims), intervention_of(watch.topic)

    def appraise(record: Record) -> object:
        return appraise_record(record, work_id(record.pmid), watch.claims, watch.topic)

    def direct(record: Record) -> object:
        return find_directions(Reading(record, vocabulary.cues), vocabulary, intervention)

    findings = [appraise_record(record, work_id(record.pmid), watch.claims) for record in records]
    share = sum(bool(finding.bearings) for finding in findings) / len(findings)
    taken = [min(_taken(records, work) for _ in range(REPEATS)) / len(records) * 1e6 for work in (appraise, direct)]
    print(f"{name}: {len(records):,} records, {share:.0%} bear on a claim")
    print(
        f"  {taken[0]:.0f} µs a record, {1e6 / taken[0]:,.0f} a second; {taken[1] / taken[0]:.2f} of it for directions"
    )


def _taken(records: list[Record], work: Callable[[Record], object]) -> float:
    started = process_time()
    for record in records:
        work(record)
    return process_time() - started


if __name__ == "__main__":
    main()

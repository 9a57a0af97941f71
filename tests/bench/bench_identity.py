"""What identity costs a record, in microseconds of CPU: ``python -m tests.bench.bench_identity [FOLDER]``.

Without FOLDER (or the environment's LITWATCH_PUBMED_FILES) 500 invented records of six authors are used; with it, the
first 10,000 records of each PubMed file in it, ``*.xml.gz``. The best of seven repeats counts.
"""

import gc
import gzip
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time
from typing import BinaryIO, cast

from litwatch.identity import citation_of, found_work, identity_keys, resolve_records
from litwatch.model.identity import KnownWork
from litwatch.model.record import Journal, Record
from litwatch.pubmed.records import parse_records
from tests.builders import a_record, authors

BATCH = 500
KNOWN = 300


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LITWATCH_PUBMED_FILES", "")
    _measure("invented", [_invented(place, "cardiac") for place in range(BATCH)])
    for file in sorted(Path(folder).glob("*.xml.gz")) if folder else ():
        _measure(file.name, list(islice(_records(file), 10_000)))


def _invented(place: int, where: str) -> Record:
    return a_record(
        str(1_000 + place),
        title=f"Effects of low-dose ketamine on interleukin-6 after invented {where} surgery: study {place}.",
        authors=authors("Roe A", "De Poe BC", "Moe C", "Doe D", "Loe EF", "Noe G"),
        journal=Journal("Invented journal", "Invent J", volume=str(place), issue="2", pages=f"{place}-9"),
    )


def _records(file: Path) -> Iterator[Record]:
    with gzip.open(file) as stream:
        for parsed in parse_records(cast("BinaryIO", stream)):
            if isinstance(parsed.value, Record):
                yield parsed.value


def _measure(name: str, records: list[Record]) -> None:
    known = [found_work(_invented(100_000 + place, "thoracic")) for place in range(KNOWN)]
    gc.freeze()
    print(f"{name}: {len(records):,} records")
    _report("citation_of", records, lambda: [citation_of(record) for record in records])
    _report("citation_of and identity_keys", records, lambda: [identity_keys(citation_of(r)) for r in records])
    _report("found_work (both of them)", records, lambda: [found_work(record) for record in records])
    _report(f"resolve_records, {BATCH} at a time", records, lambda: list(_resolve(records, known)))


def _resolve(records: list[Record], known: list[KnownWork]) -> Iterator[object]:
    for start in range(0, len(records), BATCH):
        yield resolve_records(records[start : start + BATCH], known, {}, ())


def _report(what: str, records: list[Record], task: Callable[[], object]) -> None:
    best = min(_taken(task) for _ in range(7))
    print(f"  {best / len(records) * 1e6:6.1f} µs  {what}")


def _taken(task: Callable[[], object]) -> float:
    start = process_time()
    task()
    return process_time() - start


if __name__ == "__main__":
    main()

"""What grouping a large library and meeting a large store cost: ``python -m tests.bench.bench_duplicates [FOLDER]``.

Groups 100,000 records, half of them the other half typed anew; with FOLDER (else the environment's
LITWATCH_PUBMED_FILES) they are those of its PubMed files, ``*.xml.gz``, without identifiers. Then resolves 500 new
records against a store of 1,000,000 works, ten of them editorials, as 2,000 of the works are. Prints wall time and the
most memory that the process held.
"""

import gzip
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from litwatch.identity import found_work, resolve_records
from litwatch.identity.citations import citation_of
from litwatch.identity.clusters import cluster_citations
from litwatch.model.identity import Citation, KnownWork
from litwatch.model.record import Journal, Record
from litwatch.pubmed.records import parse_records
from litwatch.store import SqlStore, open_store
from tests.builders import a_record, authors
from tests.commits import a_commit

T = TypeVar("T")
LIBRARY = 100_000
WORKS = 1_000_000
BATCH = 500
EDITORIALS = 2_000

WORDS = (
    *("acute", "adults", "after", "analgesia", "cardiac", "children", "chronic", "controlled", "cytokines", "dose"),
    *("effects", "elderly", "failure", "hepatic", "infusion", "inflammation", "ketamine", "kynurenine", "lung", "mice"),
    *("neuropathic", "outcomes", "pain", "patients", "placebo", "postoperative", "randomised", "renal", "response"),
    *("sepsis", "surgery", "therapy", "thoracic", "trial", "tumour", "versus"),
)
SURNAMES = tuple(
    f"{first}{second}" for first in ("Ro", "Po", "Do", "Mo", "Lo", "No") for second in ("e", "h", "ll", "s")
)


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LITWATCH_PUBMED_FILES", "")
    chance = random.Random(1)
    citations = list(_of_files(Path(folder)) if folder else _invented(chance, LIBRARY // 2))[: LIBRARY // 2]
    library = [*citations, *(_typed_anew(citation) for citation in citations)]
    clustering = _timed(f"group {len(library):,} records", lambda: cluster_citations(library))
    print(f"  {len(clustering.groups):,} works, {len(clustering.doubts):,} doubts")
    with tempfile.TemporaryDirectory() as place, open_store(f"sqlite:///{place}/litwatch.db") as store:
        _timed(f"keep {WORKS:,} works", lambda: _fill(store))
        new = [_record(WORKS + number) for number in range(BATCH - 10)]
        new += [replace(_record(WORKS + BATCH + number), title="Editorial.") for number in range(10)]
        known = _timed(f"find the known works of {BATCH} records", lambda: _known(store, new))
        _timed(f"resolve them among {len(known):,}", lambda: resolve_records(new, known, {}, ()))


def _timed(what: str, step: Callable[[], T]) -> T:
    began = time.perf_counter()
    result = step()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:45} {time.perf_counter() - began:8.2f} s   at most {held:6,.0f} MB", flush=True)
    return result


def _of_files(folder: Path) -> Iterator[Citation]:
    for file in sorted(folder.glob("*.xml.gz")):
        with gzip.open(file) as stream:
            for parsed in parse_records(cast("BinaryIO", stream)):
                if isinstance(parsed.value, Record):
                    yield replace(citation_of(parsed.value), pmid=None, doi=None, pmcid=None)


def _invented(chance: random.Random, count: int) -> Iterator[Citation]:
    for number in range(count):
        title = "Editorial." if number % 500 == 0 else " ".join(chance.choices(WORDS, k=9)).capitalize()
        names = tuple(f"{chance.choice(SURNAMES)} {chance.choice('ABCDE')}" for _ in range(5))
        pages = f"{chance.randint(1, 900)}-{chance.randint(1, 9)}"
        yield Citation(
            None, title, names, chance.randint(1990, 2025), "Invent J Ex", str(chance.randint(1, 90)), "", pages
        )


def _typed_anew(citation: Citation) -> Citation:
    """As another database has it: capitals, a full stop, and no more than the first three authors."""
    return replace(citation, title=citation.title.upper().rstrip(".") + ".", authors=citation.authors[:3])


def _record(number: int) -> Record:
    chance = random.Random(number)
    return a_record(
        str(number + 1),
        title=" ".join(chance.choices(WORDS, k=9)).capitalize(),
        authors=authors(*(f"{chance.choice(SURNAMES)} {chance.choice('ABCDE')}" for _ in range(5))),
        journal=Journal(
            "Invented journal", "Invent J", volume=str(chance.randint(1, 90)), issue="2", pages=f"{number}-9"
        ),
    )


def _fill(store: SqlStore) -> None:
    step = 20_000
    for issue, start in enumerate(range(0, WORKS, step), 1):
        store.commit_run(a_commit(issue, (), works=tuple(map(_work, range(start, start + step)))))


def _work(number: int) -> KnownWork:
    record = _record(number)
    return found_work(replace(record, title="Editorial.") if number % (WORKS // EDITORIALS) == 0 else record)


def _known(store: SqlStore, records: list[Record]) -> tuple[KnownWork, ...]:
    return store.load_works({key for record in records for key in found_work(record).keys})


if __name__ == "__main__":
    main()

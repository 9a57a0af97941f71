"""What the store costs, in CPU time: ``python tests/bench/bench_store.py FOLDER [RECORDS]``.

FOLDER (else the environment's LITWATCH_PUBMED_FILES) holds a PubMed file, ``*.xml.gz``, whose first RECORDS
(10,000) records are kept, committed in one run, and loaded again. Prints one line a step.
"""

import gc
import gzip
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from litwatch.model.identifiers import Pmid
from litwatch.model.identity import IdentityKey, Standing
from litwatch.model.record import Parsed
from litwatch.model.run import LedgerEntry, RunCommit
from litwatch.store import SqlStore, open_store
from tests.builders import NOW, a_citation, a_digest, a_finding, a_known_work, a_record, a_resolution

T = TypeVar("T")
WATCH = "ketamine-inflammation"
BATCH = 400


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["LITWATCH_PUBMED_FILES"])
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    records = list(islice(_records(folder), wanted))
    commit = _commit([parsed.value.pmid for parsed in records if parsed.value.pmid])
    print(f"{len(records):,} records of {sum(len(parsed.xml) for parsed in records) / len(records):,.0f} bytes")
    gc.freeze()  # what the benchmark itself holds is not the store's to look through
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/litwatch.db"
        _timed("make a store, with the import of Alembic", 1, lambda: open_store(url).close())
        _timed("open a store", 1, lambda: open_store(url).close())
        with open_store(url) as store:
            _measure(store, records, commit)
        print(f"{Path(place, 'litwatch.db').stat().st_size / 1e6:.1f} MB on disk")


def _measure(store: SqlStore, records: list[Parsed], commit: RunCommit) -> None:
    count = len(records)
    keys = [key for work in commit.works for key in work.keys]
    _timed("WRITE 1, new", count, lambda: _save(store, records))
    _timed("WRITE 1, read again", count, lambda: _save(store, records))
    _timed("known works by four keys a record, before", count, lambda: _load_works(store, keys))
    _timed("WRITE 2", count, lambda: store.commit_run(commit))
    _timed("known works by four keys a record, after", count, lambda: _load_works(store, keys))
    _timed("load the ledger", count, lambda: store.load_ledger(WATCH))
    _timed("load the ledger again", count, lambda: store.load_ledger(WATCH))
    _timed("look for due rereads", count, lambda: store.load_due_rereads(WATCH, NOW))
    _timed("load the findings", count, lambda: store.load_findings(WATCH, [entry.pmid for entry in commit.ledger]))


def _timed(what: str, count: int, step: Callable[[], T]) -> None:
    began = time.process_time()
    step()
    spent = time.process_time() - began
    print(f"{what:45} {spent * 1e3:8.1f} ms" + (f" {spent / count * 1e6:8.1f} µs a record" if count > 1 else ""))


def _save(store: SqlStore, records: list[Parsed]) -> None:
    for start in range(0, len(records), BATCH):
        store.save_records(records[start : start + BATCH], NOW)


def _load_works(store: SqlStore, keys: list[IdentityKey]) -> None:
    for start in range(0, len(keys), 4 * BATCH):
        store.load_works(keys[start : start + 4 * BATCH])


def _records(folder: Path) -> Iterator[Parsed]:
    """The articles of the folder's last file, cut out of its bytes; only PMID and bytes are true."""
    seen: set[bytes] = set()
    body = gzip.decompress(max(folder.glob("*.xml.gz")).read_bytes())
    for match in re.finditer(rb"<PubmedArticle>.*?</PubmedArticle>", body, re.DOTALL):
        pmid = re.search(rb"<PMID[^>]*>([0-9]+)<", match[0])
        if pmid and pmid[1] not in seen:
            seen.add(pmid[1])
            yield Parsed(a_record(pmid[1].decode()), match[0])


def _commit(pmids: list[Pmid]) -> RunCommit:
    def keys(pmid: Pmid) -> tuple[IdentityKey, ...]:
        title = (
            f"ketamine and interleukin in invented patients report {pmid[::-1]} of many that are as long as titles are"
        )
        return (
            IdentityKey("pmid", pmid),
            IdentityKey("doi", f"10.1234/{pmid[::-1]}.invented"),
            IdentityKey("title", title),
            IdentityKey("place", f"invented j ex|1|{pmid[::-1]}"),
        )

    return RunCommit(
        watch=WATCH,
        run_id="a run",
        started_at=NOW,
        digest=replace(a_digest(studies=()), number=1),
        ledger=tuple(LedgerEntry(pmid, f"pmid:{pmid}", Standing.NEW, NOW, 1) for pmid in pmids),
        works=tuple(
            a_known_work(pmid, citation=a_citation(pmid, doi=f"10.1234/{pmid}"), keys=keys(pmid)) for pmid in pmids
        ),
        resolutions=tuple(a_resolution(pmid) for pmid in pmids),
        findings=tuple(a_finding(pmid) for pmid in pmids),
        notices=(),
        references=(),
        renditions=(),
        deliveries=(),
    )


if __name__ == "__main__":
    main()

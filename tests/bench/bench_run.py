"""What a run costs: with nothing new, and as a backfill; against the bars that the project has set itself.

    python -m tests.bench.bench_run FOLDER

FOLDER holds whole PubMed files (pubmed*.xml.gz). The server runs in a process of its own; CPU is of the client alone.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from isal import igzip

RECORDS = 10_000

WATCH = """
title = "Everything"
[article]
title = "Everything"
[search]
strategy = "1800:3000[crdt]"
topic = "ketamine[tiab]"
[[claims]]
id = "C1"
text = "It lowers cytokines."
expects = "decrease"
outcomes = ["IL-6", "TNF-α", "IL-1β", "CRP", "cytokine", "cytokines", "interferon-γ"]
[[claims]]
id = "C2"
text = "It relieves pain."
expects = "decrease"
outcomes = ["pain", "analgesia", "hyperalgesia"]
"""


@contextmanager
def served(archive: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "litwatch", "archive", "serve", str(archive), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def cpu_of(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU and wall seconds of a command."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "LITWATCH_NCBI_API_KEY": "0123456789abcdef"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - start


def write_set(folder: Path, files: list[Path]) -> Path:
    """The first RECORDS distinct records of the files as one PubmedArticleSet."""
    from litwatch.model.record import Record
    from litwatch.pubmed.records import parse_records

    chosen: dict[str, bytes] = {}
    for file in files:
        with igzip.open(file) as stream:  # type: ignore[no-untyped-call]
            for parsed in islice(parse_records(stream), 3 * RECORDS):
                if isinstance(parsed.value, Record) and len(chosen) < RECORDS:
                    chosen[parsed.value.pmid] = parsed.xml
    path = folder / "set.xml"
    path.write_bytes(b"<PubmedArticleSet>" + b"\n".join(chosen.values()) + b"</PubmedArticleSet>")
    return path


PARSE = """
import sys
from litwatch.pubmed.records import parse_records
with open(sys.argv[1], "rb") as stream:
    print(sum(1 for _ in parse_records(stream)))
"""


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("pubmed*.xml.gz"), reverse=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        records = write_set(folder, files)
        archive = folder / "set.db"
        subprocess.run([sys.executable, "-m", "litwatch", "archive", "build", str(archive), str(records)], check=True)
        (folder / "config" / "watches").mkdir(parents=True)
        (folder / "config" / "watches" / "everything.toml").write_text(WATCH, encoding="utf-8")
        with served(archive) as url:
            settings = f'[ncbi]\nemail = "bench@example.org"\nbase_url = "{url}"\n'
            (folder / "config" / "litwatch.toml").write_text(settings, encoding="utf-8")
            run = [sys.executable, "-m", "litwatch", "run", "everything"]
            parsing = min(cpu_of([sys.executable, "-c", PARSE, str(records)], folder)[0] for _ in range(3))
            backfill, wall = cpu_of(run, folder)
            idle = min(cpu_of(run, folder)[0] for _ in range(3))
    print(f"parsing {RECORDS} records:  {parsing:6.2f} s CPU, interpreter and imports included")
    print(f"backfill of them:      {backfill:6.2f} s CPU, {backfill / parsing:.2f} times (bar 2); {wall:.1f} s wall")
    print(f"run with nothing new:  {idle:6.2f} s CPU with a ledger of {RECORDS} (bar 1.5)")


if __name__ == "__main__":
    main()

"""Building and searching an archive: ``python -m tests.bench.bench_archive [FOLDER]``.

FOLDER (or the environment's LITWATCH_PUBMED_FILES) holds PubMed files, ``*.xml.gz``. Building is in seconds of CPU and
peak MB, searching in milliseconds, the best of five.
"""

import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive

QUERIES = {
    "one word": "ketamine",
    "one common word": "patients[tiab]",
    "three arms": (
        "(ketamine[mh] OR ketamin*[tiab] OR esketamin*[tiab]) AND (inflammation[mh] OR inflammat*[tiab] OR "
        'cytokine*[tiab] OR interleukin*[tiab] OR "TNF-α"[tiab]) AND (pain[tiab] OR arthritis[tiab] OR sepsis[tiab])'
    ),
    "three common arms": (
        "(cancer*[tiab] OR neoplasms[mh] OR tumor*[tiab]) AND (treatment[tiab] OR therap*[tiab]) AND (randomized "
        "controlled trial[pt] OR randomized[tiab] OR placebo[tiab]) NOT (animals[mh] NOT humans[mh])"
    ),
    "common truncated words": "stud*[tiab] AND pati*[tiab] AND resu*[tiab]",
    "proximity of three": '"patients treatment clinical"[tiab:~5]',
    "all create dates": '("1800"[crdt] : "3000"[crdt])',
}


def main(folder: Path) -> None:
    """Print one figure a line."""
    files = sorted(folder.glob("*.xml.gz"))
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "archive.sqlite"
        start = process_time()
        report = build_archive(path, files)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"built {report.records:,} records in {process_time() - start:.1f} s of CPU, at most {peak:.0f} MB resident"
        )
        print(f"{path.stat().st_size / 1e6:.0f} MB on disk, {len(report.unread)} unread")
        with Archive.open(path) as archive:
            for name, query in QUERIES.items():
                seconds, count = min(_search(archive, query) for _ in range(5))
                print(f"{name}: {seconds * 1000:.1f} ms, {count:,} records")


def _search(archive: Archive, query: str) -> tuple[float, int]:
    start = perf_counter()
    count = archive.search(query).count
    return perf_counter() - start, count


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["LITWATCH_PUBMED_FILES"]))

"""Parsing PubMed XML beside Bio.Entrez and pubmed_parser: same records, same run, one process each.

    python -m tests.bench.bench_parser FOLDER --peers PYTHON

FOLDER holds whole PubMed files (pubmed*.xml.gz); PYTHON is an interpreter that has pubmed_parser 0.5.1, which is none
of our dependencies. Every contender reads the first SAMPLE records of each file, since Bio.Entrez.read holds all that
it reads in memory; ours reads the whole files too. Records a second are of CPU time, medians of three runs; memory is
the highest resident set, interpreter included.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from isal import igzip

SAMPLE = 3_000
RUNS = 3

LITWATCH = """
from isal import igzip
from litwatch.model.record import Record
from litwatch.pubmed.records import parse_records
def read(path):
    with igzip.open(path) as stream:
        return sum(isinstance(parsed.value, Record) for parsed in parse_records(stream))
"""
BIOPYTHON = """
import gzip
from Bio import Entrez
def read(path):
    with gzip.open(path) as stream:
        return len(Entrez.read(stream, validate=False)["PubmedArticle"])
"""
PUBMED_PARSER = """
import pubmed_parser
def read(path):
    return sum(1 for _ in pubmed_parser.parse_medline_xml(path))
"""
TIMED = """
import json, re, sys, time
before = time.process_time()
number = read(sys.argv[1])
seconds = time.process_time() - before
# getrusage would tell the highest resident set of the process that started this one, where that was higher
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
print(json.dumps([number, seconds, peak / 1024]))
"""
HEAD = (
    b'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"><PubmedArticleSet>'
)


def write_sample(source: Path, target: Path) -> None:
    from litwatch.pubmed.records import parse_records

    with igzip.open(source) as stream, igzip.open(target, "wb") as out:  # type: ignore[no-untyped-call]
        records = (parsed.xml for parsed in parse_records(stream) if parsed.xml)
        out.write(HEAD + b"\n".join(islice(records, SAMPLE)) + b"</PubmedArticleSet>")


def measure(python: str, program: str, path: Path) -> tuple[int, float, float]:
    """Records read, records a second, and MB resident: medians of the runs."""
    runs = []
    for _ in range(RUNS):
        command = [python, "-c", program + TIMED, str(path)]
        runs.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    return (
        runs[0][0],
        statistics.median(number / seconds for number, seconds, _ in runs),
        statistics.median(resident for _, _, resident in runs),
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--peers", default="")
    arguments = options.parse_args()
    contenders = {"litwatch": (sys.executable, LITWATCH), "Bio.Entrez.read": (sys.executable, BIOPYTHON)}
    if arguments.peers:
        contenders["pubmed_parser"] = (arguments.peers, PUBMED_PARSER)
    print(f"{'file':24} {'contender':16} {'records':>8} {'records/s':>10} {'ours is':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as scratch:
        for file in sorted(arguments.folder.glob("pubmed*.xml.gz")):
            sample = Path(scratch) / file.name
            write_sample(file, sample)
            ours = 0.0
            for name, (python, program) in contenders.items():
                number, speed, resident = measure(python, program, sample)
                ours = ours or speed
                print(f"{file.name:24} {name:16} {number:8,} {speed:10,.0f} {ours / speed:7.1f}× {resident:6.0f}")
            number, speed, resident = measure(sys.executable, LITWATCH, file)
            print(f"{file.name:24} {'litwatch, whole':16} {number:8,} {speed:10,.0f} {'':8} {resident:6.0f}")


if __name__ == "__main__":
    main()

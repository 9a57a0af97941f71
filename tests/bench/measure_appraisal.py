"""How well appraisal decides on real data: ``python -m tests.bench.measure_appraisal ../shared/data``.

Prints sensitivity, specificity and precision with 95 % Wilson intervals on the labelled abstracts, of which title and
abstract alone are read. The rules were made on the half whose PMID has an even first byte of SHA-256; the odd half was
held out. Then how many designs of the catalogue's studies are told, which were read while the rules were made: there
the catalogue's paraphrases stand where abstracts would.
"""

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from math import sqrt
from pathlib import Path

from litwatch.appraisal import appraise_record
from litwatch.archive.sample import sample_xml
from litwatch.model.finding import Finding, StudyDesign
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.record import AbstractSection, Record
from litwatch.pubmed.records import parse_records
from litwatch.watchfile import load_settings, load_watches
from tests.shared_data import ROOT

Row = dict[str, str]
SYNTHESES = (StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.META_ANALYSIS)
MEASURES: dict[str, Callable[[Finding], bool]] = {
    "randomized_trial": lambda finding: finding.design is StudyDesign.RCT,
    "systematic_review": lambda finding: finding.design in SYNTHESES,
    "meta_analysis": lambda finding: finding.design is StudyDesign.META_ANALYSIS,
    "protocol": lambda finding: finding.design is StudyDesign.PROTOCOL,
    "rodent": lambda finding: bool({"rat", "mouse", "rodent"} & set(finding.species.split(", "))),
    "human": lambda finding: "human" in finding.species,
}
AS_IN_THE_CATALOGUE = {
    StudyDesign.RCT: "RCT",
    StudyDesign.COHORT: "cohort",
    StudyDesign.CASE_CONTROL: "case-control",
    StudyDesign.CROSS_SECTIONAL: "cross-sectional",
    StudyDesign.IN_VITRO: "in vitro",
    StudyDesign.NOTICE: "retraction notice",
}


def main() -> None:
    data = Path(sys.argv[1])
    with gzip.open(data / "design" / "labelled_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    whole = [row for row in rows if row["pmid"].isdigit()]
    print(f"{len(rows)} labelled abstracts, {len(rows) - len(whole)} without a PMID left out")
    for name, half in (("made on", 0), ("held out", 1)):
        _measure(name, [row for row in whole if hashlib.sha256(row["pmid"].encode()).digest()[0] % 2 == half])
    with (data / "catalogue" / "studies.jsonl").open(encoding="utf-8") as lines:
        _measure_catalogue({row["pmid"]: row for row in map(json.loads, lines) if row["pmid"]})


def _measure(name: str, rows: list[Row]) -> None:
    print(f"{name}: {len(rows)}")
    findings = [appraise_record(_record(row), work_id(Pmid(row["pmid"])), ()) for row in rows]
    for label, tells in MEASURES.items():
        told = Counter((row[label], tells(finding)) for row, finding in zip(rows, findings, strict=True))
        right, missed, wrong, left = told["1", True], told["1", False], told["0", True], told["0", False]
        print(
            f"  {label:18}sensitivity {_share(right, right + missed)}  specificity {_share(left, left + wrong)}"
            f"  precision {_share(right, right + wrong)}"
        )


def _record(row: Row) -> Record:
    abstract = (AbstractSection("", "", row["abstract"]),) if row["abstract"] else ()
    return Record(Pmid(row["pmid"]), 1, "Publisher", row["title"], abstract=abstract)


def _share(part: int, whole: int) -> str:
    """``part / whole`` with its Wilson interval at 95 %."""
    if not whole:
        return "none"
    share, z = part / whole, 1.96
    centre = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{part}/{whole} = {share:.3f} ({centre - spread:.3f}-{centre + spread:.3f})"


def _measure_catalogue(rows: dict[str, dict[str, object]]) -> None:
    (watch, *_) = load_watches(load_settings(ROOT / "config" / "litwatch.toml"))
    right, total, claims = 0, 0, Counter[tuple[str, str]]()
    for parsed in parse_records(BytesIO(sample_xml())):
        if isinstance(parsed.value, Record) and parsed.value.pmid in rows:
            row, finding = (
                rows[parsed.value.pmid],
                appraise_record(parsed.value, work_id(parsed.value.pmid), watch.claims),
            )
            told = AS_IN_THE_CATALOGUE.get(finding.design, finding.design.value)
            right, total = right + (told == row["design"]), total + 1
            if told != row["design"]:
                print(f"  {finding.pmid}: {row['design']}, told as {told}: {finding.design_because.evidence[:90]}")
            claims.update(_compared(row["bears_on"], finding))
    print(f"catalogue: {right} of {total} designs; claims {dict(sorted(claims.items()))}")


def _compared(labels: object, finding: Finding) -> Counter[tuple[str, str]]:
    wanted = {label["claim"] for label in labels} if isinstance(labels, list) else set()
    named = {bearing.claim for bearing in finding.bearings}
    pairs = (("found", wanted & named), ("missed", wanted - named), ("extra", named - wanted))
    return Counter((claim, verdict) for verdict, which in pairs for claim in which)


if __name__ == "__main__":
    main()

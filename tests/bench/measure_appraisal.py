"""How many designs of the catalogue's studies are told: ``python -m tests.bench.measure_appraisal ../shared/data``.

They were read while the rules were made; the catalogue's paraphrases stand where abstracts would. How well designs are
told from abstracts is measured by ``litwatch evaluate design``.
"""

import json
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

from litwatch.appraisal import appraise_record
from litwatch.archive.sample import sample_xml
from litwatch.model.finding import Finding, StudyDesign
from litwatch.model.identifiers import work_id
from litwatch.model.record import Record
from litwatch.pubmed.records import parse_records
from litwatch.watchfile import load_settings, load_watches
from tests.shared_data import ROOT

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
    with (data / "catalogue" / "studies.jsonl").open(encoding="utf-8") as lines:
        _measure_catalogue({row["pmid"]: row for row in map(json.loads, lines) if row["pmid"]})


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

"""How well identity decides on real data: ``python -m tests.bench.measure_identity ../shared/data [FILES]``.

Prints how well the references of reference lists are grouped by work, and how often a citation in running text is
resolved to the right and to a wrong record: references with an odd PMID are the half that nothing was chosen on. With
FILES, a folder of whole PubMed files, it prints every join and doubt among their records, and every join and how many
doubts when their identifiers are hidden, for a person to check.
"""

import gzip
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, BinaryIO, cast

from litwatch.identity.citations import citation_of
from litwatch.identity.clusters import cluster_citations
from litwatch.identity.folding import folded_words, surname
from litwatch.identity.references import match_reference
from litwatch.identity.works import resolve_records
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Citation, ReferenceState, Standing
from litwatch.model.record import Record
from litwatch.pubmed.records import parse_records
from tests.builders import a_record, a_reference, authors


def main() -> None:
    folder = Path(sys.argv[1])
    _measure_groups(folder / "refs" / "reference_strings.jsonl.gz")
    records = list(_references(folder / "refs" / "reference_strings.jsonl.gz"))
    for half in (0, 1):
        for by_initial in (False, True):
            for words in (2, 4):
                _measure_references(records, half, by_initial=by_initial, words=words)
    for file in sorted(Path(sys.argv[2]).glob("*.xml.gz")) if len(sys.argv) > 2 else ():
        _list_joins(file)


def _measure_groups(file: Path) -> None:
    """Group the references of reference lists, each as its list has it, and compare with their PMIDs."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        given = [row for row in map(json.loads, lines) if row["title"]]
    clustering = cluster_citations([_citation(row) for row in given])
    same = _pairs(clustering.groups)
    cited: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(given):
        cited[row["pmid"]].append(place)
    true = _pairs(cited.values())
    print(
        f"{len(given):,} references, {len(true):,} pairs of one work: precision {len(same & true) / len(same):.4f}, "
        f"recall {len(same & true) / len(true):.4f}, {len(clustering.doubts)} doubts"
    )


def _citation(row: dict[str, Any]) -> Citation:
    year = row["year"] or ""
    pages = "-".join(page for page in (row["fpage"], row["lpage"]) if page)
    return Citation(
        pmid=None,
        title=row["title"],
        authors=tuple(row["authors"] or ()),
        year=int(year) if year.isdigit() else None,
        journal=row["source"] or "",
        volume=row["volume"] or "",
        pages=pages,
    )


def _pairs(groups: Iterable[Iterable[int]]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _references(file: Path) -> Iterator[Record]:
    seen: set[str] = set()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for found in map(json.loads, lines):
            known = found["authors"] and found["title"] and re.fullmatch("[0-9]{4}", found["year"] or "")
            if known and found["pmid"] not in seen:
                seen.add(found["pmid"])
                names = authors(*found["authors"])
                yield a_record(found["pmid"], title=found["title"], abstract=(), authors=names, published=found["year"])


def _measure_references(records: list[Record], half: int, *, by_initial: bool, words: int) -> None:
    years: defaultdict[int | None, list[Record]] = defaultdict(list)
    for record in records:
        years[record.year].append(record)
    counts: Counter[str] = Counter()
    for record in records:
        first, year = record.authors[0], record.year or 0
        if int(record.pmid) % 2 != half or (by_initial and not first.initials):
            continue
        near = years[year] if by_initial else [*years[year - 1], *years[year], *years[year + 1]]
        pool = [other for other in near if by_initial or _has_author(other, first.last_name)]
        written = f"({first.initials[0] + '.' if by_initial else first.last_name} et al., {year})"
        reference = a_reference(as_written=written, said=_some_words(record, words))
        counts["all"] += 1
        counts["pool"] += len(pool)
        match = match_reference(reference, pool, ())
        if match.state is ReferenceState.RESOLVED:
            counts["right" if match.pmid == record.pmid else "wrong"] += 1
        rest = [other for other in pool if other is not record]
        counts["absent"] += match_reference(reference, rest, ()).state is ReferenceState.RESOLVED
    shares = {name: count / counts["all"] for name, count in counts.items()}
    print(
        f"{'measured' if half else 'chosen on'}, {'initial' if by_initial else 'surname'}, {words} words, "
        f"{counts['all']} among {shares['pool']:.1f}: right {shares['right']:.3f}, wrong {shares.get('wrong', 0):.3f}, "
        f"wrong when absent {shares['absent']:.3f}"
    )


def _has_author(record: Record, last_name: str) -> bool:
    return any(surname(author.last_name) == surname(last_name) for author in record.authors)


def _some_words(record: Record, count: int) -> str:
    """Words of the title, always the same ones, picked without regard to what they say."""
    words = sorted({word for word in folded_words(record.title) if len(word) > 3})
    return " ".join(sorted(words, key=lambda word: hashlib.sha256(f"{record.pmid}{word}".encode()).digest())[:count])


def _list_joins(file: Path) -> None:
    with gzip.open(file) as stream:
        values = (parsed.value for parsed in parse_records(cast("BinaryIO", stream)))
        records = [replace(value, abstract=(), mesh=(), keywords=()) for value in values if isinstance(value, Record)]
    counts: Counter[str] = Counter()
    for found in resolve_records(records, (), {}, ()):
        counts[f"{found.standing}: {found.because.rule}"] += 1
        if found.standing is Standing.UNSURE or (
            found.standing is Standing.SEEN and found.because.rule != "same record"
        ):
            print(f"  {found.pmid} {found.standing} {found.work}: {found.because.evidence}")
    print(f"{file.name}, {len(records):,} records: {dict(counts)}")
    _list_blind_joins({record.pmid: record for record in records})


def _list_blind_joins(records: dict[Pmid, Record]) -> None:
    """As a library without identifiers would be grouped: two PMIDs in one group are a false merge, or PubMed's slip."""
    known = [citation_of(record) for record in records.values()]
    clustering = cluster_citations([replace(citation, pmid=None, doi=None, pmcid=None) for citation in known])
    for join in clustering.joins:
        one, other = known[join.left], known[join.right]
        print(f"  blind: {one.pmid} and {other.pmid}: {join.because.rule}: {join.because.evidence}")
    print(f"  blind: {len(known):,} records, {len(clustering.joins)} joins, {len(clustering.doubts)} doubts")


if __name__ == "__main__":
    main()

"""Cited references from a MEDLINE (nbib) file, as PubMed's "Send to: Citation manager" writes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litwatch.errors import Fault
from litwatch.model.identifiers import Doi, Pmid
from litwatch.model.watch import CitedReference


def load_references(path: Path) -> Iterator[CitedReference | Fault]:
    """The references of the file, named N1, N2, … in its order; an entry that names no work is a fault."""
    from Bio import Medline

    try:
        with path.open(encoding="utf-8-sig") as file:
            entries = [dict(entry) for entry in Medline.parse(file) if entry]  # type: ignore[no-untyped-call]
    except (OSError, UnicodeDecodeError) as error:
        yield Fault(str(path), "", f"cannot be read: {error}")
        return
    if not entries:
        yield Fault(str(path), "", "holds no MEDLINE record", "PubMed: Send to, Citation manager")
    for number, entry in enumerate(entries, 1):
        pmid, doi = _pmid(entry), _doi(entry)
        if pmid is None and doi is None:
            yield Fault(str(path), f"record {number}", "has neither a PMID nor a DOI")
        else:
            yield CitedReference(f"N{number}", _as_written(entry), pmid=pmid, doi=doi)


def _pmid(entry: dict[str, Any]) -> Pmid | None:
    try:
        return Pmid(entry.get("PMID", ""))
    except ValueError:
        return None


def _doi(entry: dict[str, Any]) -> Doi | None:
    for value in (entry.get("LID", ""), *entry.get("AID", ())):
        if value.endswith("[doi]"):
            try:
                return Doi(value.removesuffix("[doi]"))
            except ValueError:
                continue
    return None


def _as_written(entry: dict[str, Any]) -> str:
    """First author, title and source, as far as given."""
    authors = entry.get("AU", [])
    first = authors[0] + (" et al." if len(authors) > 1 else ".") if authors else ""
    return " ".join(part for part in (first, entry.get("TI", ""), entry.get("SO", "")) if part)

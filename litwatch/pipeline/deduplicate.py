"""The order of a deduplication: libraries → citations → works, each entry accounted for. Decides nothing.

read_library → cluster_citations(decided) → merge: one description a work, what it was made of, and what is doubtful.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from litwatch.identity.clusters import cluster_citations
from litwatch.identity.entries import citation_of_entry, tied_entries
from litwatch.library.merge import merge
from litwatch.model.identity import Join
from litwatch.model.library import Description, Entry, EntryFault, Library

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MergedWork:
    """One work, by places among all entries: the one that was kept, all of them, and who lent which field."""

    described: Description
    kept: int
    members: tuple[int, ...]
    completed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Deduplication:
    """What became of every entry. ``joins`` and ``doubts`` speak of places among ``entries``."""

    entries: tuple[Entry, ...]
    works: tuple[MergedWork, ...]
    joins: tuple[Join, ...]
    doubts: tuple[Join, ...]
    faults: tuple[EntryFault, ...]

    @property
    def duplicates(self) -> int:
        """How many entries were merged into another."""
        return len(self.entries) - len(self.works)


def all_entries(libraries: Sequence[Library]) -> tuple[Entry, ...]:
    """The entries of all libraries, in their order."""
    return tuple(entry for library in libraries for entry in library.entries)


def deduplicate(libraries: Sequence[Library], decided: Mapping[Pair, bool]) -> Deduplication:
    """One description a work. ``decided`` has what a person said of pairs of places among all entries."""
    entries = all_entries(libraries)
    described = [entry.described for entry in entries]
    clustering = cluster_citations([citation_of_entry(each) for each in described], decided, tied_entries(described))
    works = []
    for group in clustering.groups:
        merged = merge([entries[place].described for place in group])
        completed = tuple((name, group[lender]) for name, lender in merged.completed)
        works.append(MergedWork(merged.described, group[merged.kept], group, completed))
    faults = tuple(fault for library in libraries for fault in library.faults)
    return Deduplication(entries, tuple(works), clustering.joins, clustering.doubts, faults)


def fingerprint(entry: Entry) -> str:
    """An x and sixteen hexadecimal digits of the hash of the entry's text; they differ when the entry was changed.

    Without the letter some would be numbers to a spreadsheet, which writes them back as others: 12e45 as 1.2E+46.
    """
    return "x" + sha256(entry.as_written.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]

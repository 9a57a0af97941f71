"""What a deduplication did, as tables: the report, and the doubts that a person may decide."""

from collections import defaultdict
from collections.abc import Sequence

from litwatch.library.table_writer import table_text
from litwatch.model.identity import Because, Join
from litwatch.model.library import Entry, EntryFault
from litwatch.pipeline.deduplicate import Deduplication, fingerprint

REPORT_COLUMNS = (
    *("row", "file", "entry", "line", "fingerprint", "title", "work", "fate", "other_file", "other_entry"),
    *("rule", "evidence", "completed_from"),
)
DOUBT_COLUMNS = (
    *("file", "entry", "fingerprint", "other_file", "other_entry", "other_fingerprint", "decision"),
    *("title", "other_title", "rule", "evidence"),
)


def report_csv(done: Deduplication) -> str:
    """A row for each entry with its work and its fate, then one for each doubt, then one for each fault."""
    beside: defaultdict[int, list[tuple[int, Because]]] = defaultdict(list)
    for join in done.joins:
        beside[join.left].append((join.right, join.because))
        beside[join.right].append((join.left, join.because))
    rows = {
        place: _entry_row(done, number, place, beside[place])
        for number, work in enumerate(done.works, 1)
        for place in work.members
    }
    entries = [rows[place] for place in range(len(done.entries))]
    return table_text(
        REPORT_COLUMNS,
        [*entries, *(_doubt_row(done, doubt) for doubt in done.doubts), *(_fault_row(fault) for fault in done.faults)],
    )


def _entry_row(done: Deduplication, number: int, place: int, beside: Sequence[tuple[int, Because]]) -> tuple[str, ...]:
    """What became of an entry. Of a merged one the reason is given beside the kept one where they were compared."""
    work, entry = done.works[number - 1], done.entries[place]
    row = ("entry", *_named(entry), entry.described.title, str(number))
    if place == work.kept:
        lent = "; ".join(f"{name}: {done.entries[lender].place}" for name, lender in work.completed)
        return (*row, "kept", "", "", "", "", lent)
    other, because = next((each for each in beside if each[0] == work.kept), beside[0])
    named = done.entries[other].place
    return (*row, "merged", named.file, str(named.entry), because.rule, because.evidence, "")


def _fault_row(fault: EntryFault) -> tuple[str, ...]:
    place = fault.place
    where = (place.file, str(place.entry or ""), str(place.line or ""))
    return ("fault", *where, *("",) * 7, fault.problem, "")


def _doubt_row(done: Deduplication, doubt: Join) -> tuple[str, ...]:
    entry, other = done.entries[doubt.left], done.entries[doubt.right]
    because = doubt.because
    return (
        *("doubt", *_named(entry), entry.described.title, "", "unsure", other.place.file, str(other.place.entry)),
        *(because.rule, because.evidence, ""),
    )


def _named(entry: Entry) -> tuple[str, str, str, str]:
    return entry.place.file, str(entry.place.entry), str(entry.place.line), fingerprint(entry)


def doubts_csv(done: Deduplication) -> str:
    """A row for each doubt, with the column ``decision`` to be filled in with ``same`` or ``different``."""
    rows = []
    for doubt in done.doubts:
        entry, other = done.entries[doubt.left], done.entries[doubt.right]
        rows.append(
            (
                *(entry.place.file, str(entry.place.entry), fingerprint(entry)),
                *(other.place.file, str(other.place.entry), fingerprint(other), ""),
                *(entry.described.title, other.described.title, doubt.because.rule, doubt.because.evidence),
            )
        )
    return table_text(DOUBT_COLUMNS, rows)

"""What a person decided about pairs of entries, read from the table that ``doubts_csv`` writes."""

import csv
from collections.abc import Iterator, Mapping, Sequence

from litwatch.errors import Fault, FaultyTable
from litwatch.library.formula import unguarded
from litwatch.library.text import decode_text
from litwatch.model.library import Entry
from litwatch.pipeline.deduplicate import Pair, fingerprint

_NEEDED = ("file", "entry", "fingerprint", "other_file", "other_entry", "other_fingerprint", "decision")
_CHOICES = {"same": True, "different": False}

Row = Mapping[str, str]


def read_decisions(tables: Mapping[str, bytes], entries: Sequence[Entry]) -> dict[Pair, bool]:
    """The decisions in ``tables``, by file name, as pairs of places among ``entries``; rows left empty decide nothing.

    Raises FaultyTable with every fault of all tables: columns that are missing, entries that are not there or have
    changed since, other words than same and different, and decisions that contradict each other.
    """
    places = {(entry.place.file, str(entry.place.entry)): place for place, entry in enumerate(entries)}
    decided: dict[Pair, tuple[bool, Fault]] = {}
    faults: list[Fault] = []
    for name, data in tables.items():
        for key, row in _rows(name, data, faults):
            found = _read(row, places, entries)
            if isinstance(found, str):
                faults.append(Fault(name, key, found))
                continue
            pair, choice = found
            if decided.setdefault(pair, (choice, Fault(name, key, "")))[0] != choice:
                faults.append(Fault(name, key, f"{_before(decided[pair][1])} decides the same pair otherwise"))
    faults += _contradictions(decided)
    if faults:
        raise FaultyTable(faults)
    return {pair: choice for pair, (choice, _) in decided.items()}


def _rows(name: str, data: bytes, faults: list[Fault]) -> Iterator[tuple[str, Row]]:
    """The rows with a decision, each with its name in messages; a faulty table is added to ``faults``."""
    lines = decode_text(data).text.split("\n")
    separator = max(",;\t", key=lines[0].count)
    try:
        table = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        faults.append(Fault(name, "", f"is no table: {error}"))
        return
    header = [cell.strip().lower() for cell in table[0]] if table else []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        hint = "--doubts writes a table to be filled in"
        faults.append(Fault(name, "", f"has no column {', '.join(missing)}", hint))
        return
    for number, cells in enumerate(table[1:], 2):
        row = {column: unguarded(cell).strip() for column, cell in zip(header, cells, strict=False)}
        if row.get("decision"):
            yield f"row {number}", row


def _read(row: Row, places: Mapping[tuple[str, str], int], entries: Sequence[Entry]) -> tuple[Pair, bool] | str:
    """The pair and whether it is one work, or what is wrong with the row."""
    sides = []
    for prefix in ("", "other_"):
        file, number = row.get(f"{prefix}file", ""), row.get(f"{prefix}entry", "")
        place = places.get((file, number))
        if place is None:
            return f"{file!r} has no entry {number!r} among the files read"
        if row.get(f"{prefix}fingerprint") != fingerprint(entries[place]):
            return f"entry {number} of {file} is not the one that was decided on: the file has changed"
        sides.append(place)
    choice = _CHOICES.get(row["decision"].lower())
    if choice is None:
        return f"the decision {row['decision']!r} is neither same nor different"
    if sides[0] == sides[1]:
        return "both sides are one entry"
    return (min(sides), max(sides)), choice


def _contradictions(decided: Mapping[Pair, tuple[bool, Fault]]) -> Iterator[Fault]:
    """Pairs that are kept apart and yet are one work by way of others."""
    leader: dict[int, int] = {}

    def find(place: int) -> int:
        while leader.setdefault(place, place) != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for (left, right), (is_same, _) in decided.items():
        if is_same:
            leader[find(left)] = find(right)
    for (left, right), (is_same, fault) in decided.items():
        if not is_same and find(left) == find(right):
            yield Fault(fault.file, fault.key, "other rows say that the two are one work, by way of a third")


def _before(fault: Fault) -> str:
    return f"{fault.file}, {fault.key},"

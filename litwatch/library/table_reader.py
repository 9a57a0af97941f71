"""Tables (CSV, TSV), read by the standard library's csv."""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litwatch.library.columns import column_of, describe_row, gather
from litwatch.library.drafts import Draft, Stray
from litwatch.library.formula import unguarded

_SEPARATORS = ("\t", ";", ",", "|")
csv.field_size_limit(2**31 - 1)
"""Python's reader refuses cells of more than 131,072 characters otherwise; a full text in one is odd, and no fault."""

_PATIENCE = 4
"""How many times the lines of a file may be read in vain, because of faulty quotes, before every line is a row."""


class Row(NamedTuple):
    """A row below the header: its first line, from 1, its text, its cells under their headers, and what is wrong."""

    line: int
    text: str
    headers: Sequence[str]
    cells: Sequence[str]
    problems: tuple[str, ...]


class _Row(NamedTuple):
    line: int
    text: str
    cells: list[str]
    problem: str = ""


def separator_of(header: str) -> str:
    """What parts the columns of a table, seen from its first line."""
    return max(
        _SEPARATORS, key=lambda mark: (sum(1 for cell in header.split(mark) if column_of(cell)), header.count(mark))
    )


def is_table(text: str) -> bool:
    """Whether the first line names the columns of a table of references."""
    header = first_line(text)
    names = [column_of(cell) for cell in header.split(separator_of(header))]
    return "title" in names and len(set(names) - {""}) > 1


def read_table(text: str) -> Iterator[Draft | Stray]:
    """Every row below the header, whole or broken; empty rows are none."""
    for row in read_rows(text):
        fields, other = gather(row.headers, row.cells)
        yield Draft(row.line, row.text, describe_row(fields, other), fields, row.problems)


def read_rows(text: str) -> Iterator[Row]:
    """The rows below the header; cells that are empty and have no header are none."""
    skipped, header = _first_line(text)
    rows = _rows(text.split("\n"), skipped, separator_of(header))
    headers = [unguarded(cell) for cell in next(rows, _Row(1, "", [])).cells]
    for row in rows:
        cells = [unguarded(cell) for cell in row.cells]
        if not any(cell.strip() for cell in cells):
            continue
        problems = [row.problem] if row.problem else []
        if len(cells) < len(headers) or any(cells[len(headers) :]):
            problems.append(f"has {len(cells)} cells where the header has {len(headers)}")
        yield Row(row.line, row.text, headers, cells, tuple(problems))


def first_line(text: str) -> str:
    """The first line that says anything."""
    return _first_line(text)[1]


def _first_line(text: str) -> tuple[int, str]:
    """How many empty lines come first, and the line after them."""
    for skipped, line in enumerate(text[:100_000].split("\n")):
        if line.strip():
            return skipped, line
    return 0, ""


def _rows(lines: Sequence[str], start: int, separator: str) -> Iterator[_Row]:
    """The rows from line ``start`` (from 0). A row with a faulty quote is read as it may be meant, and that is said."""
    wasted, width = 0, 0
    while start < len(lines) and wasted <= _PATIENCE * len(lines):
        reader = csv.reader(_from(lines, start), delimiter=separator, strict=True)
        begun = start
        try:
            for cells in reader:
                end = start + reader.line_num
                width = width or len(cells)
                _check_width(cells, width, end - begun)
                yield _Row(begun + 1, "\n".join(lines[begun:end]), cells)
                begun = end
            start = len(lines)
        except csv.Error as error:
            wasted += start + reader.line_num - begun
            row, start = _faulty(lines, begun, separator, (width, str(error)))
            yield row
    for number, line in enumerate(lines[start:], start + 1):
        yield _Row(number, line, line.split(separator))


def _faulty(lines: Sequence[str], begun: int, separator: str, known: tuple[int, str]) -> tuple[_Row, int]:
    """The row with a faulty quote, and where the next one begins. A quote that is never closed ends with its line."""
    width, reason = known
    if "expected after" in reason:
        reader = csv.reader(_from(lines, begun), delimiter=separator)
        try:
            cells = next(reader)
            end = begun + reader.line_num
            problem = "a quotation mark inside a cell is not doubled"
            _check_width(cells, width, end - begun)
            return _Row(begun + 1, "\n".join(lines[begun:end]), cells, problem), end
        except csv.Error as error:
            reason = str(error)
    cells = [cell.strip('"') for cell in lines[begun].split(separator)]
    return _Row(begun + 1, lines[begun], cells, f"a quotation mark is opened and not closed ({reason})"), begun + 1


def _check_width(cells: Sequence[str], width: int, lines: int) -> None:
    """A row over several lines that has not the cells of the header has swallowed the next ones."""
    if lines > 1 and len(cells) != width:
        raise csv.Error("its row would go on over several lines")


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    for at in range(start, len(lines)):
        yield f"{lines[at]}\n"

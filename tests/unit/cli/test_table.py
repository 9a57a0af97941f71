import re
from collections.abc import Sequence
from io import StringIO

import pytest

from litwatch.cli.table import print_table

HEAD = ("PMID", "Design", "Title", "Journal")
ROWS = [
    ("1", "randomised controlled trial", "Sesame and swelling, " * 30, "Invented J Ex"),
    ("12345678", "unclear", "Short\tand plain", ""),
]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, columns: int, rows: Sequence[Sequence[str]] = ROWS) -> list[str]:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    print_table(HEAD, rows, wide="Title", spare=("Journal", "Design"))
    return re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()).splitlines()


def test_a_pipe_gets_tab_separated_values_of_everything(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(HEAD, ROWS, wide="Title", spare=("Journal", "Design"))
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == list(HEAD)
    assert rows[1][2] == ROWS[0][2].strip()
    assert rows[2] == ["12345678", "unclear", "Short and plain", ""]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(120, HEAD), (80, ("PMID", "Design", "Title")), (50, ("PMID", "Title")), (30, ("PMID", "Title"))],
)
def test_a_narrow_terminal_gets_fewer_columns_and_never_a_broken_number(
    monkeypatch: pytest.MonkeyPatch, columns: int, shown: tuple[str, ...]
) -> None:
    lines = drawn(monkeypatch, columns)
    assert all(len(line) <= columns for line in lines)
    head = next(line for line in lines if "PMID" in line)
    assert tuple(name for name in HEAD if name in head) == shown
    assert any("12345678" in line for line in lines)


def test_a_long_title_takes_a_few_lines_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 80)
    assert 3 <= sum("s" in line and "12345678" not in line for line in lines[3:]) <= 5
    assert any("…" in line for line in lines)


def test_a_short_title_makes_no_column_go(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(monkeypatch, 70, ROWS[1:])
    assert all(name in "".join(lines) for name in HEAD)


def test_no_rows_are_only_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    print_table(HEAD, [], wide="Title", spare=("Journal",))
    assert "Title" in terminal.getvalue()

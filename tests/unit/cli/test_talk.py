import pytest

from litwatch.cli.talk import count, counted, progress, say


def test_talk_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("one\x1b[2J\x9b31m\rtwo\nthree\t.")
    assert capsys.readouterr() == ("", "one [2J 31m two\nthree .\n")


def test_long_work_is_told_in_a_few_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("reading records") as tell:
        for done in range(1, 1001):
            tell(done, 1000)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [f"reading records: {done} of 1000" for done in range(100, 1001, 100)]


def test_short_work_is_not_worth_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("reading records") as tell:
        tell(500, 999)
        tell(999, 999)
    assert capsys.readouterr() == ("", "")


def test_what_is_counted_without_an_end_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with count("records read") as tell:
        for done in range(0, 250_001, 1000):
            tell(done)
    assert capsys.readouterr().err.splitlines() == ["100,000 records read", "200,000 records read"]


@pytest.mark.parametrize(("number", "words"), [(0, "0 works"), (1, "1 work"), (2000, "2,000 works")])
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert counted(number, "work") == words

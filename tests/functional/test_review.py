"""What the rules cannot tell goes to a person, and comes back as a decision."""

import csv
import json
import os
import pty
import select
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from litwatch.model.record import PublicationType, Record
from tests.builders import a_link
from tests.functional.conftest import WATCH, Done, Household, PubMed, pmids
from tests.functional.test_weekly_digest import study
from tests.shared_data import ROOT

MEETING = "10.1234/invented.meeting"


def abstract(number: int, doi: str = MEETING, **changes: Any) -> Record:
    """One of the abstracts that a meeting printed under one DOI: the rules cannot tell whether two are one work."""
    subject = ("swelling of the knee", "an invented burn", "invented endoscopy", "the invented ear")[number % 4]
    return study(number, title=f"Sesame for {subject}", doi=doi, **changes)


@pytest.fixture
def unsure(household: Household, pubmed: PubMed) -> Household:
    """After a run that reported 1001, and 1002 as perhaps the same work."""
    pubmed.hold(abstract(1), abstract(2))
    household.run()
    assert standings(household, 1) == {"1001": "new", "1002": "unsure"}
    return household


def standings(household: Household, issue: int) -> dict[str, str]:
    return {study["pmid"]: study["standing"] for study in household.digest(issue)["studies"]}


def decide(household: Household, pmid: str, choice: str, *more: str) -> Done:
    return household.litwatch("review", "--decide", pmid, choice, "--by", "Roe", *more)


def here(household: Household, pmid: str) -> str:
    """Where the record stands, as ``explain`` tells it."""
    return next(line for line in household.litwatch("explain", pmid).out.splitlines() if "here: " in line)


class TestListing:
    def test_names_both_records_and_why_the_rules_doubt(self, unsure: Household) -> None:
        done = unsure.litwatch("review")
        assert done.status == 0
        header, row = [line.split("\t") for line in done.out.splitlines()]
        told = dict(zip(header, row, strict=True))
        assert (told["PMID"], told["Beside"], told["Watches"]) == ("1002", "1001", "sesame")
        assert told["Title beside"] == "Sesame for an invented burn"
        assert "same DOI, other title" in told["Why unsure"]
        assert "1 doubt" in done.err

    def test_as_json_has_all_that_was_compared(self, unsure: Household) -> None:
        (doubt,) = unsure.litwatch("review", "sesame", "--format", "json").json
        assert (doubt["pmid"], doubt["other"], doubt["watches"]) == ("1002", "1001", ["sesame"])
        assert doubt["citation"]["doi"] == doubt["other_citation"]["doi"] == MEETING

    def test_names_every_watch_that_has_reported_the_record(self, unsure: Household) -> None:
        unsure.watch(WATCH.replace("Sesame and swelling", "Another"), name="another")
        unsure.litwatch("run", "another")
        digest = json.loads((unsure.folder / "output/another/1/digest.json").read_text(encoding="utf-8"))
        assert {study["pmid"]: study["standing"] for study in digest["studies"]} == {"1001": "new", "1002": "unsure"}
        (doubt,) = unsure.litwatch("review", "--format", "json").json
        assert doubt["watches"] == ["another", "sesame"]

    def test_of_no_doubt_says_so(self, household: Household, pubmed: PubMed) -> None:
        pubmed.hold(study(1))
        household.run()
        assert household.litwatch("review", "--format", "json").json == []
        done = household.litwatch("review")
        assert (done.status, len(done.out.splitlines())) == (0, 1)
        assert "no doubt is open" in done.err

    def test_of_a_watch_that_is_none_is_an_error(self, household: Household) -> None:
        assert household.litwatch("review", "sesami").status == 10


class TestSame:
    def test_makes_one_work_of_two_from_the_next_run_on_and_tells_nothing_twice(
        self, unsure: Household, pubmed: PubMed
    ) -> None:
        done = decide(unsure, "1002", "same", "--note", "one talk")
        assert done.status == 0
        assert "decision 1: PubMed 1002 is the same work as PubMed 1001" in done.err
        assert unsure.litwatch("review", "--format", "json").json == []
        assert "a further record of a known work" in here(unsure, "1002")
        trial = (PublicationType("D016449", "Randomized Controlled Trial"),)
        pubmed.hold(abstract(1, publication_types=trial), abstract(2, publication_types=trial))
        unsure.run()
        assert standings(unsure, 2) == {}
        assert [study["pmid"] for study in unsure.digest(2)["updated"]] == ["1001"]

    def test_is_told_in_the_chain(self, unsure: Household) -> None:
        decide(unsure, "1002", "same", "--note", "one talk")
        told = unsure.litwatch("explain", "1002").out
        assert "decision 1: PubMed 1002 is the same work as PubMed 1001, by Roe on " in told
        assert ": one talk (a person's decision)" in " ".join(told.split())
        assert "decision 1" in unsure.litwatch("explain", "1001").out

    def test_holds_in_a_watch_that_finds_the_records_later(self, unsure: Household, pubmed: PubMed) -> None:
        decide(unsure, "1002", "same")
        unsure.watch(WATCH.replace("Sesame and swelling", "Another"), name="another")
        unsure.litwatch("run", "another")
        text = (unsure.folder / "output/another/1/digest.json").read_text(encoding="utf-8")
        assert pmids(json.loads(text)["studies"]) == ["1001"]
        assert json.loads(text)["flow"]["duplicates"] == 1

    def test_is_kept_for_a_record_that_the_article_cites(self, unsure: Household) -> None:
        decide(unsure, "1002", "same")
        cites = '[[references]]\nid = "R1"\nas_written = "(Roe et al., 2011)"\npmid = "1001"\n'
        unsure.watch(WATCH.replace("Sesame and swelling", "Another") + cites, name="another")
        unsure.litwatch("run", "another")
        digest = json.loads((unsure.folder / "output/another/1/digest.json").read_text(encoding="utf-8"))
        assert digest["studies"] == []
        assert digest["flow"]["cited"] == 2

    def test_undone_leaves_the_doubt_as_it_was(self, unsure: Household, pubmed: PubMed) -> None:
        before = unsure.litwatch("review", "--format", "json").out
        decide(unsure, "1002", "same")
        unsure.run()
        done = unsure.litwatch("review", "--undo", "1", "--by", "Poe")
        assert done.status == 0
        assert unsure.litwatch("review", "--format", "json").out == before
        assert "perhaps the same as another work" in here(unsure, "1002")
        trial = (PublicationType("D016449", "Randomized Controlled Trial"),)
        pubmed.hold(abstract(1, publication_types=trial), abstract(2, publication_types=trial))
        unsure.run()
        assert standings(unsure, 3) == {}
        assert pmids(unsure.digest(3)["updated"]) == ["1001", "1002"]
        assert "taken back by decision 2, by Poe on" in " ".join(unsure.litwatch("explain", "1002").out.split())

    def test_undone_reports_what_it_had_kept_back(self, unsure: Household) -> None:
        decide(unsure, "1002", "same")
        unsure.watch(WATCH.replace("Sesame and swelling", "Another"), name="another")
        unsure.litwatch("run", "another")
        unsure.litwatch("review", "--undo", "1")
        unsure.litwatch("run", "another")
        unsure.litwatch("run", "another")
        told = [
            json.loads((unsure.folder / f"output/another/{issue}/digest.json").read_text(encoding="utf-8"))
            for issue in (1, 2, 3)
        ]
        assert [pmids(digest["studies"]) for digest in told] == [["1001"], ["1002"], []]


class TestDifferent:
    def test_is_no_longer_asked(self, unsure: Household) -> None:
        assert decide(unsure, "1002", "different").status == 0
        assert unsure.litwatch("review", "--format", "json").json == []
        assert "here: a new work" in here(unsure, "1002")
        unsure.run()
        assert unsure.litwatch("review", "--format", "json").json == []

    def test_holds_in_a_watch_that_finds_the_records_later(self, unsure: Household) -> None:
        decide(unsure, "1002", "different", "--note", "two talks")
        unsure.watch(WATCH.replace("Sesame and swelling", "Another"), name="another")
        unsure.litwatch("run", "another")
        digest = json.loads((unsure.folder / "output/another/1/digest.json").read_text(encoding="utf-8"))
        assert {study["pmid"]: study["standing"] for study in digest["studies"]} == {"1001": "new", "1002": "new"}

    def test_undone_is_asked_again(self, unsure: Household) -> None:
        decide(unsure, "1002", "different")
        unsure.litwatch("review", "--undo", "1")
        assert [doubt["pmid"] for doubt in unsure.litwatch("review", "--format", "json").json] == ["1002"]


class TestAJoin:
    @pytest.fixture
    def joined(self, household: Household, pubmed: PubMed) -> Household:
        """After a run that reported 1001 and took 1002 for a further record of it."""
        pubmed.hold(study(1, doi=MEETING), study(2, doi=MEETING, title="Sesame and swelling, study 1"))
        household.run()
        assert standings(household, 1) == {"1001": "new"}
        assert "a further record of a known work" in here(household, "1002")
        return household

    def test_that_a_person_calls_wrong_is_undone_and_the_record_reported_once(self, joined: Household) -> None:
        done = decide(joined, "1002", "different", "--note", "two trials")
        assert "decision 1: PubMed 1002 is another work than PubMed 1001" in done.err
        joined.run()
        joined.run()
        assert [standings(joined, issue) for issue in (2, 3)] == [{"1002": "new"}, {}]
        because = joined.digest(2)["studies"][0]["because"]["standing"]
        assert because["rule"] == "a person's decision"
        assert "here: a new work" in here(joined, "1002")
        assert "two trials (a person's decision)" in " ".join(joined.litwatch("explain", "1002").out.split())

    def test_that_was_called_wrong_and_is_not_tells_nothing_twice(self, joined: Household) -> None:
        decide(joined, "1002", "different")
        joined.run()
        joined.litwatch("review", "--undo", "1")
        joined.run()
        assert standings(joined, 3) == {}

    def test_that_was_called_wrong_and_taken_back_before_a_run_stays(self, joined: Household) -> None:
        decide(joined, "1002", "different")
        joined.litwatch("review", "--undo", "1")
        joined.run()
        assert standings(joined, 2) == {}
        assert "a further record of a known work" in here(joined, "1002")

    def test_cannot_be_called_right(self, joined: Household) -> None:
        assert decide(joined, "1002", "same").status == 2


class TestRefusals:
    def test_a_record_without_a_doubt_names_the_way_out(self, unsure: Household) -> None:
        for pmid, way_out in (("77", "`litwatch review` lists them"), ("1001", "by its newer record, 1002")):
            done = decide(unsure, pmid, "same")
            assert done.status == 2
            assert way_out in done.err
        assert decide(unsure, "12a", "same").status == 2

    def test_what_is_decided_is_taken_back_before_it_is_decided_anew(self, unsure: Household) -> None:
        decide(unsure, "1002", "same")
        done = decide(unsure, "1002", "different")
        assert done.status == 13
        assert "`litwatch review --undo 1` takes that back" in done.err

    def test_what_is_no_decision_cannot_be_taken_back(self, unsure: Household) -> None:
        done = unsure.litwatch("review", "--undo", "7")
        assert done.status == 13
        assert "there is no decision 7" in done.err

    def test_nobody_is_asked_to_say_who_decides(self, unsure: Household) -> None:
        assert decide(unsure, "1002", "same", "--by", " ").status == 2

    def test_a_note_cannot_steer_the_terminal(self, unsure: Household) -> None:
        decide(unsure, "1002", "same", "--note", "one\x1b[2J\ntalk")
        assert unsure.litwatch("review", "--decided", "--format", "json").json[0]["note"] == "one [2J talk"

    def test_two_wishes_at_once_are_refused(self, unsure: Household) -> None:
        assert decide(unsure, "1002", "same", "--decided").status == 2


def test_every_decision_is_listed_with_who_and_when_also_when_taken_back(unsure: Household) -> None:
    decide(unsure, "1002", "same", "--note", "one talk")
    unsure.litwatch("review", "--undo", "1", "--by", "Poe")
    first, second = unsure.litwatch("review", "--decided", "--format", "json").json
    assert (first["choice"], first["pmid"], first["other"], first["by"], first["note"], first["undone_by"]) == (
        ("same", "1002", "1001", "Roe", "one talk", "2")
    )
    assert (second["choice"], second["undoes"], second["by"]) == ("undo", "1", "Poe")
    assert "taken back" in unsure.litwatch("review", "--decided").out
    rows = csv.DictReader(StringIO(unsure.litwatch("review", "--decided", "--format", "csv").out))
    assert [row["id"] for row in rows] == ["1", "2"]


class TestTable:
    @pytest.fixture
    def table(self, household: Household, pubmed: PubMed) -> Path:
        """The table of two doubts, not filled in."""
        pubmed.hold(abstract(1), abstract(2), abstract(5, "10.1234/other"), abstract(6, "10.1234/other"))
        household.run()
        path = household.folder / "doubts.csv"
        path.write_text(household.litwatch("review", "--format", "csv").out, encoding="utf-8")
        return path

    def fill(self, table: Path, **decisions: str) -> None:
        rows = list(csv.DictReader(StringIO(table.read_text(encoding="utf-8"))))
        for row in rows:
            row["decision"] = decisions.get(f"p{row['pmid']}", "")
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    def test_comes_back_with_the_decisions_filled_in(self, household: Household, table: Path) -> None:
        self.fill(table, p1002="same", p1006=" Different ")
        done = household.litwatch("review", "--import", str(table), "--by", "Roe")
        assert done.status == 0
        assert "2 decisions taken, ids 1 to 2; 0 rows left undecided" in done.err
        assert household.litwatch("review", "--format", "json").json == []

    def test_may_come_back_twice_and_half_filled_in(self, household: Household, table: Path) -> None:
        self.fill(table, p1002="same")
        household.litwatch("review", "--import", str(table))
        self.fill(table, p1002="same", p1006="different")
        done = household.litwatch("review", "--import", str(table))
        assert done.status == 0
        assert "1 decision taken, ids 2 to 2; 0 rows left undecided, 1 decided before" in done.err

    def test_with_a_bad_row_decides_nothing_and_names_every_fault_with_its_line(
        self, household: Household, table: Path
    ) -> None:
        self.fill(table, p1002="same", p1006="perhaps")
        with table.open("a", encoding="utf-8") as file:
            file.write("12a,1,same" + "," * 12 + "\n77,78,same" + "," * 12 + "\n1006,1005\n")
        done = household.litwatch("review", "--import", str(table))
        assert (done.status, done.out) == (12, "")
        assert f"{table}: line 3: decision: 'perhaps' is none; write same or different" in done.err
        assert f"{table}: line 4: not a PMID: '12a'" in done.err
        assert f"{table}: line 5: PubMed 77 beside 78 is no open doubt" in done.err
        assert f"{table}: line 6: has 2 cells where the header has 15" in done.err
        assert household.litwatch("review", "--decided", "--format", "json").json == []

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            (b"", "line 1: is empty"),
            (b"\xff\xfe\x00", "line 1: is not UTF-8"),
            (b"pmid,decision\n1002,same\n", "line 1: the header has no column other"),
            (b'pmid,other,decision\n1002,1001,"sa\x00me"\n', "line 2: "),
            (b"pmid,other,decision\n1002,1001,same\n1002,1001,different\n", "line 3: it is said at the same time"),
        ],
    )
    def test_that_is_broken_is_an_error_with_its_place(
        self, household: Household, table: Path, body: bytes, told: str
    ) -> None:
        table.write_bytes(body)
        done = household.litwatch("review", "--import", str(table))
        assert done.status == 12
        assert f"{table}: {told}" in done.err
        assert household.litwatch("review", "--decided", "--format", "json").json == []


def at_a_terminal(household: Household, answers: str, *arguments: str) -> str:
    """What a person reads who runs litwatch at a terminal and types ``answers``, each when something is asked."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(household.folder)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "TERM": "dumb"}
        os.execve(sys.executable, [sys.executable, "-m", "litwatch", *arguments], environment)
    read = b""
    keys = iter(answers.splitlines(keepends=True))
    while select.select([terminal], [], [], 30)[0]:
        try:
            read += os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            break
        if read.rstrip().endswith((b"quit (s, d, k, q):", b"empty):")):
            os.write(terminal, next(keys, "\x04").encode())
    os.close(terminal)
    os.waitpid(pid, 0)
    return read.decode()


class TestAtATerminal:
    def test_each_doubt_is_asked_with_both_records_side_by_side(self, unsure: Household) -> None:
        read = at_a_terminal(unsure, "s\none talk\n", "review", "--by", "Roe")
        assert "PubMed 1002" in read
        assert "PubMed 1001" in read
        assert "Sesame for an invented burn" in read
        assert "The rules are unsure" in read
        assert "no doubt is left" in read
        (told,) = unsure.litwatch("review", "--decided", "--format", "json").json
        assert (told["choice"], told["by"], told["note"]) == ("same", "Roe", "one talk")

    @pytest.mark.parametrize("answers", ["k\n", "q\n", ""])
    def test_skipping_and_quitting_leave_the_doubt_open(self, unsure: Household, answers: str) -> None:
        assert "1 doubt left" in at_a_terminal(unsure, answers, "review")
        assert unsure.litwatch("review", "--decided", "--format", "json").json == []

    def test_a_list_that_is_asked_for_is_printed(self, unsure: Household) -> None:
        assert "litwatch review --decide" in at_a_terminal(unsure, "", "review", "--format", "table")


def test_notices_on_linked_records_still_come(unsure: Household, pubmed: PubMed) -> None:
    decide(unsure, "1002", "same")
    pubmed.hold(abstract(1), abstract(2, links=(a_link("RetractionIn", "77"),)))
    unsure.run()
    assert [(notice["pmid"], notice["kind"]) for notice in unsure.digest(2)["notices"]] == [("1002", "retraction")]


def test_killed_at_every_write_of_an_import_it_takes_all_of_a_table_or_nothing(
    household: Household, pubmed: PubMed
) -> None:
    pubmed.hold(abstract(1), abstract(2), abstract(5, "10.1234/other"), abstract(6, "10.1234/other"))
    household.run()
    table = household.folder / "doubts.csv"
    table.write_text("pmid,other,decision\n1002,1001,same\n1006,1005,different\n", encoding="utf-8")
    taken = []
    for number in range(1, 20):
        arguments = ["commit", str(number), "review", "--import", str(table), "--by", "Roe"]
        done = subprocess.run(
            [sys.executable, "-m", "tests.functional.killed_run", *arguments],
            cwd=household.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=60,
            check=False,
        )
        taken.append(len(household.litwatch("review", "--decided", "--format", "json").json))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert len(taken) > 1
    assert set(taken) == {0, 2}
    assert taken == sorted(taken)

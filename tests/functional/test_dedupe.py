"""``litwatch dedupe`` on files, as a librarian uses it."""

import csv
import json
from pathlib import Path

import pytest

from litwatch.library.read import read_library
from tests.functional.conftest import Household

RIS = """TY  - JOUR
TI  - Sesame oil and swelling of the ankle: a randomised trial
AU  - Roe, Anna
AU  - Poe, Bea
PY  - 2011
JO  - Journal of Invented Medicine
VL  - 12
IS  - 3
SP  - 101
EP  - 109
ER  -

TY  - JOUR
TI  - Another work altogether, on the keeping of bees in winter
AU  - Moe, C
PY  - 2001
ER  -
"""

NBIB = """PMID- 4711
TI  - Sesame oil and swelling of the ankle: a randomised trial.
FAU - Roe, Anna
AU  - Roe A
FAU - Poe, Bea
AU  - Poe B
DP  - 2011 Mar
TA  - J Invent Med
VI  - 12
IP  - 3
PG  - 101-9
LID - 10.1234/sesame [doi]
AB  - Swelling fell.

"""

UNSURE = """TY  - JOUR
TI  - The wintering of stick insects under glass
AU  - Doe, D
PY  - 2001
DO  - 10.1234/bees
ER  -

TY  - JOUR
TI  - Honey yields of highland apiaries by altitude
AU  - Moe, C
PY  - 2001
DO  - 10.1234/bees
ER  -
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.ris").write_text(RIS, encoding="utf-8")
    Path("b.nbib").write_text(NBIB, encoding="utf-8")
    Path("c.ris").write_text(UNSURE, encoding="utf-8")
    return tmp_path


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(name).read_text(encoding="utf-8").splitlines()))


def test_one_entry_a_work_is_written_and_the_report_says_what_it_is_made_of(household: Household, files: Path) -> None:
    done = household.litwatch("dedupe", "a.ris", "b.nbib", "-o", "out.ris", "--report", "report.csv", "--json")
    assert done.status == 0
    assert done.json == {"entries": 3, "works": 2, "duplicates": 1, "doubts": 0, "faults": 0}
    assert "3 entries, 2 works, 1 duplicate, 0 doubts, 0 faults" in done.err
    sesame, bees = (entry.described for entry in read_library(Path("out.ris").read_bytes(), "out.ris").entries)
    assert (sesame.pmid, sesame.doi, sesame.journal) == ("4711", "10.1234/sesame", "Journal of Invented Medicine")
    assert bees.title.startswith("Another work")
    report = rows("report.csv")
    assert [(row["file"], row["entry"], row["work"], row["fate"]) for row in report] == [
        ("a.ris", "1", "1", "merged"),
        ("a.ris", "2", "2", "kept"),
        ("b.nbib", "1", "1", "kept"),
    ]
    assert (report[0]["other_file"], report[0]["other_entry"]) == ("b.nbib", "1")
    assert report[0]["rule"]
    assert report[0]["evidence"]
    assert report[2]["completed_from"] == "journal: a.ris: entry 1 (line 1)"
    assert Path("a.ris").read_text(encoding="utf-8") == RIS


@pytest.mark.parametrize(("decision", "works"), [("same", 1), ("different", 2)])
def test_a_doubt_goes_out_as_a_table_and_comes_back_as_a_decision(
    household: Household, files: Path, decision: str, works: int
) -> None:
    first = household.litwatch("dedupe", "c.ris", "--doubts", "doubts.csv", "--json")
    assert (first.json["works"], first.json["doubts"]) == (2, 1)
    text = Path("doubts.csv").read_text(encoding="utf-8")
    (row,) = rows("doubts.csv")
    assert not any(mark.isdecimal() for mark in (row["fingerprint"][0], row["other_fingerprint"][0])), "no number"
    Path("doubts.csv").write_text(
        text.replace(f"{row['other_fingerprint']},,", f"{row['other_fingerprint']},{decision},"), encoding="utf-8"
    )
    again = household.litwatch("dedupe", "c.ris", "--decisions", "doubts.csv", "--report", "report.csv", "--json")
    assert (again.json["works"], again.json["doubts"]) == (works, 0)
    if decision == "same":
        assert {row["rule"] for row in rows("report.csv")} == {"", "a person's decision"}


def test_a_year_that_cannot_be_read_is_told_and_written_back(household: Household, files: Path) -> None:
    Path("years.ris").write_text(RIS.replace("2011", "20x1").replace("2001", "in press"), encoding="utf-8")
    done = household.litwatch("dedupe", "years.ris", "-o", "out.ris", "--report", "report.csv", "--json")
    assert (done.status, done.json["faults"]) == (3, 1)
    assert "years.ris: entry 1 (line 1): its year '20x1' cannot be read; it is kept as it is written" in done.err
    assert next(row["evidence"] for row in rows("report.csv") if row["row"] == "fault").startswith("its year '20x1'")
    written = Path("out.ris").read_text(encoding="utf-8")
    assert ("PY  - 20x1\n" in written, "PY  - in press\n" in written) == (True, True)


def test_every_fault_of_the_decisions_is_told_at_once_and_nothing_is_written(household: Household, files: Path) -> None:
    household.litwatch("dedupe", "c.ris", "--doubts", "doubts.csv")
    (row,) = rows("doubts.csv")
    faulty = [
        row | {"decision": "perhaps"},
        row | {"decision": "same", "entry": "9"},
        row | {"decision": "same", "fingerprint": "0" * 16},
        row | {"decision": "same"},
        row | {"decision": "different"},
        row | {"decision": "same", "other_entry": row["entry"], "other_fingerprint": row["fingerprint"]},
    ]
    with Path("bad.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows(faulty)
    Path("worse.csv").write_text("file,entry\na,1\n", encoding="utf-8")
    done = household.litwatch("dedupe", "c.ris", "--decisions", "bad.csv", "--decisions", "worse.csv", "-o", "out.ris")
    assert done.status == 12
    assert "row 2: the decision 'perhaps' is neither same nor different" in done.err
    assert "row 3: 'c.ris' has no entry '9'" in done.err
    assert "row 4: entry 1 of c.ris is not the one that was decided on" in done.err
    assert "row 6: bad.csv, row 5, decides the same pair otherwise" in done.err
    assert "row 7: both sides are one entry" in done.err
    assert "worse.csv: has no column fingerprint, other_file" in done.err
    assert not Path("out.ris").exists()


def test_decisions_that_contradict_each_other_by_way_of_a_third_are_refused(household: Household, files: Path) -> None:
    report = household.litwatch("dedupe", "a.ris", "b.nbib", "--report", "report.csv")
    assert report.status == 0
    marks = [(row["file"], row["entry"], row["fingerprint"]) for row in rows("report.csv")]
    lines = ["file,entry,fingerprint,other_file,other_entry,other_fingerprint,decision"]
    for left, right, choice in ((0, 1, "same"), (1, 2, "same"), (0, 2, "different")):
        lines.append(",".join((*marks[left], *marks[right], choice)))
    Path("decisions.csv").write_text("\n".join(lines), encoding="utf-8")
    done = household.litwatch("dedupe", "a.ris", "b.nbib", "--decisions", "decisions.csv")
    assert done.status == 12
    assert "row 4: other rows say that the two are one work" in done.err


def test_a_broken_entry_is_kept_and_told_and_the_status_says_so(household: Household, files: Path) -> None:
    Path("broken.ris").write_text("TY  - JOUR\nTI  - Bees\nTY  - JOUR\nTI  - Wasps\nER  - \nstray\n", encoding="utf-8")
    done = household.litwatch("dedupe", "broken.ris", "-o", "out.bib", "--report", "report.csv")
    assert done.status == 3
    assert "broken.ris: entry 1 (line 1): ends without ER" in done.err
    assert "2 entries, 2 works" in done.err
    assert len(read_library(Path("out.bib").read_bytes(), "out.bib").entries) == 2
    assert [row["row"] for row in rows("report.csv")] == ["entry", "entry", "fault", "fault"]


def test_an_empty_file_is_a_fault(household: Household, files: Path) -> None:
    Path("empty.ris").write_text("", encoding="utf-8")
    done = household.litwatch("dedupe", "empty.ris", "-o", "out.json")
    assert (done.status, json.loads(Path("out.json").read_text(encoding="utf-8"))) == (3, [])
    assert "empty.ris: holds no entry that can be read as RIS" in done.err


def test_a_file_in_no_known_format_is_an_error(household: Household, files: Path) -> None:
    Path("x.pdf").write_bytes(b"%PDF-1.4")
    done = household.litwatch("dedupe", "a.ris", "x.pdf", "-o", "out.ris")
    assert done.status == 12
    assert "x.pdf is in no format that can be read" in done.err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("a.ris", "-o", "a.ris"), "a.ris is read, so it is not written to"),
        (("a.ris", "./a.ris", "-o", "out.ris"), "a.ris is named twice"),
        (("a.ris", "-o", "out.csv", "--report", "out.csv"), "out.csv is named for two things"),
        (("a.ris", "-o", "out.docx"), "out.docx does not end in one of .ris, .bib"),
        (("a.ris", "-o", "nowhere/out.ris"), "nowhere is no folder"),
        (("nothing.ris",), "does not exist"),
        ((), "Missing argument"),
    ],
)
def test_what_would_lose_something_is_refused(
    household: Household, files: Path, args: tuple[str, ...], told: str
) -> None:
    done = household.litwatch("dedupe", *args)
    assert done.status == 2
    assert told in done.err
    assert Path("a.ris").read_text(encoding="utf-8") == RIS


def test_a_report_that_cannot_be_written_is_wrong_usage_and_no_bug(household: Household, files: Path) -> None:
    name = "r" * 250 + ".csv"
    done = household.litwatch("dedupe", "a.ris", "--report", name)
    assert (done.status, f"{name} cannot be written" in " ".join(done.err.split())) == (2, True)


def test_a_device_is_written_to_as_it_is(household: Household, files: Path) -> None:
    assert household.litwatch("dedupe", "a.ris", "--report", "/dev/null").status == 0
    assert not Path("/dev/null").is_file()


TIED = """PMID- 101
TI  - An early report of sesame
FAU - Roe, Anna
DP  - 2020
PT  - Preprint
UIN - Invent J. 2021. PMID: 102

PMID- 102
TI  - Sesame against an invented swelling of the ankle
FAU - Roe, Anna
DP  - 2021
PT  - Journal Article
"""


def test_a_preprint_and_its_article_are_joined_by_pubmeds_link(household: Household) -> None:
    (household.folder / "two.nbib").write_text(TIED, encoding="utf-8")

    done = household.litwatch("dedupe", "two.nbib", "--report", "report.csv")

    assert done.status == 0
    assert "2 entries, 1 work, 1 duplicate" in done.err
    assert "linked preprint" in (household.folder / "report.csv").read_text(encoding="utf-8-sig")

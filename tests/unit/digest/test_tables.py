import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.digest.tables import RECORD_COLUMNS, STUDY_COLUMNS, csv_table, records_csv, studies_csv
from litwatch.library.formula import spreadsheet_safe
from litwatch.model.identity import Standing
from tests.builders import a_card, a_finding, a_record, a_resolution
from tests.builders_digest import a_baseline, a_news_issue


def read_back(body: bytes) -> pd.DataFrame:
    return pd.read_csv(BytesIO(body), encoding="utf-8", dtype=str, keep_default_na=False)


def test_a_study_is_one_row_with_every_column() -> None:
    table = read_back(studies_csv(a_news_issue().studies))
    assert tuple(table.columns) == STUDY_COLUMNS
    assert list(table["pmid"]) == [card.finding.pmid for card in a_news_issue().studies]
    trial = table.iloc[1]
    assert trial["authors"] == "Żółć K; Ñame L"
    assert trial["claims"] == "C1; C2; C4"
    assert trial["terms"] == "TNF-α; kynurenine; quinolinic acid; pain score; CRPS"
    assert trial["stances"] == "C1: unclear; C2: challenges; C4: supports"
    assert trial["directions"] == "kynurenine: no difference; pain score: decrease"
    assert (trial["level"], trial["sample_size"], table.iloc[0]["sample_size"]) == ("2", "62", "")
    assert trial["rationale"].startswith("C1: TNF-α was 4.1")
    assert (table.iloc[3]["retracted"], table.iloc[2]["standing"]) == ("True", "unsure")
    assert (table.iloc[4]["conclusion"], table.iloc[4]["conclusion_is_paraphrase"]) == ("", "")


def test_every_row_of_a_large_baseline_is_there() -> None:
    assert len(read_back(studies_csv(a_baseline(1000).studies))) == 1000


def test_a_work_appraised_anew_tells_what_it_was() -> None:
    card = replace(a_card(resolution=a_resolution(standing=Standing.UPDATED)), previous_design="unclear")
    row = read_back(studies_csv((card,))).iloc[0]
    assert (row["standing"], row["previous_design"]) == ("updated", "unclear")


def test_the_file_opens_in_a_spreadsheet_as_utf_8() -> None:
    assert studies_csv(()).startswith(b"\xef\xbb\xbfpmid,")
    assert "\ufeff" not in records_csv([a_record()]), "a byte order mark is for files, not for pipes"


def test_a_table_without_rows_is_its_header_and_loads_no_pandas() -> None:
    program = (
        "import sys\n"
        "from litwatch.digest.render import render_digest\n"
        "from tests.builders_digest import an_empty_issue\n"
        "print(render_digest(an_empty_issue(), ())[3].body.decode('utf-8-sig'), 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == ",".join(STUDY_COLUMNS) + "\n False\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_cell_that_would_be_a_formula_is_made_text(start: str) -> None:
    title = f'{start}HYPERLINK("https://example.org","click")'
    card = a_card(title=title, authors=(title,), finding=a_finding(species=title))
    row = read_back(studies_csv((card,))).iloc[0]
    assert {row["title"], row["authors"], row["species"]} == {f"'{title}"}


@given(st.text(max_size=20))
@settings(max_examples=100)
def test_no_text_starts_a_formula_and_none_is_lost(text: str) -> None:
    safe = spreadsheet_safe(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in (text, f"'{text}")


def test_numbers_stay_numbers() -> None:
    assert csv_table(("n", "x"), [(-1, 0.5)]) == "n,x\n-1,0.5\n"


def test_a_record_is_one_row_with_every_column() -> None:
    table = pd.read_csv(StringIO(records_csv([a_record(title="A title, with a comma")])), dtype=str)
    assert tuple(table.columns) == RECORD_COLUMNS
    row = table.iloc[0]
    assert (row["title"], row["mesh"], row["published"]) == ("A title, with a comma", "Ketamine", "2011-02")
    assert "Ketamine lowered interleukin-6" in row["abstract"]

"""Tables for spreadsheets, under headers that ``table_reader`` knows."""

import csv
import io
from collections.abc import Sequence

from litwatch.library.formula import spreadsheet_safe
from litwatch.library.notes import noted
from litwatch.library.ris_writer import author_text
from litwatch.library.text import one_line
from litwatch.model.library import Description

COLUMNS = (
    *("Title", "Authors", "Year", "Published", "Journal", "Journal abbreviation", "Volume", "Issue", "Pages", "DOI"),
    *("PMID", "PMCID", "URL", "Type", "Editors", "Publisher", "Place", "Edition", "ISSN", "Language", "Abstract"),
    *("Keywords", "Original title", "Database", "Notes"),
)


def write_csv(described: Sequence[Description]) -> str:
    """A header and one row each, parted by commas; lists inside a cell by semicolons."""
    return table_text(COLUMNS, [_row(each) for each in described])


def write_tsv(described: Sequence[Description]) -> str:
    """As ``write_csv``, parted by tabs."""
    return table_text(COLUMNS, [_row(each) for each in described], separator="\t")


def table_text(columns: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """A table whose cells no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _row(described: Description) -> list[str]:
    date = described.published
    authors = [author_text(author) for author in described.authors]
    cells = (
        *(described.title, "; ".join([*authors, *([] if described.authors_complete else ["et al."])])),
        *(str(date.year) if date else described.undated, (date.as_printed or str(date)) if date else ""),
        *(described.journal, described.abbreviation),
        *(described.volume, described.issue, described.pages, described.doi, described.pmid, described.pmcid),
        *(described.url, described.kind.value, "; ".join(author_text(editor) for editor in described.editors)),
        *(described.publisher, described.place, described.edition, described.issn, described.language),
        *(described.abstract, "; ".join(described.keywords), described.original_title, described.source),
        noted(described.other),
    )
    return [one_line(cell or "") for cell in cells]

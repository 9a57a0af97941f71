"""Tables for spreadsheets and for pandas: one row per study, or one per record.

Cells that a spreadsheet would take for a formula get an apostrophe in front, as OWASP advises against CSV injection.
``digest.csv`` is UTF-8 with a byte order mark: without it Excel reads Greek letters and accents as Windows-1252, and
``pandas.read_csv`` and Python's ``utf-8-sig`` skip it. pandas is loaded only when there are rows.
"""

from collections.abc import Iterable, Sequence

from litwatch.digest.bibliography import date_of, title_of
from litwatch.digest.links import pubmed_url
from litwatch.library.formula import spreadsheet_safe
from litwatch.model.digest import StudyCard
from litwatch.model.finding import DetailKind
from litwatch.model.record import Record

Cell = str | int | float | bool | None

STUDY_COLUMNS = (
    "pmid", "standing", "title", "authors", "journal", "published", "doi", "pmcid", "language",
    "design", "level", "population", "species", "sample_size", "retracted", "claims", "terms", "stances", "directions",
    "conclusion", "conclusion_is_paraphrase", "rationale", "rank", "relevance", "ranked_low",
    "why_here", "why_design", "why_population", "why_relevance", "previous_design", "work", "url",
)  # fmt: skip

RECORD_COLUMNS = (
    "pmid", "title", "authors", "journal", "published", "volume", "issue", "pages", "doi", "pmcid",
    "language", "publication_types", "mesh", "keywords", "registry_numbers", "status",
    "abstract", "abstract_is_paraphrase", "url",
)  # fmt: skip

_BOM = "\ufeff"


def studies_csv(cards: Sequence[StudyCard]) -> bytes:
    """``digest.csv``: a header, then one row per study in the order given; lists are joined by semicolons."""
    text = _BOM + csv_table(STUDY_COLUMNS, (_study_row(card) for card in cards))
    return text.encode("utf-8", errors="replace")


def records_csv(records: Sequence[Record]) -> str:
    """A header, then one row per record in the order given; lists are joined by semicolons."""
    return csv_table(RECORD_COLUMNS, (_record_row(record) for record in records))


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV with a header; every text cell is safe to open in a spreadsheet."""
    safe = [[spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    if not safe:
        return ",".join(columns) + "\n"
    from pandas import DataFrame

    return DataFrame(safe, columns=list(columns), dtype=object).to_csv(index=False, lineterminator="\n")


def _study_row(card: StudyCard) -> tuple[Cell, ...]:
    finding = card.finding
    conclusion, relevance = finding.conclusion, finding.relevance
    return (
        finding.pmid,
        card.resolution.standing.value,
        card.title,
        "; ".join(card.authors),
        card.journal,
        card.published,
        card.doi,
        card.pmcid,
        card.language,
        finding.design.value,
        finding.level,
        finding.population.value,
        finding.species,
        next((detail.value for detail in finding.details if detail.kind is DetailKind.SAMPLE), None),
        finding.retracted,
        "; ".join(bearing.claim for bearing in finding.bearings),
        "; ".join(dict.fromkeys(term for bearing in finding.bearings for term in bearing.terms)),
        "; ".join(f"{bearing.claim}: {bearing.stance}" for bearing in finding.bearings),
        "; ".join(f"{told.outcome}: {told.direction}" for told in finding.directions),
        conclusion.text if conclusion else None,
        conclusion.is_paraphrase if conclusion else None,
        "; ".join(f"{bearing.claim}: {bearing.rationale.text}" for bearing in finding.bearings),
        finding.rank,
        relevance.score if relevance else None,
        card.is_low,
        card.resolution.because.evidence,
        finding.design_because.evidence,
        finding.population_because.evidence,
        relevance.because.evidence if relevance else None,
        card.previous_design,
        finding.work,
        pubmed_url(finding.pmid),
    )


def _record_row(record: Record) -> tuple[Cell, ...]:
    journal = record.journal
    return (
        record.pmid,
        title_of(record),
        "; ".join(author.printed for author in record.authors),
        journal.title or journal.abbreviation,
        date_of(record),
        journal.volume,
        journal.issue,
        journal.pages,
        record.doi,
        record.pmcid,
        "; ".join(record.languages),
        "; ".join(kind.name for kind in record.publication_types),
        "; ".join(heading.name for heading in record.mesh),
        "; ".join(record.keywords),
        "; ".join(f"{number.databank} {number.accession}" for number in record.registry_numbers),
        record.status,
        record.abstract_text,
        record.is_paraphrase,
        pubmed_url(record.pmid),
    )

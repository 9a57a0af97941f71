"""Records in the formats that other tools read: RIS, BibTeX, CSL-JSON, MEDLINE (nbib), CSV, JSON, and bare PMIDs.

Unlike a digest these hold abstracts, as PubMed's own exports do; a paraphrase is marked as one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal

from litwatch.digest.bibliography import abstract_of
from litwatch.digest.medline import medline_text
from litwatch.digest.tables import records_csv
from litwatch.library.records import describe_record
from litwatch.library.write import WRITERS
from litwatch.model.dates import PartialDate
from litwatch.model.record import Record

Format = Literal["ris", "bibtex", "csl", "nbib", "csv", "json", "pmid"]


def format_records(records: Sequence[Record], fmt: Format) -> str:
    """The records, in the order given, as text in ``fmt``; of no record only CSV's header and JSON's brackets stay.

    RIS, BibTeX and CSL-JSON are what a library's writers make of them; nbib carries PubMed's own tags; CSV and JSON
    are UTF-8 without a byte order mark, JSON being every field of the record under the names of
    ``litwatch.model.record``.
    """
    return _WRITERS[fmt](records)


def _library_text(ending: str) -> Callable[[Sequence[Record]], str]:
    """Writes a library of the format that a file's ``ending`` names; of a paraphrase it is said that it is one."""
    return lambda records: WRITERS[ending](
        [replace(describe_record(record), abstract=abstract_of(record)) for record in records]
    )


def _json_text(records: Sequence[Record]) -> str:
    lines = [json.dumps(_plain(record), ensure_ascii=False) for record in records]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _pmid_lines(records: Sequence[Record]) -> str:
    return "".join(f"{record.pmid}\n" for record in records)


def _plain(value: object) -> Any:
    """A value of the model as JSON knows it: values with names as objects, dates as far as known."""
    if isinstance(value, PartialDate):
        return value.as_printed or str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        names: tuple[str, ...] | None = getattr(value, "_fields", None)
        plain = [_plain(each) for each in value]
        return dict(zip(names, plain, strict=True)) if names else plain
    return value


_WRITERS: Mapping[Format, Callable[[Sequence[Record]], str]] = {
    "ris": _library_text(".ris"),
    "bibtex": _library_text(".bib"),
    "csl": _library_text(".json"),
    "nbib": medline_text,
    "csv": records_csv,
    "json": _json_text,
    "pmid": _pmid_lines,
}

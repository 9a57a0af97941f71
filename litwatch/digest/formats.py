"""Records in the formats that other tools read: RIS, MEDLINE (nbib), CSV, JSON, and bare PMIDs.

Unlike a digest these hold abstracts, as PubMed's own exports do; a paraphrase is marked as one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal

from litwatch.digest.medline import medline_text
from litwatch.digest.ris import ris_text
from litwatch.digest.tables import records_csv
from litwatch.model.dates import PartialDate
from litwatch.model.record import Record

Format = Literal["ris", "nbib", "csv", "json", "pmid"]


def format_records(records: Sequence[Record], fmt: Format) -> str:
    """The records, in the order given, as text in ``fmt``; of no record only CSV's header and JSON's brackets stay.

    RIS lists as references with ``AN`` the PMID; nbib carries PubMed's own tags; CSV and JSON are UTF-8 without a
    byte order mark, JSON being every field of the record under the names of ``litwatch.model.record``.
    """
    return _WRITERS[fmt](records)


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
    "ris": ris_text,
    "nbib": medline_text,
    "csv": records_csv,
    "json": _json_text,
    "pmid": _pmid_lines,
}

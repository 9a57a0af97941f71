"""Records in RIS."""

from collections.abc import Sequence
from dataclasses import replace

from litwatch.digest.bibliography import abstract_of
from litwatch.library.records import describe_record
from litwatch.library.ris_writer import write_ris
from litwatch.model.record import Record


def ris_text(records: Sequence[Record]) -> str:
    """One reference for each record; of a paraphrase it is said that it is one."""
    return write_ris([replace(describe_record(record), abstract=abstract_of(record)) for record in records])

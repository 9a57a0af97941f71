"""What a batch holds of the ids that it was asked for: every one of them is read, or accounted for as unread."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import NamedTuple

from litwatch.errors import MalformedBatch
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Parsed, Record, UnparsableRecord
from litwatch.model.search import FailedBatch, RawBatch
from litwatch.pubmed.records import parse_records


class Lack(Enum):
    """Why an id is unread."""

    PENDING = "pending"
    UNPARSABLE = "unparsable"
    MISSING = "missing"


class Unread(NamedTuple):
    """Why an id is unread, and the same in words for a person."""

    lack: Lack
    reason: str


_NOT_SENT = Unread(Lack.MISSING, "asked for, but PubMed did not send it")
_ONE_OF_THESE = Unread(Lack.UNPARSABLE, "not sent, or one of the records in the reply whose PMID cannot be read")


@dataclass(frozen=True, slots=True)
class BatchRead:
    """The ``records`` in the order asked, each in the latest version sent, and why each other id is ``unread``."""

    records: Mapping[Pmid, Parsed]
    unread: Mapping[Pmid, Unread]


def read_batch(batch: RawBatch | FailedBatch) -> BatchRead:
    """Read what was asked for; records that nobody asked for are passed over."""
    if isinstance(batch, FailedBatch):
        reason = f"could not be fetched now: {batch.reason}"
        return BatchRead({}, dict.fromkeys(batch.asked, Unread(Lack.PENDING, reason)))
    sent: dict[Pmid | None, Parsed] = {}
    absent = _NOT_SENT
    try:
        for parsed in parse_records(BytesIO(batch.body)):
            before = sent.get(parsed.value.pmid)
            if before is None or _order(before) < _order(parsed):
                sent[parsed.value.pmid] = parsed
    except MalformedBatch as error:
        absent = Unread(Lack.PENDING, f"could not be read now: {error}")
    else:
        if None in sent:
            absent = _ONE_OF_THESE
    asked = {pmid: sent.get(pmid) for pmid in batch.asked}
    return BatchRead(
        records={pmid: told for pmid, told in asked.items() if told and isinstance(told.value, Record)},
        unread={
            pmid: _why(told, absent) for pmid, told in asked.items() if not (told and isinstance(told.value, Record))
        },
    )


def _why(told: Parsed | None, absent: Unread) -> Unread:
    """Why an id is unread of which the reply holds ``told``, which is no record."""
    if told is None:
        return absent
    if isinstance(told.value, UnparsableRecord):
        return Unread(Lack.UNPARSABLE, f"could not be parsed: {told.value.reason}")
    return _NOT_SENT


def _order(parsed: Parsed) -> int:
    """Of two that share a PMID the later version counts; one that can be read before one that cannot."""
    return parsed.value.version if isinstance(parsed.value, Record) else 0

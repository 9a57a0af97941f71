"""What one run remembers, promises and tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from litwatch.model.digest import Delivery, Digest, IssueSummary, Receipt, Rendition
from litwatch.model.finding import Finding, Notice
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import KnownWork, ReferenceMatch, Resolution, Standing


class LedgerEntry(NamedTuple):
    """A record that a watch has accounted for, once and for all. ``issue`` is where its work was announced."""

    pmid: Pmid
    work: str
    standing: Standing
    first_seen: datetime
    issue: int


@dataclass(frozen=True, slots=True)
class RunCommit:
    """WRITE 2: all that a finished run remembers and promises, in one transaction or not at all.

    ``reread`` are records of the ledger that were read again. ``released`` are those that leave it before ``ledger``
    comes in: they were kept back as cited and are not, so that they can be reported after all.
    """

    watch: str
    run_id: str
    started_at: datetime
    digest: Digest
    ledger: tuple[LedgerEntry, ...]
    works: tuple[KnownWork, ...]
    resolutions: tuple[Resolution, ...]
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    references: tuple[ReferenceMatch, ...]
    renditions: tuple[Rendition, ...]
    deliveries: tuple[Delivery, ...]
    reread: tuple[Pmid, ...] = ()
    released: tuple[Pmid, ...] = ()


class LastRun(NamedTuple):
    """When a watch last ran to its end, whether it could search, and its latest issue (None before the first)."""

    watch: str
    finished_at: datetime
    could_search: bool
    issue: int | None


RunState = Literal["done", "incomplete", "could not search", "held by another run", "failed"]
"""How a run ended; "failed" is an error of the store or the configuration, told by whoever started the run."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a caller is told of one run of one watch. ``digest`` is None when another run holds the watch."""

    watch: str
    state: RunState
    digest: Digest | None
    summary: IssueSummary | None
    receipts: tuple[Receipt, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    detail: str = ""

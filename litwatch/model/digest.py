"""A digest: one issue of a watch, ready to be rendered, and what becomes of its renditions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from litwatch.model.claim_state import ClaimState
from litwatch.model.finding import Finding, Notice
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.identity import ReferenceMatch, Resolution
from litwatch.model.search import SearchResult
from litwatch.model.watch import Watch

DigestKind = Literal["baseline", "news", "could not search"]


class Excluded(NamedTuple):
    """An id that was found and is not reported as a study, and why."""

    pmid: Pmid | None
    reason: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Where every identified id went. A Flow that does not add up is a ValueError.

    ``identified`` = ``seen`` + ``cited`` + ``duplicates`` + ``unparsable`` + ``missing`` + ``pending`` + ``reported``.
    ``seen`` were accounted for on an earlier run; ``cited`` are the article's own references, whenever they were
    found; ``duplicates`` are further records of a work already known; ``missing`` were asked for and not sent;
    ``pending`` could not be fetched now and are asked for again next time.
    """

    identified: int
    seen: int
    cited: int
    duplicates: int
    unparsable: int
    missing: int
    pending: int
    reported: int

    def __post_init__(self) -> None:
        parts = self.seen + self.cited + self.duplicates + self.unparsable + self.missing + self.pending + self.reported
        if parts != self.identified:
            raise ValueError(f"{self.identified} ids identified, but {parts} accounted for: {self}")

    @property
    def is_complete(self) -> bool:
        """Whether every identified id was read."""
        return not (self.unparsable or self.missing or self.pending)


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A reported work: what PubMed says of it that a reader needs, and what was found in it.

    ``resolution`` says why it is here; ``previous_design`` is set when a known work was appraised anew and changed.
    """

    finding: Finding
    resolution: Resolution
    title: str
    authors: tuple[str, ...]
    journal: str
    published: str
    doi: Doi | None
    pmcid: Pmcid | None
    language: str
    has_paraphrase: bool
    previous_design: str = ""

    @property
    def is_low(self) -> bool:
        """Whether it is ranked low by what persons decided, and told in brief at the end."""
        return self.finding.relevance is not None and self.finding.relevance.is_low


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice with the work that it befalls.

    ``concerns`` says why the work is watched: "cited for C1", "used in the article, reported in issue 1".
    """

    notice: Notice
    title: str
    concerns: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One issue. ``source_note`` is what a reader must be told of the embedded sample, empty for real records.

    ``number`` is None when nothing could be searched; then ``failure`` says why and ``search`` is None.

    ``studies`` are all reported works in the order in which to read them. ``previous`` is when the issue before this
    one was made. ``states`` say how the evidence on each claim stands, in the order of the article.
    """

    watch: Watch
    kind: DigestKind
    number: int | None
    made_at: datetime
    previous: datetime | None
    search: SearchResult | None
    flow: Flow | None
    notices: tuple[NoticeCard, ...] = ()
    studies: tuple[StudyCard, ...] = ()
    updated: tuple[StudyCard, ...] = ()
    references: tuple[ReferenceMatch, ...] = ()
    unread: tuple[Excluded, ...] = ()
    states: tuple[ClaimState, ...] = ()
    failure: str = ""
    source_note: str = ""

    @property
    def is_sample(self) -> bool:
        """Whether the records are the embedded sample's."""
        return bool(self.source_note)


class Rendition(NamedTuple):
    """A digest in one format. ``name`` is a path relative to the folder of the watch, with forward slashes."""

    name: str
    media_type: str
    body: bytes


class IssueSummary(NamedTuple):
    """A line of the index over the issues of a watch."""

    number: int
    kind: DigestKind
    made_at: datetime
    reported: int
    notices: int
    is_complete: bool


class Delivery(NamedTuple):
    """A promise to bring one issue to one target. The four together are its key."""

    watch: str
    issue: int
    sink: str
    target: str

    @property
    def key(self) -> str:
        """Names the delivery wherever a repeat must be recognised."""
        return f"{self.watch}/{self.issue}/{self.sink}/{self.target}"

    @property
    def token(self) -> str:
        """The key as a word of 32 hexadecimal digits that does not give the target away."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


class Tries(NamedTuple):
    """How often a delivery was tried in vain, and when last."""

    number: int
    last: datetime


class Receipt(NamedTuple):
    """What became of a try to deliver."""

    delivery: Delivery
    state: Literal["delivered", "pending", "refused"]
    at: datetime
    detail: str

"""What needs a person's attention: claims with signals, notices, references not identified, doubts, what is unread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from litwatch.digest.compose import unsettled_references
from litwatch.model.claim_state import SignalKind, SignalWork, UpdateSignal
from litwatch.model.digest import Digest, NoticeCard, StudyCard
from litwatch.model.finding import NoticeKind
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceMatch, Standing
from litwatch.model.watch import CitedReference, Claim, Watch

LISTED = 20
"""How many notices of a kind, doubtful works, reasons for unread records, and ids of a reason are listed."""

MINOR_LISTED = 5
"""How many minor notices of a kind a baseline lists: among thousands of works many have been corrected at some time."""

SIGNAL_WORKS = 5
"""How many works of a signal are listed, best rank first."""

Tone = Literal["alarm", "care", "calm"]

TONES: Mapping[NoticeKind, Tone] = {
    NoticeKind.RETRACTION: "alarm",
    NoticeKind.CONCERN: "care",
    NoticeKind.WITHDRAWN: "care",
}
"""How loudly a notice is told; what is not named here is minor."""

SIGNAL_TONES: Mapping[SignalKind, Tone] = {
    SignalKind.CITED_RETRACTED: "alarm",
    SignalKind.HARM: "alarm",
    SignalKind.META_ANALYSIS: "calm",
}
"""How loudly a signal is told; what is not named here is told with care."""

T = TypeVar("T")


class Listing(NamedTuple, Generic[T]):
    """The first of many, and how many more there are."""

    shown: tuple[T, ...]
    more: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return len(self.shown) + self.more


class NoticeGroup(NamedTuple):
    """The notices of one kind, those on cited works first."""

    kind: NoticeKind
    tone: Tone
    cards: Listing[NoticeCard]


class SignalLine(NamedTuple):
    """A signal with the first of the works that give it."""

    signal: UpdateSignal
    tone: Tone
    works: Listing[SignalWork]


class SignalledClaim(NamedTuple):
    """A claim that calls for a person, and why; None stands for the article, whatever it claims."""

    claim: Claim | None
    signals: tuple[SignalLine, ...]


class UnreadGroup(NamedTuple):
    """The records that could not be read for one reason; an id is None where even that is unreadable."""

    reason: str
    pmids: Listing[Pmid | None]


class ReferenceLine(NamedTuple):
    """A cited reference as the article writes it, and what is known of it."""

    reference: CitedReference
    match: ReferenceMatch


@dataclass(frozen=True, slots=True)
class Attention:
    """What a reader must look at first."""

    claims: tuple[SignalledClaim, ...]
    notices: tuple[NoticeGroup, ...]
    retracted: Listing[StudyCard]
    references: tuple[ReferenceLine, ...]
    doubtful: Listing[StudyCard]
    unread: Listing[UnreadGroup]
    warnings: tuple[str, ...]

    @property
    def is_needed(self) -> bool:
        """Whether anything needs attention at all."""
        lists = (
            self.claims,
            self.notices,
            self.retracted.shown,
            self.references,
            self.doubtful.shown,
            self.unread.shown,
        )
        return any(lists) or bool(self.warnings)


def first_of(things: Sequence[T], limit: int) -> Listing[T]:
    """The first ``limit`` of ``things``."""
    return Listing(tuple(things[:limit]), max(0, len(things) - limit))


def find_attention(digest: Digest) -> Attention:
    """What of ``digest`` a reader must look at first."""
    noticed = {card.notice.pmid for card in digest.notices if card.notice.kind is NoticeKind.RETRACTION}
    retracted = [card for card in digest.studies if card.finding.retracted and card.finding.pmid not in noticed]
    doubtful = [card for card in digest.studies if card.resolution.standing is Standing.UNSURE]
    return Attention(
        claims=_signalled_claims(digest),
        notices=_notice_groups(digest),
        retracted=first_of(retracted, LISTED),
        references=reference_lines(digest.watch, unsettled_references(digest)),
        doubtful=first_of(doubtful, LISTED),
        unread=_unread_groups(digest),
        warnings=digest.search.warnings if digest.search else (),
    )


def _signalled_claims(digest: Digest) -> tuple[SignalledClaim, ...]:
    claims = {claim.id: claim for claim in digest.watch.claims}
    return tuple(
        SignalledClaim(claims.get(state.claim), tuple(map(_signal_line, state.signals)))
        for state in digest.states
        if state.signals
    )


def _signal_line(signal: UpdateSignal) -> SignalLine:
    return SignalLine(signal, SIGNAL_TONES.get(signal.kind, "care"), first_of(signal.works, SIGNAL_WORKS))


def _notice_groups(digest: Digest) -> tuple[NoticeGroup, ...]:
    """Graver kinds first, as ``NoticeKind`` lists them."""
    groups = []
    for kind in NoticeKind:
        cards = [card for card in digest.notices if card.notice.kind is kind]
        cards.sort(key=lambda card: not card.concerns.startswith(("cited", "used")))
        tone = TONES.get(kind, "calm")
        limit = MINOR_LISTED if tone == "calm" and digest.kind == "baseline" else LISTED
        if cards:
            groups.append(NoticeGroup(kind, tone, first_of(cards, limit)))
    return tuple(groups)


def _unread_groups(digest: Digest) -> Listing[UnreadGroup]:
    reasons: dict[str, list[Pmid | None]] = {}
    for pmid, reason in digest.unread:
        reasons.setdefault(reason, []).append(pmid)
    return first_of([UnreadGroup(reason, first_of(pmids, LISTED)) for reason, pmids in reasons.items()], LISTED)


def reference_lines(watch: Watch, matches: Iterable[ReferenceMatch]) -> tuple[ReferenceLine, ...]:
    """Each match with the reference of the watch that it answers."""
    written = {reference.id: reference for reference in watch.references}
    return tuple(
        ReferenceLine(written.get(match.reference) or CitedReference(match.reference, ""), match) for match in matches
    )

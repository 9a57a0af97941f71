"""What a digest shows, in which order and how much of it: the one outline that HTML and Markdown both follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from litwatch.digest.compose import (
    count_evidence,
    group_by_claim,
    settled_references,
    summary_sentence,
    unsettled_references,
)
from litwatch.digest.phrases import counted, counted_design
from litwatch.model.digest import Digest, DigestKind, Flow, NoticeCard, StudyCard
from litwatch.model.finding import NoticeKind, Population, StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceMatch, Standing
from litwatch.model.watch import CitedReference, Claim, Watch

IN_FULL: Mapping[DigestKind, int] = {"baseline": 25, "news": 100, "could not search": 0}
"""How many works have a card of their own, best rank first: a baseline shall not flood anyone."""

IN_BRIEF = 100
"""How many of the others have a line of their own; CSV and JSON hold all."""

LISTED = 20
"""How many notices of a kind, doubtful works, reasons for unread ids, and ids of a reason are listed."""

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
    """The notices of one kind."""

    kind: NoticeKind
    cards: Listing[NoticeCard]


class UnreadGroup(NamedTuple):
    """The ids that could not be read for one reason; an id is None where even that is unreadable."""

    reason: str
    pmids: Listing[Pmid | None]


class ReferenceLine(NamedTuple):
    """A cited reference as the article writes it, and what is known of it."""

    reference: CitedReference
    match: ReferenceMatch


@dataclass(frozen=True, slots=True)
class Attention:
    """What a reader must look at first."""

    notices: tuple[NoticeGroup, ...]
    retracted: Listing[StudyCard]
    references: tuple[ReferenceLine, ...]
    doubtful: Listing[StudyCard]
    unread: Listing[UnreadGroup]
    warnings: tuple[str, ...]

    @property
    def is_needed(self) -> bool:
        """Whether anything needs attention at all."""
        lists = (self.notices, self.retracted.shown, self.references, self.doubtful.shown, self.unread.shown)
        return any(lists) or bool(self.warnings)


class CrossReference(NamedTuple):
    """A work that bears on this claim too, and the claim under which its card stands."""

    card: StudyCard
    home: str


@dataclass(frozen=True, slots=True)
class ClaimOutline:
    """A claim: ``line`` counts all works that bear on it, ``cards`` and ``cross_references`` show those in full.

    ``anchor`` names its place in a page.
    """

    claim: Claim
    anchor: str
    works: int
    line: str
    cards: tuple[StudyCard, ...]
    cross_references: tuple[CrossReference, ...]


class EvidenceRow(NamedTuple):
    """The number of works of a design, one number for each column of the table."""

    design: StudyDesign
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """Works by population and design (rows) and by claim, without a claim, and in all (columns)."""

    columns: tuple[str, ...]
    populations: tuple[tuple[Population, tuple[EvidenceRow, ...]], ...]
    totals: tuple[int, ...]
    retracted: tuple[int, ...]


class FlowLine(NamedTuple):
    """A line of the flow table."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A digest as it is shown. ``in_brief`` are the works without a card, ``unclaimed`` those that bear on no claim."""

    digest: Digest
    summary: str
    attention: Attention
    claims: tuple[ClaimOutline, ...]
    unclaimed: tuple[StudyCard, ...]
    unclaimed_works: int
    cards_in_full: int
    in_brief: Listing[StudyCard]
    evidence: EvidenceTable | None
    flow: tuple[FlowLine, ...]
    settled: tuple[ReferenceLine, ...]


def outline_digest(digest: Digest) -> Outline:
    """Everything that is shown of a digest that could search."""
    claims = digest.watch.claims
    limit = IN_FULL[digest.kind]
    in_full, others = digest.studies[:limit], digest.studies[limit:]
    groups = group_by_claim(digest.studies, claims)
    unclaimed = _unclaimed(digest.studies, claims)
    columns = (*groups.items(), ("no claim", unclaimed), ("all", digest.studies))
    return Outline(
        digest=digest,
        summary=summary_sentence(digest),
        attention=_attention(digest),
        claims=_outline_claims(digest, groups, in_full),
        unclaimed=_unclaimed(in_full, claims),
        unclaimed_works=len(unclaimed),
        cards_in_full=len(in_full),
        in_brief=_first(others, IN_BRIEF),
        evidence=_evidence_table(columns) if digest.kind == "baseline" and digest.studies else None,
        flow=flow_lines(digest.flow) if digest.flow else (),
        settled=_reference_lines(digest.watch, settled_references(digest)),
    )


def flow_lines(flow: Flow) -> tuple[FlowLine, ...]:
    """Where the identified ids went; the numbers add up to ``flow.identified``."""
    return (
        FlowLine("accounted for by an earlier run", flow.seen),
        FlowLine("cited by the article itself", flow.cited),
        FlowLine("further records of a known work (duplicates)", flow.duplicates),
        FlowLine("could not be parsed", flow.unparsable),
        FlowLine("asked for, but not sent (missing)", flow.missing),
        FlowLine("could not be fetched now; the next run asks again (pending)", flow.pending),
        FlowLine("reported in this issue", flow.reported),
    )


def claim_line(cards: Sequence[StudyCard], kind: DigestKind) -> str:
    """How many works bear on a claim and what they are; never in which direction they point."""
    noun = "new work" if kind == "news" else "work"
    if not cards:
        return f"no {noun}"
    counts = count_evidence(cards)
    if kind == "baseline":
        people = {each: sum(n for (_, whom), n in counts.items() if whom is each) for each in Population}
        names = {Population.UNCLEAR: "population unclear"}
        parts = [f"{number:,} {names.get(each, each.value)}" for each, number in people.items() if number]
    else:
        parts = [counted_design(number, *which) for which, number in counts.items()]
    retracted = sum(card.finding.retracted for card in cards)
    return f"{counted(len(cards), noun)}: {', '.join(parts)}" + (f"; {retracted:,} of them retracted" * bool(retracted))


def _outline_claims(
    digest: Digest, groups: Mapping[str, Sequence[StudyCard]], in_full: Sequence[StudyCard]
) -> tuple[ClaimOutline, ...]:
    """The claims in the order of the article; a work has its card under the first claim that it bears on."""
    outlines = []
    home: dict[Pmid, str] = {}
    full_groups = group_by_claim(in_full, digest.watch.claims)
    for number, claim in enumerate(digest.watch.claims, 1):
        cards = full_groups[claim.id]
        at_home = tuple(card for card in cards if home.setdefault(card.finding.pmid, claim.id) == claim.id)
        elsewhere = (card for card in cards if home[card.finding.pmid] != claim.id)
        outlines.append(
            ClaimOutline(
                claim=claim,
                anchor=f"claim-{number}",
                works=len(groups[claim.id]),
                line=claim_line(groups[claim.id], digest.kind),
                cards=at_home,
                cross_references=tuple(CrossReference(card, home[card.finding.pmid]) for card in elsewhere),
            )
        )
    return tuple(outlines)


def _attention(digest: Digest) -> Attention:
    noticed = {card.notice.pmid for card in digest.notices if card.notice.kind is NoticeKind.RETRACTION}
    retracted = [card for card in digest.studies if card.finding.retracted and card.finding.pmid not in noticed]
    doubtful = [card for card in digest.studies if card.resolution.standing is Standing.UNSURE]
    by_kind = ((kind, [card for card in digest.notices if card.notice.kind is kind]) for kind in NoticeKind)
    return Attention(
        notices=tuple(NoticeGroup(kind, _first(cards, LISTED)) for kind, cards in by_kind if cards),
        retracted=_first(retracted, LISTED),
        references=_reference_lines(digest.watch, unsettled_references(digest)),
        doubtful=_first(doubtful, LISTED),
        unread=_unread_groups(digest),
        warnings=digest.search.warnings if digest.search else (),
    )


def _unread_groups(digest: Digest) -> Listing[UnreadGroup]:
    reasons: dict[str, list[Pmid | None]] = {}
    for pmid, reason in digest.unread:
        reasons.setdefault(reason, []).append(pmid)
    return _first([UnreadGroup(reason, _first(pmids, LISTED)) for reason, pmids in reasons.items()], LISTED)


def _reference_lines(watch: Watch, matches: Iterable[ReferenceMatch]) -> tuple[ReferenceLine, ...]:
    written = {reference.id: reference for reference in watch.references}
    return tuple(
        ReferenceLine(written.get(match.reference) or CitedReference(match.reference, ""), match) for match in matches
    )


def _unclaimed(cards: Iterable[StudyCard], claims: Sequence[Claim]) -> tuple[StudyCard, ...]:
    known = {claim.id for claim in claims}
    return tuple(card for card in cards if known.isdisjoint(bearing.claim for bearing in card.finding.bearings))


def _evidence_table(columns: Sequence[tuple[str, Sequence[StudyCard]]]) -> EvidenceTable:
    """The last column holds every work."""
    counts = [count_evidence(cards) for _, cards in columns]
    rows: dict[Population, list[EvidenceRow]] = {people: [] for people in Population}
    for design, people in counts[-1]:
        rows[people].append(EvidenceRow(design, tuple(count.get((design, people), 0) for count in counts)))
    return EvidenceTable(
        columns=tuple(name for name, _ in columns),
        populations=tuple((people, tuple(of_people)) for people, of_people in rows.items() if of_people),
        totals=tuple(len(cards) for _, cards in columns),
        retracted=tuple(sum(card.finding.retracted for card in cards) for _, cards in columns),
    )


def _first(things: Sequence[T], limit: int) -> Listing[T]:
    return Listing(tuple(things[:limit]), max(0, len(things) - limit))

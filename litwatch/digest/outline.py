"""What a digest shows, in which order and how much of it: the one outline that HTML and Markdown both follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from litwatch.digest.attention import Attention, Listing, ReferenceLine, find_attention, first_of, reference_lines
from litwatch.digest.compose import count_evidence, group_by_claim, settled_references, summary_sentence
from litwatch.digest.phrases import counted, counted_design
from litwatch.digest.stances import AGAINST_US, StateRow, moved_line, stance_on, standing_line, state_rows
from litwatch.model.claim_state import ClaimState
from litwatch.model.digest import Digest, DigestKind, Flow, StudyCard
from litwatch.model.finding import Population, StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.model.watch import Claim

NEWS_IN_FULL = 100
"""How many new works have a card of their own, first to be read first."""

BASELINE_IN_FULL = 25
"""A baseline of up to so many works shows each in full; a larger one shows the first few of each claim."""

OF_EACH_CLAIM = 5
"""How many works of a claim a larger baseline shows in full, first to be read first: it shall not flood anyone."""

IN_BRIEF = 100
"""How many of the others have a line of their own; CSV and JSON hold all."""


class CrossReference(NamedTuple):
    """A work that bears on this claim too, and the claim under which its card stands."""

    card: StudyCard
    home: str


@dataclass(frozen=True, slots=True)
class ClaimOutline:
    """A claim: ``line`` counts the works of this issue, ``cards`` and ``cross_references`` show those in full.

    ``stands`` and ``moved`` say how all known works stand and what has changed, ``rows`` are its evidence table.
    ``anchor`` names its place in a page.
    """

    claim: Claim
    anchor: str
    works: int
    line: str
    stands: str
    moved: str
    rows: tuple[StateRow, ...]
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
    """A digest as it is shown.

    ``ranked_low`` are the works that by what persons decided are told last; of the others ``in_brief`` have no card,
    and ``unclaimed`` bear on no claim.
    """

    digest: Digest
    summary: str
    attention: Attention
    claims: tuple[ClaimOutline, ...]
    unclaimed: tuple[StudyCard, ...]
    unclaimed_works: int
    cards_in_full: int
    in_brief: Listing[StudyCard]
    ranked_low: Listing[StudyCard]
    evidence: EvidenceTable | None
    flow: tuple[FlowLine, ...]
    settled: tuple[ReferenceLine, ...]


def outline_digest(digest: Digest) -> Outline:
    """Everything that is shown of a digest that could search."""
    claims = digest.watch.claims
    groups = group_by_claim(digest.studies, claims)
    to_read = tuple(card for card in digest.studies if not card.is_low)
    in_full = _in_full(digest.kind, to_read, group_by_claim(to_read, claims).values())
    shown = {card.finding.pmid for card in in_full}
    others = [card for card in to_read if card.finding.pmid not in shown]
    unclaimed = _unclaimed(digest.studies, claims)
    columns = (*groups.items(), ("no claim", unclaimed), ("all", digest.studies))
    return Outline(
        digest=digest,
        summary=summary_sentence(digest),
        attention=find_attention(digest),
        claims=_outline_claims(digest, groups, in_full),
        unclaimed=_unclaimed(in_full, claims),
        unclaimed_works=len(unclaimed),
        cards_in_full=len(in_full),
        in_brief=first_of(others, IN_BRIEF),
        ranked_low=first_of([card for card in digest.studies if card.is_low], IN_BRIEF),
        evidence=_evidence_table(columns) if digest.kind == "baseline" and digest.studies else None,
        flow=flow_lines(digest.flow) if digest.flow else (),
        settled=reference_lines(digest.watch, settled_references(digest)),
    )


def _in_full(
    kind: DigestKind, studies: tuple[StudyCard, ...], groups: Iterable[Sequence[StudyCard]]
) -> tuple[StudyCard, ...]:
    """The works that have a card of their own, in the order of the digest."""
    if kind == "news" or len(studies) <= BASELINE_IN_FULL:
        return studies[:NEWS_IN_FULL]
    first = {card.finding.pmid for cards in groups for card in cards[:OF_EACH_CLAIM]}
    return tuple(card for card in studies if card.finding.pmid in first)


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
    """How many works of an issue bear on a claim and what they are."""
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
    """The claims in the order of the article; a work has its card under the first claim that it bears on.

    Under a claim come first the works that challenge it or are mixed, in the order of the digest.
    """
    states = {state.claim: state for state in digest.states}
    outlines = []
    home: dict[Pmid, str] = {}
    full_groups = group_by_claim(in_full, digest.watch.claims)
    for number, claim in enumerate(digest.watch.claims, 1):
        state = states.get(claim.id, ClaimState(claim.id))
        cards = sorted(full_groups[claim.id], key=lambda card: stance_on(card, claim.id) not in AGAINST_US)
        at_home = tuple(card for card in cards if home.setdefault(card.finding.pmid, claim.id) == claim.id)
        elsewhere = (card for card in cards if home[card.finding.pmid] != claim.id)
        outlines.append(
            ClaimOutline(
                claim=claim,
                anchor=f"claim-{number}",
                works=len(groups[claim.id]),
                line=claim_line(groups[claim.id], digest.kind),
                stands=standing_line(state),
                moved=moved_line(state, (digest.number or 1) - 1),
                rows=state_rows(state),
                cards=at_home,
                cross_references=tuple(CrossReference(card, home[card.finding.pmid]) for card in elsewhere),
            )
        )
    return tuple(outlines)


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

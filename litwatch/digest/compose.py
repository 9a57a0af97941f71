"""From a record and what was found in it to the card that a digest shows, and from a digest to its summaries."""

from collections import Counter
from collections.abc import Iterable, Mapping

from litwatch.digest.bibliography import date_of, title_of
from litwatch.digest.phrases import NOTICE_WORDS, counted, long_date
from litwatch.model.digest import Digest, IssueSummary, NoticeCard, StudyCard
from litwatch.model.finding import Finding, NoticeKind, Population, StudyDesign
from litwatch.model.identity import ReferenceMatch, ReferenceState, Resolution
from litwatch.model.record import Record
from litwatch.model.watch import Claim

SETTLED = (ReferenceState.GIVEN, ReferenceState.RESOLVED)
"""The states in which the work that a cited reference means is known."""

CLAIMS_NAMED = 8
"""So many claims to look at again are named in one sentence; of more the rest is counted."""

EvidenceCounts = Mapping[tuple[StudyDesign, Population], int]
"""How many works there are of each design and population, strongest design first."""


def compose_card(record: Record, finding: Finding, resolution: Resolution, previous_design: str = "") -> StudyCard:
    """The card of a reported work: what a reader needs of ``record``, never its abstract.

    ``previous_design`` is given for a known work that was appraised anew.
    """
    return StudyCard(
        finding=finding,
        resolution=resolution,
        title=title_of(record),
        authors=tuple(author.printed for author in record.authors if author.printed),
        journal=record.journal.abbreviation or record.journal.title or (record.book.title if record.book else ""),
        published=date_of(record),
        doi=record.doi,
        pmcid=record.pmcid,
        language=", ".join(record.languages),
        has_paraphrase=record.is_paraphrase,
        previous_design=previous_design,
    )


def issue_summary(digest: Digest) -> IssueSummary | None:
    """The line of the index that stands for ``digest``; None for one that could not search."""
    if digest.number is None:
        return None
    return IssueSummary(
        number=digest.number,
        kind=digest.kind,
        made_at=digest.made_at,
        reported=len(digest.studies),
        notices=len(digest.notices),
        is_complete=not digest.unread and (digest.flow is None or digest.flow.is_complete),
    )


def count_evidence(cards: Iterable[StudyCard]) -> EvidenceCounts:
    """Works by design and population, in the order of the two enumerations."""
    counts = Counter((card.finding.design, card.finding.population) for card in cards)
    return {
        (design, people): counts[design, people]
        for design in StudyDesign
        for people in Population
        if counts[design, people]
    }


def group_by_claim(cards: Iterable[StudyCard], claims: Iterable[Claim]) -> Mapping[str, tuple[StudyCard, ...]]:
    """The cards that bear on each claim, in the order given; a card stands under every claim it bears on."""
    groups: dict[str, list[StudyCard]] = {claim.id: [] for claim in claims}
    for card in cards:
        for claim_id in {bearing.claim for bearing in card.finding.bearings} & groups.keys():
            groups[claim_id].append(card)
    return {claim_id: tuple(group) for claim_id, group in groups.items()}


def settled_references(digest: Digest) -> tuple[ReferenceMatch, ...]:
    """The cited references of which the work is known."""
    return tuple(match for match in digest.references if match.state in SETTLED)


def unsettled_references(digest: Digest) -> tuple[ReferenceMatch, ...]:
    """The cited references of which it is not known which work they mean."""
    return tuple(match for match in digest.references if match.state not in SETTLED)


def summary_sentence(digest: Digest) -> str:
    """One sentence on the whole issue: what is new, what needs attention, whether every record was read."""
    zone = digest.watch.schedule.timezone
    if digest.number is None or digest.flow is None:
        last = f"on {long_date(digest.previous, zone)}" if digest.previous else "never"
        return f"The search failed, so nothing is known of new works; last good search: {last}."
    low = sum(card.is_low for card in digest.studies)
    ranked_low = f", {low:,} of them ranked low" * bool(low)
    parts = [_works_reported(digest) + ranked_low, *_signalled(digest), *_notices_counted(digest.notices)]
    if digest.updated:
        parts.append(f"{counted(len(digest.updated), 'known work')} described more fully")
    if unsettled := unsettled_references(digest):
        parts.append(f"{counted(len(unsettled), 'cited reference')} not identified")
    if digest.unread:
        parts.append(f"{counted(len(digest.unread), 'record')} could not be read")
    elif digest.flow.identified == 1:
        parts.append("the one record found is accounted for")
    elif digest.flow.identified:
        parts.append(f"all {digest.flow.identified:,} records found are accounted for")
    else:
        parts.append("the search found no record")
    return "; ".join(parts) + "."


def _works_reported(digest: Digest) -> str:
    if digest.kind == "baseline":
        return f"{counted(len(digest.studies), 'work')} to start from"
    if digest.studies:
        return counted(len(digest.studies), "new work")
    if digest.previous is None:
        return "No new work"
    return f"Nothing new since {long_date(digest.previous, digest.watch.schedule.timezone)}"


def _signalled(digest: Digest) -> list[str]:
    """Such as "C1 and C4 to look at again"."""
    claims = [state.claim or "the article" for state in digest.states if state.signals]
    if len(claims) > CLAIMS_NAMED:
        claims[CLAIMS_NAMED - 1 :] = [f"{len(claims) - CLAIMS_NAMED + 1:,} more"]
    named = " and ".join(filter(None, (", ".join(claims[:-1]), *claims[-1:])))
    return [f"{named} to look at again"] if claims else []


def _notices_counted(notices: tuple[NoticeCard, ...]) -> list[str]:
    """Such as "1 retraction (work reported in issue 1)", graver kinds first."""
    counts = Counter(card.notice.kind for card in notices)
    phrases = []
    for kind in NoticeKind:
        if number := counts[kind]:
            concerns = {card.concerns for card in notices if card.notice.kind is kind}
            told = counted(number, *NOTICE_WORDS[kind])
            phrases.append(f"{told} (work {concerns.pop()})" if number == 1 else told)
    return phrases

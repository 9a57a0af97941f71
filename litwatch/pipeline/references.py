"""What the cited references of a watch mean: settled once, tried again while unsettled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from litwatch.errors import SourceError, SourceUnavailable
from litwatch.identity import candidate_queries, match_reference, narrowed_query
from litwatch.model.decided import Decided
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, ReferenceMatch, ReferenceState
from litwatch.model.record import Parsed, Record
from litwatch.model.watch import CitedReference, Watch
from litwatch.pipeline.batches import Lack, read_batch
from litwatch.pipeline.places import Places
from litwatch.pipeline.questions import Question, question_of
from litwatch.ports import Source, World

MAX_CANDIDATES = 2_000
"""Candidates read for one reference, four requests. A search for a letter and a year finds about a thousand on a topic
of the size of ketamine; one that finds more than this is narrowed by what the article says of the work."""

_NOTHING_DECIDED = Decided()
_SETTLED = (ReferenceState.GIVEN, ReferenceState.RESOLVED)


@dataclass(frozen=True, slots=True)
class References:
    """The cited references of a watch on one run.

    ``matches`` are all of them in the order of the article, ``settled`` those that were looked at now and shall be
    remembered, ``read`` the records that turned out to be cited, ``failures`` why some could not be looked up now.
    """

    matches: tuple[ReferenceMatch, ...]
    settled: tuple[ReferenceMatch, ...]
    read: tuple[Parsed, ...]
    failures: tuple[str, ...]

    @property
    def cited(self) -> Mapping[Pmid, str]:
        """PMID of each reference whose work is known → id of the reference."""
        return {match.pmid: match.reference for match in self.matches if match.pmid is not None}


def settle_references(
    watch: Watch,
    world: World,
    now: datetime,
    decided: Decided = _NOTHING_DECIDED,
    *,
    until: date | None,
    accounted: Collection[Pmid],
) -> References:
    """Look up the references that are new, changed or due for another try; what is settled costs no request.

    ``accounted`` is what the watch has read so far. A source that fails leaves a reference as it was before, to be
    looked up on the next run.
    """
    remembered = world.store.load_references(watch.name)
    before = now - timedelta(days=watch.reread_days)
    places = Places(world.source, watch.references)
    matches: list[ReferenceMatch] = []
    settled: list[ReferenceMatch] = []
    cited: dict[Pmid, Parsed] = {}
    failures: list[str] = []
    for reference in watch.references:
        match, matched_at = remembered.get(reference.id, (None, now))
        question = question_of(reference, watch, decided)
        is_open = match is None or match.state not in _SETTLED or match.pmid not in accounted
        if match is None or match.asked != question.asked or (is_open and matched_at <= before):
            try:
                rejected = frozenset(question.rejected)
                match, read = look_up_reference(
                    question.reference, watch.topic, world.source, until, rejected, places=places
                )
                match = question.answered(match)
                settled.append(match)
                cited.update(read)
            except SourceError as error:
                failures.append(f"{reference.id} could not be looked up: {error}")
                match = _left_as_it_was(question, match, error)
        matches.append(match)
    return References(tuple(matches), tuple(settled), tuple(cited.values()), tuple(failures))


def _left_as_it_was(question: Question, match: ReferenceMatch | None, error: SourceError) -> ReferenceMatch:
    """What is known without the source: the PMID that is given or accepted, else what was found before."""
    if question.reference.pmid:
        return question.answered(match_reference(question.reference, (), ()))
    if match is not None and match.pmid not in question.rejected:
        return match
    because = Because("could not look", str(error))
    return ReferenceMatch(question.reference.id, ReferenceState.UNRESOLVED, None, because)


def look_up_reference(
    reference: CitedReference,
    topic: str,
    source: Source,
    until: date | None,
    rejected: frozenset[Pmid] = frozenset(),
    *,
    places: Places | None = None,
) -> tuple[ReferenceMatch, Mapping[Pmid, Parsed]]:
    """What ``reference`` means, and the record of the work that it means; ``topic`` is a strategy, empty for none.

    The searches are made one after the other until one settles it, at least one of them beside what stands at its
    place, so that a rival is seen; ``places`` has what stands there, else that is asked for it alone. What was
    ``rejected`` is not what the reference means. Raises a SourceError when the source cannot be asked, and when nothing
    settles it while its place could not be asked for or a candidate not be read: that is not "not found".
    """
    candidates: dict[Pmid, Parsed] = {}
    tried: list[str] = []
    hindrances: list[str] = []
    match = None
    placed = _look_up_place(reference, places or Places(source, (reference,)), tried, hindrances)
    # By a search, because a day to search until holds for them too.
    queries = [" OR ".join(f"{pmid}[pmid]" for pmid in placed)] if placed else []
    for query in (*queries, *candidate_queries(reference, topic)):
        pmids = _search(query, source, until, tried)
        if pmids is None and (narrower := narrowed_query(query, reference)):
            pmids = _search(narrower, source, until, tried)
        wanted = [pmid for pmid in pmids or () if pmid not in candidates]
        candidates.update(_read(source, wanted, tried, hindrances))
        match = match_reference(reference, _records(candidates, rejected), tuple(tried))
        if match.state in _SETTLED and query not in queries:
            break
    match = match or match_reference(reference, (), tuple(tried))
    if hindrances and match.state not in _SETTLED:
        raise SourceUnavailable("; ".join(hindrances))
    return match, {pmid: parsed for pmid, parsed in candidates.items() if pmid == match.pmid}


def _look_up_place(
    reference: CitedReference, places: Places, tried: list[str], hindrances: list[str]
) -> tuple[Pmid, ...]:
    """What stands at the place of ``reference``; a failure is a hindrance, since the searches may settle it."""
    try:
        return places.look_up(reference, tried)
    except SourceUnavailable as error:
        hindrances.append(str(error))
        return ()


def _records(candidates: Mapping[Pmid, Parsed], rejected: Collection[Pmid]) -> list[Record]:
    values = [parsed.value for pmid, parsed in candidates.items() if pmid not in rejected]
    return [value for value in values if isinstance(value, Record)]


def _search(query: str, source: Source, until: date | None, tried: list[str]) -> tuple[Pmid, ...] | None:
    """The ids found, None when they are too many to be read; notes in ``tried`` what came of it."""
    result = source.search(query, until=until)
    is_too_wide = len(result.pmids) > MAX_CANDIDATES
    tried.append(f"{query} → {result.reported} found" + (", too many to read" if is_too_wide else ""))
    return None if is_too_wide else result.pmids


def _read(source: Source, pmids: Sequence[Pmid], tried: list[str], hindrances: list[str]) -> dict[Pmid, Parsed]:
    """The records of ``pmids``; notes in ``tried`` how many could not be read, which is a hindrance."""
    found: dict[Pmid, Parsed] = {}
    unread = 0
    for batch in source.fetch(pmids) if pmids else ():
        told = read_batch(batch)
        found.update(told.records)
        unread += len(told.unread)
        for lack, reason in told.unread.values():
            if lack is Lack.PENDING:
                raise SourceUnavailable(f"candidates: {reason}")
    if unread:
        tried[-1] += f", {unread} of them unreadable"
        hindrances.append(tried[-1])
    return found

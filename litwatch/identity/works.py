"""Which work each record belongs to, and how that work stands in a watch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from litwatch.identity.citations import found_work
from litwatch.identity.comparison import Comparison
from litwatch.identity.doubts import because_decided
from litwatch.identity.judgement import Judgement, judge
from litwatch.identity.links import ties_of
from litwatch.identity.profiles import profile_of
from litwatch.identity.rules import Verdict
from litwatch.model.decided import Decided
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import Because, IdentityKey, KnownWork, Resolution, Standing, Tie
from litwatch.model.record import Record

_ALONE = Because("new work", "no known work has its identifiers, its title or its printed place")
_NOTHING_DECIDED = Decided()
_PRECEDENCE = (Verdict.SAME, Verdict.UNSURE, Verdict.DIFFERENT)


class _Match(NamedTuple):
    """The judgement that weighs most among a record's comparisons, and the work that it was compared with."""

    judgement: Judgement
    work: KnownWork

    @property
    def weight(self) -> tuple[int, int, int]:
        """Smaller weighs more: the verdict, then the rule's rank, then the older work."""
        return _PRECEDENCE.index(self.judgement.verdict), self.judgement.rank, int(self.work.id.rpartition(":")[2])


def resolve_records(
    records: Sequence[Record],
    known: Sequence[KnownWork],
    cited: Mapping[Pmid, str],
    seen: Collection[WorkId],
    decided: Decided = _NOTHING_DECIDED,
) -> tuple[Resolution, ...]:
    """Where each of ``records`` belongs, in the order given; who joins whom does not depend on that order.

    ``known`` are the works of the store and of earlier batches that carry a key of the records or of what is tied,
    ``cited`` maps the PMIDs that cited references mean to the references' ids, ``seen`` are works that the watch has
    accounted for, those of earlier batches of a run among them.
    A work is compared by its founding record alone, so that the size of a batch changes nothing. What a person has
    ``decided`` goes before every rule: works that are the same count as one, and keep their names; a record is not
    compared with a work that it is apart from, and one that is linked with an earlier work is compared with none.

    A record is CITED when its work is; UNSURE, and a work of its own, when a rule doubts; SEEN when its work is in
    ``seen`` or came earlier in this call; else NEW, be it with a work of its own or as the first of a known one.
    """
    drafts = [found_work(record) for record in records]
    ties = [tied_keys(record) for record in records]
    index = _index(known, {key for draft, tied in zip(drafts, ties, strict=True) for key in (*draft.keys, *tied)})
    met = {decided.root(work) for work in seen}
    cited_works = {decided.root(work_id(pmid)): reference for pmid, reference in cited.items()}
    resolutions: dict[int, Resolution] = {}
    for place in sorted(range(len(records)), key=lambda at: (int(records[at].pmid), records[at].version)):
        draft = drafts[place]
        match = _best_match(draft, ties[place], index, decided)
        work = match.work if match and match.judgement.verdict is Verdict.SAME else draft
        if work is draft:
            _add(index, draft)
        root = decided.root(work.id)
        reference = cited.get(records[place].pmid) or cited_works.get(root)
        because = _because(match, draft.id, decided)
        pmid = records[place].pmid
        resolutions[place] = _resolution(pmid, match, because, work=work.id, reference=reference, was_met=root in met)
        met.add(root)
    return tuple(resolutions[place] for place in range(len(records)))


def tied_keys(record: Record) -> Mapping[IdentityKey, Tie]:
    """The keys of the records that PubMed links to this one as perhaps the same work, and how."""
    if not record.links:
        return {}
    return {IdentityKey("pmid", pmid): tie for pmid, tie in ties_of(record.links).items()}


def _index(known: Iterable[KnownWork], wanted: set[IdentityKey]) -> defaultdict[IdentityKey, list[KnownWork]]:
    """The works of ``known`` under their keys, as far as they carry a key in ``wanted``."""
    index: defaultdict[IdentityKey, list[KnownWork]] = defaultdict(list)
    for work in known:
        if not wanted.isdisjoint(work.keys):
            _add(index, work)
    return index


def _add(index: defaultdict[IdentityKey, list[KnownWork]], work: KnownWork) -> None:
    for key in work.keys:
        index[key].append(work)


def _best_match(
    draft: KnownWork, tied: Mapping[IdentityKey, Tie], index: Mapping[IdentityKey, list[KnownWork]], decided: Decided
) -> _Match | None:
    """Compare with every work met under a key of which no person has spoken; None when there is none."""
    if decided.root(draft.id) != draft.id:
        return None
    met = {
        work.id: work
        for key in (*draft.keys, *tied)
        for work in index.get(key, ())
        if work.id == draft.id or not decided.settles(draft.id, work.id)
    }
    if not met:
        return None
    drafted = profile_of(draft.citation)
    matches = []
    for work in met.values():
        tie = next((tie for key, tie in tied.items() if key in work.keys), None)
        matches.append(_Match(judge(Comparison(drafted, profile_of(work.citation), tie)), work))
    return min(matches, key=lambda match: match.weight)


def _resolution(
    pmid: Pmid, match: _Match | None, because: Because, *, work: WorkId, reference: str | None, was_met: bool
) -> Resolution:
    if reference:
        found = f"what cited reference {reference} means"
        told = (
            Because("cited reference", found)
            if because is _ALONE
            else replace(because, evidence=f"{because.evidence}; {found}")
        )
        return Resolution(pmid, work, Standing.CITED, told)
    if match and match.judgement.verdict is Verdict.UNSURE:
        return Resolution(pmid, work, Standing.UNSURE, because, match.work.id)
    return Resolution(pmid, work, Standing.SEEN if was_met else Standing.NEW, because)


def _because(match: _Match | None, work: WorkId, decided: Decided) -> Because:
    """What the match says; where it joins nothing and doubts nothing, what a person has said of the work."""
    if match is None or match.judgement.verdict is Verdict.DIFFERENT:
        told = decided.linked(work) or decided.kept_apart(work)
        if told:
            return because_decided(told)
    if match is None:
        return _ALONE
    because = match.judgement.because
    if match.judgement.verdict is Verdict.SAME:
        return because
    return replace(because, evidence=f"beside {match.work.id}: {because.evidence}")

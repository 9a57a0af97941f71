"""Which work each record belongs to, and how that work stands in a watch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from litwatch.identity.citations import found_work
from litwatch.identity.comparison import Comparison
from litwatch.identity.judgement import Judgement, judge
from litwatch.identity.profiles import profile_of
from litwatch.identity.rules import Verdict
from litwatch.model.identifiers import Pmid, WorkId
from litwatch.model.identity import Because, IdentityKey, KnownWork, Resolution, Standing, Tie
from litwatch.model.record import Record

_ALONE = Because("new work", "no known work has its identifiers, its title or its printed place")
_TIES = {
    "UpdateOf": Tie.UPDATE,
    "UpdateIn": Tie.UPDATE,
    "RepublishedFrom": Tie.REPUBLICATION,
    "RepublishedIn": Tie.REPUBLICATION,
    "ReprintOf": Tie.REPUBLICATION,
    "ReprintIn": Tie.REPUBLICATION,
}
"""Links between records that may be one work. What is corrected or retracted and republished says something else."""
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
) -> tuple[Resolution, ...]:
    """Where each of ``records`` belongs, in the order given; who joins whom does not depend on that order.

    ``known`` are the works of the store and of earlier batches that carry a key of the records or of what is tied,
    ``cited`` maps the PMIDs that cited references mean to the references' ids, ``seen`` are works that the watch has
    accounted for, those of earlier batches of a run among them.
    A work is compared by its founding record alone, so that the size of a batch changes nothing.

    A record is CITED when its work is; UNSURE, and a work of its own, when a rule doubts; SEEN when its work is in
    ``seen`` or came earlier in this call; else NEW, be it with a work of its own or as the first of a known one.
    """
    drafts = [found_work(record) for record in records]
    ties = [tied_keys(record) for record in records]
    index = _index(known, {key for draft, tied in zip(drafts, ties, strict=True) for key in (*draft.keys, *tied)})
    met = set(seen)
    resolutions: dict[int, Resolution] = {}
    for place in sorted(range(len(records)), key=lambda at: (int(records[at].pmid), records[at].version)):
        draft = drafts[place]
        match = _best_match(draft, ties[place], index)
        work = match.work if match and match.judgement.verdict is Verdict.SAME else draft
        if work is draft:
            _add(index, draft)
        resolutions[place] = _resolution(records[place].pmid, work, match, cited, work.id in met)
        met.add(work.id)
    return tuple(resolutions[place] for place in range(len(records)))


def tied_keys(record: Record) -> Mapping[IdentityKey, Tie]:
    """The keys of the records that PubMed links to this one as perhaps the same work, and how."""
    if not record.links:
        return {}
    return {
        IdentityKey("pmid", link.pmid): _TIES[link.ref_type]
        for link in record.links
        if link.pmid and link.ref_type in _TIES
    }


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
    draft: KnownWork, tied: Mapping[IdentityKey, Tie], index: Mapping[IdentityKey, list[KnownWork]]
) -> _Match | None:
    """Compare with every work met under a key; None when there is none."""
    met = {work.id: work for key in (*draft.keys, *tied) for work in index.get(key, ())}
    if not met:
        return None
    drafted = profile_of(draft.citation)
    matches = []
    for work in met.values():
        tie = next((tie for key, tie in tied.items() if key in work.keys), None)
        matches.append(_Match(judge(Comparison(drafted, profile_of(work.citation), tie)), work))
    return min(matches, key=lambda match: match.weight)


def _resolution(
    pmid: Pmid, work: KnownWork, match: _Match | None, cited: Mapping[Pmid, str], was_met: bool
) -> Resolution:
    because = _because(match)
    reference = cited.get(pmid) or (cited.get(work.citation.pmid) if work.citation.pmid else None)
    if reference:
        found = f"what cited reference {reference} means"
        told = (
            Because("cited reference", found)
            if match is None
            else replace(because, evidence=f"{because.evidence}; {found}")
        )
        return Resolution(pmid, work.id, Standing.CITED, told)
    if match and match.judgement.verdict is Verdict.UNSURE:
        return Resolution(pmid, work.id, Standing.UNSURE, because, match.work.id)
    return Resolution(pmid, work.id, Standing.SEEN if was_met else Standing.NEW, because)


def _because(match: _Match | None) -> Because:
    if match is None:
        return _ALONE
    because = match.judgement.because
    if match.judgement.verdict is Verdict.SAME:
        return because
    return replace(because, evidence=f"beside {match.work.id}: {because.evidence}")

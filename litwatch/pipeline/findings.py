"""What was found in the records that a watch has accounted for, as of the issue before and now, judged alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from litwatch.appraisal import appraise_record
from litwatch.appraisal.appraise import basis_of
from litwatch.model.finding import Finding
from litwatch.model.identifiers import Pmid, WorkId
from litwatch.model.record import Record
from litwatch.model.watch import Watch
from litwatch.ports import Store
from litwatch.pubmed.records import parse_record

_AT_ONCE = 500
"""Findings read and records parsed at a time."""


class Findings:
    """The findings of a watch; those made by other rules or from other claims are made anew before anything else.

    So what was found before and now differs only by what PubMed says, and never by what the watch or the rules say.
    ``new`` are those that this run has made, by PMID; of all others only what the state of a claim needs is kept.
    ``told`` is what was found before as it was told then, by whatever claims and rules.
    """

    def __init__(self, watch: Watch, store: Store, accounted: Iterable[Pmid]) -> None:
        """``accounted`` are the records of the watch's ledger; ones without a finding are passed over."""
        self._watch = watch
        self._store = store
        self._basis = basis_of(watch.claims, watch.topic)
        self.new: dict[Pmid, Finding] = {}
        self.before: dict[Pmid, Finding] = {}
        self.told: dict[Pmid, Finding] = {}
        for pmids in _pieces(accounted):
            kept = store.load_findings(watch.name, pmids)
            self._appraise_anew([found for found in kept.values() if found.basis != self._basis])
            self.told.update((pmid, _essence(found)) for pmid, found in kept.items())
            self.before.update(
                (pmid, _essence(self.new[pmid]) if pmid in self.new else self.told[pmid]) for pmid in kept
            )
        self._now = dict(self.before)

    def appraise(self, record: Record, work: WorkId, before: Finding | None = None) -> Finding:
        """What is found in ``record`` of ``work``; not yet kept. Its relevance stays as it was told ``before``."""
        finding = appraise_record(record, work, self._watch.claims, self._watch.topic)
        return replace(finding, relevance=before.relevance) if before else finding

    def keep(self, finding: Finding) -> None:
        """Let ``finding`` be what is found in its record from now on."""
        self.new[finding.pmid] = finding
        self._now[finding.pmid] = _essence(finding)

    def latest(self, pmids: Sequence[Pmid]) -> Mapping[Pmid, Finding]:
        """What was last found in records of ``pmids``, in whole."""
        kept = self._store.load_findings(self._watch.name, [pmid for pmid in pmids if pmid not in self.new])
        return {**kept, **{pmid: self.new[pmid] for pmid in pmids if pmid in self.new}}

    def of(self, accounted: Collection[Pmid]) -> Iterator[Finding]:
        """What is found now in those of the records that are ``accounted`` for."""
        return (finding for pmid, finding in self._now.items() if pmid in accounted)

    def _appraise_anew(self, stale: Sequence[Finding]) -> None:
        """From the records as they were last read, so that no request is made for it."""
        kept = self._store.load_record_xml([finding.pmid for finding in stale]) if stale else {}
        for finding in stale:
            if finding.pmid in kept:
                self.new[finding.pmid] = self.appraise(parse_record(kept[finding.pmid]), finding.work, finding)


def _essence(finding: Finding) -> Finding:
    """The finding without what no state of a claim needs, which is about half of it."""
    return replace(finding, details=(), directions=(), conclusion=None, relevance=None)


def _pieces(pmids: Iterable[Pmid]) -> Iterator[list[Pmid]]:
    left = iter(pmids)
    while piece := list(islice(left, _AT_ONCE)):
        yield piece


def news_of(before: Finding, now: Finding) -> str:
    """What a reader of the earlier finding must be told anew, empty when nothing.

    Claims count only where an abstract has come: what an abstract that is known says of them shows in their state.
    """
    if now.design != before.design:
        return f"was {before.design}, is now {now.design}"
    claims = {bearing.claim for bearing in now.bearings} - {bearing.claim for bearing in before.bearings}
    if before.conclusion is None and now.conclusion is not None and claims:
        return f"an abstract has come; it bears on {', '.join(sorted(claims))}"
    return ""

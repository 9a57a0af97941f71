"""Whole runs to commit: what each holds follows from the PMIDs that it reports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from litwatch.model.digest import Digest, Rendition
from litwatch.model.identifiers import Pmid, work_id
from litwatch.model.identity import ReferenceState, Standing
from litwatch.model.record import Parsed
from litwatch.model.run import LedgerEntry, RunCommit
from tests.builders import (
    NOW,
    a_card,
    a_delivery,
    a_digest,
    a_finding,
    a_known_work,
    a_notice,
    a_notice_card,
    a_record,
    a_reference_match,
    a_resolution,
)

WATCH = "ketamine-inflammation"


def an_entry(pmid: str, issue: int = 1, **changes: Any) -> LedgerEntry:
    return LedgerEntry(Pmid(pmid), work_id(Pmid(pmid)), Standing.NEW, NOW, issue)._replace(**changes)


def parsed(pmid: str, xml: bytes | None = None, version: int = 1) -> Parsed:
    return Parsed(a_record(pmid, version=version), xml or b"<PubmedArticle>%s</PubmedArticle>" % pmid.encode())


def an_issue(number: int, pmids: Sequence[str] = (), **changes: Any) -> Digest:
    plain = a_digest(studies=tuple(map(a_card, pmids)))
    return replace(plain, number=number, kind="baseline" if number == 1 else "news", **changes)


def renditions_of(issue: int) -> tuple[Rendition, ...]:
    return (
        Rendition(f"{issue}/digest.html", "text/html", b"<h1>Issue %d</h1>" % issue),
        Rendition(f"{issue}/digest.json", "application/json", b'{"issue": %d}' % issue),
        Rendition("index.html", "text/html", b"<h1>Issues 1 to %d</h1>" % issue),
    )


def a_commit(issue: int = 1, pmids: Sequence[str] = ("101",), watch: str = WATCH, **changes: Any) -> RunCommit:
    """The run that made ``issue`` of ``watch``, which reports each of ``pmids`` as a new work."""
    plain = RunCommit(
        watch=watch,
        run_id=f"{watch} {issue}",
        started_at=NOW,
        digest=an_issue(issue, pmids),
        ledger=tuple(an_entry(pmid, issue) for pmid in pmids),
        works=tuple(map(a_known_work, pmids)),
        resolutions=tuple(map(a_resolution, pmids)),
        findings=tuple(map(a_finding, pmids)),
        notices=(),
        references=(),
        renditions=renditions_of(issue),
        deliveries=(a_delivery(watch, issue),),
    )
    return replace(plain, **changes)


def an_earlier_commit() -> RunCommit:
    """Issue 1, so that issue 2 finds something in every table."""
    return a_commit(1, ["101"], references=(a_reference_match("R1"),))


def a_full_commit() -> RunCommit:
    """Issue 2, with something for every table."""
    notice = a_notice("101")
    return a_commit(
        2,
        ["102", "103"],
        digest=an_issue(2, ["102", "103"], notices=(a_notice_card(notice),)),
        findings=(a_finding("101"), a_finding("102"), a_finding("103")),
        notices=(notice,),
        references=(a_reference_match("R1", ReferenceState.RESOLVED, pmid=Pmid("9")), a_reference_match("R2")),
        deliveries=(a_delivery(WATCH, 2), a_delivery(WATCH, 2, target="elsewhere")),
        reread=(Pmid("101"),),
    )

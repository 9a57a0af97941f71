"""Values for tests: each builder makes a whole, plain one; name only what the test is about.

Every text here is invented. ``records_xml`` writes records as PubMed would send them, so that an archive or a
loopback server can be made out of builders.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from litwatch.model.dates import PartialDate
from litwatch.model.decision import Choice, Decision, PairDecision, ReferenceDecision, WorkDecision
from litwatch.model.digest import Delivery, Digest, Flow, NoticeCard, StudyCard
from litwatch.model.finding import Bearing, Finding, Notice, NoticeKind, Population, StudyDesign
from litwatch.model.identifiers import Doi, Pmid, WorkId, work_id
from litwatch.model.identity import (
    Because,
    Citation,
    IdentityKey,
    KnownWork,
    ReferenceMatch,
    ReferenceState,
    Resolution,
    Standing,
)
from litwatch.model.quote import Quote
from litwatch.model.record import (
    AbstractSection,
    Author,
    HistoryDate,
    Journal,
    Link,
    MeshHeading,
    PublicationType,
    Record,
)
from litwatch.model.search import SearchResult
from litwatch.model.watch import CitedReference, Claim, Schedule, Watch, WatchedArticle
from tests.pubmed_xml import records_xml as records_xml

NOW = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
PMID = Pmid("101")


def a_date(iso: str) -> PartialDate:
    """A date as far as ``iso`` says: "2011", "2011-02", "2011-02-03"."""
    parts: dict[str, Any] = dict(zip(("year", "month", "day"), map(int, iso.split("-")), strict=False))
    return PartialDate(**parts)


def an_author(last_name: str = "Roe", initials: str = "A", **changes: Any) -> Author:
    return Author(last_name=last_name, initials=initials)._replace(**changes)


def authors(*printed: str) -> tuple[Author, ...]:
    """Authors from printed names: ``authors("Roe A", "De Poe BC")``."""
    return tuple(Author(last, initials, initials) for last, _, initials in (name.rpartition(" ") for name in printed))


def sections(*texts: str, **labelled: str) -> tuple[AbstractSection, ...]:
    """An abstract: unlabelled texts first, then ``LABEL="text"``."""
    plain = tuple(AbstractSection("", "", text) for text in texts)
    return plain + tuple(AbstractSection(label, label, text) for label, text in labelled.items())


def a_link(ref_type: str = "RetractionIn", pmid: str | None = "999", source: str = "Invented J. 2012;1:1") -> Link:
    return Link(ref_type, Pmid(pmid) if pmid else None, source)


def a_heading(name: str = "Ketamine", ui: str = "D007649", *, major: bool = False) -> MeshHeading:
    return MeshHeading(ui, name, major)


def a_record(pmid: str = PMID, **changes: Any) -> Record:
    """A plain journal article with all common fields; ``published`` and ``doi`` may be given as strings."""
    for name in ("published", "published_online", "completed", "revised"):
        if isinstance(changes.get(name), str):
            changes[name] = a_date(changes[name])
    if isinstance(changes.get("doi"), str):
        changes["doi"] = Doi(changes["doi"])
    plain = Record(
        pmid=Pmid(pmid),
        version=1,
        status="MEDLINE",
        title=f"Ketamine and interleukin-6 in invented patients, report {pmid}.",
        abstract=sections(RESULTS="Interleukin-6 fell.", CONCLUSIONS="Ketamine lowered interleukin-6 after surgery."),
        authors=authors("Roe A", "Poe BC"),
        journal=Journal(
            "Invented journal of examples", "Invent J Ex", "1234-5679", "0000001", "Nowhere", "1", "2", "3-9"
        ),
        published=a_date("2011-02"),
        history=(
            HistoryDate("entrez", a_date("2011-02-03")),
            HistoryDate("pubmed", a_date("2011-02-03")),
            HistoryDate("medline", a_date("2011-06-01")),
        ),
        languages=("eng",),
        publication_types=(PublicationType("D016428", "Journal Article"),),
        publication_status="ppublish",
        mesh=(a_heading(),),
        doi=Doi(f"10.1234/invented.{pmid}"),
    )
    record = replace(plain, **changes)
    return record if "article_ids" in changes else replace(record, article_ids=_article_ids(record))


def _article_ids(record: Record) -> tuple[tuple[str, str], ...]:
    known = (("pubmed", record.pmid), ("doi", record.doi), ("pmc", record.pmcid))
    return tuple((kind, str(value)) for kind, value in known if value)


def a_citation(pmid: str | None = PMID, **changes: Any) -> Citation:
    if isinstance(changes.get("doi"), str):
        changes["doi"] = Doi(changes["doi"])
    plain = Citation(
        pmid=Pmid(pmid) if pmid else None,
        title="Ketamine and interleukin-6 in invented patients",
        authors=("Roe A", "Poe BC"),
        year=2011,
        journal="Invent J Ex",
        volume="1",
        issue="2",
        pages="3-9",
    )
    return replace(plain, **changes)


def a_known_work(pmid: str = PMID, **changes: Any) -> KnownWork:
    return replace(KnownWork(work_id(Pmid(pmid)), a_citation(pmid), (IdentityKey("pmid", pmid),)), **changes)


def because(rule: str = "invented rule", evidence: str = "an invented reason") -> Because:
    return Because(rule, evidence)


def a_claim(name: str = "C1", **changes: Any) -> Claim:
    plain = Claim(name, "Ketamine lowers interleukin-6.", "decrease", ("interleukin-6", "IL-6"))
    return replace(plain, **changes)


def a_reference(name: str = "R1", as_written: str = "(Roe et al., 2011)", **changes: Any) -> CitedReference:
    return replace(CitedReference(name, as_written, ("C1",), "an invented trial of interleukin-6"), **changes)


def a_watch(name: str = "ketamine-inflammation", **changes: Any) -> Watch:
    plain = Watch(
        name=name,
        title="Ketamine and inflammation",
        article=WatchedArticle("An invented article on ketamine", "https://clinic.example/ketamine"),
        strategy='ketamine[tiab] AND (inflammation[mh] OR "interleukin-6"[tiab])',
        topic="ketamine[tiab]",
        claims=(a_claim(),),
        references=(a_reference(),),
        schedule=Schedule("0 7 * * 1", "Europe/Berlin"),
    )
    return replace(plain, **changes)


def a_quote(
    text: str = "Ketamine lowered interleukin-6 after surgery.", place: str = "abstract, CONCLUSIONS 1"
) -> Quote:
    return Quote(text, place)


def a_finding(pmid: str = PMID, **changes: Any) -> Finding:
    plain = Finding(
        work=work_id(Pmid(pmid)),
        pmid=Pmid(pmid),
        design=StudyDesign.RCT,
        design_because=because(),
        population=Population.HUMAN,
        population_because=because(),
        species="",
        bearings=(Bearing("C1", ("interleukin-6",), a_quote()),),
        conclusion=a_quote(),
        rank=1.0,
        retracted=False,
    )
    return replace(plain, **changes)


def a_notice(pmid: str = PMID, kind: NoticeKind = NoticeKind.RETRACTION, **changes: Any) -> Notice:
    return replace(Notice(Pmid(pmid), kind, "999", "Retraction in: Invented J. 2012;1:1", NOW), **changes)


def a_resolution(pmid: str = PMID, standing: Standing = Standing.NEW, **changes: Any) -> Resolution:
    return replace(Resolution(Pmid(pmid), work_id(Pmid(pmid)), standing, because()), **changes)


def a_decision(pmid: str = "102", other: str = "101", **changes: Any) -> Decision:
    """That the two records are one work, unless ``choice`` or ``what`` says something else."""
    what = PairDecision(changes.pop("choice", Choice.SAME), Pmid(pmid), Pmid(other))
    return replace(Decision(what, "Roe", NOW, "an invented note"), **changes)


def a_reference_decision(pmid: str = "101", choice: Choice = Choice.ACCEPT, **changes: Any) -> ReferenceDecision:
    return replace(
        ReferenceDecision(choice, "ketamine-inflammation", "R1", Pmid(pmid), "(Roe et al., 2011)"), **changes
    )


def a_work_decision(
    pmid: str = "101", choice: Choice = Choice.RELEVANT, watch: str = "ketamine-inflammation"
) -> WorkDecision:
    return WorkDecision(choice, watch, Pmid(pmid))


def a_reference_match(
    name: str = "R1", state: ReferenceState = ReferenceState.UNRESOLVED, **changes: Any
) -> ReferenceMatch:
    return replace(ReferenceMatch(name, state, None, because()), **changes)


def a_search_result(*pmids: str, **changes: Any) -> SearchResult:
    ids = tuple(sorted({Pmid(pmid) for pmid in pmids}, key=int))
    return replace(SearchResult("PubMed", "ketamine[tiab]", "ketamine[tiab]", len(ids), ids, (), NOW), **changes)


def a_flow(**changes: int) -> Flow:
    """A flow that adds up: ``identified`` is the sum of what is named."""
    names = ("seen", "cited", "duplicates", "unparsable", "missing", "pending", "reported")
    parts = {name: changes.get(name, 0) for name in names}
    return Flow(identified=changes.get("identified", sum(parts.values())), **parts)


def a_card(pmid: str = PMID, **changes: Any) -> StudyCard:
    plain = StudyCard(
        finding=a_finding(pmid),
        resolution=a_resolution(pmid),
        title=f"Ketamine and interleukin-6 in invented patients, report {pmid}.",
        authors=("Roe A", "Poe BC"),
        journal="Invent J Ex",
        published="2011-02",
        doi=Doi(f"10.1234/invented.{pmid}"),
        pmcid=None,
        language="eng",
        has_paraphrase=False,
    )
    return replace(plain, **changes)


def a_notice_card(notice: Notice | None = None, **changes: Any) -> NoticeCard:
    title = "Ketamine and interleukin-6 in invented patients"
    return replace(NoticeCard(notice or a_notice(), title, "reported in issue 1"), **changes)


def a_digest(**changes: Any) -> Digest:
    """The second issue of a watch, with one study; ``flow`` follows from ``studies`` unless given."""
    studies: tuple[StudyCard, ...] = changes.setdefault("studies", (a_card(),))
    pmids = [card.finding.pmid for card in studies]
    plain = Digest(
        watch=a_watch(),
        kind="news",
        number=2,
        made_at=NOW,
        previous=datetime(2025, 12, 29, 7, 0, tzinfo=UTC),
        search=a_search_result(*pmids),
        flow=a_flow(reported=len(pmids)),
    )
    return replace(plain, **changes)


def a_failed_digest(failure: str = "PubMed did not answer", **changes: Any) -> Digest:
    plain = a_digest(studies=(), kind="could not search", number=None, search=None, flow=None, failure=failure)
    return replace(plain, **changes)


def a_delivery(watch: str = "ketamine-inflammation", issue: int = 1, **changes: Any) -> Delivery:
    return Delivery(watch, issue, "folder", "output")._replace(**changes)


def a_work(pmid: str) -> WorkId:
    return work_id(Pmid(pmid))


def a_day(iso: str) -> date:
    return date.fromisoformat(iso)

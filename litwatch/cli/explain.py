"""``litwatch explain``: the chain from a record to every verdict on it."""

import textwrap
from pathlib import Path

import click

from litwatch.appraisal import appraise_notices, appraise_record
from litwatch.appraisal.claim_state import find_states
from litwatch.appraisal.directions import find_directions, outcome_vocabulary
from litwatch.appraisal.intervention import intervention_of
from litwatch.appraisal.reading import Reading
from litwatch.cli.options import PubmedId
from litwatch.digest.stances import standing_line
from litwatch.identity.doubts import as_decided
from litwatch.model.decided import Decided
from litwatch.model.direction import Direction, DirectionReading
from litwatch.model.finding import Finding
from litwatch.model.identifiers import Pmid, WorkId, work_id
from litwatch.model.identity import Standing
from litwatch.model.quote import Quote
from litwatch.model.record import Record
from litwatch.model.watch import Watch
from litwatch.pipeline.findings import Findings
from litwatch.pubmed.records import parse_record
from litwatch.wiring import Monitor, open_any

_STANDINGS = {
    Standing.NEW: "a new work",
    Standing.UPDATED: "a known work, described more fully",
    Standing.SEEN: "a further record of a known work",
    Standing.CITED: "cited by the article itself",
    Standing.UNSURE: "perhaps the same as another work, reported as new",
}


@click.command()
@click.argument("pmid", type=PubmedId())
@click.option("--sample", is_flag=True, help="Explain a record of the embedded sample.")
@click.pass_obj
def explain(config: Path, pmid: Pmid, *, sample: bool) -> None:
    """Explain every verdict on one record: the rule, and the words that it read."""
    with open_any(config, sample=sample) as monitor:
        xml = monitor.world.store.load_record_xml([pmid]).get(pmid)
        if xml is None:
            raise click.UsageError(f"PMID {pmid} was never read; `litwatch search '{pmid}[pmid]'` asks PubMed")
        record = parse_record(xml)
        decided = Decided(monitor.world.store.load_decisions())
        _explain_record(record, monitor)
        _explain_decisions(pmid, decided)
        for watch in monitor.watches:
            _explain_standing(record, watch, monitor, decided)


def _explain_record(record: Record, monitor: Monitor) -> None:
    click.echo(f"PMID {record.pmid} (version {record.version}, {record.status or 'status unknown'})")
    _line("title", record.title)
    _line("authors", ", ".join(author.printed for author in record.authors))
    _line("journal", " ".join(part for part in (record.journal.title, str(record.published or "")) if part))
    _line("publication types", "; ".join(f"{kind.name} {kind.ui}".strip() for kind in record.publication_types))
    for notice in appraise_notices(record, monitor.world.clock.now()):
        _line(notice.kind.value, notice.statement)


def _explain_decisions(pmid: Pmid, decided: Decided) -> None:
    """Every decision that names the record, those taken back too."""
    for told in decided.on(pmid):
        undone = decided.undone_by.get(told.id)
        way_back = f"; taken back by decision {undone.id}, {undone.signature}" if undone else ""
        _line(f"decision {told.id}", f"{told.sentence}, {told.signature}{way_back}")


def _explain_standing(record: Record, watch: Watch, monitor: Monitor, decided: Decided) -> None:
    click.echo(f"\nIn the watch {watch.name}")
    ledger = monitor.world.store.load_ledger(watch.name)
    entry = ledger.get(record.pmid)
    resolution = monitor.world.store.load_resolution(watch.name, record.pmid)
    if entry is None or resolution is None:
        _line("here", "not accounted for: the strategy has not found it")
    else:
        resolution = as_decided(resolution, decided)
        here = _STANDINGS[resolution.standing]
        _line("here", f"{here}; first seen {entry.first_seen:%Y-%m-%d}, issue {entry.issue}")
        _verdict("because", resolution.because.rule, resolution.because.evidence)
        if worth := decided.on_works(watch.name, ledger).get(decided.root(WorkId(entry.work))):
            _line("decided", f"{worth[1].sentence}, {worth[1].signature} (decision {worth[1].id})")
    for match, _ in monitor.world.store.load_references(watch.name).values():
        if match.pmid == record.pmid:
            _line("cited as", match.reference)
            _verdict("because", match.because.rule, match.because.evidence)
    _explain_relevance(record, watch, monitor)
    finding = appraise_record(record, work_id(record.pmid), watch.claims, watch.topic)
    _explain_finding(finding, watch)
    _explain_directions(record, watch)
    works = Findings(watch, monitor.world.store, ledger).of(ledger)
    for state in find_states(watch.claims, None, works, (), decided.root):
        if state.claim in {bearing.claim for bearing in finding.bearings}:
            _line(f"all works on {state.claim}", standing_line(state))


def _explain_relevance(record: Record, watch: Watch, monitor: Monitor) -> None:
    """How relevant the issue that told the work found it."""
    finding = monitor.world.store.load_findings(watch.name, [record.pmid]).get(record.pmid)
    if finding is not None and finding.relevance is not None:
        told = finding.relevance
        _line("relevance", f"{told.score:.2f} when it was told" + ", ranked low" * told.is_low)
        _verdict("because", told.because.rule, told.because.evidence)


def _explain_finding(finding: Finding, watch: Watch) -> None:
    _line("design", finding.design)
    _verdict("because", finding.design_because.rule, finding.design_because.evidence)
    _line("OCEBM 2011 level", f"{finding.level} (of the design alone)" if finding.level else "")
    _line("population", " · ".join(dict.fromkeys(part for part in (finding.population.value, finding.species) if part)))
    _verdict("because", finding.population_because.rule, finding.population_because.evidence)
    for detail in finding.details:
        _line(detail.kind.value, f"{detail.value} (“{detail.words}”, {detail.place})")
    if finding.harm is not None:
        _line("major harm", finding.harm.because.evidence)
        _verdict("because", finding.harm.because.rule, "")
        _quote(finding.harm.quote)
    texts = {claim.id: claim.text for claim in watch.claims}
    for bearing in finding.bearings:
        _line(f"bears on {bearing.claim}", texts[bearing.claim])
        _verdict("because", "outcome terms", ", ".join(bearing.terms))
        _line("  stance", bearing.stance)
        _verdict("  because", bearing.because.rule, bearing.because.evidence)
        _quote(bearing.rationale)
    if not finding.bearings:
        _line("bears on", "no claim: none of their outcome terms is named")
    if finding.conclusion is not None:
        _line("conclusion", "as the record states it")
        _quote(finding.conclusion)


def _explain_directions(record: Record, watch: Watch) -> None:
    unclear = []
    vocabulary = outcome_vocabulary(watch.claims)
    for found in find_directions(Reading(record, vocabulary.cues), vocabulary, intervention_of(watch.topic)):
        told = [reading for reading in found.readings if reading.verdict.direction is not Direction.UNCLEAR]
        if told:
            _line(f"direction of {found.outcome}", f"{found.direction} with the intervention, as read here")
        else:
            unclear.append(found.outcome)
        for reading in told:
            _explain_reading(reading)
    _line("direction unclear", ", ".join(unclear))


def _explain_reading(reading: DirectionReading) -> None:
    against = f"against {reading.comparator}" if reading.comparator else ""
    stated = [reading.verdict.direction.value, against, reading.significance]
    _line("  told", ", ".join(part for part in stated if part))
    _verdict("because", reading.verdict.because.rule, reading.verdict.because.evidence)
    _quote(reading.quote)


def _line(name: str, text: str) -> None:
    if text:
        click.echo(textwrap.fill(text, 100, initial_indent=f"  {name}: ", subsequent_indent="      "))


def _verdict(name: str, rule: str, evidence: str) -> None:
    _line(f"  {name}", f"{evidence} ({rule})" if evidence else rule)


def _quote(quote: Quote) -> None:
    if quote.is_paraphrase:
        _line(f"  paraphrase ({quote.place})", quote.text)
    else:
        _line(f"  quote ({quote.place})", f"“{quote.text}”")

"""Records in MEDLINE's tagged format, which PubMed exports as ``.nbib``.

Tags as listed in "MEDLINE/PubMed Data Element (Field) Descriptions" of the NLM. A value stands on one line, however
long: continuation lines are allowed, not needed, and Bio.Medline joins some of them without the space.
"""

from collections.abc import Iterator, Sequence

from litwatch.digest.bibliography import abstract_of
from litwatch.digest.phrases import MONTHS, one_line
from litwatch.library.nbib_reader import LINK_TAGS
from litwatch.model.dates import PartialDate
from litwatch.model.record import MeshHeading, Record


def medline_text(records: Sequence[Record]) -> str:
    """The records, a blank line after each."""
    return "".join("".join(f"{tag:<4}- {value}\n" for tag, value in _tags(record)) + "\n" for record in records)


def _tags(record: Record) -> Iterator[tuple[str, str]]:
    parts = (_state(record), _description(record), _authors(record), _journal(record), _subjects(record), _rest(record))
    for part in parts:
        for tag, value in part:
            if value := one_line(value):
                yield tag, value


def _state(record: Record) -> Iterator[tuple[str, str]]:
    yield "PMID", record.pmid
    yield "STAT", record.status
    yield "DCOM", _digits(record.completed)
    yield "LR", _digits(record.revised)


def _description(record: Record) -> Iterator[tuple[str, str]]:
    yield "TI", record.title
    yield "TT", record.vernacular_title
    yield "AB", abstract_of(record)
    yield "CI", record.copyright
    yield "LID", f"{record.doi} [doi]" if record.doi else ""
    yield "DP", _printed(record.published or record.published_online)
    yield "DEP", _digits(record.published_online)
    for language in record.languages:
        yield "LA", language
    for registry in record.registry_numbers:
        yield "SI", f"{registry.databank}/{registry.accession}"
    for kind in record.publication_types:
        yield "PT", kind.name


def _authors(record: Record) -> Iterator[tuple[str, str]]:
    for author in record.authors:
        if author.collective:
            yield "CN", author.collective
        else:
            given = " ".join(part for part in (author.fore_name or author.initials, author.suffix) if part)
            yield "FAU", ", ".join(part for part in (author.last_name, given) if part)
            yield "AU", author.printed
            yield "AUID", f"ORCID: {author.orcid}" if author.orcid else ""


def _journal(record: Record) -> Iterator[tuple[str, str]]:
    journal = record.journal
    yield "TA", journal.abbreviation
    yield "JT", journal.title
    yield "JID", journal.nlm_id
    yield "IS", journal.issn
    yield "PL", journal.country
    yield "VI", journal.volume
    yield "IP", journal.issue
    yield "PG", journal.pages
    if record.book:
        yield "BTI", record.book.title
        yield "PB", record.book.publisher


def _subjects(record: Record) -> Iterator[tuple[str, str]]:
    for chemical in record.chemicals:
        yield "RN", f"{chemical.registry_number} ({chemical.name})"
    for subset in record.subsets:
        yield "SB", subset
    for heading in record.mesh:
        yield "MH", _heading(heading)
    for keyword in record.keywords:
        yield "OT", keyword


def _rest(record: Record) -> Iterator[tuple[str, str]]:
    for link in record.links:
        if tag := LINK_TAGS.get(link.ref_type):
            yield tag, " ".join(part for part in (link.source, f"PMID: {link.pmid}" if link.pmid else "") if part)
    yield "PMC", record.pmcid or ""
    for name, tag in (("pubmed", "EDAT"), ("medline", "MHDA"), ("entrez", "CRDT")):
        date = record.event(name)
        yield tag, str(date).replace("-", "/") if date else ""
    for entry in record.history:
        yield "PHST", f"{str(entry.date).replace('-', '/')} [{entry.event}]"
    for kind, value in record.article_ids:
        yield "AID", f"{value} [{kind}]" if kind != "pubmed" else ""
    yield "PST", record.publication_status


def _heading(heading: MeshHeading) -> str:
    """A MeSH heading with its subheadings, an asterisk in front of what is major."""
    names = ((heading.name, heading.major), *((each.name, each.major) for each in heading.qualifiers))
    return "/".join(f"*{name}" if major else name for name, major in names)


def _digits(date: PartialDate | None) -> str:
    """A date as ``20110203``."""
    return str(date).replace("-", "") if date else ""


def _printed(date: PartialDate | None) -> str:
    """A date as PubMed prints it: ``2011 Feb 3``."""
    if date is None or date.as_printed:
        return date.as_printed if date else ""
    month = MONTHS[date.month - 1][:3] if date.month else ""
    return " ".join(part for part in (str(date.year), month, str(date.day or "")) if part)

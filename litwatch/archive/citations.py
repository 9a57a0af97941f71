"""Printed places matched with the records of an archive, as ECitMatch does it."""

from collections.abc import Iterator

from litwatch.archive.index import Archive
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationMatch, CitationOutcome, CitationQuery
from litwatch.pubmed.query_words import join_words


def match_citation(archive: Archive, citation: CitationQuery) -> CitationMatch:
    """The record that has all that ``citation`` gives; what it does not give is not compared.

    A citation without anything that can be searched matches nothing.
    """
    query = " AND ".join(_terms(citation))
    if not query:
        return CitationMatch(CitationOutcome.NOT_FOUND)
    pmids = tuple(Pmid(str(pmid)) for pmid in sorted(archive.search(query).ids))
    if not pmids:
        return CitationMatch(CitationOutcome.NOT_FOUND)
    return CitationMatch(CitationOutcome.MATCHED if len(pmids) == 1 else CitationOutcome.AMBIGUOUS, pmids)


def knows_journal(archive: Archive, name: str) -> bool:
    """Whether any record appeared in the journal of this name or abbreviation."""
    words = join_words(name)
    return bool(words) and bool(archive.search(f'"{words}"[ta]').ids)


def _terms(citation: CitationQuery) -> Iterator[str]:
    for text, tag in ((citation.journal, "ta"), (citation.volume, "vi"), (citation.first_page, "pg")):
        if words := join_words(text):
            yield f'"{words}"[{tag}]'
    if citation.year is not None and 1 <= citation.year <= 9999:
        yield f"{citation.year:04d}[dp]"
    if author := join_words(citation.author):
        yield f'"{author}"[au]' if " " not in author else f"{author}[au]"

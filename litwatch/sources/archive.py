"""An archive on this machine as a source, without a server in between."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from litwatch.archive.citations import match_citation
from litwatch.archive.index import Archive
from litwatch.archive.server_bodies import article_set
from litwatch.errors import InvalidQuery, SourceRefused
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationMatch, CitationQuery, FailedBatch, RawBatch, SearchResult
from litwatch.ports import Clock
from litwatch.pubmed.query import parse_query
from litwatch.sources.slices import created_until

BATCH_SIZE = 500
"""Records that are read, and held in memory, at a time."""


class ArchiveSource:
    """A ports.Source over ``archive``, which stays the caller's to close."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self._archive = archive
        self._clock = clock

    def search(self, query: str, *, until: date | None = None) -> SearchResult:
        """The complete id set; a query that cannot be read is a SourceRefused that names the place."""
        sent = created_until(query, until)
        try:
            parse_query(query)  # before it is put in parentheses, so that the place is one in the query as given
            answer = self._archive.search(sent)
        except InvalidQuery as error:
            raise SourceRefused(f"the archive cannot be searched for «{query}»: {error}") from error
        phrases = ", ".join(f"«{phrase}»" for phrase in answer.unknown_phrases)
        unknown = (f"the archive does not hold {phrases}",) if phrases else ()
        return SearchResult(
            source="archive",
            query=sent,
            translation=answer.translation,
            reported=answer.count,
            pmids=tuple(Pmid(str(pmid)) for pmid in answer.ids),
            warnings=unknown + answer.warnings,
            searched_at=self._clock.now(),
        )

    def fetch(self, pmids: Sequence[Pmid]) -> Iterator[RawBatch | FailedBatch]:
        """The records in batches; see ports.Source."""
        asked = iter(dict.fromkeys(pmids))
        while batch := tuple(islice(asked, BATCH_SIZE)):
            yield RawBatch(batch, article_set(xml for _, xml in self._archive.fetch([int(pmid) for pmid in batch])))

    def match_citations(self, citations: Sequence[CitationQuery]) -> tuple[CitationMatch, ...]:
        """What stands at each printed place; see ports.Source."""
        return tuple(match_citation(self._archive, citation) for citation in citations)

    def ping(self) -> str:
        """One line on what the archive holds."""
        info = self._archive.info()
        return f"{info.path.name}: {info.records:,} records, created from {info.first} to {info.last}"

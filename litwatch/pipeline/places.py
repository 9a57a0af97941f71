"""What stands at the printed places of references: asked for together, when the first of them is wanted."""

from collections.abc import Mapping, Sequence

from litwatch.errors import SourceError, SourceUnavailable
from litwatch.identity import citation_query
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationMatch, CitationQuery
from litwatch.model.watch import CitedReference
from litwatch.ports import Source


class Places:
    """The places of ``references`` in ``source``. One request answers for many, so none is made for each alone.

    A source that cannot match places is not asked again, and its reason is told with each reference.
    """

    def __init__(self, source: Source, references: Sequence[CitedReference]) -> None:
        self._source = source
        self._references = references
        self._matches: Mapping[CitationQuery, CitationMatch] | None = None
        self._failure = ""

    def look_up(self, reference: CitedReference, tried: list[str]) -> tuple[Pmid, ...]:
        """The ids that stand where ``reference`` says, none when it says too little; noted in ``tried``.

        Raises SourceUnavailable when they could not be asked for: searches may still find what is meant.
        """
        citation = citation_query(reference)
        if citation is None:
            return ()
        if self._matches is None:
            self._matches = self._match()
        match = self._matches.get(citation)
        asked = "ECitMatch " + "|".join(str(field or "") for field in citation)
        if match is None:
            tried.append(f"{asked} → could not be asked: {self._failure}")
            raise SourceUnavailable(tried[-1])
        tried.append(f"{asked} → {' '.join((match.outcome, *match.pmids))}")
        return match.pmids

    def _match(self) -> Mapping[CitationQuery, CitationMatch]:
        wanted = list(dict.fromkeys(filter(None, map(citation_query, self._references))))
        try:
            return dict(zip(wanted, self._source.match_citations(wanted), strict=True))
        except SourceError as error:
            self._failure = str(error)
            return {}

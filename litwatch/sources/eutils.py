"""PubMed over E-utilities: complete id sets, and records in batches."""

import random
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from litwatch.errors import SearchIncomplete, SourceRefused, SourceUnavailable
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationMatch, CitationQuery, FailedBatch, RawBatch, SearchResult
from litwatch.ports import Clock
from litwatch.pubmed.replies import (
    SearchReply,
    check_fetch_reply,
    find_create_dates,
    parse_citation_reply,
    parse_info_reply,
    parse_search_reply,
)
from litwatch.sources.slices import SERVED, created_until, search_slices

if TYPE_CHECKING:
    from concurrent.futures import Future

    from requests import Session

    from litwatch.sources.transport import Operation

_Batch = tuple[Pmid, ...]

_ROUNDS = 2
"""How often a search is made whose ids do not add up: PubMed may have changed while its parts were asked for."""

_CITATIONS = 100
"""Citations matched in one request; NBK25499 names no limit."""

_NO_FIELD = re.compile(r"[|\x00-\x1f\x7f]+")
"""What would end a field of a citation, or the citation, for ECitMatch."""

_REFUSALS = 3
"""Refused batches in a row after which no more are asked for."""


@dataclass(frozen=True, slots=True)
class EutilsSettings:
    """Whom to ask, as whom, and how patiently. Times are in seconds.

    ``tool`` and ``email`` name the asker, as NCBI wants it (NBK25497). ``timeout`` is for the connection and for any
    silence after it, ``reply_timeout`` for one whole reply, ``budget`` for a whole search or fetch with its requests,
    tries and pauses, and with what the caller does between batches. ``rate`` is in requests a second; None takes what
    NCBI permits.
    """

    tool: str
    email: str
    api_key: str | None = field(default=None, repr=False)
    base_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
    timeout: tuple[float, float] = (10.0, 30.0)
    reply_timeout: float = 180.0
    budget: float = 1800.0
    max_tries: int = 5
    rate: int | None = None
    batch_size: int = 500
    in_flight: int = 3
    max_results: int = 100_000

    @property
    def requests_per_second(self) -> int:
        """NCBI permits 3 without an API key and 10 with one (NBK25497)."""
        return self.rate or (10 if self.api_key else 3)


class _IdSet(NamedTuple):
    """What a search brought: the reply to the query itself, and all ids, from it and from its slices."""

    reply: SearchReply
    pmids: set[Pmid]
    searches: int

    @property
    def is_complete(self) -> bool:
        return len(self.pmids) == self.reply.count


class EutilsSource:
    """A ports.Source that asks PubMed, or whatever speaks like it at the settings' ``base_url``.

    ``jitter`` gives numbers from 0 to 1 that spread the pauses before further tries.
    """

    def __init__(
        self,
        settings: EutilsSettings,
        clock: Clock,
        session: "Session | None" = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        # Here, because it brings requests, which the start-up path must not load.
        from litwatch.sources.transport import Transport

        self._settings = settings
        self._clock = clock
        self._transport = Transport(settings, clock, session, jitter)

    def search(self, query: str, *, until: date | None = None) -> SearchResult:
        """The complete id set, in one request where PubMed serves it in one; see ports.Source."""
        operation = self._transport.begin()
        for _ in range(_ROUNDS):
            found = self._collect_ids(query, until, operation)
            if found.is_complete:
                return SearchResult(
                    source=f"PubMed, E-utilities at {self._transport.host}",
                    query=created_until(query, until),
                    translation=found.reply.translation,
                    reported=found.reply.count,
                    pmids=tuple(sorted(found.pmids, key=int)),
                    warnings=found.reply.warnings,
                    searched_at=self._clock.now(),
                    requests=operation.requests,
                    slices=found.searches,
                )
        raise SearchIncomplete(
            f"PubMed reported {found.reply.count:,} ids and sent {len(found.pmids):,} (at most {found.reply.retmax:,} "
            f"at once), {_ROUNDS} times over; search again later"
        )

    def fetch(self, pmids: Sequence[Pmid]) -> Iterator[RawBatch | FailedBatch]:
        """The records in batches; see ports.Source.

        At most ``in_flight`` batches are on their way or waiting to be taken, so that memory stays constant. Several
        refusals in a row mean that the source refuses us and not a batch; then, and when the time budget is used up,
        the batches left fail without being asked for.
        """
        from concurrent.futures import ThreadPoolExecutor

        asked = iter(dict.fromkeys(pmids))
        batches = iter(lambda: tuple(islice(asked, self._settings.batch_size)), ())
        operation = self._transport.begin()
        pool = ThreadPoolExecutor(self._settings.in_flight)
        try:
            yield from self._in_order(batches, lambda batch: pool.submit(self._fetch_batch, batch, operation))
        finally:
            operation.cancel()
            pool.shutdown(wait=False, cancel_futures=True)

    def _in_order(
        self, batches: Iterator[_Batch], submit: Callable[[_Batch], "Future[bytes]"]
    ) -> Iterator[RawBatch | FailedBatch]:
        """What became of each batch, in order; ``submit`` is called as far ahead as requests may be in flight."""
        running: deque[tuple[_Batch, Future[bytes]]] = deque()
        most, refusals, refusal = self._settings.in_flight, 0, ""
        while refusals < max(_REFUSALS, most):
            room = (1 if refusals else most) - len(running)
            running.extend((batch, submit(batch)) for batch in islice(batches, max(0, room)))
            if not running:
                return
            batch, future = running.popleft()
            try:
                body = future.result()
            except SourceRefused as error:
                refusals, refusal = refusals + 1, str(error)
                yield FailedBatch(batch, refusal)
            except SourceUnavailable as error:
                yield FailedBatch(batch, str(error))
            else:
                refusals = 0
                yield RawBatch(batch, body)
        yield from (FailedBatch(batch, refusal) for batch in batches)

    def match_citations(self, citations: Sequence[CitationQuery]) -> tuple[CitationMatch, ...]:
        """What stands at each printed place, by ECitMatch, a hundred to a request; see ports.Source."""
        operation = self._transport.begin()
        asked = dict.fromkeys(citations)
        matched: dict[CitationQuery, CitationMatch] = {}
        while batch := tuple(islice(asked, len(matched), len(matched) + _CITATIONS)):
            matched.update(zip(batch, self._match_batch(batch, operation), strict=True))
        return tuple(matched[citation] for citation in citations)

    def ping(self) -> str:
        """One line on who answered; see ports.Source."""
        info = self._transport.call("einfo.fcgi", {"retmode": "json"}, parse_info_reply, self._transport.begin())
        details = [info.build, info.updated and f"last update {info.updated}"]
        known = ", ".join(filter(None, details))
        return f"{info.name}{f' ({known})' if known else ''} at {self._transport.host}"

    def _collect_ids(self, query: str, until: date | None, operation: "Operation") -> _IdSet:
        """All ids of ``query``, as far as they can be had; stops as soon as there are as many as were reported."""

        def search(term: str) -> SearchReply:
            # The sort is named because the server's own default is relevance; pub_date is documented (NBK25499).
            parameters = {"term": term, "retmode": "json", "retmax": str(SERVED), "sort": "pub_date"}
            return self._transport.call("esearch.fcgi", parameters, parse_search_reply, operation)

        def look_up_dates(pmids: Sequence[Pmid]) -> tuple[date, ...]:
            return find_create_dates(self._fetch_batch(pmids, operation))

        reply = search(created_until(query, until))
        found, searches = set(reply.pmids), 1
        if reply.count > SERVED:
            if reply.count > self._settings.max_results:
                raise SourceRefused(
                    f"the search matches {reply.count:,} records, more than max_results = "
                    f"{self._settings.max_results:,}; narrow the search strategy or raise the limit"
                )
            for part in search_slices(query, until, reply, search, look_up_dates):
                found.update(part.pmids)
                searches += 1
                if len(found) == reply.count:
                    break
        return _IdSet(reply, found, searches)

    def _match_batch(self, citations: Sequence[CitationQuery], operation: "Operation") -> tuple[CitationMatch, ...]:
        keys = [f"c{number}" for number in range(len(citations))]
        # journal|year|volume|first page|author|key|, separated by carriage returns (NBK25499, "ECitMatch"). retmode has
        # to be xml, although the reply is no XML: without it comes a page of HTML.
        lines = [_citation_line(citation, key) for citation, key in zip(citations, keys, strict=True)]
        parameters = {"retmode": "xml", "bdata": "\r".join(lines)}
        return self._transport.call(
            "ecitmatch.cgi", parameters, lambda body, status: parse_citation_reply(body, status, keys), operation
        )

    def _fetch_batch(self, pmids: Sequence[Pmid], operation: "Operation") -> bytes:
        parameters = {"id": ",".join(pmids), "retmax": str(len(pmids)), "retmode": "xml"}
        return self._transport.call("efetch.fcgi", parameters, _whole_set, operation)


def _citation_line(citation: CitationQuery, key: str) -> str:
    fields = (citation.journal, citation.year or "", citation.volume, citation.first_page, citation.author, key)
    return "".join(f"{_NO_FIELD.sub(' ', str(field)).strip()}|" for field in fields)


def _whole_set(body: bytes, status: int) -> bytes:
    check_fetch_reply(body, status)
    return body

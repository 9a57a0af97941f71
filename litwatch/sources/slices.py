"""Complete id sets: a search that matches more ids than one reply holds is cut by create date until each part fits.

ESearch serves the first 9,999 ids of a PubMed search and no more, whatever ``retstart`` or the history server are asked
for (so E-utilities' own message says). The create date (CRDT) of a record never changes, so ranges of it part the set.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from litwatch.errors import SearchIncomplete
from litwatch.model.identifiers import Pmid
from litwatch.pubmed.replies import SearchReply

SERVED = 9_999
"""Ids of one search that can be had."""

SAMPLE = 20
"""Records whose create dates are looked up, in one small request, to choose where to cut."""

_FIRST_DAY = date(1800, 1, 1)
_LAST_DAY = date(3000, 12, 31)
_DAY = timedelta(days=1)


class _Span(NamedTuple):
    """The records created from ``first`` to ``last``; ``parent`` is the count of the span that it is a part of."""

    first: date
    last: date
    parent: int


def created_between(query: str, first: date, last: date) -> str:
    """``query``, restricted to records created in the days from ``first`` to ``last``, both included."""
    return f'({query}) AND ("{first:%Y/%m/%d}"[crdt] : "{last:%Y/%m/%d}"[crdt])'


def created_until(query: str, until: date | None) -> str:
    """``query``, restricted to records created not after ``until``, as it stands when that is None."""
    return created_between(query, _FIRST_DAY, until) if until else query


def search_slices(
    query: str,
    until: date | None,
    whole: SearchReply,
    search: Callable[[str], SearchReply],
    look_up_dates: Callable[[Sequence[Pmid]], Sequence[date]],
) -> Iterator[SearchReply]:
    """The replies to searches that together hold all ids of ``query``, which was answered with ``whole``, too large.

    The oldest records come first: as ``whole`` holds the newest, the caller often has all before the slices end.
    Raises SearchIncomplete when more records than can be had were created in one day.
    """
    span, reply = _Span(_FIRST_DAY, until or _LAST_DAY, parent=0), whole
    waiting: deque[_Span] = deque()
    while True:
        if reply.count > SERVED:
            day = _day_to_cut(span, reply, look_up_dates)
            waiting.appendleft(_Span(span.first, day, reply.count))
            waiting.append(_Span(day + _DAY, span.last, reply.count))
        if not waiting:
            return
        span = waiting.popleft()
        reply = search(created_between(query, span.first, span.last))
        yield reply


def _day_to_cut(span: _Span, reply: SearchReply, look_up_dates: Callable[[Sequence[Pmid]], Sequence[date]]) -> date:
    """The last day of the older part, so that the newer one will hold about three quarters of what ``reply`` holds.

    The day is read off some of the records received. Where that did not part the set the last time, or cannot, the
    days are halved.
    """
    if span.first == span.last:
        raise SearchIncomplete(
            f"{reply.count:,} matching records were created on {span.first}, of which PubMed serves only {SERVED:,}; "
            "narrow the search strategy"
        )
    if reply.pmids and reply.count != span.parent:
        dates = sorted(look_up_dates(reply.pmids[:: max(1, len(reply.pmids) // SAMPLE)]))
        if dates:
            quarter = dates[len(dates) // 4]
            day = quarter if quarter < dates[-1] else quarter - _DAY
            if span.first <= day < span.last:
                return day
    return span.first + (span.last - span.first) // 2

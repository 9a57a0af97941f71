"""What a feed tells of a watch: an entry for each issue, one for each notice, and one for each signal of a claim.

A feed goes on from the one of the issue before. An entry never changes once it was told: its id is made of what it
tells, and a signal that stands for many issues is one entry.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from litwatch.digest.attention import SignalledClaim, SignalLine, find_attention
from litwatch.digest.compose import summary_sentence
from litwatch.digest.phrases import long_date, one_line, sentence_case
from litwatch.model.digest import Digest, NoticeCard
from litwatch.model.finding import NoticeKind

KEPT_ISSUES = 50
"""A feed holds what so many issues have told first, the latest ones."""

_NAMESPACE = UUID("6f0e1c1e-3f0b-4d53-9a0e-5c9b8c9d7a41")

_NOT_RETRACTED = frozenset({NoticeKind.CONCERN, NoticeKind.ERRATUM})

# What no XML document can hold, nor UTF-8: lone surrogates, and two code points that are no characters.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")

# Marks that turn the direction of text: a feed reader shows a title in a line of its own making.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class FeedEntry(NamedTuple):
    """``issue``, made at ``made_at``, told it first; ``url`` is relative to the folder of the watch. All is plain text.

    A ``title`` and a ``text`` are one line each, without control characters.
    """

    id: str
    issue: int
    made_at: datetime
    title: str
    text: str
    url: str


def feed_entries(digest: Digest, earlier: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """What ``digest``, an issue with a number, adds to the ``earlier`` entries, and after it those; newest issue first.

    What the digest counts and does not name, such as minor notices on a large baseline, has no entry.
    """
    told = {entry.id: entry for entry in earlier}
    new = {entry.id: entry for entry in _entries(digest) if entry.id not in told}
    last = (digest.number or 0) - KEPT_ISSUES
    return tuple(entry for entry in (*new.values(), *told.values()) if entry.issue > last)


def feed_id(watch: str) -> str:
    """Names the feed of a watch, wherever it lies."""
    return _id(watch, "feed")


def plain(text: str) -> str:
    """``text`` on one line, without what XML cannot hold or what turns the text around it."""
    return one_line(_TURNS.sub("", _NO_CHARACTER.sub("?", text)))


def _entries(digest: Digest) -> Iterator[FeedEntry]:
    attention = find_attention(digest)
    # The moment tells an issue from another of its number, made after what litwatch remembers was thrown away.
    key = ("issue", str(digest.number), digest.made_at.isoformat())
    title = f"Issue {digest.number}, {long_date(digest.made_at, digest.watch.schedule.timezone)}"
    yield _entry(digest, key, title, summary_sentence(digest))
    for group in attention.notices:
        for card in group.cards.shown:
            notice = card.notice
            yield _entry(digest, ("notice", notice.pmid, notice.kind, notice.reference), *_notice_words(digest, card))
    for claim in attention.claims:
        for line in claim.signals:
            signal = line.signal
            pmids = sorted(work.pmid for work in signal.works)
            yield _entry(digest, ("signal", signal.kind, signal.claim, *pmids), *_signal_words(claim, line))


def _entry(digest: Digest, key: tuple[str, ...], title: str, text: str) -> FeedEntry:
    place = "" if key[0] == "issue" else "#attention"
    return FeedEntry(
        id=_id(digest.watch.name, *key),
        issue=digest.number or 0,
        made_at=digest.made_at,
        title=plain("Sample: " * digest.is_sample + title),
        text=plain(text),
        url=f"{digest.number}/digest.html{place}",
    )


def _notice_words(digest: Digest, card: NoticeCard) -> tuple[str, str]:
    notice = card.notice
    kind = sentence_case(notice.kind) + " (not a retraction)" * (notice.kind in _NOT_RETRACTED)
    why = f"Issue {digest.number}: work {card.concerns} (PubMed {notice.pmid})"
    return f"{kind}: {_title(card.title)}", f"{why}. {notice.statement}"


def _signal_words(claim: SignalledClaim, line: SignalLine) -> tuple[str, str]:
    named = f"{claim.claim.id} to look at again" if claim.claim else "The article to look at again"
    works = [f"{_title(work.title)} ({work.because}; PubMed {work.pmid})" for work in line.works.shown]
    more = [f"and {line.works.more:,} more"] * bool(line.works.more)
    told = f"{line.signal.because} {'; '.join(works + more)}."
    return f"{named}: {line.signal.kind}", f"{claim.claim.text} {told}" if claim.claim else told


def _title(title: str) -> str:
    return plain(title) or "[record without a title]"


def _id(watch: str, *key: str) -> str:
    """A UUID by name (version 5) of the watch and what is told, as a URN."""
    return f"urn:uuid:{uuid5(_NAMESPACE, json.dumps((watch, *key)))}"

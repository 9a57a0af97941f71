"""A watch: the article, its claims, what it cites, and the strategy that finds news about them."""

from dataclasses import dataclass
from typing import Literal

from litwatch.model.identifiers import Doi, Pmcid, Pmid

Expectation = Literal["decrease", "increase", "no difference"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A health claim, in our own words.

    A record bears on it when it names one of its terms and, if ``conditions`` are given, one of those too. ``expects``
    is the direction that the claim asserts for its ``outcomes``; those called ``opposite`` go the other way when the
    claim holds, as pain relief does when pain decreases.
    """

    id: str
    text: str
    expects: Expectation
    outcomes: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every outcome that the claim is about, opposite ones last."""
        return self.outcomes + self.opposite


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A reference exactly as the article writes it, and where it stands.

    ``said`` is what the article says of the cited work, in our own words. An identifier, where the author of
    the watch knows one, settles the reference; without one it is matched.
    """

    id: str
    as_written: str
    claims: tuple[str, ...] = ()
    said: str = ""
    pmid: Pmid | None = None
    doi: Doi | None = None
    pmcid: Pmcid | None = None

    @property
    def question(self) -> str:
        """All that the watch gives of the reference, a line each: what a person's decision on it answers."""
        return "\n".join(part or "" for part in (self.as_written, self.said, self.pmid, self.doi, self.pmcid))


@dataclass(frozen=True, slots=True)
class WatchedArticle:
    """The published text that the claims stand in; ``file`` is the path of its text on this machine, or empty."""

    title: str
    url: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a watch runs: a cron expression read in a time zone (IANA name)."""

    cron: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything that a person decides about one watch.

    ``topic`` is the short arm of the strategy (the intervention); candidates for a cited reference are searched with
    it. ``reread_days`` is how long a watched record may go without being read again for notices. ``targets`` are
    (sink, target) pairs: where issues go beside the folder.
    """

    name: str
    title: str
    article: WatchedArticle
    strategy: str
    topic: str
    claims: tuple[Claim, ...]
    references: tuple[CitedReference, ...]
    schedule: Schedule
    reread_days: int = 6
    targets: tuple[tuple[str, str], ...] = ()

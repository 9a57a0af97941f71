"""An audit: each citation of an article, what it means, and what was compared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from litwatch.article.values import InTextCitation, ListedReference, Sentence
from litwatch.library.citation_styles import Style
from litwatch.model.finding import Finding, Notice, StudyDesign
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import Record
from litwatch.model.watch import CitedReference

REVIEWS = frozenset((StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.NARRATIVE_REVIEW))
_NEITHER = frozenset((StudyDesign.GUIDELINE, StudyDesign.PROTOCOL, StudyDesign.EDITORIAL, StudyDesign.NOTICE))


class Verdict(StrEnum):
    """Whether the article agrees with the record."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_TELL = "cannot tell"


class Check(NamedTuple):
    """One comparison: ``matter`` is what was compared (design, population, participants, authors, year).

    ``said`` are the words of the article and ``recorded`` is what the record says; ``evidence`` is where it says
    so, with the rule that read it, empty where ``recorded`` is a field of the record.
    """

    matter: str
    verdict: Verdict
    rule: str
    said: str
    recorded: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AuditedCitation:
    """A citation in its sentence, the work that it means, and what came of comparing them.

    ``record`` and ``finding`` are None, and ``checks`` empty, unless the work is known and its record could be had.
    """

    sentence: Sentence
    citation: InTextCitation
    reference: CitedReference
    match: ReferenceMatch
    record: Record | None = None
    finding: Finding | None = None
    notices: tuple[Notice, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def is_resolved(self) -> bool:
        """Whether it is known which work is cited."""
        return self.match.state in (ReferenceState.GIVEN, ReferenceState.RESOLVED)

    @property
    def is_unread(self) -> bool:
        """Whether the work is known, and no record of it could be had to compare with."""
        return self.is_resolved and self.record is None

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look: an unknown work, a notice on it, or a disagreement."""
        disagrees = any(check.verdict is Verdict.DISAGREES for check in self.checks)
        return self.record is None or bool(self.notices) or disagrees

    @property
    def kind(self) -> str:
        """A "review", a "primary study", the name of what is neither, or "unclear"."""
        design = self.finding.design if self.finding else StudyDesign.UNCLEAR
        if design in REVIEWS:
            return "review"
        return design.value if design in _NEITHER or design is StudyDesign.UNCLEAR else "primary study"


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one article. ``uncited`` are entries of its list of references that no sentence cites.

    ``topic`` is the search strategy that candidates were searched with, ``source`` who answered, ``notes`` what else a
    reader must know.
    """

    title: str
    citations: tuple[AuditedCitation, ...]
    style: Style
    topic: str = ""
    source: str = ""
    uncited: tuple[ListedReference, ...] = ()
    notes: tuple[str, ...] = ()

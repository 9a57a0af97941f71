"""What a record says, as far as rules can tell, each verdict with its reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.direction import Direction, OutcomeDirection
from litwatch.model.identifiers import Pmid, WorkId
from litwatch.model.identity import Because
from litwatch.model.quote import Quote


class StudyDesign(StrEnum):
    """Study designs, strongest first where they compare."""

    META_ANALYSIS = "meta-analysis"
    SYSTEMATIC_REVIEW = "systematic review"
    RCT = "randomised controlled trial"
    NON_RANDOMISED_TRIAL = "non-randomised trial"
    COHORT = "cohort study"
    CASE_CONTROL = "case-control study"
    CROSS_SECTIONAL = "cross-sectional study"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    GUIDELINE = "guideline"
    NARRATIVE_REVIEW = "narrative review"
    PROTOCOL = "protocol"
    ANIMAL_EXPERIMENT = "animal experiment"
    IN_VITRO = "in vitro study"
    EDITORIAL = "editorial or letter"
    NOTICE = "notice"
    UNCLEAR = "unclear"


class Population(StrEnum):
    """In whom or in what."""

    HUMAN = "human"
    ANIMAL = "animal"
    IN_VITRO = "in vitro"
    HUMAN_AND_ANIMAL = "human and animal"
    UNCLEAR = "unclear"


class Stance(StrEnum):
    """Whether what a study found agrees with a claim."""

    SUPPORTS = "supports"
    CHALLENGES = "challenges"
    MIXED = "mixed"
    UNCLEAR = "unclear"


NOT_JUDGED = Because("not judged", "")
"""Why the stance of a bearing is unclear that was found before stances were judged."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A claim that a record bears on: the terms of the claim that it names, and the sentence that says most about it.

    ``direction`` is where the outcomes of the claim went with the intervention, in the sense of the claim: an outcome
    that the claim calls opposite is turned round. ``stance`` is that direction beside what the claim expects.
    """

    claim: str
    terms: tuple[str, ...]
    rationale: Quote
    direction: Direction = Direction.UNCLEAR
    stance: Stance = Stance.UNCLEAR
    because: Because = NOT_JUDGED


class DetailKind(StrEnum):
    """What a record tells beside the design, in the order in which it is shown."""

    AGES = "adults or children"
    SAMPLE = "sample size"
    DRUG = "drug"
    DOSE = "dose"
    ROUTE = "route"
    CONDITION = "condition"
    REGISTRATION = "registration"


class Detail(NamedTuple):
    """A detail with the words it was read from and their place, as in ``Quote``, or the registry that PubMed names."""

    kind: DetailKind
    value: str
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Relevance:
    """How far a work is what the watch's people look for: ``score`` from 0 to 1 orders works for reading.

    ``is_low`` says that by what persons decided so far it most probably is not; such a work is told in brief.
    """

    score: float
    is_low: bool
    because: Because


@dataclass(frozen=True, slots=True)
class Harm:
    """A major harm that a record reports of the watch's intervention: the sentence, and why it is one.

    ``because`` names the rule and, as its evidence, the kind of harm.
    """

    quote: Quote
    because: Because


LEVELS = {
    StudyDesign.META_ANALYSIS: "1, if what it pools is randomised",
    StudyDesign.SYSTEMATIC_REVIEW: "1, if what it reviews is randomised",
    StudyDesign.RCT: "2",
    StudyDesign.NON_RANDOMISED_TRIAL: "3",
    StudyDesign.COHORT: "3",
    StudyDesign.CASE_CONTROL: "4",
    StudyDesign.CASE_SERIES: "4",
    StudyDesign.CASE_REPORT: "4",
    StudyDesign.ANIMAL_EXPERIMENT: "5",
    StudyDesign.IN_VITRO: "5",
}
"""OCEBM 2011 levels of evidence (Oxford Centre for Evidence-Based Medicine) for the question "does this intervention
help?". A level belongs to a design; how well a study was done is not judged. Animals and cells are mechanism-based
reasoning. Other designs have none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything appraised of one work from one of its records. ``conclusion`` is None without an abstract.

    ``rank`` orders works for reading, higher first; it hides nothing. ``directions`` are those of all outcomes that the
    abstract reports, unclear ones without readings. ``basis`` names what the record was appraised by: a finding with
    another basis was made from other claims or by other rules. ``harm`` is None where no major harm is told. A finding
    kept before there were ``details``, ``directions``, ``basis`` or ``harm`` has none. ``relevance`` is that of a
    reported work, as the issue was made.
    """

    work: WorkId
    pmid: Pmid
    design: StudyDesign
    design_because: Because
    population: Population
    population_because: Because
    species: str
    bearings: tuple[Bearing, ...]
    conclusion: Quote | None
    rank: float
    retracted: bool
    details: tuple[Detail, ...] = ()
    directions: tuple[OutcomeDirection, ...] = ()
    basis: str = ""
    relevance: Relevance | None = None
    harm: Harm | None = None

    @property
    def level(self) -> str:
        """The OCEBM 2011 level of the design, empty where the design has none or the work is retracted."""
        return "" if self.retracted else LEVELS.get(self.design, "")


class NoticeKind(StrEnum):
    """What can befall a published work. Errata and concerns are never called retractions."""

    RETRACTION = "retraction"
    CONCERN = "expression of concern"
    WITHDRAWN = "withdrawn from PubMed"
    REPUBLISHED = "corrected and republished"
    ERRATUM = "erratum"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on the work of record ``pmid``, as PubMed states it.

    ``reference`` identifies the notice itself, so that it is announced once: its PMID, else its printed source,
    else the publication type. ``statement`` is what the record says, ``first_seen`` when litwatch first read it.
    """

    pmid: Pmid
    kind: NoticeKind
    reference: str
    statement: str
    first_seen: datetime

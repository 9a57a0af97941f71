"""What publication types, links and MeSH headings say about a study's design.

Publication types are matched by UI. Those of the tables below were read in PubMed's own files, except those marked ¹,
which were read in published lists of the MeSH vocabulary.
"""

from typing import NamedTuple

from litwatch.model.finding import StudyDesign

RETRACTED_UI = "D016441"
"""Retracted Publication: says that the report is retracted, not what design it had."""


class TypeRule(NamedTuple):
    """The design that a publication type means; the text may sharpen it to one of ``sharper``."""

    ui: str
    name: str
    design: StudyDesign
    sharper: frozenset[StudyDesign] = frozenset()


_PROTOCOL = frozenset({StudyDesign.PROTOCOL})
_POOLED = _PROTOCOL | {StudyDesign.META_ANALYSIS}
_REVIEWS = _PROTOCOL | {StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW}
_TRIALS = _PROTOCOL | {StudyDesign.RCT, StudyDesign.NON_RANDOMISED_TRIAL}
_OBSERVATIONAL = frozenset(
    {StudyDesign.COHORT, StudyDesign.CASE_CONTROL, StudyDesign.CROSS_SECTIONAL, StudyDesign.CASE_SERIES}
)

TYPE_RULES = (
    TypeRule("D016440", "Retraction of Publication", StudyDesign.NOTICE),
    TypeRule("D016425", "Published Erratum", StudyDesign.NOTICE),
    TypeRule("D000075742", "Expression of Concern", StudyDesign.NOTICE),
    TypeRule("D000078325", "Clinical Trial Protocol", StudyDesign.PROTOCOL),  # ¹
    TypeRule("D017418", "Meta-Analysis", StudyDesign.META_ANALYSIS, _PROTOCOL),
    TypeRule("D000078182", "Systematic Review", StudyDesign.SYSTEMATIC_REVIEW, _POOLED),
    TypeRule("D017065", "Practice Guideline", StudyDesign.GUIDELINE),
    TypeRule("D016431", "Guideline", StudyDesign.GUIDELINE),  # ¹
    TypeRule("D016449", "Randomized Controlled Trial", StudyDesign.RCT, _PROTOCOL),
    TypeRule("D000077522", "Clinical Trial, Veterinary", StudyDesign.ANIMAL_EXPERIMENT),  # ¹
    TypeRule("D016421", "Editorial", StudyDesign.EDITORIAL),
    TypeRule("D018848", "Controlled Clinical Trial", StudyDesign.NON_RANDOMISED_TRIAL, _PROTOCOL),
    TypeRule("D016430", "Clinical Trial", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),
    TypeRule("D017426", "Clinical Trial, Phase I", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),  # ¹
    TypeRule("D017427", "Clinical Trial, Phase II", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),  # ¹
    TypeRule("D017428", "Clinical Trial, Phase III", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),
    TypeRule("D017429", "Clinical Trial, Phase IV", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),  # ¹
    TypeRule("D065007", "Pragmatic Clinical Trial", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),  # ¹
    TypeRule("D000076362", "Adaptive Clinical Trial", StudyDesign.NON_RANDOMISED_TRIAL, _TRIALS),  # ¹
    TypeRule("D002363", "Case Reports", StudyDesign.CASE_REPORT, frozenset({StudyDesign.CASE_SERIES})),
    TypeRule("D016420", "Comment", StudyDesign.EDITORIAL),
    TypeRule("D016422", "Letter", StudyDesign.EDITORIAL),
    TypeRule("D016454", "Review", StudyDesign.NARRATIVE_REVIEW, _REVIEWS),
    TypeRule("D064888", "Observational Study", StudyDesign.UNCLEAR, _OBSERVATIONAL),
    TypeRule("D016433", "News", StudyDesign.EDITORIAL),
    TypeRule("D016456", "Historical Article", StudyDesign.NARRATIVE_REVIEW, _REVIEWS),
)
"""In order: the first type that a record carries decides. Every other type says nothing about design: Journal Article
(D016428), Preprint (D000076942), Comparative Study, Multicenter Study, Research Support, Retracted Publication."""

TYPE_UIS = frozenset(rule.ui for rule in TYPE_RULES)

NOTICE_LINKS = frozenset({"RetractionOf", "ErratumFor", "ExpressionOfConcernFor"})
"""Links that only the notice itself carries. CorrectedandRepublishedFrom and UpdateOf stand on whole articles."""


class MeshRule(NamedTuple):
    """The design that a MeSH heading means when no publication type and no title says."""

    ui: str
    name: str
    design: StudyDesign


MESH_RULES = (
    MeshRule("D016022", "Case-Control Studies", StudyDesign.CASE_CONTROL),
    MeshRule("D003430", "Cross-Sectional Studies", StudyDesign.CROSS_SECTIONAL),
    MeshRule("D015331", "Cohort Studies", StudyDesign.COHORT),
    MeshRule("D012189", "Retrospective Studies", StudyDesign.COHORT),
    MeshRule("D011446", "Prospective Studies", StudyDesign.COHORT),
    MeshRule("D008137", "Longitudinal Studies", StudyDesign.COHORT),
)
"""Headings "… as Topic" are what a record is about, and Follow-Up Studies stand on any design: neither is here."""

MESH_UIS = frozenset(rule.ui for rule in MESH_RULES)

TRIAL_REGISTRIES = frozenset(
    {
        "ClinicalTrials.gov",
        "ISRCTN",
        "ANZCTR",
        "ChiCTR",
        "CTRI",
        "DRKS",
        "EudraCT",
        "JapicCTI",
        "UMIN-CTR",
        "NTR",
        "PACTR",
        "ReBEC",
        "IRCT",
        "KCT",
        "CRiS",
        "TCTR",
        "RPCEC",
        "jRCT",
        "JPRN",
    }
)
"""Databanks of PubMed that register trials; a number in one supports a trial, but cohorts are registered too."""

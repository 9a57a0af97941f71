"""The rules that read a title, in order; the first that holds decides.

``SETTLING`` titles say what a report is. They come before everything else that is read in text, and among them what is
never a trial (notice, protocol, comment, synthesis) comes first. ``HINTING`` titles are read after the abstract had
its chance to say that people were randomised. Every rule has a case and a near miss in tests/data/appraisal.
"""

from litwatch.appraisal.rules import NOT_ANIMALS, RANDOMISED, STUDY, rule
from litwatch.appraisal.vetoes import (
    ABOUT_GUIDELINES,
    METHOD,
    NOT_A_STUDY_PROTOCOL,
    NOT_IN_TIME,
    NOT_LITERATURE,
    NOT_SYSTEMATIC,
    SECOND_HAND,
)
from litwatch.model.finding import StudyDesign

_PHASE = r"phase (?:[1-4]|i{1,3}|iv)[ab]?(?:[/-](?:[1-4]|i{1,3})[ab]?)?"
_FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten)"

SETTLING = (
    rule(
        "title of a notice",
        StudyDesign.NOTICE,
        "title",
        "erratum errata correction corrigendum corrigenda retraction addendum expression withdrawal",
        r"^\W*(?:(?:author|publisher)(?:'s|s')? )?(?:erratum|errata|correction|corrigend(?:um|a)|retraction|addendum"
        r"|withdrawal)(?: notice)?(?:\s*[:.]| to\b| for\b|$)",
        r"^\W*(?:editorial )?expression of concern\b",
        r"^\W*retraction (?:notice|of|note)\b",
    ),
    rule(
        "title of a protocol",
        StudyDesign.PROTOCOL,
        "title",
        "protocol rationale",
        r"\b(?:study|trial|research|review|project) protocol\b",
        r"(?:^|[:.,;] )\W*(?:an? )?(?:\w+ )?protocol\b(?! \d)",
        r"\bprotocol (?:for|of) (?:an?|the)\b|\bprotocol\W*$",
        r"\brationale(?:, \w+)?,? (?:and|&) (?:study )?design\b",
        vetoes=(NOT_A_STUDY_PROTOCOL,),
    ),
    rule(
        "title of a comment",
        StudyDesign.EDITORIAL,
        "title",
        "letter letters editorial comment commentary comments reply response re correspondence",
        r"^\W*(?:letters?(?: to the editor)?|editorial|(?:invited )?commentary|comments?|(?:in )?reply|correspondence"
        r"|authors?'? (?:reply|response)|response|re)\s*(?:[:.]|$)",
        r"^\W*comment(?:ary|s)? (?:on|to)\b",
        r"^\W*(?:reply|response|letter) to (?:the )?(?:letter|comment|editor|\w+ et al)",
        r"\b(?:editorial|commentary|letter to the editor)\W*$",
    ),
    rule(
        "title names a meta-analysis",
        StudyDesign.META_ANALYSIS,
        "title",
        "meta metaanalysis metaanalyses metaanalytic",
        r"\bmeta-? ?analy(?:sis|ses|tic)\b",
    ),
    rule(
        "title names a systematic review",
        StudyDesign.SYSTEMATIC_REVIEW,
        "title",
        "systematic systematically systemic umbrella",
        r"\b(?:systematic(?:ally)?|systemic|umbrella)(?:,? [\w-]+){0,4} (?:review|overview|synthesis)\b",
        r"\breview, systematic\b|\bsystematic literature search\b",
        vetoes=(NOT_SYSTEMATIC,),
    ),
    rule(
        "title names a guideline",
        StudyDesign.GUIDELINE,
        "title",
        "guideline guidelines consensus recommendations parameter position",
        r"\b(?:practice|consensus|management|clinical|treatment) guidelines?\b|\bguidelines? (?:for|on|from)\b",
        r"\bconsensus (?:statement|recommendations?|guidance)\b|\bposition (?:statement|paper)\b|\bpractice parameter",
        vetoes=(ABOUT_GUIDELINES,),
    ),
    rule(
        "title names a trial without randomisation",
        StudyDesign.NON_RANDOMISED_TRIAL,
        "title",
        "nonrandomized nonrandomised non quasi single",
        rf"\bnon-? ?randomi[sz]ed\b[^.:]{{0,60}}{STUDY}",
        r"\bquasi-?(?:experimental|randomi[sz]ed)\b",
        rf"\bsingle-arm\b[^.:]{{0,60}}{STUDY}",
        vetoes=(SECOND_HAND,),
        of=NOT_ANIMALS,
    ),
    rule(
        "title names a randomised trial",
        StudyDesign.RCT,
        "title",
        "randomized randomised rct randomization randomisation",
        rf"{RANDOMISED}[^.:]{{0,90}}?\b{STUDY}",
        rf"\brct\b|{RANDOMISED}[^:]{{0,20}}$|\btrial (?:with|of|using) randomi[sz]ation\b",
        vetoes=(SECOND_HAND, METHOD),
        of=NOT_ANIMALS,
    ),
    rule(
        "title names a blinded, controlled trial",
        StudyDesign.RCT,
        "title",
        "placebo blind blinded sham",
        r"\b(?:double|triple|single)-? ?blind(?:ed)?\b[^.:]{0,60}\b(?:controlled|cross-?over|placebo"
        r"|trial|comparison)\b",
        rf"\b(?:placebo|sham)-? ?controlled\b[^.:]{{0,40}}{STUDY}",
        vetoes=(SECOND_HAND,),
        of=NOT_ANIMALS,
    ),
    rule(
        "title names a case report",
        StudyDesign.CASE_REPORT,
        "title",
        "case",
        r"\bcase (?:report|presentation)\b|: an? (?:[\w-]+ ){0,2}case\W*$",
        r"^\W*(?:an? )?(?:[\w-]+ )?case of\b",
    ),
    rule(
        "title names a case series",
        StudyDesign.CASE_SERIES,
        "title",
        "series cases reports",
        rf"\bcases? series\b|\breport of (?:\d+|{_FEW}) cases\b|\b{_FEW} (?:cases|case reports)\b",
    ),
    rule(
        "title names a case-control study",
        StudyDesign.CASE_CONTROL,
        "title",
        "case",
        r"\bcase-? ?control(?:led)?\b",
        vetoes=(SECOND_HAND,),
    ),
    rule(
        "title names a cross-sectional study",
        StudyDesign.CROSS_SECTIONAL,
        "title",
        "cross survey",
        r"\bcross-? ?sectional\b|\b(?:questionnaire|population|national|online|web-based) survey\b",
        vetoes=(NOT_IN_TIME, SECOND_HAND),
        of=NOT_ANIMALS,
    ),
    rule(
        "title names a cohort study",
        StudyDesign.COHORT,
        "title",
        "cohort retrospective",
        r"\bcohort (?:study|analysis)\b|\bretrospective\b",
        vetoes=(SECOND_HAND,),
        of=NOT_ANIMALS,
    ),
)

HINTING = (
    rule(
        "title of a later analysis of a trial",
        StudyDesign.UNCLEAR,
        "title",
        "secondary post ancillary substudy sub",
        r"\bsecondary (?:\w+ ){0,2}analys[ei]s\b|\bpost[- ]hoc\b|\bancillary (?:study|analys[ei]s)\b|\bsub-?study\b",
    ),
    rule(
        "title names a trial",
        StudyDesign.NON_RANDOMISED_TRIAL,
        "title",
        "trial open phase",
        rf"\b(?:clinical|controlled|pilot|feasibility|open-label|open|intervention|{_PHASE}) (?:[\w-]+ ){{0,2}}trial\b",
        rf"\bopen-label\b|\b{_PHASE} (?:[\w-]+ ){{0,2}}study\b",
        vetoes=(SECOND_HAND,),
        of=NOT_ANIMALS,
    ),
    rule(
        "title follows people over time",
        StudyDesign.COHORT,
        "title",
        "cohort cohorts prospective longitudinal registry follow",
        r"\bcohorts?\b",
        r"\b(?:prospective|longitudinal|registry-based|follow-up)(?:,? [\w-]+){0,3} "
        r"(?:study|analysis|evaluation|comparison|investigation|survey)\b",
        vetoes=(SECOND_HAND,),
        of=NOT_ANIMALS,
    ),
    rule(
        "title names a review",
        StudyDesign.NARRATIVE_REVIEW,
        "title",
        "review reviews overview minireview art update perspective perspectives advances insights",
        r"\breviews?\b|\boverview\b|\bminireview\b|\bstate[- ]of[- ]the[- ]art\b|\bupdate on\b|: an update\b",
        r"\b(?:recent|current) (?:advances|perspectives|insights)\b|\bperspectives? on\b",
        r": (?:current )?perspectives?\W*$",
        vetoes=(NOT_LITERATURE,),
    ),
)

"""The rules that read an abstract, sentence by sentence, when the title did not settle it.

In order; the first that holds decides. What is never a trial comes first, then what randomised, then the hinting
titles, then everything weaker. Patterns stay within a sentence. Every rule has a case and a near miss in
tests/data/appraisal.
"""

from litwatch.appraisal.rules import NOT_ANIMALS, RANDOMISED, STUDY, WITH_PEOPLE, rule
from litwatch.appraisal.title_rules import HINTING
from litwatch.appraisal.vetoes import (
    ANIMALS,
    ASKS,
    FINDS_TRIALS,
    METHOD,
    NO_PATIENTS,
    NOT_A_STUDY_PROTOCOL,
    NOT_IN_TIME,
    NOT_LITERATURE,
    NOT_POOLED,
    NOT_RANDOMISED,
    NOT_SYSTEMATIC,
    OTHER_REVIEWS,
    OTHERS,
    SEARCHES,
)
from litwatch.model.finding import StudyDesign

_TRIAL_VETOES = (ASKS, SEARCHES, OTHERS, METHOD, NOT_RANDOMISED)
_OWN = r"\b(?:this|our|the present|the current|present)\b"
_DID = r"\b(?:an?|conducted|performed|did|undertook|carried out|through)\b"
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
_DATABASES = r"\b(?:pubmed|medline|embase|cochrane|scopus|web of science|databases)\b"
_TREATED = (
    r"\b(?:received?|treated|treatments?|administered|given|doses?|infusions?|interventions?|meals?|drinks?|consumed"
    r"|took|smoked|inhaled|ingested|underwent)\b"
)
_SESSIONS = r"\b(?:conditions|sessions|visits|occasions|trials|bouts|test days|exercises?|periods)\b"
_COUNT = (
    r"\d[\d,]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|\w{3,5}teen|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve"
)
_STUDIES = r"(?:studies|articles|publications|papers|trials|rcts)"

DECIDING = (
    rule(
        "pools studies",
        StudyDesign.META_ANALYSIS,
        "abstract",
        "meta metaanalysis",
        rf"(?:{_OWN}|{_DID}|\bupdated\b)(?: [\w,-]+){{0,6}} meta-? ?analys[ie]s\b(?! protocol)",
        r"\bmeta-? ?analys[ie]s (?:was|were) (?:\w+ )?(?:performed|conducted|carried|undertaken|done)",
        vetoes=(OTHER_REVIEWS, NOT_A_STUDY_PROTOCOL, NOT_POOLED),
    ),
    rule(
        "searches the literature systematically",
        StudyDesign.SYSTEMATIC_REVIEW,
        "abstract",
        "systematic systematically prisma searched databases search searching integrative published indexed preferred",
        rf"(?:{_OWN}|{_DID})(?: [\w,-]+){{0,4}} (?:systematic|integrative)(?:,? [\w-]+){{0,3}}"
        r" (?:review|search|overview)\b",
        r"\bsystematic(?: literature)? (?:review|search)(?: [\w,-]+){0,8}"
        r" (?:was|were|performed|conducted|literature)\b",
        r"\bsystematically (?:searched|reviewed|review the)\b",
        rf"{_DATABASES}[^.]{{0,120}}\b(?:were|was) (?:\w+ )?(?:searched|screened|consulted|queried)\b",
        rf"\b(?:searched|search of|searching)\b[^.]{{0,80}}{_DATABASES}",
        rf"\b(?:articles|studies|papers) (?:\w+ )?(?:published|indexed)[^.]{{0,60}}\bin the\b[^.]{{0,40}}{_DATABASES}",
        r"\b(?:according to|following|using|per) (?:the )?prisma\b|\bprisma (?:guid|stat|check|flow|recom|crit|stand)"
        r"|\bpreferred reporting items\b",
        vetoes=(NOT_SYSTEMATIC, OTHER_REVIEWS),
    ),
    rule(
        "selects studies by criteria",
        StudyDesign.SYSTEMATIC_REVIEW,
        "abstract",
        "reviewers criteria included bias extracted extraction screened",
        rf"\b(?:{_COUNT}) (?:[\w-]+ ){{0,3}}{_STUDIES}\b[^.;]{{0,80}}?\b(?:(?:were|was) (?:\w+ )?(?:included|eligible)"
        r"|met (?:the |our |all )?(?:inclusion|eligibility|selection|study)? ?criteria)\b",
        rf"\bincluded (?:{_COUNT}) (?:[\w-]+ ){{0,3}}{_STUDIES}\b",
        r"\b(?:two|independent|three) (?:independent )?(?:reviewers|authors|investigators|researchers)\b[^.;]{0,60}"
        rf"\b(?:extract\w*|screen\w*|select\w*)\b[^.;]{{0,60}}\b(?:{_STUDIES}|data|titles|abstracts)\b",
        rf"\brisk of bias\b[^.;]{{0,80}}\b{_STUDIES}\b|\b(?:quality|bias) of (?:the )?(?:included )?{_STUDIES}\b",
        vetoes=(NOT_SYSTEMATIC, OTHER_REVIEWS),
    ),
    rule(
        "announces what will be done",
        StudyDesign.PROTOCOL,
        "abstract",
        "will",
        r"\b(?:patients|participants|subjects|women|men|children|adults|volunteers|trial|study|cohort|protocol|we|arms?"
        r"|groups?)(?: [\w(),=-]+){0,6} will (?:be (?:\w+ )?(?:randomi[sz]ed|randomly|recruited|enrol+ed|allocated"
        r"|assigned|included|invited|conducted|followed|compared|assessed|evaluated)|recruit|enrol+|randomi[sz]e|receive"
        r"|conduct|compare|include)\b",
    ),
    rule(
        "allocates people at random",
        StudyDesign.RCT,
        "abstract",
        "randomly randomized randomised random randomization randomisation randomizing randomising",
        r"\brandomly (?:and \w+ )?(?:[\w-]+ )?(?:assign|allocat|divid|group|split|separat"
        r"|subdivid|categori|classif|plac|enter)\w*(?:,? [\w-]+){0,3}? (?:to|into|in|either|between|as|by|with|and)\b",
        r"\brandomly (?:receiv\w+|administered|treated|given|to|into|distributed (?:to|into|among))\b",
        r"\b(?:assigned|allocated|divided)(?: [\w-]+){0,3} (?:randomly|at random|by randomi)",
        rf"{RANDOMISED} (?:\d[\d,]*|in a|in(?:to)? (?:{_NUMBER})|to|into|between|either|equally|by)\b",
        rf"\b(?:in an?|two|three|four) {RANDOMISED} groups?\b",
        r"\b(?:were|was|been) (?:then )?(?:centrally |equally |blindly |prospectively )?randomi[sz]ed\b",
        r"\brandom (?:assignment|allocation)\b|\bby randomi[sz]ation\b|\brandomi[sz]ing\b"
        r"|\brandomi[sz]ation to (?:either|an?|the|one|receive|\w+ or)\b",
        rf"{_TREATED}[^.;]{{0,80}} in (?:a )?random(?:i[sz]ed)? (?:and [\w-]+ )?"
        r"(?:order|fashion|manner|sequence|design)\b",
        rf"{_SESSIONS}[^.;]{{0,80}} in (?:a )?randomi[sz]ed (?:order|fashion|manner|sequence|design)\b",
        vetoes=(ASKS, SEARCHES, ANIMALS, METHOD, NOT_RANDOMISED),
        of=WITH_PEOPLE,
    ),
    rule(
        "calls itself a randomised trial",
        StudyDesign.RCT,
        "abstract",
        "randomized randomised",
        rf"{RANDOMISED}[^.;]{{0,90}}?\b(?:{STUDY}|design\b|clinical investigation)",
        vetoes=(*_TRIAL_VETOES, ANIMALS),
        of=NOT_ANIMALS,
    ),
    rule(
        "pools randomised trials of its own",
        StudyDesign.RCT,
        "abstract",
        "pooled combined integrated",
        rf"\b(?:data|results|patients|participants)\b[^.;]{{0,40}}\b(?:pooled|combined|integrated)\b[^.;]{{0,30}}"
        rf"\b(?:from|of|in|across) (?:the )?{_NUMBER} [^.;]{{0,60}}\brandomi[sz]ed[^.;]{{0,80}}\b(?:trials|studies)\b",
        rf"\b(?:pooled|combined|integrated) (?:[\w-]+ ){{0,3}}(?:data|analysis|results) (?:from|of|in) (?:the )?"
        rf"{_NUMBER} [^.;]{{0,60}}\brandomi[sz]ed[^.;]{{0,80}}\b(?:trials|studies)\b",
        vetoes=(ASKS, FINDS_TRIALS, ANIMALS),
        of=WITH_PEOPLE,
    ),
    rule(
        "blinds and controls",
        StudyDesign.RCT,
        "abstract",
        "placebo blind blinded sham",
        r"\bdouble-? ?blind(?:ed)?\b[^.;]{0,80}"
        r"\b(?:placebo|cross-?over|controlled|sham|trial|comparison|comparative|study|design)\b",
        rf"\b(?:placebo|sham)-? ?controlled[^.;]{{0,60}}{STUDY}",
        vetoes=(*_TRIAL_VETOES, ANIMALS),
        of=NOT_ANIMALS,
    ),
)

WEAKER = (
    rule(
        "looks at one point in time",
        StudyDesign.CROSS_SECTIONAL,
        "abstract",
        "cross",
        r"\bcross-? ?sectional(?:,? [\w-]+){0,4} (?:study|survey|design|analysis|data|investigation|research)\b",
        vetoes=(NOT_IN_TIME, *_TRIAL_VETOES),
        of=NOT_ANIMALS,
    ),
    rule(
        "calls itself a trial without randomisation",
        StudyDesign.NON_RANDOMISED_TRIAL,
        "abstract",
        "nonrandomized nonrandomised non quasi arm label uncontrolled phase pre pilot feasibility interventional trial",
        r"\b(?:non-? ?randomi[sz]ed|quasi-?(?:experimental|randomi[sz]ed)|single-arm|open-label|uncontrolled)\b"
        rf"[^.;]{{0,80}}\b(?:{STUDY}|design\b|phase\b)",
        r"\bpre-?/?-?(?:and )?post(?:-?(?:test|intervention))? (?:[\w-]+ ){0,2}(?:study|design|trial)\b",
        rf"{_OWN}(?: [\w-]+){{0,4}} (?:phase (?:[1-4]|i{{1,3}}|iv)[ab]? (?:[\w-]+ ){{0,2}}(?:trial|study)|pilot trial"
        r"|feasibility trial|interventional (?:trial|study))\b",
        rf"(?:{_OWN}|{_DID})(?:,? [\w-]+){{0,4}},? (?:controlled|cross-?over|phase (?:[1-4]|i{{1,3}}|iv)[ab]?)"
        r" (?:clinical )?trial\b",
        vetoes=_TRIAL_VETOES,
        of=WITH_PEOPLE,
    ),
    rule(
        "compares cases with controls",
        StudyDesign.CASE_CONTROL,
        "abstract",
        "case",
        r"\bcase-? ?control(?:led)? (?:[\w-]+ ){0,2}(?:study|design|analysis|investigation)\b",
        vetoes=_TRIAL_VETOES,
    ),
    rule(
        "follows a cohort",
        StudyDesign.COHORT,
        "abstract",
        "cohort retrospective retrospectively prospective prospectively longitudinal",
        r"\b(?:retrospective|prospective|longitudinal|observational|population-based|historical|this|a) cohort\b",
        r"\bcohort (?:study|analysis)\b",
        r"\b(?:retrospective|prospective|longitudinal)(?:,? [\w-]+){0,3} (?:study|analysis|review|evaluation|survey)\b",
        r"\b(?:were|was|we) (?:\w+ )?(?:retrospectively|prospectively)\b",
        r"\b(?:retrospectively|prospectively) (?:\w+ )?(?:review|analy|evaluat|collect|enrol|follow"
        r"|includ|studied|record"
        r"|identif|assess)",
        vetoes=(ASKS,),
        of=WITH_PEOPLE,
    ),
    rule(
        "describes a series of patients",
        StudyDesign.CASE_SERIES,
        "abstract",
        "series cases report describe",
        r"\bcase series\b",
        rf"\b(?:we|authors) (?:report|describe) (?:on )?(?:the )?{_NUMBER} (?:[\w-]+ ){{0,3}}"
        r"(?:patients|cases|children|women|men|infants)\b",
        rf"\b{_NUMBER} cases (?:of|with) (?:[\w-]+ ){{1,5}}(?:are|were) (?:reported|described|presented)",
        vetoes=(*_TRIAL_VETOES, NO_PATIENTS),
    ),
    rule(
        "describes one patient",
        StudyDesign.CASE_REPORT,
        "abstract",
        "case year",
        r"\b(?:we|authors?|here(?:in)?|article|paper|report) (?:\w+ )?(?:report|describe|present)s? (?:here )?"
        r"(?:the|an?|our)(?: [\w-]+){0,3} case (?:of|with|in|who)\b",
        r"\ban? (?:[\w-]+ ){0,2}case (?:of|with) (?:[\w-]+ ){1,8}(?:is|was) (?:reported|described|presented)",
        r"\bwe (?:report|describe|present) (?:an? )?(?:[\w-]+ )?\d+-year-old\b|^\W*an? (?:[\w-]+ ){0,3}\d+-year-old\b",
        r"\bcase (?:report|presentation)\b",
        vetoes=(ASKS, SEARCHES),
    ),
    rule(
        "reviews the literature",
        StudyDesign.NARRATIVE_REVIEW,
        "abstract",
        "review reviews reviewed overview summarize summarise summarizes summarises here",
        r"\b(?:this|the present|our|the current|present|focused|brief|mini|narrative|in the)(?: [\w-]+){0,2}"
        r" (?:mini-?)?(?:review|overview)\b",
        r"\b(?:we|here|herein|article|paper|chapter|authors?) (?:\w+ ){0,2}(?:review|reviews"
        r"|summari[sz]es?|overview)\b",
        r"\b(?:article|paper|chapter) (?:\w+ )?discusses\b|\b(?:is|are) (?:briefly |critically )?reviewed\b",
        r"\b(?:is|are) (?:also )?(?:discussed|considered|summari[sz]ed) here\b",
        r"\boverview (?:of|on)\b",
        vetoes=(NOT_LITERATURE, OTHER_REVIEWS),
    ),
)

POOLING = (
    rule(
        "pools what it found",
        StudyDesign.META_ANALYSIS,
        "abstract",
        "meta metaanalysis metaanalyses pooled random effects weighted forest funnel egger revman stata",
        r"(?<!reviews and )(?<!reviews or )(?<!review or )(?<!review and )\bmeta-? ?(?:analysis|analytic|regression)\b",
        r"\b(?:conduct\w*|perform\w*|level|separate|network|pairwise|random[- ]effects?) meta-? ?analyses\b",
        r"\bpooled (?:[\w-]+ ){0,2}(?:ors?|rrs?|hrs?|odds|risks?|hazard|effects?|estimat\w+|prevalence|incidence"
        r"|proportions?|means?|differences?|rates?|sensitivit\w+|results|analys[ei]s|survival)\b",
        r"\brandom[- ]effects? (?:model|meta|method|analys)|\b(?:forest|funnel) plots?\b|\btrial sequential analysis\b"
        r"|\breview manager\b|\brevman\b|\bweighted mean differences?\b|\begger",
        vetoes=(OTHER_REVIEWS, NOT_A_STUDY_PROTOCOL, NOT_POOLED),
    ),
)
"""What makes a systematic review a meta-analysis. Alone these words prove nothing: cohorts are pooled too."""

ABSTRACT_RULES = DECIDING + HINTING + WEAKER

"""Why a sentence that names a study design does not say that this record is one, each reason with its name.

Patterns are on folded text: lower case, "-" for every dash.
"""

import re

from litwatch.appraisal.rules import Veto

_NOT_PEOPLE = (
    r"(?:rats?|mice|mouse|rabbits?|dogs?|beagles|pigs?|piglets?|sheep|lambs?|ewes|goats?|cows?|calves|cattle|horses?"
    r"|monkeys?|macaques?|hamsters?|guinea pigs|gerbils|chickens?|chicks|broilers|hens|fish(?! oil)|zebrafish"
    r"|ducks?|ducklings?|animals?|plots?"
    r"|cells?(?! (?:lung|lymph|carcinoma|cancer|tumou?r|transplant|leuka?emia|neoplas|arteritis|disease|depletion))"
    r"|specimens?|teeth|plants?|cultivars?|seeds?|litters?|messages?|vignettes?|stimuli)"
)


def _veto(name: str, *patterns: str) -> Veto:
    return Veto(name, re.compile("|".join(patterns)))


_OF_STUDIES = r"(?:[\w-]+,? ){0,4}(?:stud|trial|research|investigation|evidence|randomi)"

ASKS = _veto(
    "asks for studies",
    r"\b(?:warranted|awaited|lacking|desirable|lack of|call for|pursuit of|needs?|should be|must be)\b",
    r"\b(?:is|are|was|were|be) (?:\w+ )?(?:needed|required|necessary|indicated|justified)\b",
    rf"\b(?:further|future|larger|more|few|scarce|scarcity of|paucity of|small number of) {_OF_STUDIES}",
    r"\b(?:no|without) (?:[\w-]+,? ){0,4}(?:stud|trial|research|investigation|randomi)",
)
SEARCHES = _veto(
    "looks for studies",
    r"\b(?:search(?:ed|es|ing)?|retrieved|literature|pubmed|medline|embase|databases?|systematic\w*|reviewed)\b",
    r"\b(?:meta-?anal\w+|pooled|trials|we included|inclusion criteri\w+)\b",
    r"\b(?:eligible|included) (?:studies|trials|were)\b",
)
OTHERS = _veto(
    "speaks of another study",
    rf"\b(?:previous|prior|earlier|recent|on-?going|published|landmark|original|parent) {_OF_STUDIES}",
    r"\b(?:previously|recently) (?:published|reported|conducted|completed)\b|\bcomment(?:ary)? on\b",
    r"\b(?:secondary (?:\w+ ){0,2}analys\w+|post[- ]hoc|ancillary|sub-?stud\w+|nested|alongside)\b",
    r"\b(?:data (?:from|of|were combined)|obtained in|part of a|selected from)\b",
    r"\bwho (?:had |have )?(?:been |were )?(?:participated|enrol+ed|taken part) in\b",
    r"\b(?:after|from|receiv\w+)\b[^.;]{0,80} in an? (?:\w+ )?randomi",
    r"\b(?:data|dataset|patients|participants|samples?|visit|cohort)\b[^.;]{0,40} (?:from|of) (?:the"
    r"|an?|two|three|\d+) "
    r"(?:[\w-]+,? ){0,4}randomi",
    r"\b(?:comparable with|in line with) (?:the|those|previous)\b",
    r"\bha(?:s|ve) (?:been )?shown\b|\b(?:now|currently) (?:conducting|underway|recruiting)\b",
)
NOT_RANDOMISED = _veto("says that it did not randomise", r"\b(?:not|never|neither|nor|without)\b(?: \w+){0,3} random")
METHOD = _veto(
    "the word belongs to a method",
    r"\bmendelian randomi",
    r"\brandomi[sz]ed (?:network|graph|algorithm|block|sequence|phase|svd)|\btrial classifier\b",
    r"\b(?:training|test|validation) (?:and|or|set|cohort|group|sample|data)|\bdata ?set\b",
    r"\b(?:exploratory|confirmatory) factor\b|\bto (?:verify|validate) the\b",
)
ANIMALS = _veto(
    "randomised animals or samples",
    rf"\b{_NOT_PEOPLE}\b[^.;]{{0,80}}\brandom|\brandom\w*(?: [\w-]+){{0,3}} {_NOT_PEOPLE}\b|\bblock design\b",
)
SECOND_HAND = _veto(
    "is about a study and does not report it",
    r"\b(?:rationale|review|meta-?anal\w+|trials|mendelian|statistical analysis plan)\b",
    r"\b(?:nested|follow-up of|predictors|baseline)\b",
    r"\b(?:secondary (?:\w+ ){0,2}analys\w+|post[- ]hoc|ancillary|sub-?study)\b",
    r"\b(?:comment|commentary|reply|editorial|letter|lessons|erratum|correction|corrigendum|retraction)\b",
    r"\b(?:recruitment|qualitative|process evaluation|cost-effectiveness|economic evaluation)\b",
)
NOT_LITERATURE = _veto(
    "reviews patients, not literature",
    r"\b(?:retrospective(?:ly)?|charts?|records?|peer|utili[sz]ation|cases?|caseload|institutional) review\b",
    r"\b(?:ethics|ethical|drug use|year|board|clinical experience|our experience|our patients) review\b",
    r"\breview (?:of (?:\d+|our|patients|cases|charts|records)|board)\b|\bunder review\b",
    r"\breview of (?:the )?(?:(?:medical|patient|hospital) )?(?:records|charts|files)\b",
    r"\b(?:cases?|patients?|report|series|experience)\b.{0,80}\breview of (?:the )?literature\b",
)
NOT_SYSTEMATIC = _veto(
    "says that it is not systematic",
    r"\bnon-?systematic",
    r"\bnot (?:a )?systematic",
    r"^(?!.*systematic).*\bnarrative review",
)
OTHER_REVIEWS = _veto(
    "speaks of other reviews",
    r"\b(?:recent|previous|earlier|prior|published|existing|another) (?:\w+ ){0,3}(?:systematic|meta|review)",
    r"\bcochrane (?:\w+ ){0,2}reviews? (?:of|on|that|found|show\w*|conclud\w+|suggest\w*|report\w*|was|were|and)\b",
    r"\boverview of (?:systematic )?reviews\b|\breview of previously\b",
    r"\b(?:needed|warranted|should be|in line with|consistent with)\b",
)
NOT_A_STUDY_PROTOCOL = _veto(
    "a protocol of treatment or measurement",
    r"\bper-protocol|\bprotocol (?:violation|deviation)s?",
    r"\b(?:treatment|an[a]?esthe\w+|dosing|imaging|mri|ct|scan(?:ning)?|exercise|stress|infusion|chemotherapy|feeding"
    r"|sedation|standard|clinical|laboratory|staining|extraction|bruce|training|management|conditioning|vaccination"
    r"|screening|rehabilitation|weaning) protocols?\b",
)
ABOUT_GUIDELINES = _veto(
    "is about guidelines",
    r"\b(?:adherence|compliance|concordance|uptake|impact|implement\w+|effects?|according|awareness|knowledge)\b",
    r"\b(?:evaluation|comparison|critique|review|survey|appraisal|validation|agreement)\b",
)
NOT_IN_TIME = _veto(
    "a section through something",
    r"\bcross-sectional (?:areas?|imag\w+|views?|ct|tomogra\w+|shape|profile|geometr\w+|plane|dimension)",
)
NO_PATIENTS = _veto("no series of patients", r"\b(?:time|dilution|homologous|compound) series\b")
NOT_POOLED = _veto(
    "says that it did not pool",
    r"\b(?:no|not|without|preclud\w+|prevent\w+|insufficient|too heterogen\w+|instead of|rather than)\b",
)
FINDS_TRIALS = _veto(
    "found its trials in the literature",
    r"\b(?:search\w*|literature|pubmed|medline|embase|cochrane|databases?|systematic\w*|meta-?anal\w+|published"
    r"|eligible|identified|retrieved)\b",
)

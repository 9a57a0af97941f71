"""The tables that tell who took part, how many, how much of a drug and how, and where a study is registered.

Patterns are on the text as it stands, without regard to case, so that the words can be shown. None of them spans a
sentence, and each repeats a bounded number of times.
"""

import re

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = dict(zip(_BELOW_TWENTY.split(), range(20), strict=True)) | dict(
    zip(_TENS.split(), range(20, 100, 10), strict=True)
)
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_COUNT = rf"(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d+|(?:(?:{_WORD}|hundred|one-hundred|and)[ -]){{0,4}}(?:{_WORD}|hundred))"
_WHO = (
    r"(?:patients?|participants?|subjects?|volunteers?|individuals|people|adults|children|infants|neonates|women|men"
    r"|girls|boys|students|adolescents|parturients|veterans|rats|mice|rabbits|dogs|pigs|animals|cases|persons|respondents)"
)
_DID = (
    r"(?:enrol+ed|recruited|included|studied|randomi[sz]ed|allocated|assigned|analy[sz]ed|examined|followed|treated"
    r"|divided|randomly)"
)
_STUDIES = r"(?:trials|studies|rcts|articles|papers|publications|reports)"
_NO_WHO = rf"(?:{_STUDIES}|m[gl]|m[gl]/\w+|microg\w*|mcg|whereas|per)"
SAMPLE = re.compile(
    rf"(?<![\w.,/%-])(?=[\dotfsenh]){_COUNT}(?: (?!{_NO_WHO}\b)[\w/()+-]+,?){{0,5}}? {_WHO}\b", re.IGNORECASE
)
"""Somebody counted; "thirteen trials (1068 adults" counts adults."""

SAMPLE_CONTEXTS = tuple(
    (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"\ba total of $", ""),
        (rf"\b(?:we|study|trial) (?:\w+ )?{_DID} $", ""),
        ("", rf"[^.;]{{0,60}}? (?:were|was) (?:\w+ )?{_DID}\b"),
        ("", r"[^.;]{0,60}? (?:underwent|received|completed|participated|entered)\b"),
        (r"^$", ""),
        (r"(?:^|[.:;] )(?:in|of|among) $|\bamong $", ""),
        (rf"\b{_STUDIES}\b[^.;]{{0,30}}$", ""),
    )
)
"""What must stand before and behind them for the count to be a study's, the plainest way first."""

SAMPLE_IN_BRACKETS = re.compile(r"\bn ?= ?(?P<count>\d{1,3}(?:,\d{3})+|\d+)\b", re.IGNORECASE)
"""Of a study when it says so once; said twice, it counts groups."""

_UNIT = r"(?:mg|µg|μg|mcg|ug)"
_DOSE = (
    rf"\d+(?:\.\d+)?(?: ?(?:-|–|to|or|and) ?\d+(?:\.\d+)?)? ?{_UNIT}(?: ?(?:[/·.]|per) ?(?:kg|h|hr|hour|min|day|d)"
    r"(?:[-−]1)?\b){0,2}"
)
DOSE_BEFORE = re.compile(rf"\b(?P<dose>{_DOSE}) (?:of )?(?:\w+ )?$", re.IGNORECASE)
DOSE_AFTER = re.compile(
    rf"(?: (?:at|hydrochloride|infusion|a|an|the|doses?|of|bolus|iv|i\.v\.)){{0,5}} [(\[]?(?P<dose>{_DOSE})",
    re.IGNORECASE,
)
"""What stands right before or behind the name of a drug when a dose is its own."""

ROUTE = re.compile(
    r"\b(?:intravenous(?:ly)?|i\.?v\b\.?|intranasal(?:ly)?|intramuscular(?:ly)?|subcutaneous(?:ly)?|oral(?:ly)?"
    r"|intrathecal(?:ly)?|epidural(?:ly)?|caudal(?:ly)?|intraperitoneal(?:ly)?|i\.?p\b\.?|sublingual(?:ly)?|inhaled"
    r"|topical(?:ly)?)",
    re.IGNORECASE,
)
"""What is read of a sentence that names a drug."""

ROUTES = {"iv": "intravenous", "ip": "intraperitoneal"}

REGISTRATIONS = re.compile(
    r"\b(?:NCT ?\d{8}|ISRCTN ?\d{6,8}|ChiCTR[- ]?[A-Z]*[- ]?\d{8,10}|(?:PROSPERO )?CRD ?\d{8,13}|ACTRN ?\d{14}"
    r"|UMIN ?\d{9}|DRKS ?\d{8}|IRCT ?\d{10,}N\d+|jRCTs?\d{9,10}|KCT ?\d{7}|PACTR ?\d{15}|TCTR ?\d{11}"
    r"|CTRI/\d{4}/\d\d/\d{6}|\d{4}-\d{6}-\d\d)\b"
)
"""Numbers of trial registries, and of PROSPERO for reviews; the last form is EudraCT's."""

REGISTRIES = ("NCT", "ISRCTN", "ChiCTR", "CRD", "ACTRN", "UMIN", "DRKS", "IRCT", "jRCT", "KCT", "PACTR", "TCTR", "CTRI")
EUDRACT = "EudraCT"
"""One of them stands in any text with a number."""

_CHILDREN = (
    "children child infant infants neonate neonates newborn newborns toddlers preschoolers schoolchildren adolescent "
    "adolescents boys girls pediatric paediatric youth youths teenagers"
)
_ADULTS = "adult adults elderly geriatric women men parturients veterans"
AGES = {
    name: (frozenset(words.split()), re.compile(rf"\b(?:{'|'.join(words.split())})\b{unless}", re.IGNORECASE))
    for name, words, unless in (
        ("children", _CHILDREN, r"(?![- ](?:bearing|birth|pugh))"),
        ("adults", _ADULTS, r"(?! (?:rats?|mice|mouse|male|female)\b)"),
    )
}
"""Who says that children or adults took part: words of which the record must hold one, and their pattern."""

"""What an article may say of the design and the population of a cited work, and which records agree with it.

Each row names the words that say it, the designs or populations that agree, and those that neither agree nor disagree;
any other one that is known disagrees. Every row has near misses in ``tests/data/audit_rules.json``.
"""

import re
from typing import NamedTuple

from litwatch.model.finding import Population, StudyDesign

D = StudyDesign
P = Population

_OBSERVATIONAL = frozenset((D.COHORT, D.CASE_CONTROL, D.CROSS_SECTIONAL, D.CASE_SERIES, D.CASE_REPORT))
_TRIALS = frozenset((D.RCT, D.NON_RANDOMISED_TRIAL))
_OF_TRIALS = frozenset((D.META_ANALYSIS, D.SYSTEMATIC_REVIEW))
_BENCH = frozenset((D.ANIMAL_EXPERIMENT, D.IN_VITRO))
_PEOPLE = "patients|humans|people|volunteers|participants|women|men|children|adults|adolescents|infants|surgeons|nurses"
_STUDIED = "patients|people|volunteers|participants|women|men|children|adults|adolescents|infants"
_BECAME = (
    r"(?:improved?|recover(?:ed)?|respond(?:ed)?|benefit(?:t?ed)?|felt|slept|survived|died|reported|received"
    r"|experienced|tolerated|were (?:randomi[sz]ed|given|treated)"
    r"|had (?:a|less|more|fewer|lower|higher|better|worse))"
)
_HELPED = (
    r"(?:help(?:s|ed)?|improve[sd]|treat(?:s|ed)|cure[sd]|heal(?:s|ed)|relieve[sd]|protect(?:s|ed)|benefit(?:s|t?ed))"
)
_MODALS = ("may", "might", "could", "can", "cannot", "would", "will", "should", "to")
_HYPOTHETICAL = "".join(f"(?<!{word} )(?<!{word} not )" for word in _MODALS)
_ANIMALS = "mice|rats|rabbits|pigs|dogs|monkeys|rodents|animals|zebrafish"
_TRIAL_WORD = (
    r"(?:randomi[sz]ed|(?:double|single|triple)[- ]?(?:blind|masked)(?:ed)?|placebo[- ]controlled|sham[- ]controlled)"
)


class DesignRule(NamedTuple):
    """Words that say how a work was made. ``many_open`` neither agrees nor disagrees with the words in the plural."""

    name: str
    words: re.Pattern[str]
    agrees: frozenset[StudyDesign]
    is_open: frozenset[StudyDesign] = frozenset()
    many_open: frozenset[StudyDesign] = frozenset()


class PopulationRule(NamedTuple):
    """Words that say in whom or in what; a review may have looked at others too, so it never disagrees."""

    name: str
    words: re.Pattern[str]
    agrees: frozenset[Population]
    is_open: frozenset[Population] = frozenset()


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DESIGN_RULES = (
    DesignRule(
        "meta-analysis",
        _words(r"\bmeta-?\s?analys[ei]s\b"),
        frozenset((D.META_ANALYSIS,)),
        frozenset((D.SYSTEMATIC_REVIEW,)),
    ),
    DesignRule("systematic review", _words(r"\bsystematic (?:literature )?reviews?\b"), _OF_TRIALS),
    DesignRule(
        "review",
        _words(
            r"(?<!peer )(?<!peer-)(?<!systematic )(?<!literature )\b"
            r"(?:(?:narrative|literature|scoping|umbrella|critical) )?review(?:s|ed in)?\b(?! (?:board|committee))"
        ),
        _OF_TRIALS | {D.NARRATIVE_REVIEW},
        frozenset((D.GUIDELINE, D.EDITORIAL)),
    ),
    DesignRule(
        "randomised or blinded trial",
        _words(
            rf"(?<!non-)(?<!non)(?<!\w){_TRIAL_WORD}(?:(?:,? and |, ?| ){_TRIAL_WORD})*"
            r"(?:,? (?:controlled|clinical|crossover|cross-over|parallel|multicent(?:er|re)))*"
            r"(?: (?:trials?|stud(?:y|ies)))?"
            r"|\bRCTs?\b"
        ),
        frozenset((D.RCT,)),
        _BENCH,
        _OF_TRIALS,
    ),
    DesignRule(
        "trial",
        _words(r"(?<![\w-])(?:clinical |controlled |open-label |pilot )*trials?\b(?! (?:and error|of))"),
        _TRIALS,
        _BENCH,
        _OF_TRIALS,
    ),
    DesignRule("cohort study", _words(r"\bcohort\b"), frozenset((D.COHORT,)), _TRIALS | _OF_TRIALS),
    DesignRule("case-control study", _words(r"\bcase[- ]control\b"), frozenset((D.CASE_CONTROL,)), _OF_TRIALS),
    DesignRule("cross-sectional study", _words(r"\bcross[- ]sectional\b"), frozenset((D.CROSS_SECTIONAL,)), _OF_TRIALS),
    DesignRule(
        "case report",
        _words(r"\bcase reports?\b|\ba single case\b"),
        frozenset((D.CASE_REPORT,)),
        frozenset((D.CASE_SERIES,)),
    ),
    DesignRule("case series", _words(r"\bcase series\b"), frozenset((D.CASE_SERIES,)), frozenset((D.CASE_REPORT,))),
    DesignRule(
        "observational study",
        _words(r"\bobservational (?:stud(?:y|ies)|data|evidence|research)\b"),
        _OBSERVATIONAL,
        _OF_TRIALS,
    ),
    DesignRule(
        "guideline",
        _words(r"\b(?:clinical |practice )*guidelines?\b|\bconsensus statement\b"),
        frozenset((D.GUIDELINE,)),
        _OF_TRIALS | {D.NARRATIVE_REVIEW, D.EDITORIAL},
    ),
)
"""A phrase that two rows find is read by the first."""

POPULATION_RULES = (
    PopulationRule(
        "in animals",
        _words(
            rf"\b(?:in|of|among|\d+) (?:[\w-]+ ){{0,2}}(?:{_ANIMALS})\b"
            r"|\b(?:mouse|rat|murine|animal|rodent) (?:model|stud(?:y|ies)|experiment)s?\b"
        ),
        frozenset((P.ANIMAL, P.HUMAN_AND_ANIMAL)),
        frozenset((P.IN_VITRO,)),
    ),
    PopulationRule(
        "in people",
        _words(
            rf"\b(?:in|of|among|\d+) (?:(?!mice|rats|contrast)[\w-]+ ){{0,3}}(?:{_PEOPLE})\b"
            rf"|\b(?:{_STUDIED}) (?:(?:with|on|who|taking|given) (?:[\w-]+ ){{1,5}})??(?:did not |never )?{_BECAME}\b"
            rf"|(?:\b(?:did|does|do) not |\bnever )?{_HYPOTHETICAL}\b{_HELPED}"
            rf" (?:(?!{_ANIMALS})[\w-]+ ){{0,3}}(?:{_STUDIED})\b"
        ),
        frozenset((P.HUMAN, P.HUMAN_AND_ANIMAL)),
    ),
    PopulationRule(
        "in vitro",
        _words(r"\bin vitro\b|\bcell (?:culture|line)s?\b|\bcultured (?:[\w-]+ )?cells\b"),
        frozenset((P.IN_VITRO,)),
        frozenset((P.HUMAN_AND_ANIMAL,)),
    ),
)

PARTICIPANTS = _words(rf"\b(\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}}) (?:[a-z-]+ ){{0,2}}(?:{_PEOPLE}|subjects)\b")
"""A number of people."""

POOLED = _words(r"\b(?:meta-?\s?analys[ei]s|reviews?|pool\w*|overview|summary|synthesis)\b[^,;:()]{0,40}$")
"""Behind these, "of randomised trials" is said of what the work reviews."""

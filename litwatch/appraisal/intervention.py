"""How the intervention of a watch is called, and whether a text is about it.

Names come from the topic, a query. One of several words ("vitamin D") counts as a whole: neither vitamin K nor another
therapy is meant by a word of it.
"""

import re
from functools import lru_cache
from typing import Final

from litwatch.appraisal.direction_words import TREATED
from litwatch.appraisal.drugs import topic_terms
from litwatch.appraisal.reading import fold

MASK: Final = "theintervention"
"""What stands in a sentence for a name of several words."""

_SAYS_LITTLE = TREATED | {"humans", "supplements", "therapy", "training"}

_TELLING = 5
"""Letters from which a name is one in another word too: the statin in atorvastatin."""

_SET_BEFORE = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|added to|adjuncts? to|against|on|taking|receiving|treated with|undergoing"
    r"|during|before) (?:[\w-]{1,40} ){0,2}$"
)
_SET_BEHIND = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)) "
    r"(?!(?:a |the )?(?:placebo|saline|sham|vehicle|no |usual|standard|control))"
    r"|^-(?:induced|treated (?:patients|subjects|adults|children|women))"
)


def intervention_of(topic: str) -> str:
    """The names that a watch's topic gives the intervention, without tags, operators and what it excludes.

    They are parted by blanks; a name of several words is joined by hyphens.
    """
    names = [re.sub(r"[\s-]+", "-", term) for term in topic_terms(topic)]
    return " ".join(dict.fromkeys(name for name in names if fold(name) not in _SAYS_LITTLE))


def written_names(intervention: str) -> dict[str, str]:
    """The names, folded, each as a pattern that finds it with blanks or hyphens between its words."""
    return {name: re.escape(name).replace(r"\-", r"[\s-]{1,3}") for name in fold(intervention).split()}


@lru_cache(maxsize=64)
def _patterns(intervention: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds any name, and what finds one of several words, in folded text."""
    written = written_names(intervention)
    parted = [rf"\b{pattern}\b" for name, pattern in written.items() if "-" in name]
    anywhere = [pattern if len(name) >= _TELLING else rf"\b{pattern}\b" for name, pattern in written.items()]
    return re.compile("|".join(anywhere) or "(?!)"), re.compile("|".join(parted) or "(?!)")


def masked_names(folded: str, intervention: str) -> str:
    """A folded text in which each name of several words is one word."""
    return _patterns(intervention)[1].sub(MASK, folded)


@lru_cache(maxsize=64)
def arm_of(intervention: str) -> str:
    """The words that mean the intervention in a masked text."""
    names = fold(intervention).split()
    return " ".join(dict.fromkeys(MASK if "-" in name else name for name in names))


def is_named(folded: str, intervention: str) -> bool:
    """Whether a folded text names the intervention; any does when there is none."""
    return not intervention or _patterns(intervention)[0].search(folded) is not None


def is_about(title: str, intervention: str) -> bool:
    """Whether a folded title names the intervention, and neither as what another is compared with nor as a setting."""
    if not intervention:
        return True
    named = _patterns(intervention)[0].search(title)
    if named is None:
        return False
    return not (_SET_BEFORE.search(title[: named.start()]) or _SET_BEHIND.search(title[named.end() :]))

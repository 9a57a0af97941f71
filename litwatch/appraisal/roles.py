"""The part that a sentence plays in its abstract: background, methods, results or conclusion.

A section's category (NlmCategory) or label says it; in an unstructured abstract a label written into the text does
("Results: …"), and holds until the next one; without any, cue words do.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from litwatch.appraisal.reading import words_of
from litwatch.model.record import PARAPHRASE_LABEL, AbstractSection


class Role(Enum):
    """What a sentence is there for; PLAIN when nothing says."""

    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    PLAIN = "plain"


_BY_LABEL = (
    (Role.CONCLUSION, re.compile(r"conclu|interpret|implication|discussion|significance|summary")),
    (
        Role.METHODS,
        re.compile(r"method|measure|design|setting|patient|participant|subject|intervention|material|procedure"),
    ),
    (Role.RESULTS, re.compile(r"result|finding|outcome")),
    (
        Role.BACKGROUND,
        re.compile(r"background|objective|introduction|aim|purpose|context|hypothes|rationale|importance"),
    ),
)
_WRITTEN_LABEL = re.compile(
    r"(?:and |main |study |statistical )?(?:background|introduction|objectives?|aims?|purpose|context|methods?"
    r"|(?:patients|subjects|materials?|methods) and (?:methods|materials|results)|design|setting|patients|participants"
    r"|interventions?|(?:main )?outcome measures?|results?|findings|conclusions?|interpretation"
    r"|discussion|significance)"
    r"\s*[:.]\s*",
    re.IGNORECASE,
)
_CONCLUDING = "conclude concluded conclusion conclusions summary therefore"
_AIMING = (
    "aim aimed aims purpose objective hypothesized hypothesised investigate evaluate assess determine examine examined "
    "investigated sought"
)
_RESULTING = (
    "significant significantly decrease decreased decreases increase increased increases reduce reduced reduces "
    "reduction lower lowered higher attenuate attenuated attenuates inhibit inhibited inhibits suppress suppressed "
    "suppresses elevated raised fell rose dropped difference differences differ differed showed found associated "
    "correlated improved prevented changed unchanged"
)
_MEASURING = "measured determined collected assessed analyzed analysed evaluated quantified performed assayed recorded"
_BY_WORD = (
    (Role.CONCLUSION, frozenset(_CONCLUDING.split())),
    (Role.METHODS, frozenset(_AIMING.split())),
    (Role.RESULTS, frozenset(_RESULTING.split())),
    (Role.METHODS, frozenset(_MEASURING.split())),
)
"""In order: a sentence that says what was aimed at is no result, one that says what was found is more than a method."""


def role_of_section(section: AbstractSection) -> Role | None:
    """The role that a section's category or label gives to its sentences, None when neither says."""
    if section.label == PARAPHRASE_LABEL:
        return None
    return _role_of_label(section.category if section.category not in ("", "UNASSIGNED") else section.label)


@lru_cache(maxsize=1024)
def _role_of_label(label: str) -> Role | None:
    return _first(_BY_LABEL, label.lower())


def told_roles(section: AbstractSection, sentences: Sequence[str]) -> list[Role | None]:
    """The role of each sentence of a section as labels tell it, None where none does."""
    role = role_of_section(section)
    if role is not None:
        return [role] * len(sentences)
    roles = []
    for text in sentences:
        if label := _WRITTEN_LABEL.match(text):
            role = _first(_BY_LABEL, label[0].lower())
        roles.append(role)
    return roles


def guessed_role(folded: str) -> Role:
    """The role that the words of a folded sentence speak for."""
    words = words_of(folded)
    return next((role for role, telling in _BY_WORD if not telling.isdisjoint(words)), Role.PLAIN)


def _first(table: tuple[tuple[Role, re.Pattern[str]], ...], text: str) -> Role | None:
    return next((role for role, pattern in table if pattern.search(text)), None)

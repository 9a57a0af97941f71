"""The part that a sentence plays in its abstract: background, methods, results or conclusion.

A section's category (NlmCategory) or label says it; in an unstructured abstract a label written into the text does
("Results: …"), and holds until the next one; without any, cue words do.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

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
_BY_CUE = (
    (
        Role.CONCLUSION,
        re.compile(r"\b(?:in conclusion|we conclude|conclude that|in summary|taken together|therefore)\b"),
    ),
    (
        Role.METHODS,
        re.compile(
            r"\b(?:aim|aimed|aims|purpose|objective|hypothes\w+|we (?:investigated|examined|measured|sought|studied"
            r"|evaluated|assessed|determined)|(?:was|were) (?:measured|determined|collected|assessed"
            r"|analy[sz]ed|investigated"
            r"|examined|evaluated|quantified|performed)|to (?:investigate|evaluate|assess|determine"
            r"|examine|test|study))\b"
        ),
    ),
    (
        Role.RESULTS,
        re.compile(
            r"\b(?:significant\w*|decreas\w+|increas\w+|reduc\w+|lower\w*|higher|attenuat\w+|inhibit\w+|suppress\w+"
            r"|elevat\w+|differences?|differ|did not|showed|found|associated|correlat\w+|improv\w+"
            r"|prevent\w+|fell|rose)\b"
            r"|\bp ?[<=>]"
        ),
    ),
)


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
    return _first(_BY_CUE, folded) or Role.PLAIN


def _first(table: tuple[tuple[Role, re.Pattern[str]], ...], text: str) -> Role | None:
    return next((role for role, pattern in table if pattern.search(text)), None)

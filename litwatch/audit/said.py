"""Which words of a sentence are said of which of the works that it cites."""

import re
from typing import NamedTuple

from litwatch.article.values import InTextCitation, Sentence

_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|whereas|while|although)\s")

_DENIED_BEFORE = re.compile(
    r"\b(?:unlike|in contrast (?:to|with)|contrary to|as opposed to|no|not|nor|neither|never|none|without"
    r"|lack(?:s|ed|ing)?|absence of|instead of|rather than|other than|beyond|few|hardly|cannot|awaiting|future|further"
    r"|larger|failed to)\b"
    r"[^,;:()]{0,60}$",
    re.IGNORECASE,
)
"""What makes the words behind it, up to a comma, say nothing of the cited work."""

_DENIED_BEHIND = re.compile(
    r"^[^,;:()]{0,40}\b(?:(?:is|are|were|was|be) (?:still )?"
    r"(?:needed|lacking|required|warranted|awaited|missing|rare|scarce)"
    r"|under way|underway|planned|do(?:es)? not exist)\b",
    re.IGNORECASE,
)
"""The same of the words before it: "randomised trials are needed"."""


class Stretch(NamedTuple):
    """A part of a sentence, from ``start`` to ``end``."""

    start: int
    end: int


def stretches_said(sentence: Sentence, citation: InTextCitation) -> tuple[Stretch, ...]:
    """The parts of ``sentence`` that speak of the work of ``citation``.

    All of it when it cites one place alone; else what stands between the citation before and this one, and behind it
    too where the sentence speaks of the authors.
    """
    groups = sorted({(each.start, each.end): each for each in sentence.citations}.values(), key=lambda each: each.start)
    at = next((n for n, each in enumerate(groups) if (each.start, each.end) == (citation.start, citation.end)), None)
    if at is None or len(groups) == 1:
        return (Stretch(0, citation.start), Stretch(citation.end, len(sentence.text)))
    before, behind = groups[at - 1] if at else None, groups[at + 1] if at + 1 < len(groups) else None
    start = before.end if before else 0
    if before and before.is_subject:
        start = _last_break(sentence.text, before.end, citation.start).end
    stretches = [Stretch(start, citation.start)]
    if citation.is_subject:
        end = _last_break(sentence.text, citation.end, behind.start).start if behind else len(sentence.text)
        stretches.append(Stretch(citation.end, end))
    return tuple(stretches)


def _last_break(text: str, start: int, end: int) -> Stretch:
    """The last break between clauses from ``start`` to ``end``; where there is none, the place ``end``.

    Between a citation that its clause is about and the next one, it is where the words change over.
    """
    breaks = [Stretch(*found.span()) for found in _CLAUSE.finditer(text, start, end)]
    return breaks[-1] if breaks else Stretch(end, end)


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are said not to hold, or of something else."""
    return bool(_DENIED_BEFORE.search(text[max(0, start - 120) : start]) or _DENIED_BEHIND.match(text[end : end + 120]))

"""Which words of a sentence are said of which of the works that it cites."""

import re
from typing import NamedTuple

from litwatch.article.values import InTextCitation, Sentence

_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|whereas|while|although)\s")

_CONTRAST = r"unlike|in contrast (?:to|with)|contrary to|as opposed to"
_CONTRASTED = re.compile(rf"\b(?:{_CONTRAST})\b[^,;:()]{{0,200}}[(\[]?$", re.IGNORECASE)
"""Before a citation: it belongs to what the rest of the sentence is set against ("Unlike a trial (Poe, 2019), …")."""

_SET_AGAINST = re.compile(r"\bwhereas\b|[,;] (?:while|although|in contrast|by contrast)\b", re.IGNORECASE)
"""Between clauses of which each may speak of another work."""

_ADJACENT = (
    r"(?:(?!(?:in|of|on|at|by|from|with|to|for|than|that|which|who|as|and|or|was|were|is|are|been|had|has|have|did|does)\b)"
    r"[\w'’-]+ ){0,3}"
)
"""Words that may stand between a negation and the noun that it denies: none that begins another phrase."""

_DENIED_BEFORE = (
    re.compile(
        rf"\b(?:{_CONTRAST}|instead of|rather than|other than|beyond|cannot)\b[^,;:()]{{0,60}}$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:no|not|nor|neither|never|none|without|lack(?:s|ed|ing)?(?: of)?|absence of|(?<!a )few|hardly(?: any)?"
        r"|future|await(?:s|ing|ed)?|pending|until|need(?:s|ed)?(?: for)?|requir(?:es?|ing)|call(?:s|ed|ing)? for"
        r"|warrants?)\b"
        r" (?!(?:all|every|only|just|merely|simply|less|fewer)\b)"
        rf"(?:(?:in|among|from|by|of|with|through) )?{_ADJACENT}$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:no|little|scant|without|lack of|absence of)\b (?:\w+ ){0,2}"
        r"(?:evidence|data|proof|support|stud(?:y|ies)|trials?|research|information|experience)"
        rf" (?:(?:yet|so far|available|exists?|comes?) )*(?:from|in|among|by) {_ADJACENT}$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:not|never)\b (?:(?:yet|ever|been|so far|\w+ly) )*"
        r"(?:tested|tried|studied|examined|investigated|evaluated|assessed|done|performed|conducted|explored|used|seen"
        r"|shown|known|confirmed|proven|proved|established|demonstrated|replicated|reproduced|reported|found|clear)"
        rf" (?:in|among|by|with|from|through) {_ADJACENT}$",
        re.IGNORECASE,
    ),
)
"""What makes the words behind it say nothing of the cited work: a contrast up to the next comma; a negation, or a wish,
of these words themselves; that there is no evidence from them; that nothing was tested in them. A negation of anything
else ("not a single death in this trial", "not only trials") leaves them as they are."""

_DENIED_BEHIND = re.compile(
    r"^[^,;:()]{0,40}\b(?:(?:is|are|were|was|be) (?:still )?"
    r"(?:needed|lacking|required|warranted|awaited|missing|rare|scarce)"
    r"|under way|underway|planned|do(?:es)? not exist|ha(?:s|ve) yet to"
    r"|(?:is|are|was|were|ha[sd]|have) (?:not|never) (?:(?:yet|ever|been) )*"
    r"(?:available|done|performed|conducted|carried out))\b"
    r"|^ (?:(?:in|of|with) (?:[\w-]+ ){1,4})?(?:should|must|will|would|ha(?:s|ve) to|needs? to)\b",
    re.IGNORECASE,
)
"""The same of the words before it: "randomised trials are needed", "larger trials should follow"."""

_PREPOSITION = re.compile(r"(?:in|of|among) ", re.IGNORECASE)


class Stretch(NamedTuple):
    """A part of a sentence, from ``start`` to ``end``; ``is_sure`` when it speaks of the cited work and of no other."""

    start: int
    end: int
    is_sure: bool = True


def stretches_said(sentence: Sentence, citation: InTextCitation) -> tuple[Stretch, ...]:
    """The parts of ``sentence`` that speak of the work of ``citation``.

    All of it when it cites one place alone; else what stands between the citation before and this one, and behind it
    too where the sentence speaks of the authors. What is set against the words beside it may speak of another work.
    """
    text = sentence.text
    before, behind = _around(sentence, citation)
    if _CONTRASTED.search(text[before.start : before.end]):
        return tuple(stretch._replace(is_sure=False) for stretch in (before, *behind))
    last = max((found.start() for found in _SET_AGAINST.finditer(text, *before[:2])), default=before.start)
    stretches = [Stretch(before.start, last, is_sure=False), Stretch(last, before.end)]
    for start, end, _ in behind:
        found = _SET_AGAINST.search(text, start, end)
        first = found.start() if found else end
        stretches += [Stretch(start, first), Stretch(first, end, is_sure=False)]
    return tuple(stretch for stretch in stretches if stretch.start < stretch.end)


def _around(sentence: Sentence, citation: InTextCitation) -> tuple[Stretch, tuple[Stretch, ...]]:
    """What stands before the citation, and behind it, that no other citation has."""
    groups = sorted({(each.start, each.end): each for each in sentence.citations}.values(), key=lambda each: each.start)
    at = next((n for n, each in enumerate(groups) if (each.start, each.end) == (citation.start, citation.end)), None)
    if at is None or len(groups) == 1:
        return Stretch(0, citation.start), (Stretch(citation.end, len(sentence.text)),)
    before, behind = groups[at - 1] if at else None, groups[at + 1] if at + 1 < len(groups) else None
    start = before.end if before else 0
    if before and before.is_subject:
        start = _last_break(sentence.text, before.end, citation.start).end
    if not citation.is_subject:
        return Stretch(start, citation.start), ()
    end = _last_break(sentence.text, citation.end, behind.start).start if behind else len(sentence.text)
    return Stretch(start, citation.start), (Stretch(citation.end, end),)


def _last_break(text: str, start: int, end: int) -> Stretch:
    """The last break between clauses from ``start`` to ``end``; where there is none, the place ``end``.

    Between a citation that its clause is about and the next one, it is where the words change over.
    """
    breaks = [Stretch(*found.span()) for found in _CLAUSE.finditer(text, start, end)]
    return breaks[-1] if breaks else Stretch(end, end)


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are said not to hold, or of something else."""
    preposition = _PREPOSITION.match(text, start, end)
    noun = preposition.end() if preposition else start
    before, behind = text[max(0, noun - 120) : noun], text[end : end + 120]
    return any(denial.search(before) for denial in _DENIED_BEFORE) or _DENIED_BEHIND.match(behind) is not None

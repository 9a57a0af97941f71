"""Titles without what databases write into them, and what a title says its record is."""

import re

RETRACTION = "retraction"
CONCERN = "expression of concern"
ERRATUM = "erratum"
COMMENT = "comment"
PROTOCOL = "protocol"
PREPRINT = "preprint"
MEETING_ABSTRACT = "meeting abstract"

# How titles open before NLM has given the record a type. A study may be about "correction of anaemia" or the
# "retraction of the lung", and "RETRACTED: …" heads the article itself: hence the colons and quotation marks.
_OPENINGS = {
    RETRACTION: r"(?:notice of )?retraction(?: (?:note|notice|statement)\b| ?(?:to|of|for)? ?[:\"'“‘.])",
    CONCERN: r"(?:editorial )?expression of concern\b",
    ERRATUM: r"(?:errat|corrigend|addend)(?:um|a)\b|(?:author |publisher )?corrections?(?: to\b| ?[:.])",
    COMMENT: r"comments? on\b|commentary (?:on|to)\b|commentary ?[:.]|(?:authors?'?s? |in )?reply\b|re ?[:.]"
    r"|response to (?:a |the )?(?:comment|letter)|letter to the editor",
    MEETING_ABSTRACT: r"abstract (?:no\.? ?)?[a-z]*-?\d+ ?[:.]",
}
_OPENING = re.compile(r"\W*(?:" + "|".join(f"({pattern})" for pattern in _OPENINGS.values()) + ")")
_OPENED = tuple(_OPENINGS)
_CLOSING_NOTICE = re.compile(
    r"[-–—:.] ?(?:(retraction(?: notice)?)|(expression of concern)|(erratum|corrigendum|addendum))[\s.]*$"
    r"|[(\[](?:(retraction(?: notice)?)|(expression of concern)|(erratum|corrigendum|addendum|correction))[)\]][\s.]*$"
)
_NOTICES = (RETRACTION, CONCERN, ERRATUM)
_CLOSING_REPLY = re.compile(r"[-–—:] ?(?:authors?'?s? )?reply\W*$")
_PROTOCOL = re.compile(
    r"\b(?:study|trial|review) protocol\b|[:(\[](?: ?an?)? ?protocol[)\]]?[\s.]*$"
    r"|\bprotocol (?:for|of) (?:an?|the) .{0,300}\b(?:trial|study|review)\b"
)

# Web of Science and Embase mark a notice by where its article stands: "(vol 360, pg 542, 2009)",
# "(Retraction of vol 9, pg 1, 2012)", "(Invented Journal (2009) 360 (542-544))".
_CLOSING_PLACE = re.compile(
    r"\((?:(retract\w*) of )?(?:vol \d[^()]{0,60}|[^()]{0,120}\((?:19|20)\d\d\)[^()]{0,20}\([^()]{0,20}\))\)[\s.]*$"
)

_LANGUAGES = (
    "arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hungarian"
    "|italian|japanese|korean|norwegian|persian|polish|portuguese|romanian|russian|serbian|slovak|slovenian|spanish"
    "|swedish|turkish|ukrainian"
)
_NOTE = re.compile(
    r"(?:published )?(?:errat|corrig|retract|comments?\b|see comments?|republished|reprint|summary for patients"
    r"|update (?:in|of)\b).*"
    r"|(?:mini-?)?review(?: article)?|\d+ (?:refs?|references)|multiple letters?|letters?|editorial|corrected|sic|\d\d?"
    r"|(?:(?:meeting|conference|congress) )?abstracts?\b.*|clinical conference|proceedings?"
    rf"|in process citation|article in .*|(?:{_LANGUAGES})(?:[,; ]+(?:and )?(?:{_LANGUAGES}))*"
    r"|(?:author'?s'? )?transl(?:ation|\.)?|vol \d.*",
    re.DOTALL,
)
"""What stands in brackets behind a title and is not part of it; all of the bracket has to be it."""

_HEADS = re.compile(
    r"\W*(?:(?:retracted(?: article)?|withdrawn|republished)\s*[:.]"
    r"|(?:author |publisher )?(?:erratum|corrigendum|addendum|correction)(?:\s+to\b|\s*[:.])[:\s]*)\W*",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\[(?:corrected|sic)\]", re.IGNORECASE)
_OPEN = {"]": "[", ")": "("}
_ORIGINAL = "<original>"
"""The Cochrane register writes the original title behind it."""

LONGEST_PLACE = 300
"""How many characters from the end the place of a notice's article is looked for."""

MOST_NOTES = 8
"""How many notes a title may have behind it; more are left in it."""


def bare_title(title: str) -> str:
    """``title`` without the notes that databases write before, into and behind it; never empty unless it was.

    "A trial of X.[Erratum appears in Y. 2005;3(2):1] [Review] [16 refs]" is "A trial of X".
    """
    if "<" in title:
        at = title.lower().find(_ORIGINAL)
        title = title[:at] if at > 0 else title
    if "[" in title:
        title = _MIDDLE.sub(" ", title)
    if _HEADS.match(title):
        title = _HEADS.sub("", title, count=1) or title
    if title.rstrip(" .").endswith(")"):
        title = (title[:-LONGEST_PLACE] + _CLOSING_PLACE.sub("", title[-LONGEST_PLACE:])) or title
    for _ in range(MOST_NOTES):
        shorter = _without_last_note(title)
        if shorter is None:
            break
        title = shorter
    return title


def _without_last_note(title: str) -> str | None:
    """``title`` without the note in brackets that ends it; None when there is none, or nothing else."""
    trimmed = title.rstrip(" .;\"'")
    at = _opening_of_last(trimmed)
    if at <= 0:
        return None
    rest = trimmed[:at].rstrip(" .;:-")
    return rest if rest and _NOTE.fullmatch(trimmed[at + 1 :].strip(" .[])").lower()) else None


def _opening_of_last(text: str) -> int:
    """Where the bracket opens that closes at the end of ``text`` or not at all; -1 when there is none."""
    unclosed = text.rfind("[")
    if unclosed > text.rfind("]"):
        return unclosed  # cut short on its way
    closing = text[-1:]
    opening = _OPEN.get(closing)
    if opening is None:
        return -1
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == closing) - (text[at] == opening)
        if depth == 0:
            return at
    return -1


def designation_by_title(title: str) -> str:
    """What the record of this title is when it is no plain article; empty for an article."""
    lowered = title.lower()
    opening = _OPENING.match(lowered)
    if opening:
        return _OPENED[(opening.lastindex or 1) - 1]
    if lowered.rstrip(" .").endswith(")"):
        closing = _CLOSING_PLACE.search(lowered, max(0, len(lowered) - LONGEST_PLACE))
        if closing:
            return RETRACTION if closing[1] else ERRATUM
    notice = _CLOSING_NOTICE.search(lowered, max(0, len(lowered) - LONGEST_PLACE))
    if notice:
        return _NOTICES[((notice.lastindex or 1) - 1) % len(_NOTICES)]
    if "reply" in lowered and _CLOSING_REPLY.search(lowered):
        return COMMENT
    if "protocol" in lowered and _PROTOCOL.search(lowered):
        return PROTOCOL
    return ""

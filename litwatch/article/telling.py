"""The words of a sentence that tell which work it cites."""

import re

_GENERAL_WORDS = (
    "according also appear demonstrate demonstrated demonstrates evidence example found further furthermore "
    "help helped helps however impact impacted impacts important including influence influenced influences "
    "known likely many moreover often overall particularly potential potentially recent recently reduce "
    "reduced reduces reducing report reported reports research researchers reveal revealed show showed showing "
    "shown shows significant significantly study studied studies such suggest suggested suggests through thus "
    "various whether"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())
_WORD = re.compile(r"\w+")


def telling_words(sentence: str) -> str:
    """``sentence`` without the words that are said of any work, which would count against the one that is cited."""
    return " ".join(_WORD.sub(lambda word: "" if word[0].lower() in _GENERAL else word[0], sentence).split())

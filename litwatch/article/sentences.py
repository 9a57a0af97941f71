"""Where one sentence of an abstract or an article ends and the next begins.

A boundary is a full stop, question or exclamation mark (and closing brackets or quotation marks), white space, and
something that may open a sentence. What only looks like a boundary is refused by name in the sets below. Time is
linear in the length of the text: no look back is longer than ``_LOOK_BACK`` characters.
"""

import re

_BOUNDARY = re.compile(
    r"[.!?][)\]}\"'”’»]*(?:\[[\d,–\- ]{1,40}\]|[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹⁻,–]{0,20})?\s+"
    r"(?=[(\[{\"'“‘«<]*(?:[^\Wa-z_]|[a-z]{1,4}-?[A-Z0-9]))"
)
"""What follows opens a sentence: a capital, a digit, a letter without case, or a name such as mRNA, p53 or miR-21.

A number that cites, as in "was lower.[3] The", belongs to the sentence before it.
"""

_LOOK_BACK = 16
_ABBREVIATIONS = (
    "vs v e.g i.e cf ca approx al fig figs tab eq eqs ref refs no nos vol resp dr mr mrs ms prof st inc ltd co corp sp "
    "spp subsp var viz aka dept univ 0"
)
_INSIDE = frozenset(_ABBREVIATIONS.split())
"""What never ends a sentence; ``0`` is a decimal torn apart (p < 0. 05)."""

_LONGEST = max(map(len, _INSIDE)) + 1

_OPENERS = (
    "a after all an and as at background both by conclusion conclusions during for furthermore here however in "
    "interestingly it methods most moreover no of on one our patients rats result results significant similarly since "
    "subjects that the there therefore these they this those thus to treatment two we when while with"
)
_STARTERS = frozenset(_OPENERS.split())
"""What opens a sentence after a single letter or i.v.: "vitamin D. The", "given i.p. Rats", but "J. Roe"."""

_FIRST_WORD = re.compile(r"[A-Za-z]+")


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text``, each with the white space that follows it; joined they are ``text`` again."""
    sentences = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        stop, end = boundary.span()
        if text[stop - _LONGEST : stop].isalpha() or not _is_inside(text, stop, end):
            sentences.append(text[start:end])
            start = end
    if start < len(text):
        sentences.append(text[start:])
    return sentences


def _is_inside(text: str, stop: int, following: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    if text[stop] != ".":
        return False
    earliest = max(0, stop - _LOOK_BACK)
    word = text[max(earliest, text.rfind(" ", earliest, stop) + 1) : stop].lstrip("([{\"'“‘")
    if word.lower() in _INSIDE:
        return True
    if (len(word) == 1 and word.isupper()) or ("." in word and word.replace(".", "").isalpha()):
        first = _FIRST_WORD.match(text, following)
        return first is not None and first[0].lower() not in _STARTERS
    return False

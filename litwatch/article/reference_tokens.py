"""A reference as tokens: words, numbers and punctuation, each with its place in the text."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<number>[A-Za-z]{0,3}\d+(?:\.e?\d+)?[A-Za-z]?(?![^\W\d_]))|(?P<word>[^\W_]+(?:['’‘`‐‑-][^\W_]+)*\.?)|[^\w\s]|_"
)
_PARTICLES = (
    "van von vom zu zur de der den des del della dello di da das dal dos do du la le las los el al bin ibn ter ten te "
    "af av st ben abu e y"
)
PARTICLES = frozenset(_PARTICLES.split())
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"))
_ARTICLES = frozenset(("The", "An"))
_MOST_INITIALS = 4


class Token(NamedTuple):
    """A word with its full stop, a number or a sign, from ``start`` to ``end`` of the text."""

    text: str
    start: int
    end: int
    is_number: bool

    @property
    def bare(self) -> str:
        """Without its full stop."""
        return self.text.removesuffix(".")

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return not self.is_number and self.text[:1].isalpha()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital, or a letter of a script without capitals."""
        return self.is_word and not self.text[0].islower()

    @property
    def is_initials(self) -> bool:
        """Whether it is "JD", "D-J", "L." or "Ch."."""
        letters = self.bare.replace("-", "").replace("‐", "").replace("‑", "")
        if not self.is_word or not letters.isalpha() or len(letters) > _MOST_INITIALS:
            return False
        return letters.isupper() or (self.text.endswith(".") and len(letters) == 2 and letters.istitle())

    @property
    def is_particle(self) -> bool:
        """Whether it may stand before or within a surname: "de", "van"."""
        return self.text.lower() in PARTICLES

    @property
    def is_suffix(self) -> bool:
        """Whether it may stand behind a name: "Jr", "3rd"."""
        return self.bare.lower() in _SUFFIXES

    @property
    def is_name(self) -> bool:
        """Whether it may be a surname or a part of one."""
        if not self.is_capitalised or len(self.bare) == 1 or self.bare in _ARTICLES:
            return False
        return not self.text.endswith(".") or self.text == "St."


def tokens_of(text: str) -> list[Token]:
    """The tokens of ``text`` in their order."""
    return [Token(one[0], one.start(), one.end(), one["number"] is not None) for one in _TOKEN.finditer(text)]

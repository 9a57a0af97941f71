"""Words as PubMed compares them: without case, accents or punctuation, Greek letters spelled out.

What PubMed does with single characters stands in its user guide ("PubMed character conversions"): hyphens, stops,
apostrophes and the like become spaces. Index and query go through the same function, so that they meet.
"""

import re
import unicodedata

_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
# Letters that have no decomposition into a base letter and an accent.
_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
_COMBINING = "".join(map(chr, range(0x0300, 0x0370)))

_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)
_LETTERS = _GREEK | _LATIN | dict.fromkeys(_COMBINING, "")
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_NOT_A_WORD = re.compile(r"[\W_]+")

_STOPWORDS = """
    a about again all almost also although always among an and another any are as at be because been before being
    between both but by can could did do does done due during each either enough especially etc for found from further
    had has have having here how however i if in into is it its itself just kg km made mainly make may mg might ml mm
    most mostly must nearly neither no nor obtained of often on our overall perhaps pmid quite rather really regarding
    seem seen several should show showed shown shows significantly since so some such than that the their theirs them
    then there therefore these they this those through thus to upon various very was we were what when which while with
    within without would
"""
STOPWORDS = frozenset(_STOPWORDS.split())
"""Words that PubMed leaves out of untagged searches (user guide, "Stopwords")."""


def plain_text(text: str) -> str:
    """``text`` as words between single or repeated spaces, ready to be split or indexed."""
    if text.isascii():
        # Bytes, because an index puts every text of every record through here, and they are faster.
        return text.encode("ascii").translate(_ASCII).decode("ascii")
    # Decomposition would glue a trade mark to its word ("Ketalar™" is not "ketalartm").
    decomposed = unicodedata.normalize("NFKD", text.replace("™", " ").replace("℠", " ")).casefold()
    return _NOT_A_WORD.sub(" ", _LETTER.sub(lambda letter: _LETTERS[letter.group()], decomposed))


def split_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order: ``"IL-1β"`` is ``("il", "1beta")``."""
    return tuple(plain_text(text).split())


def join_words(text: str) -> str:
    """The words of ``text`` with one space between them: the form in which whole values are compared."""
    return " ".join(plain_text(text).split())

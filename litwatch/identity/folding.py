"""Spellings brought to one form, so that titles and names can be compared whoever typed them.

Folding drops case, accents, punctuation, white space and inline markup and spells Greek letters out: "TNF-α",
"TNF-alpha" and "<i>Tnf</i> alpha" fold to ``tnfalpha``. Folding twice is folding once.
"""

import html
import re
import unicodedata

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu"),
    *("xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
"""In the order of Unicode from U+03B1; sigma stands twice for its final form."""

_UNDECOMPOSED = {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe"}
_SPELLED_OUT = str.maketrans({chr(0x3B1 + place): name for place, name in enumerate(_GREEK)} | _UNDECOMPOSED)
_PLAIN = str.maketrans(
    _UNDECOMPOSED | {"Æ": "Ae", "Ð": "D", "Ø": "O", "Þ": "Th", "Đ": "D", "Ł": "L", "Œ": "Oe", "ß": "ss"}
)

_ASCII_LETTERS = {code: chr(code).lower() for code in range(128) if chr(code).isalnum()}
_ASCII_SOLID = {code: _ASCII_LETTERS.get(code) for code in range(128)}
_ASCII_SPACED = {code: _ASCII_LETTERS.get(code, " ") for code in range(128)}

_MARKUP = re.compile(r"</?(?:i|b|u|em|strong|sub|sup|sc|inf|mml:\w+)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ROMAN_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = {name: str(number) for number, name in enumerate(_ROMAN_NUMERALS, 1)}
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+\b|\d+(?:[.·]\d+)?|\b[IVX]+\b")
_SHORT_SPAN = re.compile(r"\b((?:19|20)\d\d)\s?[-–/]\s?(\d\d)\b(?![-–/,.]?\d)")
_FIRST_NUMBER = re.compile(r"[^0-9]*0*([0-9]+)")
_SUFFIXES = frozenset(("jr", "sr", "1st", "2nd", "3rd", "4th", "ii", "iii", "iv"))


def fold(text: str) -> str:
    """The letters and digits of ``text`` alone, in one spelling."""
    plain = _without_markup(text)
    return plain.translate(_ASCII_SOLID) if plain.isascii() else "".join(filter(str.isalnum, _decomposed(plain)))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of ``text``, each folded; whatever is no letter or digit parts words."""
    plain = _without_markup(text)
    if plain.isascii():
        return tuple(plain.translate(_ASCII_SPACED).split())
    letters = (c for c in _decomposed(plain) if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in letters).split())


def without_accents(text: str) -> str:
    """``text`` in plain letters, case and punctuation kept: "Jóźwiak-Bębenista" is Jozwiak-Bebenista."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.translate(_PLAIN)


def numerals(text: str) -> tuple[str, ...]:
    """The numbers in ``text`` in their order, each in one form: "Part II, 1988-94, 6,105" has 2, 1988, 1994 and 6105.

    Roman capitals are read up to XII, and a decimal that is nothing is dropped.
    """
    plain = unicodedata.normalize("NFKD", _without_markup(text))
    if "19" in plain or "20" in plain:
        plain = _SHORT_SPAN.sub(lambda span: f"{span[1]} {span[1][:2]}{span[2]}", plain)
    return tuple([_ROMAN.get(numeral) or _plain_number(numeral) for numeral in _NUMERAL.findall(plain)])


def _plain_number(numeral: str) -> str:
    plain = numeral.replace(",", "").replace("·", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def first_number(text: str) -> str:
    """The first number of a volume or a page range, or all of it folded: "e0195659" has 195659, "47-58" has 47."""
    found = _FIRST_NUMBER.match(text)
    return found[1] if found else fold(text)


def surname(printed: str) -> str:
    """The folded surname of a printed name ("De Kock M" → ``dekock``); a group's whole name."""
    return fold(_split_name(printed)[0])


def initials(printed: str) -> str:
    """The folded initials of a printed name ("De Kock MF" → ``mf``); empty when it has none."""
    return fold(_split_name(printed)[1])


def _split_name(printed: str) -> tuple[str, str]:
    parts = printed.split()
    if len(parts) > 2 and parts[-1].casefold().rstrip(".") in _SUFFIXES:
        parts.pop()
    if len(parts) > 1 and len(parts[-1]) <= 4 and parts[-1].replace(".", "").replace("-", "").isupper():
        return " ".join(parts[:-1]), parts[-1]
    return " ".join(parts), ""


def _without_markup(text: str) -> str:
    """Tags and character references that were escaped twice on their way are not words of the title."""
    if "&" in text:
        text = html.unescape(text)
    return _MARKUP.sub("", text) if "<" in text else text


def _decomposed(text: str) -> str:
    # NFKD on both sides of casefold, as Unicode's compatibility caseless match (D146) has it.
    folded = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", folded).translate(_SPELLED_OUT)

"""A sentence cut into signs: words of change, significance and comparison, p-values, intervals and numbers.

What the rules and the model see of a word is its sign (``direction_words``), of a p-value whether it is below .05, of a
confidence interval whether it holds the null: 1 for a ratio, 0 for a difference.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from litwatch.appraisal.direction_words import SIGN_OF, VERSUS
from litwatch.appraisal.reading import fold

NUMBER: Final = "NUM"
P_BELOW: Final = "PSIG"
P_ABOVE: Final = "PNS"
HOLDS_NULL: Final = "CINS"
DIFFERENCE_ABOVE: Final = "CIUP"
DIFFERENCE_BELOW: Final = "CIDOWN"
RATIO_ABOVE: Final = "RATIOUP"
RATIO_BELOW: Final = "RATIODOWN"
OTHER_INTERVAL: Final = "CI"
"""An interval around a mean, or one that cannot be read."""

_ALPHA = 0.05
_LIMIT = r"-?\d{0,9}[.,]?\d{1,9}"
_TOKEN = re.compile(
    r"\s{0,2}(?:(?P<plain>[^\W\d_cpv][^\W_']{0,60}(?:'[a-z])?)"  # most tokens: a word that begins none of what follows
    r"|(?P<p>\bp{1,2}s?(?:[ -]?values?)?(?:\s{0,2}(?:[=<>≤≥:]|\bof\b|\bwas\b|\bwere\b|\bis\b|&[lg]t;)){1,3}\s{0,2}"
    r"(?:0?[.,]\s?\d{1,9}|0(?![.,\d])|1(?:\.0{1,4})?(?!\d)|n\.?s\b|not significant))"
    r"|(?P<interval>\b(?:c\.?i\.?|cis|confidence intervals?|credible intervals?|cri)\b[^\d+;-]{0,12}"
    rf"{_LIMIT}\s{{0,2}}%?\s{{0,2}}(?:to|,|;|and|-|/)\s{{0,2}}{_LIMIT})"
    r"|(?P<number>(?:(?<![\w)])-)?\d[\d,]{0,9}(?:\.\d{1,9})?|\.\d{1,9})"
    r"|(?P<versus>\bvs?\.(?=\s))"
    r"|(?P<word>[^\W\d_][^\W_']{0,60}(?:'[a-z])?)"
    r"|(?P<mark>\.(?=\s|$)|[;,:()\[\]%±/=<>+]))"
)
_AS_WRITTEN = frozenset(["plain", "word", "mark"])
_P_VALUE = re.compile(r"0?[.,]\s?\d+|1(?:\.0+)?$|0$")
_LIMITS = re.compile(rf"({_LIMIT})\s*%?\s*(?:to|,|;|and|-|/)\s*({_LIMIT})$")
_DECIMAL_COMMA = re.compile(r"-?\d*,\d{1,2}")
_RATIOS = frozenset(["or", "rr", "hr", "irr", "odds", "ratio", "hazard", "hazards", "risk", "aor", "arr", "ahr", "prr"])
_DIFFERENCES = frozenset(["difference", "change", "md", "mean", "effect", "smd", "d"])
_LOOK_BACK = 14
"""How many tokens before an interval may say what it is an interval of."""


class Token(NamedTuple):
    """A piece of folded text, what the rules see of it, and a number's value."""

    text: str
    sign: str
    value: float | None = None

    def signed(self, sign: str) -> "Token":
        """The token with another sign."""
        return Token(self.text, sign, self.value)


def normalise(text: str) -> str:
    """Folded text with every decimal point the same."""
    return fold(text).replace("·", ".").replace("∙", ".").replace("&amp;", "&")


def cut_tokens(text: str) -> list[Token]:
    """The tokens of ``text``, before arms and outcome are told apart."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(normalise(text)):
        kind = match.lastgroup or ""
        written = match[kind]
        if kind in _AS_WRITTEN:
            tokens.append(_word(written))
        elif kind == "number":
            tokens.append(Token(written, NUMBER, _value(written)))
        elif kind == "versus":
            tokens.append(Token("vs", VERSUS))
        elif kind == "p":
            tokens.append(Token(written, _sign_of_p(written)))
        else:
            tokens.append(Token(written, _sign_of_interval(written, tokens)))
    return tokens


@lru_cache(maxsize=8192)
def _word(written: str) -> Token:
    return Token(written, SIGN_OF.get(written, written))


def _sign_of_p(written: str) -> str:
    found = _P_VALUE.search(written)
    if not found:
        return P_ABOVE
    value = _value(found[0].replace(" ", "")) or 0.0
    if any(sign in written for sign in (">", "≥", "&gt;")):
        return P_ABOVE if value >= _ALPHA / 5 else P_BELOW
    at_limit = value == _ALPHA and any(sign in written for sign in ("<", "≤", "&lt;"))
    return P_BELOW if value < _ALPHA or at_limit else P_ABOVE


def _sign_of_interval(written: str, before: Sequence[Token]) -> str:
    pair = _LIMITS.search(written)
    low, high = (_value(pair[1]), _value(pair[2])) if pair else (None, None)
    if low is None or high is None:
        return OTHER_INTERVAL
    words = {token.text for token in before[-_LOOK_BACK:]}
    if high < 0 <= low:  # "-0.3 - -0.1" and "0.1 - 0.3" are written alike when the dash is a sign
        low, high = -low, -high
    is_ratio = min(low, high) >= 0 and not words.isdisjoint(_RATIOS)
    null = 1.0 if is_ratio else 0.0
    if min(low, high) <= null <= max(low, high):
        return HOLDS_NULL
    if is_ratio:
        return RATIO_ABOVE if low > null else RATIO_BELOW
    if 0 < low < high and words.isdisjoint(_DIFFERENCES):
        return OTHER_INTERVAL
    return DIFFERENCE_ABOVE if low > null else DIFFERENCE_BELOW


def _value(written: str) -> float | None:
    plain = written
    if "," in written:
        plain = written.replace(",", "." if _DECIMAL_COMMA.fullmatch(written) else "")
    try:
        return float(plain)
    except ValueError:
        return None

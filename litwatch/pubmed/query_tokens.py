"""Query text to tokens. What cannot be read is a Problem with its place, never left out."""

import re
from enum import StrEnum
from typing import Literal, NamedTuple


class Problem(NamedTuple):
    """Something wrong in a query, and the offset at which it stands.

    A ``fault`` is wrong for PubMed too; ``unsupported`` is good PubMed that an archive cannot answer.
    """

    kind: Literal["fault", "unsupported"]
    message: str
    position: int


class TokenKind(StrEnum):
    """What a stretch of a query is."""

    OPEN = "("
    CLOSE = ")"
    OPERATOR = "operator"
    PHRASE = "phrase"
    WORD = "word"
    COLON = ":"
    TAG = "tag"


class Token(NamedTuple):
    """A stretch of a query: ``text`` without its quotes or brackets, ``position`` and ``end`` with them."""

    kind: TokenKind
    text: str
    position: int
    end: int


_CURLY = str.maketrans("“”„‟«»″", '"' * 7)
_PATTERN = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<colon>:) | (?P<sign>[&|])
    | "(?P<phrase>[^"]*)" | \[(?P<tag>[^\[\]]*)\] | (?P<bracket>[\[\]])
    | (?P<doi>10\.\d{4,9}/(?:[^\s()"\[\]]|\([^\s()"\[\]]*\))+)
    | (?P<word>[^\s()"\[\]:&|]+)""",
    re.VERBOSE,
)
# What Python makes of a command line's bytes that are not text.
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {
    "open": TokenKind.OPEN,
    "close": TokenKind.CLOSE,
    "colon": TokenKind.COLON,
    "phrase": TokenKind.PHRASE,
    "tag": TokenKind.TAG,
}
_OPERATORS = frozenset({"AND", "OR", "NOT"})
# PubMed reads these as operators (user guide, "PubMed character conversions").
_SIGNS = {"&": "AND", "|": "OR"}


def read_tokens(text: str) -> tuple[list[Token], list[Problem]]:
    """The tokens of ``text`` in order, and what is wrong with its quotes and brackets."""
    problems: list[Problem] = []
    straight = text.translate(_CURLY)
    if straight != text:
        first = next(place for place, (old, new) in enumerate(zip(text, straight, strict=True)) if old != new)
        problems.append(Problem("fault", f'curly quotes ({text[first]}): write straight ones (")', first))
    undecoded = _SURROGATE.search(text)
    if undecoded:
        problems.append(Problem("fault", "a byte that is no text: write the query in UTF-8", undecoded.start()))
    lost = _unpaired_quote(straight)
    if lost is not None:
        problems.append(Problem("fault", 'a quotation mark (") without its partner', lost))
        straight = f"{straight[:lost]} {straight[lost + 1 :]}"
    tokens: list[Token] = []
    for match in _PATTERN.finditer(straight):
        if match.lastgroup == "bracket":
            problems.append(Problem("fault", f"a bracket ({match.group()}) without its partner", match.start()))
        else:
            tokens.append(_token(match))
    return tokens, problems


def _unpaired_quote(text: str) -> int | None:
    """The offset of the quote that lacks its partner, None when they pair.

    Of an odd number, the first whose phrase would swallow a tag or an operator is the one; else the last.
    """
    places = [match.start() for match in re.finditer('"', text)]
    if len(places) % 2 == 0:
        return None
    pairs = zip(places[::2], places[1::2], strict=False)
    return next((start for start, end in pairs if re.search(r"\[|\b(AND|OR|NOT)\b", text[start:end])), places[-1])


def _token(match: re.Match[str]) -> Token:
    group = str(match.lastgroup)
    text = _SIGNS.get(match.group(group), match.group(group))
    default = TokenKind.OPERATOR if text in _OPERATORS else TokenKind.WORD
    return Token(_KINDS.get(group, default), text, match.start(), match.end())

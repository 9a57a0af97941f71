"""Query text to tokens. What cannot be read is a Problem with its place, never left out."""

import re
from enum import StrEnum
from typing import Literal, NamedTuple


class Problem(NamedTuple):
    """Something wrong in a query, and the offset at which it stands.

    A ``fault`` is wrong everywhere. ``unsupported`` is good PubMed that cannot be answered here. A ``doubt`` can be
    answered but hardly means what was meant.
    """

    kind: Literal["fault", "unsupported", "doubt"]
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
    r"""(?P<space>\s+)
    | (?P<open>\() | (?P<close>\)) | (?P<colon>:) | (?P<sign>[&|])
    | "(?P<phrase>[^"]*)" | (?P<quote>")
    | \[(?P<tag>[^\[\]]*)\] | (?P<bracket>[\[\]])
    | (?P<doi>10\.\d{4,9}/[^\s"\[\]]+)
    | (?P<word>[^\s()"\[\]:&|]+)""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})
# PubMed reads these as operators (user guide, "PubMed character conversions").
_SIGNS = {"&": "AND", "|": "OR"}
_SIMPLE = {"open": TokenKind.OPEN, "close": TokenKind.CLOSE, "colon": TokenKind.COLON, "phrase": TokenKind.PHRASE}


def read_tokens(text: str) -> tuple[list[Token], list[Problem]]:
    """The tokens of ``text`` in order, and what is wrong with its characters, quotes and brackets."""
    problems: list[Problem] = []
    straight = text.translate(_CURLY)
    if straight != text:
        first = next(place for place, (old, new) in enumerate(zip(text, straight, strict=True)) if old != new)
        problems.append(Problem("fault", f'curly quotes ({text[first]}): write straight ones (")', first))
    lost = _unpaired_quote(straight)
    tokens: list[Token] = []
    position = 0
    while position < len(straight):
        match = _PATTERN.match(straight, position)
        if position == lost or match is None or match.lastgroup == "quote":
            problems.append(Problem("fault", 'a quotation mark (") without its partner', position))
            position += 1
            continue
        if match.lastgroup == "bracket":
            problems.append(Problem("fault", f"a bracket ({match.group()}) without its partner", position))
        elif match.lastgroup != "space":
            tokens.append(_token(match))
        position = tokens[-1].end if tokens and tokens[-1].position == position else match.end()
    return tokens, problems


def _unpaired_quote(text: str) -> int:
    """The offset of the quote that lacks its partner, -1 when they pair.

    Of an odd number, the first whose phrase would swallow a tag or an operator is the one; else the last.
    """
    places = [match.start() for match in re.finditer('"', text)]
    if len(places) % 2 == 0:
        return -1
    pairs = zip(places[::2], places[1::2], strict=False)
    return next((start for start, end in pairs if re.search(r"\[|\b(AND|OR|NOT)\b", text[start:end])), places[-1])


def _token(match: re.Match[str]) -> Token:
    group = match.lastgroup or ""
    text, position, end = match.group(group), match.start(), match.end()
    if group in _SIMPLE:
        return Token(_SIMPLE[group], text, position, end)
    if group == "tag":
        return Token(TokenKind.TAG, text.strip(), position, end)
    if group == "doi":
        text = _balanced(text)
        return Token(TokenKind.WORD, text, position, position + len(text))
    operator = _SIGNS.get(text, text)
    kind = TokenKind.OPERATOR if operator in _OPERATORS else TokenKind.WORD
    return Token(kind, operator if kind is TokenKind.OPERATOR else text, position, end)


def _balanced(doi: str) -> str:
    """A DOI up to a parenthesis that closes more than the DOI opened: ``10.1016/s0960(00)1)`` ends before the last."""
    depth = 0
    for place, character in enumerate(doi):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return doi[:place]
    return doi

"""Two numbers and the arms they belong to: "4.2 in X and 6.1 in Y", "X 4.2, Y 6.1", "4.2 vs 6.1".

Of a clause the leading numbers are kept (no spread, no count of patients, no table or week), and written as one letter
each: n for a number, I and C for the arms, v for "versus", p for a p-value or a boundary, t for a length of time.
Patterns of these letters say which number is whose.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litwatch.appraisal.direction_arms import ARMS, COMPARATOR, INTERVENTION
from litwatch.appraisal.direction_tokens import P_ABOVE, P_BELOW, Token
from litwatch.appraisal.direction_words import VERSUS

_PATTERNS = (
    ("number behind each arm", 1, re.compile("I(n)[^IC]{0,3}?C(n)")),
    ("number behind each arm", -1, re.compile("C(n)[^IC]{0,3}?I(n)")),
    ("number before each arm", 1, re.compile("(n)I[vt]?(n)C")),
    ("number before each arm", -1, re.compile("(n)C[vt]?(n)I")),
    ("two numbers behind an arm", 1, re.compile("I[^C]{0,2}?(n)v(n)")),
    ("two numbers behind an arm", -1, re.compile("C[^I]{0,2}?(n)v(n)")),
    ("two numbers before an arm", 1, re.compile("(n)v(n)[^C]?I")),
    ("two numbers before an arm", -1, re.compile("(n)v(n)[^I]?C")),
    ("two numbers before two arms", 1, re.compile("(n)(n)I[vt]?C")),
    ("two numbers before two arms", -1, re.compile("(n)(n)C[vt]?I")),
    ("two numbers behind two arms", 1, re.compile("I[vt]?C(n)v?(n)")),
    ("two numbers behind two arms", -1, re.compile("C[vt]?I(n)v?(n)")),
    ("two numbers", 1, re.compile("(n)v(n)")),
)
_LETTERS = {INTERVENTION: "I", COMPARATOR: "C", VERSUS: "v", P_BELOW: "p", P_ABOVE: "p"}
_NO_LEAD_WORDS = "± / sd se iqr fig figure table day week month days weeks months at"
_NO_LEAD = frozenset(_NO_LEAD_WORDS.split())
_UNIT_WORDS = "weeks week months month days day h hours years patients mg groups min minutes other"
_UNITS = frozenset(_UNIT_WORDS.split())


class Pair(NamedTuple):
    """Two numbers compared: ``sign`` is +1 when the intervention's is greater, -1 when it is less."""

    pattern: str
    sign: int
    words: str


class _Lead(NamedTuple):
    letter: str
    value: float = 0.0
    text: str = ""


def find_pairs(clause: Sequence[Token]) -> list[Pair]:
    """The pairs of numbers that each pattern finds first in a clause."""
    if sum([token.value is not None for token in clause]) < 2:
        return []
    leads = list(_leads(clause))
    letters = "".join([lead.letter for lead in leads])
    pairs = []
    for name, order, pattern in _PATTERNS if letters.count("n") > 1 else ():
        if match := pattern.search(letters):
            first, second = leads[match.start(1)], leads[match.start(2)]
            if first.value != second.value:
                sign = order if first.value > second.value else -order
                pairs.append(Pair(name, sign, f"{first.text} … {second.text}"))
    return pairs


def _leads(clause: Sequence[Token]) -> Iterator[_Lead]:
    is_inner = False
    last = ""
    for place, token in enumerate(clause):
        lead = None
        if letter := _LETTERS.get(token.sign):
            lead = _Lead(letter)
            is_inner = is_inner and letter == "p"
        elif token.text in ("(", "["):
            is_inner = last == "n" and place > 0 and _is_measure(clause[place - 1])
        elif token.text in (")", "]"):
            is_inner = False
        elif token.value is not None and not is_inner:
            lead = _number(clause, place)
        if lead:
            last = lead.letter
            yield lead


def _is_measure(token: Token) -> bool:
    return token.value is not None or token.text == "%" or len(token.text) < 6


def _number(clause: Sequence[Token], place: int) -> _Lead | None:
    before = clause[place - 1].text if place else ""
    if before in _NO_LEAD or (before == "=" and place > 1 and clause[place - 2].text == "n"):
        return None
    following = clause[place + 1].text if place + 1 < len(clause) else ""
    value = clause[place].value or 0.0
    if following in _UNITS and before not in ("=", "("):
        return _Lead("t", value)
    if following == "%" and place + 2 < len(clause) and clause[place + 2].sign.startswith(("CI", "RATIO")):
        return None
    return _Lead("n", value, clause[place].text)


def order_of_arms(clause: Sequence[Token]) -> str:
    """The first two arms of a clause, as letters."""
    return "".join(_LETTERS[token.sign] for token in clause if token.sign in ARMS)[:2]

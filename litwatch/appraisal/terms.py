"""An outcome term as a pattern that finds it however it is written, and nothing else.

A term matches without regard to case, number and how its parts are joined: IL-1β finds IL-1beta, IL1β and IL-1 beta;
TNF-α finds TNFα, TNF alpha and "(TNF)-α"; proinflammatory finds pro-inflammatory; cytokine finds cytokines.
It matches whole: IL-1 finds neither IL-10 nor IL-1ra, pain not Spain, TNF not TNFR2. A Greek letter behind a term names
a member of its family, so that TNF finds TNF-α and IL-1 finds IL-1β. What names another thing is refused: a receptor,
antagonist or inhibitor of a molecule ("TNF receptor", MeSH "Receptors, Tumor Necrosis Factor") and what acts against
it ("anti-TNF"). An enumeration names its first member only: "IL-1β, -6 and -10" does not find IL-6.
"""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from litwatch.appraisal.reading import GREEK, fold, words_of

_GREEK_NAMES = frozenset(GREEK.values())
_GREEK = "|".join(sorted(_GREEK_NAMES))
_SAYS_LITTLE = _GREEK_NAMES | {"cell", "factor", "level", "response", "score", "within"}
"""Parts that many texts hold, so that another part of the term is looked for first."""

_ENDINGS = ("s", *sorted(_GREEK_NAMES))
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_INNER = (
    re.compile(rf"([a-z]{{2,4}})({_GREEK})"),  # tnfalpha
    re.compile(r"(anti|hyper|hypo|immuno|neuro|pro)([a-z]{5,})"),  # proinflammatory
)
_PLURAL = re.compile(r"([a-z]{3,}[^aious])s")
_SHORT_CAPITALS = re.compile(r"(?<![A-Z])[A-Z]{1,3}\W*$")
"""An abbreviation too short for a plural: CRPS is a syndrome, and not several CRP."""

_LOOSE = r"[-\s),]{0,3}"
_SPACED = r"[-\s]{1,3}"
_NOT_BEFORE = ("[a-z0-9]", "anti-", "receptor, ", "receptors, ")
_NOT_AFTER = (
    rf"(?:s?(?![a-z0-9])|(?=(?:{_GREEK})(?![a-z])))"
    rf"(?!{_LOOSE}(?:(?:{_GREEK}){_LOOSE})?(?:receptor|antagonist|inhibitor|blocker)|-r\d?\b)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A pattern on folded text, and the words of which any text that names the term holds one."""

    pattern: re.Pattern[str]
    cues: frozenset[str]


class _Part(NamedTuple):
    """A run of letters or digits; ``spaced`` when white space must part it from the run before."""

    text: str
    spaced: bool


@lru_cache(maxsize=4096)
def compile_term(written: str) -> Term:
    """The pattern of an outcome or condition term; spellings that differ in number or joints alone are one term."""
    parts = _split(written)
    if not parts:
        return _term("(?!)", frozenset())
    unwanted_before = _NOT_BEFORE + (("[a-z]-",) if len(parts[0].text) == 1 else ())  # MAC-T cells are no T cells
    first = parts[0].text  # in front of what may not precede it: a pattern that opens with letters is found faster
    alone = "".join(f"(?<!{unwanted}{first})" for unwanted in unwanted_before)
    rest = "".join((_SPACED if part.spaced else _LOOSE) + part.text for part in parts[1:])
    plural = "" if _SHORT_CAPITALS.search(written) else "s?"
    return _term(first + alone + rest + _NOT_AFTER.replace("s?", plural, 1), _cues(parts))


@lru_cache(maxsize=4096)
def _term(pattern: str, cues: frozenset[str]) -> Term:
    return Term(re.compile(pattern), cues)


def _split(written: str) -> list[_Part]:
    text = written.lower()
    for sign, name in GREEK.items():
        text = text.replace(sign, f"-{name}-")
    parts: list[_Part] = []
    end = 0
    for run in _PARTS.finditer(text := fold(text)):
        pieces = _pieces(run[0])
        spaced = text[end : run.start()].isspace() and bool(parts) and _is_word(parts[-1].text) and _is_word(pieces[0])
        parts += [_Part(pieces[0], spaced), *(_Part(piece, False) for piece in pieces[1:])]
        end = run.end()
    if parts and (plural := _PLURAL.fullmatch(parts[-1].text)):
        parts[-1] = parts[-1]._replace(text=plural[1])
    return parts


def _pieces(run: str) -> tuple[str, ...]:
    return next((match.groups() for inner in _INNER if (match := inner.fullmatch(run))), (run,))


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text not in _GREEK_NAMES


def _cues(parts: list[_Part]) -> frozenset[str]:
    """The words that the most telling part may stand in: alone, or written together with its neighbours."""
    told = max(range(len(parts)), key=lambda number: len(parts[number].text) * (parts[number].text not in _SAYS_LITTLE))
    first = max(number for number in range(told + 1) if parts[number].spaced or not number)
    last = next((number for number in range(told + 1, len(parts)) if parts[number].spaced), len(parts))
    words: list[str] = []
    for start, stop in itertools.product(range(first, told + 1), range(told + 1, last + 1)):
        word = "".join(part.text for part in parts[start:stop])
        words += [word, *(word + ending for ending in _ENDINGS if stop == len(parts))]
    return frozenset(words_of(" ".join(words)))

"""Citations by author and year in a sentence: "(Poe et al., 2019; see also Roe & Doe, 2020a)", "Poe et al. (2019)".

Read backwards from each year: what stands before it must be names. Time is linear in the length of the sentence, since
no more than ``_MOST_NAMES`` names are looked at. Conservative where a place or a thing could be meant: a single name in
running text, "Berlin (2021)", is a citation only when the list of references has it; capitals alone, "(WHO, 2021)" or
"(IL-6, 2021)", never are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from litwatch.article.reference_tokens import PARTICLES

_TOKEN = re.compile(
    r"(?P<year>(?<![\w.-])(?:18|19|20)\d\d[a-z]?(?![\w%°]|[.,:-]\d)|\bin press\b|\bforthcoming\b|\bn\.\s?d\.?)"
    r"|[^\W\d_](?:[^\W_]|['’.‐‑-](?=[^\W_])){0,60}\.?|\d+|[^\w\s]",
)
_MOST_NAMES = 8
_BETWEEN = 60
"""Characters between two citations in one pair of brackets, at most."""

_OTHERS = frozenset(("colleagues", "others", "coworkers", "co-workers", "collaborators"))
_AND = frozenset(("and", "&", "und", "et", "y"))
_OPENING = frozenset("([;")
_CLOSING = frozenset(")];,:")
_LEADING_WORDS = "see e.g. e.g also cf cf. reviewed review reviews in by for example eg eg. as i.e. from and compare"
_LEADING = frozenset(_LEADING_WORDS.split())
"""What may stand between the bracket and the first name."""

_NOUNS = (
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec spring summer autumn fall winter figure figures fig table tables box section "
    "chapter appendix supplement equation study trial version updated published accessed retrieved copyright "
    "since until before after during around between early late mid circa about in the this that these those and "
    "but or of on at from to by for with as reprinted adapted modified p pp page pages vol volume edition "
    "protocol phase week weeks day days month months year years visit total mean median range number monday "
    "tuesday wednesday thursday friday saturday sunday covid who usa uk eu fda available online last revised "
    "created"
)
_NO_NAMES = frozenset(_NOUNS.split())
"""Capitalised words before a year that are no surname."""


class Cited(NamedTuple):
    """One work cited by author and year; ``start`` and ``end`` are those of its group in the sentence."""

    as_written: str
    start: int
    end: int
    shared: int
    is_subject: bool
    surname: str
    year: str


class _Token(NamedTuple):
    text: str
    begin: int
    end: int
    is_year: bool

    @property
    def low(self) -> str:
        return self.text.lower()


class _Names(NamedTuple):
    """Names before a year: from token ``first`` on; ``others`` when "et al." follows, ``number`` how many."""

    first: int
    number: int
    others: bool


def find_author_years(text: str, is_listed: Callable[[str, str], bool]) -> tuple[Cited, ...]:
    """The citations by author and year in a sentence; ``is_listed(surname, year)`` asks the list of references."""
    if not any(map(str.isdigit, text)) and "press" not in text and "n." not in text and "forth" not in text:
        return ()
    tokens = [_Token(one[0], one.start(), one.end(), one["year"] is not None) for one in _TOKEN.finditer(text)]
    found: list[Cited] = []
    for at, token in enumerate(tokens):
        if token.is_year:
            found += _cited_before(tokens, at, text, is_listed)
    return _grouped(found, text)


def _cited_before(
    tokens: Sequence[_Token], at: int, text: str, is_listed: Callable[[str, str], bool]
) -> Iterator[Cited]:
    """The citation whose year is token ``at``, if its names stand before it."""
    if at + 1 < len(tokens) and not tokens[at + 1].is_year and tokens[at + 1].text[0] in "/–-%":
        return
    place = at - 1
    while place >= 1 and tokens[place].text == "," and tokens[place - 1].is_year:
        place -= 2  # "(Poe et al., 2019, 2020)"
    is_apart = place >= 0 and tokens[place].text == "("
    if place >= 0 and tokens[place].text in ("(", ","):
        place -= 1
    names = _names_before(tokens, place)
    if names is None or not _is_cited(tokens, at, names, is_listed, is_apart=is_apart):
        return
    first, last = tokens[names.first], tokens[place]
    year = tokens[at].text
    written = f"({text[first.begin : last.end]}, {year})"
    yield Cited(
        as_written=" ".join(written.split()),
        start=first.begin,
        end=tokens[at].end,
        shared=1,
        is_subject=is_apart,
        surname=_surname(tokens, names.first, place),
        year=year,
    )


def _names_before(tokens: Sequence[_Token], end: int) -> _Names | None:
    """The names that end with token ``end``."""
    at = end
    others = at >= 1 and _means_others(tokens[at - 1].low, tokens[at].low)
    if others:
        at -= 3 if at >= 2 and tokens[at - 2].text == "," else 2
    first, count = _name_start(tokens, at, lone_initial=others), 1
    if first is None:
        return None
    while count < _MOST_NAMES:
        before = first - 1
        while before >= 0 and tokens[before].low in (*_AND, ","):
            before -= 1
        further = _name_start(tokens, before, lone_initial=True) if before < first - 1 else None
        if further is None:
            break
        first, count = further, count + 1
    return _Names(first, count, others)


def _means_others(one: str, other: str) -> bool:
    """Whether the two words are "et al." or "and colleagues"."""
    return (one.rstrip("."), other.rstrip(".")) == ("et", "al") or (one in _AND and other in _OTHERS)


def _name_start(tokens: Sequence[_Token], at: int, *, lone_initial: bool) -> int | None:
    """The first token of the name that ends with token ``at``: "Poe", "De Kock", "van der Berg", "S.", "Roe J."."""
    if at < 0:
        return None
    if lone_initial and _is_initial(tokens[at].text):
        if at and _is_surname(tokens[at - 1].text) and not _is_initial(tokens[at - 1].text):
            return _with_particles(tokens, at - 1)
        return at
    if not _is_surname(tokens[at].text):
        return None
    start = _with_particles(tokens, at)
    while start and _is_initial(tokens[start - 1].text):
        start -= 1
    return start


def _with_particles(tokens: Sequence[_Token], at: int) -> int:
    """Where the surname begins whose last word is token ``at``."""
    start = at
    while start and at - start < 4 and (tokens[start - 1].low in PARTICLES) and tokens[start - 1].low not in _AND:
        start -= 1
    opens = start >= 2 and tokens[start - 2].text in _OPENING
    if start == at and opens and _is_surname(tokens[start - 1].text):
        start -= 1  # "(Garcia Lopez et al., 2019)"
    return start


def _is_initial(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return text.endswith(".") and 0 < len(letters) <= 3 and letters.isupper()


def _is_surname(text: str) -> bool:
    bare = text.rstrip(".").removesuffix("'s").removesuffix("’s")
    if len(bare) < 2 or not bare[0].isupper() or bare.lower() in _NO_NAMES or text.endswith("."):
        return False
    return any(letter.islower() for letter in bare) and all(letter.isalpha() or letter in "'’‐‑-" for letter in bare)


def _is_cited(
    tokens: Sequence[_Token], at: int, names: _Names, is_listed: Callable[[str, str], bool], *, is_apart: bool
) -> bool:
    """Whether names and a year are a citation, judged by what stands around them."""
    follower = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if names.others:
        return True
    if is_apart:  # "Poe and Roe (2019)"; a single name must be known
        surname = tokens[names.first].text.removesuffix("'s").removesuffix("’s")
        return follower in _CLOSING and (names.number > 1 or is_listed(surname, tokens[at].text))
    before = names.first - 1
    while before >= 0 and tokens[before].low in (*_LEADING, ",", "."):
        before -= 1
    return before >= 0 and tokens[before].text in _OPENING and follower in _CLOSING


def _surname(tokens: Sequence[_Token], first: int, last: int) -> str:
    """The first author's surname as written, without what follows it; empty where only an initial stands."""
    words: list[str] = []
    for token in tokens[first : last + 1]:
        if token.low in (*_AND, ","):
            break
        if not _is_initial(token.text):
            words.append(token.text)
    return " ".join(words).removesuffix("'s").removesuffix("’s")


def _grouped(found: Sequence[Cited], text: str) -> tuple[Cited, ...]:
    """Those that share brackets get the place of the whole group and its size."""
    groups: list[list[Cited]] = []
    for cited in found:
        between = text[groups[-1][-1].end : cited.start] if groups else "."
        is_same = ";" in between and len(between) < _BETWEEN and not set(between) & set("()[]")
        if groups and (is_same or cited.start == groups[-1][-1].start):
            groups[-1].append(cited)
        else:
            groups.append([cited])
    return tuple(
        cited._replace(start=group[0].start, end=group[-1].end, shared=len(group))
        for group in groups
        for cited in group
    )

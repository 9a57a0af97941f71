"""Which drugs a record names, with the dose and the route that are said of them.

The drugs are those of ``drugs.toml`` and the terms of the watch's topic. A dose counts when it stands beside a drug, a
route when it stands in a sentence that names one.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from litwatch.appraisal.detail_rules import DOSE_AFTER, DOSE_BEFORE, ROUTE, ROUTES
from litwatch.appraisal.reading import Reading, fold, words_of
from litwatch.model.finding import Detail, DetailKind
from litwatch.model.quote import Quote

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_JOINT = r"[-\s()+,]{0,5}"
_DOSE_REACH = 60
_SHORTEST = 3
_OPERATORS = re.compile(r"\b(AND|OR|NOT)\b|[()]")
_TAG = re.compile(r"\[[^\]]*\]")


class _Drug(NamedTuple):
    """A spelling of a drug: the pattern that finds it, and the words of which any text that names it holds one."""

    name: str
    pattern: re.Pattern[str]
    cues: frozenset[str]


class DrugVocabulary(NamedTuple):
    """Every spelling of every drug, in the order in which drugs are shown, and their cues."""

    drugs: tuple[_Drug, ...]
    cues: frozenset[str]


class _Mention(NamedTuple):
    start: int
    stop: int
    name: str


@lru_cache(maxsize=64)
def drug_vocabulary(topic: str = "") -> DrugVocabulary:
    """The drugs of the data file, and those terms of ``topic``, a query, that it does not hold."""
    table = tomllib.loads(files("litwatch.appraisal").joinpath("drugs.toml").read_text(encoding="utf-8"))
    names = {_plain(text): (name, text) for name, written in table["drugs"].items() for text in written}
    for term in topic_terms(topic):
        names.setdefault(_plain(term), (term, term))
    drugs = tuple(_compile(name, written) for plain, (name, written) in names.items() if plain)
    return DrugVocabulary(drugs, frozenset[str]().union(*(drug.cues for drug in drugs)))


def topic_terms(topic: str) -> Iterator[str]:
    """The terms of a query, without tags, quotation marks and operators; not what it excludes."""
    operator = ""
    for part in _OPERATORS.split(topic):
        term = _TAG.sub("", part or "").strip(' "*')
        if part in ("AND", "OR", "NOT"):
            operator = part
        elif term:
            if operator != "NOT" and len(term) >= _SHORTEST:
                yield term
            operator = ""


def _plain(written: str) -> str:
    return " ".join(_PARTS.findall(written.lower()))


def _compile(name: str, written: str) -> _Drug:
    parts = _PARTS.findall(written.lower())
    bracket = r"\(?" if len(parts[0]) == 1 else ""
    pattern = re.compile(rf"(?<![a-z0-9])(?<![a-z]['’]){bracket}{_JOINT.join(parts)}s?(?![a-z0-9])", re.IGNORECASE)
    longest = max(parts, key=len)
    return _Drug(name, pattern, frozenset(words_of(fold(f"{longest} {longest}s"))))


def find_drugs(reading: Reading, vocabulary: DrugVocabulary) -> Iterator[Detail]:
    """Each drug where it is first named, then the first dose of one and the first route beside one."""
    drugs = [drug for drug in vocabulary.drugs if not drug.cues.isdisjoint(reading.words)]
    named = (
        [(quote, mentions) for quote in reading.quotes() if (mentions := _mentions(quote.text, drugs))] if drugs else []
    )
    first: dict[str, Detail] = {}
    for quote, mentions in named:
        for start, stop, name in mentions:
            first.setdefault(name, Detail(DetailKind.DRUG, name, quote.text[start:stop], quote.place))
    yield from (first[name] for name in dict.fromkeys(drug.name for drug in drugs) if name in first)
    yield from _first(_dose(quote, mention) for quote, mentions in named for mention in mentions)
    yield from _first(_route(quote) for quote, _ in named)


def _mentions(text: str, drugs: list[_Drug]) -> list[_Mention]:
    """Where a sentence names drugs, from first to last; where names overlap the longest counts."""
    folded = text.lower()
    found = [
        (match.start(), -match.end(), drug.name)
        for drug in drugs
        if any(cue in folded for cue in drug.cues)
        for match in drug.pattern.finditer(text)
    ]
    kept: list[_Mention] = []
    for start, less, name in sorted(found):
        if not kept or start >= kept[-1].stop:
            kept.append(_Mention(start, -less, name))
    return kept


def _dose(quote: Quote, mention: _Mention) -> Detail | None:
    before = quote.text[max(0, mention.start - _DOSE_REACH) : mention.start]
    if match := DOSE_BEFORE.search(before):
        return Detail(DetailKind.DOSE, match["dose"], match["dose"], quote.place)
    if match := DOSE_AFTER.match(quote.text, mention.stop):
        return Detail(DetailKind.DOSE, match["dose"], quote.text[mention.start : match.end()], quote.place)
    return None


def _route(quote: Quote) -> Detail | None:
    match = ROUTE.search(quote.text)
    if match is None:
        return None
    short = match[0].lower().replace(".", "")
    return Detail(DetailKind.ROUTE, ROUTES.get(short, short.removesuffix("ly")), match[0], quote.place)


def _first(details: Iterator[Detail | None]) -> Iterator[Detail]:
    yield from filter(None, [next((detail for detail in details if detail), None)])

"""What a rule on text is, and how a table of them is judged.

A rule names a pattern, the words without which it cannot match (so that most rules cost one set comparison), where
it may look, and the vetoes that strike it: a sentence in which a veto matches too is no evidence.
The first rule of a table that keeps a sentence decides.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from litwatch.appraisal.reading import Reading
from litwatch.model.finding import Population, StudyDesign
from litwatch.model.identity import Because
from litwatch.model.quote import Quote

Place = Literal["title", "abstract"]
EVERYONE = frozenset(Population)
NOT_ANIMALS = EVERYONE - {Population.ANIMAL, Population.IN_VITRO}
WITH_PEOPLE = frozenset({Population.HUMAN, Population.HUMAN_AND_ANIMAL})

RANDOMISED = (
    r"\brandomi[sz]ed\b(?<!nonrandomi[sz]ed)(?<!non[- ]randomi[sz]ed)(?<!not randomi[sz]ed)(?<!quasi-randomi[sz]ed)"
)
STUDY = r"(?:trial|study|experiment|comparison|evaluation|cross-?over)\b"
"""One study: the plural is what reviews write about."""


class Veto(NamedTuple):
    """A named reason why a sentence that a pattern finds is no evidence."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule that reads folded text.

    ``cues`` are words of which the record must hold one; ``populations`` are those in which the rule may decide.
    """

    name: str
    design: StudyDesign
    place: Place
    cues: frozenset[str]
    pattern: re.Pattern[str]
    vetoes: tuple[Veto, ...] = ()
    populations: frozenset[Population] = EVERYONE


def rule(
    name: str,
    design: StudyDesign,
    place: Place,
    cues: str,
    *patterns: str,
    vetoes: tuple[Veto, ...] = (),
    of: frozenset[Population] = EVERYONE,
) -> TextRule:
    """A rule from words and alternative patterns, as the tables write it."""
    return TextRule(name, design, place, frozenset(cues.split()), re.compile("|".join(patterns)), vetoes, of)


class Match(NamedTuple):
    """A rule's pattern found in a sentence; ``veto`` names what strikes it, empty when it holds."""

    rule: TextRule
    quote: Quote
    veto: str

    @property
    def because(self) -> Because:
        """The rule that held, with the sentence and its place."""
        return Because(self.rule.name, evidence_of(self.quote))


def evidence_of(quote: Quote) -> str:
    """A quotation with its place, as one line."""
    return f"“{quote.text}” ({quote.place})"


class RuleTable:
    """Rules in order, found by their cues."""

    def __init__(self, rules: Iterable[TextRule]) -> None:
        self._rules = tuple(rules)
        self.cues = frozenset[str]().union(*(rule.cues for rule in self._rules))
        self._by_cue = {cue: [place for place, rule in enumerate(self._rules) if cue in rule.cues] for cue in self.cues}

    def judge(self, reading: Reading, population: Population) -> tuple[Match | None, tuple[Match, ...]]:
        """The first match that holds, if any, and the matches struck before it."""
        struck: list[Match] = []
        for place in sorted({place for cue in self.cues & reading.words for place in self._by_cue[cue]}):
            if population in self._rules[place].populations:
                for match in _matches(self._rules[place], reading):
                    if not match.veto:
                        return match, tuple(struck)
                    struck.append(match)
        return None, tuple(struck)


def _matches(rule: TextRule, reading: Reading) -> Iterator[Match]:
    if rule.place == "abstract":
        for folded, sentence in reading.find_in_abstract(rule.cues, rule.pattern):
            yield Match(rule, sentence.quote, _veto(rule, folded))
    elif reading.find_in_title(rule.cues, rule.pattern):
        yield Match(rule, reading.title_quote, _veto(rule, reading.title))


def _veto(rule: TextRule, folded: str) -> str:
    return next((veto.name for veto in rule.vetoes if veto.pattern.search(folded)), "")

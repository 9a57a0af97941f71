"""In whom or in what a study was done: from MeSH where a person indexed it, else from title and abstract."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from litwatch.appraisal.population_rules import (
    ANIMALS_UI,
    CULTURE_UIS,
    HUMANS_UI,
    NAMED_AS,
    RODENT,
    RODENTS,
    RULES,
    SIGNAL_WORDS,
    SIGNALS,
    SPECIES_BY_MESH,
    STUDIED_AS,
    Rule,
)
from litwatch.appraisal.reading import Mention, Reading
from litwatch.appraisal.rules import evidence_of
from litwatch.model.finding import Population, StudyDesign
from litwatch.model.identity import Because
from litwatch.model.quote import Quote

_HUMAN = "human"
_IN_MESH = {
    (True, False): Population.HUMAN,
    (False, True): Population.ANIMAL,
    (True, True): Population.HUMAN_AND_ANIMAL,
}


_IN_PEOPLE = frozenset(
    {
        StudyDesign.RCT,
        StudyDesign.NON_RANDOMISED_TRIAL,
        StudyDesign.COHORT,
        StudyDesign.CASE_CONTROL,
        StudyDesign.CROSS_SECTIONAL,
        StudyDesign.CASE_SERIES,
        StudyDesign.CASE_REPORT,
    }
)


class PopulationVerdict(NamedTuple):
    """In whom, which species ("rat", "human", "human, mouse", "" when unknown), and why."""

    population: Population
    species: str
    because: Because


_UNCLEAR = PopulationVerdict(
    Population.UNCLEAR, "", Because("no rule on population holds", "neither MeSH nor title nor abstract says in whom")
)


def appraise_population(reading: Reading) -> PopulationVerdict:
    """In whom or in what the study of a record was done."""
    signals = _Signals(reading)
    return _from_mesh(reading, signals) or _from_text(reading, signals) or _UNCLEAR


def imply_population(verdict: PopulationVerdict, design: StudyDesign, because: Because) -> PopulationVerdict:
    """A trial, cohort or case report that names no animal is in people, when nothing else says in whom."""
    if verdict.population is not Population.UNCLEAR or design not in _IN_PEOPLE:
        return verdict
    return PopulationVerdict(Population.HUMAN, _HUMAN, Because("follows from the design", because.evidence))


class _Signals(dict[str, Quote | None]):
    """The signals of one record, each looked for when first asked for."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def __missing__(self, name: str) -> Quote | None:
        in_title = name.endswith("in the title")
        look = self._reading.mentioned_in_title if in_title else self._reading.mentioned_in_abstract
        self[name] = quote = look(SIGNALS[name])
        return quote


def _from_mesh(reading: Reading, signals: _Signals) -> PopulationVerdict | None:
    names = {heading.ui: heading.name for heading in reading.record.mesh}
    population = _IN_MESH.get((HUMANS_UI in names, ANIMALS_UI in names))
    if population is None:
        return None
    cultures = [ui for ui in names if ui in CULTURE_UIS]
    if cultures and signals["cells in the title"] and not signals["animals studied"]:
        return PopulationVerdict(Population.IN_VITRO, "", _headings("MeSH and title name cells", cultures, names))
    told = [ui for ui in (HUMANS_UI, ANIMALS_UI) if ui in names]
    animals = (SPECIES_BY_MESH.get(name.split(",")[0].split(" ")[0].lower(), "") for name in names.values())
    return PopulationVerdict(population, _species(population, animals), _headings("MeSH says in whom", told, names))


def _headings(rule: str, uis: Iterable[str], names: dict[str, str]) -> Because:
    return Because(rule, "MeSH " + ", ".join(f"{ui} {names[ui]}" for ui in uis))


def _from_text(reading: Reading, signals: _Signals) -> PopulationVerdict | None:
    rule = None if SIGNAL_WORDS.isdisjoint(reading.words) else _first_rule(signals)
    if rule is None:
        return None
    evidence = " · ".join(dict.fromkeys(evidence_of(quote) for name in rule.needs if (quote := signals[name])))
    species = _species(rule.population, _named_species(reading))
    return PopulationVerdict(rule.population, species, Because(rule.name, evidence))


def _first_rule(signals: _Signals) -> Rule | None:
    for rule in RULES:
        for name in rule.needs:
            if not signals[name]:
                break
        else:
            for name in rule.unless:
                if signals[name]:
                    break
            else:
                return rule
    return None


def _named_species(reading: Reading) -> tuple[str, ...]:
    """The species that the title names or of which the abstract studies several; else every one that is named."""
    told = dict.fromkeys((*_named(reading, reading.title, NAMED_AS), *_named(reading, reading.abstract, STUDIED_AS)))
    if not told and any(mention.find(reading.title, mention.words & reading.words) >= 0 for mention in RODENTS):
        return (RODENT,)
    return tuple(told) or tuple(_named(reading, reading.text, NAMED_AS))


def _named(reading: Reading, folded: str, named_as: Mapping[str, tuple[Mention, ...]]) -> Iterator[str]:
    for name, mentions in named_as.items():
        if any(mention.find(folded, mention.words & reading.words) >= 0 for mention in mentions):
            yield name


def _species(population: Population, animals: Iterable[str]) -> str:
    """The species of a population, animals in the order given, each once."""
    names = [_HUMAN] if population in (Population.HUMAN, Population.HUMAN_AND_ANIMAL) else []
    if population in (Population.ANIMAL, Population.HUMAN_AND_ANIMAL):
        names += filter(None, animals)
    return ", ".join(dict.fromkeys(names))

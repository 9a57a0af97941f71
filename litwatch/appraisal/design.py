"""The design of a study: what a report is, decided by the first of these that speaks.

1. a link or publication type that settles it, by UI; a broad type may be made exact by the text
2. a title that settles it  3. a MeSH heading  4. the abstract, and titles that hint
5. circumstances: a comment without abstract, laboratory animals or cells, a trial's registry number

A trial in animals is an animal experiment, whatever says that it is a trial. What nothing tells is unclear, and the
reason names what was found and struck.

How well that works is measured by ``litwatch evaluate design``; README has the figures. A road not taken: to call
a trial that only says it was blinded non-randomised; today such a trial is randomised, and says so elsewhere.
"""

import re

from litwatch.appraisal.abstract_rules import ABSTRACT_RULES, POOLING
from litwatch.appraisal.design_types import (
    MESH_RULES,
    MESH_UIS,
    NOTICE_LINKS,
    TRIAL_REGISTRIES,
    TYPE_RULES,
    TYPE_UIS,
    TypeRule,
)
from litwatch.appraisal.population import PopulationVerdict
from litwatch.appraisal.reading import Reading
from litwatch.appraisal.rules import Match, RuleTable, evidence_of
from litwatch.appraisal.title_rules import SETTLING
from litwatch.model.finding import Population, StudyDesign
from litwatch.model.identity import Because
from litwatch.model.record import Record

DesignVerdict = tuple[StudyDesign, Because]

_TITLES = RuleTable(SETTLING)
_ABSTRACTS = RuleTable(ABSTRACT_RULES)
_POOLING = RuleTable((*(rule for rule in ABSTRACT_RULES if rule.design is StudyDesign.META_ANALYSIS), *POOLING))
_SHARPER = {
    kind.ui: RuleTable(
        rule
        for rule in (*SETTLING, *ABSTRACT_RULES)
        if rule.design in kind.sharper and (rule.place == "title" or rule.design is not StudyDesign.PROTOCOL)
    )
    for kind in TYPE_RULES
}
"""The text rules that may make a broad type exact. A title may also say that it is a protocol: before there was a type
for protocols they were indexed as the trial to come. An abstract that says what will be done is not enough for that."""

_TRIAL_CUE = frozenset({"trial"})
_OWN_TRIAL = re.compile(r"\b(?:this|our|the present) (?:[\w-]+ ){0,3}trial\b")
_TRIALS = frozenset({StudyDesign.RCT, StudyDesign.NON_RANDOMISED_TRIAL})
_IMPLIED = {
    Population.ANIMAL: StudyDesign.ANIMAL_EXPERIMENT,
    Population.IN_VITRO: StudyDesign.IN_VITRO,
}


def appraise_design(reading: Reading, population: PopulationVerdict) -> DesignVerdict:
    """What a record reports, and why."""
    settled = _from_links(reading.record) or _from_types(reading, population)
    design, because = settled or _from_text(reading, population)
    if design in _TRIALS and population.population is Population.ANIMAL:
        return StudyDesign.ANIMAL_EXPERIMENT, Because("a trial in animals", _both(because, population.because))
    return design, because


def _both(first: Because, second: Because) -> str:
    return f"{first.rule}: {first.evidence} · {second.rule}: {second.evidence}"


def _from_links(record: Record) -> DesignVerdict | None:
    for link in record.links:
        if link.ref_type in NOTICE_LINKS:
            return StudyDesign.NOTICE, Because(
                "is the notice itself", f"{link.ref_type} {link.pmid or link.source}".strip()
            )
    return None


def _from_types(reading: Reading, population: PopulationVerdict) -> DesignVerdict | None:
    uis = [kind.ui for kind in reading.record.publication_types if kind.ui in TYPE_UIS]
    if not uis:
        return None
    rule = next(rule for rule in TYPE_RULES if rule.ui in uis)
    because = Because("publication type", f"publication type {rule.ui} {rule.name}")
    return _sharpened(rule, because, reading, population) if rule.sharper else (rule.design, because)


def _sharpened(rule: TypeRule, because: Because, reading: Reading, population: PopulationVerdict) -> DesignVerdict:
    """The design of a broad type, made exact by what the text says of itself."""
    held, _ = _SHARPER[rule.ui].judge(reading, population.population)
    if held is None:
        return rule.design, Because(because.rule, f"{because.evidence}, and the text says nothing more exact")
    return held.rule.design, Because("publication type, made exact by text", _both(because, held.because))


def _from_text(reading: Reading, population: PopulationVerdict) -> DesignVerdict:
    held, struck = _TITLES.judge(reading, population.population)
    if held is None and (from_mesh := _from_mesh(reading.record)):
        return from_mesh
    if held is None:
        held, struck_too = _ABSTRACTS.judge(reading, population.population)
        struck += struck_too
    if held is not None:
        return _pooled(held, reading, population)
    return _from_circumstances(reading, population) or (StudyDesign.UNCLEAR, _unclear(struck))


def _pooled(held: Match, reading: Reading, population: PopulationVerdict) -> DesignVerdict:
    """The design of a rule that held; a systematic review that pools its studies is a meta-analysis."""
    if held.rule.design is StudyDesign.SYSTEMATIC_REVIEW:
        pooled, _ = _POOLING.judge(reading, population.population)
        if pooled is not None:
            return StudyDesign.META_ANALYSIS, Because(pooled.rule.name, _both(held.because, pooled.because))
    return held.rule.design, held.because


def _from_mesh(record: Record) -> DesignVerdict | None:
    uis = [heading.ui for heading in record.mesh if heading.ui in MESH_UIS]
    if not uis:
        return None
    rule = next(rule for rule in MESH_RULES if rule.ui in uis)
    return rule.design, Because("MeSH heading", f"MeSH {rule.ui} {rule.name}")


def _from_circumstances(reading: Reading, population: PopulationVerdict) -> DesignVerdict | None:
    record = reading.record
    if not record.abstract and any(link.ref_type == "CommentOn" for link in record.links):
        return StudyDesign.EDITORIAL, Because("comments on another record", "CommentOn link and no abstract")
    if population.population in _IMPLIED:
        return _IMPLIED[population.population], Because("follows from the population", population.because.evidence)
    number = next((number for number in record.registry_numbers if number.databank in TRIAL_REGISTRIES), None)
    own = next(reading.find_in_abstract(_TRIAL_CUE, _OWN_TRIAL), None) if number else None
    if number and own:
        evidence = f"{number.databank} {number.accession} · {evidence_of(own[1].quote)}"
        return StudyDesign.NON_RANDOMISED_TRIAL, Because("registered trial that does not say it randomised", evidence)
    return None


def _unclear(struck: tuple[Match, ...]) -> Because:
    if not struck:
        return Because("no rule on design holds", "neither publication type nor title nor abstract says what it is")
    first = struck[0]
    return Because("no rule on design holds", f"{first.rule.name}, but {first.veto}: {evidence_of(first.quote)}")

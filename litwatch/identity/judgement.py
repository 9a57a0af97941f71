"""What the table of rules says of two citations, and why."""

from typing import NamedTuple

from litwatch.identity.agreement import Agreement
from litwatch.identity.comparison import Comparison
from litwatch.identity.rules import DESCRIPTION, RULES, Verdict
from litwatch.model.identity import Because

_NO_RULE = "too little in common"


class Judgement(NamedTuple):
    """The verdict of a rule; ``rank`` is the rule's place in the table, smaller first."""

    verdict: Verdict
    rank: int
    because: Because


def judge(comparison: Comparison) -> Judgement:
    """What the first rule that applies says of the two citations."""
    for rank, rule in enumerate(RULES):
        if all(comparison.facet(name).agreement in agreements for name, agreements in rule.when.items()):
            return Judgement(rule.verdict, rank, Because(rule.name, _evidence(comparison, rule.tells)))
    return Judgement(Verdict.DIFFERENT, len(RULES), Because(_NO_RULE, _evidence(comparison, DESCRIPTION)))


def _evidence(comparison: Comparison, names: tuple[str, ...]) -> str:
    """What agrees, then what does not: "title 98 % alike, first author Loix S, 2011, but volumes 62 and 63"."""
    facets = [comparison.facet(name) for name in names]
    agreeing = [facet.words for facet in facets if facet.words and facet.agreement is not Agreement.DIFFERENT]
    differing = [facet.words for facet in facets if facet.words and facet.agreement is Agreement.DIFFERENT]
    return ", but ".join(part for part in (", ".join(agreeing), " and ".join(differing)) if part)

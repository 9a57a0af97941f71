"""How far a work is what the watch's people look for; it orders works for reading and hides none.

Until persons have decided enough, by the words of the claims and of the topic; from then on by what they decided,
learnt anew on each run. What a person must see whatever the words are like is never ranked low: see ``KEPT``.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from litwatch.appraisal.intervention import intervention_of
from litwatch.appraisal.reading import fold, words_of
from litwatch.appraisal.relevance_model import Text, describe, learn, score, words_that_weigh
from litwatch.appraisal.relevance_scale import BY_DECISIONS, measure_scale
from litwatch.model.finding import Finding, Relevance, Stance, StudyDesign
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, Resolution, Standing
from litwatch.model.watch import Watch

BY_CLAIMS = "words of the claims"

ENOUGH = 3
"""How many works must be called relevant, and how many irrelevant, before the model learns from them. On the sets of
``litwatch evaluate relevance`` three of each put an included work before another one in 80 of 100 cases, and never in
fewer than 60; one of each in 74, and sometimes in fewer than 50."""

MIDDLING = 0.5
WORDS = 4
"""How many words are named that weighed most."""

STEPS = {BY_CLAIMS: 3.0, BY_DECISIONS: 20.0}
"""What a relevance of 1 is worth beside the reading rank, whose designs and populations span 13 steps. A text is seldom
more than .3 like a claim, so that words alone are worth one step; what persons decided is worth more than all the rest.
"""

_SMALL = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on"),
        *("or", "such", "than", "that", "the", "these", "this", "those", "to", "up", "with"),
    )
)
"""Words of a claim that say nothing of what it is about."""

_SYNTHESES = frozenset({StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW})
_AGAINST = frozenset({Stance.CHALLENGES, Stance.MIXED})


class Reported(NamedTuple):
    """A work that is reported: what was found, how it stands, and what is read of its record."""

    finding: Finding
    resolution: Resolution
    text: Text


KEPT: Mapping[str, Callable[[Reported], bool]] = {
    "it is retracted": lambda work: work.finding.retracted,
    "it may be a duplicate": lambda work: work.resolution.standing is Standing.UNSURE,
    "it challenges a claim or is mixed": lambda work: any(each.stance in _AGAINST for each in work.finding.bearings),
    "it pools studies that bear on a claim": lambda work: bool(
        work.finding.bearings and work.finding.design in _SYNTHESES
    ),
    "it tells a major harm": lambda work: work.finding.harm is not None,
    "it has no abstract to judge by": lambda work: not work.text.abstract.strip(),
}
"""Why a work is never ranked low and never counts as less than middling, whatever its words are like."""

CALLED = "a notice or the state of a claim names it"
"""One more reason, which is not in the work itself."""


def weigh_relevance(
    works: Sequence[Reported], called: Collection[Pmid], decided: Sequence[tuple[Text, bool]], watch: Watch
) -> Mapping[Pmid, Relevance]:
    """The relevance of each of ``works`` to ``watch``.

    ``called`` are those that a notice or a signal on a claim names, ``decided`` the texts that a person called
    relevant, or not.
    """
    texts = [work.text for work in works]
    told = (by_decisions(texts, decided) if texts else None) or by_claims(texts, watch)
    return {
        work.finding.pmid: _kept(work, relevance, is_called=work.finding.pmid in called)
        for work, relevance in zip(works, told, strict=True)
    }


def reading_order(finding: Finding) -> float:
    """Where a work stands for reading, higher first: the reading rank, and what its relevance is worth."""
    told = finding.relevance
    return finding.rank + (STEPS[told.because.rule] * told.score if told else 0.0)


def _kept(work: Reported, told: Relevance, *, is_called: bool) -> Relevance:
    reasons = [reason for reason, holds in KEPT.items() if holds(work)] + [CALLED] * is_called
    if told.because.rule != BY_DECISIONS or told.score >= MIDDLING or not reasons:
        return told
    because = Because(BY_DECISIONS, f"{told.because.evidence}; counts as middling, for {reasons[0]}")
    return Relevance(MIDDLING, is_low=False, because=because)


def by_claims(texts: Sequence[Text], watch: Watch) -> list[Relevance]:
    """How like the claim that is nearest each text is: the cosine of their words, rare ones weighing more (TF-IDF)."""
    found_in = Counter(word for text in texts for word in _count(text))
    topic = intervention_of(watch.topic)
    rarity = {word: 1 + log((1 + len(texts)) / (1 + number)) for word, number in found_in.items()}
    asked = [" ".join((claim.text, *claim.outcomes, *claim.conditions, topic)) for claim in watch.claims] or [topic]
    wanted = [_vector(Counter(_telling(each)), rarity) for each in asked]
    told = []
    for text in texts:
        vector = _vector(_count(text), rarity)
        likeness, shared = max((_cosine(vector, each) for each in wanted), key=lambda each: each[0])
        named = f"names {', '.join(shared)}" if shared else "names none of them"
        told.append(Relevance(round(likeness, 6), is_low=False, because=Because(BY_CLAIMS, named)))
    return told


def _count(text: Text) -> Counter[str]:
    """Counted twice rather than kept: a baseline may have ten thousand texts."""
    return Counter(words_of(fold(f"{text.title} {text.abstract}")))


def _telling(text: str) -> list[str]:
    return [word for word in words_of(fold(text)) if word not in _SMALL]


def _vector(count: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """Words by weight, of length 1; a word whose rarity is not known is left out."""
    weights = {word: (1 + log(number)) * rarity[word] for word, number in count.items() if word in rarity}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, list[str]]:
    """The cosine of two vectors, and the words that it owes most to."""
    shared = {word: weight * one[word] for word, weight in other.items() if word in one}
    heaviest = sorted(shared, key=lambda word: (-shared[word], word))[:WORDS]
    return min(1.0, sum(shared.values())), heaviest


def by_decisions(texts: Sequence[Text], decided: Sequence[tuple[Text, bool]]) -> list[Relevance] | None:
    """What ``decided`` teaches about ``texts``; None where that is too little, or cannot be told by words."""
    known = [(text, is_relevant) for text, is_relevant in decided if not text.is_blank]
    labels = dict(enumerate(is_relevant for _, is_relevant in known))
    relevant = sum(labels.values())
    if min(relevant, len(labels) - relevant) < ENOUGH:
        return None
    described = describe([*(text for text, _ in known), *texts])
    scale = measure_scale(described, labels)
    if not scale.tells_apart:
        return None
    weights = learn(described, labels)
    scores = score(described, weights)
    return [
        scale.relevance(float(scores[row]), *words_that_weigh(described, weights, row, WORDS))
        for row in range(len(labels), len(scores))
    ]

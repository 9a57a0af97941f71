"""What an article is about, guessed where nobody says it."""

import re
from collections import Counter

from litwatch.article.values import Article

_WORD = re.compile(r"[A-Za-z]{5,30}")
_GENERAL_WORDS = (
    "about after again against always among before being below better between cause causes could doctor "
    "doctors does during every first from health healthy helps improve increase increases lower lowers medical "
    "might never patient patients people prevent prevents reduce reduces really research science should still "
    "study studies takes their there these things those through treat treatment truth under using what where "
    "which while with without women works would years"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())


def likely_topic(article: Article) -> str:
    """The word of the title that most sentences have, as a search strategy; empty when none has two."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(article.title))
    counts: Counter[str] = Counter()
    for sentence in article.sentences:
        found = {word.lower() for word in _WORD.findall(sentence.text)}
        counts.update(word for word in words if word in found and word not in _GENERAL)
    best = counts.most_common(1)
    return f"{best[0][0]}[tiab]" if best and best[0][1] > 1 else ""

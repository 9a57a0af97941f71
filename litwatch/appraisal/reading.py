"""A record as the rules read it: folded text, its words, and its sentences with their places.

Text is folded once and its words are taken once; a section is cut into sentences when one of them is wanted. Most rules
are passed over by a look at the words.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from litwatch.article.sentences import split_sentences
from litwatch.model.quote import Quote
from litwatch.model.record import PARAPHRASE_LABEL, AbstractSection, Record

GREEK = {
    "α": "alpha",
    "β": "beta",
    "ß": "beta",  # a sharp s is what many keyboards give for beta: "IL-1ß"
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "κ": "kappa",
    "ĸ": "kappa",
    "λ": "lambda",
    "ω": "omega",
}
_FOLDS = (*GREEK.items(), *((sign, "-") for sign in "‐‑‒–—−"), *((sign, "'") for sign in "’ʼ"))
_SECTIONS = " \x1e"  # stands in no XML, so in no record; the space lets ". " end a section
_JOINT = re.compile(_SECTIONS)
_BEFORE = 48
_PLAIN = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))


def fold(text: str) -> str:
    """``text`` in lower case with Greek letters spelt out and every hyphen or dash the same; not for display."""
    folded = text.lower()
    if not folded.isascii():
        for sign, plain in _FOLDS:
            if sign in folded:
                folded = folded.replace(sign, plain)
    return folded


def words_of(folded: str) -> list[str]:
    """The runs of ASCII letters and digits in a folded text, in order."""
    return folded.encode("ascii", "replace").translate(_PLAIN).decode("ascii").split()


def places_of(folded: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of ``words`` stands whole in a folded text, word by word."""
    for word in words:
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            if not (folded[end : end + 1].isalnum() or (at and folded[at - 1].isalnum())):
                yield at, end
            at = folded.find(word, end)


def clauses_with(folded: str, words: Iterable[str]) -> Iterator[str]:
    """The stretches of a folded text, from full stop to full stop, in which one of ``words`` stands.

    Much cheaper than cutting sentences, and only good enough to see whether a pattern is worth looking for there.
    """
    start = stop = 0
    for at, end in places_of(folded, words):
        if not start <= at < stop:
            start = folded.rfind(". ", 0, at) + 1
            found = folded.find(". ", end)
            stop = found if found >= 0 else len(folded)
            yield folded[start:stop]


class Mention(NamedTuple):
    """One of ``words``, with ``before`` found up to it and ``after`` matching behind it, where they are given.

    Nothing up to it may match ``unless``, and it must stand there ``times`` times.
    """

    words: frozenset[str]
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    times: int = 1

    def find(self, folded: str, present: Iterable[str]) -> int:
        """Where a folded text holds the mention, else -1; ``present`` are those of ``words`` that may be there."""
        left = self.times
        for at, end in places_of(folded, present):
            start = max(0, at - _BEFORE)
            if (
                (self.after is None or self.after.match(folded, end))
                and (self.before is None or self.before.search(folded, start, at))
                and (self.unless is None or not self.unless.search(folded, start, at))
            ):
                left -= 1
                if not left:
                    return at
        return -1


TITLE = "title"
"""The place of a quoted title."""


class Sentence(NamedTuple):
    """A sentence of the abstract with the section it stands in; ``number`` counts from 1 in its section."""

    text: str
    section: AbstractSection
    number: int

    @property
    def quote(self) -> Quote:
        """The sentence and its place, ready to be shown."""
        label = self.section.label
        if label and label != PARAPHRASE_LABEL:
            return Quote(self.text, f"abstract, {label}, sentence {self.number}")
        return Quote(self.text, f"abstract, sentence {self.number}", label == PARAPHRASE_LABEL)


class Reading:
    """One record, read once. ``title`` and ``abstract`` are folded; ``text`` adds keywords and MeSH headings."""

    def __init__(self, record: Record, vocabulary: frozenset[str]) -> None:
        """``vocabulary`` holds every word that a rule or term will ask for."""
        self.record = record
        headings = [*record.keywords, *[heading.name for heading in record.mesh]]
        self.title = fold(record.title)
        self.abstract = fold(_SECTIONS.join([section.text for section in record.abstract]))
        self.text = "\n".join((self.title, self.abstract, fold("\n".join(headings))))
        self._cut: dict[int, list[str]] = {}
        self.words = vocabulary.intersection(words_of(self.text))

    def cut(self, number: int) -> list[str]:
        """The sentences of the section ``number`` of the abstract, cut once."""
        if number not in self._cut:
            texts = split_sentences(self.record.abstract[number].text)
            self._cut[number] = [stripped for text in texts if (stripped := text.strip())]
        return self._cut[number]

    def sentences_around(self, places: Iterable[int]) -> Iterator[tuple[str, Sentence]]:
        """The sentences, folded and as they stand, of the sections that ``places`` in the folded abstract fall into."""
        ends = [joint.start() for joint in _JOINT.finditer(self.abstract)][: len(self.record.abstract) - 1]
        for number in sorted({bisect(ends, place) for place in places}):
            for place, text in enumerate(self.cut(number), start=1):
                yield fold(text), Sentence(text, self.record.abstract[number], place)

    @property
    def title_quote(self) -> Quote:
        """The title, ready to be shown."""
        return Quote(self.record.title, TITLE)

    def quotes(self) -> Iterator[Quote]:
        """The title, then the sentences of the abstract."""
        yield self.title_quote
        for number, section in enumerate(self.record.abstract):
            for place, text in enumerate(self.cut(number), start=1):
                yield Sentence(text, section, place).quote

    def names(self, cues: frozenset[str], pattern: re.Pattern[str]) -> bool:
        """Whether title, abstract, keywords or MeSH hold one of ``cues`` and match ``pattern`` beside it."""
        return any(pattern.search(clause) for clause in clauses_with(self.text, cues & self.words))

    def find_in_title(self, cues: frozenset[str], pattern: re.Pattern[str]) -> bool:
        """Whether the title holds one of ``cues`` and matches ``pattern``."""
        return any(places_of(self.title, cues & self.words)) and pattern.search(self.title) is not None

    def find_in_abstract(self, cues: frozenset[str], pattern: re.Pattern[str]) -> Iterator[tuple[str, Sentence]]:
        """The sentences of the abstract that hold one of ``cues`` and match ``pattern``, beside their folded text."""
        present = cues & self.words
        if any(pattern.search(clause) for clause in clauses_with(self.abstract, present)):
            for folded, sentence in self.sentences_around(at for at, _ in places_of(self.abstract, present)):
                if any(word in folded for word in present) and pattern.search(folded):
                    yield folded, sentence

    def mentioned_in_title(self, mentions: Iterable[Mention]) -> Quote | None:
        """The title, when one of ``mentions`` stands in it."""
        found = any(mention.find(self.title, mention.words & self.words) >= 0 for mention in mentions)
        return self.title_quote if found else None

    def mentioned_in_abstract(self, mentions: Iterable[Mention]) -> Quote | None:
        """A sentence of the abstract in which the first of ``mentions`` that is there stands."""
        for mention in mentions:
            present = sorted(mention.words & self.words)
            if present and (at := mention.find(self.abstract, present)) >= 0:
                once = mention._replace(times=1)
                for folded, sentence in self.sentences_around((at,)):
                    if once.find(folded, present) >= 0:
                        return sentence.quote
        return None

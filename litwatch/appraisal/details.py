"""What a record tells of a study beside its design: who, how many, which drug, how much, where it is registered.

Every value comes with the words it was read from and their place. What is not said plainly is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from litwatch.appraisal.detail_rules import (
    AGES,
    EUDRACT,
    NUMBER_WORDS,
    REGISTRATIONS,
    REGISTRIES,
    SAMPLE,
    SAMPLE_CONTEXTS,
    SAMPLE_IN_BRACKETS,
)
from litwatch.appraisal.drugs import DrugVocabulary, find_drugs
from litwatch.appraisal.reading import Reading, Sentence, fold
from litwatch.appraisal.terms import compile_term
from litwatch.model.finding import Detail, DetailKind, Population, StudyDesign
from litwatch.model.quote import Quote
from litwatch.model.watch import Claim

_WITHOUT_SAMPLE = frozenset(
    {
        StudyDesign.NARRATIVE_REVIEW,
        StudyDesign.GUIDELINE,
        StudyDesign.EDITORIAL,
        StudyDesign.NOTICE,
        StudyDesign.CASE_REPORT,
        StudyDesign.UNCLEAR,
    }
)
_HUMAN = frozenset({Population.HUMAN, Population.HUMAN_AND_ANIMAL})
_FEWEST = 5
_NEAR = 100
_DIGITS = re.compile(r"[\d,]+")


def find_details(
    reading: Reading, design: StudyDesign, population: Population, claims: tuple[Claim, ...], drugs: DrugVocabulary
) -> tuple[Detail, ...]:
    """The details of a record, in the order in which they are shown; ``claims`` give the conditions to look for."""
    told = (*_ages(reading, population), *_sample(reading, design), *find_drugs(reading, drugs))
    return (*told, *_conditions(reading, claims), *_registrations(reading))


def _ages(reading: Reading, population: Population) -> Iterator[Detail]:
    """Children, adults or both, as the title says; else as the abstract does."""
    if population not in _HUMAN:
        return
    patterns = {name: pattern for name, (words, pattern) in AGES.items() if not words.isdisjoint(reading.words)}
    told = [
        Detail(DetailKind.AGES, name, match[0], quote.place)
        for name, pattern in patterns.items()
        if (quote := next(_holding(reading, pattern), None)) and (match := pattern.search(quote.text))
    ]
    in_title = [detail for detail in told if detail.place == "title"]
    yield from in_title or told


def _holding(reading: Reading, pattern: re.Pattern[str]) -> Iterator[Quote]:
    """The title and the sentences that match; no pattern spans sentences, so that each section is searched once."""
    if pattern.search(reading.record.title):
        yield reading.title_quote
    for number, section in enumerate(reading.record.abstract):
        starts = [match.start() for match in pattern.finditer(section.text)]
        end = 0
        for place, text in enumerate(reading.cut(number) if starts else (), start=1):
            start = section.text.find(text, end)
            end = start + len(text)
            if bisect_left(starts, end) > bisect_left(starts, start):
                yield Sentence(text, section, place).quote


def _sample(reading: Reading, design: StudyDesign) -> Iterator[Detail]:
    """How many took part, where it is said plainly; of counts said as plainly the largest, as others are parts."""
    if design in _WITHOUT_SAMPLE:
        return
    ranked = [
        (rank, -count, quote, match)
        for quote in _holding(reading, SAMPLE)
        for match in SAMPLE.finditer(quote.text)
        if (rank := _plainness(match)) >= 0 and (count := count_of(match["count"])) >= _FEWEST
    ]
    if ranked:
        _, less, quote, match = min(ranked, key=itemgetter(0, 1))
        yield Detail(DetailKind.SAMPLE, str(-less), match[0], quote.place)
        return
    bracketed = [
        (quote, match)
        for quote in _holding(reading, SAMPLE_IN_BRACKETS)
        for match in SAMPLE_IN_BRACKETS.finditer(quote.text)
    ]
    if len(bracketed) == 1:
        quote, match = bracketed[0]
        yield Detail(DetailKind.SAMPLE, str(count_of(match["count"])), match[0], quote.place)


def _plainness(match: re.Match[str]) -> int:
    """The place of the first context that a count stands in, -1 for none."""
    start, end = match.span()
    before, after = match.string[max(0, start - _NEAR) : start], match.string[end : end + _NEAR]
    fits = (first.search(before) and then.match(after) for first, then in SAMPLE_CONTEXTS)
    return next((rank for rank, fit in enumerate(fits) if fit), -1)


def count_of(written: str) -> int:
    """The number that digits or English words say, 0 for none: "1,204", "sixty", "one hundred and twenty-two"."""
    if _DIGITS.fullmatch(written):
        return int(written.replace(",", ""))
    total = 0
    for word in re.split(r"[ -]+", written.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += NUMBER_WORDS.get(word, 0)
    return total


def _conditions(reading: Reading, claims: tuple[Claim, ...]) -> Iterator[Detail]:
    """The conditions of the claims that the record names, each once, where it is first named."""
    seen = set[str]()
    for written in (condition for claim in claims for condition in claim.conditions):
        term = compile_term(written)
        if written not in seen and not term.cues.isdisjoint(reading.words) and term.pattern.search(reading.text):
            seen.add(written)
            yield from _condition(reading, written, term.pattern)


def _condition(reading: Reading, written: str, pattern: re.Pattern[str]) -> Iterator[Detail]:
    for quote in reading.quotes():
        if match := pattern.search(fold(quote.text)):
            yield Detail(DetailKind.CONDITION, written, match[0], quote.place)
            return


def _registrations(reading: Reading) -> Iterator[Detail]:
    told: dict[str, Detail] = {}
    for number in reading.record.registry_numbers:
        detail = Detail(DetailKind.REGISTRATION, number.accession, number.accession, number.databank)
        told.setdefault(_plain(number.accession), detail)
    text = "\n".join((reading.record.title, *(section.text for section in reading.record.abstract)))
    if not any(name in text for name in (*REGISTRIES, EUDRACT)):
        yield from told.values()
        return
    for quote in _holding(reading, REGISTRATIONS):
        for words in REGISTRATIONS.findall(quote.text):
            told.setdefault(_plain(words), Detail(DetailKind.REGISTRATION, _plain(words), words, quote.place))
    yield from told.values()


def _plain(number: str) -> str:
    return number.removeprefix("PROSPERO ").replace(" ", "")

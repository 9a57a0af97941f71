"""The outcomes that a record reports, each with the direction in which it went and the sentences that say so.

Only sentences that report are read: results and conclusions by their labels, else by their words; not what was aimed
at, assumed, measured, or found by others. In a sentence the outcome is judged with every other outcome marked as such.
"Unclear" is the default: a direction needs the model's confidence, a named rule that says the same, and an arm that it
is said of; or that the sentence declares it in so many words (``declared``), which is all that counts of a title. A
change from before to after, or in all groups alike, is nobody's direction.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from litwatch.appraisal.declared import declares, read_declared
from litwatch.appraisal.direction import judge_statement
from litwatch.appraisal.direction_arms import OUTCOME, read_arms
from litwatch.appraisal.direction_clauses import Statement, read_statement
from litwatch.appraisal.direction_doubts import NAMELESS, doubt_of, is_of_another
from litwatch.appraisal.direction_marks import LONGEST, mark_evidence, sign_tokens
from litwatch.appraisal.direction_masks import ANOTHER, THIS
from litwatch.appraisal.direction_model import shipped_model
from litwatch.appraisal.direction_rules import read_signals, says_nothing, significance_stated
from litwatch.appraisal.direction_strays import stray_of
from litwatch.appraisal.direction_tokens import Token, cut_tokens
from litwatch.appraisal.intervention import arm_of, masked_names
from litwatch.appraisal.reading import TITLE, Reading, Sentence, fold
from litwatch.appraisal.roles import Role, guessed_role, told_roles
from litwatch.appraisal.terms import Term, compile_term
from litwatch.model.direction import Direction, DirectionReading, DirectionVerdict, OutcomeDirection
from litwatch.model.identity import Because
from litwatch.model.quote import Quote
from litwatch.model.watch import Claim

REPORTING = frozenset((Role.RESULTS, Role.CONCLUSION, Role.PLAIN))
"""The roles of sentences that tell what was found."""

_MASK = re.compile(rf"{THIS}(\d+)")

_ASSUMED = re.compile(
    r"\b(?:may|might|would|should|whether|hypothesi[sz]\w{1,4}|potentially|expected to|is thought to)\b"
    r"|\b(?:could|can)\b(?! (?:not )?be (?:shown|detected|found|seen|observed|demonstrated|proven))"
)
_OF_OTHERS = re.compile(
    r"\b(?:previous|earlier|prior|other) (?:[\w-]+ )?(?:study|studies|trials?|reports?|work|research)\b|\bpreviously\b"
    r"|\b(?:has|have) been (?:shown|reported|suggested|demonstrated|found|associated)\b|\bis known to\b|\bwell known\b"
    r"|\bis (?:a|an) \b"
)
_STATED = re.compile(
    r"\b(?:than|compared (?:with|to)|comparison (?:with|to)|versus|vs\.?|relative to)\s+"
    r"((?:(?!(?:and|but|at|whereas|while|was|were|did)\b)[a-z][\w+-]*\s?){1,6})"
)
_NAMED_CONTROL = re.compile(
    r"\b(?:placebo|saline|sham|vehicle|untreated|control|baseline)(?: (?:group|controls?|arm))?\b|\bcontrols\b"
)
_FILLING_WORDS = "the a an in that those with of among given for after receiving regimen regime technique based"
_FILLING = frozenset(_FILLING_WORDS.split()) | NAMELESS
_NOTHING_SAID = DirectionVerdict(
    Direction.UNCLEAR, 0.0, Because("no rule holds", "it is not said that the outcome changed or differed")
)


class OutcomeVocabulary(NamedTuple):
    """Outcome terms, each with the name of its outcome, and the words that give them away."""

    names: dict[Term, str]
    by_cue: dict[str, tuple[Term, ...]]
    cues: frozenset[str]


@lru_cache(maxsize=64)
def outcome_vocabulary(claims: tuple[Claim, ...] = ()) -> OutcomeVocabulary:
    """The outcomes of the data file, and those of ``claims`` under the names that the claims give them."""
    table = tomllib.loads(files("litwatch.appraisal").joinpath("outcomes.toml").read_text(encoding="utf-8"))
    names: dict[Term, str] = {}
    for name, written in table["outcomes"].items():
        for text in written:
            names.setdefault(compile_term(text), name)
    for claim in claims:
        for text in claim.terms:
            names.setdefault(compile_term(text), text)
    by_cue: dict[str, tuple[Term, ...]] = {}
    for term in names:
        for cue in term.cues:
            by_cue[cue] = (*by_cue.get(cue, ()), term)
    return OutcomeVocabulary(names, by_cue, frozenset(by_cue))


def find_directions(
    reading: Reading, vocabulary: OutcomeVocabulary, intervention: str = ""
) -> tuple[OutcomeDirection, ...]:
    """The outcomes that a record reports, in the order in which it does.

    The vocabulary of ``reading`` holds the cues of ``vocabulary``. ``intervention`` is what the watch is about, by its
    names (``intervention_of``); without it arms are known by what they are usually called.
    """
    found: dict[str, list[DirectionReading]] = {}
    arm = arm_of(intervention)
    for report in _reports(reading, vocabulary):
        named = report._replace(masked=masked_names(report.masked, intervention))
        for name, read in _read_report(named, arm):
            if report.quote.place != TITLE or read.verdict.direction is not Direction.UNCLEAR:
                found.setdefault(name, []).append(read)
    return tuple(OutcomeDirection(name, _together(readings), tuple(readings)) for name, readings in found.items())


def told_only(directions: Iterable[OutcomeDirection]) -> tuple[OutcomeDirection, ...]:
    """The same without the readings that tell no direction: what is kept of a record."""
    return tuple(
        replace(each, readings=tuple(read for read in each.readings if read.verdict.direction != Direction.UNCLEAR))
        for each in directions
    )


class _Report(NamedTuple):
    """A sentence that reports outcomes: in its folded text each is masked, with its place among ``outcomes``."""

    masked: str
    outcomes: tuple[str, ...]
    quote: Quote

    def masked_but(self, place: int) -> str:
        """The text in which one outcome is told apart from all others."""
        return _MASK.sub(lambda mask: THIS if int(mask[1]) == place else ANOTHER, self.masked)


def _reports(reading: Reading, vocabulary: OutcomeVocabulary) -> Iterator[_Report]:
    """The sentences that name an outcome and report what was found here; the title is one if it asks nothing."""
    cues = sorted(reading.words & vocabulary.cues)
    if "?" not in reading.title and is_own(reading.title):
        spans = _spans(reading.title[:LONGEST], _terms_in(reading.title, cues, vocabulary), vocabulary.names)
        if spans:
            yield _Report(*_masked(reading.title[:LONGEST], spans), reading.title_quote)
    for number, section in enumerate(reading.record.abstract if cues else ()):
        texts = reading.cut(number)
        roles: list[Role | None] = []
        for place, text in enumerate(texts):
            folded = fold(text)[:LONGEST]
            terms = _terms_in(folded, cues, vocabulary)
            if terms and (spans := _spans(folded, terms, vocabulary.names)) and is_own(folded):
                roles = roles or told_roles(section, texts)
                if (roles[place] or guessed_role(folded)) in REPORTING:
                    yield _Report(*_masked(folded, spans), Sentence(text, section, place + 1).quote)


def _terms_in(folded: str, cues: Iterable[str], vocabulary: OutcomeVocabulary) -> set[Term]:
    return {term for cue in cues if cue in folded for term in vocabulary.by_cue[cue]}


def is_own(folded: str) -> bool:
    """Whether a sentence tells what was found here: not what is assumed, nor what others found."""
    return not (_ASSUMED.search(folded) or _OF_OTHERS.search(folded) or folded.rstrip().endswith("?"))


def _spans(folded: str, terms: Iterable[Term], names: dict[Term, str]) -> list[tuple[int, int, str]]:
    """Where outcomes stand in a sentence, from first to last; where terms overlap the longest counts."""
    found = ((match.start(), -match.end(), names[term]) for term in terms for match in term.pattern.finditer(folded))
    spans: list[tuple[int, int, str]] = []
    for start, stop, name in sorted(found):
        if not spans or start >= spans[-1][1]:
            spans.append((start, -stop, name))
    return spans


def _masked(folded: str, spans: Iterable[tuple[int, int, str]]) -> tuple[str, tuple[str, ...]]:
    """A sentence with its outcomes masked, and their names."""
    outcomes: dict[str, int] = {}
    parts, end = [], 0
    for start, stop, name in spans:
        parts += [folded[end:start], f"{THIS}{outcomes.setdefault(name, len(outcomes))}"]
        end = stop
    return "".join([*parts, folded[end:]]), tuple(outcomes)


def _read_report(report: _Report, intervention: str) -> Iterator[tuple[str, DirectionReading]]:
    """Each outcome of a sentence, judged."""
    comparator = _comparator(report.masked, intervention)
    cut = cut_tokens(report.masked)
    if says_nothing(cut) and not declares(cut):
        silent = DirectionReading(_NOTHING_SAID, comparator, "", report.quote)
        yield from ((outcome, silent) for outcome in report.outcomes)
        return
    arms = read_arms(intervention, comparator, THIS)
    tokens = sign_tokens(cut, arms, {})
    masks = [(place, mask) for place, token in enumerate(tokens) if (mask := _MASK.search(token.text))]
    for number, outcome in enumerate(report.outcomes):
        for place, mask in masks:
            text, sign = (THIS, OUTCOME) if int(mask[1]) == number else (ANOTHER, ANOTHER)
            tokens[place] = Token(mask.string.replace(mask[0], text), sign)
        evidence = mark_evidence(tokens, arms, guess=False)
        statement = read_statement(evidence, outcome)
        verdict = _judge(statement, report, number)
        yield outcome, DirectionReading(verdict, comparator, significance_stated(statement), report.quote)


def _judge(statement: Statement, report: _Report, number: int) -> DirectionVerdict:
    """What the sentence says of an outcome, unless it may be nobody's or another's."""
    verdict = _said(statement, report, number)
    stray = (
        stray_of(statement.evidence.clauses, report.outcomes[number])
        if verdict.direction is not Direction.UNCLEAR
        else ""
    )
    return _doubted(verdict, stray) if stray else verdict


def _said(statement: Statement, report: _Report, number: int) -> DirectionVerdict:
    """The model's verdict, or where it is unclear what the sentence declares; unclear where the two differ."""
    text = report.masked_but(number)
    verdict = _NOTHING_SAID if report.quote.place == TITLE else _modelled(statement, text)
    signals = read_declared(statement.evidence.clauses)
    directions = {signal.direction for signal in signals} if signals and not is_of_another(text) else set()
    is_open = verdict.direction is Direction.UNCLEAR or verdict.direction is Direction.NO_DIFFERENCE in directions
    if is_open and len(directions) == 1:  # "ketamine changed neither" says more than "alike": of whom it is said
        return DirectionVerdict(signals[0].direction, verdict.confidence, Because(signals[0].rule, signals[0].words))
    if not directions or verdict.direction in (Direction.UNCLEAR, *directions):
        return verdict
    told = f"{verdict.direction}: {verdict.because.evidence}; {signals[0].direction}: {signals[0].words}"
    return DirectionVerdict(Direction.UNCLEAR, verdict.confidence, Because("two rules differ", told))


def _modelled(statement: Statement, text: str) -> DirectionVerdict:
    """What the model and the rules say, or unclear with the reason why they are not trusted."""
    if next(read_signals(statement), None) is None:  # what the model alone says would not be trusted
        return _NOTHING_SAID
    verdict = judge_statement(statement, shipped_model())
    doubt = doubt_of(verdict, statement.evidence, text) if verdict.direction is not Direction.UNCLEAR else ""
    return _doubted(verdict, doubt) if doubt else verdict


def _doubted(verdict: DirectionVerdict, doubt: str) -> DirectionVerdict:
    told = f"{doubt}; else {verdict.direction}: {verdict.because.evidence} ({verdict.because.rule})"
    return DirectionVerdict(Direction.UNCLEAR, verdict.confidence, Because("doubt", told))


def _comparator(folded: str, intervention: str) -> str:
    """What a sentence says the intervention is compared with, in its words; empty when it says nothing."""
    own = frozenset(intervention.split())
    for match in _STATED.finditer(folded):
        words = match[1].split()
        if (
            THIS not in match[1]
            and own.isdisjoint(words)
            and (telling := [word for word in words if word not in _FILLING])
        ):
            return " ".join(telling)
    named = _NAMED_CONTROL.search(folded)
    return named[0] if named else ""


def _together(readings: Iterable[DirectionReading]) -> Direction:
    told = {reading.verdict.direction for reading in readings} - {Direction.UNCLEAR}
    if len(told) > 1:
        return Direction.MIXED
    return next(iter(told), Direction.UNCLEAR)

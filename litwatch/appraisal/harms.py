"""A major harm that a record reports of the intervention: by named rules, each struck by what denies it.

The title and the sentences that report are read. In them the intervention becomes DRUG and a harm of the vocabulary
HARM, so that a rule is a pattern on how the two stand together. A harm that is denied, prevented, alike, of something
else or of the comparator is none; where no rule holds nothing is said. Only the intervention of the watch is looked at.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from litwatch.appraisal.directions import REPORTING, is_own
from litwatch.appraisal.intervention import written_names
from litwatch.appraisal.reading import Reading, Sentence, fold
from litwatch.appraisal.roles import Role, guessed_role, told_roles
from litwatch.appraisal.rules import Veto
from litwatch.appraisal.terms import Term, compile_term
from litwatch.model.finding import Harm
from litwatch.model.identity import Because
from litwatch.model.quote import Quote

_LINKING = "in|with|of|for|to|and|or|by|after|during|than|from|among|on|but|not|nor|versus|vs"
_PLAIN = rf"(?:(?!(?:{_LINKING})\b)[\w/%-]+ )"
_A_HARM = (
    rf"{_PLAIN}{{0,3}}(?:(?:risks?|rates?|incidence|odds|number|frequency|likelihood|cases?) (?:of|for) )?"
    rf"{_PLAIN}{{0,2}}HARM"
)
_GIVEN = (
    r"(?:with|in|after|among|following|on|under|by)(?: (?:the|a|patients?|those|participants|children|adults|group|arm"
    r"|receiving|given|treated|exposed|to|with|who|received|taking|currently|doses?|of|long-term|chronic"
    r"|repeated)){0,6} DRUG"
)
_DRUG = rf"\bDRUG,? (?:(?:in|for|to|on) (?:[\w-]+ ){{1,3}}?)?{_PLAIN}{{0,3}}?"
_MORE = r"(?:more|higher|greater|increased|elevated|excess)"
_CAUSED = (
    r"(?:caused|causes|led to|leads to|resulted in|results in|induced|induces|produced|triggered|precipitated"
    r"|(?:was|were|is) (?:[\w-]+ ){0,2}?(?:associated with|linked to))"
)
_ENDS = ("stopped", "terminated", "halted", "discontinued", "suspended")
_ENDS_EARLY = (
    r"\b(?:study|trial|enrol?lment|recruitment) was (?:[\w-]+ ){0,2}?"
    rf"(?:{'|'.join(_ENDS)})\b"
    r"[^.;]{0,60}\b(?:HARM|safety|harms?|toxicity|adverse)"
)
_HAD_MORE = rf"(?:\b{_GIVEN}|\bDRUG {_PLAIN}{{1,2}})(?:, )? ?had (?:an? )?{_PLAIN}{{0,2}}{_MORE} {_A_HARM}"
_AMONG = rf"\b{_MORE} {_A_HARM} (?:[\w-]+ ){{0,3}}?{_GIVEN}"
_OCCURRED = (
    r"\bHARM (?:[\w-]+ ){0,2}?(?:occurred|(?:was|were) (?:reported|observed|recorded|seen)) "
    rf"(?:[\w/%-]+ ){{0,3}}?{_GIVEN}"
)


class _Vocabulary(NamedTuple):
    """The terms of the data file, each with the harm that it names, and the harms of organs."""

    names: dict[Term, str]
    organs: frozenset[str]
    cues: frozenset[str]


_NONE_IN_PERSONS: Final = (
    Veto(
        "of cells",
        re.compile(
            r"\b(?:cell|cellular|neuron\w*|programmed|apoptotic) HARM"
            r"|HARM (?:of|in) (?:[\w-]+ ){0,3}(?:cells?|neurons?)\b"
        ),
    ),
    Veto("only like it", re.compile(r"\bHARM[- ]like\b")),
    Veto(
        "denied behind",
        re.compile(r"\bHARM (?:was|were|is|are) (?:[\w-]+ )?(?:not|zero|nil|rare|absent|uncommon|excluded|unlikely)\b"),
    ),
)
_BESIDE = re.compile(r"\b(?:placebo|saline|controls?|versus|vs|compared|than|both groups|each group)\b")
_VETOES: Final = (
    Veto(
        "denied",
        re.compile(
            r"\b(?:no|not|nor|neither|never|without|none|absence|lack|free|zero|0|unlikely|rule[ds]? out)\b|n't\b"
        ),
    ),
    Veto(
        "lowered or prevented",
        re.compile(
            r"\b(?:lower\w*|reduc\w+|decreas\w+|declin\w+|fewer|less|prevent\w*|protect\w*|attenuat\w*|ameliorat\w*"
            r"|alleviat\w*|mitigat\w*|improv\w*|reliev\w*|revers\w*|treatment of|to treat|treating)\b"
        ),
    ),
    Veto("alike", re.compile(r"\b(?:similar\w*|comparable|equal\w*|alike|(?:did|do|does) not differ|no difference)\b")),
    Veto(
        "of the comparator",
        re.compile(r"\b(?:than|versus|vs|(?:compared|comparison|relative|opposed) (?:with|to)) (?:[\w-]+ ){0,4}DRUG"),
    ),
    Veto("of something else", re.compile(r"\b[a-z]\w*-(?:induced|associated) (?:[\w-]+ ){0,2}HARM")),
    Veto(
        "of being without it",
        re.compile(
            r"\bDRUG(?:[- ]use)?[- ](?:resistan\w+|withdrawal|discontinu\w+|cessation|abstinen\w+|non-?respon\w+"
            r"|deficien\w+|failure|requirements?)\b|\b(?:delayed|late|stopping|discontinu\w+|withdraw\w+|withholding)"
            r" (?:[\w-]+ ){0,2}DRUG"
        ),
    ),
    Veto("feared or before", re.compile(r"\b(?:fear\w*|concerns?|worr\w+|suspect\w*|(?:at|from) baseline)\b")),
    *_NONE_IN_PERSONS,
)
_ABOUT = 40
"""How many characters before a match a veto is looked for too."""
_DENIED = (_VETOES[0], *_NONE_IN_PERSONS)
"""All that strikes a harm that bears the intervention's name: who prevents or treats it says that there is one."""
_AMONG_TREATED = (
    *_VETOES,
    Veto(
        "of another factor",
        re.compile(r"\b(?:associated with|linked to|correlat\w+ with|predict\w*|risk factors?|related to)\b"),
    ),
)
"""Where the intervention stands behind the harm, all may have had it, and something else be what told them apart."""
_UNRELATED = (*_VETOES, Veto("unrelated", re.compile(r"\b(?:unrelated|none|not)\b")))
"""Events are told of whoever had them; that they had nothing to do with it often follows."""


class _HarmRule(NamedTuple):
    """A pattern on masked text; ``kinds`` are the harms that it may tell, all when empty."""

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str] = frozenset()
    alone: bool = False
    vetoes: tuple[Veto, ...] = _VETOES


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    table = tomllib.loads(files("litwatch.appraisal").joinpath("harms.toml").read_text(encoding="utf-8"))
    kinds = table["organs"] | table["events"]
    names = {compile_term(text): name for name, written in kinds.items() for text in written}
    return _Vocabulary(names, frozenset(table["organs"]), frozenset().union(*(term.cues for term in names)))


@lru_cache(maxsize=1)
def _rules() -> tuple[_HarmRule, ...]:
    """In order; the first that holds decides."""
    organs = _vocabulary().organs
    counted = frozenset({"serious adverse events"})
    specific = frozenset(_vocabulary().names.values()) - counted - {"death", "dependence"}
    return (
        _HarmRule(
            "named after the intervention",
            re.compile(r"\bDRUG[- ](?:induced|associated|related) (?:[\w-]+ ){0,2}HARM"),
            vetoes=_DENIED,
        ),
        _HarmRule(
            "named after the intervention", re.compile(r"\bDRUG HARM\b(?! (?:study|trial))"), organs, vetoes=_DENIED
        ),
        _HarmRule("more than without it", re.compile(_AMONG), vetoes=_AMONG_TREATED),
        _HarmRule("more than without it", re.compile(_HAD_MORE)),
        _HarmRule(
            "more than without it",
            re.compile(rf"\bHARM (?:[\w-]+ ){{0,3}}?(?:was|were) {_PLAIN}{{0,2}}{_MORE} {_PLAIN}{{0,2}}{_GIVEN}"),
        ),
        _HarmRule(
            "more than without it",
            re.compile(rf"\bHARM {_GIVEN} (?:[\w-]+ ){{0,4}}?(?:was|were) (?:[\w.]+ ){{0,4}}?{_MORE}\b"),
        ),
        _HarmRule("more than without it", re.compile(rf"{_DRUG}(?:increased|raised|doubled) {_A_HARM}")),
        _HarmRule("caused by it", re.compile(rf"{_DRUG}{_CAUSED} {_A_HARM}"), specific),
        _HarmRule("caused by it", re.compile(rf"{_DRUG}{_CAUSED} (?:an? |the )?{_MORE} {_A_HARM}")),
        _HarmRule("stopped early for harm", re.compile(_ENDS_EARLY)),
        _HarmRule("serious events with it", re.compile(_OCCURRED), counted, alone=True, vetoes=_UNRELATED),
    )


def harm_words() -> frozenset[str]:
    """The words of which any sentence that may tell a harm holds one; a reading's vocabulary holds them."""
    return _vocabulary().cues.union(_ENDS)


def find_harm(reading: Reading, intervention: str) -> Harm | None:
    """The first major harm that is reported of ``intervention``, in words; None where no rule says so.

    The title goes first. Without an intervention nothing is looked for.
    """
    words = sorted(reading.words & harm_words())
    drug = _drug(intervention)
    if not words or not intervention or not (drug.search(reading.title) or drug.search(reading.abstract)):
        return None
    of_drug = drug.search(reading.title) is not None
    for masked, quote in _reports(reading, words, drug):
        if harm := _harm_in(masked, quote, of_drug=of_drug):
            return harm
    return None


@lru_cache(maxsize=64)
def _drug(intervention: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(written_names(intervention).values(), reverse=True))})\b")


def _reports(reading: Reading, words: Sequence[str], drug: re.Pattern[str]) -> Iterator[tuple[str, Quote]]:
    """The title, unless it asks, and the sentences that report what was found here and may tell a harm, masked."""
    if (masked := _may_tell(reading.title, words, drug)) and "?" not in masked and is_own(masked):
        yield masked, reading.title_quote
    for number, section in enumerate(reading.record.abstract):
        texts = reading.cut(number)
        roles: list[Role | None] = []
        for place, text in enumerate(texts):
            if (masked := _may_tell(fold(text), words, drug)) and is_own(masked):
                roles = roles or told_roles(section, texts)
                if (roles[place] or guessed_role(masked)) in REPORTING:
                    yield masked, Sentence(text, section, place + 1).quote


def _may_tell(folded: str, words: Sequence[str], drug: re.Pattern[str]) -> str:
    """The sentence with the intervention masked, if it names it and one of ``words``, or says that a trial ended."""
    if not any(word in folded for word in words):
        return ""
    masked = drug.sub("DRUG", folded)
    return masked if "DRUG" in masked or any(end in folded for end in _ENDS) else ""


def _harm_in(folded: str, quote: Quote, *, of_drug: bool) -> Harm | None:
    masked, kinds = _masked(folded)
    for rule in _rules():
        for match in rule.pattern.finditer(masked):
            kind = kinds.get(masked[: match.end()].count("HARM") - 1, "harm") if "HARM" in match[0] else "harm"
            around = masked[max(0, match.start() - _ABOUT) : match.end()]
            fits = (not rule.kinds or kind in rule.kinds) and ("DRUG" in match[0] or of_drug)
            if fits and not (rule.alone and _BESIDE.search(masked)) and not _veto(rule, around, masked):
                return Harm(quote, Because(rule.name, kind))
    return None


def _veto(rule: _HarmRule, around: str, masked: str) -> str:
    """What strikes a match: denials and the like beside it, what is said of another anywhere in the sentence."""
    looked_at = ((veto, around if veto in _VETOES[:2] else masked) for veto in rule.vetoes)
    return next((veto.name for veto, text in looked_at if veto.pattern.search(text)), "")


def _masked(folded: str) -> tuple[str, dict[int, str]]:
    """A sentence with its harms masked, and what each of them is."""
    spans = sorted(
        (match.start(), -match.end(), name)
        for term, name in _vocabulary().names.items()
        if any(cue in folded for cue in term.cues)
        for match in term.pattern.finditer(folded)
    )
    parts: list[str] = []
    kinds: dict[int, str] = {}
    end = 0
    for start, stop, name in spans:
        if start >= end:
            kinds[len(kinds)] = name
            parts += [folded[end:start], "HARM"]
            end = -stop
    return "".join([*parts, folded[end:]]), kinds

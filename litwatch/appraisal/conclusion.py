"""The sentence in which an abstract concludes.

Of a section labelled as the conclusion the first sentence that says more than that studies are needed; else the first
sentence that announces a conclusion; else the last that says what the findings mean; else the last sentence that is
not housekeeping (registration, copyright, level of evidence).
"""

import re
from collections.abc import Sequence

from litwatch.appraisal.reading import Reading, Sentence, fold
from litwatch.appraisal.roles import Role, role_of_section
from litwatch.model.quote import Quote
from litwatch.model.record import AbstractSection

_ANNOUNCES = re.compile(
    r"(?:In |To )(?:conclu|summary\b|sum\b|short\b)|[Cc]onclu(?:sion|ding|de)|CONCLUSION"
    r"|We (?:therefore |thus )?conclude"
)
_CUES = ("conclu", "in summary", "in sum", "in short", "to sum")
"""What any announcement holds, folded."""

_MEANS = re.compile(
    r"(?:Taken together|Altogether|Overall|Thus|Therefore|Hence|Collectively|Together)\b"
    r"|(?:Our|These|The(?: present)?|Present|This)(?: [\w-]+){0,3} (?:results?|findings?|data|study"
    r"|observations?|evidence"
    r"|trial|meta-analysis|review)(?: [\w-]+){0,3} (?:suggests?|indicates?|shows?|demonstrates?|supports?|provides?"
    r"|confirms?|impl(?:y|ies))\b"
    r"|It (?:is|was|may be|can be) (?:therefore )?concluded"
)
_ASKS_FOR_MORE = re.compile(
    r"\b(?:further|future|more|larger|additional) (?:[\w-]+ ){0,3}(?:studies|research|trials?|work"
    r"|investigations?|evidence)"
    r"\b|\b(?:needed|warranted|required)\b"
)
_ASKING = ("furthe", "future", "more", "larger", "additional", "needed", "warranted", "required")
"""What any such sentence holds, folded."""

_HOUSEKEEPING = re.compile(
    r"(?:clinical )?trials?[ -]regist|registration|registered|clinicaltrials|level of evidence"
    r"|copyright|©|\(c\)|keywords?"
    r"|all rights|funding|funded|\[this corrects|doi:|supplement|prospero|see (?:text|video)"
    r"|for permissions|published by",
    re.IGNORECASE,
)
_LONGEST_LABEL = 24


def find_conclusion(reading: Reading) -> Quote | None:
    """The concluding sentence with its place; None without an abstract."""
    sections = reading.record.abstract
    for number, section in enumerate(sections):
        if role_of_section(section) is Role.CONCLUSION and (texts := reading.cut(number)):
            return _quote(section, texts, _telling(texts, 0))
    for number in sorted(range(len(sections)), key=lambda number: (_is_housekeeping(sections[number]), -number)):
        if texts := reading.cut(number):
            announced = _announced(texts) if any(cue in reading.abstract for cue in _CUES) else None
            place = _telling(texts, announced) if announced is not None else _closing(texts)
            return _quote(sections[number], texts, place)
    return None


def _is_housekeeping(section: AbstractSection) -> bool:
    return bool(_HOUSEKEEPING.match(section.label) or _HOUSEKEEPING.match(section.text))


def _quote(section: AbstractSection, texts: Sequence[str], place: int) -> Quote:
    return Sentence(texts[place], section, place + 1).quote


def _telling(texts: Sequence[str], start: int) -> int:
    """Where the first stands, from ``start`` on, that says more than a label or that more must be studied."""
    places = range(start, len(texts))
    return next((place for place in places if not (_asks_for_more(texts[place]) or _is_label(texts[place]))), start)


def _asks_for_more(text: str) -> bool:
    folded = fold(text)
    return any(cue in folded for cue in _ASKING) and _ASKS_FOR_MORE.search(folded) is not None


def _is_label(text: str) -> bool:
    return len(text) < _LONGEST_LABEL and text[-1] in ".:" and text[:-1].replace(" ", "").isalpha()


def _announced(texts: Sequence[str]) -> int | None:
    return next((place for place, text in enumerate(texts) if _ANNOUNCES.match(text)), None)


def _closing(texts: Sequence[str]) -> int:
    """Where the last stands that says what the findings mean, else the last that is not housekeeping."""
    places = range(len(texts) - 1, -1, -1)
    meant = next((place for place in places if _MEANS.match(texts[place])), None)
    if meant is not None:
        return meant
    return next((place for place in places if not _HOUSEKEEPING.match(texts[place])), len(texts) - 1)

"""The words that every rendition shares: numbers with their nouns, dates, names, and the terms in a sentence."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from litwatch.library.text import CONTROL as CONTROL
from litwatch.library.text import one_line as one_line
from litwatch.model.finding import NoticeKind, Population, StudyDesign

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DESIGN_PLURALS = {
    StudyDesign.META_ANALYSIS: "meta-analyses",
    StudyDesign.SYSTEMATIC_REVIEW: "systematic reviews",
    StudyDesign.COHORT: "cohort studies",
    StudyDesign.CASE_CONTROL: "case-control studies",
    StudyDesign.CROSS_SECTIONAL: "cross-sectional studies",
    StudyDesign.CASE_SERIES: "case series",
    StudyDesign.IN_VITRO: "in vitro studies",
    StudyDesign.EDITORIAL: "editorials or letters",
    StudyDesign.UNCLEAR: "of unclear design",
}
"""Where the plural is not the name and an s."""

NOTICE_WORDS = {
    NoticeKind.RETRACTION: ("retraction", "retractions"),
    NoticeKind.CONCERN: ("expression of concern", "expressions of concern"),
    NoticeKind.WITHDRAWN: ("withdrawal from PubMed", "withdrawals from PubMed"),
    NoticeKind.REPUBLISHED: ("corrected republication", "corrected republications"),
    NoticeKind.ERRATUM: ("erratum", "errata"),
    NoticeKind.UPDATE: ("update", "updates"),
}

LANGUAGES = {
    "chi": "Chinese", "cze": "Czech", "dan": "Danish", "dut": "Dutch", "fre": "French", "ger": "German",
    "hun": "Hungarian", "ita": "Italian", "jpn": "Japanese", "kor": "Korean", "nor": "Norwegian", "per": "Persian",
    "pol": "Polish", "por": "Portuguese", "rus": "Russian", "spa": "Spanish", "swe": "Swedish", "tur": "Turkish",
    "ukr": "Ukrainian",
}  # fmt: skip
"""MARC codes that PubMed uses, the commoner ones; another code is shown as it is."""

GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "ω": "omega"}

SHOWN_AUTHORS = 3

PARAPHRASE_NOTE = "Paraphrase, not the publisher's words"


_RUNS = re.compile(rf"[{''.join(GREEK)}]|\d+|[^\W\d_{''.join(GREEK)}]+")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Segment(NamedTuple):
    """A stretch of a sentence; ``is_term`` marks one of the terms looked for."""

    text: str
    is_term: bool


def counted(number: int, singular: str, plural: str = "") -> str:
    """The number with its noun: ``1 work``, ``10,000 works``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def sentence_case(text: str) -> str:
    """The first letter in upper case and nothing else changed, names least of all."""
    return text[:1].upper() + text[1:]


def counted_design(number: int, design: StudyDesign, population: Population) -> str:
    """Such as ``2 cohort studies (human)``; a population that the design implies is not repeated."""
    plural = DESIGN_PLURALS.get(design, f"{design}s")
    noun = counted(number, "of unclear design" if design is StudyDesign.UNCLEAR else design.value, plural)
    implied = (design, population) in {
        (StudyDesign.ANIMAL_EXPERIMENT, Population.ANIMAL),
        (StudyDesign.IN_VITRO, Population.IN_VITRO),
    }
    if implied:
        return noun
    return f"{noun} ({'population unclear' if population is Population.UNCLEAR else population})"


def long_date(moment: datetime, zone: str = "UTC") -> str:
    """The day of a moment, in a time zone: ``5 January 2026``."""
    day = moment.astimezone(ZoneInfo(zone))
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(moment: datetime, zone: str = "UTC") -> str:
    """The day's name, in a time zone."""
    return WEEKDAYS[moment.astimezone(ZoneInfo(zone)).weekday()]


def long_moment(moment: datetime, zone: str = "UTC") -> str:
    """A moment to the minute: ``5 January 2026, 07:00 UTC``."""
    return f"{long_date(moment, zone)}, {moment.astimezone(ZoneInfo(zone)):%H:%M} {zone}"


def readable_date(published: str) -> str:
    """An ISO date, as far as known, for reading: ``April 2006``; anything else is as PubMed printed it."""
    match = _ISO_DATE.fullmatch(published)
    if match is None or not (match[2] is None or 1 <= int(match[2]) <= 12):
        return published
    month = MONTHS[int(match[2]) - 1] if match[2] else ""
    day = str(int(match[3])) if match[3] else ""
    return " ".join(part for part in (day, month, match[1]) if part)


def byline(authors: Sequence[str]) -> str:
    """The first three authors, and whether there are more."""
    names = ", ".join(authors[:SHOWN_AUTHORS])
    return f"{names}, et al." if len(authors) > SHOWN_AUTHORS else names


def language_name(codes: str) -> str:
    """The languages other than English, for reading; empty when there is none."""
    return ", ".join(LANGUAGES.get(code, code) for code in codes.split(", ") if code not in ("", "eng"))


def segments(text: str, terms: Sequence[str]) -> tuple[Segment, ...]:
    """``text`` cut at the terms that it names, longer terms first.

    A term is found whatever its case, its plural s and how its parts are joined, Greek letters spelt out or not.
    This is for display: whether a record names a term is not decided here.
    """
    patterns = sorted({_term_pattern(term) for term in terms}, key=len, reverse=True)
    if not any(patterns):
        return (Segment(text, False),)
    pattern = re.compile(f"(?<![a-z0-9])({'|'.join(filter(None, patterns))})(?![a-z0-9])", re.IGNORECASE)
    pieces = (Segment(piece, bool(at % 2)) for at, piece in enumerate(pattern.split(text)))
    return tuple(piece for piece in pieces if piece.text)


def _term_pattern(term: str) -> str:
    """What finds ``term``; empty when there is no letter or digit in it."""
    runs = _RUNS.findall(term.lower())
    spelt = {**GREEK, **{name: sign for sign, name in GREEK.items()}}
    has_plural = bool(runs) and len(runs[-1]) > 3  # "CRPS" is no plural of CRP
    if has_plural:
        runs[-1] = runs[-1].removesuffix("s")
    pattern = r"[\W_]{0,3}".join(f"(?:{run}|{spelt[run]})" if run in spelt else run for run in runs)
    return pattern + ("s?" if has_plural else "")

"""What stands in the fields of a reference, whatever the format: names, dates, identifiers."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.record import Author
from litwatch.pubmed.record_dates import parse_date, parse_medline_date

_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]{1,300}")
_DOI_TAIL = ".,;:'"
_PMID = re.compile(
    r"(?:(?:pmid|pubmed|medline)\W{0,3}|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{1,9})(?!\d)", re.IGNORECASE
)
_BARE_PMID = re.compile(r"\d{1,9}")
_PMCID = re.compile(r"PMC\s?(\d{1,10})", re.IGNORECASE)

_DATE = re.compile(r"(\d{4})(?:[-/. ]+(\d{1,2}|[A-Za-z]{3,9})\.?)?(?:[-/. ]+(\d{1,2}))?[-/. ]*")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+([A-Za-z]{3,9})\.?,?[-/. ]+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[ -]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")

_INITIALS = re.compile(r"[^\W\d_a-z]{1,4}|[^\W\d_a-z](?: [^\W\d_a-z]){1,4}|(?:[^\W\d_]\.[ -]?){1,5}")
_SUFFIX = re.compile(r"(?:jr|sr|2nd|3rd|4th|ii|iii|iv)\.?", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:group|consortium|network|society|association|committee|organi[sz]ations?|collaborat(?:ion|ive|ors)"
    r"|investigators|trialists|trial|study|team|program(?:me)?|institutes?|university|department|ministry|agency|cent(?:er|re)"
    r"|council|task force|federation|foundation|working party|board|commission|college|academy)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:and others|others|et\.? ?al\.?|\.\.\.|…)", re.IGNORECASE)
_LONGEST_NAME = 300
LONGEST_DATE = 300
"""What stands behind so many characters of a date is not read."""


def find_doi(*texts: str) -> Doi | None:
    """The first DOI in ``texts``, out of a resolver's address, a ``doi:`` prefix or a note such as "[doi]"."""
    for text in texts:
        found = _DOI.search(unquote(text) if "%" in text else text)
        if found:
            return _doi(found.group())
    return None


def find_pmid(*texts: str) -> Pmid | None:
    """The first PMID that ``texts`` name as one: "PMID: 123", an address at PubMed."""
    for text in texts:
        found = _PMID.search(text)
        if found:
            return _pmid(found.group(1))
    return None


def bare_pmid(text: str) -> Pmid | None:
    """A PMID that stands alone in a field meant for it, else one that is named."""
    return _pmid(text.strip()) if _BARE_PMID.fullmatch(text.strip()) else find_pmid(text)


def accession_pmid(number: str, named: Pmid | None, is_medline: bool) -> Pmid | None:
    """The PMID of an entry with an accession ``number``.

    The number is one where the database numbers with PMIDs, or where it is ``named`` as one elsewhere in the entry;
    Embase's numbers look the same.
    """
    if is_medline or named == number:
        return bare_pmid(number) or named
    return find_pmid(number) or named


def find_pmcid(*texts: str) -> Pmcid | None:
    """The first PMCID in ``texts``."""
    for text in texts:
        found = _PMCID.search(text)
        if found:
            try:
                return Pmcid("PMC" + found.group(1))
            except ValueError:
                continue
    return None


@lru_cache(maxsize=8192)
def find_date(text: str) -> PartialDate | None:
    """A date in any common order; else the first year in ``text``; None without one. What is no day is left out."""
    text = " ".join(text[:LONGEST_DATE].split())
    if match := _DATE.fullmatch(text):
        return parse_date(*(part or "" for part in match.groups()))
    if match := _DAY_FIRST.fullmatch(text):
        return parse_date(match.group(3), match.group(2), match.group(1))
    if match := _MONTH_FIRST.fullmatch(text):
        return parse_date(match.group(3), match.group(1), match.group(2) or "")
    return parse_medline_date(text)


def latest_detail(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """Of dates in one year the one that says most, that year being the first one's; None of no date."""
    known = [date for date in dates if date]
    return max(
        (date for date in known if date.year == known[0].year),
        key=lambda date: (len(str(date)), len(date.as_printed)),
        default=None,
    )


def is_others(name: str) -> bool:
    """Whether a name stands for those that are left out: "et al.", "and others"."""
    return _OTHERS.fullmatch(name.strip()) is not None


def read_name(text: str) -> Author:
    """A person from "Roe, Anna B., Jr", "Roe AB" or "Anna B. Roe"; a group, by its words, as a whole."""
    text = " ".join(text.split())
    parts = [part.strip() for part in text.split(",")]
    if len(text) > _LONGEST_NAME or (len(parts) == 2 and not parts[1]) or _is_group(text, parts):
        return Author(collective=text.rstrip(", "))
    if len(parts) > 1:
        suffix = next((part for part in parts[1:] if _SUFFIX.fullmatch(part)), "")
        given = " ".join(part for part in parts[1:] if part and part != suffix)
        return person(parts[0], given, suffix)
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        return person(" ".join(words[:-1]), words[-1], suffix)
    first_of_last = next((at for at, word in enumerate(words) if at and word[0].islower()), len(words) - 1)
    return person(" ".join(words[first_of_last:]), " ".join(words[:first_of_last]), suffix)


def person(last_name: str, given: str, suffix: str = "") -> Author:
    """A person whose initials are taken from the given names, or are these."""
    if not last_name:
        return Author(last_name=given, suffix=suffix)
    if _INITIALS.fullmatch(given) and "-" not in given:
        return Author(last_name, "", "".join(letter for letter in given if letter.isalpha()), suffix)
    return Author(last_name, given, initials_of(given), suffix)


def initials_of(given: str) -> str:
    """The first letters of given names: "Anna-Maria B." is AMB."""
    return "".join(part[0] for part in re.split(r"[\s.\-‐]+", given) if part[:1].isupper())


def _is_group(text: str, parts: list[str]) -> bool:
    return _GROUP.search(text) is not None and (len(parts) == 1 or len(parts[0].split()) > 2)


def _doi(found: str) -> Doi | None:
    tail = found.rstrip(_DOI_TAIL)
    while tail and tail[-1] in ")]}" and tail.count(tail[-1]) > tail.count({")": "(", "]": "[", "}": "{"}[tail[-1]]):
        tail = tail[:-1].rstrip(_DOI_TAIL)
    try:
        return Doi(tail)
    except ValueError:
        return None


def _pmid(digits: str) -> Pmid | None:
    try:
        return Pmid(digits)
    except ValueError:
        return None

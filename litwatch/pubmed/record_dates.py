"""Dates as PubMed XML spells them."""

import re
from functools import lru_cache

from lxml.etree import _Element as Element

from litwatch.model.dates import PartialDate
from litwatch.pubmed.text import children

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)


def read_date(element: Element) -> PartialDate | None:
    """Read Year, Month, Day and Season, or a MedlineDate; None without a year."""
    parts = {part.tag: part.text or "" for part in children(element)}
    if "MedlineDate" in parts:
        return parse_medline_date(parts["MedlineDate"])
    return parse_date(parts.get("Year", ""), parts.get("Month", ""), parts.get("Day", ""), parts.get("Season", ""))


def read_day(element: Element) -> PartialDate | None:
    """Read a date that the DTD starts with Year, Month and Day, in this order."""
    if len(element) >= 3:
        year, month, day = element[0], element[1], element[2]
        if year.tag == "Year" and month.tag == "Month" and day.tag == "Day":
            return parse_date(year.text or "", month.text or "", day.text or "")
    return read_date(element)


@lru_cache(maxsize=8192)
def parse_date(year: str, month: str = "", day: str = "", season: str = "") -> PartialDate | None:
    """The date, as precise as it is possible; None without a year.

    Months are numbers or English names. What year, month and day cannot say (a season, a 31st of June) is left
    out and kept in ``as_printed``.
    """
    y, m, d = _number(year), _month(month), _number(day)
    if y is None:
        return None
    printed = " ".join(part.strip() for part in (year, month, season, day) if part)
    for kept in ((y, m, d), (y, m, None), (y, None, None)):
        is_whole = not season and [bool(month), bool(day)] == [part is not None for part in kept[1:]]
        try:
            return PartialDate(*kept, as_printed="" if is_whole else printed)
        except ValueError:
            continue
    return None


@lru_cache(maxsize=1024)
def parse_medline_date(text: str) -> PartialDate | None:
    """The first year of a free date, with a month only when the date names no other; None without a year.

    "1977 Apr 26-28" is April 1977, "1998 Dec-1999 Jan" is 1998; both keep what was printed.
    """
    years = _YEAR.findall(text)
    if not years:
        return None
    months = {_month(name) for name in _MONTH_NAME.findall(text)}
    month = months.pop() if len(months) == 1 and len(set(years)) == 1 else None
    return PartialDate(int(years[0]), month, as_printed=" ".join(text.split()))


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    name = text.strip()[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else _number(text)

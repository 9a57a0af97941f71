"""That nothing an entry says is lost: what no field of ours says is kept beside them, what cannot be read is told."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from litwatch.library.drafts import Fields
from litwatch.library.values import LONGEST_DATE, bare_pmid, find_date, find_doi, find_pmcid
from litwatch.model.dates import PartialDate
from litwatch.model.library import Description


class Names(NamedTuple):
    """The names under which a format has what our fields say; what stands under any other is kept as it is.

    ``copied`` stand in our fields as written. ``parted`` are kinds, names and lists, which are taken apart whole.
    ``dates`` hold a year, ``date_parts`` what belongs to one. ``identifiers``: name → what has to stand there.
    """

    copied: frozenset[str]
    parted: frozenset[str]
    dates: frozenset[str]
    date_parts: frozenset[str] = frozenset()
    identifiers: Mapping[str, str] = {}


class Whole(NamedTuple):
    """An entry with all that it says, and what could not be read of it."""

    described: Description
    problems: tuple[str, ...]


_READERS: Mapping[str, Callable[[str], str | None]] = {"DOI": find_doi, "PMID": bare_pmid, "PMCID": find_pmcid}
_NOTHING = re.compile(r"[\W_]*|n\.? ?/? ?a\.?|nan|none|null|nil", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(
    r"[\[(]?(?:(?:(?:corrected|uncorrected) proofs?, |articles? |publications? |e-?pub )?in[- ]press|forthcoming"
    r"|(?:to be published|to appear|submitted|accepted)(?: for publication)?|(?:under|in) review|in preparation"
    r"|unpublished|unknown"
    r"|(?:e-?pub(?:lished)? |published |online )?ahead of print|(?:early|first) online|online first"
    r"|n\.? ?d\.?|no (?:date|year)|undated|s\.? ?a\.?)[\])]?\.?",
    re.IGNORECASE,
)
"""What people write in place of a year, and is no mistake: the styles of citation prescribe "in press" and "n.d." for
works that have none. It is kept and not told, for else a library that is in order would have faults for ever, and
people would learn to overlook them. Anything else in place of a year, also "in press 20x1", is told."""

_DASHES = re.compile(r"[-‐-―−]+")
_LONGEST_TOLD = 60


def keep_all(described: Description, fields: Fields, names: Names) -> Whole:
    """``described`` with what the ``fields`` of its entry say besides, in ``undated`` and ``other``."""
    undated = "" if described.published else next((said for at, said in _values(fields) if at in names.dates), "")
    texts = _texts(described)
    beside: list[tuple[str, str]] = []
    problems: list[str] = []
    for name, value in _values(fields):
        if name in names.parted or (name in names.copied and (value in texts or _folded(value) in texts)):
            continue
        if name in names.dates or name in names.date_parts:
            problem, is_said = _check_date(value, described.published)
            is_said = is_said or value == undated
        elif what := names.identifiers.get(name):
            problem, is_said = _check_identifier(value, what, described)
        else:
            problem, is_said = "", False
        problems += [problem] if problem else []
        beside += [] if is_said else [(name, value)]
    whole = replace(described, undated=undated, other=(*described.other, *beside)) if undated or beside else described
    return Whole(whole, tuple(problems))


def _values(fields: Fields) -> Iterator[tuple[str, str]]:
    for name, values in fields.items():
        for value in values if len(values) == 1 else dict.fromkeys(values):
            if value:
                yield name, value


def _check_date(value: str, published: PartialDate | None) -> tuple[str, bool]:
    """What is wrong with a date, and whether ``published`` says all of it."""
    read = _date(value, published)
    if read is None:
        told = "" if is_without_year(value) else f"its year {_short(value)} cannot be read; it is kept as it is written"
        return told, False
    is_said = published is not None and len(value) <= LONGEST_DATE and _agrees(read, published)
    return "", is_said


def _date(value: str, published: PartialDate | None) -> PartialDate | None:
    """The date that ``value`` is, or says beside the year."""
    if read := find_date(value):
        return read
    part = find_date(f"{published.year} {value}") if published else None
    return part if part and (part.month or (published and value in published.as_printed)) else None


def _agrees(read: PartialDate, published: PartialDate) -> bool:
    same = read.year == published.year and read.month in (None, published.month) and read.day in (None, published.day)
    return same and read.as_printed in ("", published.as_printed)


def _check_identifier(value: str, what: str, described: Description) -> tuple[str, bool]:
    """What is wrong with an identifier, and whether it is the one in ``described``, or says that there is none."""
    if _NOTHING.fullmatch(value):
        return "", True
    read = _READERS[what](value)
    told = "" if read else f"its {what} {_short(value)} cannot be read; it is kept as a note"
    return told, read is not None and read in (described.doi, described.pmid, described.pmcid)


def is_without_year(text: str) -> bool:
    """Whether ``text`` says, in place of a year, that there is none yet, or none at all."""
    return (_WITHOUT_YEAR.fullmatch(text) or _NOTHING.fullmatch(text)) is not None


def _texts(described: Description) -> frozenset[str]:
    """What the fields say that are copied as written; a range of pages may have been put together."""
    texts = (
        *(described.title, described.original_title, described.journal, described.abbreviation, described.volume),
        *(described.issue, described.pages, described.edition, described.publisher, described.place, described.issn),
        *(described.url, described.language, described.abstract, described.source),
    )
    pages = _folded(described.pages)
    return frozenset((*texts, pages, *map(str.strip, pages.split("-"))))


def _folded(text: str) -> str:
    return _DASHES.sub("-", text.strip())


def _short(value: str) -> str:
    return repr(value if len(value) <= _LONGEST_TOLD else f"{value[:_LONGEST_TOLD]}…")

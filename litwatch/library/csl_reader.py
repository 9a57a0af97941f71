"""CSL-JSON: a list of items, one item, or one item a line; a broken item is read field by field."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from litwatch.library.drafts import Draft, Fields, Stray
from litwatch.library.values import (
    bare_pmid,
    find_date,
    find_doi,
    find_pmcid,
    find_pmid,
    is_others,
    latest_detail,
    person,
    read_name,
)
from litwatch.library.whole import Names
from litwatch.model.dates import PartialDate
from litwatch.model.library import Description, EntryKind
from litwatch.model.record import Author
from litwatch.pubmed.record_dates import parse_date

_BETWEEN = re.compile(r"[\s,\[\]]*")
_NEXT_ITEM = re.compile(r"\}[\s,]*(?=\{)")
_FIELD = re.compile(r'"([A-Za-z-]{1,30})"\s*:\s*("(?:[^"\\\n]|\\.)*"|-?\d{1,12})')
_KINDS = {
    "article-magazine": EntryKind.ARTICLE,
    "article-newspaper": EntryKind.ARTICLE,
    "post-weblog": EntryKind.WEBPAGE,
}
NAMES = Names(
    copied=frozenset(
        (
            *("title", "original-title", "container-title", "container-title-short", "journalAbbreviation", "volume"),
            *("issue", "page", "number", "edition", "publisher", "publisher-place", "ISSN", "ISBN", "URL", "language"),
            "abstract",
        )
    ),
    parted=frozenset(("type", "keyword")),
    dates=frozenset(("issued",)),
    identifiers={"DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID"},
)
_OURS = NAMES.copied | NAMES.parted | NAMES.dates | frozenset(NAMES.identifiers)
_WRITTEN = ("raw", "literal", "year")
"""How a date is written that is no list of parts."""

_PATIENCE = 4
"""How many times the length of the file may be read in vain before what is left is given up as one entry."""

_WINDOW = 100_000


def read_csl(text: str) -> Iterator[Draft | Stray]:
    """Every item of ``text``, whole or broken."""
    decoder = json.JSONDecoder(strict=False)
    at, line, counted, wasted, patience = 0, 1, 0, 0, _PATIENCE * len(text)
    while (at := _after_gap(text, at)) < len(text):
        line += text.count("\n", counted, at)
        counted = at
        if at > _WINDOW:
            # A decoding error counts the lines from the start of what it is given.
            text, at, counted = text[at:], 0, 0
        try:
            item, end = decoder.raw_decode(text, at)
            problem = ""
        except json.JSONDecodeError as error:
            wasted += error.pos - at
            item, end, problem = None, _next_item(text, at, may_search=wasted <= patience), f"is no JSON: {error.msg}"
        except RecursionError:
            item, end, problem = None, len(text), "is nested too deep"
        written = text[at:end].strip().rstrip(",")
        at = end
        if isinstance(item, dict):
            yield _draft(line, written, item)
        elif problem and _FIELD.search(written):
            yield _draft(line, written, _loose_item(written), problem)
        else:
            yield Stray(line, f"what stands on line {line} is no item: {problem or type(item).__name__}")


def _after_gap(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _next_item(text: str, at: int, *, may_search: bool) -> int:
    """Where the next item may begin, after one at ``at`` that cannot be read."""
    following = _NEXT_ITEM.search(text, at + 1) if may_search else None
    return following.end() if following else len(text)


def _loose_item(written: str) -> dict[str, Any]:
    """The plain fields of a broken item."""
    item: dict[str, Any] = {}
    for name, value in _FIELD.findall(written):
        try:
            item.setdefault(name, json.loads(value, strict=False))
        except json.JSONDecodeError:
            continue
    if "family" in item:
        item["author"] = [{"family": item.pop("family"), "given": item.pop("given", "")}]
    return item


def _draft(line: int, written: str, item: Mapping[str, Any], *problems: str) -> Draft:
    return Draft(line, written, _describe(item), _fields(item), problems)


def _fields(item: Mapping[str, Any]) -> Fields:
    """Every value as text, of a list of texts each; what is of an unexpected type as it stands."""
    fields: dict[str, list[str]] = {}
    for name, value in item.items():
        if name in ("author", "editor"):
            fields[name] = [_shown(each) for each in _listed(value) if _person(each) == Author()]
        elif name == "issued" and isinstance(value, dict):
            fields[name] = [
                *("-".join(parts) for parts in _date_parts(value)),
                *(_text(value, key) for key in _WRITTEN),
            ]
            fields |= {
                f"issued {key}": [_shown(said)] for key, said in value.items() if key not in (*_WRITTEN, "date-parts")
            }
        elif name in _OURS:
            fields[name] = [_scalar(each) or _shown(each) for each in _listed(value)]
        else:
            fields[name] = [_shown(value)] if value else []
    return fields


def _describe(item: Mapping[str, Any]) -> Description:
    names = _people(item.get("author"))
    kind = _kind(item)
    notes = (_text(item, "note"), _text(item, "URL"))
    return Description(
        kind=kind,
        title=_text(item, "title"),
        original_title=_text(item, "original-title"),
        authors=tuple(name for name in names if not is_others(name.collective)),
        authors_complete=not any(is_others(name.collective) for name in names),
        editors=tuple(_people(item.get("editor"))),
        published=_date(item.get("issued")),
        journal=_text(item, "container-title"),
        abbreviation=_text(item, "container-title-short") or _text(item, "journalAbbreviation"),
        volume=_text(item, "volume"),
        issue=_text(item, "issue"),
        pages=_text(item, "page") or _text(item, "number"),
        edition=_text(item, "edition"),
        publisher=_text(item, "publisher"),
        place=_text(item, "publisher-place"),
        issn=_text(item, "ISSN") or _text(item, "ISBN"),
        pmid=bare_pmid(_text(item, "PMID")) or find_pmid(*notes),
        doi=find_doi(_text(item, "DOI"), *notes),
        pmcid=find_pmcid(_text(item, "PMCID"), *notes),
        url=_text(item, "URL"),
        language=_text(item, "language"),
        abstract=_text(item, "abstract"),
        keywords=tuple(
            word.strip() for text in _listed(item.get("keyword")) for word in _scalar(text).split(",") if word.strip()
        ),
    )


def _kind(item: Mapping[str, Any]) -> EntryKind:
    name = _text(item, "type")
    try:
        return EntryKind(name) if name else EntryKind.ARTICLE
    except ValueError:
        return _KINDS.get(name, EntryKind.OTHER)


def _text(item: Mapping[str, Any], name: str) -> str:
    """A field as text: numbers are written out, of a list (Crossref's titles) the first is taken."""
    return next((_scalar(value) for value in _listed(item.get(name))), "")


def _listed(value: object) -> list[object]:
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if each not in (None, "", [], {})]


def _scalar(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) and value is not True else ""


def _shown(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _people(names: object) -> list[Author]:
    return [author for author in map(_person, _listed(names)) if author != Author()]


def _person(name: object) -> Author:
    """One name; none of the parts that a name has makes an empty one."""
    if not isinstance(name, dict):
        return read_name(_scalar(name))
    if literal := _text(name, "literal") or _text(name, "name"):
        read = read_name(literal)
        return read if "," in literal else Author(collective=literal)
    particles = (_text(name, "dropping-particle"), _text(name, "non-dropping-particle"))
    last_name = " ".join(part for part in (*particles, _text(name, "family")) if part)
    return person(last_name, _text(name, "given"), _text(name, "suffix"))


def _date(issued: object) -> PartialDate | None:
    """The first of the dates, with what the other ways to write it say besides."""
    if not isinstance(issued, dict):
        return find_date(_scalar(issued))
    dates = (parse_date(*parts[:3]) for parts in _date_parts(issued)[:1])
    return latest_detail((*dates, *(find_date(_text(issued, key)) for key in _WRITTEN)))


def _date_parts(issued: Mapping[str, Any]) -> list[list[str]]:
    """Year, month and day of one date, or of the first and last of a range."""
    dates = _listed(issued.get("date-parts"))
    if dates and not isinstance(dates[0], list):
        dates = [dates]
    texts = ([_scalar(part) or _shown(part) for part in _listed(date)] for date in dates)
    return [parts for parts in texts if parts]

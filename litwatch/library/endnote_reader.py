"""EndNote's XML export. Each record is cut out and parsed by itself, so that a broken one spoils no other.

No DOCTYPE is ever seen by the parser, so no entity is defined, expanded or fetched.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from litwatch.library.drafts import Draft, Fields, Stray, every, first
from litwatch.library.values import (
    accession_pmid,
    find_date,
    find_doi,
    find_pmcid,
    find_pmid,
    is_others,
    latest_detail,
    read_name,
)
from litwatch.library.whole import Names
from litwatch.model.identifiers import Pmid
from litwatch.model.library import Description, EntryKind

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_START = re.compile(r"<record(?:\s[^<>]{0,500})?>")
_END = "</record>"
_KINDS = {
    "Journal Article": EntryKind.ARTICLE,
    "Electronic Article": EntryKind.ARTICLE,
    "Book": EntryKind.BOOK,
    "Edited Book": EntryKind.BOOK,
    "Electronic Book": EntryKind.BOOK,
    "Book Section": EntryKind.CHAPTER,
    "Electronic Book Section": EntryKind.CHAPTER,
    "Conference Paper": EntryKind.CONFERENCE,
    "Conference Proceedings": EntryKind.CONFERENCE,
    "Report": EntryKind.REPORT,
    "Government Document": EntryKind.REPORT,
    "Thesis": EntryKind.THESIS,
    "Web Page": EntryKind.WEBPAGE,
    "Unpublished Work": EntryKind.PREPRINT,
}
NAMES = Names(
    copied=frozenset(
        (
            *("title", "secondary-title", "alt-title", "translated-title", "full-title", "abbr-1", "pages", "volume"),
            *("number", "edition", "publisher", "pub-location", "abstract", "language", "url"),
            *("custom7", "remote-database-name", "remote-database-provider"),
        )
    ),
    parted=frozenset(("author", "editor", "keyword", "ref-type", "isbn")),
    dates=frozenset(("year",)),
    date_parts=frozenset(("date",)),
    identifiers={"electronic-resource-num": "DOI"},
)
_OF_THE_LIBRARY = frozenset(("database", "source-app", "rec-number", "key", "dates", "style"))
"""What tells of the EndNote library that a record comes from, and what is never a field."""

_MEDLINE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def read_endnote(text: str) -> Iterator[Draft | Stray]:
    """Every record of ``text``, whole or broken."""
    line, counted = 1, 0
    starts = list(_START.finditer(text))
    for match, following in zip_longest(starts, starts[1:]):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        limit = following.start() if following else len(text)
        end = text.find(_END, match.start(), limit)
        chunk = text[match.start() : end + len(_END) if end >= 0 else limit].rstrip()
        yield _draft(line, chunk)


def _draft(line: int, chunk: str) -> Draft:
    from lxml import etree

    problems: tuple[str, ...] = ()
    element = None
    try:
        element = etree.fromstring(chunk.encode(), _parser(recover=False))
    except etree.XMLSyntaxError as error:
        problems = (f"is no whole XML: {error.msg}",)
        try:
            element = etree.fromstring(chunk.encode(), _parser(recover=True))
        except etree.XMLSyntaxError:
            element = None
    fields = _fields(element) if element is not None else {}
    return Draft(line, chunk, _describe(fields), fields, problems)


@cache
def _parser(*, recover: bool) -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, encoding="utf-8")


def _fields(record: "_Element") -> dict[str, list[str]]:
    """The text of every element that holds no others, but for the styles of its letters."""
    fields: dict[str, list[str]] = {}
    for element in record.iter("*"):
        name = str(element.tag)
        if name in _OF_THE_LIBRARY or any(child.tag != "style" for child in element.iterchildren("*")):
            continue
        parent = element.getparent()
        if name == "author" and parent is not None and parent.tag != "authors":
            name = "editor" if parent.tag == "secondary-authors" else str(parent.tag)
        value = element.get("name", "") if name == "ref-type" else ""
        value = value or " ".join("".join(str(text) for text in element.itertext()).split())
        if value and element is not record:
            fields.setdefault(name, []).append(value)
    return fields


def _describe(fields: Fields) -> Description:
    kind = _KINDS.get(first(fields, "ref-type"), EntryKind.OTHER if first(fields, "ref-type") else EntryKind.ARTICLE)
    names = [name for name in every(fields, "author") if not is_others(name)]
    dates = [f"{first(fields, 'year')} {value}" for value in every(fields, "date")]
    return Description(
        kind=kind,
        title=first(fields, "title"),
        original_title=first(fields, "translated-title"),
        authors=tuple(read_name(name) for name in names),
        authors_complete=len(names) == len(every(fields, "author")),
        editors=tuple(read_name(name) for name in every(fields, "editor")),
        published=latest_detail(find_date(value) for value in (first(fields, "year"), *dates, *every(fields, "date"))),
        journal=first(fields, "full-title", "secondary-title", "alt-title") if kind is not EntryKind.BOOK else "",
        abbreviation=first(fields, "abbr-1"),
        volume=first(fields, "volume"),
        issue=first(fields, "number"),
        pages=first(fields, "pages", "custom7"),
        edition=first(fields, "edition"),
        publisher=first(fields, "publisher"),
        place=first(fields, "pub-location"),
        issn=first(fields, "isbn").split(" ")[0],
        pmid=_pmid(fields),
        doi=find_doi(*every(fields, "electronic-resource-num", "url", "notes")),
        pmcid=find_pmcid(*every(fields, "custom2", "url", "notes")),
        url=first(fields, "url"),
        language=first(fields, "language"),
        abstract=first(fields, "abstract"),
        keywords=every(fields, "keyword"),
        source=first(fields, "remote-database-name", "remote-database-provider"),
    )


def _pmid(fields: Fields) -> Pmid | None:
    """The PMID that is named as one, or the accession number of a database that numbers with PMIDs."""
    number = first(fields, "accession-num")
    named = find_pmid(*every(fields, "url", "notes", "label", "custom1"))
    is_medline = any(
        _MEDLINE.search(name) for name in every(fields, "remote-database-name", "remote-database-provider")
    )
    return accession_pmid(number, named, is_medline)

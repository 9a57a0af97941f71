"""EndNote's XML export. Each record is cut out and parsed by itself, so that a broken one spoils no other.

No DOCTYPE is ever seen by the parser, so no entity is defined, expanded or fetched.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from litwatch.library.drafts import Draft, Fields, Stray, every, first, rest
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
_LEAVES = (
    *(
        "title",
        "secondary-title",
        "alt-title",
        "short-title",
        "translated-title",
        "full-title",
        "abbr-1",
        "pages",
        "volume",
    ),
    *("number", "edition", "publisher", "pub-location", "isbn", "accession-num", "electronic-resource-num", "abstract"),
    *("notes", "language", "remote-database-name", "remote-database-provider", "year", "date", "keyword", "url"),
    *("custom1", "custom2", "custom3", "custom7", "section", "label", "work-type", "research-notes"),
)
_READ = frozenset((*_LEAVES[:19], "language", "year", "date", "keyword", "url", "author", "editor", "ref-type"))
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
    return Draft(line, chunk, _describe(_fields(element)) if element is not None else Description(), problems)


@cache
def _parser(*, recover: bool) -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, encoding="utf-8")


def _fields(record: "_Element") -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for element in record.iter("author", "ref-type", *_LEAVES):
        parent = element.getparent()
        name = str(element.tag)
        if name == "author" and parent is not None and parent.tag != "authors":
            name = "editor" if parent.tag == "secondary-authors" else f"{parent.tag}"
        value = element.get("name", "") if name == "ref-type" else ""
        value = value or " ".join("".join(str(text) for text in element.itertext()).split())
        if value:
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
        other=rest(fields, _READ),
    )


def _pmid(fields: Fields) -> Pmid | None:
    """The PMID that is named as one, or the accession number of a database that numbers with PMIDs."""
    number = first(fields, "accession-num")
    named = find_pmid(*every(fields, "url", "notes", "label", "custom1"))
    is_medline = any(
        _MEDLINE.search(name) for name in every(fields, "remote-database-name", "remote-database-provider")
    )
    return accession_pmid(number, named, is_medline)

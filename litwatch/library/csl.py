"""What is known of a report as an item of CSL-JSON, the form that citation processors read.

Names of fields from the CSL 1.0.2 specification, appendix IV, and its JSON schema.
"""

import re
from typing import Any

from litwatch.library.pages import is_article_number, whole_pages
from litwatch.library.records import describe_record
from litwatch.model.library import Description, Entry
from litwatch.model.record import Author, Record

Item = dict[str, Any]
"""One work in CSL-JSON."""

_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_LAST_STOP = re.compile(r"(?<!\.)\.(\]?)$")


def csl_item(described: Record | Entry | Description) -> Item:
    """One item of CSL-JSON; what is not known is not in it. Its ``id`` is the PMID, else the DOI, else the place."""
    match described:
        case Record():
            return csl_item(describe_record(described))
        case Entry():
            item = csl_item(described.described)
            return item if item["id"] else item | {"id": f"{described.place.file}-{described.place.entry}"}
    pages = whole_pages(described.pages)
    fields = {
        "id": described.pmid or described.doi or "",
        "type": described.kind.value,
        "title": without_last_stop(described.title),
        "original-title": without_last_stop(described.original_title),
        "author": [_name(author) for author in described.authors],
        "editor": [_name(editor) for editor in described.editors],
        "issued": _date(described),
        "container-title": without_last_stop(described.journal) or described.abbreviation,
        "container-title-short": described.abbreviation,
        "volume": described.volume,
        "issue": described.issue,
        "page": pages,
        "number": pages if is_article_number(pages) else "",
        "edition": described.edition,
        "publisher": described.publisher,
        "publisher-place": described.place,
        "ISSN": described.issn,
        "DOI": described.doi,
        "PMID": described.pmid,
        "PMCID": described.pmcid,
        "URL": described.url,
        "language": described.language,
        "abstract": described.abstract,
        "keyword": ", ".join(described.keywords),
    }
    return {name: value for name, value in fields.items() if value or name == "id"}


def without_last_stop(title: str) -> str:
    """A title without the full stop that PubMed puts after it; an ellipsis stays."""
    return _LAST_STOP.sub(r"\1", title.strip())


def _name(author: Author) -> Item:
    if author.collective:
        return {"literal": author.collective}
    given = author.fore_name or author.initials
    if _INITIALS.fullmatch(given) and given.isupper():
        given = " ".join(given)
    parts = {"family": author.last_name, "given": given, "suffix": author.suffix}
    return {name: part for name, part in parts.items() if part}


def _date(described: Description) -> Item:
    """The date, with what it says that no number can; what stands in place of one as it is."""
    date = described.published
    if date is None:
        return {"literal": described.undated} if described.undated else {}
    parts = {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
    return parts | ({"raw": date.as_printed} if date.as_printed else {})

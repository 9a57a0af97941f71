"""Document summaries of ESummary: a record in few words, as JSON and as DocSum XML.

What the archive does not know (views, citations in PMC, clusters of authors) is empty where the shape needs the field.
"""

import re
from collections.abc import Iterable
from typing import Any

from litwatch.archive.server_bodies import element, envelope, json_body
from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Numbers of PubMed's own, as recorded replies show them.
_ID_TYPE_NUMBERS = {"pubmed": 1, "doi": 3, "pii": 4}
_OTHER_ID_TYPE = 8
_STATUS_NUMBERS = {"epublish": "3", "ppublish": "4", "aheadofprint": "10"}
_STATUS_TEXTS = {
    "MEDLINE": "PubMed - indexed for MEDLINE",
    "PubMed-not-MEDLINE": "PubMed",
    "Publisher": "PubMed - as supplied by publisher",
    "In-Process": "PubMed - in process",
    "In-Data-Review": "PubMed - in process",
}


_MISSING = "cannot get document summary"


def summaries_json(asked: Iterable[tuple[Pmid, Record | None]]) -> bytes:
    """The reply of ESummary with ``retmode=json``; None is a record that is not held."""
    result = {pmid: _summary(record) if record else {"uid": pmid, "error": _MISSING} for pmid, record in asked}
    return json_body("esummary", {"result": {"uids": list(result), **result}})


def summaries_xml(asked: Iterable[tuple[Pmid, Record | None]]) -> bytes:
    """The reply of ESummary, version 1.0."""
    parts = (_docsum(record) if record else element("ERROR", f"UID={pmid}: {_MISSING}") for pmid, record in asked)
    return envelope("esummary", "\n" + "\n".join(parts))


def _summary(record: Record) -> dict[str, Any]:
    """One member of ESummary's ``result``."""
    authors = [author.printed for author in record.authors]
    return {
        "uid": record.pmid,
        "pubdate": _printed(record.published),
        "epubdate": _printed(record.published_online),
        "source": record.journal.abbreviation,
        "authors": [{"name": name, "authtype": "Author", "clusterid": ""} for name in authors],
        "lastauthor": authors[-1] if authors else "",
        "title": record.title,
        "sorttitle": _sortable(record.title),
        **_place(record),
        "pubtype": [kind.name for kind in record.publication_types],
        "recordstatus": _STATUS_TEXTS.get(record.status, record.status),
        "pubstatus": _STATUS_NUMBERS.get(record.publication_status, ""),
        "articleids": [
            {"idtype": kind, "idtypen": _ID_TYPE_NUMBERS.get(kind, _OTHER_ID_TYPE), "value": value}
            for kind, value in record.article_ids
        ],
        "history": [{"pubstatus": entry.event, "date": _stamp(entry.date)} for entry in record.history],
        "references": [
            {"refsource": link.source, "reftype": _spaced(link.ref_type), "pmid": link.pmid or "", "note": link.note}
            for link in record.links
        ],
        "attributes": ["Has Abstract"] if record.abstract else [],
        "pmcrefcount": "",
        "fulljournalname": record.journal.title,
        "elocationid": _location(record),
        "doctype": "chapter" if record.kind == "book" else "citation",
        **_book(record),
        "sortpubdate": _stamp(record.published or record.published_online),
        "sortfirstauthor": authors[0] if authors else "",
        "vernaculartitle": record.vernacular_title,
    }


def _place(record: Record) -> dict[str, Any]:
    journal = record.journal
    return {
        "volume": journal.volume,
        "issue": journal.issue,
        "pages": journal.pages,
        "lang": list(record.languages),
        "nlmuniqueid": journal.nlm_id,
        "issn": journal.issn,
        "essn": "",
    }


def _book(record: Record) -> dict[str, Any]:
    """What ESummary tells of books; all of it is there for articles too, and empty."""
    empty = dict.fromkeys(
        ("edition", "publisherlocation", "srcdate", "reportnumber", "availablefromurl", "locationlabel", "docdate"), ""
    )
    return {
        **empty,
        "srccontriblist": [],
        "doccontriblist": [],
        "booktitle": record.book.title if record.book else "",
        "publishername": record.book.publisher if record.book else "",
        "medium": record.book.medium if record.book else "",
        "bookname": "",
        "chapter": "",
    }


def _docsum(record: Record) -> str:
    """One DocSum of version 1.0, which ``Bio.Entrez.read`` knows."""
    known = _summary(record)
    ids = "".join(_item(entry["idtype"], "String", entry["value"]) for entry in known["articleids"])
    history = "".join(_item(entry["pubstatus"], "Date", entry["date"]) for entry in known["history"])
    references = "".join(_item("Reference", "String", entry["refsource"]) for entry in known["references"])
    items = (
        _item("PubDate", "Date", known["pubdate"]),
        _item("EPubDate", "Date", known["epubdate"]),
        _item("Source", "String", known["source"]),
        _list("AuthorList", "Author", [author["name"] for author in known["authors"]]),
        _item("LastAuthor", "String", known["lastauthor"]),
        _item("Title", "String", known["title"]),
        _item("Volume", "String", known["volume"]),
        _item("Issue", "String", known["issue"]),
        _item("Pages", "String", known["pages"]),
        _list("LangList", "Lang", known["lang"]),
        _item("NlmUniqueID", "String", known["nlmuniqueid"]),
        _item("ISSN", "String", known["issn"]),
        _item("ESSN", "String", known["essn"]),
        _list("PubTypeList", "PubType", known["pubtype"]),
        _item("RecordStatus", "String", known["recordstatus"]),
        _item("PubStatus", "String", record.publication_status),
        f'<Item Name="ArticleIds" Type="List">{ids}</Item>\n',
        f'<Item Name="History" Type="List">{history}</Item>\n',
        f'<Item Name="References" Type="List">{references}</Item>\n',
        _item("HasAbstract", "Integer", str(int(bool(record.abstract)))),
        _item("PmcRefCount", "Integer", ""),
        _item("FullJournalName", "String", known["fulljournalname"]),
        _item("ELocationID", "String", known["elocationid"]),
        _item("SO", "String", _source(record)),
    )
    return f"<DocSum>\n{element('Id', record.pmid)}\n{''.join(items)}</DocSum>\n"


def _item(name: str, kind: str, text: str) -> str:
    return element("Item", text).replace("<Item>", f'<Item Name="{name}" Type="{kind}">', 1) + "\n"


def _list(name: str, of: str, texts: list[str]) -> str:
    return f'<Item Name="{name}" Type="List">{"".join(_item(of, "String", text) for text in texts)}</Item>\n'


def _source(record: Record) -> str:
    """Where it appeared: ``1965 Aug;92(2):188-91``."""
    journal = record.journal
    issue = f"({journal.issue})" if journal.issue else ""
    pages = f":{journal.pages}" if journal.pages else ""
    return f"{_printed(record.published)};{journal.volume}{issue}{pages}"


def _location(record: Record) -> str:
    return f"doi: {record.doi}" if record.doi else ""


def _printed(known: PartialDate | None) -> str:
    """As PubMed prints a date: ``2011 Dec 5``, ``2003 Jul-Aug``, empty when not known."""
    if known is None:
        return ""
    month = f" {_MONTHS[known.month - 1]}" if known.month else ""
    return known.as_printed or f"{known.year}{month}" + (f" {known.day}" if known.day else "")


def _stamp(known: PartialDate | None) -> str:
    """As PubMed sorts dates, which records keep without an hour: ``2011/12/05 00:00``."""
    return f"{known.earliest:%Y/%m/%d} 00:00" if known else ""


def _sortable(title: str) -> str:
    """A title in lower case, without punctuation and without a leading article."""
    words = re.findall(r"\w+", title.lower())
    return " ".join(words[1:] if words[:1] in (["a"], ["an"], ["the"]) else words)


def _spaced(ref_type: str) -> str:
    """``CommentIn`` as ESummary prints it: ``Comment in``."""
    return " ".join(re.findall(r"[A-Z][a-z]+", ref_type)).capitalize()

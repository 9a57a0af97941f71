"""A PubmedArticle or PubmedBookArticle element as a Record."""

from lxml.etree import _Element as Element

from litwatch.errors import ParsingError
from litwatch.model.record import Book, Journal, Record
from litwatch.pubmed import record_fields as read
from litwatch.pubmed.record_layout import ARTICLE, BOOK, Fields, fill
from litwatch.pubmed.text import children


def read_article(element: Element) -> Record:
    """The Record of a PubmedArticle element; ParsingError when it names no PMID."""
    fields: Fields = {}
    fill(fields, element, ARTICLE)
    fields["status"] = next((part.get("Status", "") for part in children(element) if part.tag == "MedlineCitation"), "")
    return _record(fields)


def read_book(element: Element) -> Record:
    """The Record of a PubmedBookArticle element, a chapter or a whole book; ParsingError when it names no PMID.

    A whole book has no ArticleTitle: then its title, its date and, without authors, its editors stand in.
    """
    fields: Fields = {"kind": "book", "status": ""}
    fill(fields, element, BOOK)
    take = fields.pop
    book = Book(take("book_title", ""), take("publisher", ""), take("medium", ""), take("collection", ""))
    editors, date = take("editor_lists", ()), take("book_published", None)
    fields["book"] = book
    fields["title"] = fields.get("title") or book.title
    fields["published"] = fields.get("published") or date
    fields["author_lists"] = fields.get("author_lists") or editors
    return _record(fields)


def _record(fields: Fields) -> Record:
    take = fields.pop
    author_lists, locations = take("author_lists", ()), take("locations", ())
    pmid, version, *_ = take("pmid", (None, 1))
    if pmid is None:
        raise ParsingError("it names no PMID")
    ids = take("article_ids", ()) + locations
    return Record(
        pmid=pmid,
        version=version,
        title=take("title", ""),
        authors=tuple([author for part in author_lists for author in read.read_authors(part)]),
        authors_complete=all(part.get("CompleteYN") != "N" for part in author_lists),
        journal=_journal(fields),
        doi=read.first_doi(locations) or read.first_doi(ids),
        pmcid=read.first_pmcid(ids),
        article_ids=tuple(dict.fromkeys(ids)),
        **fields,
    )


def _journal(fields: Fields) -> Journal:
    take = fields.pop
    abbreviation, iso_abbreviation = take("abbreviation", ""), take("iso_abbreviation", "")
    issn, linking_issn = take("issn", ""), take("linking_issn", "")
    pages, first_page, last_page = take("pages", ""), take("first_page", ""), take("last_page", "")
    return Journal(
        title=take("journal_title", ""),
        abbreviation=abbreviation or iso_abbreviation,
        issn=issn or linking_issn,
        nlm_id=take("nlm_id", ""),
        country=take("country", ""),
        volume=take("volume", ""),
        issue=take("issue", ""),
        pages=pages or "-".join(page for page in (first_page, last_page) if page),
    )

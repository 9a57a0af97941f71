"""Where in PubMed's XML each field stands.

``ARTICLE`` and ``BOOK`` follow NLM's pubmed_250101.dtd. A tag leads to the field that its text fills, to a field with
the reader of its value, or to the table of its children. Every element is walked once: a search per field (find, XPath)
takes about twice the time.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lxml.etree import _Element as Element

from litwatch.pubmed import record_fields as read
from litwatch.pubmed.record_dates import read_date, read_day
from litwatch.pubmed.text import children, text_of

Rule = str | tuple[str, Callable[[Element], object]] | Mapping[str, "Rule"]
Table = Mapping[str, Rule]
Fields = dict[str, Any]
"""What has been read so far, by the names in the tables."""


def fill(fields: Fields, element: Element, table: Table) -> None:
    """Read the children of ``element`` that ``table`` names; what a repeated tag yields as a tuple is appended."""
    for child in children(element):
        rule = table.get(child.tag)
        if rule is None:
            continue
        if isinstance(rule, str):
            fields[rule] = (child.text or "").strip()
        elif isinstance(rule, tuple):
            name, reader = rule
            value = reader(child)
            fields[name] = fields[name] + value if name in fields and isinstance(value, tuple) else value
        else:
            fill(fields, child, rule)


def _itself(element: Element) -> tuple[Element, ...]:
    return (element,)


_ABSTRACT: Table = {
    "AbstractText": ("abstract", read.read_section),
    "CopyrightInformation": ("copyright", text_of),
}
_PAGINATION: Table = {"MedlinePgn": "pages", "StartPage": "first_page", "EndPage": "last_page"}
_HISTORY_AND_IDS: Table = {
    "History": {"PubMedPubDate": ("history", read.read_event)},
    "PublicationStatus": "publication_status",
    "ArticleIdList": ("article_ids", read.read_article_ids),
}
ARTICLE: Table = {
    "MedlineCitation": {
        "PMID": ("pmid", read.read_pmid),
        "DateCompleted": ("completed", read_day),
        "DateRevised": ("revised", read_day),
        "Article": {
            "Journal": {
                "ISSN": "issn",
                "JournalIssue": {"Volume": "volume", "Issue": "issue", "PubDate": ("published", read_date)},
                "Title": "journal_title",
                "ISOAbbreviation": "iso_abbreviation",
            },
            "ArticleTitle": ("title", text_of),
            "Pagination": _PAGINATION,
            "ELocationID": ("locations", read.read_location),
            "Abstract": _ABSTRACT,
            "AuthorList": ("author_lists", _itself),
            "Language": ("languages", read.read_text),
            "DataBankList": ("registry_numbers", read.read_databanks),
            "PublicationTypeList": ("publication_types", read.read_publication_types),
            "VernacularTitle": ("vernacular_title", text_of),
            "ArticleDate": ("published_online", read_day),
        },
        "MedlineJournalInfo": {
            "Country": "country",
            "MedlineTA": "abbreviation",
            "NlmUniqueID": "nlm_id",
            "ISSNLinking": "linking_issn",
        },
        "ChemicalList": ("chemicals", read.read_chemicals),
        "SupplMeshList": ("supplementary", read.read_publication_types),
        "CitationSubset": ("subsets", read.read_text),
        "CommentsCorrectionsList": ("links", read.read_links),
        "MeshHeadingList": ("mesh", read.read_mesh),
        "OtherAbstract": ("other_abstracts", read.read_other_abstract),
        "KeywordList": ("keywords", read.read_keywords),
    },
    "PubmedData": _HISTORY_AND_IDS,
}
BOOK: Table = {
    "BookDocument": {
        "PMID": ("pmid", read.read_pmid),
        "ArticleIdList": ("article_ids", read.read_article_ids),
        "Book": {
            "Publisher": {"PublisherName": ("publisher", text_of)},
            "BookTitle": ("book_title", text_of),
            "PubDate": ("book_published", read_date),
            "AuthorList": ("editor_lists", _itself),
            "Volume": "volume",
            "CollectionTitle": ("collection", text_of),
            "ELocationID": ("locations", read.read_location),
            "Medium": "medium",
        },
        "ArticleTitle": ("title", text_of),
        "VernacularTitle": ("vernacular_title", text_of),
        "Pagination": _PAGINATION,
        "Language": ("languages", read.read_text),
        "AuthorList": ("author_lists", _itself),
        "PublicationType": ("publication_types", read.read_publication_type),
        "Abstract": _ABSTRACT,
        "KeywordList": ("keywords", read.read_keywords),
        "ContributionDate": ("published", read_date),
        "DateRevised": ("revised", read_day),
    },
    "PubmedBookData": _HISTORY_AND_IDS,
}

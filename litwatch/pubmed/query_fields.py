"""PubMed's search fields: which tags exist, what kind of thing each finds, and which an index can answer.

The tags, their long forms and what they cover are those of the PubMed user guide, "Search field tags".
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a term is compared with a field."""

    TEXT = "text"
    HEADING = "heading"
    AUTHOR = "author"
    VALUE = "value"
    LANGUAGE = "language"
    IDENTIFIER = "identifier"
    SUBSET = "subset"
    DATE = "date"
    PMID = "pmid"


@dataclass(frozen=True, slots=True)
class Field:
    """A search field. ``name`` is PubMed's long form, ``index`` the name under which an index knows the field."""

    tag: str
    name: str
    kind: Kind
    index: str
    explodes: bool = False


def _exploding(tag: str, name: str) -> tuple[Field, Field]:
    return (
        Field(tag, name, Kind.HEADING, tag, explodes=True),
        Field(f"{tag}:noexp", f"{name}:noexp", Kind.HEADING, tag),
    )


FIELDS = {
    field.tag: field
    for field in (
        Field("all", "All Fields", Kind.TEXT, "all"),
        Field("tw", "Text Word", Kind.TEXT, "tw"),
        Field("tiab", "Title/Abstract", Kind.TEXT, "tiab"),
        Field("ti", "Title", Kind.TEXT, "ti"),
        Field("ot", "Other Term", Kind.TEXT, "ot"),
        *_exploding("mh", "MeSH Terms"),
        *_exploding("majr", "MeSH Major Topic"),
        *_exploding("sh", "MeSH Subheading"),
        *_exploding("pt", "Publication Type"),
        Field("nm", "Supplementary Concept", Kind.VALUE, "nm"),
        Field("au", "Author", Kind.AUTHOR, "au"),
        Field("1au", "Author - First", Kind.AUTHOR, "1au"),
        Field("lastau", "Author - Last", Kind.AUTHOR, "lastau"),
        Field("ta", "Journal", Kind.VALUE, "ta"),
        Field("vi", "Volume", Kind.VALUE, "vi"),
        Field("ip", "Issue", Kind.VALUE, "ip"),
        Field("pg", "Pagination", Kind.VALUE, "pg"),
        Field("la", "Language", Kind.LANGUAGE, "la"),
        Field("si", "Secondary Source ID", Kind.VALUE, "si"),
        Field("aid", "Article Identifier", Kind.IDENTIFIER, "aid"),
        Field("sb", "Filter", Kind.SUBSET, "sb"),
        Field("pmid", "UID", Kind.PMID, "pmid"),
        Field("dp", "Date - Publication", Kind.DATE, "dp"),
        Field("epdat", "Date - Electronic Publication", Kind.DATE, "epdat"),
        Field("ppdat", "Date - Print Publication", Kind.DATE, "ppdat"),
        Field("crdt", "Date - Create", Kind.DATE, "crdt"),
        Field("edat", "Date - Entry", Kind.DATE, "edat"),
        Field("mhda", "Date - MeSH", Kind.DATE, "mhda"),
    )
}
"""Every field that can be searched, by its short tag."""

# What needs a person at NLM: missing from a record on its first day.
INDEXED_LATER = frozenset({"mh", "majr", "sh", "pt", "nm"})

_ALIASES = {
    "text words": "tw",
    "other terms": "ot",
    "mesh": "mh",
    "mesh:noexp": "mh:noexp",
    "mesh major topics": "majr",
    "mesh subheadings": "sh",
    "subheading": "sh",
    "subheading:noexp": "sh:noexp",
    "ptyp": "pt",
    "ptyp:noexp": "pt:noexp",
    "substance name": "nm",
    "author name": "au",
    "first author": "1au",
    "first author name": "1au",
    "last author": "lastau",
    "last author name": "lastau",
    "jour": "ta",
    "page": "pg",
    "lang": "la",
    "doi": "aid",
    "lid": "aid",
    "location id": "aid",
    "filter": "sb",
    "subset": "sb",
    "uid": "pmid",
    "pdat": "dp",
    "publication date": "dp",
    "date of publication": "dp",
    "electronic date of publication": "epdat",
    "print date of publication": "ppdat",
    "create date": "crdt",
    "entry date": "edat",
    "date-entrez": "edat",
    "entrez date": "edat",
    "mesh date": "mhda",
}

# Fields that PubMed searches and that a record, as litwatch reads it, does not hold or an index does not answer.
_ONLY_PUBMED = {
    "ad": "Affiliation",
    "auid": "Author Identifier",
    "book": "Book",
    "cn": "Corporate Author",
    "cois": "Conflict of Interest Statement",
    "dcom": "Completion Date",
    "ed": "Editor",
    "fau": "Full Author Name",
    "fir": "Full Investigator Name",
    "gr": "Grants and Funding",
    "ir": "Investigator",
    "isbn": "ISBN",
    "jid": "NLM Unique ID",
    "lr": "Modification Date",
    "pa": "Pharmacological Action",
    "pl": "Place of Publication",
    "ps": "Personal Name as Subject",
    "pubn": "Publisher",
    "rn": "EC/RN Number",
    "tt": "Transliterated Title",
}

SUBSETS = frozenset({"all", "hasabstract", "inprocess", "medline", "pubmednotmedline", "publisher"})
"""The values of [sb] that a record itself can tell."""

_LANGUAGES = """
    afr afrikaans alb albanian ara arabic arm armenian aze azerbaijani bos bosnian bul bulgarian cat catalan
    chi chinese cze czech dan danish dut dutch eng english epo esperanto est estonian fin finnish fre french
    geo georgian ger german gla gaelic gre greek heb hebrew hin hindi hrv croatian hun hungarian ice icelandic
    ind indonesian ita italian jpn japanese kin kinyarwanda kor korean lat latin lav latvian lit lithuanian
    mac macedonian mal malayalam mao maori may malay mul multilingual nor norwegian per persian pol polish
    por portuguese pus pushto rum romanian rus russian san sanskrit slo slovak slv slovenian spa spanish srp serbian
    swe swedish tha thai tur turkish ukr ukrainian und undetermined urd urdu vie vietnamese wel welsh
"""
_CODES_AND_NAMES = _LANGUAGES.split()
LANGUAGE_CODES = dict(zip(_CODES_AND_NAMES[1::2], _CODES_AND_NAMES[::2], strict=True))
"""MEDLINE's language codes by English name."""

_SPACED = re.compile(r"\s*([-:/])\s*")


def normal_tag(tag: str) -> str:
    """The spelling under which tags are compared: ``" Date - Publication "`` is ``"date-publication"``."""
    return _SPACED.sub(r"\1", " ".join(tag.casefold().split()))


_BY_SPELLING = (
    FIELDS
    | {normal_tag(field.name): field for field in FIELDS.values()}
    | {spelling: FIELDS[tag] for spelling, tag in _ALIASES.items()}
)
_ONLY_PUBMED_BY_SPELLING = _ONLY_PUBMED | {normal_tag(name): name for name in _ONLY_PUBMED.values()}


def find_field(tag: str) -> Field | None:
    """The field that ``tag`` names in its short or long form, None when it names none that can be searched."""
    return _BY_SPELLING.get(normal_tag(tag))


def find_pubmed_only_field(tag: str) -> str | None:
    """PubMed's name of a field that exists there but cannot be searched here."""
    return _ONLY_PUBMED_BY_SPELLING.get(normal_tag(tag))


def nearest_tag(tag: str) -> str | None:
    """The known tag that an unknown one most resembles, in its short form."""
    spellings = get_close_matches(normal_tag(tag), list(_BY_SPELLING), n=1, cutoff=0.5)
    return _BY_SPELLING[spellings[0]].tag if spellings else None

"""The shapes of E-utilities' replies: values in, bytes out.

The shapes follow recorded replies (biocommons/eutils cassettes, Klortho/Eutils-JSON, Biopython's test files) and the
DTDs that Biopython ships, which ``Bio.Entrez.read`` checks every element against.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

_RECORDS_HEAD = (
    b'<?xml version="1.0" ?>\n'
    b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
    b"<PubmedArticleSet>\n"
)

# utility: root element, name in the document type, DTD. The "eEfetchResult" is NCBI's own slip.
_ENVELOPES = {
    "esearch": ("eSearchResult", "eSearchResult", "esearch 20060628", "20060628/esearch.dtd"),
    "efetch": ("eFetchResult", "eEfetchResult", "efetch 20131226", "20131226/efetch.dtd"),
    "esummary": ("eSummaryResult", "eSummaryResult", "esummary v1 20041029", "20041029/esummary-v1.dtd"),
    "epost": ("ePostResult", "ePostResult", "epost 20090526", "20090526/epost.dtd"),
    "elink": ("eLinkResult", "eLinkResult", "elink 20101123", "20101123/elink.dtd"),
    "einfo": ("eInfoResult", "eInfoResult", "einfo 20190110", "20190110/einfo.dtd"),
}

_FLAGS = ("isdate", "isnumerical", "singletoken", "hierarchy", "ishidden")
_FLAG_TAGS = ("IsDate", "IsNumerical", "SingleToken", "Hierarchy", "IsHidden")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of a search: ``count`` ids matched, ``pmids`` are those from ``retstart`` on.

    ``unknown`` are phrases that no record has; ``messages`` are warnings. ``history`` is (WebEnv, query_key) when the
    whole result was kept.
    """

    count: int
    retstart: int
    pmids: Sequence[int]
    translation: str
    unknown: Sequence[str] = ()
    messages: Sequence[str] = ()
    history: tuple[str, int] | None = None

    @property
    def unknown_quoted(self) -> list[str]:
        """PubMed tells of quoted phrases in another list than of words."""
        return [phrase for phrase in self.unknown if phrase.startswith('"')]

    @property
    def unknown_words(self) -> list[str]:
        """The other ones."""
        return [phrase for phrase in self.unknown if not phrase.startswith('"')]


def envelope(utility: str, content: str) -> bytes:
    """``content`` in the root element of the utility's XML replies."""
    root, name, public, dtd = _ENVELOPES[utility]
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n'
        f'<!DOCTYPE {name} PUBLIC "-//NLM//DTD {public}//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/{dtd}">\n'
        f"<{root}>{content}</{root}>\n"
    ).encode()


def element(tag: str, text: object) -> str:
    """One element with a text."""
    return f"<{tag}>{escape(str(text))}</{tag}>"


def elements(tag: str, texts: Iterable[object]) -> str:
    """One element for each text."""
    return "".join(element(tag, text) for text in texts)


def json_body(utility: str, members: dict[str, Any]) -> bytes:
    """``members`` behind the header of the utility's JSON replies."""
    return json.dumps({"header": {"type": utility, "version": "0.3"}, **members}, ensure_ascii=False).encode()


def error_body(utility: str, message: str, *, as_json: bool) -> bytes:
    """``message`` in the place where the utility reports errors."""
    if utility == "ecitmatch":  # whose replies are lines of text; of its errors nothing is documented
        return element("ERROR", message).encode()
    if not as_json:
        return envelope(utility, f"\n\t{element('ERROR', message)}\n")
    if utility == "esummary":
        return json_body(utility, {"esummaryresult": [message]})
    if utility == "elink":
        return json_body(utility, {"ERROR": message})
    body = json_body(utility, {f"{utility}result": {"ERROR": message}})
    # PubMed writes a line break inside of the string as it is, which makes the JSON invalid; clients must cope.
    return body.replace(b"\\n", b"\n")


def article_set(records: Iterable[bytes]) -> bytes:
    """The XML of single records as one PubmedArticleSet."""
    return b"".join((_RECORDS_HEAD, b"\n".join(records), b"</PubmedArticleSet>\n"))


def search_xml(page: SearchPage) -> bytes:
    """The reply of ESearch."""
    content = [element("Count", page.count), element("RetMax", len(page.pmids)), element("RetStart", page.retstart)]
    if page.history:
        content += [element("QueryKey", page.history[1]), element("WebEnv", page.history[0])]
    ids = "\n".join(f"<Id>{pmid}</Id>" for pmid in page.pmids)
    content += [f"<IdList>\n{ids}\n</IdList>" if ids else "<IdList/>", "<TranslationSet/>"]
    content.append(element("QueryTranslation", page.translation))
    if page.unknown_words:
        content.append(f"<ErrorList>{elements('PhraseNotFound', page.unknown_words)}</ErrorList>")
    warnings = elements("QuotedPhraseNotFound", page.unknown_quoted) + elements("OutputMessage", page.messages)
    if warnings:
        content.append(f"<WarningList>{warnings}</WarningList>")
    return envelope("esearch", "".join(content))


def search_json(page: SearchPage) -> bytes:
    """The reply of ESearch with ``retmode=json``; numbers are strings there."""
    counts = {"count": str(page.count), "retmax": str(len(page.pmids)), "retstart": str(page.retstart)}
    history = {"querykey": str(page.history[1]), "webenv": page.history[0]} if page.history else {}
    result: dict[str, Any] = {**counts, **history, "idlist": list(map(str, page.pmids))}
    result |= {"translationset": [], "querytranslation": page.translation}
    if page.unknown_words:
        result["errorlist"] = {"phrasesnotfound": page.unknown_words, "fieldsnotfound": []}
    if page.unknown_quoted or page.messages:
        result["warninglist"] = {
            "phrasesignored": [],
            "quotedphrasesnotfound": page.unknown_quoted,
            "outputmessages": list(page.messages),
        }
    return json_body("esearch", {"esearchresult": result})


def count_body(count: int, *, as_json: bool) -> bytes:
    """The reply of ESearch with ``rettype=count``."""
    if as_json:
        return json_body("esearch", {"esearchresult": {"count": str(count)}})
    return envelope("esearch", element("Count", count))


def post_xml(webenv: str, query_key: int) -> bytes:
    """The reply of EPost."""
    return envelope("epost", f"\n\t{element('QueryKey', query_key)}\n\t{element('WebEnv', webenv)}\n")


@dataclass(frozen=True, slots=True)
class LinkSet:
    """The links of ELink from ``pmids``; ``found`` holds (database, link name, ids) where there are ids."""

    pmids: Sequence[int]
    found: Sequence[tuple[str, str, Sequence[str]]]


def links_xml(sets: Iterable[LinkSet]) -> bytes:
    """The reply of ELink."""
    content = []
    for links in sets:
        content.append(f"<LinkSet>{element('DbFrom', 'pubmed')}<IdList>{elements('Id', links.pmids)}</IdList>")
        for database, name, ids in links.found:
            linked = "".join(f"<Link>{element('Id', one)}</Link>" for one in ids)
            content.append(f"<LinkSetDb>{element('DbTo', database)}{element('LinkName', name)}{linked}</LinkSetDb>")
        content.append("</LinkSet>\n")
    return envelope("elink", "\n" + "".join(content))


def links_json(sets: Iterable[LinkSet]) -> bytes:
    """The reply of ELink with ``retmode=json``."""
    members = []
    for links in sets:
        member: dict[str, Any] = {"dbfrom": "pubmed", "ids": list(map(str, links.pmids))}
        if links.found:
            member["linksetdbs"] = [
                {"dbto": database, "linkname": name, "links": list(ids)} for database, name, ids in links.found
            ]
        members.append(member)
    return json_body("elink", {"linksets": members})


@dataclass(frozen=True, slots=True)
class SearchField:
    """A field of EInfo's list: PubMed's name for it and what it holds; ``flags`` as PubMed sets them."""

    name: str
    full_name: str
    description: str
    flags: str = "NNNNN"


def database_xml(facts: dict[str, str], fields: Iterable[SearchField]) -> bytes:
    """The reply of EInfo on one database; ``facts`` by the names of the elements."""
    told = "".join(element(tag, text) for tag, text in facts.items())
    listed = "\n".join(map(_field_xml, fields))
    return envelope("einfo", f"<DbInfo>{told}<FieldList>\n{listed}\n</FieldList><LinkList/></DbInfo>")


def _field_xml(field: SearchField) -> str:
    names = element("Name", field.name) + element("FullName", field.full_name)
    flags = "".join(element(tag, flag) for tag, flag in zip(_FLAG_TAGS, field.flags, strict=True))
    return f"<Field>{names}{element('Description', field.description)}<TermCount/>{flags}</Field>"


def database_json(facts: dict[str, str], fields: Iterable[SearchField]) -> bytes:
    """The reply of EInfo on one database with ``retmode=json``: a list of one."""
    listed = [
        {
            "name": one.name,
            "fullname": one.full_name,
            "description": one.description,
            "termcount": "",
            **dict(zip(_FLAGS, one.flags, strict=True)),
        }
        for one in fields
    ]
    info = {**{tag.lower(): text for tag, text in facts.items()}, "fieldlist": listed, "linklist": []}
    return json_body("einfo", {"einforesult": {"dbinfo": [info]}})

"""The embedded sample: 66 real PubMed records on ketamine and inflammation, as they stood on a given day.

``sample_data/studies.jsonl`` holds, one record a line, the bibliographic facts that a hand-made catalogue has seen,
and a paraphrase where PubMed has an abstract. What the catalogue has not seen is absent here and absent from the
XML, also where PubMed's DTD asks for the element; nothing stands in its place. The catalogue's reading of the studies
(design, species, sample size, findings, relevance) is left out on purpose: litwatch must find that out itself.

    python -m litwatch.archive.sample PATH_TO_THE_CATALOGUE

writes the file anew.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from litwatch.archive.server_bodies import article_set
from litwatch.model.dates import PartialDate
from litwatch.model.record import PARAPHRASE_LABEL

SAMPLE_STATEMENT = (
    "Made from litwatch's embedded sample: bibliographic facts of 66 real PubMed records on ketamine and inflammation. "
    "Where PubMed has an abstract the sample has a short paraphrase, which is not the publisher's text; a quoted "
    "sentence is a sentence of that paraphrase. What was not seen at a source is left empty."
)
"""What a digest made from the sample must tell its reader."""

REPLAY_STATEMENT = (
    "The sample does not know when PubMed received a record. In a replay a record is there from the last day that its "
    "electronic, else its printed, publication date can mean; a record without a date is always there. A retraction "
    "mark shows from 2025-08-22, the date of the Retraction Watch list in which it was read: that is when the source "
    "was read, not when the article was retracted, which is not known. An erratum or a comment shows from its own date."
)
"""How the sample replays time, for the same reader."""

RETRACTIONS_READ = date(2025, 8, 22)
"""The date of the Retraction Watch list that the retraction marks were read from."""

Facts = dict[str, Any]
"""One line of the embedded file. ``later`` lists what is to be added ``from`` a day on."""

_COPYRIGHT = "A paraphrase made for litwatch's sample. It is not the publisher's abstract."
_DATA = files("litwatch.archive") / "sample_data" / "studies.jsonl"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# As PubMed prints them, seen in the UI attributes of its own files; D065007 in published lists of MeSH publication
# types. A type that is not here ("Clinical Trial Protocol") was not seen with its UI and goes without.
_PUBLICATION_TYPE_UI = {
    "Clinical Trial": "D016430",
    "Comparative Study": "D003160",
    "Journal Article": "D016428",
    "Meta-Analysis": "D017418",
    "Multicenter Study": "D016448",
    "Pragmatic Clinical Trial": "D065007",
    "Randomized Controlled Trial": "D016449",
    "Research Support, N.I.H., Extramural": "D052061",
    "Research Support, Non-U.S. Gov't": "D013485",
    "Retracted Publication": "D016441",
    "Retraction Notice": "D016440",
    "Review": "D016454",
    "Systematic Review": "D000078182",
}


def sample_xml(as_of: date | None = None) -> bytes:
    """The sample as a PubmedArticleSet, as PubMed held it at the end of ``as_of``; None is all that is known.

    The catalogue has no entry dates, hence the replay that REPLAY_STATEMENT tells. Everything else of a record is as
    the catalogue has it, on every day. No record carries history dates, so nothing can be searched by ``[crdt]``.
    """
    visible = (facts for facts in _embedded() if as_of is None or _first_day(facts) <= as_of)
    return article_set(tostring(_article(_as_it_stood(facts, as_of)), encoding="utf-8") for facts in visible)


def _embedded() -> Iterator[Facts]:
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _first_day(facts: Facts) -> date:
    printed = facts.get("epub_date") or facts.get("pub_date")
    return _partial_date(printed).latest if printed else date.min


def _as_it_stood(facts: Facts, as_of: date | None) -> Facts:
    stood = dict(facts)
    for addition in stood.pop("later", []):
        if as_of is None or date.fromisoformat(addition["from"]) <= as_of:
            stood["publication_types"] = stood.get("publication_types", []) + addition.get("publication_types", [])
            stood["links"] = stood.get("links", []) + addition.get("links", [])
    return stood


def _article(facts: Facts) -> Element:
    article = Element("PubmedArticle")
    citation = SubElement(article, "MedlineCitation")
    SubElement(citation, "PMID", Version="1").text = facts["pmid"]
    citation.append(_bibliography(facts))
    if "journal_abbrev" in facts:
        SubElement(SubElement(citation, "MedlineJournalInfo"), "MedlineTA").text = facts["journal_abbrev"]
    citation.extend(_links(facts))
    citation.extend(_mesh(facts))
    if "keywords" in facts:
        keywords = SubElement(citation, "KeywordList", Owner="NOTNLM")
        _texts(keywords, "Keyword", facts["keywords"])
    article.append(_identifiers(facts))
    return article


def _bibliography(facts: Facts) -> Element:
    article = Element("Article")
    article.append(_journal(facts))
    SubElement(article, "ArticleTitle").text = facts.get("title", "")
    if "pages" in facts:
        SubElement(SubElement(article, "Pagination"), "MedlinePgn").text = facts["pages"]
    abstract = SubElement(article, "Abstract")
    SubElement(abstract, "AbstractText", Label=PARAPHRASE_LABEL, NlmCategory="UNASSIGNED").text = facts["paraphrase"]
    SubElement(abstract, "CopyrightInformation").text = _COPYRIGHT
    article.extend(_authors(facts))
    SubElement(article, "Language").text = facts["language"]
    article.extend(_registry_numbers(facts))
    types = SubElement(article, "PublicationTypeList")
    for name in facts.get("publication_types", []):
        SubElement(types, "PublicationType", UI=_PUBLICATION_TYPE_UI.get(name, "")).text = name
    if "epub_date" in facts:
        electronic = SubElement(article, "ArticleDate", DateType="Electronic")
        _write_date(electronic, facts["epub_date"], month_names=False)
    return article


def _journal(facts: Facts) -> Element:
    journal = Element("Journal")
    issue = SubElement(journal, "JournalIssue")
    for tag, key in (("Volume", "volume"), ("Issue", "issue")):
        if key in facts:
            SubElement(issue, tag).text = facts[key]
    if "pub_date" in facts:
        _write_date(SubElement(issue, "PubDate"), facts["pub_date"], month_names=True)
    for tag, key in (("Title", "journal"), ("ISOAbbreviation", "journal_abbrev")):
        if key in facts:
            SubElement(journal, tag).text = facts[key]
    return journal


def _authors(facts: Facts) -> Iterator[Element]:
    """The author list; a name that does not end in initials is a group's."""
    if "authors" not in facts:
        return
    authors = Element("AuthorList", {"CompleteYN": "N"} if "authors_cut" in facts else {})
    for name in facts["authors"]:
        author = SubElement(authors, "Author")
        last_name, _, initials = name.rpartition(" ")
        if initials.isupper():
            SubElement(author, "LastName").text = last_name
            SubElement(author, "Initials").text = initials
        else:
            SubElement(author, "CollectiveName").text = name
    yield authors


def _registry_numbers(facts: Facts) -> Iterator[Element]:
    if "registry_numbers" not in facts:
        return
    databanks = Element("DataBankList")
    databank = SubElement(databanks, "DataBank")
    SubElement(databank, "DataBankName").text = "ClinicalTrials.gov"
    _texts(SubElement(databank, "AccessionNumberList"), "AccessionNumber", facts["registry_numbers"])
    yield databanks


def _links(facts: Facts) -> Iterator[Element]:
    if not facts.get("links"):
        return
    corrections = Element("CommentsCorrectionsList")
    for link in facts["links"]:
        entry = SubElement(corrections, "CommentsCorrections", RefType=link["ref_type"])
        SubElement(entry, "RefSource").text = link["source"]
    yield corrections


def _mesh(facts: Facts) -> Iterator[Element]:
    """Headings out of "Macrophages/drug effects*": an asterisk marks the part that it ends as a major topic."""
    if "mesh" not in facts:
        return
    headings = Element("MeshHeadingList")
    by_descriptor: dict[str, Element] = {}
    for printed in facts["mesh"]:
        descriptor, _, qualifier = printed.partition("/")
        if descriptor not in by_descriptor:
            by_descriptor[descriptor] = SubElement(headings, "MeshHeading")
            _mesh_part(by_descriptor[descriptor], "DescriptorName", descriptor)
        if qualifier:
            _mesh_part(by_descriptor[descriptor], "QualifierName", qualifier)
    yield headings


def _mesh_part(heading: Element, tag: str, printed: str) -> None:
    major = "Y" if printed.endswith("*") else "N"
    SubElement(heading, tag, UI="", MajorTopicYN=major).text = printed.removesuffix("*")


def _identifiers(facts: Facts) -> Element:
    data = Element("PubmedData")
    ids = SubElement(data, "ArticleIdList")
    for kind, key in (("pubmed", "pmid"), ("doi", "doi"), ("pmc", "pmcid")):
        if key in facts:
            SubElement(ids, "ArticleId", IdType=kind).text = facts[key]
    return data


def _texts(parent: Element, tag: str, texts: Iterable[str]) -> None:
    for text in texts:
        SubElement(parent, tag).text = text


def _write_date(parent: Element, iso: str, *, month_names: bool) -> None:
    known = _partial_date(iso)
    SubElement(parent, "Year").text = f"{known.year:04d}"
    if known.month is not None:
        SubElement(parent, "Month").text = _MONTHS[known.month - 1] if month_names else f"{known.month:02d}"
    if known.day is not None:
        SubElement(parent, "Day").text = f"{known.day:02d}"


def _partial_date(iso: str) -> PartialDate:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None)


# --- From the catalogue to the embedded file ---

_KEPT = (
    "pmid", "title", "authors", "journal", "journal_abbrev", "volume", "issue", "pages", "pub_date", "epub_date",
    "doi", "pmcid", "language", "publication_types", "mesh", "keywords",
)  # fmt: skip
_LINKS = {"comment_in": "CommentIn", "erratum_in": "ErratumIn", "retraction_in": "RetractionIn"}

# The catalogue's notes say of these that their sources show only some of the authors.
_AUTHORS_CUT = frozenset({"15228231", "36758932", "39706223"})

# Where summaries begin to tell what befell the work later. The record's own marks and links tell it, from their day on.
_LATER_CLAUSES = ("; PubMed now marks", "; a correction was published")

# The catalogue opens the summaries of off-topic studies with its verdict, which is no part of the paraphrase.
_VERDICT = "Near miss: "
_PRINTED_DATE = re.compile(r"\b(\d{4})(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?\b")
_NCT = re.compile(r"\bNCT\d{8}\b")


def embedded_lines(catalogue: Iterable[str]) -> Iterator[str]:
    """The lines of the embedded file, by PMID, from the lines of the catalogue (JSON, one study each)."""
    studies = [study for study in map(json.loads, catalogue) if study["pmid"]]
    for study in sorted(studies, key=lambda study: int(study["pmid"])):
        yield json.dumps(_facts(study), ensure_ascii=False)


def _facts(study: Facts) -> Facts:
    """What is embedded of one study; null and empty fields are left out."""
    facts = {key: study[key] for key in _KEPT if study[key]}
    if "title" not in study["verified"]:
        del facts["title"]  # the catalogue's own wording stands there, no title was seen
    if study["pmid"] in _AUTHORS_CUT:
        facts["authors_cut"] = True
    if numbers := _NCT.findall(study["note"] or ""):
        facts["registry_numbers"] = numbers
    facts["paraphrase"] = _paraphrase(study["summary"])
    if later := [*_later_mark(facts), *_later_links(study)]:
        facts["later"] = later
    return facts


def _paraphrase(summary: str) -> str:
    """The summary without the catalogue's verdict and without what befell the work later."""
    for clause in _LATER_CLAUSES:
        before, found, _ = summary.partition(clause)
        summary = f"{before}." if found else summary
    return _capitalised(summary.removeprefix(_VERDICT))


def _later_mark(facts: Facts) -> Iterator[Facts]:
    mark = "Retracted Publication"
    if mark in facts.get("publication_types", []):
        facts["publication_types"] = [name for name in facts["publication_types"] if name != mark]
        yield {"from": RETRACTIONS_READ.isoformat(), "publication_types": [mark]}


def _later_links(study: Facts) -> Iterator[Facts]:
    for key, ref_type in _LINKS.items():
        if source := study.get(key):
            known_from = RETRACTIONS_READ if ref_type == "RetractionIn" else _date_in(source)
            yield {"from": known_from.isoformat(), "links": [{"ref_type": ref_type, "source": source}]}


def _date_in(source: str) -> date:
    """The last day that the date in a printed source may mean: "PLoS One. 2018 Dec 13;…"."""
    found = _PRINTED_DATE.search(source)
    if found is None:
        raise ValueError(f"no date in {source!r}")
    year, month, day = found.groups()
    return PartialDate(int(year), _MONTHS.index(month) + 1 if month else None, int(day) if day else None).latest


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    catalogue = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    Path(str(_DATA)).write_text("".join(f"{line}\n" for line in embedded_lines(catalogue)), encoding="utf-8")

"""The parts that articles and books share: one XML element in, one value of the model out.

Element and attribute names are those of NLM's pubmed_250101.dtd. Every element is walked once: a search per field
(find, XPath) costs about twice the time.
"""

import re

from lxml.etree import _Element as Element

from litwatch.errors import ParsingError
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.record import (
    AbstractSection,
    Author,
    Chemical,
    HistoryDate,
    Link,
    MeshHeading,
    OtherAbstract,
    PublicationType,
    Qualifier,
    RegistryNumber,
)
from litwatch.pubmed.record_dates import read_day
from litwatch.pubmed.text import children, plain, text_of

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?$", re.ASCII)


def read_pmid(element: Element) -> tuple[Pmid, int]:
    """Read a PMID and its version, 1 when that is not given; ParsingError when it is none."""
    text, version = plain(element), element.get("Version", "1")
    try:
        return Pmid(text), int(version)
    except ValueError as error:
        raise ParsingError(f"it has no usable PMID: {text!r}, version {version!r}") from error


def read_text(element: Element) -> tuple[str, ...]:
    """The element's own text as a tuple of one, or of none when it is blank."""
    text = text_of(element)
    return (text,) if text else ()


def read_keywords(element: Element) -> tuple[str, ...]:
    """Read a KeywordList; blank keywords are left out."""
    return tuple([text for keyword in children(element) if (text := text_of(keyword))])


def read_section(element: Element) -> tuple[AbstractSection, ...]:
    """Read one AbstractText. Some carry their text in the label alone; one with neither is none."""
    section = AbstractSection(element.get("Label", ""), element.get("NlmCategory", ""), text_of(element))
    return (section,) if section.text or section.label else ()


def read_other_abstract(element: Element) -> tuple[OtherAbstract, ...]:
    """Read an OtherAbstract; English unless it says otherwise (the DTD's default)."""
    sections = [section for part in children(element) if part.tag == "AbstractText" for section in read_section(part)]
    return (OtherAbstract(element.get("Type", ""), element.get("Language", "eng"), tuple(sections)),)


def read_authors(element: Element) -> tuple[Author, ...]:
    """Read an AuthorList, without the misspelt names that a correction replaced (ValidYN="N")."""
    return tuple([_author(author) for author in children(element) if author.get("ValidYN") != "N" and len(author)])


def _author(element: Element) -> Author:
    last_name = fore_name = initials = suffix = collective = orcid = ""
    for part in children(element):
        tag = part.tag
        if tag == "LastName":
            last_name = part.text or ""
        elif tag == "ForeName":
            fore_name = part.text or ""
        elif tag == "Initials":
            initials = part.text or ""
        elif tag == "Identifier":
            # The identifiers inside AffiliationInfo are institutions (GRID, ROR, ISNI), never this person's.
            if part.get("Source") == "ORCID":
                orcid = _normal_orcid(plain(part))
        elif tag == "Suffix":
            suffix = text_of(part)
        elif tag == "CollectiveName":
            collective = text_of(part)
    return Author(last_name, fore_name, initials, suffix, collective, orcid)


def _normal_orcid(text: str) -> str:
    """``0000-0002-1825-0097``, however it was written (address, no hyphens); empty when it is none."""
    match = _ORCID.search(text)
    return "-".join(match.groups()).upper() if match else ""


def read_publication_type(element: Element) -> tuple[PublicationType, ...]:
    """Read one PublicationType or SupplMeshName."""
    return (PublicationType(element.get("UI", ""), text_of(element)),)


def read_publication_types(element: Element) -> tuple[PublicationType, ...]:
    """Read a PublicationTypeList or a SupplMeshList."""
    return tuple([PublicationType(part.get("UI", ""), plain(part)) for part in children(element)])


def read_mesh(element: Element) -> tuple[MeshHeading, ...]:
    """Read a MeshHeadingList: in each heading a DescriptorName, then its QualifierNames."""
    return tuple([_heading(*children(heading)) for heading in children(element) if len(heading)])


def _heading(descriptor: Element, *qualifiers: Element) -> MeshHeading:
    return MeshHeading(
        descriptor.get("UI", ""),
        plain(descriptor),
        descriptor.get("MajorTopicYN") == "Y",
        tuple([Qualifier(part.get("UI", ""), plain(part), part.get("MajorTopicYN") == "Y") for part in qualifiers])
        if qualifiers
        else (),
    )


def read_chemicals(element: Element) -> tuple[Chemical, ...]:
    """Read a ChemicalList."""
    return tuple([read_chemical(chemical) for chemical in children(element)])


def read_chemical(element: Element) -> Chemical:
    """Read a Chemical."""
    ui = name = number = ""
    for part in children(element):
        if part.tag == "NameOfSubstance":
            ui, name = part.get("UI", ""), plain(part)
        elif part.tag == "RegistryNumber":
            number = plain(part)
    return Chemical(ui, name, number)


def read_databanks(element: Element) -> tuple[RegistryNumber, ...]:
    """Read a DataBankList: each accession number with the name of its databank."""
    numbers = []
    for databank in children(element):
        name = ""
        for part in children(databank):
            if part.tag == "DataBankName":
                name = text_of(part)
            else:
                numbers += [RegistryNumber(name, text) for accession in children(part) if (text := text_of(accession))]
    return tuple(numbers)


def read_links(element: Element) -> tuple[Link, ...]:
    """Read a CommentsCorrectionsList."""
    links = []
    for entry in children(element):
        parts = {part.tag: text_of(part) for part in children(entry)}
        links.append(
            Link(
                entry.get("RefType", ""),
                _pmid_or_none(parts.get("PMID", "")),
                parts.get("RefSource", ""),
                parts.get("Note", ""),
            )
        )
    return tuple(links)


def _pmid_or_none(text: str) -> Pmid | None:
    try:
        return Pmid(text)
    except ValueError:
        return None


def read_event(element: Element) -> tuple[HistoryDate, ...]:
    """Read one PubMedPubDate without its time of day; none without a year."""
    date = read_day(element)
    return () if date is None else (HistoryDate(element.get("PubStatus", ""), date),)


def read_article_ids(element: Element) -> tuple[tuple[str, str], ...]:
    """Read an ArticleIdList as it stands; an id without a type is a PMID (the DTD's default)."""
    return tuple([(part.get("IdType", "pubmed"), part.text or "") for part in children(element)])


def read_location(element: Element) -> tuple[tuple[str, str], ...]:
    """Read an ELocationID as a (type, value) pair; one that a correction replaced (ValidYN="N") is none."""
    if element.get("ValidYN") == "N":
        return ()
    return ((element.get("EIdType", ""), text_of(element)),)


def first_doi(ids: tuple[tuple[str, str], ...]) -> Doi | None:
    """The first valid DOI among (type, value) pairs."""
    for kind, value in ids:
        if kind == "doi":
            try:
                return Doi(value)
            except ValueError:
                continue
    return None


def first_pmcid(ids: tuple[tuple[str, str], ...]) -> Pmcid | None:
    """The first valid PMCID among (type, value) pairs; ``PMC1234567.1`` names a version of PMC1234567."""
    for kind, value in ids:
        if kind == "pmc":
            try:
                return Pmcid(value.partition(".")[0])
            except ValueError:
                continue
    return None

"""Records written as a PubmedArticleSet, the elements in the order of PubMed's DTD (pubmed_250101)."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from litwatch.model.dates import PartialDate
from litwatch.model.record import AbstractSection, Author, Record

_HEAD = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


def records_xml(*records: Record, deleted: Iterable[str] = ()) -> bytes:
    """The records, and DeleteCitation for the PMIDs of ``deleted``, as PubMed would send them."""
    root = Element("PubmedArticleSet")
    root.text = "\n"  # also an empty set has an end tag of its own
    for record in records:
        (_write_article if record.kind == "article" else _write_book)(root, record)
    gone = list(deleted)
    if gone:
        withdrawn = SubElement(root, "DeleteCitation")
        for pmid in gone:
            _text(withdrawn, "PMID", pmid, Version="1")
    return _HEAD + tostring(root, encoding="unicode").encode()


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _optional(parent: Element, tag: str, text: str, **attributes: str) -> None:
    if text:
        _text(parent, tag, text, **attributes)


def _date(parent: Element, tag: str, when: PartialDate | None, **attributes: str) -> None:
    if when is None:
        return
    element = SubElement(parent, tag, attributes)
    if when.as_printed:
        _text(element, "MedlineDate", when.as_printed)
        return
    parts = (("Year", when.year, "04d"), ("Month", when.month, "02d"), ("Day", when.day, "02d"))
    for name, value, form in parts:
        if value is not None:
            _text(element, name, format(value, form))


def _write_article(root: Element, record: Record) -> None:
    whole = SubElement(root, "PubmedArticle")
    citation = SubElement(whole, "MedlineCitation", Status=record.status, Owner="NLM")
    _text(citation, "PMID", record.pmid, Version=str(record.version))
    _date(citation, "DateCompleted", record.completed)
    _date(citation, "DateRevised", record.revised)
    _write_description(SubElement(citation, "Article", PubModel="Print"), record)
    info = SubElement(citation, "MedlineJournalInfo")
    _optional(info, "Country", record.journal.country)
    _text(info, "MedlineTA", record.journal.abbreviation)
    _optional(info, "NlmUniqueID", record.journal.nlm_id)
    _optional(info, "ISSNLinking", record.journal.issn)
    _write_indexing(citation, record)
    _write_data(SubElement(whole, "PubmedData"), record, "ppublish")


def _write_description(article: Element, record: Record) -> None:
    journal = SubElement(article, "Journal")
    _optional(journal, "ISSN", record.journal.issn, IssnType="Print")
    issue = SubElement(journal, "JournalIssue", CitedMedium="Print")
    _optional(issue, "Volume", record.journal.volume)
    _optional(issue, "Issue", record.journal.issue)
    _date(issue, "PubDate", record.published)
    _optional(journal, "Title", record.journal.title)
    _optional(journal, "ISOAbbreviation", record.journal.abbreviation)
    _text(article, "ArticleTitle", record.title)
    if record.journal.pages:
        _text(SubElement(article, "Pagination"), "MedlinePgn", record.journal.pages)
    if record.doi:
        _text(article, "ELocationID", record.doi, EIdType="doi", ValidYN="Y")
    _write_abstract(article, "Abstract", record.abstract, notice=record.copyright)
    _write_authors(article, record.authors, complete=record.authors_complete)
    for language in record.languages:
        _text(article, "Language", language)
    if record.registry_numbers:
        databanks = SubElement(article, "DataBankList", CompleteYN="Y")
        for number in record.registry_numbers:
            databank = SubElement(databanks, "DataBank")
            _text(databank, "DataBankName", number.databank)
            _text(SubElement(databank, "AccessionNumberList"), "AccessionNumber", number.accession)
    types = SubElement(article, "PublicationTypeList")
    for kind in record.publication_types:
        _text(types, "PublicationType", kind.name, UI=kind.ui)
    _optional(article, "VernacularTitle", record.vernacular_title)
    _date(article, "ArticleDate", record.published_online, DateType="Electronic")


def _write_abstract(
    parent: Element, tag: str, written: tuple[AbstractSection, ...], *, notice: str = "", **attributes: str
) -> None:
    if not written:
        return
    abstract = SubElement(parent, tag, attributes)
    for section in written:
        named = {"Label": section.label, "NlmCategory": section.category}
        _text(abstract, "AbstractText", section.text, **{name: value for name, value in named.items() if value})
    _optional(abstract, "CopyrightInformation", notice)


def _write_authors(parent: Element, authors: tuple[Author, ...], *, complete: bool) -> None:
    if not authors:
        return
    names = SubElement(parent, "AuthorList", CompleteYN="Y" if complete else "N")
    for author in authors:
        name = SubElement(names, "Author", ValidYN="Y")
        _optional(name, "LastName", author.last_name)
        _optional(name, "ForeName", author.fore_name)
        _optional(name, "Initials", author.initials)
        _optional(name, "Suffix", author.suffix)
        _optional(name, "CollectiveName", author.collective)
        _optional(name, "Identifier", author.orcid, Source="ORCID")


def _write_indexing(citation: Element, record: Record) -> None:
    if record.chemicals:
        chemicals = SubElement(citation, "ChemicalList")
        for chemical in record.chemicals:
            substance = SubElement(chemicals, "Chemical")
            _text(substance, "RegistryNumber", chemical.registry_number)
            _text(substance, "NameOfSubstance", chemical.name, UI=chemical.ui)
    if record.supplementary:
        supplementary = SubElement(citation, "SupplMeshList")
        for concept in record.supplementary:
            _text(supplementary, "SupplMeshName", concept.name, UI=concept.ui, Type="Disease")
    for subset in record.subsets:
        _text(citation, "CitationSubset", subset)
    _write_links(citation, record)
    _write_mesh(citation, record)
    for other in record.other_abstracts:
        _write_abstract(citation, "OtherAbstract", other.sections, Type=other.kind, Language=other.language)
    if record.keywords:
        keywords = SubElement(citation, "KeywordList", Owner="NOTNLM")
        for keyword in record.keywords:
            _text(keywords, "Keyword", keyword, MajorTopicYN="N")


def _write_links(citation: Element, record: Record) -> None:
    if record.links:
        links = SubElement(citation, "CommentsCorrectionsList")
        for link in record.links:
            entry = SubElement(links, "CommentsCorrections", RefType=link.ref_type)
            _text(entry, "RefSource", link.source)
            _optional(entry, "PMID", link.pmid or "", Version="1")
            _optional(entry, "Note", link.note)


def _write_mesh(citation: Element, record: Record) -> None:
    if record.mesh:
        headings = SubElement(citation, "MeshHeadingList")
        for mesh in record.mesh:
            heading = SubElement(headings, "MeshHeading")
            _text(heading, "DescriptorName", mesh.name, UI=mesh.ui, MajorTopicYN="Y" if mesh.major else "N")
            for qualifier in mesh.qualifiers:
                major = "Y" if qualifier.major else "N"
                _text(heading, "QualifierName", qualifier.name, UI=qualifier.ui, MajorTopicYN=major)


def _write_data(data: Element, record: Record, status: str) -> None:
    if record.history:
        history = SubElement(data, "History")
        for entry in record.history:
            _date(history, "PubMedPubDate", entry.date, PubStatus=entry.event)
    _text(data, "PublicationStatus", record.publication_status or status)
    _write_ids(data, record)


def _write_ids(parent: Element, record: Record) -> None:
    ids = SubElement(parent, "ArticleIdList")
    for kind, value in record.article_ids or (("pubmed", str(record.pmid)),):
        _text(ids, "ArticleId", value, IdType=kind)


def _write_book(root: Element, record: Record) -> None:
    whole = SubElement(root, "PubmedBookArticle")
    document = SubElement(whole, "BookDocument")
    _text(document, "PMID", record.pmid, Version=str(record.version))
    _write_ids(document, record)
    if record.book:
        book = SubElement(document, "Book")
        _text(SubElement(book, "Publisher"), "PublisherName", record.book.publisher)
        _text(book, "BookTitle", record.book.title)
        _date(book, "PubDate", record.published)
        _optional(book, "CollectionTitle", record.book.collection)
        _optional(book, "Medium", record.book.medium)
    _text(document, "ArticleTitle", record.title)
    for language in record.languages:
        _text(document, "Language", language)
    _write_authors(document, record.authors, complete=record.authors_complete)
    for kind in record.publication_types:
        _text(document, "PublicationType", kind.name, UI=kind.ui)
    _write_abstract(document, "Abstract", record.abstract, notice=record.copyright)
    _date(document, "DateRevised", record.revised)
    _write_data(SubElement(whole, "PubmedBookData"), record, "ppublish")

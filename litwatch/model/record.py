"""A record: what a database says of a report. Every field is PubMed's statement, none is ours."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from litwatch.model.dates import PartialDate
from litwatch.model.identifiers import Doi, Pmcid, Pmid

PARAPHRASE_LABEL = "PARAPHRASE"
"""Labels an abstract section that is not the publisher's text but a paraphrase (the embedded sample)."""


class Author(NamedTuple):
    """A person or, when ``collective`` is set, a group. Unknown parts are empty."""

    last_name: str = ""
    fore_name: str = ""
    initials: str = ""
    suffix: str = ""
    collective: str = ""
    orcid: str = ""

    @property
    def printed(self) -> str:
        """As PubMed prints it: ``Loix S``, or the name of the group."""
        return self.collective or f"{self.last_name} {self.initials} {self.suffix}".replace("  ", " ").strip()


class AbstractSection(NamedTuple):
    """One paragraph of an abstract; ``label`` and ``category`` (NlmCategory) are empty when unstructured."""

    label: str
    category: str
    text: str


class OtherAbstract(NamedTuple):
    """An abstract in another language or from another body than the publisher."""

    kind: str
    language: str
    sections: tuple[AbstractSection, ...]


class Journal(NamedTuple):
    """Where an article appeared, as far as printed."""

    title: str = ""
    abbreviation: str = ""
    issn: str = ""
    nlm_id: str = ""
    country: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


class Book(NamedTuple):
    """The book that a PubmedBookArticle is a part of."""

    title: str = ""
    publisher: str = ""
    medium: str = ""
    collection: str = ""


class PublicationType(NamedTuple):
    """A publication type; match it by ``ui``, names change."""

    ui: str
    name: str


class Qualifier(NamedTuple):
    """A MeSH subheading; ``major`` is PubMed's asterisk."""

    ui: str
    name: str
    major: bool


class MeshHeading(NamedTuple):
    """A MeSH descriptor with its subheadings; ``major`` is the descriptor's own asterisk."""

    ui: str
    name: str
    major: bool
    qualifiers: tuple[Qualifier, ...] = ()

    @property
    def is_major(self) -> bool:
        """Whether PubMed's ``[majr]`` finds it: the asterisk on the heading or on a subheading."""
        return self.major or any(qualifier.major for qualifier in self.qualifiers)


class Chemical(NamedTuple):
    """A substance; ``registry_number`` is a CAS number, a UNII, an EC number or ``0``."""

    ui: str
    name: str
    registry_number: str


class RegistryNumber(NamedTuple):
    """An accession number in a databank, for example a trial at ClinicalTrials.gov."""

    databank: str
    accession: str


class Link(NamedTuple):
    """One CommentsCorrections entry: how this record stands to another. ``pmid`` is None when not given."""

    ref_type: str
    pmid: Pmid | None
    source: str
    note: str = ""


class HistoryDate(NamedTuple):
    """A date in a record's life; ``event`` is PubStatus: entrez (CRDT), pubmed (EDAT), medline (MHDA), …"""

    event: str
    date: PartialDate


_NO_JOURNAL = Journal()


@dataclass(frozen=True, slots=True)
class Record:
    """One PubMed record of one version.

    ``doi`` and ``pmcid`` are the validated ids of this report; ``article_ids`` holds every (type, value) pair
    as given. Text fields are the text of the whole subtree, inline markup dropped. ``title`` of a translated
    record keeps PubMed's brackets; ``vernacular_title`` is the original.
    """

    pmid: Pmid
    version: int
    status: str
    title: str
    kind: Literal["article", "book"] = "article"
    vernacular_title: str = ""
    abstract: tuple[AbstractSection, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    copyright: str = ""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    journal: Journal = _NO_JOURNAL
    book: Book | None = None
    published: PartialDate | None = None
    published_online: PartialDate | None = None
    completed: PartialDate | None = None
    revised: PartialDate | None = None
    history: tuple[HistoryDate, ...] = ()
    languages: tuple[str, ...] = ()
    publication_types: tuple[PublicationType, ...] = ()
    publication_status: str = ""
    mesh: tuple[MeshHeading, ...] = ()
    supplementary: tuple[PublicationType, ...] = ()
    chemicals: tuple[Chemical, ...] = ()
    keywords: tuple[str, ...] = ()
    subsets: tuple[str, ...] = ()
    registry_numbers: tuple[RegistryNumber, ...] = ()
    links: tuple[Link, ...] = ()
    doi: Doi | None = None
    pmcid: Pmcid | None = None
    article_ids: tuple[tuple[str, str], ...] = ()

    @property
    def abstract_text(self) -> str:
        """The abstract as one text, labels in front of their sections."""
        return "\n".join(
            f"{section.label}: {section.text}" if section.label and not self.is_paraphrase else section.text
            for section in self.abstract
        )

    @property
    def is_paraphrase(self) -> bool:
        """Whether the abstract is a paraphrase standing where the publisher's text would."""
        return any(section.label == PARAPHRASE_LABEL for section in self.abstract)

    @property
    def year(self) -> int | None:
        """The year of the printed publication date, else of the electronic one."""
        known = self.published or self.published_online
        return known.year if known else None

    def event(self, name: str) -> PartialDate | None:
        """The date of a history event, None when the record has none: ``entrez`` is CRDT, ``medline`` MHDA."""
        return next((entry.date for entry in self.history if entry.event == name), None)


class UnparsableRecord(NamedTuple):
    """A record that could not be read. ``pmid`` is None when even that is unreadable."""

    pmid: Pmid | None
    reason: str


class DeletedRecord(NamedTuple):
    """A PMID that PubMed withdrew (DeleteCitation in an update file)."""

    pmid: Pmid
    version: int


class Parsed(NamedTuple):
    """One thing read from PubMed XML, with the bytes that it was read from."""

    value: Record | UnparsableRecord | DeletedRecord
    xml: bytes

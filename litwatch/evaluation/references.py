"""How well reference strings are resolved, each against a PubMed on loopback that holds its work among others.

The strings are of reference lists of real articles, each with the PMID that its publisher gave, and each work is
written in two ways or more. Full records of the works are not part of the data. So the most complete string of a work,
as its publisher marked its parts up, becomes the work's record, and the other strings are resolved, never that one. A
string that is letter for letter another of its work is left out. PMIDs, DOIs, PMCIDs and addresses are hidden first.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from litwatch.article.reference_ids import take_identifiers
from litwatch.errors import UnreadableData
from litwatch.identity.folding import fold
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.watch import CitedReference
from litwatch.pipeline.places import Places
from litwatch.pipeline.references import look_up_reference
from litwatch.ports import Source
from litwatch.wiring import serve_archive

FILE = Path("refs") / "reference_strings.jsonl.gz"
"""One JSON object a line: raw, pmid, doi, and as marked up by the publisher authors, year, title, source, volume, …"""

TUNED, UNSEEN = "tuned on", "unseen"
_BATCH = 100
_FEWEST_WORDS = 3
_WORDS_OF_NAME = 2
_INITIALS = re.compile(r"(.*?\S)\s+((?:[^\W\d_a-z][.\s-]*){1,4})")
_MARKED = ("authors", "year", "title", "source", "volume", "fpage", "lpage")

Row = dict[str, Any]


class Cited(NamedTuple):
    """A reference string with its identifiers hidden, the PMID that it means, and whether it says enough.

    Enough is a title of three words, or an author, the year, the journal and a volume or page: by the publisher's
    markup, before litwatch has read anything.
    """

    pmid: str
    text: str
    is_enough: bool

    @property
    def half(self) -> str:
        """Half of the works were looked at when rules and thresholds were chosen, by a hash of the PMID."""
        return (TUNED, UNSEEN)[sha256(self.pmid.encode()).digest()[0] % 2]


class Outcome(NamedTuple):
    """What became of a string."""

    cited: Cited
    match: ReferenceMatch

    @property
    def kind(self) -> str:
        """Right, wrong, unsure or unresolved."""
        if self.match.state is ReferenceState.RESOLVED:
            return "right" if self.match.pmid == self.cited.pmid else "wrong"
        return str(self.match.state)


@dataclass(frozen=True, slots=True)
class Strings:
    """The data of the measure. ``records`` is a PubmedArticleSet; ``left_out`` counts strings that repeat another."""

    records: bytes
    works: int
    cited: tuple[Cited, ...]
    left_out: int


def read_strings(folder: Path) -> Strings:
    """Records and strings of the data in ``folder``; UnreadableData when they are not there or cannot be read."""
    works = defaultdict[str, list[Row]](list)
    for row in _rows(folder / FILE):
        works[row["pmid"]].append(row)
    if not works:
        raise UnreadableData(f"{folder / FILE}: no string in it")
    articles, cited, left_out = [], [], 0
    for pmid, rows in works.items():
        best = max(rows, key=_completeness)
        articles.append(tostring(_article(pmid, best), encoding="unicode"))
        seen = {fold(best["raw"])}
        for row in rows:
            if fold(row["raw"]) in seen:
                left_out += row is not best
                continue
            seen.add(fold(row["raw"]))
            cited.append(Cited(pmid, _hidden(row), _is_enough(row)))
    records = f"<PubmedArticleSet>\n{''.join(articles)}</PubmedArticleSet>\n".encode()
    return Strings(records, len(works), tuple(cited), left_out)


@contextmanager
def served(strings: Strings, others: Sequence[Path]) -> Iterator[Source]:
    """PubMed on loopback with the records of the strings and those of ``others``, PubMed XML files."""
    with TemporaryDirectory(prefix="litwatch-references-") as scratch:
        own = Path(scratch) / "works.xml"
        own.write_bytes(strings.records)
        with serve_archive(Path(scratch) / "archive.db", (*others, own)) as source:
            yield source


def resolve_all(
    source: Source, cited: Sequence[Cited], tell: Callable[[int, int], None], *, is_absent: bool = False
) -> Iterator[Outcome]:
    """What each string means, looked up as a run does it, places a hundred at a time.

    ``is_absent`` looks each up as if PubMed did not hold its work, so that whatever it is resolved to is wrong.
    """
    for start in range(0, len(cited), _BATCH):
        batch = cited[start : start + _BATCH]
        references = [CitedReference(f"R{start + number}", one.text) for number, one in enumerate(batch, 1)]
        places = Places(source, references)
        for one, reference in zip(batch, references, strict=True):
            absent = frozenset((Pmid(one.pmid),)) if is_absent else frozenset()
            match, _ = look_up_reference(reference, "", source, None, absent, places=places)
            yield Outcome(one, match)
        tell(min(start + _BATCH, len(cited)), len(cited))


def _rows(file: Path) -> Iterator[Row]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not {"raw", "pmid", "doi", *_MARKED} <= row.keys():
                    raise UnreadableData(f"{file}: line {number} lacks one of raw, pmid, doi, {', '.join(_MARKED)}")
                yield row
    except (OSError, EOFError, ValueError, AttributeError) as error:
        raise UnreadableData(f"{file}: {error}") from error


def _completeness(row: Row) -> tuple[int, bool, int, int]:
    """How much of a record a string makes; one with given names written out comes after those with initials."""
    has_initials = all(len(name.split()) == _WORDS_OF_NAME for name in row["authors"][:1])
    return sum(bool(row[name]) for name in _MARKED), has_initials, len(row["authors"]), len(row["title"] or "")


def _is_enough(row: Row) -> bool:
    if len((row["title"] or "").split()) >= _FEWEST_WORDS:
        return True
    return bool(row["authors"] and row["year"] and row["source"] and (row["volume"] or row["fpage"]))


def _hidden(row: Row) -> str:
    text = row["raw"]
    for identifier in filter(None, (row["doi"], row["pmid"])):
        text = text.replace(identifier, " ")
    _, text = take_identifiers(text)
    return text


def _article(pmid: str, row: Row) -> Element:
    article = Element("PubmedArticle")
    citation = SubElement(article, "MedlineCitation")
    SubElement(citation, "PMID", Version="1").text = pmid
    described = SubElement(citation, "Article")
    journal = SubElement(described, "Journal")
    issue = SubElement(journal, "JournalIssue")
    _text(issue, "Volume", row["volume"])
    if re.match("[0-9]{4}", row["year"] or ""):
        SubElement(SubElement(issue, "PubDate"), "Year").text = row["year"][:4]
    _text(journal, "Title", row["source"])
    _text(described, "ArticleTitle", row["title"] or "")
    if row["fpage"]:
        SubElement(SubElement(described, "Pagination"), "MedlinePgn").text = "-".join(
            filter(None, (row["fpage"], row["lpage"]))
        )
    if row["authors"]:
        authors = SubElement(described, "AuthorList")
        for name in row["authors"]:
            _author(authors, name)
    SubElement(described, "Language").text = "eng"
    _text(SubElement(citation, "MedlineJournalInfo"), "MedlineTA", row["source"])
    ids = SubElement(SubElement(article, "PubmedData"), "ArticleIdList")
    SubElement(ids, "ArticleId", IdType="pubmed").text = pmid
    return article


def _author(authors: Element, name: str) -> None:
    author = SubElement(authors, "Author")
    parts = _INITIALS.fullmatch(name.strip())
    if parts:
        SubElement(author, "LastName").text = parts[1]
        SubElement(author, "Initials").text = "".join(filter(str.isalpha, parts[2]))
    else:
        SubElement(author, "LastName").text = name.strip()


def _text(parent: Element, tag: str, text: str | None) -> None:
    if text is not None:
        SubElement(parent, tag).text = " ".join(text.split())

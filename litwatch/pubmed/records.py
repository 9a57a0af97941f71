"""PubMed XML → records, one after the other, in constant memory.

Records are cut out of the bytes by their tags and parsed one by one, without the DOCTYPE: so no DTD is fetched, no
entity is expanded, and a record that cannot be read does not take the next one with it. The list of references, which
may be longer than all the rest and which no stage needs, is cut out before parsing.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from lxml import etree

from litwatch.errors import MalformedBatch, ParsingError
from litwatch.model.identifiers import Pmid
from litwatch.model.record import DeletedRecord, Parsed, Record, UnparsableRecord
from litwatch.pubmed.record_article import read_article, read_book

CHUNK = 2**18
"""Bytes read at a time: little more than a few records, so that memory stays small."""

LARGEST_RECORD = 2**25
"""Bytes; PubMed's largest records, with thousands of authors, stay under a twentieth of it."""

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False, remove_comments=True, remove_pis=True
)
_OPEN = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation)(?=[\s>])")
_CLOSE = {tag: b"</" + tag + b">" for tag in (b"PubmedArticle", b"PubmedBookArticle", b"DeleteCitation")}
_ROOT = re.compile(rb"<(/?)Pubmed(?:Book)?ArticleSet(?:\s[^<>]*)?(/?)>")
_ERROR = re.compile(rb"<ERROR[^<>]*>([^<]*)")
_PMID = rb"<PMID(?:\s+Version=[\"']([0-9]+)[\"'])?[^>]*>\s*([1-9][0-9]{0,8})\s*</PMID>"
_DELETED_PMID = re.compile(_PMID)
_OWN_PMID = re.compile(rb"<(?:MedlineCitation|BookDocument)(?:\s[^<>]*)?>\s*" + _PMID)
_REFERENCES = (b"<ReferenceList", b"</ReferenceList>")


def parse_records(stream: BinaryIO) -> Iterator[Parsed]:
    """Read every record of a PubmedArticleSet; one that cannot be read is an UnparsableRecord.

    Raises MalformedBatch when the bytes are no PubMed XML, or when they end early: then after yielding every record
    that was whole, and saying how far it got.
    """
    buffer, read, records = b"", 0, 0
    surroundings = _Surroundings()
    while chunk := stream.read(CHUNK):
        buffer += chunk
        read += len(chunk)
        position = 0
        for tag, start, end in _cut(buffer):
            surroundings.read(buffer[position:start])
            for parsed in _parse(tag, buffer[start:end]):
                records += 1
                yield parsed
            position = end
        buffer = buffer[position:]
        if len(buffer) > LARGEST_RECORD or (not surroundings.is_pubmed(buffer) and read > CHUNK):
            break
    if not surroundings.is_pubmed(buffer):
        raise MalformedBatch(f"not PubMed XML but {_likeness(buffer)}")
    surroundings.read(buffer)
    if surroundings.depth:
        raise MalformedBatch(f"PubMed XML that ends early, after {records:,} records and {read:,} bytes")


class _Surroundings:
    """What stands around the records: how many sets are open, and whether there was one at all."""

    def __init__(self) -> None:
        self.depth = 0
        self._had_root = False

    def read(self, gap: bytes) -> None:
        """Read what stands between two records; MalformedBatch when it is an error of the server."""
        if len(gap) < 3:
            return
        for root in _ROOT.finditer(gap):
            self._had_root = True
            self.depth += -1 if root[1] else 0 if root[2] else 1
        if error := _ERROR.search(gap):
            raise MalformedBatch(f"PubMed XML with an error in it: {error[1].decode('utf-8', 'replace').strip()}")

    def is_pubmed(self, rest: bytes) -> bool:
        """Whether a set was opened, be it in what has been read or in ``rest``."""
        return self._had_root or _ROOT.search(rest) is not None


def parse_record(xml: bytes) -> Record:
    """The record that the bytes of one element hold, as in ``Parsed.xml``; ParsingError when they hold none."""
    opened = _OPEN.match(xml)
    values = [parsed.value for parsed in _parse(opened[1], xml)] if opened else []
    if len(values) == 1 and isinstance(values[0], Record):
        return values[0]
    raise ParsingError(f"not a PubMed record: {values or xml[:40]!r}")


def _cut(buffer: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The tag, start and end of every whole element in the buffer that is a record or a list of deletions."""
    end = 0
    while (opened := _OPEN.search(buffer, end)) is not None:
        if buffer.rfind(b"<!--", end, opened.start()) > buffer.rfind(b"-->", end, opened.start()):
            end = buffer.find(b"-->", opened.start())  # a record in a comment is none
            if end < 0:
                return
            continue
        closing = _CLOSE[opened[1]]
        found = buffer.find(closing, opened.end())
        if found < 0:
            return
        end = found + len(closing)
        yield opened[1], opened.start(), end


def _parse(tag: bytes, xml: bytes) -> Iterator[Parsed]:
    if tag == b"DeleteCitation":
        for version, pmid in _DELETED_PMID.findall(xml):
            yield Parsed(DeletedRecord(Pmid(pmid.decode()), int(version or 1)), b"")
        return
    try:
        yield Parsed(_read(tag, xml), xml)
    except (etree.XMLSyntaxError, ParsingError, ValueError) as error:
        if _OPEN.search(xml, 1) is None:
            yield Parsed(_unparsable(xml, error), xml)
        else:
            yield from _parse_apart(xml)


def _parse_apart(xml: bytes) -> Iterator[Parsed]:
    """Several records in one piece: where the end of one is missing, it must not take the next one with it."""
    starts = [opened.start() for opened in _OPEN.finditer(xml)]
    for start, end in pairwise([*starts, len(xml)]):
        piece = xml[start:end]
        opened = _OPEN.match(piece)
        try:
            value: Record | UnparsableRecord = _read(opened[1] if opened else b"", piece)
        except (etree.XMLSyntaxError, ParsingError, ValueError) as error:
            value = _unparsable(piece, error)
        yield Parsed(value, piece)


def _read(tag: bytes, xml: bytes) -> Record:
    element = etree.fromstring(_without_references(xml), _PARSER)
    return read_book(element) if tag == b"PubmedBookArticle" else read_article(element)


def _unparsable(xml: bytes, error: Exception) -> UnparsableRecord:
    pmid = _OWN_PMID.search(xml)
    return UnparsableRecord(Pmid(pmid[2].decode()) if pmid else None, str(error))


def _without_references(xml: bytes) -> bytes:
    """Cut from the first opening to the last closing tag, since lists of references nest."""
    opening, closing = _REFERENCES
    start, end = xml.find(opening), xml.rfind(closing)
    return xml[:start] + xml[end + len(closing) :] if 0 <= start < end else xml


def _likeness(body: bytes) -> str:
    """What bytes look like that are no PubMed XML."""
    head = body[:1000].strip()
    if not head:
        return "nothing at all"
    if b"<html" in head.lower():
        return "an HTML page"
    if head[:1] in (b"{", b"["):
        return "JSON"
    return f"something that begins {head[:40]!r}"

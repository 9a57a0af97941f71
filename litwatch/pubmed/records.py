"""PubMed XML → records, one after the other, in constant memory.

Records are cut out of the bytes by their tags and parsed one by one, without the DOCTYPE: so no DTD is fetched, no
entity is expanded, and a record that cannot be read does not take the next one with it. The list of references, which
may be longer than all the rest and which no stage needs, is cut out before parsing.
"""

import re
from collections.abc import Iterator
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
_ROOT = re.compile(rb"<(?:PubmedArticleSet|PubmedBookArticleSet|DeleteCitation|PubmedArticle|PubmedBookArticle)[\s/>]")
_END = re.compile(rb"</Pubmed(?:Book)?ArticleSet\s*>|<Pubmed(?:Book)?ArticleSet[^<>]*/>")
_PMID = re.compile(rb"<PMID(?:\s+Version=[\"']([0-9]+)[\"'])?[^>]*>\s*([1-9][0-9]{0,8})\s*</PMID>")
_REFERENCES = (b"<ReferenceList", b"</ReferenceList>")


def parse_records(stream: BinaryIO) -> Iterator[Parsed]:
    """Read every record of a PubmedArticleSet; one that cannot be read is an UnparsableRecord.

    Raises MalformedBatch when the bytes are no PubMed XML, or when they end early: then after yielding every record
    that was whole, and saying how far it got.
    """
    buffer, read, records = b"", 0, 0
    is_pubmed = is_whole = False
    while chunk := stream.read(CHUNK):
        buffer += chunk
        read += len(chunk)
        is_pubmed = is_pubmed or _ROOT.search(buffer) is not None
        position = 0
        for tag, start, end in _cut(buffer):
            for parsed in _parse(tag, buffer[start:end]):
                records += 1
                yield parsed
            position = end
        is_whole = is_whole or _END.search(buffer, position) is not None
        buffer = buffer[position:] if is_pubmed else buffer
        if len(buffer) > LARGEST_RECORD or (not is_pubmed and read > CHUNK):
            break
    if not is_pubmed:
        raise MalformedBatch(f"not PubMed XML but {_likeness(buffer)}")
    if not is_whole:
        raise MalformedBatch(f"PubMed XML that ends early, after {records:,} records and {read:,} bytes")


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
        closing = _CLOSE[opened[1]]
        found = buffer.find(closing, opened.end())
        if found < 0:
            return
        end = found + len(closing)
        yield opened[1], opened.start(), end


def _parse(tag: bytes, xml: bytes) -> Iterator[Parsed]:
    if tag == b"DeleteCitation":
        for version, pmid in _PMID.findall(xml):
            yield Parsed(DeletedRecord(Pmid(pmid.decode()), int(version or 1)), b"")
        return
    try:
        element = etree.fromstring(_without_references(xml), _PARSER)
        yield Parsed(read_book(element) if tag == b"PubmedBookArticle" else read_article(element), xml)
    except (etree.XMLSyntaxError, ParsingError, ValueError) as error:
        pmid = _PMID.search(xml)
        yield Parsed(UnparsableRecord(Pmid(pmid[2].decode()) if pmid else None, str(error)), xml)


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

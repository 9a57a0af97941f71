"""PubMed XML → records, one after the other, in constant memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from litwatch.errors import MalformedBatch, ParsingError
from litwatch.model.identifiers import Pmid
from litwatch.model.record import DeletedRecord, Parsed, Record, UnparsableRecord
from litwatch.pubmed.record_article import read_article, read_book

CHUNK = 1 << 20
"""Bytes read at a time."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_OPEN = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation)(?=[\s>])")
_ROOT = re.compile(rb"<(PubmedArticleSet|PubmedBookArticleSet)[\s/>]")
_PMID = re.compile(rb"<PMID(?:\s[^>]*?Version=\"(\d+)\")?[^>]*>\s*(\d+)\s*</PMID>")


def parse_records(stream: BinaryIO) -> Iterator[Parsed]:
    """Read every record of a PubmedArticleSet; one that cannot be read is an UnparsableRecord.

    Raises MalformedBatch when the bytes are no PubMed XML or end early, after yielding what was whole.
    """
    buffer = b""
    read = records = 0
    has_root = is_closed = False
    while chunk := stream.read(CHUNK):
        buffer += chunk
        read += len(chunk)
        has_root = has_root or _ROOT.search(buffer) is not None
        if not has_root and read > CHUNK:
            break
        position = 0
        while (opened := _OPEN.search(buffer, position)) is not None:
            closing = b"</" + opened[1] + b">"
            end = buffer.find(closing, opened.end())
            if end < 0:
                position = opened.start()
                break
            position = end + len(closing)
            xml = buffer[opened.start() : position]
            for parsed in _parse(opened[1], xml):
                records += 1
                yield parsed
        rest = buffer[position:]
        is_closed = b"ArticleSet>" in rest or b"ArticleSet/>" in rest
        buffer = rest
    if not has_root:
        raise MalformedBatch(f"this is not PubMed XML: it begins {buffer[:40]!r}")
    if not is_closed:
        raise MalformedBatch(f"PubMed XML that ends early, after {records} records and {read} bytes")


def parse_record(xml: bytes) -> Record:
    """The record of one element's bytes, as ``Parsed.xml`` holds them; ParsingError when it is none."""
    opened = _OPEN.match(xml)
    if opened is None:
        raise ParsingError("not a PubMed record")
    (parsed,) = _parse(opened[1], xml)
    if not isinstance(parsed.value, Record):
        raise ParsingError(f"not a record: {parsed.value}")
    return parsed.value


def _parse(tag: bytes, xml: bytes) -> Iterator[Parsed]:
    if tag == b"DeleteCitation":
        for version, pmid in _PMID.findall(xml):
            yield Parsed(DeletedRecord(Pmid(pmid.decode()), int(version or 1)), b"")
        return
    start, end = xml.find(b"<ReferenceList"), xml.rfind(b"</ReferenceList>")
    short = xml[:start] + xml[end + len(b"</ReferenceList>") :] if 0 <= start < end else xml
    try:
        element = etree.fromstring(short, _PARSER)
        yield Parsed(read_article(element) if tag == b"PubmedArticle" else read_book(element), xml)
    except (etree.XMLSyntaxError, ParsingError, ValueError) as error:
        found = _PMID.search(xml)
        yield Parsed(UnparsableRecord(Pmid(found[2].decode()) if found else None, str(error)), xml)

"""An article as blocks: headings, paragraphs and items of lists, in plain text, Markdown or HTML."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKDOWN_SIGNS = re.compile(r"^#{1,6} \S|^[*-] .*\]\(|\]\(https?://|^```|\*\*\S", re.MULTILINE)
_HTML_SIGNS = re.compile(r"<(?:!doctype html|html|body|p|div|article|h[1-6])[\s>]", re.IGNORECASE)
_SNIFFED = 20_000
_LONGEST_HEADING = 120
_ENDS = frozenset(".!;,)]⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENUMERATED = re.compile(r"\s*(?:\d{1,3}[.)]|[-*•–·])\s")


class Link(NamedTuple):
    """A stretch of a block's text that leads to ``target``."""

    start: int
    end: int
    target: str


class Block(NamedTuple):
    """A stretch of text that is one heading, paragraph or item.

    ``line`` is where it begins in the file, from 1; line breaks in ``text`` are those of the file. ``level`` is 1 to 6
    for a heading and 0 otherwise; ``number`` is the number of an item in an ordered list, else 0.
    """

    text: str
    line: int
    level: int = 0
    number: int = 0
    is_item: bool = False
    links: tuple[Link, ...] = ()


def blocks_of(text: str, name: str) -> Iterator[Block]:
    """The blocks of ``text`` in their order; the ending of ``name`` tells the format, else the text does."""
    ending = name.lower().rpartition(".")[2]
    head = text[:_SNIFFED]
    if ending in ("html", "htm", "xhtml") or (ending not in ("md", "markdown", "txt") and _HTML_SIGNS.search(head)):
        from litwatch.article.blocks_html import html_blocks

        yield from html_blocks(text)
    elif ending in ("md", "markdown") or (ending != "txt" and _MARKDOWN_SIGNS.search(head)):
        from litwatch.article.blocks_markdown import markdown_blocks

        yield from markdown_blocks(text)
    else:
        yield from text_blocks(text)


def text_blocks(text: str) -> Iterator[Block]:
    """Paragraphs between empty lines; a short line alone that ends like no sentence is a heading, the first the title.

    Where none is, the text has no title.
    """
    level = 1
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield from _paragraph(lines, number - len(lines), level)
            lines, level = [], 2


def _paragraph(lines: list[str], line: int, level: int) -> Iterator[Block]:
    first = lines[0].strip()
    is_heading = len(lines) == 1 and len(first) <= _LONGEST_HEADING and first[-1] not in _ENDS and first[0].isalnum()
    if is_heading and not _ENUMERATED.match(lines[0]):
        yield Block(first, line, level=level)
    elif is_heading and level == 1:
        yield Block(first, line, level=level)  # "3 Ways …" begins an article
    else:
        yield Block("\n".join(lines), line)

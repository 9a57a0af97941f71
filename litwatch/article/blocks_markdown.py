"""Markdown → blocks, by markdown-it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from litwatch.article.blocks import Block, Link
from litwatch.article.superscripts import raised

if TYPE_CHECKING:
    from markdown_it.token import Token

_RAISES = {"<sup>": True, "</sup>": False}


def markdown_blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, items and cells; code is left out."""
    from markdown_it import MarkdownIt

    level = number = depth = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            depth += 1
            number = int(token.info) if token.info.isdecimal() else 0
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline":
            written, links = _inline(token.children or [])
            line = token.map[0] + 1 if token.map else 1
            yield Block(written, line, level, number if depth else 0, depth > 0, links)


def _inline(tokens: "list[Token]") -> tuple[str, tuple[Link, ...]]:
    """The text of a block and the links in it; what ``<sup>`` raises is written in raised digits."""
    parts: list[str] = []
    links: list[Link] = []
    length = start = 0
    target = ""
    is_raised = False
    for token in tokens:
        is_raised = _RAISES.get(token.content.lower(), is_raised) if token.type == "html_inline" else is_raised
        written = ""
        if token.type in ("text", "code_inline"):
            written = raised(token.content) if is_raised else token.content
        elif token.type in ("softbreak", "hardbreak"):
            written = "\n"
        elif token.type == "link_open":
            start, target = length, str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            links.append(Link(start, length, target))
        parts.append(written)
        length += len(written)
    return "".join(parts), tuple(links)

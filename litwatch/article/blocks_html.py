"""HTML → blocks, by lxml, which fetches nothing and expands no entity of the file's own."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from litwatch.article.blocks import Block, Link
from litwatch.article.superscripts import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    ("script", "style", "nav", "noscript", "template", "svg", "form", "button", "select", "iframe", "head", "math")
)
_AROUND = frozenset(("header", "footer", "aside"))
"""Left out too, but for a header within the article itself."""

_BLOCKS = frozenset(
    (
        *(
            "p",
            "div",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "td",
            "th",
            "caption",
            "blockquote",
            "section",
        ),
        *(
            "article",
            "main",
            "body",
            "html",
            "header",
            "footer",
            "aside",
            "figure",
            "figcaption",
            "pre",
            "address",
            "hr",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "details", "summary"),
    )
)
_HEADING = re.compile(r"h([1-6])")


class _Writer:
    """Collects the text of a block until the next one begins."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self._parts: list[str] = []
        self._links: list[Link] = []
        self._length = 0
        self._line = 1
        self._level = self._number = 0
        self._is_item = False

    def begin(self, line: int, *, level: int = 0, number: int = 0, is_item: bool = False) -> None:
        """Close the block that is open and begin the next."""
        text = "".join(self._parts)
        if text.strip():
            block = Block(text, self._line, self._level, self._number, self._is_item, tuple(self._links))
            self.done.append(block)
        self._parts, self._links, self._length = [], [], 0
        self._line, self._level, self._number, self._is_item = line, level, number, is_item

    def write(self, text: str | None) -> None:
        """Add to the block that is open."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    @property
    def length(self) -> int:
        """Characters in the open block."""
        return self._length

    def link(self, start: int, target: str) -> None:
        """What was written since ``start`` leads to ``target``."""
        if target and start <= self._length:
            self._links.append(Link(start, self._length, target))


class _Reader:
    """Goes through the elements of a page and writes their texts."""

    def __init__(self) -> None:
        self.writer = _Writer()
        self._anchors: list[tuple[int, str]] = []
        self._numbers: list[int] = []
        self._raised = 0

    def open(self, element: "_Element", tag: str) -> None:
        """The start tag of an element that is not left out."""
        self._raised += tag == "sup"
        self._begin(element, tag)
        if tag == "a":
            self._anchors.append((self.writer.length, element.get("href") or ""))
        self.write(element.text)

    def close(self, element: "_Element", tag: str) -> None:
        """The end tag, and the text behind it."""
        if tag == "a" and self._anchors:
            self.writer.link(*self._anchors.pop())
        elif tag in _BLOCKS:
            self.writer.begin(_line(element))
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        self._raised -= tag == "sup"
        self.write(element.tail)

    def write(self, text: str | None) -> None:
        """Add text, in raised digits within ``<sup>``."""
        self.writer.write(raised(text) if self._raised and text else text)

    def _begin(self, element: "_Element", tag: str) -> None:
        heading = _HEADING.fullmatch(tag)
        if tag in ("ol", "ul"):
            self._numbers.append(_start(element) - 1 if tag == "ol" else -1)
        if tag == "li":
            is_ordered = bool(self._numbers) and self._numbers[-1] >= 0
            if is_ordered:
                self._numbers[-1] += 1
            self.writer.begin(_line(element), number=self._numbers[-1] if is_ordered else 0, is_item=True)
        elif heading:
            self.writer.begin(_line(element), level=int(heading[1]))
        elif tag in _BLOCKS and not (tag in ("p", "div") and _leads_item(element)):
            self.writer.begin(_line(element))
        elif tag == "br":
            self.writer.write("\n")


def html_blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, items and cells; scripts, navigation, headers and footers of the page are left out."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    reader = _Reader()
    skipped: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                reader.write(element.tail)
        elif event == "end":
            reader.close(element, tag)
        elif _is_left_out(element, tag):
            skipped = element
        else:
            reader.open(element, tag)
    reader.writer.begin(0)
    yield from reader.writer.done


def _line(element: "_Element") -> int:
    line: Any = element.sourceline  # the stubs know no int there
    return line or 1


def _start(element: "_Element") -> int:
    written = element.get("start") or "1"
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 1


def _is_left_out(element: "_Element", tag: str) -> bool:
    if tag in _LEFT_OUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return tag in _AROUND and not any(True for _ in element.iterancestors("article", "main"))


def _leads_item(element: "_Element") -> bool:
    """Whether the element is the first in an item, whose number it then keeps."""
    parent = element.getparent()
    if parent is None or parent.tag != "li":
        return False
    return element.getprevious() is None and not (parent.text or "").strip()

"""The text of an XML element."""

import re

from lxml import etree
from lxml.etree import _Element as Element

_LAYOUT = re.compile(r"[ \t\r\n]+")


def text_of(element: Element) -> str:
    """The text of the whole subtree without inline markup; runs of spaces and line breaks become one space."""
    if len(element):
        text = etree.tostring(element, encoding="unicode", method="text", with_tail=False)
    else:
        text = element.text or ""
    if "  " in text or "\n" in text or "\t" in text:
        text = _LAYOUT.sub(" ", text)
    return text.strip()


def children(element: Element) -> list[Element]:
    """The elements in it, as a list: lxml makes one faster than it iterates."""
    return element[:]  # type: ignore[index, return-value] # the stubs know no slices


def plain(element: Element) -> str:
    """The text of an element that can hold no markup (#PCDATA)."""
    return (element.text or "").strip()

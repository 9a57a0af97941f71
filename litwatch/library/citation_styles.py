"""Works set in a citation style. The styles are our own CSL files, in ``styles/`` beside this module."""

import io
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, get_args

from litwatch.library.pages import short_pages

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

Style = Literal["ama", "apa", "vancouver"]
STYLES: tuple[Style, ...] = get_args(Style)

# What the styles print. Another variable is none of theirs, and citeproc-py warns of those it does not know.
_TEXTS = (
    *("type", "title", "container-title", "container-title-short", "volume", "issue", "page", "number"),
    *("edition", "publisher", "publisher-place", "DOI", "URL"),
)
_NAME_PARTS = ("family", "given", "suffix", "literal", "dropping-particle", "non-dropping-particle")

# citeproc-py escapes no variable and reads markup in some: these stand in for the characters until it is done.
_VEILED = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_VEIL = str.maketrans(_VEILED)
_UNVEIL_TEXT = str.maketrans({veiled: character for character, veiled in _VEILED.items()})
_UNVEIL_HTML = str.maketrans({veiled: escape(character) for character, veiled in _VEILED.items()})

_STOP_AFTER_MARK = re.compile(r"([?!](?:</i>)?)\.")


def format_citation(item: Mapping[str, Any], style: Style, as_html: bool = False) -> str:
    """The work that a CSL-JSON ``item`` describes, as an entry of a list of references, on one line.

    As HTML titles of journals and books stand in ``<i>``, and everything else is escaped. What the item lacks is left
    out; APA says "n.d." where there is no year.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    loaded = _load_style(style)
    source = CiteProcJSON([_printable(item, style)])
    form = formatter.html if as_html else formatter.plain
    bibliography = CitationStylesBibliography(loaded, source, form)
    bibliography.register(Citation([CitationItem("work")]))
    printed = "".join(str(entry) for entry in bibliography.bibliography())
    tidy = _STOP_AFTER_MARK.sub(r"\1", " ".join(printed.split()))
    return tidy.translate(_UNVEIL_HTML if as_html else _UNVEIL_TEXT)


@cache
def _load_style(style: Style) -> "CitationStylesStyle":
    from citeproc import CitationStylesStyle

    text = resources.files("litwatch.library").joinpath("styles", f"{style}.csl").read_bytes()
    return CitationStylesStyle(io.BytesIO(text), validate=False)


def _printable(item: Mapping[str, Any], style: Style) -> dict[str, Any]:
    """The part of the item that a style prints."""
    fields: dict[str, Any] = {name: str(item[name]).translate(_VEIL) for name in _TEXTS if item.get(name)}
    if style == "vancouver" and "page" in fields:
        # citeproc-py's "minimal" range cuts 9-91 down to 9-1.
        fields["page"] = short_pages(fields["page"])
    for role in ("author", "editor"):
        names = [_printable_name(name) for name in item.get(role, ())]
        if any(names):
            fields[role] = [name for name in names if name]
    date_parts = [part for part in item.get("issued", {}).get("date-parts", ()) if part]
    if date_parts:
        fields["issued"] = {"date-parts": date_parts[:1]}
    return {"type": "document"} | fields | {"id": "work"}


def _printable_name(name: Mapping[str, Any]) -> dict[str, str]:
    parts = {part: str(name[part]).translate(_VEIL) for part in _NAME_PARTS if name.get(part)}
    return {"literal": parts["literal"]} if "literal" in parts else parts

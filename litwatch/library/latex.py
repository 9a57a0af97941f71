"""LaTeX in BibTeX's values as text, by bibtexparser's decoder."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware

_MARKUP = re.compile(r"[\\$~{}]|--|``|''")
_PLAIN_SPECIAL = re.compile(r"(?<!\\)([%&#])")
_LONGEST = 20_000
_DEEPEST = 50


@lru_cache(maxsize=4096)
def plain_text(value: str) -> str:
    """``value`` without braces, its accents and macros as characters. What is no LaTeX stays as it is.

    A value that is very long or nested very deep only loses its braces: decoding would take too long.
    """
    value = " ".join(value.split())
    if not _MARKUP.search(value):
        return value
    if "\\" not in value and "$" not in value and "~" not in value:
        return without_braces(value)
    if len(value) > _LONGEST or value.count("{") > _DEEPEST + value.count("}") or value.count("{{") > _DEEPEST:
        return without_braces(value)
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    # A percent sign begins a comment in LaTeX, and "&" parts cells; in a reference they mean themselves.
    # The decoder knows "\\textasciicircum" as an accent alone.
    escaped = _PLAIN_SPECIAL.sub(r"\\\1", value.replace("\\textasciicircum{}", "^"))
    block = _decoder().transform_entry(Entry("misc", "", [Field("value", escaped)]), Library())
    return " ".join(str(block.fields[0].value).split()) if isinstance(block, Entry) else without_braces(value)


def without_braces(value: str) -> str:
    """``value`` without the braces that only group."""
    return value.replace("{", "").replace("}", "").strip()


@cache
def _decoder() -> "LatexDecodingMiddleware":
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware(keep_math_mode=False)

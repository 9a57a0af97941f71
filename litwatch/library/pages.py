"""Page ranges as printed: whole ("1199-1205") and shortened ("1199-205")."""

import re

_RANGE = re.compile(r"([A-Za-z]*)(\d+)\s*[-‐-―−]+\s*([A-Za-z]*)(\d+)")
_ARTICLE_NUMBER = re.compile(r"(?:[eE]|CD|[A-Za-z]{1,4}(?=\d{4}))[-\d]\d*(?:\.pub\d+)?|\d{5,}")


def page_range(pages: str) -> tuple[str, str]:
    """First and last page; a last page that leaves out shared digits is completed: 1199-205 ends on 1205.

    What is no plain range is the first page alone.
    """
    match = _RANGE.fullmatch(pages)
    if match is None:
        return pages, ""
    prefix, first, last_prefix, last = match.groups()
    whole = first[: max(0, len(first) - len(last))] + last
    return prefix + first, (last_prefix or prefix) + whole


def whole_pages(pages: str) -> str:
    """A range with its last page completed and a plain hyphen; anything else as it stands."""
    return "-".join(page for page in page_range(pages) if page)


def short_pages(pages: str) -> str:
    """A range of plain numbers without the digits that both pages share, as the NLM prints it: 123-5."""
    first, last = page_range(pages)
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last)) or first == last:
        return "-".join(page for page in (first, last) if page)
    shared = next(at for at, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
    return f"{first}-{last[shared:]}"


def is_article_number(pages: str) -> bool:
    """Whether the locator numbers an article ("e1234", "CD001234", "104512") and no page."""
    return _ARTICLE_NUMBER.fullmatch(pages) is not None

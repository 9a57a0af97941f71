"""What a citation in running text says: "(De Kock et al., 2013)" has a surname, other authors and a year."""

import re
from typing import NamedTuple

_YEAR = re.compile(r"\b((?:18|19|20)[0-9]{2})[a-z]?\b")
_OTHERS = re.compile(r"\bet\.? al\b\.?|\band (?:others|colleagues|co-?workers)\b", re.IGNORECASE)
_UNDATED = re.compile(r"\bin press\b|\bforthcoming\b|\bn\.\s?d\b\.?", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_a-z](?:[.\s-]*[^\W\d_a-z])?(?:[.\s-]*[^\W\d_a-z])?\.?")
_LEADING_INITIALS = re.compile(r"^(?:[^\W\d_a-z]\.[\s-]*)+(?=\w{2})")
_LETTER = re.compile(r"[^\W\d_]")


class CitationText(NamedTuple):
    """A citation taken apart. ``surnames`` are as written, in their order.

    ``initial`` is the letter that stands where a surname should, as in "(S. et al., 2011)"; it is empty when there are
    surnames. ``et_al`` says that more authors are meant than named. ``year`` is None when none is written.
    """

    surnames: tuple[str, ...]
    initial: str
    et_al: bool
    year: int | None


def parse_citation_text(text: str) -> CitationText:
    """Take a citation apart; what cannot be made out is empty or None, nothing is an error."""
    text = " ".join(text.split())
    dated = _YEAR.search(text)
    names = (
        text[: dated.start()]
        if dated and _LETTER.search(text[: dated.start()])
        else _YEAR.sub("", _UNDATED.sub("", text))
    )
    parts = [part.strip(" ()[].:") for part in _BETWEEN_NAMES.split(_OTHERS.sub(",", names))]
    written = [part for part in parts if _LETTER.search(part)]
    surnames = tuple(_LEADING_INITIALS.sub("", part, count=1) for part in written if not _is_initials(part))
    return CitationText(
        surnames=surnames,
        initial="" if surnames or not written else written[0][0].upper(),
        et_al=_OTHERS.search(text) is not None,
        year=int(dated[1]) if dated else None,
    )


def _is_initials(part: str) -> bool:
    """Whether ``part`` is "S", "S." or "J.-P."; "Li" and "Ng" are surnames."""
    return part.isupper() and _INITIALS.fullmatch(part) is not None

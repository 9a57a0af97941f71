"""References as people write them, taken apart: a string in any style in, its parts out.

``read_reference`` is the one front door: it tells a bare identifier, an address, a citation in running text ("(Roe et
al., 2011)") and a full reference apart. Nothing that can be written is an error; what cannot be made out is empty.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from litwatch.article.citation_text import parse_citation_text
from litwatch.article.reference_authors import read_authors
from litwatch.article.reference_ids import Identifiers, take_identifiers
from litwatch.article.reference_place import read_place, year_of
from litwatch.article.reference_tokens import Token, tokens_of
from litwatch.model.identifiers import Doi, Pmcid, Pmid

LONGEST = 4_000
"""Characters of one reference that are read; consortia list authors for longer, and name title and place last."""

_LABEL = re.compile(r"^\s*(?:\[\d{1,6}\]|\(\d{1,6}\)(?=\s*[^\s,;.)])|\d{1,6}[.)](?=\s)|[-*•–](?=\s))\s*")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.])_{1,3}(?!\w)|<[/a-zA-Z][^<>]{0,80}>")
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{8,})[\"“”«»„]")
_SINGLY_QUOTED = re.compile(r"^['‘](.{8,}?)(?:['’],|[,.]['’])\s")
_SENTENCE = re.compile(r"(?<=[\w)\]\"”’'*%])\s?[.?!](?=\s|$)")
_BARE_PMID = re.compile(r"[1-9][0-9]{4,8}")
_GROUP = re.compile(r"^(?:for|on behalf of|in collaboration with) (?:the )?[^.:]{3,80}\.\s+(?=\S)")
_TRAILER = re.compile(
    r"\b(?:Errat(?:um|a)|Corrigendum|Correction|Comments?|Republished|Summary for patients)(?: appears)? in\b.*"
    r"|\[(?:comments?|errat(?:um|a)|see comments?)\b.*"
)
"""What citation managers copy behind a reference: where its erratum or its comments stand."""

_ENDINGS = ("et al", "pubmed central", "pubmed", "crossref", "medline")
_MEDIUM = re.compile(r"\[(?:internet|online|electronic[^\]]{0,30}|abstract|letter|editorial|review)\]", re.IGNORECASE)

_JOURNAL_WORDS = 14
"""No journal's name has more words."""

_QUOTED_JOURNAL_WORDS = 8
"""More words than this behind quotation marks are the title going on: "'Mini-mental state'. A practical method …"."""

_ABBREVIATED = 2
"""A sentence of so many words before the last may be of an abbreviated journal: "J. Pers. Soc. Psychol."."""

_CITATION_WORDS = 14
_CONNECTING_WORDS = "and et al und y others colleagues coworkers workers co in press forthcoming n.d of for the"
_CONNECTING = frozenset(_CONNECTING_WORDS.split())
_SIGNS_OF_CITATION = frozenset(("al", "others", "colleagues", "coworkers", "workers", "press", "forthcoming", "n.d"))
_UNDATED_WORDS = 3
"""More words than this without a year are no names."""

_LEAST_SENTENCE = 3


class Form(StrEnum):
    """The forms in which a work is cited."""

    PMID = "PMID"
    DOI = "DOI"
    PMCID = "PMCID"
    URL = "URL"
    IN_TEXT = "citation in running text"
    REFERENCE = "reference"


class ReferenceParts(NamedTuple):
    """A reference taken apart; what is not written, or cannot be made out, is empty or None.

    ``authors`` are surname first, with initials where they are written ("Loix S"); ``et_al`` says that more are meant.
    ``years`` are all years written, the first the likeliest. ``pages`` may be an article number. ``described`` is title
    and journal as they stand, however ``title`` and ``journal`` were cut out of it, and ``is_cut`` says whether a sign
    marks the cut; without one, ``title`` is all of it.
    """

    form: Form
    text: str
    authors: tuple[str, ...] = ()
    et_al: bool = False
    years: tuple[int, ...] = ()
    title: str = ""
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    identifiers: Identifiers = Identifiers()
    described: str = ""
    is_cut: bool = False

    @property
    def year(self) -> int | None:
        """The likeliest year."""
        return self.years[0] if self.years else None

    @property
    def pmid(self) -> Pmid | None:
        """The PMID written."""
        return self.identifiers.pmid

    @property
    def doi(self) -> Doi | None:
        """The DOI written."""
        return self.identifiers.doi

    @property
    def pmcid(self) -> Pmcid | None:
        """The PMCID written."""
        return self.identifiers.pmcid


def identifiers_of(text: str) -> Identifiers:
    """The identifiers in ``text`` as ``read_reference`` finds them, without taking the rest apart."""
    return _without_identifiers(_shortened(text))[0]


def _shortened(text: str) -> str:
    written = " ".join(text.split())
    return written if len(written) <= LONGEST else f"{written[: LONGEST // 2]} {written[-LONGEST // 2 :]}"


def _without_identifiers(written: str) -> tuple[Identifiers, str]:
    if _BARE_PMID.fullmatch(written):
        return Identifiers(pmid=Pmid(written)), ""
    return take_identifiers(_EMPHASIS.sub("", _LABEL.sub("", written) or written))


def read_reference(text: str) -> ReferenceParts:
    """Take ``text`` apart, in whatever form it cites a work."""
    written = _shortened(text)
    identifiers, rest = _without_identifiers(written)
    if not any(character.isalnum() for character in rest):
        return ReferenceParts(_form_of(identifiers), written, identifiers=identifiers)
    if is_citation_text(rest):
        cited = parse_citation_text(rest)
        years = (cited.year,) if cited.year else ()
        return ReferenceParts(Form.IN_TEXT, written, cited.surnames, cited.et_al, years, identifiers=identifiers)
    return _read_string(rest)._replace(text=written, identifiers=identifiers)


def is_citation_text(text: str) -> bool:
    """Whether ``text`` is names and years alone, as a citation in running text is, and says nothing of the work."""
    if sum(map(str.isalpha, text.split())) > _CITATION_WORDS:  # most references, without cutting them into tokens
        return False
    tokens = tokens_of(text)
    words = [token for token in tokens if token.is_word]
    if not words:
        return True
    if len(words) > _CITATION_WORDS or ":" in text or any(not _may_be_of_citation(token) for token in tokens):
        return False
    lowered = [token.bare.lower() for token in words]
    is_dated = any(token.is_number for token in tokens) or not _SIGNS_OF_CITATION.isdisjoint(lowered)
    if len(words) > _UNDATED_WORDS and not is_dated:
        return False
    titled = ("in" in lowered and "press" not in lowered) or any(
        _ends_sentence(tokens, at) for at in range(len(tokens))
    )
    return not titled


def _may_be_of_citation(token: Token) -> bool:
    if not token.is_word:
        return not token.is_number or year_of(token.text) is not None
    lowered = token.bare.lower()
    return token.is_capitalised or token.is_particle or lowered in _CONNECTING or len(lowered) == 1


def _ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether a title or a journal begins behind ``at``: "et al. Lancet", "Roe A. Ketamine", but not "S. Loix"."""
    token = tokens[at]
    follower = tokens[at + 1] if at + 1 < len(tokens) else None
    if not token.text.endswith(".") or follower is None or not follower.is_capitalised:
        return False
    if len(token.bare) > _LEAST_SENTENCE:
        return True
    begins_name = token.is_initials and (at == 0 or not tokens[at - 1].is_name)
    return len(follower.bare) > _LEAST_SENTENCE and not begins_name


def _form_of(identifiers: Identifiers) -> Form:
    for form, value in ((Form.PMID, identifiers.pmid), (Form.DOI, identifiers.doi), (Form.PMCID, identifiers.pmcid)):
        if value:
            return form
    return Form.URL if identifiers.url else Form.REFERENCE


def _read_string(text: str) -> ReferenceParts:
    """Authors from the head, the place from the end, title and journal between them."""
    tokens = tokens_of(_without_trailer(text))
    authors = read_authors(tokens)
    at, head_years, is_marked = _year_behind(tokens, authors.end)
    place = read_place(tokens[at:], head_years[0] if is_marked else None)
    if place.years and not is_marked:
        at, head_years = authors.end, ()
    end = at + place.start
    start = tokens[at].start if at < len(tokens) else len(text)
    middle = text[start : tokens[end].start if end < len(tokens) else len(text)]
    described = _GROUP.sub("", _MEDIUM.sub("", middle).strip(" ,;:.(["), count=1)
    years = tuple(dict.fromkeys((*head_years, *place.years))) or _years_within(tokens[:end])
    title, journal = _cut(described)
    return ReferenceParts(
        form=Form.REFERENCE,
        text=text,
        authors=authors.names,
        et_al=authors.et_al,
        years=years,
        title=title,
        journal=journal,
        volume=place.volume,
        issue=place.issue,
        pages=place.pages,
        described=described,
        is_cut=bool(journal),
    )


def _without_trailer(text: str) -> str:
    """``text`` without what stands behind the place that it ends with."""
    shorter = _TRAILER.sub("", text, count=1).rstrip(" .,;:([") or text
    ending = next((ending for ending in _ENDINGS if shorter.lower().endswith(f" {ending}")), "")
    return _without_trailer(shorter[: -len(ending)]) if ending else shorter


def _year_behind(tokens: Sequence[Token], at: int) -> tuple[int, tuple[int, ...], bool]:
    """The place behind a year that follows the authors, the year, and whether brackets or a stop set it apart."""
    place = at
    opened = place < len(tokens) and tokens[place].text in "(["
    place += opened
    year = year_of(tokens[place].text) if place < len(tokens) else None
    if not year:
        return at, (), False
    place += 1
    is_marked = opened
    while place < len(tokens) and (tokens[place].text in ".,:;)]" or (opened and not _is_closed(tokens, at, place))):
        is_marked = True
        place += 1
    return place, (year,), is_marked


def _is_closed(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether the bracket of the year is closed before ``at``; one that does not close soon is taken for closed."""
    return at - start > 6 or any(token.text in ")]" for token in tokens[start:at])


def _years_within(tokens: Sequence[Token]) -> tuple[int, ...]:
    """The last year anywhere, when neither head nor end has one."""
    years = [year for token in tokens if (year := year_of(token.text))]
    return tuple(years[-1:])


def _cut(described: str) -> tuple[str, str]:
    """Title and journal: by quotation marks, else by the last stop; without either all is the title."""
    quoted = _SINGLY_QUOTED.search(described) or _QUOTED.search(described)
    if quoted and quoted.start() <= _LEAST_SENTENCE and len(described[quoted.end() :].split()) <= _QUOTED_JOURNAL_WORDS:
        return quoted[1].strip(" ,.;"), _journal(described[quoted.end() :])
    stops = [stop.start() for stop in _SENTENCE.finditer(described)]
    for number in range(len(stops) - 1, -1, -1):
        tail = described[stops[number] :].strip(" .,?!")
        before = described[stops[number - 1] : stops[number]] if number else described[: stops[number]]
        words = before.strip(" .").split()
        if tail and (len(words) > _ABBREVIATED or number == 0):
            journal = _journal(tail)
            return (_title(described, stops[number]), journal) if journal else (described, "")
    return described, ""


def _title(described: str, stop: int) -> str:
    mark = described[stop:].lstrip()[:1]
    return described[:stop].strip(" ,;") + (mark if mark in "?!" else "")


def _journal(text: str) -> str:
    """``text`` as the name of a journal, empty when it cannot be one."""
    name = text.strip(" .,;:(")
    name = name.removeprefix("In: ").removeprefix("In ").strip()
    letters = [character for character in name if character.isalpha()]
    if not letters or name[0].islower() or len(name.split()) > _JOURNAL_WORDS:
        return ""
    return name

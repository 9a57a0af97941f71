"""The searches, in PubMed syntax, that may find what a cited reference means, the surest first."""

import re
from collections.abc import Iterator
from itertools import pairwise

from litwatch.article.citation_text import parse_citation_text
from litwatch.article.reference_text import Form, ReferenceParts, read_reference
from litwatch.identity.folding import without_accents
from litwatch.identity.reference_scores import words_said
from litwatch.identity.reference_strings import is_enough
from litwatch.model.search import CitationQuery
from litwatch.model.watch import CitedReference

TITLE_WORDS = 5
"""How many words of a title are searched for together; each one more may be the one that is misspelt."""

_LETTERS = 5
"""Letters that a word of a title has at least to tell something."""

_NO_NAME = re.compile(r"[^a-zA-Z'-]|(?<![a-zA-Z])['-]|['-](?![a-zA-Z])")
_OPERATORS = frozenset(("AND", "OR", "NOT"))
_TITLE_WORD = re.compile(rf"(?<![\w'’-])[A-Za-z]{{{_LETTERS},}}(?![\w'’-])")
_NUMBERS = re.compile("[0-9]+")
_JOURNAL_SHARE = 2 / 3
"""How much of a title and journal that no sign parts is taken for the title, when its words are searched for."""

_TRUNCATED_FROM = 4
"""Letters that PubMed wants before an asterisk (PubMed user guide, "Truncating search terms")."""


def candidate_queries(reference: CitedReference, topic: str) -> tuple[str, ...]:
    """The searches whose records ``match_reference`` chooses from; none when too little is written.

    ``topic`` is a search strategy of its own, empty for none; a citation in running text is searched with it. An author
    goes without quotation marks, which would ask PubMed for the surname without any initials (PubMed user guide,
    "Searching by author").
    """
    if reference.pmid:
        return (f"{reference.pmid}[pmid]",)
    if reference.doi:
        return (f'"{reference.doi}"[doi]',)
    parts = read_reference(reference.as_written)
    if parts.form in (Form.IN_TEXT, Form.URL):
        searches = _for_citation(reference.as_written, topic)
    else:
        searches = tuple(dict.fromkeys(_for_reference(parts))) if is_enough(parts) else ()
    return (*_for_identifiers(parts), *searches)


def citation_query(reference: CitedReference) -> CitationQuery | None:
    """What ECitMatch can be asked; None without a page and two things more, or when an identifier is written."""
    parts = read_reference(reference.as_written)
    if parts.form is not Form.REFERENCE or any((reference.pmid, reference.doi, parts.pmid, parts.doi, parts.pmcid)):
        return None
    first_page = _first_page(parts)
    author = _searchable(parts.authors[0]) if parts.authors else ""
    if not first_page or sum(map(bool, (parts.year, parts.volume, author))) < 2:
        return None
    return CitationQuery(parts.journal if parts.is_cut else "", parts.year, parts.volume, first_page, author)


def narrowed_query(query: str, reference: CitedReference) -> str:
    """``query`` for those records alone that name anything of what is said of the work; empty when nothing is said.

    No record is left out that ``match_reference`` could see the topic in.
    """
    stems = [f"{stem}*" if len(stem) >= _TRUNCATED_FROM else word for stem, word in words_said(reference.said).items()]
    return f"{query} AND ({' OR '.join(f'{stem}[tiab]' for stem in stems)})" if stems else ""


def _for_identifiers(parts: ReferenceParts) -> Iterator[str]:
    if parts.pmid:
        yield f"{parts.pmid}[pmid]"
    if parts.doi and '"' not in parts.doi:
        yield f'"{parts.doi}"[doi]'
    if parts.pmcid:
        yield f'"{parts.pmcid}"'  # PubMed has no field for it; untagged it is found


def _for_citation(written: str, topic: str) -> tuple[str, ...]:
    cited = parse_citation_text(written)
    parts = []
    author = _searchable(cited.surnames[0]) if cited.surnames else ""
    if author:
        parts.append(f"{author}[au]")
    if topic:
        parts.append(f"({topic})")
    if cited.year:
        # Around a surname there is room for the year online and the year in print; around a letter there is none.
        parts.append(f"{cited.year - 1}:{cited.year + 1}[dp]" if cited.surnames else f"{cited.year}[dp]")
    return (" AND ".join(parts),) if author or (cited.initial and len(parts) == 2) else ()


def _for_reference(parts: ReferenceParts) -> Iterator[str]:
    """By the words of the title together; then by author and place; then by author or year and any of the words."""
    author = f"{_searchable(parts.authors[0])}[au]" if parts.authors and _searchable(parts.authors[0]) else ""
    years = f"{parts.year - 1}:{parts.year + 1}[dp]" if parts.year else ""
    words = _telling_words(parts)
    title = " AND ".join(f"{word}[ti]" for word in words)
    if title:
        yield title if len(words) > 2 else " AND ".join(filter(None, (title, author or years)))
    page, volume = (_NUMBERS.search(text) for text in (parts.pages, parts.volume))
    place = f"{volume[0]}[vi] AND {_first_page(parts)}[pg]" if page and volume else ""
    if place and (author or years):
        yield f"{place} AND {author or years}"
    any_word = f"({' OR '.join(f'{word}[ti]' for word in words)})" if words else ""
    if any_word and author:
        yield " AND ".join(filter(None, (author, years, any_word)))
    if place and years and author:
        yield f"{place} AND {years}"
    if parts.pages and years and author:
        yield f"{author} AND {years} AND {_first_page(parts)}[pg]"  # to PubMed "20 Suppl 1" is not volume 20
    if len(words) > 2:
        pairs = [f"({one}[ti] AND {other}[ti])" for one, other in pairwise(words)]
        yield " AND ".join(filter(None, (f"({' OR '.join(pairs)})", years)))


def _first_page(parts: ReferenceParts) -> str:
    return parts.pages.partition("-")[0]


def _telling_words(parts: ReferenceParts) -> list[str]:
    """The longest words of the title, in their order; those that a hyphen or an accent makes doubtful are left out."""
    words = parts.described.split()
    title = parts.title if parts.is_cut else " ".join(words[: max(3, int(len(words) * _JOURNAL_SHARE))])
    found = list(dict.fromkeys(word.lower() for word in _TITLE_WORD.findall(title)))
    longest = sorted(found, key=len, reverse=True)[:TITLE_WORDS]
    return [word for word in found if word in longest]


def _searchable(name: str) -> str:
    """The name in plain letters, hyphens and apostrophes: nothing in it is left that a query reads as its own."""
    words = _NO_NAME.sub(" ", without_accents(name)).split()
    return " ".join(word.capitalize() if word in _OPERATORS else word for word in words)

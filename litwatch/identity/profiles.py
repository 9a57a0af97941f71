"""A citation prepared for comparing: every field folded, split and parsed once, however often it is compared."""

import re
from typing import NamedTuple

from litwatch.identity.folding import first_number, fold, folded_words, initials, numerals, surname
from litwatch.identity.pages import Pages, parse_pages
from litwatch.identity.titles import bare_title, designation_by_title
from litwatch.model.identity import Citation

TELLING_TITLE = 30
"""From how many letters on a title says enough for its repetition to mean something: "Editorial comment" does not."""

_JOURNAL_SPLIT = re.compile(r"\s+=\s+|/|\s:\s|\.(?=Conference)|:\s")
_ASIDE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_STOP_WORDS = frozenset(
    (
        *("a", "and", "d", "das", "de", "der", "des", "di", "die", "e", "el", "et", "for", "fur", "in", "l", "la"),
        *("le", "of", "on", "para", "pour", "s", "the", "to", "und", "y"),
    )
)
_VERSION = re.compile(r"[/.]v\d{1,2}$")
"""How Research Square ("…/v2") and OSF number the versions of a preprint. Cochrane's ".pub2" is another report."""


class Profile(NamedTuple):
    """What ``citation`` is compared by.

    ``doi`` is without a preprint's version. ``title`` is folded and ``words`` its folded words, both without databases'
    notes; ``numbers`` are the title's. ``surnames`` and ``initials`` are folded, one an author. ``journals`` are the
    journal's names, each as its folded words without articles and prepositions.
    """

    citation: Citation
    doi: str
    designation: str
    title: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    surnames: tuple[str, ...]
    initials: tuple[str, ...]
    journals: tuple[tuple[str, ...], ...]
    volume: str
    pages: tuple[Pages, ...]

    @property
    def is_telling(self) -> bool:
        """Whether the title is long enough to tell works apart."""
        return len(self.title) >= TELLING_TITLE

    @property
    def is_translated(self) -> bool:
        """Whether the title stands in the brackets that mark NLM's translation of it."""
        return self.citation.title.lstrip(" \"'").startswith("[")


def profile_of(citation: Citation) -> Profile:
    """Prepare ``citation``. One that does not say what kind of report it is is asked by its title."""
    bare = bare_title(citation.title)
    return Profile(
        citation=citation,
        doi=_VERSION.sub("", citation.doi) if citation.doi else "",
        designation=citation.designation or designation_by_title(citation.title),
        title=fold(bare),
        words=folded_words(bare),
        numbers=numerals(bare),
        surnames=tuple([surname(name) for name in citation.authors]),
        initials=tuple([initials(name) for name in citation.authors]),
        journals=journal_names(citation.journal),
        volume=first_number(citation.volume) if citation.volume else "",
        pages=parse_pages(citation.pages),
    )


def journal_names(printed: str) -> tuple[tuple[str, ...], ...]:
    """The names in ``printed``, which may give several: "Ai zheng = Chinese journal of cancer", "BMJ: British …"."""
    names = []
    for part in _JOURNAL_SPLIT.split(" ".join(_ASIDE.sub(" ", printed).split())):
        words = tuple([word for word in folded_words(part) if word not in _STOP_WORDS])
        if words and words[0] != "conference":
            names.append(words)
    return tuple(names)

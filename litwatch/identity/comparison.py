"""Two citations laid side by side, facet by facet: how far each agrees, in words that a person can check."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from litwatch.identity.citations import PREPRINT
from litwatch.identity.folding import first_number, fold, folded_words, initials, numerals, surname
from litwatch.model.identity import Citation

TITLE_PARTLY = 85
"""From how many per cent of alikeness on two differing titles are worth a person's look."""

TELLING_TITLE = 30
"""From how many letters on a title says enough for its repetition to mean something: "Editorial comment" does not."""

SURNAME_CLOSE = 85
"""From how many per cent of alikeness on two surnames may be one: "muller" and "mueller" are 92 % alike."""

SHORTEST_SURNAME = 4
"""How long a surname must be to be looked for behind a particle: "Li" ends "Ali" and is no part of it."""

SHORTEST_VARIANT = 5
"""How long a word must be for one letter in it to be a matter of spelling: "male" and "mace" are two words."""


class Agreement(Enum):
    """How one facet of two citations compares; unknown when one of them does not say, which is no difference."""

    SAME = "same"
    CLOSE = "close"
    CONTINUED = "continued"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


class Facet(NamedTuple):
    """One field of two citations compared. ``words`` are empty when there is nothing to tell."""

    agreement: Agreement
    words: str = ""


_UNKNOWN = Facet(Agreement.UNKNOWN)


class Comparison:
    """Two citations compared; a facet is worked out when a rule first asks for it.

    ``updates`` says that PubMed links one to the other as its update (UpdateOf, UpdateIn).
    """

    def __init__(self, left: Citation, right: Citation, *, updates: bool = False) -> None:
        self.left = left
        self.right = right
        linked = Facet(Agreement.SAME, "PubMed links one as the update of the other")
        self._facets = {"update": linked if updates else _UNKNOWN}

    def facet(self, name: str) -> Facet:
        """The facet of that name; a name that is not in the table is a KeyError."""
        if name not in self._facets:
            self._facets[name] = _FACETS[name](self.left, self.right)
        return self._facets[name]


def _pmid(left: Citation, right: Citation) -> Facet:
    return _exact("PMID", left.pmid, right.pmid)


def _doi(left: Citation, right: Citation) -> Facet:
    return _exact("DOI", left.doi, right.doi)


def _pmcid(left: Citation, right: Citation) -> Facet:
    return _exact("PMCID", left.pmcid, right.pmcid)


def _exact(name: str, left: str | None, right: str | None) -> Facet:
    if not left or not right:
        return _UNKNOWN
    if left == right:
        return Facet(Agreement.SAME, f"same {name} {left}")
    return Facet(Agreement.DIFFERENT, f"{name}s {left} and {right}")


def _preprint(left: Citation, right: Citation) -> Facet:
    if (left.designation == PREPRINT) != (right.designation == PREPRINT):
        return Facet(Agreement.DIFFERENT, "one of them a preprint")
    return Facet(Agreement.SAME)


def _designation(left: Citation, right: Citation) -> Facet:
    kinds = ["article" if side.designation in ("", PREPRINT) else side.designation for side in (left, right)]
    if kinds[0] == kinds[1]:
        return Facet(Agreement.SAME)
    one, other = (f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in kinds)
    return Facet(Agreement.DIFFERENT, f"one is {one} and the other {other}")


def _title(left: Citation, right: Citation) -> Facet:
    one, other = fold(left.title), fold(right.title)
    if not one or not other:
        return _UNKNOWN
    if one == other:
        return Facet(Agreement.SAME, "same title")
    if _continues(one, other) or _continues(other, one):
        return Facet(Agreement.CONTINUED, "one title continues the other")
    alike = ratio(one, other)
    words = f"title {int(alike)} % alike"
    if _only_spelled_differently(folded_words(left.title), folded_words(right.title)):
        return Facet(Agreement.CLOSE, words)
    return Facet(Agreement.PARTLY if alike >= TITLE_PARTLY else Agreement.DIFFERENT, words)


def _continues(longer: str, shorter: str) -> bool:
    """Whether ``longer`` is ``shorter`` with a subtitle or a note; one with a number may be the next part."""
    rest = longer.removeprefix(shorter)
    return len(shorter) >= TELLING_TITLE and rest != longer and rest.isalpha()


def _only_spelled_differently(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the words differ by one letter at most, as "anaesthesia" and "anesthesia" do.

    A number, a first letter ("ketamine", "esketamine") or a whole word ("cardiac", "thoracic") makes another title.
    """
    for change in Levenshtein.opcodes(left, right):
        before = "".join(left[change.src_start : change.src_end])
        after = "".join(right[change.dest_start : change.dest_end])
        if before == after:
            continue
        if min(len(before), len(after)) < SHORTEST_VARIANT or not (before + after).isalpha():
            return False
        if before[0] != after[0] or Levenshtein.distance(before, after) > 1:
            return False
    return True


def _telling(left: Citation, right: Citation) -> Facet:
    """Same when both titles are long enough to tell works apart."""
    return Facet(Agreement.SAME) if min(len(fold(c.title)) for c in (left, right)) >= TELLING_TITLE else _UNKNOWN


def _numbers(left: Citation, right: Citation) -> Facet:
    """The numbers in the titles: those of parts, phases, doses and interleukins."""
    one, other = numerals(left.title), numerals(right.title)
    if not one or not other or fold(left.title) == fold(right.title):
        return _UNKNOWN
    if sorted(one) == sorted(other):
        return Facet(Agreement.SAME)
    return Facet(Agreement.DIFFERENT, f"numbers {' '.join(one)} and {' '.join(other)} in the titles")


def _first_author(left: Citation, right: Citation) -> Facet:
    if not left.authors or not right.authors:
        return _UNKNOWN
    one, other = left.authors[0], right.authors[0]
    agreement = _same_person(one, other)
    if agreement is Agreement.DIFFERENT:
        return Facet(agreement, f"first authors {one} and {other}")
    return Facet(agreement, f"first author {one}")


def _same_person(one: str, other: str) -> Agreement:
    first, second = initials(one)[:1], initials(other)[:1]
    if first and second and first != second:
        return Agreement.DIFFERENT
    return compare_surnames(surname(one), surname(other))


def compare_surnames(left: str, right: str) -> Agreement:
    """Whether two folded surnames may be one. Those with a particle are cut in two ways: "van Hilten", "Hilten"."""
    if left == right:
        return Agreement.SAME
    shorter, longer = sorted((left, right), key=len)
    if (len(shorter) >= SHORTEST_SURNAME and longer.endswith(shorter)) or ratio(left, right) >= SURNAME_CLOSE:
        return Agreement.CLOSE
    return Agreement.DIFFERENT


def _authors(left: Citation, right: Citation) -> Facet:
    """All surnames in their order; partly when one list shares half of the shorter one."""
    if not left.authors or not right.authors:
        return _UNKNOWN
    one, other = ([surname(name) for name in side.authors] for side in (left, right))
    if one == other:
        return Facet(Agreement.SAME)
    shared = len(set(one) & set(other))
    agreement = Agreement.PARTLY if 2 * shared >= min(len(one), len(other)) else Agreement.DIFFERENT
    return Facet(agreement, f"{shared} of {len(one)} and {len(other)} authors shared")


def _year(left: Citation, right: Citation) -> Facet:
    if left.year is None or right.year is None:
        return _UNKNOWN
    if left.year == right.year:
        return Facet(Agreement.SAME, str(left.year))
    words = f"years {left.year} and {right.year}"
    # Online at the end of a year and printed in the next is one publication.
    return Facet(Agreement.CLOSE if abs(left.year - right.year) == 1 else Agreement.DIFFERENT, words)


def _journal(left: Citation, right: Citation) -> Facet:
    one, other = left.journal, right.journal
    if not one or not other:
        return _UNKNOWN
    if fold(one) == fold(other) or _abbreviates(one, other) or _abbreviates(other, one):
        return Facet(Agreement.SAME, one)
    return Facet(Agreement.DIFFERENT, f"journals {one} and {other}")


def _abbreviates(short: str, full: str) -> bool:
    """Whether each word of ``short`` begins a word of ``full``, in order: "Acta Anaesthesiol Belg"."""
    words = iter(folded_words(full))
    return all(any(word.startswith(part) for word in words) for part in folded_words(short))


def _volume(left: Citation, right: Citation) -> Facet:
    return _numbered("volume", left.volume, right.volume)


def _pages(left: Citation, right: Citation) -> Facet:
    return _numbered("page", left.pages, right.pages)


def _numbered(name: str, one: str, other: str) -> Facet:
    """Volumes and page ranges agree when their first numbers do: "47-58" and "47-8", "62 Suppl 1" and "62"."""
    if not one or not other:
        return _UNKNOWN
    if first_number(one) == first_number(other):
        return Facet(Agreement.SAME, f"{name} {one}")
    return Facet(Agreement.DIFFERENT, f"{name}s {one} and {other}")


_FACETS: dict[str, Callable[[Citation, Citation], Facet]] = {
    "pmid": _pmid,
    "doi": _doi,
    "pmcid": _pmcid,
    "preprint": _preprint,
    "designation": _designation,
    "title": _title,
    "telling": _telling,
    "numbers": _numbers,
    "first_author": _first_author,
    "authors": _authors,
    "year": _year,
    "journal": _journal,
    "volume": _volume,
    "pages": _pages,
}

"""What an evaluator asks of a collection of records, and the form in which whole values are compared."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from litwatch.pubmed.query_words import join_words

MAX_PMID = 999_999_999


class TermIndex(Protocol):
    """A collection of records that can be searched. All answers are PMIDs as numbers.

    ``field`` is the ``index`` of a Field. Words come from ``split_words`` and values from the functions of this module:
    an index must have put its records through the same.
    """

    def find_phrase(self, field: str, words: Sequence[str], *, prefix: bool = False) -> frozenset[int]:
        """Records with ``words`` one after another in one text of ``field``; with ``prefix`` the last may go on."""
        ...

    def find_near(self, field: str, words: Sequence[str], distance: int) -> frozenset[int]:
        """Records with all of ``words`` in one text, in any order, at most ``distance`` words between neighbours."""
        ...

    def find_value(self, field: str, value: str, *, prefix: bool = False) -> frozenset[int]:
        """Records with ``value`` among the whole values of ``field``; with ``prefix``, one that begins with it."""
        ...

    def find_dates(self, field: str, low: date, high: date) -> frozenset[int]:
        """Records with a date of ``field`` between two days, both included.

        A partial date counts as its first day (user guide, "Publication Date [dp]"). ``dp`` are printed dates and
        electronic ones that are not later; ``mhda`` is the entry date until there is one.
        """
        ...

    def find_pmids(self, low: int, high: int) -> frozenset[int]:
        """Records with a PMID between two numbers, both included."""
        ...


def heading_value(text: str) -> str:
    """A heading, or a heading and a subheading: ``ketamine/adverse effects``."""
    heading, slash, subheading = text.partition("/")
    return f"{join_words(heading)}/{join_words(subheading)}" if slash else join_words(heading)


def author_value(last_name: str, initials: str) -> str:
    """A name with initials: ``de kock/m``, so that no part of a last name passes for initials."""
    return f"{join_words(last_name)}/{join_words(initials)}"


def identifier_value(text: str) -> str:
    """A DOI or publisher's id: without regard to case, but with its punctuation."""
    return text.strip().lower()


def find_author(
    index: TermIndex, field: str, words: Sequence[str], *, exact: bool = False, prefix: bool = False
) -> frozenset[int]:
    """Records of a last name, or of a last name and initials; unless ``exact``, further initials may follow."""
    found = index.find_value(field, " ".join(words), prefix=prefix)
    for place in range(1, len(words)):
        name = author_value(" ".join(words[:place]), " ".join(words[place:]))
        found |= index.find_value(field, name, prefix=not exact)
    return found

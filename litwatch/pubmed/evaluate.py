"""What a query finds: set algebra over an index, with PubMed's automatic term mapping in the small.

Where this differs from PubMed, it finds less and says so. An index holds no MeSH tree and no entry terms, so ``[mh]``,
``[majr]``, ``[sh]`` and ``[pt]`` find the heading itself and a warning names what was not exploded. A quoted phrase
that occurs nowhere finds nothing, where PubMed drops the quotes or the phrase and answers something broader; it is
among the unknown phrases. Every phrase is searchable, not only those of a phrase index.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from litwatch.pubmed.query_nodes import Node


class TermIndex(Protocol):
    """What an evaluator asks of a collection of records. All answers are PMIDs as numbers.

    ``field`` is the ``index`` of a Field. Words come from ``split_words``, values from the functions below; an index
    must have put its records through the same.
    """

    def find_phrase(self, field: str, words: Sequence[str], *, prefix: bool = False) -> AbstractSet[int]:
        """Records with ``words`` one after another in one text of ``field``; with ``prefix`` the last one may go on."""
        ...

    def find_near(self, field: str, words: Sequence[str], distance: int) -> AbstractSet[int]:
        """Records with all of ``words`` in one text, in any order, at most ``distance`` words between neighbours."""
        ...

    def find_value(self, field: str, value: str, *, prefix: bool = False) -> AbstractSet[int]:
        """Records with ``value`` among the whole values of ``field``; with ``prefix`` a value that begins with it."""
        ...

    def find_dates(self, field: str, low: date, high: date) -> AbstractSet[int]:
        """Records with a date of ``field`` between two days, both included.

        A partial date counts as its first day (user guide, "Publication Date [dp]").
        """
        ...

    def find_pmids(self, low: int, high: int) -> AbstractSet[int]:
        """Records with a PMID between two numbers, both included."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    ``ids`` are PMIDs, ascending. ``translation`` says how the query was understood, in PubMed's style.
    ``unknown_phrases`` are terms, as written, that occur nowhere in their field. ``warnings`` are sentences.
    """

    ids: tuple[int, ...]
    translation: str
    unknown_phrases: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records were found."""
        return len(self.ids)


def evaluate_query(node: Node, index: TermIndex) -> Answer:
    """What ``node`` finds in ``index``."""
    raise NotImplementedError

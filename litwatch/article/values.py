"""An article as it is read: sentences with their places, the citations in them, and the list of references."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from litwatch.model.watch import CitedReference


class Style(StrEnum):
    """How a citation stands in its sentence."""

    AUTHOR_YEAR = "author and year"
    NUMBER = "number"
    LINK = "link"


class Place(NamedTuple):
    """Where something stands: its line in the file, from 1, and the heading that it stands under, empty for none."""

    line: int
    heading: str = ""

    def __str__(self) -> str:
        return f"line {self.line}" + (f", under “{self.heading}”" if self.heading else "")


class ListedReference(NamedTuple):
    """An entry of a list of references as it is written, its number (printed, else counted from 1) and its line."""

    number: int
    as_written: str
    line: int


class InTextCitation(NamedTuple):
    """One work cited in a sentence.

    ``as_written`` is the citation alone, "(Poe et al., 2019)" also where two share brackets. ``start`` and ``end`` are
    where its group stands in the sentence, and ``shared`` is how many works the group cites. ``is_subject`` says that
    the sentence speaks of the authors ("Poe et al. (2019) found"). ``reference`` is the id of the article's reference.
    """

    style: Style
    as_written: str
    start: int
    end: int
    shared: int = 1
    is_subject: bool = False
    reference: str = ""


class Sentence(NamedTuple):
    """A sentence on one line, and where it stands."""

    text: str
    place: Place
    citations: tuple[InTextCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says and cites.

    ``references`` are the works cited in its sentences, each once, in the order of the first citation, with the ids A1,
    A2, …; ``said`` holds the sentence. ``listed`` is its list of references, and ``uncited`` are the entries that no
    sentence cites. ``notes`` tell what could not be read as it should be.
    """

    name: str
    title: str
    sentences: tuple[Sentence, ...]
    references: tuple[CitedReference, ...]
    listed: tuple[ListedReference, ...] = ()
    uncited: tuple[ListedReference, ...] = ()
    notes: tuple[str, ...] = ()

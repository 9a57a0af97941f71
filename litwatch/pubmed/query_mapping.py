"""Automatic term mapping in the small: what PubMed makes of words without a tag.

The longest stretch of words that is a heading, a journal or an author and initials is searched as such, and in all
fields; the other words are searched in all fields; everything is joined by AND (user guide, "Automatic Term Mapping").
An index knows the headings that its records carry, and none of the entry terms, spelling variants and substance
synonyms of PubMed's own tables.
"""

import re
from collections.abc import Sequence

from litwatch.pubmed.query_fields import FIELDS
from litwatch.pubmed.query_found import Found, Notes, join_and, join_or
from litwatch.pubmed.query_index import TermIndex, find_author, heading_value
from litwatch.pubmed.query_words import STOPWORDS, join_words, split_words

_MAX_STRETCH = 8
_INITIALS = re.compile(r"[^\W\d_]{1,2}")


def split_pieces(text: str) -> list[str]:
    """``text`` at its spaces, without pieces that hold no word; hyphenated words stay together as a phrase."""
    return [piece for piece in text.split() if join_words(piece)]


def map_words(text: str, index: TermIndex, notes: Notes) -> Found | None:
    """What ``text`` finds when it carries no tag; None when PubMed ignores all of its words."""
    pieces = split_pieces(text)
    found: list[Found] = []
    place = 0
    while place < len(pieces):
        stretch = pieces[place : place + _MAX_STRETCH]
        while (mapped := _map_stretch(stretch, index, notes)) is None and len(stretch) > 1:
            stretch = stretch[:-1]
        mapped = mapped or _find_unmapped(stretch[0], index, notes)
        found += [mapped] if mapped else []
        place += len(stretch)
    return join_and(found)


def _map_stretch(pieces: Sequence[str], index: TermIndex, notes: Notes) -> Found | None:
    text = " ".join(pieces).lower()
    if join_words(text) in STOPWORDS:
        return None
    headings = index.find_value("mh", heading_value(text))
    if headings:
        notes.unexploded.append(text)
        heading = Found(headings, f'"{text}"[{FIELDS["mh"].name}]')
        return heading if "/" in text else join_or([heading, *_find_everywhere(pieces, index)])
    journals = index.find_value("ta", join_words(text))
    if journals:
        return join_or([Found(journals, f'"{text}"[{FIELDS["ta"].name}]'), *_find_everywhere(pieces, index)])
    if len(pieces) > 1 and _INITIALS.fullmatch(pieces[-1]):
        authors = find_author(index, "au", split_words(text))
        return Found(authors, f"{text}[{FIELDS['au'].name}]") if authors else None
    return None


def _find_everywhere(pieces: Sequence[str], index: TermIndex) -> list[Found]:
    """A mapped stretch in all fields: as a phrase and, unless a number or a letter stands in it, as its words."""
    phrase = _find_phrase(" ".join(pieces), index)
    if any(len(word) == 1 or word.isdecimal() for word in split_words(" ".join(pieces))):
        return [phrase]
    words = join_and([_find_phrase(piece, index) for piece in pieces])
    return [phrase] if words is None or len(pieces) == 1 else [words, phrase]


def _find_unmapped(piece: str, index: TermIndex, notes: Notes) -> Found | None:
    if join_words(piece) in STOPWORDS:
        notes.ignored.append(piece.lower())
        return None
    found = _find_phrase(piece, index)
    if not found.ids:
        notes.unknown.append(piece)
    return found


def _find_phrase(text: str, index: TermIndex) -> Found:
    return Found(index.find_phrase("all", split_words(text)), f'"{text.lower()}"[{FIELDS["all"].name}]')

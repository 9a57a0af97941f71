"""One term of a query, with its field tag, to a node."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litwatch.model.dates import PartialDate
from litwatch.pubmed.query_fields import SUBSETS, Field, Kind, find_field, find_pubmed_only_field, nearest_tag
from litwatch.pubmed.query_nodes import And, DateRange, Node, Or, PmidRange, Term
from litwatch.pubmed.query_tokens import Problem, Token, TokenKind
from litwatch.pubmed.query_words import join_words, split_words

MIN_STEM = 4
"""Characters that PubMed wants before an asterisk (user guide, "Truncating search terms")."""

_PROXIMITY = re.compile(r"(?P<tag>[^:]*):\s*~\s*(?P<distance>.*)")
_DISTANCE = re.compile(r"\s*[0-9]{1,6}\s*")
_NEAR_FIELDS = frozenset({"ti", "tiab"})
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?")
_RELATIVE_DATE = re.compile(r"last\s+(?:\d+\s+)?(?:day|month|year)s?", re.IGNORECASE)
_PMID = re.compile(r"[0-9]{1,9}")
_LONE_PMID = re.compile(r"[1-9][0-9]{5,8}")
_HISTORY = re.compile(r"#\d+")


class Unreadable(Exception):
    """Ends the reading of one term; the rest of the query is read on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def _fault(message: str, token: Token) -> Unreadable:
    return Unreadable(Problem("fault", message, token.position))


def _unsupported(message: str, token: Token) -> Unreadable:
    return Unreadable(Problem("unsupported", message, token.position))


class Tag(NamedTuple):
    """A field tag as read: the field, and the distance of a proximity search."""

    field: Field
    distance: int | None


def read_tag(token: Token) -> Tag:
    """The field that ``token`` names; Unreadable when it is unknown or cannot be searched here."""
    near = _PROXIMITY.fullmatch(token.text)
    name = near["tag"] if near else token.text
    field = find_field(name)
    if field is None:
        pubmed_only = find_pubmed_only_field(name)
        if pubmed_only:
            raise _unsupported(f"[{token.text}]: PubMed's field {pubmed_only} cannot be searched in an archive", token)
        nearest = nearest_tag(name)
        hint = f"; the nearest known tag is [{nearest}]" if nearest else ""
        raise _fault(f"[{token.text}] is no field tag of PubMed{hint}", token)
    if near is None:
        return Tag(field, None)
    if field.tag not in _NEAR_FIELDS or not _DISTANCE.fullmatch(near["distance"]):
        raise _fault(f'[{token.text}]: proximity is written "two words"[tiab:~3], for [ti] and [tiab] only', token)
    return Tag(field, int(near["distance"]))


def read_untagged(run: Sequence[Token], text: str) -> Node:
    """The node of a run of words, or of one quoted phrase, without a tag; ``text`` is the whole query."""
    if run[0].kind is TokenKind.PHRASE:
        return _term(run, run[0].text, None, quoted=True)
    if all(_LONE_PMID.fullmatch(token.text) for token in run):
        return _joined(Or, [Term(token.text, "pmid", token.position) for token in run])
    return _joined(And, [_untagged_part(part, text) for part in _parts(run)])


def read_tagged(run: Sequence[Token], tag: Tag, text: str) -> Node:
    """The node of a run of words, or of one quoted phrase, with its tag; ``text`` is the whole query."""
    field = tag.field
    if field.kind is Kind.DATE:
        return _dates(run, field)
    if field.kind is Kind.PMID:
        return _pmids(run)
    if field.kind is Kind.SUBSET:
        return _subset(run, text)
    quoted = run[0].kind is TokenKind.PHRASE
    if tag.distance is not None:
        return _near(run, tag)
    term = _term(run, run[0].text if quoted else _source(run, text), field, quoted=quoted)
    if field.kind is Kind.HEADING:
        _check_subheading(term, run[0])
    return term


def _joined(operator: type[And] | type[Or], nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else operator(tuple(nodes))


def _source(run: Sequence[Token], text: str) -> str:
    return text[run[0].position : run[-1].end]


def _parts(run: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut untagged words before and after those that are searched on their own: truncated ones and filters."""
    part: list[Token] = []
    for token in run:
        alone = "*" in token.text or join_words(token.text) == "hasabstract"
        if alone and part:
            yield part
            part = []
        if alone:
            yield [token]
        else:
            part.append(token)
    if part:
        yield part


def _untagged_part(part: Sequence[Token], text: str) -> Term:
    if join_words(part[0].text) == "hasabstract":
        return Term("hasabstract", "sb", part[0].position)
    return _term(part, _source(part, text), None, quoted=False)


def _term(run: Sequence[Token], text: str, field: Field | None, *, quoted: bool) -> Term:
    """A term of words, checked; a truncated one loses its asterisk."""
    _check_words(run, text)
    truncated = text.rstrip().endswith("*")
    stem = text.rstrip()[:-1] if truncated else text.strip()
    if "*" in stem:
        raise _fault(f"{text.strip()}: PubMed truncates at the end of a term only", run[0])
    words = split_words(stem)
    if not words:
        raise _fault(f"there is nothing to search for in {text.strip() or 'an empty phrase'}", run[0])
    if truncated and len(words[-1]) < MIN_STEM:
        raise _fault(f"{text.strip()}: PubMed wants at least {MIN_STEM} characters before the asterisk", run[0])
    return Term(stem, field.tag if field else None, run[0].position, quoted=quoted, truncated=truncated)


def _check_subheading(term: Term, token: Token) -> None:
    subheading = term.text if term.field and term.field.startswith("sh") else term.text.partition("/")[2]
    if len(subheading.strip()) == 2:
        raise _unsupported(f"{term.text}: write the subheading in full, not its two letters", token)


def _check_words(run: Sequence[Token], text: str) -> None:
    for token in run:
        if token.kind is TokenKind.WORD and _HISTORY.fullmatch(token.text):
            raise _unsupported(f"{token.text}: there is no search history here to refer to", token)
    bounds = [_DATE.fullmatch(token.text) for token in run if token.kind is not TokenKind.COLON]
    if len(bounds) < len(run) and (all(bounds) or run[0].kind is TokenKind.PHRASE):
        raise _fault(f"{text}: a range needs a date field, as in 2020:2021[dp]", run[0])


def _near(run: Sequence[Token], tag: Tag) -> Term:
    phrase = run[0]
    if phrase.kind is not TokenKind.PHRASE or len(split_words(phrase.text)) < 2:
        raise _fault('a proximity search needs two or more words in quotes, as in "hip pain"[tiab:~2]', phrase)
    if "*" in phrase.text:
        raise _fault(f'"{phrase.text}": proximity and truncation do not go together', phrase)
    return Term(phrase.text, tag.field.tag, phrase.position, quoted=True, distance=tag.distance)


def _subset(run: Sequence[Token], text: str) -> Term:
    written = run[0].text if run[0].kind is TokenKind.PHRASE else _source(run, text)
    name = "".join(split_words(written))
    if name not in SUBSETS:
        known = ", ".join(sorted(SUBSETS))
        raise _unsupported(f"{written}[sb] is no subset that an archive knows; it knows {known}", run[0])
    return Term(name, "sb", run[0].position)


def _pmids(run: Sequence[Token]) -> Node:
    if any(token.kind is TokenKind.COLON for token in run):
        low, high = (_numbers(token)[0] for token in _bounds(run))
        return PmidRange(int(low), int(high), run[0].position)
    return _joined(Or, [Term(number, "pmid", token.position) for token in run for number in _numbers(token)])


def _numbers(token: Token) -> list[str]:
    numbers = token.text.replace(",", " ").split()
    if not numbers or not all(map(_PMID.fullmatch, numbers)):
        raise _fault(f"{token.text} is no PMID", token)
    return numbers


def _dates(run: Sequence[Token], field: Field) -> DateRange:
    bounds = _bounds(run)
    low, high = _date(bounds[0]), _date(bounds[-1])
    return _forwards(DateRange(field.tag, low, high, run[0].position, is_range=len(bounds) == 2))


def span(low: DateRange, high: Node, colon: Token) -> DateRange:
    """The range of two tagged dates, ``2020[dp] : 2021[dp]``."""
    if low.is_range or not isinstance(high, DateRange) or high.is_range or low.field != high.field:
        raise _fault("a range runs between two single dates of one field, as in 2020[dp] : 2021[dp]", colon)
    return _forwards(DateRange(low.field, low.low, high.high, low.position, is_range=True))


def _forwards(dates: DateRange) -> DateRange:
    if dates.low.earliest > dates.high.latest:
        message = f"the range from {dates.low} to {dates.high} runs backwards"
        raise Unreadable(Problem("fault", message, dates.position))
    return dates


def _bounds(run: Sequence[Token]) -> list[Token]:
    """The lowest and the highest of a range, or the one value that is none."""
    if len(run) == 1:
        return [run[0]]
    if len(run) == 3 and run[1].kind is TokenKind.COLON:
        return [run[0], run[2]]
    raise _fault("a date or a range of one field is written 2020/03/15, 2020/03, 2020 or 2020:2021", run[0])


def _date(token: Token) -> PartialDate:
    match = _DATE.fullmatch(token.text.strip())
    if match is None:
        if _RELATIVE_DATE.fullmatch(token.text.strip()):
            raise _unsupported(f'"{token.text}" depends on the day of the search: write the dates', token)
        raise _fault(f"{token.text} is no date; a date is written 2020/03/15, 2020/03 or 2020", token)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return PartialDate(year or 0, month, day)
    except ValueError as error:
        raise _fault(f"{token.text} is no date: {error}", token) from None

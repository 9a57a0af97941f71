"""The authors at the head of a reference."""

from collections.abc import Sequence
from typing import NamedTuple

from litwatch.article.reference_tokens import Token

_MOST_SURNAMES = 5
_BETWEEN = frozenset((",", ";", "&", "and", "und", "et", "y", ":"))
_BEHIND = frozenset((".", ",", ":", ";"))
_GROUP_FOLLOWS = frozenset((("for", "the"), ("on", "behalf"), ("in", "collaboration")))


class Authors(NamedTuple):
    """The authors, surname first ("Loix S"), whether more are meant, and the place of the token behind them."""

    names: tuple[str, ...]
    et_al: bool
    end: int


class _Name(NamedTuple):
    printed: str
    end: int


def read_authors(tokens: Sequence[Token]) -> Authors:
    """The authors that ``tokens`` begin with; none when they begin with something else."""
    names: list[str] = []
    at = 0
    while True:
        if end := _et_al(tokens, at):
            return Authors(tuple(names), et_al=True, end=end)
        name = _read_name(tokens, at, is_first=not names)
        if name is None or not _can_end(tokens, name.end):
            break
        names.append(name.printed)
        at = name.end
        while at < len(tokens) and tokens[at].text.lower() in _BETWEEN and not _et_al(tokens, at):
            at += 1
    while names and at < len(tokens) and tokens[at].text in _BEHIND:
        at += 1
    return Authors(tuple(names), et_al=False, end=at)


def _read_name(tokens: Sequence[Token], at: int, *, is_first: bool) -> _Name | None:
    return (
        _surname_first(tokens, at) or _initials_first(tokens, at) or (_given_behind(tokens, at) if is_first else None)
    )


def _surname_first(tokens: Sequence[Token], at: int) -> _Name | None:
    """A name like "Loix S", "De Kock, M. F." or "van der Berg JA Jr"."""
    end = _surname_end(tokens, at)
    for behind in range(at + 1, end + 1):  # as few names as leave initials: "Guo TZ Jiang JY" are two authors
        start = behind + 1 if behind < len(tokens) and tokens[behind].text == "," else behind
        if not any(token.is_name for token in tokens[at:behind]):
            continue
        for stop in range(_initials_end(tokens, start), start, -1):  # "Roberts K A randomized …" has one initial
            letters = _letters(tokens[start:stop])
            suffixed = stop + (stop < len(tokens) and tokens[stop].is_suffix)
            if _can_end(tokens, suffixed):
                return _Name(f"{_joined(tokens[at:behind])} {letters}", suffixed)
    return None


def _initials_first(tokens: Sequence[Token], at: int) -> _Name | None:
    """A name like "S. Loix" or "J. K. van der Berg"."""
    start = at
    while start < len(tokens) and tokens[start].is_initials and tokens[start].text.endswith("."):
        start += 1
    end = _surname_end(tokens, start)
    if end < len(tokens) and tokens[end].is_capitalised and not tokens[end].is_initials and tokens[end].text[-1] == ".":
        end += 1  # the stop behind the last of the authors
    if start == at or end == start or not any(token.is_name or token.text[-1] == "." for token in tokens[start:end]):
        return None
    return _Name(f"{_joined(tokens[start:end])} {_letters(tokens[at:start])}", end)


def _given_behind(tokens: Sequence[Token], at: int) -> _Name | None:
    """A given name written out, which only the first author has behind the surname: "Loix, Sebastien A., and"."""
    comma = _surname_end(tokens, at)
    if comma == at or comma + 1 >= len(tokens) or tokens[comma].text != "," or not tokens[comma + 1].is_name:
        return None
    end = comma + 2
    while end < len(tokens) and tokens[end].is_initials:
        end += 1
    if end < len(tokens) and tokens[end].text.lower() not in (",", "and", "&", ";", "("):
        return None
    given = [token.text[0] for token in tokens[comma + 1 : end]]
    return _Name(f"{_joined(tokens[at:comma])} {''.join(given)}", end)


def _surname_end(tokens: Sequence[Token], at: int) -> int:
    end = at
    while end < len(tokens) and end - at < _MOST_SURNAMES and (tokens[end].is_name or tokens[end].is_particle):
        end += 1
    return end


def _initials_end(tokens: Sequence[Token], at: int) -> int:
    """Behind "S", "JD", "L. A.", "R P" or "D-J"."""
    end = at
    while end < len(tokens) and tokens[end].is_initials and (end == at or _may_follow(tokens[end - 1], tokens[end])):
        end += 1
    return end


def _may_follow(one: Token, other: Token) -> bool:
    """Whether the two can be initials of one author: both stopped or both of one letter."""
    return one.text.endswith(".") or len(one.text) == len(other.text) == 1


def _can_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether an author may end before ``at``: "Vitamin D supplementation" is a title, since no name is so followed."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if not token.is_word or token.is_capitalised:
        return True
    follower = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.text == "the":
        return follower is not None and follower.is_capitalised
    if token.text.lower() in ("and", "et", "und", "y") or token.is_particle:
        return follower is None or follower.is_capitalised or follower.is_particle or _et_al(tokens, at) > 0
    return (token.text, follower.text if follower else "") in _GROUP_FOLLOWS


def _et_al(tokens: Sequence[Token], at: int) -> int:
    """The place behind "et al.", "and others", "…" at ``at``; 0 when there is none."""
    if at >= len(tokens) or tokens[at].text[:1] not in "eEaA…":
        return 0
    words = [token.text.lower().rstrip(".") for token in tokens[at : at + 3]]
    for length, phrase in ((2, ("et", "al")), (2, ("and", "others")), (2, ("and", "colleagues")), (1, ("etal",))):
        if tuple(words[:length]) == phrase[:length]:
            end = at + length
            while end < len(tokens) and tokens[end].text in _BEHIND:
                end += 1
            return end
    return 0


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(character for token in tokens for character in token.text if character.isupper())


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens).removesuffix(".")

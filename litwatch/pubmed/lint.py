"""Everything wrong or doubtful in a search strategy, all at once, before it is ever run."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from litwatch.pubmed.query import And, Node, Not, Or, Term, read_query
from litwatch.pubmed.query_fields import INDEXED_LATER, Kind, find_field
from litwatch.pubmed.query_tokens import Token, TokenKind, read_tokens

_NO_TERM_BEFORE = (TokenKind.OPERATOR, TokenKind.OPEN)
_NO_TERM_AFTER = (TokenKind.OPERATOR, TokenKind.CLOSE, TokenKind.TAG)


class Advice(NamedTuple):
    """What to mend in a query. ``position`` is an offset in characters from its start.

    A ``fault`` makes PubMed misread or refuse the query; with a ``warning`` it runs, but may not mean what was meant.
    """

    severity: Literal["fault", "warning"]
    message: str
    position: int


def lint_query(text: str) -> tuple[Advice, ...]:
    """Every fault and warning of ``text`` in the order of their places; empty when there is nothing to say."""
    node, problems = read_query(text)
    advice = [
        Advice("fault" if problem.kind == "fault" else "warning", problem.message, problem.position)
        for problem in problems
    ]
    if node is None and not problems:
        advice.append(Advice("fault", "the query is empty", 0))
    advice += _lowercase_operators(read_tokens(text)[0])
    if node is not None:
        advice += map(_indexed_only, _blind_arms(node))
    return tuple(sorted(advice, key=lambda one: one.position))


def _lowercase_operators(tokens: Sequence[Token]) -> Iterator[Advice]:
    """``and``, ``or`` and ``not`` between terms: a fault, but a doubt among untagged words ("salt and water").

    A heading may hold one ("Signs and Symptoms").
    """
    for place, token in enumerate(tokens[1:-1], start=1):
        operator = token.text.upper()
        if token.kind is not TokenKind.WORD or operator not in ("AND", "OR", "NOT"):
            continue
        before, after = tokens[place - 1].kind, tokens[place + 1].kind
        if before in _NO_TERM_BEFORE or after in _NO_TERM_AFTER:
            continue
        if before is not TokenKind.WORD or _tag_kind(tokens, place) is not Kind.HEADING:
            message = f'"{token.text}" is searched as a word; the operator is {operator}'
            yield Advice("warning" if before is TokenKind.WORD else "fault", message, token.position)


def _tag_kind(tokens: Sequence[Token], place: int) -> Kind | None:
    """The kind of field that the run of words around ``place`` is tagged with."""
    while place < len(tokens) and tokens[place].kind is TokenKind.WORD:
        place += 1
    field = find_field(tokens[place].text) if place < len(tokens) and tokens[place].kind is TokenKind.TAG else None
    return field.kind if field else None


def _needs_indexing(node: Node) -> bool:
    """Whether ``node`` finds only what somebody at NLM has already indexed."""
    match node:
        case Term(field=field):
            return field is not None and field.removesuffix(":noexp") in INDEXED_LATER
        case And(operands=operands):
            return any(map(_needs_indexing, operands))
        case Or(operands=operands):
            return all(map(_needs_indexing, operands))
        case Not(kept=kept):
            return _needs_indexing(kept)
    return False


def _blind_arms(node: Node) -> Iterator[Sequence[Term]]:
    """The terms of each arm that keeps the whole query from finding a record before it is indexed."""
    if not _needs_indexing(node):
        return
    match node:
        case Term():
            yield (node,)
        case Or(operands=operands) if all(isinstance(operand, Term) for operand in operands):
            yield tuple(operand for operand in operands if isinstance(operand, Term))
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from _blind_arms(operand)
        case Not(kept=kept):
            yield from _blind_arms(kept)


def _indexed_only(arm: Sequence[Term]) -> Advice:
    named = " OR ".join(f"{term.text}[{term.field}]" for term in arm)
    message = (
        f"only indexed terms ({named}): new records have none for weeks or months, so that this arm keeps them out; "
        "add the same concept with [tiab]"
    )
    return Advice("warning", message, arm[0].position)

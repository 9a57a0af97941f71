"""PubMed's query language, read into a tree.

The rules are those of the PubMed user guide: uppercase AND, OR and NOT, strictly from left to right; parentheses
group; terms side by side are joined by AND; quotes or a field tag switch automatic term mapping off; ``*`` truncates at
the end of a term; ``"a b"[tiab:~3]`` is proximity; ``2020:2021[dp]`` is a range. Whatever cannot be read or answered is
an InvalidQuery that names it and its place: nothing is left out in silence.
"""

from collections.abc import Sequence
from typing import NamedTuple

from litwatch.errors import InvalidQuery
from litwatch.pubmed.query_nodes import And as And
from litwatch.pubmed.query_nodes import DateRange as DateRange
from litwatch.pubmed.query_nodes import Node as Node
from litwatch.pubmed.query_nodes import Not as Not
from litwatch.pubmed.query_nodes import Or as Or
from litwatch.pubmed.query_nodes import PmidRange as PmidRange
from litwatch.pubmed.query_nodes import Term as Term
from litwatch.pubmed.query_terms import Unreadable, read_tag, read_tagged, read_untagged, span
from litwatch.pubmed.query_tokens import Problem, Token, TokenKind, read_tokens

MAX_DEPTH = 100
"""Levels of the tree: parentheses, and changes of operator within a pair of them."""


def parse_query(text: str) -> Node:
    """The tree of ``text``. Raises InvalidQuery for the first thing that cannot be read or answered."""
    node, problems = read_query(text)
    if problems:
        first = min(problems, key=lambda problem: problem.position)
        raise InvalidQuery(f"{first.message} (at character {first.position + 1})", first.position)
    if node is None:
        raise InvalidQuery("the query is empty", 0)
    return node


def read_query(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """As much of ``text`` as can be read, and everything wrong with it. The tree is None for an empty query."""
    reader = _Reader(text)
    try:
        node = reader.read()
    except Unreadable as unreadable:
        node = None
        reader.problems.append(unreadable.problem)
    return node, tuple(reader.problems)


_TEXT = (TokenKind.WORD, TokenKind.PHRASE, TokenKind.COLON)


class _Branch(NamedTuple):
    node: Node
    depth: int


class _Chain:
    """Operands between two parentheses, joined from left to right; ``position`` is where they begin."""

    def __init__(self, position: int) -> None:
        self._position = position
        self._operator = "AND"
        self._operands: list[_Branch] = []

    def join(self, operator: str, operand: _Branch) -> None:
        """Add ``operand``; a change of operator first closes everything to the left of it."""
        if operator != self._operator and len(self._operands) > 1:
            self._operands = [self._closed()]
        self._operator = operator
        self._operands.append(operand)

    def close(self) -> _Branch | None:
        """The tree of everything joined, None when nothing was."""
        return self._closed() if self._operands else None

    def _closed(self) -> _Branch:
        first, *rest = (operand.node for operand in self._operands)
        if not rest:
            return self._operands[0]
        depth = 1 + max(operand.depth for operand in self._operands)
        if depth > MAX_DEPTH:
            raise _too_deep(self._position)
        if self._operator == "NOT":
            return _Branch(Not(first, tuple(rest)), depth)
        return _Branch((And if self._operator == "AND" else Or)((first, *rest)), depth)


def _too_deep(position: int) -> Unreadable:
    return Unreadable(Problem("fault", f"more than {MAX_DEPTH} levels of parentheses and operators", position))


class _Reader:
    """Reads tokens by recursive descent; goes on after a problem so that all of them are told at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens, self.problems = read_tokens(text)
        self._next = 0

    def read(self) -> Node | None:
        """The whole query."""
        branch = self._group(0)
        while self._peek():
            self._fault("a closing parenthesis without its partner", self._take())
            self._group(0)
        return branch.node if branch else None

    def _fault(self, message: str, token: Token) -> None:
        self.problems.append(Problem("fault", message, token.position))

    def _peek(self, ahead: int = 0) -> TokenKind | None:
        place = self._next + ahead
        return self._tokens[place].kind if place < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _group(self, depth: int) -> _Branch | None:
        """Everything up to a closing parenthesis or the end; None when nothing there can be read."""
        if not self._peek():
            return None
        chain = _Chain(self._tokens[self._next].position)
        operator: Token | None = None
        at_start = True
        while (kind := self._peek()) not in (None, TokenKind.CLOSE):
            if kind is TokenKind.OPERATOR:
                if at_start or operator:
                    self._fault(f"{self._tokens[self._next].text} has no term before it", self._tokens[self._next])
                operator = self._take()
            else:
                operand = self._operand(depth)
                if operand:
                    chain.join(operator.text if operator else "AND", operand)
                operator = None
            at_start = False
        if operator:
            self._fault(f"{operator.text} has no term after it", operator)
        return chain.close()

    def _operand(self, depth: int) -> _Branch | None:
        if self._peek() is TokenKind.OPEN:
            return self._parenthesised(depth + 1)
        if self._peek() is TokenKind.TAG:
            tag = self._take()
            self._fault(f"[{tag.text}] has no term before it", tag)
            return None
        run = self._run()
        try:
            return _Branch(self._term(run), 0)
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)
            return None

    def _parenthesised(self, depth: int) -> _Branch | None:
        opening = self._take()
        if depth > MAX_DEPTH:
            raise _too_deep(opening.position)
        if self._peek() is TokenKind.CLOSE:
            self._fault("nothing between the parentheses", opening)
        branch = self._group(depth)
        if self._peek() is TokenKind.CLOSE:
            self._take()
        else:
            self._fault("an opening parenthesis without its partner", opening)
        return branch

    def _run(self) -> list[Token]:
        """Words side by side, or one phrase; with a colon between them, both sides of a range."""
        run = [self._take()]
        while self._peek() in _TEXT:
            neighbours = (run[-1].kind, self._peek())
            if TokenKind.PHRASE in neighbours and TokenKind.COLON not in neighbours:
                break
            run.append(self._take())
        return run

    def _term(self, run: Sequence[Token]) -> Node:
        """The node of ``run`` with the tag that follows it, if any, and the end of its range, if any."""
        if self._peek() is not TokenKind.TAG:
            return read_untagged(run, self._text)
        node = read_tagged(run, read_tag(self._take()), self._text)
        if not isinstance(node, DateRange) or self._peek() is not TokenKind.COLON:
            return node
        colon = self._take()
        if self._peek() not in _TEXT:
            raise Unreadable(Problem("fault", "a range without its end", colon.position))
        end = self._run()
        if self._peek() is not TokenKind.TAG:
            raise Unreadable(Problem("fault", "the end of a range without a date field", colon.position))
        return span(node, read_tagged(end, read_tag(self._take()), self._text), colon)

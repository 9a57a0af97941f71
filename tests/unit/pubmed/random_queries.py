"""Random queries over the invented records, each with what it must find: sets folded from left to right."""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

from tests.unit.pubmed.language_records import CASES


class Case(NamedTuple):
    """A query and the PMIDs that it must find."""

    query: str
    pmids: frozenset[int]


_Operation = Callable[[frozenset[int], frozenset[int]], frozenset[int]]
_OPERATORS: dict[str, _Operation] = {
    " AND ": frozenset.intersection,
    " ": frozenset.intersection,
    " & ": frozenset.intersection,
    " OR ": frozenset.union,
    " | ": frozenset.union,
    " NOT ": frozenset.difference,
}
_SINGLE_TERMS = [
    Case(query, frozenset(pmids))
    for query, pmids in CASES
    if query.endswith("]") and query.count("[") == 1 and not query.startswith("(")
]


def _chain(first: Case, rest: list[tuple[str, Case]]) -> Case:
    query, pmids = first
    for operator, operand in rest:
        query += operator + operand.query
        pmids = _OPERATORS[operator](pmids, operand.pmids)
    return Case(f"({query})", pmids)


RANDOM_CASES = st.recursive(
    st.sampled_from(_SINGLE_TERMS),
    lambda operands: st.builds(
        _chain, operands, st.lists(st.tuples(st.sampled_from(list(_OPERATORS)), operands), min_size=1, max_size=4)
    ),
    max_leaves=12,
)

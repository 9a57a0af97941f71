"""Which citations of a library describe one work: block, compare, decide, cluster."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from litwatch.identity.citations import identity_keys
from litwatch.identity.comparison import Comparison
from litwatch.identity.rules import Verdict, judge
from litwatch.model.identity import Because, Citation, Clustering, IdentityKey, Join

Pair = tuple[int, int]
"""Two places in a sequence of citations, the smaller first."""

_DECIDED = Because("a person's decision", "")
_NOTHING_DECIDED: Mapping[Pair, bool] = {}


def cluster_citations(citations: Sequence[Citation], decided: Mapping[Pair, bool] = _NOTHING_DECIDED) -> Clustering:
    """Group ``citations`` by work. ``decided`` has what a person said of pairs: True for one work, False for two."""
    joins, doubts = [], []
    for left, right in sorted({*_candidates(citations), *decided}):
        if (left, right) in decided:
            if decided[left, right]:
                joins.append(Join(left, right, _DECIDED))
            continue
        judgement = judge(Comparison(citations[left], citations[right]))
        if judgement.verdict is Verdict.SAME:
            joins.append(Join(left, right, judgement.because))
        elif judgement.verdict is Verdict.UNSURE:
            doubts.append(Join(left, right, judgement.because))
    group_of = list(range(len(citations)))
    for join in joins:
        one, other = sorted((_root(group_of, join.left), _root(group_of, join.right)))
        group_of[other] = one
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(citations)):
        groups[_root(group_of, place)].append(place)
    apart = tuple(doubt for doubt in doubts if _root(group_of, doubt.left) != _root(group_of, doubt.right))
    return Clustering(tuple(map(tuple, groups.values())), tuple(joins), apart)


def _candidates(citations: Sequence[Citation]) -> Iterator[Pair]:
    met: defaultdict[IdentityKey, list[int]] = defaultdict(list)
    for place, citation in enumerate(citations):
        for key in identity_keys(citation):
            met[key].append(place)
    for places in met.values():
        yield from combinations(places, 2)


def _root(group_of: list[int], place: int) -> int:
    while group_of[place] != place:
        group_of[place] = place = group_of[group_of[place]]
    return place

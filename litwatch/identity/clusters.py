"""Which citations of a library describe one work: block, compare, decide, cluster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from litwatch.identity.agreement import Agreement
from litwatch.identity.citations import profile_keys
from litwatch.identity.comparison import Comparison
from litwatch.identity.judgement import Judgement, judge
from litwatch.identity.profiles import Profile, profile_of
from litwatch.identity.rules import RULES, Verdict
from litwatch.model.identity import Because, Citation, Clustering, Join, Tie

Pair = tuple[int, int]
"""Two places in a sequence of citations, the smaller first."""

_DECIDED = Because("a person's decision", "")
_NOTHING_DECIDED: Mapping[Pair, bool] = {}
_NOTHING_TIED: Mapping[Pair, Tie] = {}

WIDEST_BLOCK = 60
"""How many records under one key are all compared with each other; of more, each with its neighbours when sorted."""

NEIGHBOURS = 20


def cluster_citations(
    citations: Sequence[Citation],
    decided: Mapping[Pair, bool] = _NOTHING_DECIDED,
    ties: Mapping[Pair, Tie] = _NOTHING_TIED,
) -> Clustering:
    """Group ``citations`` by work. ``decided`` has what a person said of pairs: True for one work, False for two.

    ``ties`` are the links that PubMed sets between pairs.

    Joins are made in the order of their rules, the surest first; one that would bring two into a group of which a rule
    or a person says that they are two works is left, as a doubt.
    """
    profiles = [profile_of(citation) for citation in citations]
    pairs = {*_candidates(profiles), *ties}.difference(decided)
    judged = {(left, right): _judged(profiles, left, right, ties.get((left, right))) for left, right in pairs}
    groups = _Groups(profiles, judged, decided)
    joins = [Join(left, right, _DECIDED) for (left, right), is_one in sorted(decided.items()) if is_one]
    for join in joins:
        groups.join(join.left, join.right)
    doubts = []
    for (left, right), judgement in sorted(judged.items(), key=lambda item: (item[1].rank, item[0])):
        join = Join(left, right, judgement.because)
        if judgement.verdict is Verdict.SAME and groups.may_join(left, right):
            groups.join(left, right)
            joins.append(join)
        elif judgement.verdict is not Verdict.DIFFERENT:
            doubts.append(join)
    apart = (doubt for doubt in sorted(doubts) if groups.of(doubt.left) is not groups.of(doubt.right))
    return Clustering(groups.listed(), tuple(sorted(joins)), tuple(apart))


class _Group(NamedTuple):
    """A group: its places, and those of them that are no copies of another, unless a person has spoken of them."""

    places: list[int]
    distinct: set[int]


class _Groups:
    """The groups as they grow; each place is in one."""

    def __init__(
        self, profiles: Sequence[Profile], judged: Mapping[Pair, Judgement], decided: Mapping[Pair, bool]
    ) -> None:
        self._profiles = profiles
        self._judged = judged
        self._decided = decided
        spoken_of = {place for pair in decided for place in pair}
        first_of: dict[Citation, int] = {}
        self._group_of = [
            _Group([place], {place if place in spoken_of else first_of.setdefault(profile.citation, place)})
            for place, profile in enumerate(profiles)
        ]

    def of(self, place: int) -> _Group:
        """The group of a place, the same object for all its members."""
        return self._group_of[place]

    def join(self, left: int, right: int) -> None:
        """Make one group of two."""
        larger, smaller = sorted((self.of(left), self.of(right)), key=lambda group: len(group.places), reverse=True)
        if larger is not smaller:
            larger.places.extend(smaller.places)
            larger.distinct.update(smaller.distinct)
            for place in smaller.places:
                self._group_of[place] = larger

    def may_join(self, left: int, right: int) -> bool:
        """Whether no two that would meet in one group are known to be apart."""
        one, other = self.of(left), self.of(right)
        if one is other:
            return True
        pairs = ((a, b) for a in one.distinct for b in other.distinct if a != b)
        return not any(self._are_apart(*sorted(pair)) for pair in pairs)

    def listed(self) -> tuple[tuple[int, ...], ...]:
        """Each group once, ascending, in the order of their first places."""
        groups = {id(group): group for group in self._group_of}
        return tuple(tuple(sorted(group.places)) for group in groups.values())

    def _are_apart(self, left: int, right: int) -> bool:
        """Whether a person or a rule keeps the two apart, or they are printed in two places."""
        if (left, right) in self._decided:
            return not self._decided[left, right]
        judgement = self._judged.get((left, right)) or _judged(self._profiles, left, right)
        if judgement.verdict is Verdict.SAME:
            return False
        if judgement.verdict is Verdict.DIFFERENT and judgement.rank < len(RULES):
            return True
        pages = Comparison(self._profiles[left], self._profiles[right]).facet("pages")
        return pages.agreement is Agreement.DIFFERENT


def _judged(profiles: Sequence[Profile], left: int, right: int, tie: Tie | None = None) -> Judgement:
    return judge(Comparison(profiles[left], profiles[right], tie))


def _candidates(profiles: Sequence[Profile]) -> Iterable[Pair]:
    """The pairs that share a key, the smaller place first. Equal citations are compared with the first of them."""
    first_of: dict[Citation, int] = {}
    pairs: set[Pair] = set()
    blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        first = first_of.setdefault(profile.citation, place)
        if first != place:
            pairs.add((first, place))
            continue
        for key in profile_keys(profile):
            blocks[key].append(place)
    for places in blocks.values():
        pairs.update(_within(places, profiles))
    return pairs


def _within(places: list[int], profiles: Sequence[Profile]) -> Iterator[Pair]:
    """The pairs of one block."""
    if len(places) <= WIDEST_BLOCK:
        yield from combinations(places, 2)
        return
    ordered = sorted(places, key=lambda place: _description(profiles[place]))
    for at, place in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield (place, other) if place < other else (other, place)


def _description(profile: Profile) -> tuple[object, ...]:
    return profile.title, profile.citation.year or 0, profile.volume, profile.pages, profile.surnames

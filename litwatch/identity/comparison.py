"""Two citations laid side by side, facet by facet: how far each agrees, in words that a person can check."""

from collections.abc import Callable, Mapping

from litwatch.identity.agreement import UNKNOWN, Agreement, Facet
from litwatch.identity.compared_authors import compare_authors, compare_first_authors, compare_teams
from litwatch.identity.compared_places import (
    compare_columns,
    compare_editions,
    compare_extents,
    compare_issues,
    compare_journals,
    compare_pages,
    compare_single_pages,
    compare_volumes,
    compare_years,
)
from litwatch.identity.compared_titles import compare_numbers, compare_telling, compare_titles, compare_wording
from litwatch.identity.profiles import Profile
from litwatch.identity.titles import PREPRINT
from litwatch.model.identity import Tie

_TIES: Mapping[Tie, Facet] = {
    Tie.UPDATE: Facet(Agreement.SAME, "PubMed links one as the update of the other"),
    Tie.REPUBLICATION: Facet(Agreement.SAME, "PubMed links one as the other's republication"),
}


class Comparison:
    """Two citations compared; a facet is worked out when a rule first asks for it.

    ``tie`` is the link that PubMed sets between the two, None when it sets none.
    """

    def __init__(self, left: Profile, right: Profile, tie: Tie | None = None) -> None:
        self.left = left
        self.right = right
        self._facets = {kind.value: _TIES[kind] if kind is tie else UNKNOWN for kind in Tie}

    def facet(self, name: str) -> Facet:
        """The facet of that name; a name that is not in the table is a KeyError."""
        if name not in self._facets:
            self._facets[name] = _FACETS[name](self.left, self.right)
        return self._facets[name]


def _exact(name: str) -> Callable[[Profile, Profile], Facet]:
    """Compare an identifier of that name, as the attribute of that name in small letters has it."""

    def compare(left: Profile, right: Profile) -> Facet:
        one, other = (getattr(side.citation, name.lower()) for side in (left, right))
        if not one or not other:
            return UNKNOWN
        if one == other:
            return Facet(Agreement.SAME, f"same {name} {one}")
        return Facet(Agreement.DIFFERENT, f"{name}s {one} and {other}")

    return compare


def _doi(left: Profile, right: Profile) -> Facet:
    if left.doi and left.doi == right.doi:
        return Facet(Agreement.SAME, f"same DOI {left.doi}")
    return _exact("DOI")(left, right)


def _preprint(left: Profile, right: Profile) -> Facet:
    if (left.designation == PREPRINT) != (right.designation == PREPRINT):
        return Facet(Agreement.DIFFERENT, "one of them a preprint")
    return Facet(Agreement.SAME)


def _designation(left: Profile, right: Profile) -> Facet:
    kinds = ["article" if side.designation in ("", PREPRINT) else side.designation for side in (left, right)]
    if kinds[0] == kinds[1]:
        return Facet(Agreement.SAME)
    one, other = (f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in kinds)
    return Facet(Agreement.DIFFERENT, f"one is {one} and the other {other}")


def _article(left: Profile, right: Profile) -> Facet:
    plain = all(side.designation in ("", PREPRINT) for side in (left, right))
    return Facet(Agreement.SAME) if plain else UNKNOWN


_FACETS: dict[str, Callable[[Profile, Profile], Facet]] = {
    "pmid": _exact("PMID"),
    "doi": _doi,
    "pmcid": _exact("PMCID"),
    "preprint": _preprint,
    "designation": _designation,
    "article": _article,
    "title": compare_titles,
    "telling": compare_telling,
    "wording": compare_wording,
    "numbers": compare_numbers,
    "first_author": compare_first_authors,
    "authors": compare_authors,
    "team": compare_teams,
    "year": compare_years,
    "journal": compare_journals,
    "volume": compare_volumes,
    "pages": compare_pages,
    "extent": compare_extents,
    "single_pages": compare_single_pages,
    "columns": compare_columns,
    "editions": compare_editions,
    "issue": compare_issues,
}

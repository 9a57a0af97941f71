"""The identifiers of the field. Each is a string that was checked when it was made."""

import re
from typing import NewType, Self

_PMID = re.compile(r"[1-9][0-9]{0,8}")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_DOI_PREFIX = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMCID = re.compile(r"PMC[1-9][0-9]{0,9}")


class Pmid(str):
    """A PubMed identifier, digits without leading zeros; anything else is a ValueError."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check ``value`` and keep its normal form."""
        if _PMID.fullmatch(value) is None:
            raise ValueError(f"not a PMID: {value!r}")
        return super().__new__(cls, value)


class Doi(str):
    """A digital object identifier in lower case, without resolver or ``doi:`` prefix.

    DOIs compare without regard to case (DOI Handbook, 2.4), hence one spelling.
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check ``value`` and keep its normal form."""
        bare = _DOI_PREFIX.sub("", value, count=1).strip().lower()
        if _DOI.fullmatch(bare) is None:
            raise ValueError(f"not a DOI: {value!r}")
        return super().__new__(cls, bare)


class Pmcid(str):
    """A PubMed Central identifier, with its ``PMC`` prefix."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check ``value`` and keep its normal form."""
        bare = value.strip().upper()
        if _PMCID.fullmatch(bare) is None:
            raise ValueError(f"not a PMCID: {value!r}")
        return super().__new__(cls, bare)


WorkId = NewType("WorkId", str)
"""Names a work after the first of its records: ``pmid:16616662``. Stable over repeated runs."""


def work_id(pmid: Pmid) -> WorkId:
    """The name of the work that ``pmid`` is the first known record of."""
    return WorkId(f"pmid:{pmid}")


def pmid_of(work: WorkId) -> Pmid:
    """The founding record that ``work`` is named after."""
    return Pmid(work.removeprefix("pmid:"))

"""What a request to E-utilities says, and the results that the history server keeps between requests."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from secrets import token_hex
from threading import Lock

from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationQuery

_ENVIRONMENTS = 256
_LONGEST_NUMBER = 9
_CITATION_FIELDS = 7
_NOT_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}(/\d{1,2}(/\d{1,2})?)?")
_DATE_TAGS = {"pdat": "dp", "edat": "edat", "crdt": "crdt", "mhda": "mhda"}


class Refused(Exception):
    """The utility answers with an error: the message, and the HTTP status that it comes with."""

    def __init__(self, message: str, status: int = 200) -> None:
        self.status = status
        super().__init__(message)


class Params:
    """The parameters of one request; of a parameter given twice, the first counts, but for ids.

    Names in capitals or not are the same: Biopython's tutorial writes ``webenv``, NCBI's manual ``WebEnv``.
    """

    def __init__(self, given: Mapping[str, Sequence[str]], *, has_json: bool) -> None:
        self._given = {name.lower(): values for name, values in given.items()}
        self._has_json = has_json

    def text(self, name: str) -> str:
        """The value, empty when not given; signs that XML cannot hold, and blanks around it, are gone."""
        return _NOT_XML.sub(" ", self._given.get(name, [""])[0]).strip()

    def number(self, name: str, default: int) -> int:
        """A count; Refused when it is none."""
        text = self.text(name)
        if not text:
            return default
        if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
            raise Refused(f"Invalid value of {name}: '{text}'")
        return int(text)

    @property
    def wants_json(self) -> bool:
        """Whether the reply is to be JSON, which not every utility has."""
        return self._has_json and self.text("retmode").lower() == "json"

    def check_database(self, name: str) -> None:
        """Pass when the database is this one, or not named."""
        if self.text(name) not in ("", "pubmed"):
            raise Refused(f"Invalid db name specified: {self.text(name)}")

    def pmid_lists(self) -> list[list[int]]:
        """The ids as given, one list for each ``id`` parameter; Refused, with its name, when one cannot be a PMID."""
        return [
            [_number_of(one.strip()) for one in text.split(",") if one.strip()] for text in self._given.get("id", [])
        ]

    def citations(self) -> list[tuple[str, CitationQuery]]:
        """Each citation of ``bdata`` as given, with what it says; Refused when there is none, or one cannot be read."""
        lines = [line.strip() for line in re.split(r"[\r\n]+", self._given.get("bdata", [""])[0]) if line.strip()]
        if not lines:
            raise Refused("Empty bdata; nothing to match")
        return [(line, _citation_of(line)) for line in lines]

    def pmids(self) -> list[int]:
        """All ids of the request, in the order given."""
        return [pmid for pmids in self.pmid_lists() for pmid in pmids]

    def date_limit(self, today: date) -> str:
        """The limit by ``reldate`` or ``mindate`` and ``maxdate`` as a term, empty when none is set.

        Without a ``datetype`` it is the entry date (querytranslations that rentrez and public clients show).
        """
        earliest, latest = self.text("mindate"), self.text("maxdate")
        if self.text("reldate"):
            days = min(timedelta(self.number("reldate", 0)), today - date.min)
            earliest, latest = (day.isoformat().replace("-", "/") for day in (today - days, today))
        if not earliest and not latest:
            return ""
        for name, text in (("mindate", earliest), ("maxdate", latest)):
            if _DATE.fullmatch(text) is None:
                raise Refused(f"Invalid value of {name}: '{text}'; mindate and maxdate go together, as YYYY/MM/DD")
        kind = self.text("datetype").lower() or "edat"
        if kind not in _DATE_TAGS:
            raise Refused(f"datetype '{kind}' is not supported here; these are: {', '.join(_DATE_TAGS)}")
        return f'("{earliest}"[{_DATE_TAGS[kind]}] : "{latest}"[{_DATE_TAGS[kind]}])'


def _number_of(one: str) -> int:
    try:
        return int(Pmid(one))
    except ValueError:
        raise Refused(f"Invalid uid {one}", 400) from None


def _citation_of(line: str) -> CitationQuery:
    """``journal|year|volume|first page|author|key|`` as NBK25499 has it."""
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != _CITATION_FIELDS:
        raise Refused(
            f"Invalid citation: '{_NOT_XML.sub(' ', line)}'; it is journal|year|volume|first page|author|key|"
        )
    journal, year, volume, page, author = fields[:5]
    is_year = year.isascii() and year.isdecimal() and len(year) <= len("2011")
    return CitationQuery(journal, int(year) if is_year else None, volume, page, author)


class History:
    """Results kept for later requests under a WebEnv and a query key; the environments least used are dropped."""

    def __init__(self) -> None:
        self._environments: OrderedDict[str, list[tuple[int, ...]]] = OrderedDict()
        self._lock = Lock()

    def keep(self, pmids: Sequence[int], webenv: str) -> tuple[str, int]:
        """Keep ``pmids`` in ``webenv``, or in a new environment when it is empty; returns WebEnv and query key."""
        with self._lock:
            if webenv and webenv not in self._environments:
                raise Refused("Unable to obtain query #1")
            webenv = webenv or f"MCID_{token_hex(12)}"
            kept = self._environments.setdefault(webenv, [])
            kept.append(tuple(pmids))
            self._environments.move_to_end(webenv)
            if len(self._environments) > _ENVIRONMENTS:
                self._environments.popitem(last=False)
            return webenv, len(kept)

    def recall(self, webenv: str, query_key: str) -> tuple[int, ...]:
        """What was kept; Refused, as recorded, when it is not there, or no longer."""
        with self._lock:
            kept = self._environments.get(webenv, [])
            if not query_key.isdecimal() or len(query_key) > _LONGEST_NUMBER or not 1 <= int(query_key) <= len(kept):
                raise Refused(f"Unable to obtain query #{query_key or 1}")
            self._environments.move_to_end(webenv)
            return kept[int(query_key) - 1]

"""What E-utilities answer, made from an archive: a utility and its parameters in, a reply out.

What this PubMed cannot do is an error that names it, in the place where the utility reports errors; it is never left
out silently. Two kinds of silence are PubMed's own and kept: limits above the window are lowered, and ids that it does
not hold are absent from what EFetch sends.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from sqlite3 import DatabaseError
from typing import NamedTuple

from litwatch.archive import server_bodies as bodies
from litwatch.archive.citations import knows_journal, match_citation
from litwatch.archive.index import Archive
from litwatch.archive.server_bodies import LinkSet, SearchField
from litwatch.archive.server_requests import History, Params, Refused
from litwatch.archive.server_summaries import summaries_json, summaries_xml
from litwatch.digest.formats import format_records
from litwatch.errors import InvalidQuery, LitwatchError
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record
from litwatch.model.search import CitationOutcome
from litwatch.pubmed.query_fields import FIELDS, Kind
from litwatch.pubmed.records import parse_records

WINDOW = 9_999
"""PubMed serves the first 9,999 ids of a search, with and without the history server."""

_JSON_SUMMARIES = 500
_NAMED_MATCHES = 5
_PAST_WINDOW = (
    "'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching "
    "the query."
)
# Latest entry first, as PubMed's "most recent" was, also stands for relevance, whose order PubMed does not tell.
_ORDERS = frozenset({"", "relevance", "most recent", "pub_date"})
_WITH_JSON = frozenset({"esearch", "esummary", "elink", "einfo"})
_CITED = re.compile(rb'<ArticleId IdType="pubmed">(\d+)</ArticleId>')

# EInfo's short names, where they are not the tag in capitals.
_FIELD_NAMES = {
    "1au": "FAUT", "au": "AUTH", "dp": "PDAT", "epdat": "EPDT", "ip": "ISS", "la": "LANG", "lastau": "LAUT",
    "mh": "MESH", "nm": "SUBS", "ot": "OTRM", "pg": "PAGE", "pmid": "UID", "ppdat": "PPDT", "pt": "PTYP", "sb": "FILT",
    "sh": "SUBH", "ta": "JOUR", "ti": "TITL", "tw": "WORD", "vi": "VOL",
}  # fmt: skip


class Reply(NamedTuple):
    """A body with its HTTP status and media type."""

    status: int
    media_type: str
    body: bytes


class Eutilities:
    """E-utilities over one archive; ``today`` is what ``reldate`` counts from."""

    def __init__(self, archive: Archive, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._archive = archive
        self._today = today
        self._history = History()
        self._utilities = {
            "esearch": self._search,
            "efetch": self._fetch,
            "esummary": self._summarise,
            "epost": self._post,
            "elink": self._link,
            "einfo": self._inform,
            "ecitmatch": self._match,
        }

    def answer(self, utility: str, params: dict[str, list[str]]) -> Reply:
        """The reply of ``utility`` ("esearch"); 404 for one that is not served."""
        if utility not in self._utilities:
            return Reply(404, "text/plain", f"not served: {utility}; try {', '.join(self._utilities)}".encode())
        asked = Params(params, has_json=utility in _WITH_JSON)
        try:
            asked.check_database("dbfrom" if utility == "elink" else "db")
            return self._utilities[utility](asked)
        except Refused as refused:
            message, status = str(refused), refused.status
        except InvalidQuery as error:
            message, status = f"Query not understood: {error}", 200
        except (LitwatchError, DatabaseError) as error:
            message, status = f"Search Backend failed: {error}", 200
        return _reply(asked, bodies.error_body(utility, message, as_json=asked.wants_json), status)

    def _search(self, asked: Params) -> Reply:
        start = asked.number("retstart", 0)
        if start >= WINDOW:
            raise Refused(f"Search Backend failed: Exception:\n{_PAST_WINDOW}")
        if asked.text("sort").lower() not in _ORDERS:
            raise Refused(f"sort '{asked.text('sort')}' is not supported here")
        found = self._archive.search(self._term(asked))
        pmids = self._in_order(found.ids, asked)
        if asked.text("rettype").lower() == "count":
            return _reply(asked, bodies.count_body(len(pmids), as_json=asked.wants_json))
        wants_history = asked.text("usehistory").lower() == "y"
        page = bodies.SearchPage(
            count=len(pmids),
            retstart=start,
            pmids=pmids[start : min(start + asked.number("retmax", 20), WINDOW)],
            translation=found.translation,
            unknown=found.unknown_phrases,
            messages=[*found.warnings, *([] if pmids else ["No items found."])],
            history=self._history.keep(pmids, asked.text("webenv")) if wants_history else None,
        )
        return _reply(asked, bodies.search_json(page) if asked.wants_json else bodies.search_xml(page))

    def _term(self, asked: Params) -> str:
        """The term with what the other parameters add to it."""
        term = asked.text("term")
        if not term:
            raise Refused("Empty term and query_key - nothing todo")
        if field := asked.text("field"):
            if re.search(r"[\[\]()\"]|\b(?:AND|OR|NOT)\b", term):
                raise Refused(f"field '{field}' is supported for a single term only; tag the terms instead")
            term = f"{term}[{field}]"
        limit = asked.date_limit(self._today())
        return f"({term}) AND {limit}" if limit else term

    def _in_order(self, pmids: Sequence[int], asked: Params) -> Sequence[int]:
        """In the order asked for; only those that an earlier query kept, when one is named."""
        if asked.text("query_key"):
            kept = frozenset(self._history.recall(asked.text("webenv"), asked.text("query_key")))
            pmids = [pmid for pmid in pmids if pmid in kept]
        if asked.text("sort").lower() == "pub_date":
            return self._archive.sort_by_publication(pmids)
        return sorted(pmids, reverse=True)

    def _asked_ids(self, asked: Params) -> Sequence[int]:
        """The ids of a request by history or by id, cut to ``retstart`` and ``retmax``."""
        start, most = asked.number("retstart", 0), asked.number("retmax", sys.maxsize)
        if not asked.text("webenv"):
            return asked.pmids()[start : start + most]
        if start >= WINDOW:
            raise Refused(f"Search backend cannot retrieve history data. Reason: Exception: {_PAST_WINDOW}", 400)
        kept = self._history.recall(asked.text("webenv"), asked.text("query_key"))
        return kept[start : min(start + most, WINDOW)]

    def _fetch(self, asked: Params) -> Reply:
        pmids = self._asked_ids(asked)
        if not pmids and not asked.text("webenv"):
            raise Refused("ID list is empty! Possibly it has no correct IDs.", 400)
        mode, kind = asked.text("retmode").lower() or "xml", asked.text("rettype").lower()
        if mode == "xml" and kind != "uilist":
            return Reply(200, "text/xml", bodies.article_set(xml for _, xml in self._archive.fetch(pmids)))
        if (mode, kind) == ("text", "uilist"):
            return Reply(200, "text/plain", "".join(f"{pmid}\n" for pmid in pmids).encode())
        if (mode, kind) == ("text", "medline"):
            return Reply(200, "text/plain", format_records(list(self._records(pmids)), "nbib").encode())
        raise Refused(f"rettype '{kind}' with retmode '{mode}' is not supported here", 400)

    def _summarise(self, asked: Params) -> Reply:
        pmids = [Pmid(str(pmid)) for pmid in self._asked_ids(asked)]
        if not pmids:
            raise Refused("Neither query_key nor id specified" if not asked.text("webenv") else "Empty id list")
        if asked.wants_json and len(pmids) > _JSON_SUMMARIES:
            raise Refused(
                f"Too many UIDs in request. Maximum number of UIDs is {_JSON_SUMMARIES} for JSON format output."
            )
        if not asked.wants_json and asked.text("version").startswith("2"):
            raise Refused("version 2.0 is not supported here as XML; ask for retmode=json")
        held = {record.pmid: record for record in self._records(list(map(int, pmids)))}
        summaries = [(pmid, held.get(pmid)) for pmid in pmids]
        return _reply(asked, summaries_json(summaries) if asked.wants_json else summaries_xml(summaries))

    def _records(self, pmids: Sequence[int]) -> Iterator[Record]:
        stream = BytesIO(bodies.article_set(xml for _, xml in self._archive.fetch(pmids)))
        return (parsed.value for parsed in parse_records(stream) if isinstance(parsed.value, Record))

    def _post(self, asked: Params) -> Reply:
        pmids = asked.pmids()
        if not pmids:
            raise Refused("Empty ID list; Nothing to store")
        return Reply(200, "text/xml", bodies.post_xml(*self._history.keep(pmids, asked.text("webenv"))))

    def _link(self, asked: Params) -> Reply:
        """Links that the records themselves hold: what they cite, and where they are in PubMed Central.

        One set for each ``id`` parameter, as ELink does. No ids are found for a record without a reference list, which
        says that its references are unknown.
        """
        command = asked.text("cmd") or "neighbor"
        if command != "neighbor":
            raise Refused(f"cmd '{command}' is not supported here")
        served = {"pubmed": ("pubmed", "pubmed_pubmed_refs"), "pmc": ("pmc", "pubmed_pmc")}
        database = asked.text("db") or "pubmed"
        if database not in served:
            raise Refused(f"Invalid db name specified: {database}")
        link_name = asked.text("linkname")
        if link_name not in ("", served[database][1]):
            raise Refused(f"linkname '{link_name}' is not supported here for db '{database}'")
        sets = [self._link_set(pmids, *served[database]) for pmids in asked.pmid_lists()]
        return _reply(asked, bodies.links_json(sets) if asked.wants_json else bodies.links_xml(sets))

    def _link_set(self, pmids: Sequence[int], database: str, name: str) -> LinkSet:
        if database == "pmc":
            ids = [record.pmcid.removeprefix("PMC") for record in self._records(pmids) if record.pmcid]
        else:
            lists = (xml.partition(b"<ReferenceList")[2] for _, xml in self._archive.fetch(pmids))
            ids = list(dict.fromkeys(pmid.decode() for cited in lists for pmid in _CITED.findall(cited)))
        return LinkSet(pmids, [(database, name, ids)] if ids else [])

    def _match(self, asked: Params) -> Reply:
        """Each citation as given, with the PMID or what stands in place of one behind it; see parse_citation_reply."""
        if asked.text("retmode").lower() != "xml":
            raise Refused("retmode has to be xml, although the reply is lines of text", 400)
        lines = []
        for line, citation in asked.citations():
            match = match_citation(self._archive, citation)
            outcome = ",".join(match.pmids)
            if match.outcome is CitationOutcome.AMBIGUOUS:
                many = len(match.pmids) > _NAMED_MATCHES
                outcome = f"AMBIGUOUS ({len(match.pmids)} citations)" if many else f"AMBIGUOUS {outcome}"
            elif match.outcome is CitationOutcome.NOT_FOUND:
                unknown = citation.journal and not knows_journal(self._archive, citation.journal)
                outcome = "NOT_FOUND;INVALID_JOURNAL" if unknown else "NOT_FOUND"
            lines.append(f"{line}{outcome}\n")
        return Reply(200, "text/plain", "".join(lines).encode())

    def _inform(self, asked: Params) -> Reply:
        if not asked.text("db"):
            if asked.wants_json:
                return _reply(asked, bodies.json_body("einfo", {"einforesult": {"dblist": ["pubmed"]}}))
            return _reply(asked, bodies.envelope("einfo", f"<DbList>{bodies.element('DbName', 'pubmed')}</DbList>"))
        info = self._archive.info()
        facts = {
            "DbName": "pubmed",
            "MenuName": "PubMed",
            "Description": "PubMed bibliographic record",
            "DbBuild": "litwatch archive",
            "Count": str(info.records),
            "LastUpdate": f"{info.built_at:%Y/%m/%d %H:%M}",
        }
        write = bodies.database_json if asked.wants_json else bodies.database_xml
        return _reply(asked, write(facts, _search_fields()))


def _search_fields() -> Iterator[SearchField]:
    """The fields that a term can be tagged with here; ``:noexp`` is a way to search one, not one more."""
    for tag, field in FIELDS.items():
        if not tag.endswith(":noexp"):
            flags = (field.kind == Kind.DATE, field.kind == Kind.PMID, field.kind != Kind.TEXT, field.explodes, False)
            yield SearchField(
                name=_FIELD_NAMES.get(tag, tag.upper()),
                full_name=field.name,
                description=f"Terms tagged [{tag}]",
                flags="".join("Y" if flag else "N" for flag in flags),
            )


def _reply(asked: Params, body: bytes, status: int = 200) -> Reply:
    return Reply(status, "application/json" if asked.wants_json else "text/xml", body)

"""Replies of E-utilities: bytes and an HTTP status in, a value or a SourceError out.

E-utilities say "no" in many ways, most of them with status 200: an ERROR element or key, a page of HTML, an empty
body, half a body. None of them may be read as "0 results". What a message means stands in ``_VERDICTS``, a row for
each kind; the messages were observed in recorded replies and in the issue threads of public clients of E-utilities.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from litwatch.errors import SourceError, SourceRefused, SourceUnavailable
from litwatch.model.identifiers import Pmid
from litwatch.model.search import CitationMatch, CitationOutcome

_HEAD = 4096
_TAIL = 64
_QUOTED = 200
_NO_HITS = "No items found."

_ERROR_ELEMENT = re.compile(r"<ERROR>(.*?)</ERROR>", re.DOTALL)
_HTML = re.compile(r"<html|<!doctype html", re.IGNORECASE)
_HTML_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_EMPTY_SET = re.compile(rb"<PubmedArticleSet\s*/>$")
_CITATION_OUTCOME = re.compile(
    r"(?P<none>NOT_FOUND)(?:;.*)?|(?P<one>[1-9][0-9]{0,8})"
    r"|(?P<many>AMBIGUOUS)(?:\s*\([^()]*\)|\s+(?P<ids>[1-9][0-9]{0,8}(?:,\s*[1-9][0-9]{0,8})*))?"
)
_CREATED = re.compile(
    rb'<PubMedPubDate PubStatus="entrez">\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>'
)


@dataclass(frozen=True, slots=True)
class SearchReply:
    """What ESearch answered to one request.

    ``count`` is how many ids match, ``pmids`` are those sent, in the order sent, at most ``retmax``, the limit that the
    server applied: it may be below the one asked for. ``warnings`` say where it did not search what the query says.
    """

    count: int
    retmax: int
    pmids: tuple[Pmid, ...]
    translation: str
    warnings: tuple[str, ...]


class DatabaseInfo(NamedTuple):
    """What EInfo says of a database; what the server does not tell is empty."""

    name: str
    build: str
    updated: str


class _Verdict(NamedTuple):
    """What an error message means: ``pattern`` is searched for in it, ``advice`` tells the reader the rest."""

    pattern: str
    passes: bool
    advice: str


_VERDICTS = (
    _Verdict("rate limit exceeded", True, "too many requests from this address or with this key"),
    _Verdict("api[ _-]?key", False, "correct the API key or search without one"),
    _Verdict("'retstart' cannot be larger|out of acceptable range", False, "PubMed serves only the first 9,999 ids"),
    _Verdict("invalid db name|can ?not retrieve dbinfo", False, "check the base URL"),
    _Verdict("database is not supported", True, "an outage of PubMed was seen to look like this"),
    _Verdict("unable to obtain query|cannot retrieve history|fetch uids from history", True, "the query was lost"),
    _Verdict("external viewer error|unable to open|unable to route|search backend failed", True, "the server faltered"),
    _Verdict("invalid id parameter|empty id list|id list is empty|too many uids", False, "the request is wrong"),
    _Verdict("empty term|query not understood", False, "correct the search strategy"),
    _Verdict("cannot get document summary", False, "the record has no summary"),
)
"""The first row that matches decides. A message of no row passes, unless the status says that the request is wrong."""


def parse_search_reply(body: bytes, status: int) -> SearchReply:
    """The reply to ESearch with ``retmode=json``.

    Raises SourceUnavailable or SourceRefused for everything else, saying what came instead.
    """
    result = _parse_json(body, status).get("esearchresult")
    if not isinstance(result, dict):
        raise SourceUnavailable(f"PubMed sent JSON that is no search reply: {_excerpt(body)}")
    try:
        count = int(result["count"])
        reply = SearchReply(
            count=count,
            retmax=int(result["retmax"]),
            pmids=tuple(map(Pmid, _listed_in(result, "idlist"))),
            translation=str(result.get("querytranslation") or ""),
            warnings=tuple(_warnings(result, count)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceUnavailable(f"PubMed sent a search reply that cannot be read: {error!r}") from None
    if not (reply.count or reply.translation or reply.warnings or _NO_HITS in _messages(result)):
        raise SourceUnavailable("PubMed sent a search reply that neither found anything nor says what it searched for")
    return reply


def check_fetch_reply(body: bytes, status: int) -> None:
    """Let pass a whole PubmedArticleSet, also an empty one; looks at the head and the tail of ``body`` only.

    Raises SourceUnavailable or SourceRefused for everything else, among it a set that breaks off.
    """
    head = body[:_HEAD]
    if status != 200 or b"<PubmedArticleSet" not in head or b"<ERROR>" in head:
        raise _refusal(body, status, "records")
    tail = body[-_TAIL:].rstrip()
    if not tail.endswith(b"</PubmedArticleSet>") and not _EMPTY_SET.search(tail):
        raise SourceUnavailable(f"PubMed sent records that break off after {len(body):,} bytes")


def parse_info_reply(body: bytes, status: int) -> DatabaseInfo:
    """The reply to EInfo for a database with ``retmode=json``; raises like parse_search_reply."""
    result = _parse_json(body, status).get("einforesult")
    info = result.get("dbinfo") if isinstance(result, dict) else None
    if isinstance(info, list):  # a bare object in the replies of 2012, a list of one in those of today
        info = next(iter(info), None)
    if not isinstance(info, dict) or "dbname" not in info:
        raise SourceUnavailable(f"PubMed sent JSON that tells of no database: {_excerpt(body)}")
    name, build, updated = (str(info.get(key, "")) for key in ("menuname", "dbbuild", "lastupdate"))
    return DatabaseInfo(name or str(info["dbname"]), build, updated)


def parse_citation_reply(body: bytes, status: int, keys: Sequence[str]) -> tuple[CitationMatch, ...]:
    """The reply to ECitMatch, one match for each of ``keys``, in their order; raises like parse_search_reply.

    A line is ``journal|year|volume|first page|author|key|PMID`` (NBK25499, "ECitMatch"). In place of the PMID stand
    NOT_FOUND, NOT_FOUND;INVALID_JOURNAL, AMBIGUOUS (5 citations) or AMBIGUOUS 7,8 (recorded by public clients, also
    that the author is then left out, wherefore the key is read from the right). A key without a line is an error.
    """
    text = body.decode("utf-8", "replace")
    if status != 200 or not text.strip() or text.lstrip()[0] in "<{" or _HTML.search(text[:_HEAD]):
        raise _refusal(body, status, "matched citations")
    found = {}
    for line in filter(str.strip, re.split(r"[\r\n]+", text)):
        fields = [field.strip() for field in line.split("|")]
        outcome = _CITATION_OUTCOME.fullmatch(fields[-1])
        if len(fields) < 2 or fields[-2] not in keys or outcome is None:
            raise SourceUnavailable(f"PubMed sent a matched citation that cannot be read: {_excerpt(line.encode())}")
        kind = CitationOutcome[outcome["none"] or outcome["many"] or "MATCHED"]
        pmids = re.findall("[0-9]+", outcome["one"] or outcome["ids"] or "")
        found[fields[-2]] = CitationMatch(kind, tuple(map(Pmid, pmids)))
    if len(found) < len(set(keys)):
        raise SourceUnavailable(
            f"PubMed matched {len(found)} of {len(set(keys))} citations and says nothing of the rest"
        )
    return tuple(found[key] for key in keys)


def find_create_dates(body: bytes) -> tuple[date, ...]:
    """The create dates (CRDT; PubStatus "entrez") of the records in ``body``; impossible ones are left out."""
    found = []
    for year, month, day in _CREATED.findall(body):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)


def _parse_json(body: bytes, status: int) -> dict[str, Any]:
    """The object in ``body``; raises when it is none, or tells of an error anywhere."""
    if status != 200 or not body.lstrip().startswith(b"{"):
        raise _refusal(body, status, "JSON")
    try:
        reply = _load(body)
    except ValueError:
        raise SourceUnavailable(f"PubMed sent JSON that breaks off or is damaged: {_excerpt(body)}") from None
    if message := "; ".join(_error_messages(reply)):
        raise _judge(message, status)
    return reply


def _load(body: bytes) -> dict[str, Any]:
    """Read a JSON object; ValueError when it cannot be read.

    Not strict, because PubMed was seen to send raw newlines inside strings.
    """
    try:
        reply: dict[str, Any] = json.loads(body, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return reply


def _error_messages(part: dict[str, Any]) -> Iterator[str]:
    """Whatever E-utilities put under ``error`` or ``ERROR`` at any depth, or as a list where a result should be."""
    for key, value in part.items():
        if key.lower() == "error" and value:
            yield str(value)
        elif key.endswith("result") and isinstance(value, list):
            yield from map(str, value)
        elif isinstance(value, dict):
            yield from _error_messages(value)


def _warnings(result: dict[str, Any], count: int) -> Iterator[str]:
    """What the server did not search as written. A phrase that it left out changes the answer most: it comes first."""
    if phrases := _strings(result, "errorlist", "phrasesnotfound"):
        left_out = f" and searched without {'it' if len(phrases) == 1 else 'them'}" if count else ""
        yield f"PubMed did not know {_listed(phrases)}{left_out}"
    if fields := _strings(result, "errorlist", "fieldsnotfound"):
        yield f"PubMed did not know the field {_listed(fields)}"
    if phrases := _strings(result, "warninglist", "quotedphrasesnotfound"):
        yield f"PubMed's index does not hold the phrase {_listed(phrases)}"
    if phrases := _strings(result, "warninglist", "phrasesignored"):
        yield f"PubMed ignored {_listed(phrases)}"
    yield from (text for text in _messages(result) if text != _NO_HITS)


def _messages(result: dict[str, Any]) -> list[str]:
    return _strings(result, "warninglist", "outputmessages")


def _listed_in(result: dict[str, Any], key: str) -> list[str]:
    """A list of texts; TypeError for anything else that could be looped over."""
    values = result[key]
    if not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
        raise TypeError(f"{key} is no list of texts")
    return values


def _listed(words: list[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)


def _strings(result: dict[str, Any], group: str, key: str) -> list[str]:
    entries = result.get(group)
    return [str(entry) for entry in (entries.get(key) or [])] if isinstance(entries, dict) else []


def _refusal(body: bytes, status: int, wanted: str) -> SourceError:
    """The error that a body amounts to which is not ``wanted``."""
    head = body[:_HEAD].decode("utf-8", "replace").strip()
    if message := _stated_error(body, head):
        return _judge(message, status)
    if not head:
        return _unexpected(f"an empty body where {wanted} was expected", status)
    if _HTML.search(head):
        title = _HTML_TITLE.search(head)
        named = f" «{_one_line(html.unescape(title[1]))}»" if title else ""
        return _unexpected(f"an HTML page{named} where {wanted} was expected", status)
    return _unexpected(f"something else than {wanted}: {_excerpt(body)}", status)


def _stated_error(body: bytes, head: str) -> str:
    """The error message that a body states in XML or JSON, empty when it states none."""
    if head.startswith("{"):
        try:
            return "; ".join(_error_messages(_load(body)))
        except ValueError:
            return ""
    return html.unescape("; ".join(_ERROR_ELEMENT.findall(head)))


def _judge(message: str, status: int) -> SourceError:
    """The error for a message that E-utilities sent."""
    verdict = next((row for row in _VERDICTS if re.search(row.pattern, message, re.IGNORECASE)), None)
    if verdict is None:
        return _unexpected(f"the error «{_one_line(message)}»", status)
    kind = SourceUnavailable if verdict.passes or _passes(status) else SourceRefused
    return kind(f"PubMed answered «{_one_line(message)}»: {verdict.advice}")


def _unexpected(what: str, status: int) -> SourceError:
    if status == 200:
        return SourceUnavailable(f"PubMed sent {what}")
    kind = SourceUnavailable if _passes(status) else SourceRefused
    hint = "; check the base URL" if status == 404 or 300 <= status < 400 else ""
    return kind(f"PubMed answered with HTTP {status} and {what}{hint}")


def _passes(status: int) -> bool:
    """Whether another try may succeed after ``status``: a timeout, too many requests, a fault of the server."""
    return status in {408, 429} or status >= 500


def _excerpt(body: bytes) -> str:
    return f"«{_one_line(body[:_HEAD].decode('utf-8', 'replace'))}»"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"

"""Renditions as a signed JSON message to an address on the web.

A POST with the headers

  Litwatch-Delivery    names the delivery; the same when it is repeated
  Litwatch-Timestamp   seconds since 1970, when it was sent
  Litwatch-Signature   "sha256=" and HMAC-SHA256, in hexadecimal, of timestamp, "." and body under the shared secret

and the body, one JSON object: format ("litwatch delivery"), format_version (1), delivery, watch {name, title}, number,
kind, made_at, summary, source_note, flow, notices {pmid, kind, title, concerns, url}, studies {pmid, title, doi, url}
and files, the names of the renditions; values as in ``digest.json``.
"""

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from socket import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from litwatch.delivery.issue import read_issue
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Rendition

# Replies after which the same request may be taken later; so is any 5xx. Everything else will be refused again.
_PASSING = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class WebhookTerms:
    """How is posted. ``timeout`` is in seconds without an answer; ``is_private_allowed`` lets this network in."""

    secret: str = field(repr=False)
    timeout: float
    is_private_allowed: bool = False


class WebhookSink:
    """Posts each issue to the address that is its target. ``now`` gives the moment that is signed."""

    def __init__(self, terms: WebhookTerms, now: Callable[[], datetime]) -> None:
        self.terms = terms
        self.now = now

    def deliver(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """Post it, to the place itself: no redirect is followed and no proxy asked.

        Deferred is what may pass: no connection, no answer in time, 408, 425, 429 and 5xx; other replies are final.
        """
        body = _body(delivery, renditions)
        place = urlsplit(delivery.target).hostname or ""
        if delivery.target.startswith("http:") and not self.terms.is_private_allowed:
            raise DeliveryRefused(f"{place}: what is posted there would not be encrypted; let the address be https:")
        try:
            status = self._post(delivery, body)
        except requests.exceptions.SSLError:
            raise DeliveryDeferred(f"{place}: its certificate is not valid") from None
        except requests.exceptions.Timeout:
            raise DeliveryDeferred(f"{place}: no answer within {self.terms.timeout:g} s") from None
        except requests.exceptions.RequestException:
            raise DeliveryDeferred(f"{place}: cannot be reached, or broke the connection") from None
        if 200 <= status < 300:
            return f"taken by {place} ({status})"
        if status in _PASSING or status >= 500:
            raise DeliveryDeferred(f"{place} answers {status}; a later run tries again")
        hint = "; a redirect is not followed" if 300 <= status < 400 else ""
        raise DeliveryRefused(f"{place} does not take it: {status}{hint}")

    def preview(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """The address and the body, unsigned."""
        shown = json.dumps(json.loads(_body(delivery, renditions)), ensure_ascii=False, indent=2)
        return f"POST {delivery.target}\nLitwatch-Delivery: {delivery.token}\n\n{shown}"

    def _post(self, delivery: Delivery, body: bytes) -> int:
        timestamp = str(int(self.now().timestamp()))
        signature = hmac.new(self.terms.secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "litwatch",
            "Litwatch-Delivery": delivery.token,
            "Litwatch-Timestamp": timestamp,
            "Litwatch-Signature": f"sha256={signature}",
        }
        with requests.Session() as session:
            session.trust_env = False
            if not self.terms.is_private_allowed:
                session.mount("https://", _PublicAdapter())
            with session.post(
                delivery.target,
                data=body,
                headers=headers,
                timeout=self.terms.timeout,
                allow_redirects=False,
                stream=True,  # the answer is its status; nobody reads the rest
            ) as reply:
                return reply.status_code


def _body(delivery: Delivery, renditions: Sequence[Rendition]) -> bytes:
    issue = read_issue(delivery, renditions)
    facts = issue.facts
    told = {
        "format": "litwatch delivery",
        "format_version": 1,
        "delivery": delivery.token,
        "watch": {"name": delivery.watch, "title": facts["watch"]["title"]},
        **{key: facts[key] for key in ("number", "kind", "made_at", "summary", "source_note", "flow")},
        "notices": [_linked(notice, ("pmid", "kind", "title", "concerns")) for notice in facts["notices"]],
        "studies": [_linked(study, ("pmid", "title", "doi")) for study in facts["studies"]],
        "files": issue.files,
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", errors="replace")


def _linked(entry: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {**{key: entry[key] for key in keys}, "url": f"https://pubmed.ncbi.nlm.nih.gov/{entry['pmid']}/"}


def refuse_private(address: str) -> None:
    """Raise DeliveryRefused when ``address``, an IP address, is of this machine or its network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if not ip.is_global or ip.is_multicast:
        raise DeliveryRefused(f"{ip} is an address of this machine or its network; webhook.allow_private lets it in")


class _PublicConnection(HTTPSConnection):
    """Looks at whom it has reached, before a word is said: a name may mean one address now and another one later."""

    def _new_conn(self) -> socket:
        reached = super()._new_conn()
        try:
            refuse_private(reached.getpeername()[0])
        except DeliveryRefused:
            reached.close()
            raise
        return reached


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, of connections that look."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}

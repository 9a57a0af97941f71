"""An archive served as E-utilities over HTTP, on loopback unless told otherwise.

    with serving(archive) as served:
        requests.get(served.url + "esearch.fcgi", params={"db": "pubmed", "term": "ketamine[tiab]"})

The replies are made in ``server_replies``; here are the sockets. There is no rate limit and no authentication: it is a
server for this machine.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from litwatch.archive.index import Archive
from litwatch.archive.server_replies import Eutilities, Reply
from litwatch.errors import ConfigError

PATH = "/entrez/eutils/"
LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of a POST; a million PMIDs fit."""

_DIGITS = re.compile(r"[0-9]+")


class ServedRequest(NamedTuple):
    """A request that came in: ``esearch`` and its parameters, each with every value given."""

    utility: str
    params: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class ServedArchive:
    """A running server: its base address, and every request since it started, oldest first."""

    url: str
    requests: list[ServedRequest] = field(default_factory=list)


@contextmanager
def serving(archive: Archive, host: str = "127.0.0.1", port: int = 0) -> Iterator[ServedArchive]:
    """Serve ``archive`` while the block runs, on a free port unless one is named; ConfigError when it is taken."""
    requests: list[ServedRequest] = []
    with _running(archive, (host, port), requests.append) as url:
        yield ServedArchive(url, requests)


def serve_forever(archive: Archive, host: str, port: int, stop: Event, announce: Callable[[str], None]) -> None:
    """Serve ``archive`` until ``stop`` is set; ``announce`` is told the base address once requests are answered."""
    with _running(archive, (host, port), lambda request: None) as url:
        announce(url)
        stop.wait()


@contextmanager
def _running(archive: Archive, address: tuple[str, int], note: Callable[[ServedRequest], None]) -> Iterator[str]:
    try:
        server = _Server(address, Eutilities(archive), note)
    except OSError as error:
        raise ConfigError(f"cannot listen on {address[0]}:{address[1]}: {error.strerror}; name another port") from error
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{address[0]}:{server.server_port}{PATH}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], utilities: Eutilities, note: Callable[[ServedRequest], None]) -> None:
        self.utilities = utilities
        self.note = note
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "litwatch"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        # One length, in plain digits: else it is not certain where this request ends and the next one begins.
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or "Transfer-Encoding" in self.headers or _DIGITS.fullmatch(lengths[0]) is None:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
        elif len(lengths[0]) > len(str(LARGEST_BODY)) or int(lengths[0]) > LARGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._answer(self.rfile.read(int(lengths[0])).decode("utf-8", "replace"))

    def _answer(self, posted: str) -> None:
        """Parameters count alike in the address and in the body of a POST, as they do at NCBI."""
        address = urlsplit(self.path)
        utility = address.path.removeprefix(PATH).removesuffix(".fcgi").removesuffix(".cgi")
        params = parse_qs("&".join(filter(None, (address.query, posted))), keep_blank_values=True)
        self.server.note(ServedRequest(utility, params))
        self._send(self.server.utilities.answer(utility, params), has_key="api_key" in params)

    def _send(self, reply: Reply, *, has_key: bool) -> None:
        limit = 10 if has_key else 3
        self.send_response(reply.status)
        self.send_header("Content-Type", f"{reply.media_type}; charset=UTF-8")
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("X-RateLimit-Limit", str(limit))
        self.send_header("X-RateLimit-Remaining", str(limit - 1))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *args: object) -> None:
        """Nothing is printed; who wants to know reads ``ServedArchive.requests``."""

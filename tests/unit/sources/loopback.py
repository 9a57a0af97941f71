"""A server on loopback that answers as told, or breaks in the ways that networks break, and a source that asks it."""

import gzip
import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from litwatch.model.identifiers import Pmid
from litwatch.sources.eutils import EutilsSettings, EutilsSource
from tests.fakes import FakeClock


class Asked(NamedTuple):
    """A request: the program of E-utilities ("esearch.fcgi") and the form that was posted to it."""

    program: str
    form: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """A reply. ``send`` replaces the sending of the body where the test is about how it is sent.

    ``headers`` go over the usual ones; an empty value leaves a header out.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: "Callable[[Handler, bytes], None] | None" = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Loopback"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = Asked(self.path.rpartition("/")[2], dict(parse_qsl(body, strict_parsing=True)))
        self.server.asked.append(asked)
        answer = self.server.answer(asked)
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if answer.send:
            answer.send(self, answer.body)
        else:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        pass


class Loopback(ThreadingHTTPServer):
    """``answer`` makes the reply to each request; ``asked`` keeps the requests, ``released`` ends every stall."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.asked: list[Asked] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/entrez/eutils/"


@contextmanager
def answering(answer: Callable[[Asked], Answer]) -> Iterator[Loopback]:
    """A server that runs while the block does."""
    server = Loopback(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


REFUSED = Answer(b'{"error":"API key invalid"}', 400)
DOWN = Answer(b"<html><title>down</title></html>", 503)


def a_source(server: Loopback, clock: FakeClock | None = None, **changes: Any) -> EutilsSource:
    """A source that asks ``server``; pauses take no time unless a clock is given to be looked at."""
    asking = EutilsSettings("litwatch-tests", "tests@example.org", base_url=server.url, **changes)
    return EutilsSource(asking, clock or FakeClock(), jitter=lambda: 0.5)


def found(*pmids: str, count: int | None = None, **fields: object) -> Answer:
    """The answer to a search that matches ``count`` records and sends ``pmids``."""
    size = {"count": str(len(pmids) if count is None else count), "retmax": str(len(pmids)), "retstart": "0"}
    result = {**size, "idlist": list(pmids), "querytranslation": "as understood", **fields}
    return Answer(json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode())


def ids(*numbers: int) -> list[Pmid]:
    return [Pmid(str(number)) for number in numbers]


def in_turn(*answers: Answer) -> Callable[[Asked], Answer]:
    """The answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


def reset(handler: Handler, body: bytes) -> None:
    """Send half of the body, then reset the connection."""
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True
    # With no time to linger, closing sends RST; detached, because the handler's files would keep the socket open.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(handler.connection.detach())


def end_early(handler: Handler, body: bytes) -> None:
    """Send half of the body and close in good order."""
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def stall(handler: Handler, body: bytes) -> None:
    """Send half of the body and then nothing for as long as the server runs."""
    handler.wfile.write(body[: len(body) // 2])
    handler.server.released.wait()
    handler.close_connection = True


def trickle(handler: Handler, body: bytes) -> None:
    """Send the body byte by byte, never silent for long, until the client has had enough."""
    handler.close_connection = True
    try:
        for byte in body:
            handler.wfile.write(bytes([byte]))
            if handler.server.released.wait(0.005):
                return
    except OSError:
        return


GZIP_IN_CHUNKS = {"Content-Length": "", "Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
"""The headers with which NCBI sends everything."""


def gzip_in_chunks(handler: Handler, body: bytes) -> None:
    """Send the body as NCBI does: compressed, in chunks."""
    packed = gzip.compress(body)
    for start in range(0, len(packed), 100):
        chunk = packed[start : start + 100]
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
    handler.wfile.write(b"0\r\n\r\n")


def gzip_in_too_few_chunks(handler: Handler, body: bytes) -> None:
    """Send the beginning of the body like that, and close."""
    packed = gzip.compress(body)[:-20]
    handler.wfile.write(b"%x\r\n%b\r\n" % (len(packed), packed))
    handler.close_connection = True


def unused_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""A PubMed that dies in the middle of an audit: what nobody looked for is never "not found"."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from litwatch.model.record import Journal
from litwatch.wiring import SystemClock
from tests.builders import a_record, authors
from tests.functional.conftest import SETTINGS, Household, PubMed

ARTICLE = """It fell (Roe et al., 2011). It rose [2]. It stayed [3]. A trial found sesame better (Hansen et al., 2015).

References

1. Roe A, Poe B. Sesame lowers swelling in a trial of adults. J Invent. 2011;12(3):101-109.
2. Moe C. Bees in winter and their honey under glass. Bee J. 2001;1(2):3-9. PMID: 12
3. Doe D. Insects at altitude, a cohort study of highland apiaries. Insect J. 2005;7(1):55-60. doi:10.1234/sticks
"""

RECORDS = (
    a_record(
        "11",
        title="Sesame lowers swelling in a trial of adults.",
        authors=authors("Roe A", "Poe B"),
        journal=Journal("Journal of Inventions", "J Invent", volume="12", issue="3", pages="101-109"),
        published="2011",
    ),
    a_record("12", title="Bees in winter and their honey under glass.", authors=authors("Moe C"), published="2001"),
    a_record(
        "13",
        title="Insects at altitude, a cohort study of highland apiaries.",
        authors=authors("Doe D"),
        published="2005",
        doi="10.1234/sticks",
    ),
    a_record("14", title="Sesame is better: a trial.", authors=authors("Hansen E", "Poe B"), published="2015"),
)


@dataclass
class Failing:
    """How the requests from ``first`` on are answered; ``count`` is how many there were."""

    mode: str = ""
    first: int = 0
    count: int = 0


def answer(mode: str, data: bytes) -> tuple[int, bytes]:
    """What a failing server says in place of ``data``."""
    return {
        "an error": (500, b"oops"),
        "a page": (200, b"<html><body>Maintenance</body></html>"),
        "nothing": (200, b""),
        "half": (200, data[: len(data) // 2]),
        "another reply": (200, b"{}"),
        "a refusal": (200, b'{"error":"API rate limit exceeded"}'),
    }[mode]


@contextmanager
def between(target: str, failing: Failing) -> Iterator[str]:
    """A server that passes requests on to ``target`` until they fail; yields its address."""
    there = urlsplit(target)

    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            failing.count += 1
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
            connection = http.client.HTTPConnection(there.hostname or "", there.port or 0, timeout=20)
            headers = {"Content-Type": self.headers["Content-Type"]} if body else {}
            connection.request(self.command, self.path, body, headers)
            reply = connection.getresponse()
            status, data = reply.status, reply.read()
            if failing.mode and failing.count >= failing.first:
                status, data = answer(failing.mode, data)
            self.send_response(status)
            self.send_header("Content-Type", reply.getheader("Content-Type", ""))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            connection.close()

        do_GET = do_POST = _pass_on  # noqa: N815 - names of the standard library

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{there.path}"
        server.shutdown()
        thread.join()


@pytest.fixture
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = [0.0]
    monkeypatch.setattr(SystemClock, "sleep", lambda _, seconds: slept.__setitem__(0, slept[0] + seconds))
    monkeypatch.setattr(SystemClock, "monotonic", lambda _: time.monotonic() + slept[0])


@pytest.mark.usefixtures("without_pauses")
@pytest.mark.parametrize("mode", ["an error", "a page", "nothing", "half", "another reply", "a refusal"])
def test_whichever_request_of_an_audit_fails_nothing_reads_as_not_found(
    household: Household, pubmed: PubMed, mode: str
) -> None:
    pubmed.hold(*RECORDS)
    (household.folder / "a.md").write_text(ARTICLE, encoding="utf-8")
    failing = Failing()
    with between(pubmed.url, failing) as url:
        settings = household.folder / "config" / "litwatch.toml"
        settings.write_text(SETTINGS.format(url=url), encoding="utf-8")
        command = ("audit", "a.md", "--topic", "sesame[tiab]", "--format", "json")
        whole = household.litwatch(*command)
        assert [each["pmid"] for each in whole.json["citations"]] == ["11", "12", "13", "14"]
        requests = failing.count
        for first in range(1, requests + 1):
            failing.mode, failing.first, failing.count = mode, first, 0
            done = household.litwatch(*command)
            assert done.status == 11 or done.json["citations"] == whole.json["citations"]
            assert done.status == 0 or done.out == ""

"""The server speaks HTTP as E-utilities do: by GET and by POST, over one connection, with NCBI's headers."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Event, Thread

import pytest
import requests

from litwatch.archive.index import Archive
from litwatch.archive.server import LARGEST_BODY, ServedArchive, serve_forever, serving
from litwatch.errors import ConfigError
from tests.archives import archive_of
from tests.builders import a_record, records_xml

TERM = {"db": "pubmed", "term": "ketamine[tiab]", "retmode": "json"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("archive"), records_xml(a_record("101"), a_record("102"))) as built:
        yield built


@pytest.fixture(scope="module")
def served(archive: Archive) -> Iterator[ServedArchive]:
    with serving(archive) as running:
        yield running


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def test_the_base_address_is_that_of_eutils_on_loopback(served: ServedArchive) -> None:
    assert served.url.startswith("http://127.0.0.1:")
    assert served.url.endswith("/entrez/eutils/")


def test_get_and_post_answer_alike(served: ServedArchive, http: requests.Session) -> None:
    got = http.get(f"{served.url}esearch.fcgi", params=TERM, timeout=10)
    posted = http.post(f"{served.url}esearch.fcgi", data=TERM, timeout=10)
    assert got.json() == posted.json()
    assert got.json()["esearchresult"]["idlist"] == ["102", "101"]


def test_a_post_may_have_parameters_in_its_address_too(served: ServedArchive, http: requests.Session) -> None:
    address = f"{served.url}esearch.fcgi?db=pubmed&retmode=json"
    assert http.post(address, data={"term": "ketamine[tiab]"}, timeout=10).json()["esearchresult"]["count"] == "2"


def test_a_query_may_be_in_any_script(served: ServedArchive, http: requests.Session) -> None:
    found = http.get(f"{served.url}esearch.fcgi", params=TERM | {"term": "IL-1β[tiab]"}, timeout=10).json()
    assert found["esearchresult"]["errorlist"]["phrasesnotfound"] == ["IL-1β[Title/Abstract]"]


def test_the_headers_are_those_of_eutils(served: ServedArchive, http: requests.Session) -> None:
    reply = http.get(f"{served.url}esearch.fcgi", params=TERM, timeout=10)
    assert reply.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert reply.headers["X-RateLimit-Limit"] == "3"
    assert int(reply.headers["X-RateLimit-Remaining"]) < 3
    with_key = http.get(f"{served.url}esearch.fcgi", params=TERM | {"api_key": "invented"}, timeout=10)
    assert with_key.headers["X-RateLimit-Limit"] == "10"


def test_xml_is_the_default_and_says_so(served: ServedArchive, http: requests.Session) -> None:
    reply = http.get(f"{served.url}efetch.fcgi", params={"db": "pubmed", "id": "101"}, timeout=10)
    assert reply.headers["Content-Type"] == "text/xml; charset=UTF-8"


def test_one_connection_serves_many_requests(served: ServedArchive) -> None:
    host, port = served.url.removeprefix("http://").split("/")[0].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection, connection.makefile("rb") as replies:
        for _ in range(3):
            connection.sendall(b"GET /entrez/eutils/einfo.fcgi HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert replies.readline() == b"HTTP/1.1 200 OK\r\n"
            headers = dict(line.split(b": ") for line in iter(replies.readline, b"\r\n"))
            assert b"pubmed" in replies.read(int(headers[b"Content-Length"]))


def test_many_clients_get_the_same_answer_at_once(served: ServedArchive) -> None:
    def ask(_: int) -> bytes:
        return requests.get(f"{served.url}efetch.fcgi", params={"id": "101,102"}, timeout=10).content

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(24)))) == 1


def test_what_is_not_served_is_not_found(served: ServedArchive, http: requests.Session) -> None:
    reply = http.get(f"{served.url}egquery.fcgi", params=TERM, timeout=10)
    assert reply.status_code == 404
    assert "egquery" in reply.text


def test_a_body_of_unknown_or_absurd_length_is_refused(served: ServedArchive, http: requests.Session) -> None:
    chunked = http.post(f"{served.url}epost.fcgi", data=iter([b"id=101"]), timeout=10)
    assert chunked.status_code == 411
    host, port = served.url.removeprefix("http://").split("/")[0].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection, connection.makefile("rb") as reply:
        head = f"POST /entrez/eutils/epost.fcgi HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n"
        connection.sendall(head.encode())
        assert b" 413 " in reply.readline()


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: -1",
        "Content-Length: +6",
        "Content-Length: \u00b2",
        "Content-Length: 0x6",
        "Content-Length: 6\r\nContent-Length: 0",
        "Content-Length: 6\r\nTransfer-Encoding: chunked",
        f"Content-Length: {'9' * 5000}",
    ],
    ids=["negative", "signed", "superscript", "hexadecimal", "twice", "and chunked", "of 5,000 digits"],
)
def test_where_it_is_not_certain_how_long_a_body_is_the_connection_ends(served: ServedArchive, headers: str) -> None:
    host, port = served.url.removeprefix("http://").split("/")[0].split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection, connection.makefile("rb") as reply:
        head = f"POST /entrez/eutils/epost.fcgi HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\nid=101"
        connection.sendall(head.encode("latin-1"))
        assert reply.readline().split()[1] in (b"411", b"413")
        assert b"Connection: close\r\n" in reply.readlines()


def test_every_request_is_remembered_in_order(archive: Archive) -> None:
    with serving(archive) as served:
        requests.get(f"{served.url}esearch.fcgi", params={"term": "ketamine"}, timeout=10)
        requests.post(f"{served.url}efetch.fcgi", data={"id": ["101", "102"]}, timeout=10)
        assert [(request.utility, request.params) for request in served.requests] == [
            ("esearch", {"term": ["ketamine"]}),
            ("efetch", {"id": ["101", "102"]}),
        ]


def test_after_the_block_nobody_answers(archive: Archive) -> None:
    with serving(archive) as served:
        pass
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{served.url}einfo.fcgi", timeout=10)


def test_a_taken_port_is_an_error_that_names_it(archive: Archive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{port}"), serving(archive, port=port):
            pass


def test_serve_forever_announces_its_address_and_ends_when_told(archive: Archive) -> None:
    stop, announced = Event(), Queue[str]()
    server = Thread(target=serve_forever, args=(archive, "127.0.0.1", 0, stop, announced.put))
    server.start()
    url = announced.get(timeout=10)
    assert requests.get(f"{url}einfo.fcgi", timeout=10).status_code == 200
    stop.set()
    server.join(timeout=10)
    assert not server.is_alive()

"""What is posted is signed, goes where it was meant to and nowhere else, and fails by type."""

from collections.abc import Iterator

import pytest

from litwatch.delivery.webhook import WebhookSink, WebhookTerms, refuse_private
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery
from tests.builders import NOW, PMID, a_delivery
from tests.commits import WATCH
from tests.hooks import SECRET, Hook, a_hook
from tests.unit.delivery.issues import an_issue


@pytest.fixture
def hook() -> Iterator[Hook]:
    with a_hook() as hook:
        yield hook


def sink(*, is_private_allowed: bool = True, timeout: float = 5.0) -> WebhookSink:
    return WebhookSink(WebhookTerms(SECRET, timeout, is_private_allowed), lambda: NOW)


def to(url: str) -> Delivery:
    return a_delivery(WATCH, 2, sink="webhook", target=url)


def test_what_is_posted_is_signed_with_its_moment_and_names_its_delivery(hook: Hook) -> None:
    assert sink().deliver(to(hook.url), an_issue()) == "taken by 127.0.0.1 (200)"
    (posted,) = hook.posted
    assert posted.is_signed
    assert posted.path == "/hook/token-4711"
    assert posted.headers["Litwatch-Timestamp"] == str(int(NOW.timestamp()))
    assert posted.headers["Litwatch-Delivery"] == to(hook.url).token == posted.json["delivery"]
    assert posted.headers["Content-Type"] == "application/json"
    assert not posted._replace(body=posted.body + b" ").is_signed
    assert not posted._replace(headers={**posted.headers, "Litwatch-Timestamp": "1"}).is_signed


def test_the_body_has_the_summary_and_a_link_to_each_work(hook: Hook) -> None:
    sink().deliver(to(hook.url), an_issue())
    told = hook.posted[0].json
    assert (told["format"], told["number"], told["kind"]) == ("litwatch delivery", 2, "news")
    assert told["watch"] == {"name": WATCH, "title": "Ketamine and inflammation"}
    assert told["summary"].startswith("1 new work")
    assert told["studies"] == [
        {
            "pmid": PMID,
            "title": f"Ketamine and interleukin-6 in invented patients, report {PMID}.",
            "doi": f"10.1234/invented.{PMID}",
            "url": f"https://pubmed.ncbi.nlm.nih.gov/{PMID}/",
        }
    ]
    assert "2/digest.html" in told["files"]


def test_a_repeat_is_the_same_message(hook: Hook) -> None:
    for _ in range(2):
        sink().deliver(to(hook.url), an_issue())
    assert hook.posted[0].body == hook.posted[1].body


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_is_taken(hook: Hook, status: int) -> None:
    hook.status = status
    assert f"({status})" in sink().deliver(to(hook.url), an_issue())


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_may_be_taken_later(hook: Hook, status: int) -> None:
    hook.status = status
    with pytest.raises(DeliveryDeferred, match=str(status)):
        sink().deliver(to(hook.url), an_issue())


@pytest.mark.parametrize("status", [304, 400, 401, 403, 404, 410, 413, 422])
def test_will_not_be_taken(hook: Hook, status: int) -> None:
    hook.status = status
    with pytest.raises(DeliveryRefused, match=str(status)):
        sink().deliver(to(hook.url), an_issue())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(hook: Hook, status: int) -> None:
    hook.status, hook.headers = status, {"Location": hook.url}
    with pytest.raises(DeliveryRefused, match="a redirect is not followed"):
        sink().deliver(to(hook.url), an_issue())
    assert len(hook.posted) == 1


@pytest.mark.parametrize(("status", "reason"), [(0, "broke the connection"), (-1, r"no answer within 0\.3 s")])
def test_a_broken_or_silent_connection_is_deferred(hook: Hook, status: int, reason: str) -> None:
    hook.status = status
    with pytest.raises(DeliveryDeferred, match=reason):
        sink(timeout=0.3).deliver(to(hook.url), an_issue())


def test_a_server_that_is_not_there_is_deferred_and_its_path_is_not_told() -> None:
    with a_hook() as gone:
        pass
    with pytest.raises(DeliveryDeferred, match="cannot be reached") as caught:
        sink().deliver(to(gone.url), an_issue())
    assert "token" not in str(caught.value)
    assert SECRET not in repr(sink().terms)


def test_a_server_without_a_valid_certificate_gets_nothing(hook: Hook) -> None:
    with pytest.raises(DeliveryDeferred):
        sink().deliver(to(hook.url.replace("http:", "https:")), an_issue())
    assert hook.posted == []


def test_no_proxy_is_asked(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    sink().deliver(to(hook.url), an_issue())
    assert len(hook.posted) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_refused_unless_allowed_before_a_word_is_said(hook: Hook, host: str) -> None:
    url = hook.url.replace("http:", "https:").replace("127.0.0.1", host)
    with pytest.raises(DeliveryRefused, match="is an address of this machine or its network"):
        sink(is_private_allowed=False).deliver(to(url), an_issue())
    with pytest.raises(DeliveryRefused, match="would not be encrypted"):
        sink(is_private_allowed=False).deliver(to(hook.url), an_issue())
    assert hook.posted == []


@pytest.mark.parametrize(
    "address",
    (
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::", "ff02::1"),
    ),
)
def test_addresses_of_this_network(address: str) -> None:
    assert is_refused(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_world(address: str) -> None:
    assert not is_refused(address)


def is_refused(address: str) -> bool:
    try:
        refuse_private(address)
    except DeliveryRefused:
        return True
    return False

"""Mail goes out by type of failure: what may pass is tried again, what will not is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery
from tests.builders import a_delivery
from tests.commits import WATCH
from tests.mailbox import PASSWORD, Mailbox, Mood, a_certificate, a_mailbox, requires_login
from tests.unit.delivery.issues import an_issue

TEAM = "team@clinic.example"

unencrypted = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with a_mailbox() as mailbox:
        yield mailbox


def mail(issue: int = 2) -> Delivery:
    return a_delivery(WATCH, issue, sink="mail", target=TEAM)


def test_a_message_arrives_and_the_reader_is_told(mailbox: Mailbox) -> None:
    assert mailbox.sink().deliver(mail(), an_issue()) == f"mailed to {TEAM}"
    (message,) = mailbox.messages
    assert message["To"] == TEAM
    assert message["Message-ID"] == f"<{WATCH}.2.{mail().token}@clinic.example>"


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 no such user", DeliveryRefused),
        ("552 too large", DeliveryRefused),
        ("451 4.7.1 greylisted, come back later", DeliveryDeferred),
        ("421 too many connections", DeliveryDeferred),
        ("530 5.7.0 authentication required", DeliveryDeferred),
    ],
)
def test_a_reply_is_final_or_passing_by_its_code(
    mailbox: Mailbox, command: str, reply: str, expected: type[Exception]
) -> None:
    mailbox.replies[command] = reply
    with pytest.raises(expected, match=reply[:3]) as caught:
        mailbox.sink().deliver(mail(), an_issue())
    assert type(caught.value) is expected
    assert reply[4:] in str(caught.value)
    assert mailbox.raw == []


@pytest.mark.parametrize("mood", ["silent", "drops mid-DATA", "takes it and dies"])
def test_a_connection_that_breaks_leaves_it_pending_and_the_repeat_is_recognised(mailbox: Mailbox, mood: Mood) -> None:
    mailbox.mood = mood
    with pytest.raises(DeliveryDeferred):
        mailbox.sink(timeout=0.3).deliver(mail(), an_issue())
    mailbox.mood = "well"
    mailbox.sink().deliver(mail(), an_issue())
    assert len(mailbox.raw) == (2 if mood == "takes it and dies" else 1)
    assert len(set(mailbox.raw)) == 1, "byte for byte the same"


def test_a_server_that_is_not_there_is_deferred() -> None:
    with a_mailbox() as gone:
        pass
    with pytest.raises(DeliveryDeferred, match=r"127\.0\.0\.1:\d+: .*refused"):
        gone.sink().deliver(mail(), an_issue())


@pytest.mark.parametrize("host", ["nowhere.invalid", "n" * 64])
def test_a_name_that_nobody_knows_is_deferred(mailbox: Mailbox, host: str) -> None:
    with pytest.raises(DeliveryDeferred, match=host):
        mailbox.sink(host=host).deliver(mail(), an_issue())


def test_an_issue_without_what_a_message_is_made_from_is_refused(mailbox: Mailbox) -> None:
    with pytest.raises(DeliveryRefused, match=r"no rendition 2/digest\.md"):
        mailbox.sink().deliver(mail(), [told for told in an_issue() if not told.name.endswith(".md")])


@unencrypted
def test_the_right_password_lets_us_in_and_the_wrong_one_is_not_shown() -> None:
    with a_mailbox(**requires_login()) as mailbox:
        with pytest.raises(DeliveryDeferred, match="530"):
            mailbox.sink().deliver(mail(), an_issue())
        wrong = mailbox.sink(login=("litwatch", "wrong-0815"))
        with pytest.raises(DeliveryDeferred, match="does not accept user and password") as caught:
            wrong.deliver(mail(), an_issue())
        assert "0815" not in str(caught.value) + repr(wrong.server)
        mailbox.sink(login=("litwatch", PASSWORD)).deliver(mail(), an_issue())
        assert len(mailbox.raw) == 1


@unencrypted
def test_a_server_that_repeats_the_password_is_not_repeated() -> None:
    with a_mailbox(**requires_login()) as mailbox:
        mailbox.replies["RCPT"] = f"550 not for {PASSWORD}"
        with pytest.raises(DeliveryRefused) as caught:
            mailbox.sink(login=("litwatch", PASSWORD)).deliver(mail(), an_issue())
    assert PASSWORD not in str(caught.value)


def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(mailbox: Mailbox) -> None:
    with pytest.raises(DeliveryDeferred, match="STARTTLS"):
        mailbox.sink("starttls").deliver(mail(), an_issue())
    assert mailbox.raw == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str) -> None:
    certificate, context = a_certificate(tmp_path)
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with a_mailbox(**options) as mailbox:
        sink = mailbox.sink("tls" if security == "tls" else "starttls", host="localhost")
        sink.deliver(mail(), an_issue())
        assert len(mailbox.raw) == 1
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(DeliveryDeferred, match="its certificate is not valid: self-signed"):
            sink.deliver(mail(), an_issue())
        assert len(mailbox.raw) == 1

"""``litwatch deliver``: at once, again, or only to look at."""

import pytest

from tests.functional.conftest import TO_TEAM, WATCH, Household
from tests.functional.test_mail import issues
from tests.mailbox import Mailbox

TO_BOARD = '[[deliver]]\nto = "mailto:board@clinic.example"\n'


@pytest.fixture
def sent(home: Household, mailbox: Mailbox) -> Mailbox:
    """The mailbox after issue 1 was mailed to the team, and the board has joined."""
    assert home.run().status == 0
    mailbox.raw.clear()
    home.watch(WATCH + TO_TEAM + TO_BOARD)
    return mailbox


def test_what_is_pending_is_tried_at_once(home: Household, mailbox: Mailbox) -> None:
    mailbox.replies["RCPT"] = "451 come back later"
    home.run()
    still = home.litwatch("deliver")
    assert still.status == 3
    assert "sesame: issue 1: pending: " in still.err
    mailbox.replies.clear()
    done = home.litwatch("deliver")
    assert (done.status, issues(mailbox)) == (0, ["1"])
    assert "sesame: issue 1: delivered: mailed to team@clinic.example" in done.err
    assert home.litwatch("deliver", "--watch", "sesame").err == "nothing is pending\n"


def test_an_issue_is_sent_again_to_all_targets_or_to_one(home: Household, sent: Mailbox) -> None:
    assert home.litwatch("deliver", "--resend", "1", "--watch", "sesame").status == 0
    assert [message["To"] for message in sent.messages] == ["board@clinic.example", "team@clinic.example"]
    first = sent.ids[1]
    to_one = ["--target", "mailto:team@clinic.example"]
    assert home.litwatch("deliver", "--resend", "1", "--watch", "sesame", *to_one).status == 0
    assert sent.ids[2:] == [first]


def test_an_issue_to_be_sent_again_that_fails_stays_pending(home: Household, sent: Mailbox) -> None:
    sent.replies["RCPT"] = "451 come back later"
    assert home.litwatch("deliver", "--resend", "1", "--watch", "sesame").status == 3
    sent.replies.clear()
    assert home.run().status == 0
    assert issues(sent) == ["1", "1", "2", "2"]


def test_a_preview_prints_the_message_and_sends_nothing(home: Household, sent: Mailbox) -> None:
    to_one = ["--target", "mailto:board@clinic.example"]
    done = home.litwatch("deliver", "--resend", "1", "--watch", "sesame", *to_one, "--preview")
    assert done.status == 0
    assert done.out.startswith("From: litwatch <litwatch@clinic.example>\nTo: board@clinic.example\nSubject: ")
    assert home.litwatch("deliver", "--preview").out == ""
    assert home.litwatch("deliver").err == "nothing is pending\n"
    assert sent.raw == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--resend", "1"], "--resend needs --watch"),
        (["--target", "mailto:team@clinic.example"], "--target needs --resend"),
        (["--watch", "sesame", "--resend", "7"], "sesame has no issue 7"),
        (["--watch", "sesame", "--resend", "1", "--target", "team"], "is no target"),
        (["--watch", "sesame", "--resend", "1", "--target", "mailto:x@y.example"], "names no such target"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    home: Household,
    sent: Mailbox,
    arguments: list[str],
    told: str,
) -> None:
    done = home.litwatch("deliver", *arguments)
    assert done.status == 2
    assert told in done.err
    assert sent.raw == []


def test_a_faulty_watch_is_told_and_keeps_no_other_from_its_mail(home: Household, sent: Mailbox) -> None:
    home.watch("title = ", "broken")
    assert home.litwatch("deliver").status == 10


def test_while_another_process_delivers_nothing_is_sent_twice(
    home: Household,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from litwatch.delivery.smtp import SmtpSink

    deliver = SmtpSink.deliver
    seen: list[str] = []

    def meanwhile(*arguments: object) -> str:
        monkeypatch.undo()
        home.patch.chdir(home.folder)
        seen.append(home.litwatch("deliver").err)
        return deliver(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SmtpSink, "deliver", meanwhile)
    home.litwatch("run", "sesame")
    assert "another process is delivering it" in seen[0]
    assert issues(mailbox) == ["1"]

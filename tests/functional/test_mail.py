"""Digests by mail: beside the folder, in order, again when it failed, and never unrecognisably twice."""

import shutil
import signal

import pytest

from tests.functional.conftest import SMTP, TO_TEAM, WATCH, Household, PubMed, mails
from tests.functional.test_killed import a_home, killed_run
from tests.mailbox import PASSWORD, Mailbox, a_mailbox, requires_login


def issues(mailbox: Mailbox) -> list[str]:
    """The issues that arrived, in their order."""
    return [message["Message-ID"].split(".")[1] for message in mailbox.messages]


def test_each_issue_is_mailed_once_and_lies_in_the_folder_too(home: Household, mailbox: Mailbox) -> None:
    assert home.run().status == 0
    assert home.run().status == 0
    assert issues(mailbox) == ["1", "2"]
    assert "Sesame" in mailbox.messages[0]["Subject"]
    assert home.digest(2)["number"] == 2


def test_a_dry_run_mails_nothing(home: Household, mailbox: Mailbox) -> None:
    assert home.run("--dry-run").status == 0
    assert mailbox.raw == []


def test_a_mail_server_that_fails_holds_up_no_folder_and_gets_its_issues_in_order_later(
    home: Household, mailbox: Mailbox
) -> None:
    mailbox.replies["RCPT"] = "451 come back later"
    first = home.run()
    assert first.status == 3
    assert "451 come back later" in first.err
    assert first.out.strip().endswith("1/digest.html"), "what lies in the folder can be read"
    mailbox.replies.clear()
    assert home.run().status == 0
    assert issues(mailbox) == ["1", "2"]


def test_a_recipient_whom_the_server_refuses_is_told_and_holds_nothing_up(home: Household, mailbox: Mailbox) -> None:
    mailbox.replies["RCPT"] = "550 no such user"
    done = home.run()
    assert done.status == 3
    assert "does not take mail for team@clinic.example: 550 no such user" in done.err
    mailbox.replies.clear()
    assert home.run().status == 0
    assert issues(mailbox) == ["2"]


def test_a_target_just_tried_in_vain_rests(home: Household, mailbox: Mailbox) -> None:
    mailbox.replies["RCPT"] = "451 come back later"
    home.run()
    mailbox.replies.clear()
    again = home.litwatch("run", "sesame", f"--as-of={home.day}")
    assert again.status == 3
    assert "team@clinic.example is tried again from 07:05 UTC on" in again.err
    assert mailbox.raw == []


def test_who_is_taken_out_of_the_watch_gets_nothing_more(home: Household, mailbox: Mailbox) -> None:
    mailbox.replies["RCPT"] = "451 come back later"
    home.run()
    mailbox.replies.clear()
    home.watch(WATCH)
    assert home.run().status == 0
    assert mailbox.raw == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_password_is_neither_printed_nor_sent_unencrypted(household: Household, pubmed: PubMed) -> None:
    household.patch.setenv("LITWATCH_SMTP_USER", "litwatch")
    household.patch.setenv("LITWATCH_SMTP_PASSWORD", PASSWORD)
    with a_mailbox(**requires_login()) as mailbox:
        mails(household, SMTP.format(port=mailbox.port))
        household.watch(WATCH + TO_TEAM)
        done = household.run()
        assert done.status == 10
        assert "smtp.security: user and password would be sent unencrypted" in done.err
        settings = household.folder / "config" / "litwatch.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('"none"', '"starttls"'), encoding="utf-8")
        done = household.run()
        assert done.status == 3
        assert PASSWORD not in done.err
        assert mailbox.raw == []


def test_check_names_a_target_that_nothing_serves_and_a_run_writes_its_folder_all_the_same(
    household: Household, pubmed: PubMed
) -> None:
    household.watch(WATCH + TO_TEAM)
    done = household.litwatch("check")
    assert done.status == 10
    assert "sesame.toml: deliver: nothing takes mail for team@clinic.example (set up [smtp] in " in done.err
    assert household.run().status == 3
    assert household.digest(1)["number"] == 1


@pytest.mark.parametrize(("what", "at_least"), [("mail", 6), ("commit", 6)])
def test_killed_at_every_step_of_a_delivery_the_issue_arrives_once_or_is_recognised(
    home: Household, mailbox: Mailbox, what: str, at_least: int
) -> None:
    number = 0
    while True:
        number += 1
        a_home(home, f"{what}-{number}")
        home.watch(WATCH + TO_TEAM)
        mailbox.raw.clear()
        done = killed_run(home, what, number)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        before = len(mailbox.raw)
        assert home.litwatch("run", "sesame", f"--as-of={home.day}").status == 0
        assert home.digest(1)["number"] == 1
        first = [raw for raw, issue in zip(mailbox.raw, issues(mailbox), strict=True) if issue == "1"]
        assert 1 <= len(first) <= 1 + before
        assert len(set(first)) == 1, "a repeat is the same message, byte for byte"
        assert issues(mailbox) == sorted(issues(mailbox))
        shutil.rmtree(home.folder)
        if done.returncode == 0:
            break
    assert number > at_least

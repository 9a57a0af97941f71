"""An issue as mail: what stands in its head, and what no title can do to it."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.delivery.issue import one_line, read_issue
from litwatch.delivery.message import LARGEST_PAGE, Envelope, compose_message
from tests.builders import NOW, a_card, a_delivery
from tests.commits import WATCH
from tests.unit.delivery.issues import an_issue

MAIL = a_delivery(WATCH, 2, sink="mail", target="team@clinic.example")
ENVELOPE = Envelope("litwatch@clinic.example", "https://clinic.example/off")


def sent(*, envelope: Envelope = ENVELOPE, **changes: Any) -> EmailMessage:
    """The message as who receives it reads it."""
    raw = compose_message(MAIL, read_issue(MAIL, an_issue(**changes)), envelope).as_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_head_says_what_it_is_and_lets_a_repeat_be_recognised() -> None:
    message = sent()
    assert message["From"] == "litwatch <litwatch@clinic.example>"
    assert (
        message["Subject"] == "Ketamine and inflammation, issue 2: 1 new work; the one record found is accounted for."
    )
    assert message["Date"].datetime == NOW.replace(microsecond=0)
    assert message["Message-ID"] == f"<{WATCH}.2.{MAIL.token}@clinic.example>"
    assert message["List-Id"] == f"<{WATCH}.litwatch.clinic.example>"
    assert message["List-Unsubscribe"] == "<https://clinic.example/off>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_without_a_place_to_unsubscribe_none_is_claimed() -> None:
    assert sent(envelope=Envelope("litwatch@clinic.example"))["List-Unsubscribe"] is None


def test_two_targets_and_two_issues_have_each_their_id() -> None:
    deliveries = [MAIL, MAIL._replace(target="board@clinic.example"), MAIL._replace(issue=3), MAIL._replace(watch="x")]
    assert len({delivery.token for delivery in deliveries}) == 4
    assert "team" not in MAIL.token


def test_the_text_is_the_markdown_and_the_page_is_its_alternative() -> None:
    renditions = {rendition.name: rendition.body.decode() for rendition in an_issue()}
    message = sent()
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == renditions["2/digest.md"]
    assert page.get_content_type() == "text/html"
    assert "Ketamine and interleukin-6" in page.get_content()


def test_the_page_leads_to_no_file_that_lies_beside_it_elsewhere() -> None:
    (_, page) = sent().iter_parts()
    links = re.findall(r'href="([^"]*)"', page.get_content())
    assert any(link.startswith("https://pubmed") for link in links)
    assert [link for link in links if not link.startswith(("https://", "#", "data:"))] == []


def test_a_large_page_is_attached_whole_and_the_text_stands_alone() -> None:
    message = sent(studies=tuple(a_card(str(pmid)) for pmid in range(100, 300)))
    assert message.get_content_type() == "multipart/mixed"
    text, page = message.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert page.get_filename() == f"{WATCH}-2.html"
    assert page.get_content_disposition() == "attachment"
    assert len(page.get_content().encode()) > LARGEST_PAGE


@pytest.mark.parametrize(
    "title",
    [
        "Falls\r\nBcc: all@clinic.example",
        "Falls\nBcc: all@clinic.example\n\nbody",
        "Falls\x0bBcc: all@clinic.example",
        "Falls\u2028Bcc: all@clinic.example",
        "Falls \u202egnp.exe\u202c",
        "=?utf-8?q?Falls=0D=0ABcc:_all@clinic.example?=",
        "x" * 100_000,
        "ñ" * 5_000,
        "\x00\x1b[31m",
    ],
)
def test_no_title_can_add_a_header_or_turn_the_subject_round(title: str) -> None:
    usual, hostile = sent(), sent(title=title)
    assert sorted(hostile.keys()) == sorted(usual.keys())
    assert hostile["Bcc"] is None
    subject = hostile["Subject"].strip()
    assert one_line(subject, 1_000) == subject
    assert len(subject) <= 200


@given(st.text())
def test_any_text_becomes_one_safe_line(text: str) -> None:
    line = one_line(text, 50)
    assert line == one_line(line, 50)
    assert len(line) <= 50
    assert len(line.splitlines()) <= 1

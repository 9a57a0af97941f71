"""An issue as a mail message."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

from litwatch.delivery.issue import Issue
from litwatch.model.digest import Delivery

LARGEST_PAGE = 100_000
"""Bytes of HTML up to which a page is shown in the mail; Gmail cuts off what is longer than 102 kB."""

# What leads to a file beside the page leads nowhere from a mail.
_BESIDE = re.compile(r' href="(?!https?:|mailto:|data:|#)[^"]*"')


# Many a reader misreads these when they begin on a second line, so that they are never folded.
_ON_ONE_LINE = ("Message-ID", "List-Id", "List-Unsubscribe")


class _Policy(EmailPolicy):
    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it is sent."""
        if name in _ON_ONE_LINE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends, and where readers can unsubscribe: an address that begins with ``mailto:`` or ``https:``, or empty."""

    sender: str
    unsubscribe: str = ""


def compose_message(delivery: Delivery, issue: Issue, envelope: Envelope) -> EmailMessage:
    """The message that brings ``issue`` to ``delivery.target``, the same whenever it is composed.

    Text with the page as its alternative; a page above LARGEST_PAGE is attached instead. Message-ID and Date come from
    the delivery and the issue, so that a repeat is recognised.
    """
    domain = envelope.sender.rpartition("@")[2]
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address("litwatch", addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=delivery.target)
    message["Subject"] = issue.heading
    message["Date"] = issue.made_at
    message["Message-ID"] = f"<{delivery.watch}.{delivery.issue}.{delivery.token}@{domain}>"
    message["List-Id"] = f"<{delivery.watch}.litwatch.{domain}>"
    if envelope.unsubscribe:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(issue.text, cte="quoted-printable")
    page = _BESIDE.sub("", issue.page)
    if len(page.encode()) <= LARGEST_PAGE:
        message.add_alternative(page, subtype="html", cte="quoted-printable")
    else:
        name = f"{delivery.watch}-{delivery.issue}.html"
        message.add_attachment(page, subtype="html", cte="quoted-printable", filename=name)
    message.set_boundary(f"litwatch-{delivery.token}")
    return message

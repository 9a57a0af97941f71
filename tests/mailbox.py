"""A real SMTP server on loopback that takes mail, or does not, as a test tells it."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from litwatch.delivery.message import Envelope as Sender
from litwatch.delivery.smtp import Security, SmtpServer, SmtpSink

SENDER = "litwatch@clinic.example"
PASSWORD = "geheim-4711"

Mood = Literal["well", "silent", "drops mid-DATA", "takes it and dies"]


class Mailbox:
    """What arrived, and how the server behaves; ``replies`` are given instead of "250 OK", by command."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.mood: Mood = "well"
        self.replies: dict[str, str] = {}
        self.port = 0

    @property
    def messages(self) -> list[EmailMessage]:
        parsed = [message_from_bytes(raw, policy=default) for raw in self.raw]
        return [message for message in parsed if isinstance(message, EmailMessage)]

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]

    def sink(self, security: Security = "none", host: str = "127.0.0.1", **changes: Any) -> SmtpSink:
        server = SmtpServer(host, self.port, security, **{"timeout": 5.0, **changes})
        return SmtpSink(server, Sender(SENDER, "mailto:off@clinic.example"))

    async def handle_MAIL(  # noqa: N802 - the server's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.mood == "silent":
            await asyncio.Event().wait()
        if "DATA" in self.replies:
            return self.replies["DATA"]
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        if self.mood == "takes it and dies":
            _hang_up(server)
        return "250 OK"


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.mood == "drops mid-DATA":
            await self.push("354 go on")
            _hang_up(self)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def a_mailbox(port: int = 0, **options: Any) -> Iterator[Mailbox]:
    """A server that runs for as long as the context; ``options`` are those of aiosmtpd's Controller."""
    mailbox = Mailbox()
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    mailbox.port = port
    controller = _Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def requires_login() -> dict[str, Any]:
    """Options of a server that takes nothing without the password, which it also takes unencrypted."""
    return {"authenticator": _knows_the_password, "auth_required": True, "auth_require_tls": False}


def _knows_the_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


def a_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of this machine's that nobody has signed, and the context of a server that shows it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", *subject, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return certificate, context

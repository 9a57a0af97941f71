"""Renditions as mail, by SMTP."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from litwatch.delivery.issue import one_line, read_issue
from litwatch.delivery.message import Envelope, compose_message
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Rendition

Security = Literal["starttls", "tls", "none"]

# Replies (RFC 4954) that are about who logs in. A person can mend that, so that no issue is given up for them.
_ABOUT_THE_LOGIN = (530, 534, 535, 538)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The server that takes our mail. ``timeout`` is in seconds without an answer; ``login`` is user and password."""

    host: str
    port: int
    security: Security
    timeout: float
    login: tuple[str, str] | None = field(default=None, repr=False)


class SmtpSink:
    """Sends each issue as one message to the address that is its target."""

    def __init__(self, server: SmtpServer, envelope: Envelope) -> None:
        self.server = server
        self.envelope = envelope

    def deliver(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """Send it. Refused is what the server refuses for good (5xx) of this sender, recipient or message.

        Everything else is deferred, also when the server took the message and was gone before it said so: the repeat
        bears the same Message-ID.
        """
        message = self._message(delivery, renditions)
        with self._told(delivery), self._connected() as connection:
            connection.sendmail(self.envelope.sender, [delivery.target], message)
        return f"mailed to {delivery.target}"

    def preview(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """The message as it would be sent."""
        return self._message(delivery, renditions).decode("ascii").replace("\r\n", "\n")

    def _message(self, delivery: Delivery, renditions: Sequence[Rendition]) -> bytes:
        return compose_message(delivery, read_issue(delivery, renditions), self.envelope).as_bytes()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A connection that is secure and logged in as set; how it ends does not matter once the message is taken."""
        server = self.server
        if server.security == "tls":
            context = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                connection.starttls(context=ssl.create_default_context())
            if server.login is not None:
                connection.login(*server.login)
            yield connection
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
        finally:
            connection.close()

    @contextmanager
    def _told(self, delivery: Delivery) -> Iterator[None]:
        """Raise what the server or the network does as a DeliveryError, without a secret."""
        server = f"{self.server.host}:{self.server.port}"
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryDeferred(f"{server} does not accept user and password ({error.smtp_code})") from None
        except smtplib.SMTPRecipientsRefused as error:
            code, text = error.recipients[delivery.target]
            raise self._answered(f"{server} does not take mail for {delivery.target}", code, text) from None
        except smtplib.SMTPSenderRefused as error:
            reason = f"{server} does not take mail from {self.envelope.sender}"
            raise self._answered(reason, error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPDataError as error:
            reason = f"{server} does not take the message"
            raise self._answered(reason, error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPResponseException as error:
            raise DeliveryDeferred(f"{server} cannot be used: {self._shown(error.smtp_error)}") from None
        except ssl.SSLCertVerificationError as error:
            raise DeliveryDeferred(f"{server}: its certificate is not valid: {error.verify_message}") from None
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise DeliveryDeferred(f"{server}: {self._shown(str(error) or type(error).__name__)}") from None

    def _answered(self, reason: str, code: int, text: bytes | str) -> DeliveryDeferred | DeliveryRefused:
        told = f"{reason}: {code} {self._shown(text)}"
        is_final = code >= 500 and code not in _ABOUT_THE_LOGIN
        return DeliveryRefused(told) if is_final else DeliveryDeferred(f"{told}; a later run tries again")

    def _shown(self, text: bytes | str) -> str:
        """What a server says, on one line; a server that repeats the password is not repeated."""
        told = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
        for secret in self.server.login or ():
            told = told.replace(secret, "…")
        return one_line(told, 200)

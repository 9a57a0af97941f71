"""Where digests go beside the folder: the targets that a watch names, and what brings them there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator

from litwatch.errors import Fault, InvalidWatch
from litwatch.watchfile.faults import Table

USER_VARIABLE = "LITWATCH_SMTP_USER"
PASSWORD_VARIABLE = "LITWATCH_SMTP_PASSWORD"  # noqa: S105 - the name of a variable

SECRET_VARIABLE = "LITWATCH_WEBHOOK_SECRET"  # noqa: S105 - as above

SHORTEST_SECRET = 16

# In ASCII, because few servers take anything else; without "%" and "?", by which mailto: would say more.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9!#$&'*+=^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+=^_`{|}~-]+)*"
    r"@(?=.{1,255}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_URL = re.compile(r"https?://[!-~]{1,1000}")
_MAILTO = "mailto:"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes mail; ``login`` is user and password, ``timeout`` in seconds."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    unsubscribe: str
    timeout: float
    login: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Webhook:
    """How is posted to addresses on the web; ``timeout`` in seconds."""

    secret: str = field(repr=False)
    timeout: float
    allow_private: bool


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"{value!r} is not an e-mail address in ASCII letters")
    return value


class SmtpTable(Table):
    """``[smtp]``."""

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,255}$")]
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Annotated[str, AfterValidator(_address)]
    unsubscribe: str = ""
    timeout_seconds: float = Field(default=30.0, gt=0, le=600, strict=False)

    @field_validator("unsubscribe")
    @classmethod
    def _is_place(cls, value: str) -> str:
        if value and not re.fullmatch(r"(?:mailto:|https://)(?:(?!=\?)[!-;=?-~]){1,400}", value):
            raise ValueError(f"{value!r} is neither a mailto: nor an https: address")
        return value


class WebhookTable(Table):
    """``[webhook]``."""

    allow_private: bool = False
    timeout_seconds: float = Field(default=30.0, gt=0, le=600, strict=False)


class TargetTable(Table):
    """``[[deliver]]``."""

    to: str

    @field_validator("to")
    @classmethod
    def _is_target(cls, value: str) -> str:
        target_of(value)
        return value


def target_of(to: str) -> tuple[str, str]:
    """The sink and the target that ``to`` means. Raises ValueError when it means none."""
    if to.startswith(_MAILTO):
        return "mail", _address(to.removeprefix(_MAILTO))
    if _URL.fullmatch(to) and _names_a_host(to):
        return "webhook", to
    raise ValueError("is no target; write it as in 'mailto:team@example.org' or 'https://hooks.example.org/litwatch'")


def _names_a_host(url: str) -> bool:
    """Whether the address has a host, a port that can be, and neither a login nor a fragment."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc and not parts.fragment
    except ValueError:
        return False


def shown(target: str) -> str:
    """What of a target may be printed: an address on the web may hold a secret behind its host."""
    return urlsplit(target).hostname or target


def read_smtp(path: Path, table: SmtpTable | None, environment: Mapping[str, str]) -> Smtp | None:
    """The server that ``table`` of the settings file ``path`` describes; user and password from the environment only.

    Raises InvalidWatch for half a login, and for one that would cross the network unencrypted.
    """
    if table is None:
        return None
    user, password = environment.get(USER_VARIABLE, ""), environment.get(PASSWORD_VARIABLE, "")
    if bool(user) != bool(password):
        problem = f"of the environment variables {USER_VARIABLE} and {PASSWORD_VARIABLE} only one is set"
        raise InvalidWatch([Fault(str(path), "smtp", problem, "set both or neither")])
    if not (user + password).isascii():
        problem = f"{USER_VARIABLE} or {PASSWORD_VARIABLE} is not in ASCII"
        raise InvalidWatch([Fault(str(path), "smtp", problem, "their values are not shown here")])
    if user and table.security == "none":
        problem = "user and password would be sent unencrypted"
        raise InvalidWatch([Fault(str(path), "smtp.security", problem, "let it be 'starttls' or 'tls'")])
    return Smtp(
        host=table.host,
        port=table.port or _PORTS[table.security],
        security=table.security,
        sender=table.sender,
        unsubscribe=table.unsubscribe,
        timeout=table.timeout_seconds,
        login=(user, password) if user else None,
    )


def read_webhook(path: Path, table: WebhookTable, environment: Mapping[str, str]) -> Webhook | None:
    """How is posted; None without a secret, for nothing is sent unsigned. Raises InvalidWatch for one too short."""
    secret = environment.get(SECRET_VARIABLE, "")
    if 0 < len(secret) < SHORTEST_SECRET:
        problem = f"{SECRET_VARIABLE} has fewer than {SHORTEST_SECRET} characters"
        raise InvalidWatch([Fault(str(path), "webhook", problem, "its value is not shown here")])
    return Webhook(secret, table.timeout_seconds, table.allow_private) if secret else None

"""Where digests go beside the folder: the targets that a watch names, and the server that takes its mail."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from litwatch.errors import Fault, InvalidWatch
from litwatch.watchfile.faults import Table

USER_VARIABLE = "LITWATCH_SMTP_USER"
PASSWORD_VARIABLE = "LITWATCH_SMTP_PASSWORD"  # noqa: S105 - the name of a variable

# In ASCII, because few servers take anything else; without "%" and "?", by which mailto: would say more.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$&'*+=^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
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
    raise ValueError(f"{to!r} is no target; write it as in 'mailto:team@example.org'")


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

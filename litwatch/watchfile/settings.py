"""``litwatch.toml``: who asks, where things are kept, and what watches share."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, field_validator

from litwatch.errors import Fault, InvalidWatch
from litwatch.watchfile.faults import Table, check_table, read_toml
from litwatch.watchfile.outgoing import Smtp, SmtpTable, Webhook, WebhookTable, read_smtp, read_webhook
from litwatch.watchfile.schedules import checked_cron, checked_timezone

API_KEY_VARIABLE = "LITWATCH_NCBI_API_KEY"
STORE_VARIABLE = "LITWATCH_STORE_URL"
EXAMPLE_EMAIL = "you@example.org"

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What all watches share. Paths are absolute; ``api_key`` comes from the environment only.

    ``smtp`` is None where no server for mail is set up, ``webhook`` where there is no secret to sign with.
    """

    path: Path
    tool: str
    email: str
    base_url: str
    store_url: str
    output: Path
    watches: Path
    cron: str
    timezone: str
    reread_days: int
    max_results: int
    max_tries: int
    timeout: float
    budget: float
    smtp: Smtp | None = None
    webhook: Webhook | None = None
    api_key: str | None = field(default=None, repr=False)


class _Ncbi(Table):
    tool: str = Field(default="litwatch", pattern=r"^[A-Za-z0-9._-]+$")
    email: str = EXAMPLE_EMAIL
    base_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
    max_results: int = Field(default=100_000, ge=1)
    max_tries: int = Field(default=5, ge=1, le=20)
    timeout_seconds: float = Field(default=30.0, gt=0, strict=False)
    budget_seconds: float = Field(default=1800.0, gt=0, strict=False)

    @field_validator("email")
    @classmethod
    def _is_email(cls, value: str) -> str:
        if not _EMAIL.fullmatch(value):
            raise ValueError(f"{value!r} is not an e-mail address")
        return value

    @field_validator("base_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s]+", value):
            raise ValueError(f"{value!r} is not an http(s) address")
        return value.rstrip("/") + "/"


class _Store(Table):
    url: str = "sqlite:///output/litwatch.db"


class _Output(Table):
    folder: str = "output"


class _Watches(Table):
    folder: str = "config/watches"


class _Defaults(Table):
    cron: str = "0 7 * * 1"
    timezone: str = "UTC"
    reread_days: int = Field(default=6, ge=0)

    _cron = field_validator("cron")(checked_cron)
    _timezone = field_validator("timezone")(checked_timezone)


class _SettingsFile(Table):
    ncbi: _Ncbi = _Ncbi()
    store: _Store = _Store()
    output: _Output = _Output()
    watches: _Watches = _Watches()
    defaults: _Defaults = _Defaults()
    smtp: SmtpTable | None = None
    webhook: WebhookTable = WebhookTable()


def load_settings(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from ``path``; folders in it are relative to the folder above ``config/``, else to the file's own.

    The API key, the login to the mail server and, if wished, the store's URL come from the environment. Raises
    InvalidWatch with every fault.
    """
    file, faults = check_table(path, read_toml(path), _SettingsFile)
    if file is None:
        raise InvalidWatch(faults)
    return _settings(path, file, environment)


def default_settings(path: Path) -> Settings:
    """What holds where ``path`` says nothing; with it the watches beside a faulty file can be looked at."""
    return _settings(path, _SettingsFile(), {})


def _settings(path: Path, file: _SettingsFile, environment: Mapping[str, str]) -> Settings:
    base = path.resolve().parent
    if base.name == "config":
        base = base.parent
    return Settings(
        path=path,
        tool=file.ncbi.tool,
        email=file.ncbi.email,
        base_url=file.ncbi.base_url,
        store_url=_anchored(environment.get(STORE_VARIABLE) or file.store.url, base),
        output=base / file.output.folder,
        watches=base / file.watches.folder,
        cron=file.defaults.cron,
        timezone=file.defaults.timezone,
        reread_days=file.defaults.reread_days,
        max_results=file.ncbi.max_results,
        max_tries=file.ncbi.max_tries,
        timeout=file.ncbi.timeout_seconds,
        budget=file.ncbi.budget_seconds,
        smtp=read_smtp(path, file.smtp, environment),
        webhook=read_webhook(path, file.webhook, environment),
        api_key=_api_key(path, environment),
    )


def _api_key(path: Path, environment: Mapping[str, str]) -> str | None:
    key = environment.get(API_KEY_VARIABLE, "").strip()
    if key and not re.fullmatch(r"[0-9A-Za-z]{8,64}", key):
        problem = f"the environment variable {API_KEY_VARIABLE} does not look like an NCBI API key"
        raise InvalidWatch([Fault(str(path), "", problem, "letters and digits only; its value is not shown here")])
    return key or None


def _anchored(url: str, base: Path) -> str:
    """A relative SQLite path is read from ``base``, so that cron's working folder does not matter."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and url != "sqlite:///:memory:":
        return prefix + str(base / url.removeprefix(prefix))
    return url

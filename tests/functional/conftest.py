"""A PubMed on loopback, a configuration that points to it, and the command line."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from litwatch.__main__ import main
from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive
from litwatch.archive.server import ServedArchive, serving
from litwatch.model.record import Record
from tests.builders import a_record, records_xml
from tests.mailbox import Mailbox, a_mailbox

SETTINGS = """
[ncbi]
email = "team@example.org"
base_url = "{url}"
max_tries = 2
timeout_seconds = 5.0
"""

WATCH = """
title = "Sesame and swelling"
[article]
title = "Sesame lowers swelling"
[search]
strategy = "sesame[tiab] AND swelling[tiab]"
topic = "sesame[tiab]"
[[claims]]
id = "C1"
text = "Sesame lowers swelling."
expects = "decrease"
outcomes = ["swelling"]
"""

TO_TEAM = '[[deliver]]\nto = "mailto:team@clinic.example"\n'
SMTP = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "litwatch@clinic.example"
timeout_seconds = 5
"""


class Done(NamedTuple):
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class PubMed:
    """An archive served on loopback, whose records a test may change between runs."""

    folder: Path
    stack: ExitStack
    served: ServedArchive | None = None
    built: int = 0
    port: int = 0

    def hold(self, *records: Record) -> None:
        """Hold exactly these records from now on, at the same address."""
        self.stack.close()
        xml = self.folder / "records.xml"
        xml.write_bytes(records_xml(*records))
        self.built += 1
        path = self.folder / f"archive-{self.built}.db"
        build_archive(path, [xml])
        archive = self.stack.enter_context(Archive.open(path))
        self.served = self.stack.enter_context(serving(archive, port=self.port))
        self.port = int(self.served.url.split(":")[2].split("/")[0])

    def vanish(self) -> None:
        """Stop answering."""
        self.stack.close()

    @property
    def url(self) -> str:
        assert self.served is not None
        return self.served.url

    @property
    def asked(self) -> list[str]:
        """The utilities asked since the records last changed."""
        assert self.served is not None
        return [request.utility for request in self.served.requests]


@pytest.fixture
def pubmed(tmp_path: Path) -> Iterator[PubMed]:
    folder = tmp_path / "pubmed"
    folder.mkdir()
    with ExitStack() as stack:
        yield PubMed(folder, stack)


@dataclass
class Household:
    """A folder with a configuration, and the command line run in it."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    day: date = field(default=date(2026, 1, 5))

    def litwatch(self, *args: str) -> Done:
        self.patch.setattr(sys, "argv", ["litwatch", *args])
        self.capture.readouterr()
        status: int | str | None = 0
        try:
            main()
        except SystemExit as end:
            status = end.code
        captured = self.capture.readouterr()
        return Done(status if isinstance(status, int) else 0, captured.out, captured.err)

    def run(self, *args: str) -> Done:
        """``litwatch run`` a week after the last one."""
        self.day += timedelta(days=7)
        return self.litwatch("run", "sesame", f"--as-of={self.day}", *args)

    def digest(self, issue: int, name: str = "digest.json") -> Any:
        path = self.folder / "output" / "sesame" / str(issue) / name
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if name.endswith(".json") else text

    def watch(self, text: str = WATCH, name: str = "sesame") -> None:
        path = self.folder / "config" / "watches" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def household(
    tmp_path: Path, pubmed: PubMed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Household:
    """A configured folder whose PubMed holds nothing yet."""
    pubmed.hold()
    home = Household(tmp_path / "home", capsys, monkeypatch)
    home.watch()
    (home.folder / "config" / "litwatch.toml").write_text(SETTINGS.format(url=pubmed.url), encoding="utf-8")
    monkeypatch.chdir(home.folder)
    monkeypatch.delenv("LITWATCH_NCBI_API_KEY", raising=False)
    monkeypatch.delenv("LITWATCH_STORE_URL", raising=False)
    return home


def pmids(studies: Sequence[dict[str, Any]]) -> list[str]:
    return sorted((study["pmid"] for study in studies), key=int)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with a_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def home(household: Household, pubmed: PubMed, mailbox: Mailbox) -> Household:
    """A household whose watch is mailed to the team."""
    pubmed.hold(a_record("1001", title="Sesame and swelling"))
    mails(household, SMTP.format(port=mailbox.port))
    household.watch(WATCH + TO_TEAM)
    return household


def mails(household: Household, smtp: str) -> None:
    settings = household.folder / "config" / "litwatch.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + smtp, encoding="utf-8")

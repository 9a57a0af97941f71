"""What a sink reads in the renditions of an issue: its facts from ``digest.json``, its text and its page."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litwatch.errors import DeliveryRefused
from litwatch.model.digest import Delivery, Rendition

# What a line must not hold: controls and line ends, marks that turn the direction of text, surrogates, private use.
_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it is told to people and programs elsewhere; ``facts`` is the content of ``digest.json``."""

    facts: Mapping[str, Any]
    text: str
    page: str
    files: tuple[str, ...]

    @property
    def made_at(self) -> datetime:
        """When the issue was made, aware."""
        return datetime.fromisoformat(self.facts["made_at"])

    @property
    def heading(self) -> str:
        """One safe line: title of the watch, number of the issue, and what is new."""
        told = f"{self.facts['watch']['title']}, issue {self.facts['number']}: {self.facts['summary']}"
        return one_line(told, 200)


def read_issue(delivery: Delivery, renditions: Sequence[Rendition]) -> Issue:
    """The issue that ``renditions`` are of. Raises DeliveryRefused when they lack what a message is made from."""
    bodies = {rendition.name: rendition.body for rendition in renditions}
    if not bodies:
        raise DeliveryRefused(f"{delivery.watch}, issue {delivery.issue}: there is no rendition of this issue")
    names = [f"{delivery.issue}/digest.{ending}" for ending in ("json", "md", "html")]
    if missing := [name for name in names if name not in bodies]:
        raise DeliveryRefused(f"{delivery.watch}: there is no rendition {missing[0]}")
    facts, text, page = (bodies[name].decode("utf-8", errors="replace") for name in names)
    return Issue(json.loads(facts), text, page, tuple(bodies))


def one_line(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters, with nothing that ends a header or turns it round.

    Nor anything that a reader of headers would decode (RFC 2047): what it then finds may hold a line end.
    """
    safe = "".join(" " if unicodedata.category(sign) in _UNSAFE else sign for sign in text[: 10 * most])
    line = " ".join(safe.replace("=?", "= ?").split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"

"""Issues as they lie in the store, rendered by the real renderer."""

from dataclasses import replace
from typing import Any

from litwatch.digest.render import render_digest
from litwatch.model.digest import Rendition
from tests.builders import a_digest


def an_issue(title: str = "Ketamine and inflammation", **changes: Any) -> tuple[Rendition, ...]:
    digest = a_digest(**changes)
    return render_digest(replace(digest, watch=replace(digest.watch, title=title)), ())

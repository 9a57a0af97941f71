"""Types of options and arguments that several commands take."""

from datetime import date
from typing import Any

import click

from litwatch.model.identifiers import Pmid


class Day(click.ParamType):  # type: ignore[type-arg] # generic since click 8.5 alone
    """A day, written as 2026-01-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as in 2026-01-31", param, ctx)


class PubmedId(click.ParamType):  # type: ignore[type-arg] # as above
    """A PMID."""

    name = "PMID"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pmid:
        """The PMID, or a usage error."""
        try:
            return Pmid(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)

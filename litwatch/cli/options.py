"""Types of options that several commands take."""

from datetime import date
from typing import Any

import click


class Day(click.ParamType):  # type: ignore[type-arg] # generic since click 8.5 alone
    """A day, written as 2026-01-31."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as in 2026-01-31", param, ctx)

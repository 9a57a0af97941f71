"""What the commands have in common by which a person decides."""

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

import click

from litwatch.cli.talk import say
from litwatch.digest.phrases import one_line
from litwatch.model.decision import Decision, Matter, Undo
from litwatch.ports import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def with_person(command: Command) -> Command:
    """Give a command the options that say who decides, and why."""
    command = click.option("--note", metavar="TEXT", default="", help="Why.")(command)
    return click.option("--by", metavar="NAME", help="Who decides; default: whoever is logged in.")(command)


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, when, and why."""

    name: str
    now: datetime
    note: str

    @classmethod
    def at(cls, now: datetime, by: str | None, note: str) -> Self:
        """Whoever ``by`` names, else whoever is logged in."""
        try:
            name = one_line(getpass.getuser() if by is None else by)
        except (OSError, KeyError, ImportError):
            raise click.UsageError("nobody is logged in here; say who decides with --by NAME") from None
        if not name:
            raise click.UsageError("--by is empty; say who decides")
        return cls(name, now, one_line(note))

    def decides(self, what: Matter, note: str = "") -> Decision:
        """The decision on ``what``."""
        return Decision(what, self.name, self.now, one_line(note) or self.note)


def save(store: Store, decisions: Sequence[Decision]) -> None:
    """Keep the decisions, and say how each is taken back."""
    for told in store.save_decisions(decisions):
        way_back = "" if isinstance(told.what, Undo) else f"; {told.way_back} takes it back"
        say(f"decision {told.id}: {told.sentence}, from the next run on{way_back}")


def take_back(store: Store, person: Person, number: int) -> None:
    """Take the decision of that id back."""
    save(store, [person.decides(Undo(number))])

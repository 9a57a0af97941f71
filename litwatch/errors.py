"""The error tree, and the exit status that each branch ends the program with.

LitwatchError                    1   never raised itself
├ ConfigError                   10
│ ├ InvalidWatch                     every fault of a configuration at once, in ``.faults``
│ ├ UnknownWatch
│ ├ InvalidQuery                     a search strategy that cannot be read, with the place
│ └ NotAnArchive                     the file named as a local archive is none, or cannot be opened or made
├ SourceError                   11
│ ├ SourceUnavailable                transient: another try may succeed
│ ├ SourceRefused                    final: the same request will be refused again
│ └ SearchIncomplete                 ids received are not the ids that the count promised
├ ParsingError                  12
│ ├ MalformedBatch                   a reply that is no PubMed XML; one bad record is a value instead
│ ├ UnknownFormat                    a file of references in no format that can be read; one bad entry is a value
│ ├ UnreadableData                   labelled data for an evaluation that cannot be read
│ └ FaultyTable                      a table of decisions, with every fault in ``.faults``; none of it was taken
├ StoreError                    13
│ ├ StoreLocked                      transient
│ ├ StoreTooNew                      written by a later litwatch
│ ├ NotOurStore
│ ├ MigrationFailed
│ └ DecisionRefused                  it contradicts a decision that stands; nothing was written
└ DeliveryError                 14
  ├ DeliveryDeferred                 transient: the delivery stays pending
  └ DeliveryRefused                  final

0 is success, also when nothing is new; 2 is wrong usage; 3 is "done, but something was skipped or is
pending". Whether an error is transient is a property of its type, so that each adapter retries in one place.
A message names the thing, the reason and the way out, and never a secret.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

DONE = 0
USAGE = 2
INCOMPLETE = 3


class LitwatchError(Exception):
    """Anything that litwatch expects to go wrong; a bug is never one of these."""

    exit_code: ClassVar[int] = 1
    transient: ClassVar[bool] = False


class ConfigError(LitwatchError):
    """The configuration cannot be used as it stands."""

    exit_code = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a configuration file: where it stands, what is wrong, and what to do."""

    file: str
    key: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.problem}" + (f" ({self.hint})" if self.hint else "")


class InvalidWatch(ConfigError):
    """A watch or settings file with faults, all of them listed in ``faults``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownWatch(ConfigError):
    """A watch was asked for that no file defines."""


class InvalidQuery(ConfigError):
    """A search strategy that cannot be read or that asks for what is not supported.

    ``position`` is the offset, in characters from the start of the query, at which the problem stands.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        self.position = position
        super().__init__(message)


class NotAnArchive(ConfigError):
    """The file named as a local archive is none, or cannot be opened or made."""


class SourceError(LitwatchError):
    """A bibliographic source did not give what was asked of it."""

    exit_code = 11


class SourceUnavailable(SourceError):
    """The source did not answer, or answered with a passing fault; ``retry_after`` is in seconds."""

    transient = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class SourceRefused(SourceError):
    """The source understood the request and will not serve it."""


class SearchIncomplete(SourceError):
    """The ids received do not add up to the count that the source reported."""


class ParsingError(LitwatchError):
    """Bytes that should have been PubMed's were not."""

    exit_code = 12


class MalformedBatch(ParsingError):
    """A whole reply or file that is not PubMed XML, or that ends too early."""


class UnreadableData(ParsingError):
    """Labelled data for an evaluation that is missing or cannot be read."""


class FaultyTable(ParsingError):
    """A table of decisions with faults, all of them listed in ``faults``; none of its decisions was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UnknownFormat(ParsingError):
    """A file of references in no format that can be read; ``reason`` says what it may be."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} is in no format that can be read: {reason}")


class StoreError(LitwatchError):
    """The store cannot be used."""

    exit_code = 13


class StoreLocked(StoreError):
    """Another process holds the store; another try may succeed."""

    transient = True


class StoreTooNew(StoreError):
    """The store was written by a later version of litwatch."""


class NotOurStore(StoreError):
    """The file or database is something else than a litwatch store."""


class MigrationFailed(StoreError):
    """The store could not be brought up to date; it is unchanged."""


class DecisionRefused(StoreError):
    """A person's decision contradicts one that stands, or takes back what is none; nothing was written."""


class DeliveryError(LitwatchError):
    """A rendition did not reach its target."""

    exit_code = 14


class DeliveryDeferred(DeliveryError):
    """The target could not take it now; the delivery stays pending."""

    transient = True


class DeliveryRefused(DeliveryError):
    """The target will never take it as it is."""

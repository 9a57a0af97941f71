"""Tagged formats cut into entries: RIS, MEDLINE (nbib) and Web of Science. One line says one thing, after its tag.

The cut forgives what files in the wild have wrong, and says so of the entry: no end tag, no start tag, broken spacing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from litwatch.library.drafts import Stray


class TagLine(NamedTuple):
    """A line with a tag; ``is_repaired`` when it was not written as the format asks."""

    tag: str
    value: str
    is_repaired: bool = False


@dataclass
class TaggedEntry:
    """The lines of one entry and what they say, continuation lines joined."""

    line: int
    lines: list[str] = field(default_factory=list)
    fields: list[TagLine] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    has_gap: bool = False

    @property
    def text(self) -> str:
        """As it stands in the file."""
        return "\n".join(self.lines).rstrip()


@dataclass(frozen=True)
class Dialect:
    """How one tagged format is laid out.

    ``listed`` tags hold one value a line, also on continuation lines. ``once`` tags stand once in an entry: after an
    empty line, a second one begins the next entry. ``around`` recognises lines outside entries that are no fault.
    """

    start: str
    end: str
    read_line: Callable[[str], TagLine | None]
    listed: frozenset[str]
    once: frozenset[str] = frozenset()
    around: re.Pattern[str] = re.compile(r"(?!)")


def split_tagged(text: str, dialect: Dialect) -> Iterator[TaggedEntry | Stray]:
    """The entries of ``text`` in its order, and the text that belongs to none."""
    current: TaggedEntry | None = None
    stray: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        read = dialect.read_line(line)
        if read is not None and read.tag != dialect.end and (current is None or _begins(current, read, dialect)):
            yield from _closed(current, stray, dialect)
            stray = []
            current = _begun(number, read, dialect)
        if current is None:
            if read is None and line.strip() and not dialect.around.match(line):
                stray.append(number)
        elif _take(current, line, read, dialect):
            yield current
            current = None
    yield from _closed(current, stray, dialect)


def _begun(number: int, read: TagLine, dialect: Dialect) -> TaggedEntry:
    entry = TaggedEntry(number)
    if read.tag != dialect.start:
        entry.problems.append(f"begins without {dialect.start}")
    return entry


def _begins(current: TaggedEntry, read: TagLine, dialect: Dialect) -> bool:
    if read.tag == dialect.start:
        return True
    return current.has_gap and read.tag in dialect.once and any(read.tag == each.tag for each in current.fields)


def _take(current: TaggedEntry, line: str, read: TagLine | None, dialect: Dialect) -> bool:
    """Add one line to the entry; whether it ends there."""
    current.lines.append(line)
    if read is None:
        _continue(current, line.strip(), dialect)
        return False
    if read.is_repaired and not any(each.is_repaired for each in current.fields):
        place = current.line + len(current.lines) - 1
        current.problems.append(f"the tag {read.tag} is not spaced as the format asks (line {place})")
    if read.tag != dialect.end:
        current.fields.append(read)
    return read.tag == dialect.end


def _continue(current: TaggedEntry, text: str, dialect: Dialect) -> None:
    if not text:
        current.has_gap = True
        return
    last = current.fields[-1]
    if last.tag in dialect.listed and last.value:
        current.fields.append(TagLine(last.tag, text, last.is_repaired))
    else:
        # Joined later: adding to a string over and over takes quadratic time.
        current.fields.append(TagLine("", text, last.is_repaired))


def _closed(current: TaggedEntry | None, stray: list[int], dialect: Dialect) -> Iterator[TaggedEntry | Stray]:
    """What is left when the next entry begins or the file ends."""
    if stray:
        through = f"–{stray[-1]}" if stray[-1] != stray[0] else ""
        yield Stray(stray[0], f"the text on line {stray[0]}{through} belongs to no entry")
    if current is not None:
        if dialect.end:
            current.problems.append(f"ends without {dialect.end}")
        yield current


def joined_fields(entry: TaggedEntry) -> dict[str, list[str]]:
    """The entry's values by tag, each on one line."""
    gathered: dict[str, list[list[str]]] = {}
    values: list[str] = []
    for each in entry.fields:
        if each.tag:
            values = [each.value]
            gathered.setdefault(each.tag, []).append(values)
        else:
            values.append(each.value)
    return {tag: [" ".join(part for part in parts if part) for parts in all_] for tag, all_ in gathered.items()}

"""PubmedArticleSet files to an archive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from litwatch.model.identifiers import Pmid


class Unread(NamedTuple):
    """A record that could not be read, or a file that could not be read to its end (``pmid`` None)."""

    file: str
    pmid: Pmid | None
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of everything in the files.

    ``records`` are in the archive now. ``replaced`` were superseded by a later version or occurrence of their PMID,
    ``deleted`` withdrawn by a DeleteCitation.
    """

    records: int
    replaced: int
    deleted: int
    unread: tuple[Unread, ...]


Progress = Callable[[Path, int], None]
"""Called now and then with the file being read and the number of records loaded so far."""


def build_archive(
    path: Path, files: Sequence[Path], progress: Progress | None = None, *, now: datetime | None = None
) -> BuildReport:
    """Load ``files`` (PubmedArticleSet XML, plain or gzip, in the order given) into a new archive at ``path``.

    The latest version of a PMID wins, of equal versions the last one read. An archive already at ``path`` is replaced
    when, and only when, the new one is complete. ``now`` is the time that the archive remembers, by default the
    clock's. Raises NotAnArchive when ``path`` is something else than an archive or cannot be written.
    """
    raise NotImplementedError

"""A PubMed on this machine: one SQLite file that is searched in PubMed's query language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from litwatch.pubmed.evaluate import Answer


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What an archive holds. ``first`` and ``last`` are the earliest and latest create dates, None when it is empty."""

    path: Path
    records: int
    built_at: datetime
    files: tuple[str, ...]
    first: date | None
    last: date | None


class Archive:
    """An archive opened for reading. May be used from several threads at once; a context manager closes it."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The archive at ``path``. Raises NotAnArchive when there is none or the file is something else."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def search(self, query: str) -> Answer:
        """Everything that ``query`` finds. Raises InvalidQuery."""
        raise NotImplementedError

    def fetch(self, pmids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """PMID and XML of each record that is here, in the order asked; one that is not here is passed over."""
        raise NotImplementedError

    def info(self) -> ArchiveInfo:
        """What the archive holds."""
        raise NotImplementedError

"""A file that a command writes, and what it may not be."""

from collections.abc import Iterable
from pathlib import Path

import click


def check_target(target: Path, read: Iterable[Path]) -> None:
    """Refuse to write onto what is read. Raises UsageError."""
    if target.resolve() in {path.resolve() for path in read}:
        raise click.UsageError(f"{target} is read, so it is not written to; name another file")


def write_whole(target: Path, text: str) -> None:
    """The whole file or the old one; a device or a pipe is written to as it is. Raises UsageError."""
    try:
        if target.is_file() or not target.exists():
            _replace(target, text)
        else:
            target.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written: {error.strerror or error}") from None


def _replace(target: Path, text: str) -> None:
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="")
        beside.replace(target)
    except OSError:
        if beside.is_file():
            beside.unlink()
        raise

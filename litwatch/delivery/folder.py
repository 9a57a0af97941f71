"""Renditions as files in a folder."""

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Rendition

COULD_NOT_SEARCH = "could-not-search"
"""The folder, in the folder of a watch, of a digest that says so; it is stale once an issue comes."""

_INDEX = "index.html"

# One name in a folder: neither a way up, nor a drive, nor anything that a terminal would act on.
_NAME = re.compile(r"(?!\.{1,2}$)[^/\\:\x00-\x1f\x7f]+")

_WAYS_OUT = {
    errno.EACCES: "let this user write there",
    errno.EPERM: "let this user write there",
    errno.EROFS: "put the output folder on a disk that can be written",
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.ENOTDIR: "move away the file that stands where a folder should",
    errno.EEXIST: "move away the file that stands where a folder should",
    errno.EISDIR: "move away the folder that stands where a file should",
}

# What is wrong with a name will be wrong the next time too.
_FINAL = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


class FolderSink:
    """Writes the renditions of each watch to a folder of its own under ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def deliver(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """Write an issue, and take away what an earlier run left that could not search. See ``write``."""
        if not renditions:
            raise DeliveryRefused(f"{delivery.key}: there is no rendition of this issue")
        told = self.write(delivery.watch, renditions)
        stale = self.root / delivery.watch / COULD_NOT_SEARCH
        with _told(stale):
            if stale.exists():
                shutil.rmtree(stale)
        return told

    def preview(self, delivery: Delivery, renditions: Sequence[Rendition]) -> str:
        """The files that ``deliver`` would write, a line each."""
        if not renditions:
            raise DeliveryRefused(f"{delivery.key}: there is no rendition of this issue")
        return "\n".join(str(self.root / delivery.watch / rendition.name) for rendition in renditions)

    def write(self, watch: str, renditions: Sequence[Rendition]) -> str:
        """Write ``renditions`` under ``root/watch``, the index last; returns the path of the digest to read.

        Files are written beside their places, and moved into them once all of them are on the disk: a reader sees
        the old one or the new one, and the index never names what is not there. Writing again is harmless.
        Raises DeliveryRefused for a name that leads elsewhere, DeliveryDeferred when the disk will not have it now.
        """
        folder = self.root / _name(watch)
        bodies = {folder.joinpath(*map(_name, told.name.split("/"))): told.body for told in renditions}
        places = sorted(bodies, key=lambda place: place == folder / _INDEX)
        unfinished = {place: place.with_name(f".{place.name}.{os.getpid()}.part") for place in places}
        with _told(folder):
            try:
                for place in places:
                    _write_through(unfinished[place], bodies[place])
                for place in places:
                    unfinished[place].replace(place)
                for parent in {place.parent for place in places}:
                    _sync(parent)
            finally:
                _sweep(places)
        return str(next((place for place in places if place.suffix == ".html"), folder))


def _name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise DeliveryRefused(f"{name!r} is no name for a file or folder; nothing is written outside the output folder")
    return name


def _write_through(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _sweep(places: Sequence[Path]) -> None:
    """Remove the unfinished files of this try, and those of an earlier one that was killed."""
    for place in places:
        for left in place.parent.glob(f".{escape(place.name)}.*.part"):
            with suppress(OSError):
                left.unlink()


def _sync(folder: Path) -> None:
    """Make the names in ``folder`` last through a power failure, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """Raise what the disk refuses as a DeliveryError that says what to do."""
    try:
        yield
    except OSError as error:
        where, reason = error.filename or place, error.strerror or error
        if error.errno in _FINAL:
            raise DeliveryRefused(f"{where}: {reason}; let the watch have another name") from error
        way_out = _WAYS_OUT.get(error.errno or 0, "see that the disk is well")
        raise DeliveryDeferred(f"{where}: {reason}; {way_out}, and the next run delivers it") from error

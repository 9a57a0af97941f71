"""The files that a configuration is made of and those that a watch names: plain ones, of a size that can be kept."""

import errno
from pathlib import Path
from stat import S_ISDIR, S_ISREG

LARGEST = 100_000_000
"""Bytes. A list of half a million references has that many; a device that never ends has more."""


def read_plain(path: Path) -> bytes:
    """The content of the file at ``path``, through links too; an OSError whose ``strerror`` says why, when it is none.

    A pipe or a device is none: reading it may never end, and one watch would keep all others from their runs.
    """
    try:
        mode = path.stat().st_mode
    except ValueError:
        raise OSError(errno.EINVAL, "it is no path") from None
    if not S_ISREG(mode) and not S_ISDIR(mode):
        raise OSError(errno.EINVAL, "it is no plain file, but a pipe, a socket or a device")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {LARGEST // 1_000_000} MB")
    return data

"""``python -m litwatch`` and the ``litwatch`` command."""

import gc
import sys
from io import TextIOWrapper

from litwatch.errors import LitwatchError

COLLECT_AFTER = 100_000
"""Allocations between two garbage collections. Our values are trees without cycles, so that looking for cycles as
often as Python does by default finds nothing; in a backfill of 10,000 records it cost a quarter of the time."""


def main() -> None:
    """Run the command line and end the process with its exit status."""
    from litwatch.cli.main import litwatch
    from litwatch.cli.talk import say

    gc.set_threshold(COLLECT_AFTER, 20, 100)
    _write_utf8()
    try:
        litwatch.main(prog_name="litwatch")
    except LitwatchError as error:
        say(f"litwatch: {error}")
        sys.exit(error.exit_code)


def _write_utf8() -> None:
    """Data is UTF-8 whatever the locale; a terminal that shows less gets a question mark, not an error."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    main()

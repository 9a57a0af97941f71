"""``python -m litwatch`` and the ``litwatch`` command."""

import gc
import os
import sys

from litwatch.errors import LitwatchError

COLLECT_AFTER = 100_000
"""Allocations between two garbage collections. Our values are trees without cycles, so that looking for cycles as
often as Python does by default finds nothing; in a backfill of 10,000 records it cost a quarter of the time."""


def main() -> None:
    """Run the command line and end the process with its exit status."""
    from litwatch.cli.main import litwatch

    gc.set_threshold(COLLECT_AFTER, 20, 100)
    try:
        litwatch.main(prog_name="litwatch", standalone_mode=True)
    except LitwatchError as error:
        print(f"litwatch: {error}", file=sys.stderr)  # noqa: T201 - the one place where an error meets a person
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has stopped; the interpreter must not complain about it while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    main()

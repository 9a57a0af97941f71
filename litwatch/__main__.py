"""``python -m litwatch`` and the ``litwatch`` command."""

import os
import sys

from litwatch.errors import LitwatchError


def main() -> None:
    """Run the command line and end the process with its exit status."""
    from litwatch.cli.main import litwatch

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

"""Runs litwatch and dies, as of kill -9, at the n-th commit of the store or at the n-th file put in place.

python -m tests.functional.killed_run commit|file N litwatch-arguments…
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from litwatch.__main__ import main

seen = 0


def die_at(number: int) -> None:
    global seen
    seen += 1
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)


def arm(what: str, number: int) -> None:
    if what == "commit":
        event.listen(Engine, "commit", lambda connection: die_at(number))
    else:
        replace = os.replace

        def dying_replace(*args: Any, **kwargs: Any) -> None:
            die_at(number)
            replace(*args, **kwargs)

        os.replace = dying_replace


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["litwatch", *sys.argv[3:]]
    try:
        main()
    finally:
        print(f"seen {seen}", file=sys.stderr)

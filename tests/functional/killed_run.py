"""Runs litwatch and dies, as of kill -9, at the n-th step of a kind.

Steps are commits of the store, files put in place, words to a mail server, and requests by HTTP.

python -m tests.functional.killed_run commit|file|mail|request N litwatch-arguments…
"""

import os
import signal
import smtplib
import sys
from typing import Any

from requests.adapters import HTTPAdapter
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
        where, name = {"file": (os, "replace"), "mail": (smtplib.SMTP, "send"), "request": (HTTPAdapter, "send")}[what]
        act = getattr(where, name)

        def dying(*args: Any, **kwargs: Any) -> Any:
            die_at(number)
            return act(*args, **kwargs)

        setattr(where, name, dying)


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["litwatch", *sys.argv[3:]]
    try:
        main()
    finally:
        print(f"seen {seen}", file=sys.stderr)

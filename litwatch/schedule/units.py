"""What lets cron or systemd start litwatch. Both ask every quarter of an hour; what is due is litwatch's own sum.

So each watch keeps its own time zone, a machine that was off catches up, and a new watch needs no new line.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path


def crontab_line(command: Sequence[str], folder: Path) -> str:
    """A crontab(5) line that runs ``command`` in ``folder``; ``%`` is escaped as cron needs it."""
    line = f"cd {shlex.quote(str(folder))} && {shlex.join(command)}"
    return "*/15 * * * * " + line.replace("%", "\\%") + "\n"


def systemd_units(command: Sequence[str], folder: Path) -> str:
    """A service and a timer, each under the name of the file it belongs into."""
    quoted = " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"' for part in command)
    return f"""\
# /etc/systemd/system/litwatch.service
[Unit]
Description=litwatch: run the watches that are due
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
WorkingDirectory={str(folder).replace("%", "%%")}
ExecStart={quoted}
# 3 is "done, but something was skipped or is pending": the digest says what
SuccessExitStatus=3

# /etc/systemd/system/litwatch.timer
[Unit]
Description=litwatch: look every quarter of an hour which watches are due

[Timer]
OnCalendar=*:0/15
Persistent=true

[Install]
WantedBy=timers.target
"""

"""``litwatch schedule``: the daemon, or what lets cron or systemd do its work."""

import shutil
import sys
from pathlib import Path

import click

from litwatch.cli.report import report_error, report_run
from litwatch.cli.talk import ignore, say
from litwatch.errors import LitwatchError
from litwatch.model.watch import Watch
from litwatch.watchfile import Settings, load_settings, read_watches
from litwatch.wiring import open_monitor


@click.command()
@click.option("--print", "unit", type=click.Choice(["crontab", "systemd"]), help="Print it instead of running.")
@click.pass_obj
def schedule(config: Path, *, unit: str | None) -> None:
    """Run every watch when it is due, or print what lets cron or systemd do it.

    Each is due in its own time zone. The daemon runs until stopped by SIGTERM or Ctrl-C.

    Watches that came due while nothing was running are caught up with at the start, once.
    """
    settings = load_settings(config)
    if unit is not None:
        click.echo(_unit(unit, config), nl=False)
        return
    from litwatch.schedule.daemon import Daemon

    watches, _ = read_watches(settings)
    Daemon(watches, lambda: _due(settings), lambda watch: _run(settings, watch), say).serve()


def _due(settings: Settings) -> tuple[Watch, ...]:
    """What is due as the watch files and the store are now."""
    try:
        with open_monitor(settings) as monitor:
            for error in monitor.faulty.values():
                say(str(error))
            return monitor.due()
    except LitwatchError as error:
        say(f"cannot tell what is due: {error}")
        return ()


def _run(settings: Settings, watch: Watch) -> str:
    """Run the watch and tell in a line what came of it."""
    try:
        with open_monitor(settings) as monitor:
            report = report_run(monitor, watch, ignore)
    except LitwatchError as error:
        report = report_error(watch.name, error)
    return f"{report.line}: {report.digest}" if report.digest else report.line


def _unit(unit: str, config: Path) -> str:
    from litwatch.schedule.units import crontab_line, systemd_units

    program = shutil.which("litwatch") or sys.argv[0]
    command = [str(Path(program).resolve()), "--config", str(config.resolve()), "run", "--due"]
    return (crontab_line if unit == "crontab" else systemd_units)(command, Path.cwd())

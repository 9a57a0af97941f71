"""``litwatch deliver``: what was promised to targets and has not arrived, or is to be sent again."""

from collections.abc import Sequence
from pathlib import Path

import click

from litwatch.cli.talk import say
from litwatch.errors import DONE, INCOMPLETE
from litwatch.model.digest import Delivery, Receipt
from litwatch.model.watch import Watch
from litwatch.watchfile import load_settings
from litwatch.watchfile.outgoing import target_of
from litwatch.wiring import Monitor, open_monitor


@click.command()
@click.option("--watch", "name", metavar="WATCH", help="Of this watch alone.")
@click.option("--resend", type=click.IntRange(min=1), metavar="ISSUE", help="Send this issue of the watch once more.")
@click.option("--target", "to", metavar="TO", help="With --resend: to this one of its targets, as the watch writes it.")
@click.option("--preview", is_flag=True, help="Print what would be sent, and send nothing.")
@click.pass_obj
def deliver(config: Path, *, name: str | None, resend: int | None, to: str | None, preview: bool) -> None:
    """Try at once what is promised and not delivered, or send an issue again.

    A message that is sent again bears the Message-ID that it had. --resend leaves the output folder alone.
    """
    if resend is not None and name is None:
        raise click.UsageError("--resend needs --watch: whose issue is it?")
    if to is not None and resend is None:
        raise click.UsageError("--target needs --resend: which issue is to be sent there?")
    with open_monitor(load_settings(config)) as monitor:
        watches = monitor.named([name]) if name else monitor.watches
        again = () if resend is None else _again(monitor, watches[0], resend, to)
        if preview:
            _print(monitor, again or [each for watch in watches for each in monitor.pending(watch)])
            return
        monitor.world.store.promise_again(again)
        receipts = [receipt for watch in watches for receipt in monitor.deliver(watch, at_once=True)]
        faulty = {} if name else monitor.faulty
    for error in faulty.values():
        say(str(error))
    raise SystemExit(max([_tell(receipts), *(error.exit_code for error in faulty.values())]))


def _again(monitor: Monitor, watch: Watch, issue: int, to: str | None) -> tuple[Delivery, ...]:
    """The deliveries of ``issue`` that are to be made once more."""
    if issue not in {summary.number for summary in monitor.world.store.load_issues(watch.name)}:
        raise click.UsageError(f"{watch.name} has no issue {issue}; `litwatch show {watch.name}` lists them")
    targets = watch.targets if to is None else tuple(target for target in watch.targets if target == _target(to))
    if not targets:
        raise click.UsageError(f"{watch.name}.toml names no such target under [[deliver]]")
    return tuple(Delivery(watch.name, issue, sink, target) for sink, target in targets)


def _target(to: str) -> tuple[str, str]:
    try:
        return target_of(to)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _print(monitor: Monitor, deliveries: Sequence[Delivery]) -> None:
    if not deliveries:
        say("nothing is pending; --resend ISSUE --watch WATCH shows an issue that was sent")
    for delivery in deliveries:
        click.echo(monitor.preview(delivery))


def _tell(receipts: Sequence[Receipt]) -> int:
    """A line on each; the exit status."""
    if not receipts:
        say("nothing is pending")
    for told in receipts:
        say(f"{told.delivery.watch}: issue {told.delivery.issue}: {told.state}: {told.detail}")
    return DONE if all(told.state == "delivered" for told in receipts) else INCOMPLETE

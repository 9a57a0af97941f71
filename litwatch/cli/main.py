"""The command group. A command's module is imported when the command is called and not before."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from litwatch import __version__

COMMANDS = {
    "run": "Search, compare with what is known, and write the next digest.",
    "search": "Search PubMed, or an archive on this machine, and print what is found, newest first.",
    "show": "Show watches, their issues, and digests.",
    "explain": "Explain every verdict on one record: the rule, and the words that it read.",
    "review": "Decide which records are one work, where the rules are unsure.",
    "refs": "List what the cited references of WATCH mean; accept or reject it.",
    "decide": "Say what the work of the record PMID is worth to a watch.",
    "dedupe": "Merge the entries of files of references that describe one work.",
    "deliver": "Try at once what is promised and not delivered, or send an issue again.",
    "check": "Check the configuration and every search strategy.",
    "init": "Write a commented starter configuration with a watch called NAME.",
    "audit": "Audit the citations of an article: which works they are, and whether the records agree.",
    "archive": "Keep a PubMed on this machine: build, search, serve.",
    "evaluate": "Measure litwatch on labelled data, beside other tools in the same run.",
    "schedule": "Run every watch when it is due, or print what lets cron or systemd do it.",
}
"""Every command with its one-line help, so that ``--help`` need not import them. Each stands in cli/NAME.py."""


INTERRUPTED = 130
PIPE_CLOSED = 141
"""How a shell reports a program that SIGINT or SIGPIPE has ended."""


class LazyGroup(click.Group):
    """A group that knows its commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"litwatch.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a wrong table entry is a bug
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and the arguments that are left for it; a wrong name is told the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; being interrupted, or left by whoever reads the output, is no bug."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            click.echo("litwatch: interrupted", err=True)
            raise SystemExit(INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing complains at the very end
            raise SystemExit(PIPE_CLOSED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="litwatch")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config/litwatch.toml"),
    envvar="LITWATCH_CONFIG",
    show_default=True,
    show_envvar=True,
    help="The settings file.",
)
@click.pass_context
def litwatch(ctx: click.Context, config: Path) -> None:
    """Watch PubMed for news about the health claims that you have published.

    Data goes to standard output, talk to standard error. Exit status: 0 done, also when nothing is new; 2 wrong
    usage; 3 done, but something was skipped or is pending; 10 configuration; 11 source; 12 parsing; 13 store;
    14 delivery; 1 a bug.
    """
    ctx.obj = config

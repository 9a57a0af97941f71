"""``litwatch archive``: a PubMed on this machine."""

from collections.abc import Sequence
from pathlib import Path

import click

from litwatch.cli.talk import count, counted, say
from litwatch.errors import DONE, INCOMPLETE

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def archive() -> None:
    """Keep a PubMed on this machine: build, search, serve."""


@archive.command()
@click.argument("archive_file", metavar="ARCHIVE", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("files", metavar="XML...", nargs=-1, required=True, type=EXISTING)
def build(archive_file: Path, files: Sequence[Path]) -> None:
    """Build ARCHIVE from PubMed XML files.

    The files, plain or .gz, are read in the order given: of a record that comes more than once the latest version
    stays, and deletions are carried out. An archive of that name is replaced when the new one is whole.
    """
    from litwatch.archive.build import build_archive

    with count("records read") as tell:
        report = build_archive(archive_file, files, lambda file, read: tell(read))
    say(
        f"{counted(report.records, 'record')}, {report.replaced} replaced, {report.deleted} deleted, "
        f"{len(report.unread)} unreadable"
    )
    for unread in report.unread:
        say(f"unreadable: {unread.file}, {f'PMID {unread.pmid}' if unread.pmid else 'no PMID'}: {unread.reason}")
    click.echo(archive_file)
    raise SystemExit(INCOMPLETE if report.unread else DONE)


@archive.command()
@click.argument("archive_file", metavar="ARCHIVE", type=EXISTING)
def info(archive_file: Path) -> None:
    """Say what ARCHIVE holds."""
    from litwatch.archive.index import Archive

    with Archive.open(archive_file) as opened:
        held = opened.info()
    click.echo(f"archive: {held.path}")
    click.echo(f"records: {held.records}")
    click.echo(f"created: {held.first} to {held.last}" if held.first else "created: no record says when")
    click.echo(f"built: {held.built_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"files: {', '.join(held.files)}")


@archive.command()
@click.argument("archive_file", metavar="ARCHIVE", type=EXISTING)
@click.argument("query")
def search(archive_file: Path, query: str) -> None:
    """Print the PMIDs that QUERY finds, one a line.

    `litwatch search --archive` prints the records.
    """
    from litwatch.archive.index import Archive

    with Archive.open(archive_file) as opened:
        answer = opened.search(query)
    say(f"{len(answer.ids)} found; read as: {answer.translation}")
    if answer.unknown_phrases:
        say(f"warning: not in this archive's index: {', '.join(answer.unknown_phrases)}")
    for warning in answer.warnings:
        say(f"warning: {warning}")
    for pmid in answer.ids:
        click.echo(pmid)


@archive.command()
@click.argument("archive_file", metavar="ARCHIVE", type=EXISTING)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
def serve(archive_file: Path, host: str, port: int) -> None:
    """Serve ARCHIVE as E-utilities until stopped.

    Any program that can be given a base address can use it; the address is printed.
    """
    import signal
    import threading

    from litwatch.archive.index import Archive
    from litwatch.archive.server import serve_forever

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: stop.set())
    with Archive.open(archive_file) as opened:
        serve_forever(opened, host, port, stop, click.echo)

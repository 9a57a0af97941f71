"""``litwatch init``: a configuration to start from."""

from pathlib import Path

import click

from litwatch.cli.talk import say
from litwatch.errors import ConfigError
from litwatch.watchfile.starter import starter_files
from litwatch.watchfile.watches import is_watch_name


@click.command()
@click.argument("name", default="my-watch")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where to write it.")
def init(name: str, folder: Path) -> None:
    """Write a commented starter configuration with a watch called NAME.

    Files that exist are never written over.
    """
    if not is_watch_name(name):
        raise click.UsageError(f"{name!r} cannot name a watch: a-z, 0-9 and '-', up to 64 characters")
    for relative, content in starter_files(name).items():
        path = folder / relative
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            say(f"{path} exists and stays as it is")
        except OSError as error:
            raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
        else:
            click.echo(path)
    say("Put your e-mail address and your watch in, then: litwatch check")

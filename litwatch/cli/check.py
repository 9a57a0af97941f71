"""``litwatch check``: the configuration, every strategy and, if wished, whether PubMed answers."""

from datetime import UTC, datetime
from pathlib import Path

import click

from litwatch.cli.talk import counted, say
from litwatch.pubmed.lint import lint_query
from litwatch.schedule.due import due_text
from litwatch.watchfile import load_configuration
from litwatch.watchfile.settings import API_KEY_VARIABLE, EXAMPLE_EMAIL


@click.command()
@click.option("--online", is_flag=True, help="Also ask PubMed whether it answers.")
@click.pass_obj
def check(config: Path, *, online: bool) -> None:
    """Check the configuration and every search strategy.

    Names every fault at once, with file, key and what to do. Warnings do not change the exit status.
    """
    settings, watches = load_configuration(config)
    if settings.email == EXAMPLE_EMAIL:
        say(f"{config}: ncbi.email: warning: is still the example; NCBI writes to it before it blocks a program")
    for watch in watches:
        for key, query in (("search.strategy", watch.strategy), ("search.topic", watch.topic)):
            for advice in lint_query(query):
                place = f"{watch.name}.toml: {key}, character {advice.position + 1}"
                say(f"{place}: {advice.severity}: {advice.message}")
        click.echo(
            f"{watch.name}: {counted(len(watch.claims), 'claim')}, "
            f"{counted(len(watch.references), 'cited reference')}, due {due_text(watch.schedule, datetime.now(UTC))}"
        )
    if not watches:
        say(f"{settings.watches}: warning: there is no watch yet; `litwatch init` writes a starter")
    if online:
        from litwatch.wiring import open_source

        key = "with an API key" if settings.api_key else f"without an API key ({API_KEY_VARIABLE} is not set)"
        click.echo(f"{open_source(settings).ping()}, {key}")

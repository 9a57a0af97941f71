"""``litwatch audit``: what an article cites, and whether it says of it what the records say."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, cast

import click

from litwatch.article.read import read_article
from litwatch.article.values import Article
from litwatch.cli.talk import progress, say
from litwatch.cli.writing import check_target, write_whole
from litwatch.errors import DONE, INCOMPLETE
from litwatch.library.citation_styles import STYLES, Style
from litwatch.model.decided import Decided
from litwatch.pipeline.audit import AuditTerms, article_of, audit_article
from litwatch.ports import Source
from litwatch.watchfile import load_settings
from litwatch.watchfile.files import read_plain
from litwatch.wiring import Monitor, SystemClock, open_any, open_archive_source, open_sample, open_source

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("named", metavar="ARTICLE_OR_WATCH")
@click.option("--format", "output", type=click.Choice(["md", "html", "json"]), default="md", show_default=True)
@click.option("--style", type=click.Choice(STYLES), default="ama", show_default=True, help="Of the citations to use.")
@click.option("--topic", default="", metavar="QUERY", help="A search that candidates must be found by too.")
@click.option("--sample", is_flag=True, help="Look works up in the embedded sample, offline.")
@click.option("--archive", type=FILE, help="Look works up in this archive.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.pass_obj
def audit(
    config: Path,
    named: str,
    *,
    output: str,
    style: str,
    topic: str,
    sample: bool,
    archive: Path | None,
    target: Path | None,
) -> None:
    """Audit the citations of an article: which works they are, and whether the records agree.

    ARTICLE_OR_WATCH is a file (text, Markdown or HTML), else the name of a watch, whose article is audited, or what it
    says of its cited references. What needs attention does not alter the exit status; it is 3 when the record of a
    known work could not be had, and 11 when the source failed.
    """
    from litwatch.audit.render import Format, render_audit

    if sample and archive:
        raise click.UsageError("--sample and --archive name two sources; give one")
    with _asked(config, named, sample=sample, archive=archive) as asked, progress("looking works up") as tell:
        if target:
            check_target(target, (path for path in (asked.read, archive) if path))
        terms = replace(asked.terms, style=cast("Style", style), topic=topic or asked.terms.topic)
        audited = audit_article(asked.article, asked.source, terms, tell)
    for note in asked.article.notes:
        say(f"{asked.article.name}: {note}")
    _write(render_audit(audited, cast("Format", output)), target)
    raise SystemExit(INCOMPLETE if any(each.is_unread for each in audited.citations) else DONE)


class _Asked(NamedTuple):
    """What is audited, against whom, and on which terms; ``read`` is the file that it stands in, if one."""

    article: Article
    source: Source
    terms: AuditTerms
    read: Path | None = None


@contextmanager
def _asked(config: Path, named: str, *, sample: bool, archive: Path | None) -> Iterator[_Asked]:
    path = Path(named)
    if not path.is_file() and not sample and not config.is_file():
        raise click.UsageError(f"{named!r} is no file, and without {config} there is no watch of that name")
    if path.is_file() and not sample:
        source = open_archive_source(archive) if archive else open_source(load_settings(config))
        yield _Asked(_read(path), source, AuditTerms(SystemClock().now()), path)
        return
    with _sample() if path.is_file() else open_any(config, sample=sample) as monitor:
        source = open_archive_source(archive) if archive else monitor.world.source
        notes = (monitor.source_note,) if monitor.source_note and not archive else ()
        if path.is_file():
            told = (*notes, "The topic is that of the sample's watch.")
            terms = AuditTerms(monitor.world.clock.now(), topic=monitor.watches[0].topic, notes=told)
            yield _Asked(_read(path), source, terms, path)
        else:
            yield _of_watch(monitor, named, source, notes)


@contextmanager
def _sample() -> Iterator[Monitor]:
    """The sample for a file, which has nothing that a store could remember: its folder goes with it."""
    with TemporaryDirectory(prefix="litwatch-audit-") as scratch, open_sample(Path(scratch)) as monitor:
        yield monitor


def _of_watch(monitor: Monitor, name: str, source: Source, notes: tuple[str, ...]) -> _Asked:
    """The article of a watch, or what it says of its references, with what is remembered and decided of them."""
    if name not in {watch.name for watch in monitor.watches} and name not in monitor.faulty:
        known = ", ".join(watch.name for watch in monitor.watches) or "none"
        raise click.UsageError(f"{name!r} is neither a file nor a watch; the watches are: {known}")
    (watch,) = monitor.named([name])
    store = monitor.world.store
    terms = AuditTerms(
        monitor.world.clock.now(),
        watch=watch,
        remembered={key: match for key, (match, _) in store.load_references(watch.name).items()},
        decided=Decided(store.load_decisions()),
        notes=notes,
    )
    if not watch.article.file:
        return _Asked(article_of(watch), source, terms)
    path = Path(watch.article.file)
    return _Asked(_read(path), source, terms, path)


def _read(path: Path) -> Article:
    try:
        return read_article(read_plain(path), path.name)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read: {error.strerror}") from None


def _write(text: str, target: Path | None) -> None:
    if target is None:
        sys.stdout.write(text)
        return
    write_whole(target, text)
    say(f"written: {target}")

"""``watches/NAME.toml`` → Watch."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from litwatch.errors import Fault, InvalidWatch, UnknownWatch
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.watch import CitedReference, Claim, Expectation, Schedule, Watch, WatchedArticle
from litwatch.pubmed.lint import lint_query
from litwatch.watchfile.article_file import load_cited
from litwatch.watchfile.faults import Table, check_table, nearest, read_toml
from litwatch.watchfile.outgoing import SECRET_VARIABLE, TargetTable, shown, target_of
from litwatch.watchfile.reference_file import load_references
from litwatch.watchfile.schedules import checked_cron, checked_timezone
from litwatch.watchfile.settings import Settings, default_settings, load_settings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _pmid(value: str) -> str:
    return Pmid(value)


def _doi(value: str) -> str:
    return Doi(value)


def _pmcid(value: str) -> str:
    return Pmcid(value)


def _strategy(value: str) -> str:
    """Every fault of the search strategy in one message."""
    faults = [advice for advice in lint_query(value) if advice.severity == "fault"]
    if faults:
        raise ValueError("; ".join(f"{fault.message} (at character {fault.position + 1})" for fault in faults))
    return value


class _Article(Table):
    title: Text
    url: str = ""
    file: Text | None = None


class _Claim(Table):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,16}$")]
    text: Text
    expects: Expectation
    outcomes: list[Text] = Field(min_length=1)
    conditions: list[Text] = Field(default_factory=list)
    opposite: list[Text] = Field(default_factory=list)


class _Reference(Table):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
    as_written: Text
    claims: list[str] = Field(default_factory=list)
    said: str = ""
    pmid: Annotated[str, AfterValidator(_pmid)] | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    pmcid: Annotated[str, AfterValidator(_pmcid)] | None = None


class _Search(Table):
    strategy: Annotated[Text, AfterValidator(_strategy)]
    topic: Annotated[Text, AfterValidator(_strategy)]


class _Schedule(Table):
    cron: str | None = None
    timezone: str | None = None

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str | None) -> str | None:
        return value if value is None else checked_cron(value)

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str | None) -> str | None:
        return value if value is None else checked_timezone(value)


class _WatchFile(Table):
    title: Text
    article: _Article
    search: _Search
    claims: list[_Claim] = Field(min_length=1)
    references: list[_Reference] = Field(default_factory=list)
    references_file: str | None = None
    schedule: _Schedule = _Schedule()
    deliver: list[TargetTable] = Field(default_factory=list)
    reread_days: int | None = Field(default=None, ge=0)


def is_watch_name(name: str) -> bool:
    """Whether ``name`` can name a watch, and so its file and its folder of digests."""
    return _NAME.fullmatch(name) is not None


def load_watch(path: Path, settings: Settings) -> Watch:
    """The watch that ``path`` defines, named after the file. Raises InvalidWatch with every fault."""
    name = path.stem
    if not is_watch_name(name):
        raise InvalidWatch([Fault(str(path), "", f"{name!r} cannot name a watch", "a-z, 0-9 and '-', up to 64")])
    data = read_toml(path)
    cited = _from_file(path, data)
    file, faults = check_table(path, data, _WatchFile)
    faults += [*_cross_faults(path, data, cited), *(entry for entry in cited if isinstance(entry, Fault))]
    if file is None or faults:
        raise InvalidWatch(faults)
    return Watch(
        name=name,
        title=file.title,
        article=WatchedArticle(
            file.article.title, file.article.url, str(path.parent / file.article.file) if file.article.file else ""
        ),
        strategy=file.search.strategy,
        topic=file.search.topic,
        claims=tuple(map(_claim, file.claims)),
        references=(
            *map(_reference, file.references),
            *(entry for entry in cited if isinstance(entry, CitedReference)),
        ),
        schedule=Schedule(file.schedule.cron or settings.cron, file.schedule.timezone or settings.timezone),
        reread_days=settings.reread_days if file.reread_days is None else file.reread_days,
        targets=tuple(dict.fromkeys(target_of(table.to) for table in file.deliver)),
    )


def _from_file(path: Path, data: Mapping[str, Any]) -> list[CitedReference | Fault]:
    """What the watch's reference file holds, and what its article's text cites beside that; nothing without them."""
    name = data.get("references_file")
    cited = list(load_references(path.parent / name)) if isinstance(name, str) else []
    article = data.get("article")
    text = article.get("file") if isinstance(article, dict) else None
    if isinstance(text, str) and text.strip():
        known = [*_written(data), *(entry for entry in cited if isinstance(entry, CitedReference))]
        cited += load_cited(path.parent / text.strip(), known)
    return cited


def _written(data: Mapping[str, Any]) -> Iterator[CitedReference]:
    """The references that the watch writes out, as far as they can be read; their faults are told elsewhere."""
    for table in _tables(data, "references").values():
        try:
            yield _reference(_Reference.model_validate(table))
        except ValueError:
            continue


def _cross_faults(path: Path, data: Mapping[str, Any], cited: Sequence[CitedReference | Fault]) -> Iterator[Fault]:
    """Ids that are used twice, and claims that are named and not there; told beside the faults of single values."""
    claims, references = _tables(data, "claims"), _tables(data, "references")
    yield from _repeated(path, "claims", claims, ())
    yield from _repeated(path, "references", references, [entry.id for entry in cited if not isinstance(entry, Fault)])
    for at, claim in claims.items():
        for term in sorted(_folded(claim, "outcomes") & _folded(claim, "opposite")):
            problem = f"{term!r} is among the outcomes too; it cannot go both ways when the claim holds"
            yield Fault(str(path), f"claims[{at}].opposite", problem)
    known = [claim["id"] for claim in claims.values() if isinstance(claim.get("id"), str)]
    for at, reference in references.items():
        named = reference.get("claims")
        for name in named if isinstance(named, list) and known else ():
            if isinstance(name, str) and name not in known:
                hint = nearest(name, known) or f"there are: {', '.join(known)}"
                yield Fault(str(path), f"references[{at}].claims", f"no claim has the id {name!r}", hint)


def _folded(claim: Mapping[str, Any], key: str) -> set[str]:
    """The terms of a claim as they are compared; what is no text is told elsewhere."""
    terms = claim.get(key)
    return {
        " ".join(each.split()).casefold()
        for each in (terms if isinstance(terms, list) else ())
        if isinstance(each, str)
    }


def _repeated(path: Path, key: str, tables: Mapping[int, dict[str, Any]], of_file: Sequence[str]) -> Iterator[Fault]:
    used = set(of_file)
    for at, table in tables.items():
        name = table.get("id")
        if isinstance(name, str) and name in used:
            hint = (
                "the records of references_file are N1, N2, …, those of article.file A1, A2, …"
                if name in of_file
                else ""
            )
            yield Fault(str(path), f"{key}[{at}].id", f"{name!r} is used twice as an id", hint)
        elif isinstance(name, str):
            used.add(name)


def _tables(data: Mapping[str, Any], key: str) -> dict[int, dict[str, Any]]:
    """The tables of the list ``key`` by their place, counted from 1; what is no table is told elsewhere."""
    entries = data.get(key)
    return {
        at: entry for at, entry in enumerate(entries if isinstance(entries, list) else (), 1) if isinstance(entry, dict)
    }


def _claim(claim: _Claim) -> Claim:
    return Claim(
        claim.id, claim.text, claim.expects, tuple(claim.outcomes), tuple(claim.conditions), tuple(claim.opposite)
    )


def _reference(file: _Reference) -> CitedReference:
    return CitedReference(
        id=file.id,
        as_written=file.as_written,
        claims=tuple(file.claims),
        said=file.said,
        pmid=Pmid(file.pmid) if file.pmid else None,
        doi=Doi(file.doi) if file.doi else None,
        pmcid=Pmcid(file.pmcid) if file.pmcid else None,
    )


def read_watches(settings: Settings) -> tuple[tuple[Watch, ...], dict[str, InvalidWatch]]:
    """The watches of the watches folder, and the error of each file that defines none, by name.

    Raises InvalidWatch when there is no such folder.
    """
    folder = settings.watches
    if not folder.is_dir():
        raise InvalidWatch([Fault(str(folder), "", "no such folder", "`litwatch init` writes a starter")])
    watches: list[Watch] = []
    faulty: dict[str, InvalidWatch] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            watches.append(load_watch(path, settings))
        except InvalidWatch as error:
            faulty[path.stem] = error
    return tuple(watches), faulty


def load_watches(settings: Settings) -> tuple[Watch, ...]:
    """Every watch of the watches folder, by name. Raises InvalidWatch with the faults of all files together.

    A target that nothing is set up for is a fault here; a run goes on without it, and what it is promised waits.
    """
    watches, faulty = read_watches(settings)
    errors = [*faulty.values(), *(InvalidWatch([fault]) for watch in watches for fault in _unserved(settings, watch))]
    if errors:
        raise _together(errors)
    return watches


def _unserved(settings: Settings, watch: Watch) -> Iterator[Fault]:
    path = str(settings.watches / f"{watch.name}.toml")
    for sink, target in watch.targets:
        if sink == "mail" and settings.smtp is None:
            yield Fault(path, "deliver", f"nothing takes mail for {target}", f"set up [smtp] in {settings.path}")
        if sink == "webhook" and settings.webhook is None:
            yield Fault(path, "deliver", f"nothing signs what is posted to {shown(target)}", f"set {SECRET_VARIABLE}")


def _together(errors: Iterable[InvalidWatch]) -> InvalidWatch:
    return InvalidWatch([fault for error in errors for fault in error.faults])


def load_configuration(path: Path) -> tuple[Settings, tuple[Watch, ...]]:
    """Settings and watches. Raises InvalidWatch with the faults of the settings and of all watches together."""
    try:
        settings = load_settings(path)
    except InvalidWatch as error:
        usual = default_settings(path)
        faulty = read_watches(usual)[1] if usual.watches.is_dir() else {}
        raise _together([error, *faulty.values()]) from None
    return settings, load_watches(settings)


def select_watches(watches: Sequence[Watch], names: Sequence[str]) -> tuple[Watch, ...]:
    """The watches of ``names``, each once, in that order; UnknownWatch for a name that none has."""
    known = {watch.name: watch for watch in watches}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or (f"there are: {', '.join(known)}" if known else "there is none yet")
            raise UnknownWatch(f"no watch is named {name!r}: {hint}")
    return tuple(known[name] for name in dict.fromkeys(names))

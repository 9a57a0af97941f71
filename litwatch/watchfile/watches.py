"""``watches/NAME.toml`` → Watch."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from litwatch.errors import Fault, InvalidWatch, UnknownWatch
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.watch import CitedReference, Claim, Expectation, Schedule, Watch, WatchedArticle
from litwatch.pubmed.lint import lint_query
from litwatch.watchfile.faults import Table, nearest, read_table
from litwatch.watchfile.reference_file import load_references
from litwatch.watchfile.schedules import checked_cron, checked_timezone
from litwatch.watchfile.settings import Settings

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


class _Claim(Table):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,16}$")]
    text: Text
    expects: Expectation
    outcomes: list[Text] = Field(min_length=1)
    conditions: list[Text] = Field(default_factory=list)


class _Reference(Table):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
    as_written: Text
    claims: list[str] = Field(default_factory=list)
    said: str = ""
    pmid: Annotated[str, AfterValidator(_pmid)] | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    pmcid: Annotated[str, AfterValidator(_pmcid)] | None = None


_Entry = TypeVar("_Entry", _Claim, _Reference)


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
    reread_days: int | None = Field(default=None, ge=0)

    @field_validator("claims")
    @classmethod
    def _claims_are_told_apart(cls, claims: list[_Claim]) -> list[_Claim]:
        return _told_apart(claims)

    @field_validator("references")
    @classmethod
    def _references_name_claims(cls, references: list[_Reference], info: ValidationInfo) -> list[_Reference]:
        known = [claim.id for claim in info.data.get("claims", [])]
        unknown = {name: ref.id for ref in references for name in ref.claims if known and name not in known}
        if unknown:
            problems = [f"{reference!r} names the unknown claim {name!r}" for name, reference in unknown.items()]
            raise ValueError("; ".join(problems) + f"; there are: {', '.join(known)}")
        return _told_apart(references)


def _told_apart(entries: list[_Entry]) -> list[_Entry]:
    ids = [entry.id for entry in entries]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise ValueError("used twice as an id: " + ", ".join(repeated))
    return entries


def is_watch_name(name: str) -> bool:
    """Whether ``name`` can name a watch, and so its file and its folder of digests."""
    return _NAME.fullmatch(name) is not None


def load_watch(path: Path, settings: Settings) -> Watch:
    """The watch that ``path`` defines, named after the file. Raises InvalidWatch with every fault."""
    name = path.stem
    if not is_watch_name(name):
        raise InvalidWatch([Fault(str(path), "", f"{name!r} cannot name a watch", "a-z, 0-9 and '-', up to 64")])
    file = read_table(path, _WatchFile)
    return Watch(
        name=name,
        title=file.title,
        article=WatchedArticle(file.article.title, file.article.url),
        strategy=file.search.strategy,
        topic=file.search.topic,
        claims=tuple(
            Claim(claim.id, claim.text, claim.expects, tuple(claim.outcomes), tuple(claim.conditions))
            for claim in file.claims
        ),
        references=tuple(_references(path, file)),
        schedule=Schedule(file.schedule.cron or settings.cron, file.schedule.timezone or settings.timezone),
        reread_days=settings.reread_days if file.reread_days is None else file.reread_days,
    )


def _references(path: Path, file: _WatchFile) -> list[CitedReference]:
    """The references of the watch itself, then those of its reference file."""
    references = [_reference(reference) for reference in file.references]
    if file.references_file is not None:
        loaded = list(load_references(path.parent / file.references_file))
        faults = [entry for entry in loaded if isinstance(entry, Fault)]
        taken = {reference.id for reference in references}
        entries = [entry for entry in loaded if isinstance(entry, CitedReference)]
        faults += [
            Fault(str(path), "references", f"{entry.id} is the name of a record of {file.references_file}")
            for entry in entries
            if entry.id in taken
        ]
        if faults:
            raise InvalidWatch(faults)
        references += entries
    return references


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


def load_watches(settings: Settings) -> tuple[Watch, ...]:
    """Every watch of the watches folder, by name. Raises InvalidWatch with the faults of all files together."""
    folder = settings.watches
    if not folder.is_dir():
        raise InvalidWatch([Fault(str(folder), "", "no such folder", "`litwatch init` writes a starter")])
    watches: list[Watch] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            watches.append(load_watch(path, settings))
        except InvalidWatch as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidWatch(faults)
    return tuple(watches)


def select_watches(watches: Sequence[Watch], names: Sequence[str]) -> tuple[Watch, ...]:
    """The watches of ``names``, each once, in that order; UnknownWatch for a name that none has."""
    known = {watch.name: watch for watch in watches}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or (f"there are: {', '.join(known)}" if known else "there is none yet")
            raise UnknownWatch(f"no watch is named {name!r}: {hint}")
    return tuple(known[name] for name in dict.fromkeys(names))

"""Read a TOML file against a pydantic model and name every fault with its file, its key and the nearest known name."""

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from litwatch.errors import Fault, InvalidWatch

Model = TypeVar("Model", bound="Table")


class Table(BaseModel):
    """A TOML table: unknown keys are faults, values are checked and then stand still."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def read_table(path: Path, model: type[Model]) -> Model:
    """The file's content as ``model``; InvalidWatch with every fault otherwise."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidWatch([Fault(str(path), "", "no such file", "`litwatch init` writes a starter")]) from None
    except IsADirectoryError:
        raise InvalidWatch([Fault(str(path), "", "is a folder, not a file")]) from None
    except PermissionError:
        raise InvalidWatch([Fault(str(path), "", "may not be read", "see its file permissions")]) from None
    except UnicodeDecodeError as error:
        raise InvalidWatch([Fault(str(path), "", f"is not UTF-8: {error.reason} at byte {error.start}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidWatch([Fault(str(path), "", f"is not TOML: {error}")]) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InvalidWatch([_fault(path, model, detail) for detail in error.errors(include_url=False)]) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the known word nearest to ``word``, empty when none is near."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {matches[0]!r}?" if matches else ""


def _fault(path: Path, model: type[BaseModel], detail: Any) -> Fault:
    location = detail["loc"]
    problem, hint = detail["msg"].removeprefix("Value error, "), ""
    if detail["type"] == "extra_forbidden":
        problem, known = "unknown key", _known_keys(model, location[:-1])
        hint = nearest(str(location[-1]), known) or f"known here: {', '.join(known)}"
    elif detail["type"] == "missing":
        problem = "is missing"
    return Fault(str(path), _dotted(location), problem, hint)


def _dotted(location: tuple[int | str, ...]) -> str:
    """``claims[2].outcomes``, counting from 1 as people do."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    for part in location:
        if isinstance(part, str):
            found = _table_in(model.model_fields[part].annotation)
            if found is None:
                return []
            model = found
    return list(model.model_fields)


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table type that an annotation names, directly or within a list."""
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None

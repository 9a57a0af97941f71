"""Read a TOML file against a pydantic model and name every fault with its file, its key and the nearest known name."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from litwatch.errors import Fault, InvalidWatch
from litwatch.watchfile.files import read_plain

Model = TypeVar("Model", bound="Table")


class Table(BaseModel):
    """A TOML table: unknown keys are faults, values are checked and then stand still."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content, with or without a byte order mark; InvalidWatch when it is no TOML."""
    try:
        text = read_plain(path).decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except FileNotFoundError:
        raise InvalidWatch([Fault(str(path), "", "no such file", "`litwatch init` writes a starter")]) from None
    except IsADirectoryError:
        raise InvalidWatch([Fault(str(path), "", "is a folder, not a file")]) from None
    except PermissionError:
        raise InvalidWatch([Fault(str(path), "", "may not be read", "see its file permissions")]) from None
    except OSError as error:
        raise InvalidWatch([Fault(str(path), "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8: {error.reason} at byte {error.start}"
        raise InvalidWatch([Fault(str(path), "", problem, "save it with the encoding UTF-8")]) from None
    except RecursionError:
        raise InvalidWatch([Fault(str(path), "", "is nested too deep")]) from None
    except ValueError as error:  # also of a number with more digits than Python reads
        raise InvalidWatch([Fault(str(path), "", f"is not TOML: {error}")]) from None


def check_table(path: Path, data: dict[str, Any], model: type[Model]) -> tuple[Model | None, list[Fault]]:
    """``data``, the content of ``path``, as ``model``; None and every fault when it is not."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_fault(path, model, detail) for detail in error.errors(include_url=False)]


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the known word nearest to ``word``, empty when none is near."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {matches[0]!r}?" if matches else ""


_PROBLEMS = {
    "missing": "is missing",
    "string_type": "must be text, in quotes",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "int_type": "must be a whole number, without quotes",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number, without quotes",
    "list_type": "must be a list, in brackets",
    "string_pattern_mismatch": "may hold letters, digits, '.', '_' and '-' alone, and not too many of them",
}
"""What pydantic calls a fault → what a person is told."""


def _fault(path: Path, model: type[BaseModel], detail: Any) -> Fault:
    location, kind, given = detail["loc"], detail["type"], detail["input"]
    hint = ""
    if kind == "extra_forbidden":
        problem, known = "unknown key", _known_keys(model, location[:-1])
        hint = nearest(str(location[-1]), known) or f"known here: {', '.join(known)}"
    elif kind == "literal_error":
        expected = detail["ctx"]["expected"]
        problem = f"must be {expected}"
        hint = nearest(given, re.findall(r"'([^']+)'", expected)) if isinstance(given, str) else ""
    elif kind in ("model_type", "dict_type") or (kind == "list_type" and isinstance(given, dict)):
        brackets = "[[{}]]" if kind == "list_type" else "[{}]"
        problem = f"must be a table: {brackets.format(location[-1])}"
    else:
        told = detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        problem = _PROBLEMS.get(kind, told)
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

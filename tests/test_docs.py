"""The README tells the truth: commands, options, settings and examples."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pytest

from litwatch.cli.main import COMMANDS
from litwatch.watchfile import load_settings, load_watch
from litwatch.watchfile.settings import _SettingsFile
from litwatch.watchfile.watches import _WatchFile
from tests.shared_data import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> click.Command:
    found = getattr(import_module(f"litwatch.cli.{name}"), name)
    assert isinstance(found, click.Command)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_its_options_are_in_the_readme(name: str) -> None:
    assert f"`litwatch {name}" in README
    found = command(name)
    commands = list(found.commands.values()) if isinstance(found, click.Group) else [found]
    for option in (param for each in commands for param in each.params if isinstance(param, click.Option)):
        assert f"{option.opts[0]}" in README, option.opts


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_the_group_is_the_first_line_of_the_command(name: str) -> None:
    assert (command(name).help or "").splitlines()[0] == COMMANDS[name]


def keys(model: type, prefix: str = "") -> list[str]:
    found: list[str] = []
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        inner = field.annotation
        found += keys(inner, f"{prefix}{name}.") if hasattr(inner, "model_fields") else [prefix + name]
    return found


def test_every_setting_is_in_the_readme() -> None:
    assert [key for key in keys(_SettingsFile) if f"`{key}`" not in README] == []


def test_every_key_of_a_watch_is_in_the_readme() -> None:
    assert [key for key in keys(_WatchFile) if key.rpartition(".")[2] not in README] == []


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_watch_in_the_readme_is_a_watch(tmp_path: Path) -> None:
    (tmp_path / "litwatch.toml").write_text("", encoding="utf-8")
    path = tmp_path / "vitamin-d.toml"
    (text,) = blocks("toml")
    path.write_text(text, encoding="utf-8")
    watch = load_watch(path, load_settings(tmp_path / "litwatch.toml", {}))
    assert watch.title == tomllib.loads(text)["title"]


EXCERPT = re.compile(r"<!-- excerpt of issue (\d): begin -->\n```text\n(.*?)\n```\n<!-- excerpt: end -->", re.DOTALL)


@pytest.mark.parametrize(("issue", "excerpt"), EXCERPT.findall(README), ids=["digest", "claim"])
def test_the_excerpt_is_what_the_sample_digest_says(issue: str, excerpt: str) -> None:
    """Line by line, in its order; a line that ends in "…" is the beginning of one, and "…" alone leaves some out."""
    path = ROOT / f"output/sample/ketamine-inflammation/{issue}/digest.md"
    digest = iter(path.read_text(encoding="utf-8").splitlines())
    assert len(excerpt.splitlines()) > 8
    for line in excerpt.splitlines():
        if line.endswith("…"):
            beginning = line.removesuffix("…").rstrip()
            assert any(each.startswith(beginning) for each in digest), line
        else:
            assert line in digest, f"not in the sample digest, or not at this place: {line!r}"


def test_links_in_the_documentation_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "litwatch" / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_changelog_names_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

"""Files that are none: whatever a watch names as one, it is told, and no other watch waits for it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from litwatch.errors import InvalidWatch
from litwatch.watchfile import Settings, files, load_settings, load_watch, read_watches
from litwatch.watchfile.files import read_plain
from tests.unit.watchfile.test_article_file import ARTICLE, WATCH


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "watches").mkdir()
    (tmp_path / "litwatch.toml").write_text('[watches]\nfolder = "watches"\n', encoding="utf-8")
    return load_settings(tmp_path / "litwatch.toml", {})


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def a_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_large_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2_000)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "no plain file, but a pipe"),
    "device": (a_link_to_a_device, "no plain file, but a pipe, a socket or a device"),
    "folder": (Path.mkdir, "Is a directory"),
    "loop": (a_loop, "symbolic links"),
    "dangling link": (lambda path: path.symlink_to("nothing"), "No such file"),
    "large file": (a_large_file, "larger than"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("key", ["article", "references"])
def test_what_is_no_file_to_be_read_is_told_at_once(
    settings: Settings, kind: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1_000)
    make, problem = UNREADABLE[kind]
    make(settings.watches / "named.txt")
    path = settings.watches / "sesame.toml"
    top, article = ("", 'file = "named.txt"') if key == "article" else ('references_file = "named.txt"', "")
    path.write_text(WATCH.format(top=top, article=article, id="R1"), encoding="utf-8")
    with pytest.raises(InvalidWatch, match=rf"named\.txt: cannot be read: .*{problem}"):
        load_watch(path, settings)


@pytest.mark.parametrize("name", ["a\\u0000b", "n" * 5_000, "", ".", "/", "~/none.txt"])
def test_no_name_of_a_file_is_a_bug(settings: Settings, name: str) -> None:
    path = settings.watches / "sesame.toml"
    path.write_text(WATCH.format(top=f'references_file = "{name}"', article="", id="R1"), encoding="utf-8")
    with pytest.raises(InvalidWatch, match="cannot be read"):
        load_watch(path, settings)


def test_a_link_and_a_path_from_elsewhere_are_read(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text(ARTICLE, encoding="utf-8")
    (settings.watches / "link.md").symlink_to(tmp_path / "elsewhere.md")
    path = settings.watches / "sesame.toml"
    for name in ("link.md", "../elsewhere.md", str(tmp_path / "elsewhere.md")):
        path.write_text(WATCH.format(top="", article=f'file = "{name}"', id="R1"), encoding="utf-8")
        assert [each.id for each in load_watch(path, settings).references] == ["R1", "A2"]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (os.mkfifo, "cannot be read: it is no plain file"),
        (a_link_to_a_device, "cannot be read: it is no plain file"),
        (lambda path: path.write_text("a = " + "[" * 100_000), "is nested too deep"),
        (lambda path: path.write_text("a = " + "{b = " * 100_000), "is nested too deep"),
        (lambda path: path.write_text("a = " + "1" * 5_000), "is not TOML"),
        (lambda path: path.write_bytes(b"a = '\xff'"), "is not UTF-8"),
    ],
)
def test_a_watch_file_that_is_none_keeps_no_other_from_its_run(
    settings: Settings, make: Callable[[Path], object], problem: str
) -> None:
    make(settings.watches / "bad.toml")
    (settings.watches / "good.toml").write_text(WATCH.format(top="", article="", id="R1"), encoding="utf-8")
    watches, faulty = read_watches(settings)
    assert [watch.name for watch in watches] == ["good"]
    assert problem in str(faulty["bad"])


def test_line_ends_of_old_machines_are_read(tmp_path: Path) -> None:
    (tmp_path / "litwatch.toml").write_bytes(b'\xef\xbb\xbf[watches]\rfolder = "watches"\r\n')
    assert load_settings(tmp_path / "litwatch.toml", {}).watches == tmp_path / "watches"
    assert read_plain(tmp_path / "litwatch.toml").startswith(b"\xef\xbb\xbf")

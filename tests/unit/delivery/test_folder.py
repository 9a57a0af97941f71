"""Renditions become files, whole or not at all, inside the folder of their watch and nowhere else."""

import errno
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.delivery.folder import FolderSink
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Rendition
from tests.builders import a_delivery
from tests.commits import WATCH, renditions_of


@pytest.fixture
def sink(tmp_path: Path) -> FolderSink:
    return FolderSink(tmp_path / "output")


def files(sink: FolderSink) -> dict[str, bytes]:
    paths = (path for path in sink.root.rglob("*") if path.is_file())
    return {path.relative_to(sink.root).as_posix(): path.read_bytes() for path in paths}


def test_each_issue_has_its_folder_and_all_share_the_index(sink: FolderSink) -> None:
    for issue in (1, 2):
        sink.deliver(a_delivery(WATCH, issue), renditions_of(issue))
    assert files(sink) == {
        f"{WATCH}/1/digest.html": b"<h1>Issue 1</h1>",
        f"{WATCH}/1/digest.json": b'{"issue": 1}',
        f"{WATCH}/2/digest.html": b"<h1>Issue 2</h1>",
        f"{WATCH}/2/digest.json": b'{"issue": 2}',
        f"{WATCH}/index.html": b"<h1>Issues 1 to 2</h1>",
    }


def test_the_reader_is_told_the_page_of_the_issue(sink: FolderSink) -> None:
    told = sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
    assert Path(told) == sink.root / WATCH / "1" / "digest.html"


def test_a_digest_without_a_page_is_told_by_its_folder(sink: FolderSink) -> None:
    assert Path(sink.write(WATCH, [Rendition("digest.json", "application/json", b"{}")])) == sink.root / WATCH


def test_the_index_is_replaced_last_whatever_order_the_renditions_come_in(sink: FolderSink) -> None:
    sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
    (sink.root / WATCH / "2" / "digest.html").mkdir(parents=True)
    with pytest.raises(DeliveryDeferred, match="move away the folder that stands where a file should"):
        sink.deliver(a_delivery(WATCH, 2), tuple(reversed(renditions_of(2))))
    assert files(sink)[f"{WATCH}/index.html"] == b"<h1>Issues 1 to 1</h1>"
    assert not [name for name in files(sink) if name.endswith(".part")]


def test_what_a_killed_run_left_unfinished_goes_away_when_the_delivery_is_repeated(sink: FolderSink) -> None:
    left = sink.root / WATCH / "1" / ".digest.html.4711.part"
    left.parent.mkdir(parents=True)
    left.write_text("<h1>Iss")
    (left.parent / ".notes.html.4711.part").write_text("a person's own file")
    sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
    assert [name for name in files(sink) if name.endswith(".part")] == [f"{WATCH}/1/.notes.html.4711.part"]


def test_files_get_the_mode_that_the_user_gives_new_files(sink: FolderSink) -> None:
    before = os.umask(0o027)
    try:
        sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
    finally:
        os.umask(before)
    assert (sink.root / WATCH / "index.html").stat().st_mode & 0o777 == 0o640


class TestCouldNotSearch:
    FAILED = (
        Rendition("could-not-search/digest.html", "text/html", b"<h1>Could not search</h1>"),
        Rendition("index.html", "text/html", b"<h1>Could not search, see the issues before</h1>"),
    )

    def test_is_written_without_an_issue(self, sink: FolderSink) -> None:
        told = sink.write(WATCH, self.FAILED)
        assert Path(told) == sink.root / WATCH / "could-not-search" / "digest.html"
        assert len(files(sink)) == 2

    def test_goes_away_with_the_next_issue(self, sink: FolderSink) -> None:
        sink.write(WATCH, self.FAILED)
        sink.write("another", self.FAILED)
        sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
        assert not (sink.root / WATCH / "could-not-search").exists()
        assert (sink.root / "another" / "could-not-search").exists()

    def test_stays_when_the_next_issue_cannot_be_written(self, sink: FolderSink) -> None:
        sink.write(WATCH, self.FAILED)
        (sink.root / WATCH / "1").write_text("a file where a folder should be")
        with pytest.raises(DeliveryDeferred):
            sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
        assert (sink.root / WATCH / "could-not-search" / "digest.html").exists()


TRICKS = [
    "../x",
    "a/../../x",
    "/etc/x",
    "//x",
    "a//x",
    "",
    ".",
    "..",
    "a/",
    "./x",
    "C:x",
    "C:/x",
    r"..\x",
    r"a\x",
    "a\0",
    "a\nb",
]


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_that_leads_elsewhere_is_refused_and_nothing_is_written(sink: FolderSink, name: str) -> None:
    with pytest.raises(DeliveryRefused, match="no name for a file"):
        sink.write(WATCH, [Rendition("good.html", "text/html", b""), Rendition(name, "text/html", b"")])
    assert not sink.root.exists()


@pytest.mark.parametrize("watch", [*TRICKS, "a/b"])
def test_a_watch_whose_name_leads_elsewhere_is_refused(sink: FolderSink, watch: str) -> None:
    with pytest.raises(DeliveryRefused, match="no name for a file"):
        sink.write(watch, renditions_of(1))
    assert not sink.root.exists()


@pytest.mark.parametrize("name", ["a.b.html", "..html", "...", "a b/c-d_e", "β/ü.html", "1/digest.html"])
def test_a_name_that_only_looks_odd_is_written(sink: FolderSink, name: str) -> None:
    sink.write(WATCH, [Rendition(name, "text/html", b"x")])
    assert files(sink) == {f"{WATCH}/{name}": b"x"}


@given(st.text(alphabet="./\\:aC\0\n", max_size=8))
def test_whatever_the_name_nothing_is_written_outside_the_folder(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    sink = FolderSink(tmp_path_factory.getbasetemp() / "any name" / "output")
    with suppress(DeliveryRefused, DeliveryDeferred):
        sink.write("watch", [Rendition(name, "text/html", b"x")])
    outside = [path for path in sink.root.parent.rglob("*") if not path.is_relative_to(sink.root / "watch")]
    assert [path for path in outside if path.is_file()] == []


@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        (errno.EACCES, "let this user write there"),
        (errno.EPERM, "let this user write there"),
        (errno.EROFS, "a disk that can be written"),
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "free some space"),
        (errno.EIO, "see that the disk is well"),
    ],
)
def test_what_the_disk_refuses_now_is_deferred_with_the_way_out(
    sink: FolderSink, code: int, way_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DeliveryDeferred, match=way_out):
        sink.deliver(a_delivery(WATCH, 1), renditions_of(1))
    assert files(sink) == {}


def test_a_name_too_long_for_the_disk_is_refused_for_good(sink: FolderSink) -> None:
    with pytest.raises(DeliveryRefused, match="File name too long"):
        sink.write("w" * 300, renditions_of(1))

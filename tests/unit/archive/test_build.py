"""Files to an archive."""

import gzip
import resource
from pathlib import Path

import pytest

from litwatch.archive.build import BuildReport, build_archive
from litwatch.archive.index import Archive
from litwatch.errors import ConfigError, NotAnArchive
from tests.builders import a_record
from tests.pubmed_xml import records_xml


def save(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def build(folder: Path, *contents: bytes) -> BuildReport:
    files = [save(folder, f"part{number}.xml", content) for number, content in enumerate(contents)]
    return build_archive(folder / "archive.sqlite", files)


def found(folder: Path, query: str) -> tuple[int, ...]:
    with Archive.open(folder / "archive.sqlite") as archive:
        return archive.search(query).ids


def test_plain_and_gzip_files_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    files = [
        save(tmp_path, "one.xml", records_xml(a_record("1"))),
        save(tmp_path, "two.xml.gz", gzip.compress(records_xml(a_record("2")))),
        save(tmp_path, "three.xml", gzip.compress(records_xml(a_record("3")))),
    ]
    report = build_archive(tmp_path / "archive.sqlite", files)
    assert report == BuildReport(records=3, replaced=0, deleted=0, unread=())
    assert found(tmp_path, "all[sb]") == (1, 2, 3)


def test_the_later_occurrence_of_a_record_wins_with_all_its_terms(tmp_path: Path) -> None:
    report = build(
        tmp_path,
        records_xml(a_record("1", title="Esketamine at noon."), a_record("2")),
        records_xml(a_record("1", title="Esketamine at midnight.", publication_types=(), history=())),
    )
    assert report == BuildReport(records=2, replaced=1, deleted=0, unread=())
    assert found(tmp_path, "midnight[ti]") == (1,)
    assert found(tmp_path, "noon[ti]") == ()
    assert found(tmp_path, "journal article[pt]") == (2,)
    assert found(tmp_path, "2011[crdt]") == (2,)


@pytest.mark.parametrize("versions", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_the_latest_version_wins_in_any_order(tmp_path: Path, versions: tuple[int, ...]) -> None:
    report = build(
        tmp_path, *(records_xml(a_record("1", version=version, title=f"Version v{version}.")) for version in versions)
    )
    assert (report.records, report.replaced) == (1, 2)
    assert found(tmp_path, "v3[ti]") == (1,)
    assert found(tmp_path, "v1[ti] OR v2[ti]") == ()


def test_repeats_within_one_file_count_too(tmp_path: Path) -> None:
    report = build(tmp_path, records_xml(a_record("1", title="First."), a_record("1", title="Second.")))
    assert (report.records, report.replaced) == (1, 1)
    assert found(tmp_path, "second[ti]") == (1,)


def test_a_withdrawn_record_is_gone_and_may_come_back(tmp_path: Path) -> None:
    report = build(
        tmp_path,
        records_xml(a_record("1"), a_record("2"), a_record("3")),
        records_xml(deleted=["2", "3", "99"]),
        records_xml(a_record("3", title="Back again.")),
    )
    assert report == BuildReport(records=2, replaced=0, deleted=2, unread=())
    assert found(tmp_path, "all[sb]") == (1, 3)
    assert found(tmp_path, "again[ti]") == (3,)
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        assert [pmid for pmid, _ in archive.fetch([1, 2, 3])] == [1, 3]


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_kept(tmp_path: Path) -> None:
    xml = records_xml(a_record("1"), a_record("2"), a_record("3")).replace(b">2</PMID>", b">two</PMID>", 1)
    report = build(tmp_path, xml)
    assert report.records == 2
    (unread,) = report.unread
    assert (unread.file, unread.pmid) == ("part0.xml", None)
    assert unread.reason


@pytest.mark.parametrize("compressed", [False, True])
def test_a_file_that_ends_early_is_told_and_the_rest_is_kept(tmp_path: Path, compressed: bool) -> None:
    whole = records_xml(*(a_record(str(pmid)) for pmid in range(1, 200)))
    content = gzip.compress(whole) if compressed else whole
    report = build(tmp_path, content[: len(content) * 3 // 4], records_xml(a_record("500")))
    assert 0 < report.records < 200
    (unread,) = report.unread
    assert (unread.file, unread.pmid) == ("part0.xml", None)
    assert f"{report.records - 1} records" in unread.reason
    assert found(tmp_path, "500[pmid]") == (500,)


@pytest.mark.parametrize("place", [12, -6])
def test_a_gzip_file_that_was_damaged_is_told(tmp_path: Path, place: int) -> None:
    content = bytearray(gzip.compress(records_xml(a_record("1"))))
    content[place] ^= 0xFF
    report = build(tmp_path, bytes(content), records_xml(a_record("2")))
    assert [(unread.file, unread.pmid) for unread in report.unread] == [("part0.xml", None)]
    assert found(tmp_path, "2[pmid]") == (2,)


@pytest.mark.parametrize("content", [b"", b"<html><body>Service unavailable</body></html>", b"PMID- 1"])
def test_a_file_that_is_something_else_is_told(tmp_path: Path, content: bytes) -> None:
    report = build(tmp_path, content, records_xml(a_record("1")))
    assert report.records == 1
    assert [unread.file for unread in report.unread] == ["part0.xml"]


def test_an_empty_set_makes_an_empty_archive(tmp_path: Path) -> None:
    report = build(tmp_path, b"<PubmedArticleSet></PubmedArticleSet>")
    assert report == BuildReport(0, 0, 0, ())
    assert found(tmp_path, "ketamine") == ()
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        assert archive.info().first is None


def test_progress_is_told_with_the_file_and_the_records_read_so_far(tmp_path: Path) -> None:
    file = save(tmp_path, "one.xml", records_xml(a_record("1"), a_record("2")))
    told: list[tuple[str, int]] = []
    build_archive(tmp_path / "archive.sqlite", [file], lambda path, read: told.append((path.name, read)))
    assert told[-1] == ("one.xml", 2)


def test_a_missing_file_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.xml"):
        build_archive(tmp_path / "archive.sqlite", [tmp_path / "missing.xml"])
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_leaves_the_earlier_archive_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path, records_xml(a_record("1")))
    before = sorted(path.name for path in tmp_path.iterdir())

    def stop(path: Path, read: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        build_archive(tmp_path / "archive.sqlite", [tmp_path / "part0.xml"], stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert found(tmp_path, "all[sb]") == (1,)


def test_an_archive_is_replaced_while_it_is_read(tmp_path: Path) -> None:
    build(tmp_path, records_xml(a_record("1")))
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        build(tmp_path, records_xml(a_record("2")))
        assert archive.search("all[sb]").ids == (1,)
    assert found(tmp_path, "all[sb]") == (2,)


def test_what_is_no_archive_is_never_overwritten(tmp_path: Path) -> None:
    file = save(tmp_path, "one.xml", records_xml(a_record("1")))
    with pytest.raises(NotAnArchive, match="left as it is"):
        build_archive(file, [file])
    assert file.read_bytes() == records_xml(a_record("1"))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = save(tmp_path, "one.xml", records_xml(a_record("1")))
    with pytest.raises(NotAnArchive, match="cannot be written"):
        build_archive(tmp_path / "nowhere" / "archive.sqlite", [file])


def test_a_disk_without_room_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    build(tmp_path, records_xml(a_record("1")))
    file = save(tmp_path, "many.xml", records_xml(*(a_record(str(pmid)) for pmid in range(1, 400))))
    before = sorted(path.name for path in tmp_path.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, limits[1]))
    try:
        with pytest.raises(NotAnArchive, match=r"archive\.sqlite: the disk"):
            build_archive(tmp_path / "archive.sqlite", [file])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert found(tmp_path, "all[sb]") == (1,)


def test_an_archive_is_left_alone_when_nothing_could_be_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(records_xml(a_record("11")))
    bad.write_bytes(b"<html>Error</html>")
    build_archive(tmp_path / "a.db", [good])
    with pytest.raises(ConfigError, match="left as it is: not read to its end, 0 records were: not PubMed XML"):
        build_archive(tmp_path / "a.db", [bad])
    with Archive.open(tmp_path / "a.db") as archive:
        assert archive.info().records == 1

"""Archives for tests, built from records as PubMed would send them."""

from pathlib import Path

from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive
from tests.builders import NOW


def archive_of(folder: Path, xml: bytes) -> Archive:
    """An archive of the records in ``xml``, kept in ``folder``; the caller closes it."""
    (folder / "records.xml").write_bytes(xml)
    report = build_archive(folder / "archive.db", [folder / "records.xml"], now=NOW)
    assert not report.unread
    return Archive.open(folder / "archive.db")

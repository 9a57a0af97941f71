"""What every sink promises, whether it remembers in memory or writes files."""

from pathlib import Path

import pytest

from litwatch.delivery.folder import FolderSink
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Rendition
from litwatch.ports import Sink
from tests.builders import a_delivery
from tests.commits import WATCH, renditions_of
from tests.fakes_store import FakeSink


class InMemory:
    """The fake, and how to look at it and make it fail."""

    def __init__(self, tmp_path: Path) -> None:
        self.fake = FakeSink()
        self.sink: Sink = self.fake

    def delivered(self) -> set[Rendition]:
        return {rendition for renditions in self.fake.delivered.values() for rendition in renditions}

    def fail(self) -> None:
        self.fake.failures = dict.fromkeys(range(1, 10), DeliveryDeferred("not now"))

    def mend(self) -> None:
        self.fake.failures = {}


class Files:
    """The folder, and how to look at it and make it fail."""

    def __init__(self, tmp_path: Path) -> None:
        self.root = tmp_path / "output"
        self.sink: Sink = FolderSink(self.root)

    def delivered(self) -> set[Rendition]:
        media = {rendition.name: rendition.media_type for issue in (1, 2) for rendition in renditions_of(issue)}
        folder = self.root / WATCH
        paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        return {Rendition(path, media[path], (folder / path).read_bytes()) for path in paths}

    def fail(self) -> None:
        self.root.write_text("a file where the folder should be")

    def mend(self) -> None:
        self.root.unlink()


@pytest.fixture(params=[InMemory, Files])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> InMemory | Files:
    made: InMemory | Files = request.param(tmp_path)
    return made


def issue(number: int) -> Delivery:
    return a_delivery(WATCH, number)


def test_an_issue_arrives_byte_for_byte(place: InMemory | Files) -> None:
    place.sink.deliver(issue(1), renditions_of(1))
    assert place.delivered() == set(renditions_of(1))


def test_the_reader_is_told_where_to_look(place: InMemory | Files) -> None:
    assert place.sink.deliver(issue(1), renditions_of(1))


def test_a_delivery_may_be_repeated(place: InMemory | Files) -> None:
    first = place.sink.deliver(issue(1), renditions_of(1))
    assert place.sink.deliver(issue(1), renditions_of(1)) == first
    assert place.delivered() == set(renditions_of(1))


def test_a_target_that_fails_now_may_be_tried_again(place: InMemory | Files) -> None:
    place.fail()
    with pytest.raises(DeliveryDeferred):
        place.sink.deliver(issue(1), renditions_of(1))
    place.mend()
    place.sink.deliver(issue(1), renditions_of(1))
    assert place.delivered() == set(renditions_of(1))


def test_an_issue_without_a_rendition_is_refused(place: InMemory | Files) -> None:
    with pytest.raises(DeliveryRefused, match="no rendition"):
        place.sink.deliver(issue(1), ())

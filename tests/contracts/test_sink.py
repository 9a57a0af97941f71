"""What every sink promises, whether it remembers in memory, writes files or sends mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litwatch.delivery.folder import FolderSink
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Rendition
from litwatch.ports import Sink
from tests.builders import a_delivery
from tests.commits import WATCH
from tests.fakes_store import FakeSink
from tests.mailbox import Mailbox, a_mailbox
from tests.unit.delivery.issues import an_issue

ISSUE = an_issue()


class InMemory:
    """The fake, and how to look at it and make it fail."""

    def __init__(self, tmp_path: Path) -> None:
        self.fake = FakeSink()
        self.sink: Sink = self.fake

    @classmethod
    @contextmanager
    def opened(cls, tmp_path: Path) -> Iterator["InMemory"]:
        yield cls(tmp_path)

    def holds(self, renditions: tuple[Rendition, ...]) -> bool:
        return list(self.fake.delivered.values()) == [renditions]

    def fail(self) -> None:
        self.fake.failures = dict.fromkeys(range(1, 10), DeliveryDeferred("not now"))

    def mend(self) -> None:
        self.fake.failures = {}


class Files:
    """The folder, and how to look at it and make it fail."""

    def __init__(self, tmp_path: Path) -> None:
        self.root = tmp_path / "output"
        self.sink: Sink = FolderSink(self.root)

    @classmethod
    @contextmanager
    def opened(cls, tmp_path: Path) -> Iterator["Files"]:
        yield cls(tmp_path)

    def holds(self, renditions: tuple[Rendition, ...]) -> bool:
        folder = self.root / WATCH
        paths = [path for path in folder.rglob("*") if path.is_file()]
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        return found == {rendition.name: rendition.body for rendition in renditions}

    def fail(self) -> None:
        self.root.write_text("a file where the folder should be")

    def mend(self) -> None:
        self.root.unlink()


class Mail:
    """An SMTP server on loopback, and how to look at it and make it fail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.sink: Sink = mailbox.sink()

    @classmethod
    @contextmanager
    def opened(cls, tmp_path: Path) -> Iterator["Mail"]:
        with a_mailbox() as mailbox:
            yield cls(mailbox)

    def holds(self, renditions: tuple[Rendition, ...]) -> bool:
        text = next(rendition.body.decode() for rendition in renditions if rendition.name.endswith(".md"))
        assert len(set(self.mailbox.raw)) == 1
        return str(next(self.mailbox.messages[0].iter_parts()).get_content()).replace("\r\n", "\n") == text

    def fail(self) -> None:
        self.mailbox.replies["DATA"] = "451 not now"

    def mend(self) -> None:
        self.mailbox.replies.clear()


Place = InMemory | Files | Mail


@pytest.fixture(params=[InMemory, Files, Mail])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param.opened(tmp_path) as place:
        yield place


def issue(number: int = 2) -> Delivery:
    return a_delivery(WATCH, number, target="team@clinic.example")


def test_an_issue_arrives_whole(place: Place) -> None:
    place.sink.deliver(issue(), ISSUE)
    assert place.holds(ISSUE)


def test_the_reader_is_told_where_to_look(place: Place) -> None:
    assert place.sink.deliver(issue(), ISSUE)


def test_a_delivery_may_be_repeated_and_the_repeat_is_the_same(place: Place) -> None:
    first = place.sink.deliver(issue(), ISSUE)
    assert place.sink.deliver(issue(), ISSUE) == first
    assert place.holds(ISSUE)


def test_a_target_that_fails_now_may_be_tried_again(place: Place) -> None:
    place.fail()
    with pytest.raises(DeliveryDeferred):
        place.sink.deliver(issue(), ISSUE)
    place.mend()
    place.sink.deliver(issue(), ISSUE)
    assert place.holds(ISSUE)


def test_an_issue_without_a_rendition_is_refused(place: Place) -> None:
    with pytest.raises(DeliveryRefused, match="no rendition"):
        place.sink.deliver(issue(), ())
    with pytest.raises(DeliveryRefused, match="no rendition"):
        place.sink.preview(issue(), ())


def test_a_preview_shows_the_issue_and_brings_nothing(place: Place) -> None:
    assert "2" in place.sink.preview(issue(), ISSUE)
    place.sink.deliver(issue(), ISSUE)
    assert place.holds(ISSUE)

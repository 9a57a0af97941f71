"""Deliveries go out in order, and no target holds up another."""

import pytest

from litwatch.delivery.outbox import dispatch
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Receipt, Rendition
from litwatch.ports import Sink
from tests.builders import NOW, a_delivery
from tests.commits import WATCH, renditions_of
from tests.fakes_store import FakeSink


class Outbox:
    """Dispatches and remembers what was saved, in the order of things."""

    def __init__(self, **sinks: Sink) -> None:
        self.sinks = sinks
        self.saved: list[Receipt] = []

    def dispatch(self, *pending: Delivery) -> list[tuple[str, str]]:
        receipts = dispatch(pending, self._renditions, self.sinks, self.saved.append, NOW)
        assert list(receipts) == self.saved
        return [(receipt.delivery.key, receipt.state) for receipt in receipts]

    def _renditions(self, watch: str, issue: int) -> tuple[Rendition, ...]:
        assert watch == WATCH
        return renditions_of(issue)


def to(sink: str, issue: int, target: str = "here") -> Delivery:
    return a_delivery(WATCH, issue, sink=sink, target=target)


def test_a_delivery_brings_the_renditions_of_its_issue_and_leaves_a_receipt() -> None:
    folder = FakeSink()
    outbox = Outbox(folder=folder)
    outbox.dispatch(to("folder", 3))
    assert folder.delivered == {to("folder", 3): renditions_of(3)}
    assert outbox.saved == [Receipt(to("folder", 3), "delivered", NOW, "a fake took issue 3")]


def test_nothing_pending_is_nothing_done() -> None:
    assert Outbox().dispatch() == []


def test_a_target_gets_its_issues_oldest_first() -> None:
    folder = FakeSink()
    Outbox(folder=folder).dispatch(to("folder", 10), to("folder", 2), to("folder", 9))
    assert [delivery.issue for delivery in folder.tried] == [2, 9, 10]


def test_a_target_that_defers_waits_with_all_its_later_issues() -> None:
    folder = FakeSink({2: DeliveryDeferred("the disk is full")})
    outbox = Outbox(folder=folder)
    told = outbox.dispatch(to("folder", 1), to("folder", 2), to("folder", 3))
    assert told == [(f"{WATCH}/1/folder/here", "delivered"), (f"{WATCH}/2/folder/here", "pending")]
    assert outbox.saved[-1].detail == "the disk is full"
    assert to("folder", 3) not in folder.tried


def test_a_target_that_defers_holds_up_no_other_target_and_no_other_sink() -> None:
    folder, mail = FakeSink({1: DeliveryDeferred("the disk is full")}), FakeSink()
    told = Outbox(folder=folder, mail=mail).dispatch(
        to("folder", 1), to("mail", 1), to("mail", 1, "there"), to("folder", 2), to("mail", 2)
    )
    assert [state for _, state in told] == ["pending", "delivered", "delivered", "delivered"]
    assert [delivery.issue for delivery in mail.tried] == [1, 1, 2]


def test_a_refused_delivery_is_settled_and_holds_nothing_up() -> None:
    folder = FakeSink({1: DeliveryRefused("no such name")})
    told = Outbox(folder=folder).dispatch(to("folder", 1), to("folder", 2))
    assert [state for _, state in told] == ["refused", "delivered"]


def test_a_delivery_to_a_sink_that_is_not_set_up_waits() -> None:
    outbox = Outbox(folder=FakeSink())
    assert outbox.dispatch(to("mail", 1), to("mail", 2), to("folder", 1)) == [
        (f"{WATCH}/1/mail/here", "pending"),
        (f"{WATCH}/1/folder/here", "delivered"),
    ]
    assert "'mail'" in outbox.saved[0].detail


def test_each_receipt_is_saved_before_the_next_try() -> None:
    class Watching(FakeSink):
        def deliver(self, delivery: Delivery, renditions: object) -> str:
            assert [receipt.delivery.issue for receipt in outbox.saved] == list(range(1, delivery.issue))
            return "seen"

    outbox = Outbox(folder=Watching())
    assert len(outbox.dispatch(to("folder", 1), to("folder", 2), to("folder", 3))) == 3


def test_a_bug_in_a_sink_is_no_receipt() -> None:
    class Broken(FakeSink):
        def deliver(self, delivery: Delivery, renditions: object) -> str:
            raise KeyError("a bug")

    outbox = Outbox(folder=Broken())
    with pytest.raises(KeyError):
        outbox.dispatch(to("folder", 1))
    assert outbox.saved == []

"""Deliveries go out in order, and no target holds up another."""

from datetime import timedelta

import pytest

from litwatch.delivery.outbox import dispatch, part_resting, withdraw
from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Receipt, Rendition, Tries
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


def tried(number: int, minutes_ago: int) -> Tries:
    return Tries(number, NOW - timedelta(minutes=minutes_ago))


@pytest.mark.parametrize(("number", "pause"), [(1, 5), (2, 15), (3, 60), (4, 240), (5, 1440), (6, 1440), (1_000, 1440)])
def test_a_target_rests_the_longer_the_more_often_it_was_tried_in_vain(number: int, pause: int) -> None:
    delivery = to("mail", 1)
    assert part_resting([delivery], {delivery: tried(number, pause)}, NOW) == ((delivery,), ())
    ready, resting = part_resting([delivery], {delivery: tried(number, pause - 1)}, NOW)
    assert ready == ()
    assert [(receipt.delivery, receipt.state) for receipt in resting] == [(delivery, "pending")]
    assert "tried again from 07:01 UTC on" in resting[0].detail


def test_a_resting_target_waits_with_all_its_issues_and_no_other_waits() -> None:
    first, second, other = to("mail", 1), to("mail", 2), to("mail", 1, "there")
    ready, resting = part_resting([first, other, second], {first: tried(1, 0)}, NOW)
    assert ready == (other,)
    assert [receipt.delivery for receipt in resting] == [first, second]


def test_a_try_in_the_future_keeps_nothing_back() -> None:
    delivery = to("mail", 1)
    assert part_resting([delivery], {delivery: tried(3, -60)}, NOW) == ((delivery,), ())


def test_what_was_promised_to_a_target_of_old_is_settled_and_not_sent() -> None:
    saved: list[Receipt] = []
    kept = withdraw([to("mail", 1), to("mail", 1, "gone")], {("mail", "here")}, saved.append, NOW)
    assert kept == (to("mail", 1),)
    assert saved == [Receipt(to("mail", 1, "gone"), "refused", NOW, "it is no longer a target of the watch")]

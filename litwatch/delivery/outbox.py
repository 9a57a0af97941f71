"""The outbox: bring what was promised to its targets, and keep what became of each try."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Receipt, Rendition, Tries
from litwatch.ports import Sink

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 1440))
"""How long a target rests after its 1st, 2nd, … try in vain; the last holds from then on.

The first is what a server that puts off mail from strangers (greylisting) usually asks for.
"""


def part_resting(
    pending: Iterable[Delivery], tries: Mapping[Delivery, Tries], now: datetime
) -> tuple[tuple[Delivery, ...], tuple[Receipt, ...]]:
    """What is to be tried now, and a word on what waits because its target was tried in vain a short while ago.

    All of a target wait or none, so that it gets its issues in order. The receipts are told and not to be saved.
    """
    promised = tuple(pending)
    until = {_target(delivery): _rests_until(tries[delivery], now) for delivery in promised if delivery in tries}
    ready = tuple(delivery for delivery in promised if until.get(_target(delivery), now) <= now)
    resting = (delivery for delivery in promised if delivery not in ready)
    return ready, tuple(
        Receipt(
            delivery,
            "pending",
            now,
            f"{_shown(delivery.target)} is tried again from {until[_target(delivery)]:%H:%M} UTC on",
        )
        for delivery in resting
    )


def withdraw(
    pending: Iterable[Delivery],
    targets: Collection[tuple[str, str]],
    save_receipt: Callable[[Receipt], None],
    now: datetime,
) -> tuple[Delivery, ...]:
    """Settle as refused what was promised to a target that is none of ``targets`` any more; gives the others."""
    kept: list[Delivery] = []
    for delivery in pending:
        if (delivery.sink, delivery.target) in targets:
            kept.append(delivery)
        else:
            save_receipt(Receipt(delivery, "refused", now, "it is no longer a target of the watch"))
    return tuple(kept)


def dispatch(
    pending: Iterable[Delivery],
    load_renditions: Callable[[str, int], Sequence[Rendition]],
    sinks: Mapping[str, Sink],
    save_receipt: Callable[[Receipt], None],
    now: datetime,
) -> tuple[Receipt, ...]:
    """Try each pending delivery once, and save a receipt of each try before the next one.

    A target gets its issues in order: after a first deferral its later issues wait, untried and without a receipt,
    while other targets go on. A refused delivery is settled and holds nothing up. ``sinks`` are by name; a
    delivery to a sink that is not among them is deferred. ``now`` stands in the receipts.
    """
    receipts: list[Receipt] = []
    waiting: set[tuple[str, str, str]] = set()
    for delivery in sorted(pending, key=lambda promised: promised.issue):
        if _target(delivery) in waiting:
            continue
        receipt = _try(delivery, load_renditions, sinks, now)
        save_receipt(receipt)
        receipts.append(receipt)
        if receipt.state == "pending":
            waiting.add(_target(delivery))
    return tuple(receipts)


def _target(delivery: Delivery) -> tuple[str, str, str]:
    return delivery.watch, delivery.sink, delivery.target


def _shown(target: str) -> str:
    """An address on the web may hold a secret behind its host."""
    return urlsplit(target).hostname or target


def _rests_until(tries: Tries, now: datetime) -> datetime:
    """When the target has rested; a try after ``now``, of a clock that was set back, does not count."""
    return now if tries.last > now else tries.last + PAUSES[min(tries.number, len(PAUSES)) - 1]


def _try(
    delivery: Delivery,
    load_renditions: Callable[[str, int], Sequence[Rendition]],
    sinks: Mapping[str, Sink],
    now: datetime,
) -> Receipt:
    if delivery.sink not in sinks:
        return Receipt(delivery, "pending", now, f"no sink {delivery.sink!r} is set up; it waits until there is one")
    try:
        told = sinks[delivery.sink].deliver(delivery, load_renditions(delivery.watch, delivery.issue))
    except DeliveryDeferred as error:
        return Receipt(delivery, "pending", now, str(error))
    except DeliveryRefused as error:
        return Receipt(delivery, "refused", now, str(error))
    return Receipt(delivery, "delivered", now, told)

"""The outbox: bring what was promised to its targets, and keep what became of each try."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from litwatch.errors import DeliveryDeferred, DeliveryRefused
from litwatch.model.digest import Delivery, Receipt, Rendition
from litwatch.ports import Sink


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
        target = (delivery.watch, delivery.sink, delivery.target)
        if target in waiting:
            continue
        receipt = _try(delivery, load_renditions, sinks, now)
        save_receipt(receipt)
        receipts.append(receipt)
        if receipt.state == "pending":
            waiting.add(target)
    return tuple(receipts)


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

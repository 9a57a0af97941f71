"""What was promised to targets, and what became of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from litwatch.errors import StoreError
from litwatch.model.digest import Delivery, Receipt, Tries
from litwatch.store.statements import execute_all
from litwatch.store.tables import delivery

_PENDING = "pending"
_KEY = (delivery.c.watch, delivery.c.issue, delivery.c.sink, delivery.c.target)


def save_promises(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    """Promise deliveries."""
    rows = [promised._asdict() | {"state": _PENDING, "tries": 0, "detail": ""} for promised in deliveries]
    execute_all(connection, insert(delivery), rows)


def promise_again(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    """Promise deliveries anew, whatever became of them before."""
    for promised in deliveries:
        connection.execute(delete(delivery).where(*_is(promised)))
    save_promises(connection, deliveries)


def load_pending(connection: Connection, watch: str) -> tuple[Delivery, ...]:
    """Promised and not yet delivered or refused, oldest issue first."""
    pending = select(*_KEY).where(delivery.c.watch == watch, delivery.c.state == _PENDING)
    rows = connection.execute(pending.order_by(delivery.c.issue, delivery.c.sink, delivery.c.target))
    return tuple(Delivery(*row) for row in rows)


def load_tries(connection: Connection, watch: str) -> dict[Delivery, Tries]:
    """How often and when last each pending delivery was tried in vain; none that was not tried."""
    tried = select(*_KEY, delivery.c.tries, delivery.c.at).where(
        delivery.c.watch == watch, delivery.c.state == _PENDING
    )
    rows = connection.execute(tried.where(delivery.c.tries > 0))
    return {Delivery(*key): Tries(number, at) for *key, number, at in rows}


def save_receipt(connection: Connection, receipt: Receipt) -> None:
    """Keep what became of a try; what was delivered or refused for good stays so."""
    promise = _is(receipt.delivery)
    state = connection.execute(select(delivery.c.state).where(*promise)).scalar()
    if state is None:
        raise StoreError(f"{receipt.delivery.key}: a receipt for a delivery that was never promised")
    if state == _PENDING:
        tried = {"state": receipt.state, "at": receipt.at, "detail": receipt.detail, "tries": delivery.c.tries + 1}
        connection.execute(update(delivery).where(*promise).values(tried))


def _is(promised: Delivery) -> list[ColumnElement[bool]]:
    """That a row is the one of this delivery."""
    return [column == value for column, value in zip(_KEY, promised, strict=True)]

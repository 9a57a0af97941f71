"""Of many who ask for a lease at once, one gets it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

from litwatch.store import open_store
from tests.builders import NOW

RACERS = 4
ROUNDS = 10
HOUR = timedelta(hours=1)


def test_of_several_that_ask_at_once_one_is_let_in_and_again_after_it_ran_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/litwatch.db"
    open_store(url).close()
    start = Barrier(RACERS)

    def race(racer: int) -> list[bool]:
        with open_store(url) as store:
            taken = []
            for turn in range(ROUNDS):
                start.wait(timeout=30)
                taken.append(store.acquire_lease("watch:a", f"{racer} in {turn}", NOW + turn * HOUR, HOUR))
            return taken

    with ThreadPoolExecutor(RACERS) as pool:
        winners = zip(*pool.map(race, range(RACERS)), strict=True)
    assert [sum(taken) for taken in winners] == [1] * ROUNDS


def test_several_that_open_a_store_that_is_not_there_yet_all_get_it(tmp_path: Path) -> None:
    start = Barrier(RACERS)

    def race(racer: int) -> bool:
        start.wait(timeout=30)
        with open_store(f"sqlite:///{tmp_path}/litwatch.db") as store:
            return store.acquire_lease(f"watch:{racer}", "me", NOW, HOUR)

    with ThreadPoolExecutor(RACERS) as pool:
        assert all(pool.map(race, range(RACERS)))

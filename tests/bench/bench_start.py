"""What ``litwatch --help`` costs beside ``import click``, and which heavy libraries it loads; against its bar.

    python -m tests.bench.bench_start [RUNS]

Both sides run in turn, RUNS times (10) each; the medians of CPU and of wall time are compared.
"""

import os
import resource
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple

from tests.test_architecture import HEAVY

BAR = 3.0

CLICK = [sys.executable, "-c", "import click"]
HELP = [sys.executable, "-m", "litwatch", "--help"]
LOADED = f"""
import sys
sys.argv = ["litwatch", "--help"]
from litwatch.__main__ import main
try:
    main()
except SystemExit:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


class Cost(NamedTuple):
    """Seconds."""

    cpu: float
    wall: float


def cost_of(command: list[str]) -> Cost:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    costs: dict[str, list[Cost]] = {"import click": [], "litwatch --help": []}
    for command in (CLICK, HELP):  # compiles and caches what the runs then find
        cost_of(command)
    for _ in range(runs):
        for name, command in zip(costs, (CLICK, HELP), strict=True):
            costs[name].append(cost_of(command))
    click, start = (Cost(median(c.cpu for c in each), median(c.wall for c in each)) for each in costs.values())
    for name, cost in zip(costs, (click, start), strict=True):
        print(f"{name + ':':17} {1000 * cost.cpu:5.0f} ms CPU, {1000 * cost.wall:5.0f} ms wall, medians of {runs}")
    print(f"ratio:            {start.cpu / click.cpu:.2f} CPU, {start.wall / click.wall:.2f} wall (bar {BAR:.0f})")
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, env=os.environ)
    print(f"heavy libraries loaded: {done.stderr.strip()} of {', '.join(HEAVY)}")


if __name__ == "__main__":
    main()

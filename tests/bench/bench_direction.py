"""How many sentences a second are judged on one core: ``python -m tests.bench.bench_direction [FOLDER]``.

FOLDER holds evidence.jsonl; without it 500 invented sentences are used. The best of five repeats counts; the memory of
phrases that were read before is emptied in front of each.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from litwatch.appraisal.direction import judge_direction
from litwatch.appraisal.direction_arms import abbreviates, read_arms
from litwatch.evaluation.direction_data import Example, read_examples
from tests.labelled_directions import labelled_directions

REPEATS = 5


def main() -> None:
    with TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else labelled_directions(Path(folder) / "invented", 170)
        examples = read_examples(given)
    best = min(_taken(examples) for _ in range(REPEATS))
    print(
        f"{len(examples):,} sentences, {best / len(examples) * 1e6:.0f} µs each: {len(examples) / best:,.0f} a second"
    )


def _taken(examples: list[Example]) -> float:
    for remembered in (read_arms, abbreviates):
        remembered.cache_clear()
    started = process_time()
    for one in examples:
        judge_direction(one.evidence, one.intervention, one.comparator, one.outcome)
    return process_time() - started


if __name__ == "__main__":
    main()

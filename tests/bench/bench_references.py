"""What long lists of references cost, in seconds of CPU: ``python -m tests.bench.bench_references``.

Lists of 2.5, 5 and 10 MB of invented references go through ``litwatch check``, as the ``references_file`` of a watch,
and works as RIS through ``litwatch dedupe``: time must double with the size.
"""

import os
import sys
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from random import Random
from subprocess import DEVNULL, run
from tempfile import TemporaryDirectory

_TEXT = (
    "sesame oil ankle swelling randomised trial cohort winter bees honey insects glass apiaries altitude interleukin "
    "depression cytokine review memory sleep knee pain exercise older adults hospital"
)
_WORDS = _TEXT.split()
_NAMES = ("Roe", "Poe", "Moe", "Doe", "van der Berg", "Jóźwiak-Bębenista", "Hansen")
_MEGABYTES = (2.5, 5, 10)
_WATCH = """title = "Sesame"
references_file = "refs.txt"
[article]
title = "Sesame"
[search]
strategy = "sesame[tiab]"
topic = "sesame[tiab]"
[[claims]]
id = "C1"
text = "Sesame lowers swelling."
expects = "decrease"
outcomes = ["swelling"]
"""


def _printed(number: int, random: Random) -> str:
    authors = ", ".join(f"{random.choice(_NAMES)} {random.choice('ABCD')}" for _ in range(random.randint(1, 6)))
    title = " ".join(random.choices(_WORDS, k=12)).capitalize()
    return f"{number}. {authors}. {title}. J Invent Med. {1980 + number % 45};{number % 80}(2):{number % 900}-99.\n"


def _printed_with_doi(number: int, random: Random) -> str:
    return f"{_printed(number, random).rstrip()} doi:10.1234/x{number}\n"


def _ris(number: int, random: Random) -> str:
    title = " ".join(random.choices(_WORDS, k=12)).capitalize()
    year = "in press" if number % 50 == 0 else str(1980 + number % 45)
    return (
        f"TY  - JOUR\nTI  - {title}\nAU  - {random.choice(_NAMES)}, A\nPY  - {year}\nJO  - J Invent Med\n"
        f"VL  - {number % 80}\nSP  - {number % 900}\nDO  - 10.1234/x{number}\nER  - \n\n"
    )


def _text(entry: Callable[[int, Random], str], size: float) -> str:
    random, parts, length = Random(11), list[str](), 0
    for number in count(1):
        if length >= size * 1_000_000:
            break
        parts.append(entry(number, random))
        length += len(parts[-1].encode())
    return "".join(parts)


def _seconds(folder: Path, *arguments: str) -> float:
    before = os.times()
    run([sys.executable, "-m", "litwatch", *arguments], cwd=folder, check=True, stdout=DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    cases = {
        "check, without identifiers": (_printed, "config/watches/refs.txt", ("check",)),
        "check, with DOIs": (_printed_with_doi, "config/watches/refs.txt", ("check",)),
        "dedupe, RIS": (_ris, "refs.ris", ("dedupe", "refs.ris", "-o", "out.ris")),
    }
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "config" / "watches").mkdir(parents=True)
        (folder / "config" / "litwatch.toml").write_text('[ncbi]\nemail = "a@b.example"\n', encoding="utf-8")
        (folder / "config" / "watches" / "sesame.toml").write_text(_WATCH, encoding="utf-8")
        for name, (entry, file, arguments) in cases.items():
            spent = []
            for size in _MEGABYTES:
                text = _text(entry, size)
                (folder / file).write_text(text, encoding="utf-8")
                spent.append(_seconds(folder, *arguments))
            doublings = ", ".join(f"{later / earlier:.2f}" for earlier, later in pairwise(spent))
            print(f"{name:28} {spent[-1]:6.1f} s for {_MEGABYTES[-1]} MB, doubling ×{doublings}")


if __name__ == "__main__":
    main()

"""What reading and deduplicating libraries costs, in seconds of CPU: ``python -m tests.bench.bench_library``.

Each reader takes 1, 2 and 4 MB of invented entries, whole and broken: time must double with the size. Then 100,000
entries, a fifth of them duplicates, are read from RIS, made one a work, and written, in this process.
"""

import resource
from collections.abc import Callable
from itertools import pairwise
from time import process_time

from litwatch.library.read import read_library
from litwatch.library.write import WRITERS
from litwatch.pipeline.deduplicate import deduplicate
from litwatch.pipeline.deduplication_report import report_csv

_ABSTRACT = "words of an abstract " * 15
_RIS = (
    "TY  - JOUR\nTI  - {title}\nAU  - {name}, Anna\nAU  - Poe, Bea\nAB  - {abstract}\nPY  - 2011\nJO  - J Invent\n"
    "VL  - {volume}\nSP  - {page}\nDO  - 10.1234/x.{i}\nER  - \n\n"
)
_NBIB = (
    "PMID- {i}\nTI  - {title}\nFAU - {name}, Anna\nAU  - {name} A\nAB  - {abstract}\nDP  - 2011 Feb\nJT  - J Invent\n\n"
)
_BIB = "@article{{k{i},\n title={{{title}}},\n author={{{name}, Ann{{\\'e}}}},\n abstract={{{abstract}}},\n}}\n"
_XML = "<record><titles><title>{title}</title></titles><abstract>{abstract}</abstract></record>\n"
_CSL = '{{"id":"{i}","title":"{title}","author":[{{"family":"{name}"}}],"abstract":"{abstract}"}},\n'
_CSV = '"{title}","{name} A; Poe B",2011,"{abstract}"\n'
_WOS = "PT J\nAU {name}, A\n   Poe, B\nTI {title}\nAB {abstract}\nPY 2011\nER\n\n"

# Format → ending, head, entry.
CASES = {
    "RIS": ("ris", "", _RIS),
    "RIS without ER": ("ris", "", _RIS.replace("ER  - \n", "")),
    "nbib": ("nbib", "", _NBIB),
    "BibTeX": ("bib", "", _BIB),
    "BibTeX unclosed": ("bib", "", _BIB.replace("\n}}\n", "\n")),
    "EndNote XML": ("xml", "<xml><records>", _XML),
    "EndNote XML unclosed": ("xml", "<xml><records>", _XML.replace("</record>", "")),
    "CSL-JSON": ("json", "[", _CSL),
    "CSL-JSON broken": ("json", "[", _CSL.replace('"title":"', '"title":')),
    "CSV": ("csv", "Title,Authors,Year,Abstract\n", _CSV),
    "CSV, loose quotes": ("csv", "Title,Authors,Year,Abstract\n", '"a "quote" in {i}' + _CSV[1:]),
    "Web of Science": ("txt", "FN Clarivate Analytics Web of Science\n", _WOS),
}
MEGABYTES = (1, 2, 4)
ENTRIES = 100_000


def main() -> None:
    for name, (ending, head, entry) in CASES.items():
        spent = []
        for size in MEGABYTES:
            data = _file(head, entry, size * 1_000_000)
            spent.append(_seconds(lambda data=data, ending=ending: read_library(data, f"a.{ending}")))  # type: ignore[misc]
        doublings = ", ".join(f"{later / earlier:.2f}" for earlier, later in pairwise(spent))
        print(f"{name:22} {spent[-1]:6.2f} s for {MEGABYTES[-1]} MB, doubling ×{doublings}")
    _deduplicate()


def _deduplicate() -> None:
    data = "".join(_entry(_RIS, number - number % 5 // 4) for number in range(ENTRIES)).encode()
    start = process_time()
    library = read_library(data, "a.ris")
    read = process_time()
    done = deduplicate([library], {})
    merged = process_time()
    size = len(WRITERS[".ris"]([work.described for work in done.works])) + len(report_csv(done))
    written = process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{ENTRIES:,} entries, {len(data) / 1e6:.0f} MB: read {read - start:.1f} s, {len(done.works):,} works in "
        f"{merged - read:.1f} s, {size / 1e6:.0f} MB written in {written - merged:.1f} s; peak {peak:,.0f} MB"
    )


def _file(head: str, entry: str, size: int) -> bytes:
    text, number = [head], 1
    count = size // len(_entry(entry, 1_000))
    while number <= count:
        text.append(_entry(entry, number))
        number += 1
    return "".join(text).encode()


def _entry(entry: str, number: int) -> str:
    title = (
        f"Effects of invented treatment {number} on outcome {number * 7919 % 100_003} in {number * 31 % 997} patients"
    )
    name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}").title()
    return entry.format(
        i=number, title=title, name=name, abstract=_ABSTRACT, volume=number % 97, page=number * 13 % 9_973
    )


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main()

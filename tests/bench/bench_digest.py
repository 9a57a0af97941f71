"""CPU time of rendering, each figure in a process of its own: ``python -m tests.bench.bench_digest [WORKS]``.

``empty`` renders an issue without news, imports counted too; ``baseline`` renders one of WORKS works (10,000 unless
given), with the import of pandas counted apart.
"""

import json
import subprocess
import sys

_EMPTY = """
from time import process_time
from tests.builders_digest import an_empty_issue
digest = an_empty_issue()
start = process_time()
from litwatch.digest.render import render_digest
imported = process_time()
render_digest(digest, ())
print(__import__("json").dumps({"imports": imported - start, "rendering": process_time() - imported}))
"""

_BASELINE = """
from time import process_time
from tests.builders_digest import a_baseline, an_empty_issue
from litwatch.digest.outline import outline_digest
from litwatch.digest.render import render_digest
from litwatch.digest.render_html import render_issue_html
from litwatch.digest.render_json import render_json
from litwatch.digest.render_markdown import render_issue_markdown
from litwatch.digest.tables import studies_csv
digest = a_baseline({works})
render_digest(an_empty_issue(), ())
taken = {{}}
def measured(name, task, *values):
    start = process_time()
    result = task(*values)
    taken[name] = process_time() - start
    return result
measured("import pandas", __import__, "pandas")
outline = measured("outline", outline_digest, digest)
measured("html", render_issue_html, outline)
measured("md", render_issue_markdown, outline)
measured("json", render_json, digest)
measured("csv", studies_csv, digest.studies)
measured("all", render_digest, digest, ())
print(__import__("json").dumps(taken))
"""


def main(works: int) -> None:
    for name, script in (("empty", _EMPTY), (f"baseline of {works:,}", _BASELINE.format(works=works))):
        best: dict[str, float] = {}
        for _ in range(3):
            reply = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
            for step, seconds in json.loads(reply.stdout).items():
                best[step] = min(seconds, best.get(step, seconds))
        print(name, *(f"  {step}: {seconds:.3f} s" for step, seconds in best.items()), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

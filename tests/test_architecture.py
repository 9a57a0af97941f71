"""The house itself: sizes, what the start loads, no clock in the core. The layers are import-linter's."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = (
    "errors.py",
    "ports.py",
    "model",
    "pubmed",
    "article",
    "library",
    "identity",
    "appraisal",
    "digest",
    "audit",
    "pipeline",
)
MODULES = sorted(path for path in (ROOT / "litwatch").rglob("*.py") if "versions" not in path.parts)
HEAVY = (
    *("pandas", "lxml", "sqlalchemy", "requests", "apscheduler", "alembic", "pydantic", "jinja2", "Bio", "rapidfuzz"),
    *("citeproc", "rispy", "bibtexparser", "sklearn", "scipy", "numpy"),
)


def is_core(path: Path) -> bool:
    return path.relative_to(ROOT / "litwatch").parts[0] in CORE


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def lines_of(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_small(path: Path) -> None:
    limit = 300 if is_core(path) else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_fits_on_a_screen_and_takes_few_positional_parameters(path: Path) -> None:
    for function in functions(path):
        assert lines_of(function) <= 40, f"{function.name} has {lines_of(function)} lines"
        positional = [arg for arg in function.args.posonlyargs + function.args.args if arg.arg not in ("self", "cls")]
        assert len(positional) <= 5, f"{function.name} takes {len(positional)} positional parameters"


def test_functions_are_short_on_average() -> None:
    sizes = [lines_of(function) for path in MODULES for function in functions(path)]
    assert sum(sizes) / len(sizes) <= 12


@pytest.mark.parametrize(
    "path", [path for path in MODULES if is_core(path)], ids=lambda path: str(path.relative_to(ROOT))
)
def test_the_core_reads_no_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_clock_port = ast.unparse(node.func) == "world.clock.now"
            assert node.func.attr not in ("now", "utcnow", "today") or is_clock_port, f"line {node.lineno}"


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from litwatch.cli.main import litwatch\n"
        "try: litwatch(['--help'])\n"
        f"except SystemExit: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert "Usage" in done.stdout
    assert done.stderr.strip() == "[]"


def test_the_project_names_no_machine_and_no_index() -> None:
    words = ("/wo" + "rk/", "/fa" + "rm/", "pypi" + ".org", "files.python" + "hosted")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix in (".py", ".md", ".toml", ".lock", ".html", ".txt", ".json", ".jsonl", ""):
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], name

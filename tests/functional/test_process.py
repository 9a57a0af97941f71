"""The program as a process: what a shell, cron and a pipe see of it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from litwatch.archive.build import build_archive
from tests.builders import records_xml
from tests.functional.conftest import WATCH, Household, PubMed
from tests.functional.test_weekly_digest import study

LITWATCH = [sys.executable, "-m", "litwatch"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of a hundred records whose titles ASCII cannot spell."""
    xml = tmp_path / "set.xml"
    xml.write_bytes(
        records_xml(*(study(number, title=f"Sesame, IL-1β and swelling {number}") for number in range(100)))
    )
    path = tmp_path / "set.db"
    build_archive(path, [xml])
    return path


def test_what_is_piped_is_utf8_in_any_locale(archive: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PATH": os.environ["PATH"]}
    for fmt in ("table", "json", "csv", "ris"):
        command = [*LITWATCH, "search", "--archive", str(archive), "sesame[ti]", "--limit", "2", "--format", fmt]
        done = subprocess.run(command, env=bare, capture_output=True, check=True, timeout=60)
        assert "IL-1β" in done.stdout.decode("utf-8"), fmt


def test_a_reader_that_has_had_enough_is_no_bug(archive: Path) -> None:
    command = [*LITWATCH, "search", "--archive", str(archive), "sesame[ti]", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert process.returncode == 141
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


def test_an_interrupted_run_says_so_in_a_word_and_leaves_the_watch_free(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = household.folder / "config" / "silent.toml"
        settings.write_text(f'[ncbi]\nbase_url = "http://127.0.0.1:{silent.getsockname()[1]}/"\n', encoding="utf-8")
        command = [*LITWATCH, "--config", str(settings), "run", "sesame"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            connection, _ = silent.accept()
            process.send_signal(signal.SIGINT)
            out, told = process.communicate(timeout=60)
            connection.close()
    assert (process.returncode, out) == (130, "")
    assert told.strip() == "litwatch: interrupted"
    assert household.litwatch("run", "sesame").status == 0


def test_cron_needs_no_environment_and_no_working_folder(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    household.watch(WATCH)
    command = [*LITWATCH, "--config", str(household.folder / "config" / "litwatch.toml"), "run", "--due"]
    first, second = (
        subprocess.run(command, env={}, cwd="/", capture_output=True, text=True, check=True, timeout=60)
        for _ in range(2)
    )
    assert Path(first.stdout.strip()) == household.folder / "output" / "sesame" / "1" / "digest.html"
    assert (second.stdout, second.stderr) == ("", "")


def test_of_two_runs_at_once_one_is_told_that_the_watch_is_held(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(study(1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = household.folder / "config" / "silent.toml"
        settings.write_text(f'[ncbi]\nbase_url = "http://127.0.0.1:{silent.getsockname()[1]}/"\n', encoding="utf-8")
        command = [*LITWATCH, "--config", str(settings), "run", "sesame"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            connection, _ = silent.accept()
            held = household.litwatch("run", "sesame")
            process.kill()
            connection.close()
    assert (held.status, held.out) == (3, "")
    assert "held by another run" in held.err

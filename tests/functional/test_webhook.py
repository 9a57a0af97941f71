"""Digests posted to an address: signed, once or recognisably again, and beside the folder."""

import shutil
import signal
from collections.abc import Iterator

import pytest

from tests.functional.conftest import WATCH, Household, PubMed, mails
from tests.functional.test_killed import a_home, killed_run
from tests.functional.test_weekly_digest import study
from tests.hooks import SECRET, Hook, a_hook


@pytest.fixture
def hook(household: Household, pubmed: PubMed) -> Iterator[Hook]:
    """Where the household's watch is posted to."""
    pubmed.hold(study(1))
    household.patch.setenv("LITWATCH_WEBHOOK_SECRET", SECRET)
    mails(household, "\n[webhook]\nallow_private = true\ntimeout_seconds = 5\n")
    with a_hook() as hook:
        household.watch(watch(hook))
        yield hook


def watch(hook: Hook) -> str:
    return f'{WATCH}[[deliver]]\nto = "{hook.url}"\n'


def test_each_issue_is_posted_once(household: Household, hook: Hook) -> None:
    assert household.run().status == 0
    assert household.run().status == 0
    assert [posted.json["number"] for posted in hook.posted] == [1, 2]
    assert all(posted.is_signed for posted in hook.posted)


def test_an_address_that_fails_holds_up_no_folder_and_its_path_is_not_told(household: Household, hook: Hook) -> None:
    hook.status = 503
    done = household.run()
    assert done.status == 3
    again = household.litwatch("run", "sesame", f"--as-of={household.day}")
    assert "127.0.0.1 is tried again from 07:05 UTC on" in again.err
    assert "token" not in done.err + again.err
    assert household.digest(2)["number"] == 2
    hook.status = 200
    assert household.run().status == 0
    assert [posted.json["number"] for posted in hook.posted] == [1, 1, 2, 3]


def test_without_a_secret_nothing_is_posted_and_check_says_so(household: Household, hook: Hook) -> None:
    household.patch.delenv("LITWATCH_WEBHOOK_SECRET")
    assert household.run().status == 3
    assert hook.posted == []
    done = household.litwatch("check")
    assert done.status == 10
    assert "nothing signs what is posted to 127.0.0.1 (set LITWATCH_WEBHOOK_SECRET)" in done.err


def test_a_preview_shows_what_would_be_posted(household: Household, hook: Hook) -> None:
    hook.status = 503
    household.run()
    done = household.litwatch("deliver", "--preview")
    assert done.out.startswith(f"POST {hook.url}\nLitwatch-Delivery: ")
    assert SECRET not in done.out
    assert len(hook.posted) == 1


@pytest.mark.parametrize("what", ["request", "commit"])
def test_killed_at_every_step_it_is_posted_once_or_recognised(household: Household, hook: Hook, what: str) -> None:
    number = 0
    while True:
        number += 1
        a_home(household, f"{what}-{number}")
        household.watch(watch(hook))
        hook.posted.clear()
        done = killed_run(household, what, number)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        before = len(hook.posted)
        assert household.litwatch("run", "sesame", f"--as-of={household.day}").status == 0
        first = [posted for posted in hook.posted if posted.json["number"] == 1]
        assert 1 <= len(first) <= 1 + before
        assert len({(posted.headers["Litwatch-Delivery"], posted.body) for posted in first}) == 1
        shutil.rmtree(household.folder)
        if done.returncode == 0:
            break
    assert number > 2

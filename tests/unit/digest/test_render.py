from dataclasses import replace

import pytest

from litwatch.digest.render import render_digest
from litwatch.model.digest import Digest, Rendition
from tests.builders import a_card, a_digest
from tests.builders_digest import a_baseline, a_failed_run, a_news_issue, an_empty_issue, earlier_issues


def renditions_of(digest: Digest, earlier: int = 11) -> dict[str, Rendition]:
    return {rendition.name: rendition for rendition in render_digest(digest, earlier_issues(earlier))}


@pytest.mark.parametrize("digest", [a_news_issue(), an_empty_issue(), a_baseline(3)], ids=["news", "empty", "baseline"])
def test_an_issue_has_four_formats_in_its_folder_and_beside_it_feeds_and_an_index(digest: Digest) -> None:
    names = list(renditions_of(digest))
    issue = [f"{digest.number}/digest.{end}" for end in ("html", "md", "json", "csv")]
    assert names == [*issue, "feed.atom", "feed.json", "index.html"]


def test_a_failed_run_has_its_own_folder_and_no_number() -> None:
    assert next(iter(renditions_of(a_failed_run()))) == "could-not-search/digest.html"


def test_each_rendition_names_its_media_type() -> None:
    kinds = [rendition.media_type.partition(";")[0] for rendition in renditions_of(a_digest()).values()]
    issue = ["text/html", "text/markdown", "application/json", "text/csv"]
    assert kinds == [*issue, "application/atom+xml", "application/feed+json", "text/html"]


def test_the_index_lists_this_issue_first_and_each_once() -> None:
    issue = replace(a_news_issue(), number=11)
    index = renditions_of(issue, earlier=11)["index.html"].body.decode()
    assert index.index(">Issue 11<") < index.index(">Issue 10<") < index.index(">Issue 1<")
    assert index.count(">Issue 11<") == 1
    assert "5 January 2026" in index, "this issue as it is now, not as it was listed"


def test_the_index_of_a_failed_first_run_lists_nothing() -> None:
    index = renditions_of(a_failed_run(), earlier=0)["index.html"].body.decode()
    assert "The latest run could not search" in index
    assert "No issue yet." in index


def test_works_appraised_anew_are_in_the_table_too() -> None:
    body = renditions_of(a_news_issue())["12/digest.csv"].body.decode("utf-8-sig")
    assert len(body.splitlines()) == 1 + 5 + 1
    assert ",updated,Ketamine in invented sepsis.," in body


def test_a_lone_surrogate_does_not_stop_a_digest() -> None:
    for rendition in renditions_of(a_digest(studies=(a_card(title="torn \ud83d"),))).values():
        assert "torn" in rendition.body.decode("utf-8") or "/" not in rendition.name


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert render_digest(a_news_issue(), earlier_issues()) == render_digest(a_news_issue(), earlier_issues())

"""A digest in every format that is delivered."""

from collections.abc import Sequence

from litwatch.digest.compose import issue_summary
from litwatch.digest.feed import feed_entries
from litwatch.digest.outline import outline_digest
from litwatch.digest.render_feed import read_json_feed, render_atom, render_json_feed
from litwatch.digest.render_html import render_failure_html, render_index_html, render_issue_html
from litwatch.digest.render_json import render_json
from litwatch.digest.render_markdown import render_failure_markdown, render_issue_markdown
from litwatch.digest.tables import studies_csv
from litwatch.model.digest import Digest, IssueSummary, Rendition

FAILED_FOLDER = "could-not-search"
"""Where the digest of a run that could not search lies; it has no number and the next such run replaces it."""

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json"
CSV = "text/csv; charset=utf-8"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"

_JSON_FEED_NAME = "feed.json"


def render_digest(
    digest: Digest, earlier: Sequence[IssueSummary], before: Sequence[Rendition] = ()
) -> tuple[Rendition, ...]:
    """``<number>/digest.html``, ``.md``, ``.json``, ``.csv`` of an issue; feeds and ``index.html`` over all of them.

    A digest without a number lies in ``could-not-search/``; the index then says that the latest run failed, and the
    feeds stay as they are. ``earlier`` are the issues before this one, in any order, and ``before`` the renditions of
    the latest of them, whose feed goes on.
    """
    if digest.number is None:
        folder, page, text = FAILED_FOLDER, render_failure_html(digest), render_failure_markdown(digest)
    else:
        outline = outline_digest(digest)
        folder, page, text = str(digest.number), render_issue_html(outline), render_issue_markdown(outline)
    return (
        Rendition(f"{folder}/digest.html", HTML, _encoded(page)),
        Rendition(f"{folder}/digest.md", MARKDOWN, _encoded(text)),
        Rendition(f"{folder}/digest.json", JSON, _encoded(render_json(digest))),
        Rendition(f"{folder}/digest.csv", CSV, studies_csv((*digest.studies, *digest.updated))),
        *(_feeds(digest, before) if digest.number is not None else ()),
        Rendition("index.html", HTML, _encoded(render_index_html(digest, _newest_first(digest, earlier)))),
    )


def _feeds(digest: Digest, before: Sequence[Rendition]) -> tuple[Rendition, ...]:
    told = next((read_json_feed(each.body) for each in before if each.name == _JSON_FEED_NAME), ())
    entries = feed_entries(digest, told)
    return (
        Rendition("feed.atom", ATOM, render_atom(digest, entries)),
        Rendition(_JSON_FEED_NAME, JSON_FEED, _encoded(render_json_feed(digest, entries))),
    )


def _newest_first(digest: Digest, earlier: Sequence[IssueSummary]) -> tuple[IssueSummary, ...]:
    """Every issue once; this one as it is now."""
    issues = {issue.number: issue for issue in earlier}
    latest = issue_summary(digest)
    if latest is not None:
        issues[latest.number] = latest
    return tuple(issues[number] for number in sorted(issues, reverse=True))


def _encoded(text: str) -> bytes:
    """UTF-8; a lone surrogate, which no text encoding can carry, becomes a question mark."""
    return text.encode("utf-8", errors="replace")

"""HTML renditions: one self-contained page each, without scripts and without any request to elsewhere.

Jinja2 escapes every value; a page also forbids itself, by its own content security policy, to load anything.
"""

from collections.abc import Sequence
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from litwatch.digest import links, phrases, stances
from litwatch.digest.outline import Outline
from litwatch.model.claim_state import Course
from litwatch.model.digest import Digest, IssueSummary

FILTERS = {
    "byline": phrases.byline,
    "doi_url": links.doi_url,
    "language_name": phrases.language_name,
    "long_date": phrases.long_date,
    "long_moment": phrases.long_moment,
    "pmc_url": links.pmc_url,
    "pubmed_url": links.pubmed_url,
    "readable_date": phrases.readable_date,
    "sentence_case": phrases.sentence_case,
    "web_url": links.web_url,
    "weekday": phrases.weekday,
}
"""What every template may say; shared with Markdown."""

GLOBALS = {
    "counted": phrases.counted,
    "courses": tuple(Course),
    "details_line": stances.details_line,
    "notice_words": phrases.NOTICE_WORDS,
    "paraphrase_note": phrases.PARAPHRASE_NOTE,
    "segments": phrases.segments,
    "told_directions": stances.told_directions,
}


@cache
def html_environment(*packages: str) -> Environment:
    """What renders the pages of ``packages`` in the look of the digest, whose templates they may use."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "litwatch.digest")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment


def render_issue_html(outline: Outline) -> str:
    """The page of one issue."""
    return html_environment().get_template("issue.html.j2").render(outline=outline, digest=outline.digest)


def render_failure_html(digest: Digest) -> str:
    """The page of a run that could not search; it looks like no issue does."""
    return html_environment().get_template("could_not_search.html.j2").render(digest=digest)


def render_index_html(digest: Digest, issues: Sequence[IssueSummary]) -> str:
    """The page that leads to every issue, newest first, and says so when the latest run could not search."""
    return html_environment().get_template("index.html.j2").render(digest=digest, issues=issues)

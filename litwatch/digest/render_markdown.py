"""Markdown renditions, made to be read in a terminal: the order and content of the HTML page.

Every value that a template prints is escaped on its way out, so that no text of a record can become markup, a link or
a control sequence. Only what CommonMark and GitHub would act on is escaped: "p < 0.05" stays readable.
"""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from litwatch.digest.outline import Outline
from litwatch.digest.phrases import CONTROL, one_line, segments
from litwatch.digest.render_html import FILTERS, GLOBALS
from litwatch.model.digest import Digest

_ACTIVE = re.compile(r"[\\`*_\[\]|~$@]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
_BLOCK_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+\-=>]))")


def escape_markdown(text: str) -> str:
    """``text`` on one line, as text and nothing else, wherever in a line it is put."""
    return _BLOCK_START.sub(r"\1\\", _escape_inline(one_line(text)))


def _escape_inline(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _escape(value: Any) -> Markup:
    return value if isinstance(value, Markup) else Markup(escape_markdown(str(value)))  # noqa: S704


def _marked(text: str, terms: tuple[str, ...]) -> Markup:
    """A sentence with its terms in bold."""
    pieces = segments(one_line(text), terms)
    return Markup(  # noqa: S704
        "".join(f"**{_escape_inline(piece)}**" if is_term else _escape_inline(piece) for piece, is_term in pieces)
    )


def _code(text: str) -> Markup:
    """Text as an indented code block, in which Markdown acts on nothing."""
    return Markup("\n".join("    " + CONTROL.sub(" ", line) for line in text.splitlines()))  # noqa: S704


def _link(url: str) -> Markup:
    """An address of ours as an autolink."""
    return Markup(f"<{url}>")  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("litwatch.digest"),
        autoescape=True,
        finalize=_escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS, code=_code, link=_link, marked=_marked)
    environment.globals.update(GLOBALS)
    return environment


def render_issue_markdown(outline: Outline) -> str:
    """The text of one issue."""
    return _tidy(_environment().get_template("issue.md.j2").render(outline=outline, digest=outline.digest))


def render_failure_markdown(digest: Digest) -> str:
    """The text of a run that could not search."""
    template = _environment().get_template("could_not_search.md.j2")
    return _tidy(template.render(digest=digest))


def _tidy(text: str) -> str:
    """One empty line between blocks; a code block has no empty lines, only indented ones."""
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"

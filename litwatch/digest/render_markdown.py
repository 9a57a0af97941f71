"""Markdown renditions, made to be read in a terminal: the order and content of the HTML page.

Every value that a template prints is escaped on its way out, so that no text of a record can become markup, a link or
a control sequence. Only what CommonMark and GitHub would act on is escaped: "p < 0.05" and "ketamine[tiab]" stay
readable. Long lines are broken where a new line means no more than a space.
"""

import re
import textwrap
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from litwatch.digest.outline import Outline
from litwatch.digest.phrases import CONTROL, one_line, segments
from litwatch.digest.render_html import FILTERS, GLOBALS
from litwatch.model.digest import Digest

WIDTH = 100
"""Characters of a line, where it can be broken."""

# A bracket acts as part of a link, a definition, a checkbox, a footnote or a callout, and is a bracket otherwise.
_ACTIVE = re.compile(
    r"[\\`*_|~$@]|\[(?=[ x!^])|\](?=[(\[:]|$)|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE
)
_BLOCK_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+\-=>]))")
_UNBREAKABLE = re.compile(r"#|\||    ")
_LAST_BRACKET = "\x1a"
"""Stands for a bracket that ends a value, until it is known what the template has behind it; no value has it."""

_MARKER = re.compile(r" *(?:- |\d+\. |> )?")
_STARTS_A_BLOCK = re.compile(r"[#\-=>|~:]|\+$|```|\d+[.)]$")


def escape_markdown(text: str) -> str:
    """``text`` on one line, as text and nothing else, wherever in a line it is put."""
    return _BLOCK_START.sub(r"\1\\", _escape_inline(one_line(text)))


def _escape_inline(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _escape(value: Any) -> Markup:
    if isinstance(value, Markup):
        return value
    text = escape_markdown(str(value))
    return Markup(text[:-2] + _LAST_BRACKET if text.endswith("]") else text)  # noqa: S704


def _marked(text: str, terms: tuple[str, ...]) -> Markup:
    """A sentence with its terms in bold."""
    pieces = segments(one_line(text), terms)
    return Markup(  # noqa: S704
        "".join(f"**{_escape_inline(piece)}**" if is_term else _escape_inline(piece) for piece, is_term in pieces)
    )


def _code(text: str) -> Markup:
    """Text as an indented code block, in which Markdown acts on nothing."""
    return Markup("\n".join("    " + CONTROL.sub(" ", line) for line in text.splitlines()))  # noqa: S704


def _code_span(text: str) -> Markup:
    """Text as code within a line; its fence is longer than any run of backticks in it."""
    text = one_line(text)
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    padding = " " if "`" in (text[:1], text[-1:]) else ""
    return Markup(f"{fence}{padding}{text}{padding}{fence}" if text else "")  # noqa: S704


def _filled(text: str) -> str:
    """Text broken into lines for a code block, where spaces mean nothing."""
    return textwrap.fill(text, WIDTH - 4, break_long_words=False, break_on_hyphens=False)


def _link(url: str) -> Markup:
    """An address of ours as an autolink."""
    return Markup(f"<{url}>")  # noqa: S704


@cache
def markdown_environment(*packages: str) -> Environment:
    """What renders the texts of ``packages``, escaped as the digest's are; they may use its templates."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "litwatch.digest")]),
        autoescape=True,
        finalize=_escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS, code=_code, code_span=_code_span, filled=_filled, link=_link, marked=_marked)
    environment.globals.update(GLOBALS)
    return environment


def render_issue_markdown(outline: Outline) -> str:
    """The text of one issue."""
    return tidy_markdown(
        markdown_environment().get_template("issue.md.j2").render(outline=outline, digest=outline.digest)
    )


def render_failure_markdown(digest: Digest) -> str:
    """The text of a run that could not search."""
    template = markdown_environment().get_template("could_not_search.md.j2")
    return tidy_markdown(template.render(digest=digest))


def tidy_markdown(text: str) -> str:
    """One empty line between blocks; a code block has no empty lines, only indented ones.

    A bracket that ends a value is escaped where it would act: before what begins the second half of a link.
    """
    text = re.sub(rf"{_LAST_BRACKET}(?=[(\[:])", r"\\]", text).replace(_LAST_BRACKET, "]")
    lines = (piece for line in text.splitlines() for piece in _broken(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _broken(line: str) -> list[str]:
    """The line in pieces of ``WIDTH``; headings, table rows and code stay whole, and no piece starts a block."""
    if len(line) <= WIDTH or _UNBREAKABLE.match(line):
        return [line]
    marker = _MARKER.match(line)[0]  # type: ignore[index] # it matches anything
    indent = "> " if marker == "> " else " " * len(marker)
    first, *words = line[len(marker) :].split(" ")
    pieces = [marker + first]
    for word in words:
        if len(pieces[-1]) + 1 + len(word) > WIDTH and not _STARTS_A_BLOCK.match(word):
            pieces.append(indent + word)
        else:
            pieces[-1] += f" {word}"
    return pieces

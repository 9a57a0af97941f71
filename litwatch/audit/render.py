"""An audit as Markdown, HTML or JSON.

JSON, top level: ``format`` ("litwatch audit"), ``format_version``, ``title``, ``summary``, ``topic``, ``source``,
``notes``, ``style``; ``citations`` in the order of the article; ``uncited`` (number, as_written, line), the entries of
the list of references that no sentence cites.

A citation: ``sentence`` (text, line, heading), ``as_written``, ``form`` (author and year, number, link), ``start``
and ``end`` in the sentence, ``reference`` (id, as_written, said), ``state`` (given, resolved, unsure, unresolved),
``pmid``,
``because`` (rule, evidence), ``candidates``, ``tried``, ``attention`` (lines, empty when nothing needs any), ``work``
(null unless its record was read: title, kind, design, population, species, retracted, because), ``notices`` (kind,
reference, statement), ``checks`` (matter, verdict, rule, said, recorded, evidence) and ``replacement``, the citation
set in ``style``.
"""

from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from litwatch.audit.attention import attention_of, check_line, runner_up, summary_line
from litwatch.audit.values import Audit, AuditedCitation, Verdict
from litwatch.digest.render_html import html_environment
from litwatch.digest.render_json import candidate_json
from litwatch.digest.render_markdown import markdown_environment, tidy_markdown
from litwatch.digest.study_json import Json
from litwatch.library.citation_styles import format_citation
from litwatch.library.csl import csl_item

Format = Literal["md", "html", "json"]

FORMAT_VERSION = 1


def render_audit(audit: Audit, form: Format) -> str:
    """The audit as ``form``."""
    if form == "json":
        return _render_json(audit)
    names: dict[str, Any] = {
        "audit": audit,
        "summary": summary_line(audit),
        "attention_of": attention_of,
        "runner_up": runner_up,
        "check_line": check_line,
        "needy": [each for each in audit.citations if each.needs_attention],
        "replacement": partial(replacement_of, audit=audit, as_html=form == "html"),
        "DISAGREES": Verdict.DISAGREES,
    }
    if form == "html":
        return html_environment("litwatch.audit").get_template("audit.html.j2").render(**names)
    return tidy_markdown(markdown_environment("litwatch.audit").get_template("audit.md.j2").render(**names))


def replacement_of(audited: AuditedCitation, audit: Audit, *, as_html: bool = False) -> str:
    """The cited work as an entry of a list of references in the audit's style, empty when its record is not known."""
    if audited.record is None:
        return ""
    printed = format_citation(csl_item(audited.record), audit.style, as_html)
    return Markup(printed) if as_html else printed  # noqa: S704 - the formatter escapes


def _render_json(audit: Audit) -> str:
    import json

    document = {
        "format": "litwatch audit",
        "format_version": FORMAT_VERSION,
        "title": audit.title,
        "summary": summary_line(audit),
        "topic": audit.topic,
        "source": audit.source,
        "notes": audit.notes,
        "style": audit.style,
        "citations": [_citation(each, audit) for each in audit.citations],
        "uncited": [entry._asdict() for entry in audit.uncited],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _citation(audited: AuditedCitation, audit: Audit) -> Json:
    sentence, cited, match = audited.sentence, audited.citation, audited.match
    reference = audited.reference
    return {
        "sentence": {"text": sentence.text, "line": sentence.place.line, "heading": sentence.place.heading},
        "as_written": cited.as_written,
        "form": cited.style,
        "start": cited.start,
        "end": cited.end,
        "reference": {"id": reference.id, "as_written": reference.as_written, "said": reference.said},
        "state": match.state,
        "pmid": match.pmid,
        "because": {"rule": match.because.rule, "evidence": match.because.evidence},
        "candidates": [candidate_json(candidate) for candidate in match.candidates],
        "tried": match.tried,
        "attention": attention_of(audited),
        "work": _work(audited),
        "notices": [
            {"kind": notice.kind, "reference": notice.reference, "statement": notice.statement}
            for notice in audited.notices
        ],
        "checks": [check._asdict() for check in audited.checks],
        "replacement": replacement_of(audited, audit),
    }


def _work(audited: AuditedCitation) -> Json | None:
    record, finding = audited.record, audited.finding
    if record is None or finding is None:
        return None
    return {
        "title": record.title,
        "kind": audited.kind,
        "design": finding.design,
        "population": finding.population,
        "species": finding.species,
        "retracted": finding.retracted,
        "because": {
            "design": {"rule": finding.design_because.rule, "evidence": finding.design_because.evidence},
            "population": {"rule": finding.population_because.rule, "evidence": finding.population_because.evidence},
        },
    }

"""The page of an audit in a real browser, at the width of a phone and of a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from litwatch.article.read import read_article
from litwatch.audit.compare import compare_citation
from litwatch.audit.render import render_audit
from litwatch.audit.values import Audit, AuditedCitation
from litwatch.model.identity import ReferenceState
from tests.browser.test_digest import CONTRASTS, browser, opened  # noqa: F401 - a fixture
from tests.builders import a_finding, a_notice, a_record, a_reference_match

TEXT = "Sesame\n\nA cohort in mice fell (Roe et al., 2012). Then <b>it</b> rose (Poe et al., 2013).\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    article = read_article(TEXT, "a.txt")
    record, finding = a_record(), a_finding(retracted=True)
    one, other = article.sentences
    known = AuditedCitation(
        one,
        one.citations[0],
        article.references[0],
        a_reference_match(state=ReferenceState.RESOLVED, pmid=record.pmid),
        record=record,
        finding=finding,
        notices=(a_notice(),),
        checks=compare_citation(one, one.citations[0], article.references[0], record, finding),
    )
    unknown = AuditedCitation(
        other,
        other.citations[0],
        article.references[1],
        a_reference_match(state=ReferenceState.UNRESOLVED, pmid=None, tried=("x" * 300 + "[tiab] → 0 found",)),
    )
    path = tmp_path / "audit.html"
    path.write_text(render_audit(Audit("Sesame", (known, unknown), "ama"), "html"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_can_be_read(browser: Browser, page: Path, width: int, scheme: str) -> None:  # noqa: F811
    shown = opened(browser, page, width=width, scheme=scheme)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.evaluate(CONTRASTS)["low"] == []
    levels = shown.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((each) => +each.tagName[1])")
    assert levels[0] == 1
    shown.context.close()

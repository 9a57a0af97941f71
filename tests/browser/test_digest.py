"""The pages in a real browser: Chromium as the system installs it."""

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from litwatch.digest.render import render_digest
from tests.builders_digest import a_baseline, a_failed_run, a_news_issue, an_empty_issue, earlier_issues

PAGES = ("news/12/digest.html", "empty/13/digest.html", "baseline/1/digest.html",
         "failed/could-not-search/digest.html", "failed/index.html")  # fmt: skip

CONTRASTS = """
() => {
  const parse = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const color = parse(getComputedStyle(element).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    seen += 1;
    const [one, other] = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim()}`);
  }
  return { seen, low };
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs chromium for the browser tests")
        pytest.skip("needs chromium to look at the pages in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of digest, written as it would be delivered."""
    root = tmp_path_factory.mktemp("site")
    digests = {"news": a_news_issue(), "empty": an_empty_issue(), "baseline": a_baseline(200), "failed": a_failed_run()}
    for name, digest in digests.items():
        for rendition in render_digest(digest, earlier_issues()):
            path = root / name / rendition.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(rendition.body)
    return root


def opened(browser: Browser, path: Path, *, width: int = 1280, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_never_scrolls_sideways(browser: Browser, site: Path, name: str, width: int) -> None:
    page = opened(browser, site / name, width=width)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_wide_table_scrolls_in_itself_on_a_phone_and_can_be_focused(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "baseline/1/digest.html", width=360)
    table = page.locator(".scroll", has=page.get_by_text("no claim", exact=True))
    assert table.evaluate("(each) => each.scrollWidth > each.clientWidth")
    table.focus()
    assert table.evaluate("(each) => each === document.activeElement")
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_of_the_network(browser: Browser, site: Path, name: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(message.text))
    page.goto((site / name).as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [(site / name).as_uri()]
    assert problems == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_background(browser: Browser, site: Path, name: str, scheme: str) -> None:
    page = opened(browser, site / name, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    measured = page.evaluate(CONTRASTS)
    assert measured["seen"] > 10
    assert measured["low"] == []
    page.context.close()


def test_the_page_follows_the_readers_colour_scheme(browser: Browser, site: Path) -> None:
    papers = {}
    for scheme in ("light", "dark"):
        page = opened(browser, site / "news/12/digest.html", scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        papers[scheme] = sum(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(","))
        page.context.close()
    assert papers["dark"] < 150 < 600 < papers["light"]


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_step_at_a_time(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / name)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((each) => +each.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en"
    page.context.close()


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "news/12/digest.html")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("(each) => each === document.activeElement")
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.context.close()


def test_why_a_work_is_here_opens_and_closes_by_keyboard(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "news/12/digest.html")
    details = page.locator("#pmid-90000101 details")
    reason = details.get_by_text("no PMID, DOI, PMCID or title in common")
    assert not reason.is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert reason.is_visible()
    page.keyboard.press("Space")
    assert not reason.is_visible()
    page.context.close()


def test_a_short_reference_leads_to_the_whole_card(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "news/12/digest.html")
    page.locator("section[aria-labelledby='claim-2'] li a").click()
    assert page.url.endswith("#pmid-90000102")
    assert page.locator("#pmid-90000102 h4").is_visible()
    page.context.close()


def test_the_index_leads_to_every_rendition(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "news/index.html")
    page.get_by_role("link", name="Issue 12").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ketamine and inflammation"
    for link in page.locator("header p.small a").all():
        target = (site / "news/12" / (link.get_attribute("href") or "")).resolve()
        assert target.is_file()
    page.context.close()


def test_on_paper_the_navigation_is_gone_and_the_reasons_are_printed(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "news/12/digest.html")
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()
    assert page.locator("#pmid-90000101 details dl").is_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_could_not_search_is_seen_at_a_glance(browser: Browser, site: Path, scheme: str) -> None:
    page = opened(browser, site / "failed/could-not-search/digest.html", scheme=scheme)
    banner = page.locator(".failure")
    box = banner.bounding_box() or {"y": -1, "height": 0}
    assert (box["y"], box["height"] > 150) == (0, True)
    assert banner.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgb(161, 18, 27)"
    page.context.close()

"""What a reader does with the site as a whole: search, follow links, lose their way, print."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tools.browser import SITE, html_pages


class Links(HTMLParser):
    """The ids of a page, and what it links to and loads."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: set[str] = set()
        self.hrefs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        named = dict(attributes)
        self.ids.update(value for key in ("id", "name") if (value := named.get(key)))
        self.hrefs += [value for key in ("href", "src") if (value := named.get(key))]


@pytest.fixture(scope="module")
def site() -> dict[str, Links]:
    return {page: Links((SITE / page).read_text(encoding="utf-8")) for page in [*html_pages(), "index.html"]}


def test_internal_links_and_anchors_resolve(site: dict[str, Links]) -> None:
    broken = []
    for page, links in site.items():
        for href in links.hrefs:
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            base = SITE if parts.path.startswith("/") else (SITE / page).parent
            target = (base / unquote(parts.path.lstrip("/"))).resolve() if parts.path else SITE / page
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                broken.append(f"{page} -> {href}")
            elif parts.fragment and target.suffix == ".html":
                name = str(target.relative_to(SITE.resolve()))
                if name in site and unquote(parts.fragment) not in site[name].ids:
                    broken.append(f"{page} -> {href} (no such anchor)")
    assert broken == []


def test_search_finds_a_known_phrase(visit) -> None:
    seen = visit("search.html?q=sample-ratio+mismatch")
    hit = seen.tab.locator("#search-results li a", has_text="A/B testing").first
    hit.wait_for(timeout=10_000)
    hit.click()
    seen.tab.wait_for_url(re.compile(r"05-ab-testing\.html"))
    assert seen.outside == []


def test_there_is_one_search_field(visit) -> None:
    tab = visit("book/index.html").tab
    assert tab.locator("input[type=search]:visible").count() <= 1


def test_the_front_page_leads_to_the_book(visit, address: str) -> None:
    tab = visit("index.html").tab
    tab.wait_for_url(f"{address}/book/index.html")


def test_a_lost_reader_gets_a_page_that_leads_back(visit, address: str) -> None:
    tab = visit("book/index.html").tab
    response = tab.goto(f"{address}/no/such/page.html")
    assert response.status == 404
    assert "not found" in tab.locator("main").inner_text().lower()
    tab.locator("a.navbar-brand").first.click()
    tab.wait_for_url(f"{address}/book/index.html")


def test_printing_unfolds_what_is_folded(visit) -> None:
    page = next(page for page in html_pages() if "05-ab-testing" in page)
    tab = visit(page).tab
    folded = "document.querySelectorAll('.bd-article details:not([open]):not(.hide)').length"
    assert tab.evaluate(folded) > 0
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(folded) == 0
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(folded) > 0


def test_every_page_has_a_description_of_its_own() -> None:
    descriptions = {}
    for page in html_pages():
        if page.startswith(("book/", "notebooks/")):
            html = (SITE / page).read_text(encoding="utf-8")
            found = re.search(r'<meta name="description" content="([^"]+)"', html)
            assert found, page
            descriptions[page] = found[1]
    assert len(set(descriptions.values())) == len(descriptions)


@pytest.mark.skipif(bool(os.environ.get("BOOK_URL") or os.environ.get("BOOK_REPOSITORY")), reason="addresses are known")
def test_no_address_is_invented(site: dict[str, Links]) -> None:
    buttons = [h for links in site.values() for h in links.hrefs if re.search(r"colab\.research|mybinder|/edit/", h)]
    assert buttons == []
    assert not (SITE / "sitemap.xml").exists()

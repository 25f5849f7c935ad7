"""Every built page, in light and dark, wide and narrow: it works, reads, and reaches nothing outside."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest

from tools.browser import THEMES, WIDTHS, html_pages

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = html_pages()
VIEWS = list(itertools.product(PAGES, THEMES, WIDTHS))
# axe-core takes most of the time; these two hold both themes and both widths.
AXE_VIEWS = {("light", "wide"), ("dark", "narrow")}


@functools.cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def test_there_are_pages() -> None:
    assert "book/index.html" in PAGES
    assert any(page.startswith("notebooks/coding/") for page in PAGES)
    assert any(page.startswith("notebooks/design/") for page in PAGES)


@pytest.mark.parametrize(("page", "theme", "width"), VIEWS)
def test_page(visit, page: str, theme: str, width: str) -> None:
    seen = visit(page, theme, width, practice=False)
    assert seen.console == []
    assert seen.failed == []
    assert seen.outside == []
    assert seen.tab.evaluate("document.documentElement.dataset.theme") == theme
    assert_no_sideways_scroll(seen.tab)
    assert_tables_of_sentences_fit(seen.tab)
    assert_diagrams(seen.tab)
    assert_formulas(seen.tab)
    assert_images(seen.tab)
    if (theme, width) in AXE_VIEWS:
        assert_accessible(seen.tab)


def assert_no_sideways_scroll(tab) -> None:
    """The page itself never scrolls sideways; what is too wide scrolls inside itself."""
    wide = tab.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll('.bd-main *')]
                .filter(e => e.getBoundingClientRect().right > room + 1)
                .slice(0, 5)
                .map(e => `${e.tagName}.${e.className} reaches ${e.getBoundingClientRect().right} of ${room}`);
        }"""
    )
    assert wide == []


def assert_tables_of_sentences_fit(tab) -> None:
    """A table in the text whose rows hold sentences needs no sideways scroll, not even on a small screen."""
    cut = tab.evaluate(
        """() => [...document.querySelectorAll('.bd-article table.table:not(.dataframe)')]
            .filter(t => [...t.rows].some(r => r.cells.length > 2 && r.textContent.length > 120))
            .filter(t => t.parentElement.scrollWidth > t.parentElement.clientWidth + 1)
            .map(t => t.textContent.trim().slice(0, 60))"""
    )
    assert cut == []


def assert_diagrams(tab) -> None:
    """Every Mermaid block is an SVG that fits, holds text, and has a title for those who cannot see it."""
    found = tab.evaluate(
        """() => [...document.querySelectorAll('pre.mermaid, div.mermaid')].map(block => {
            const svg = block.querySelector('svg');
            return { drawn: !!svg, text: svg?.textContent.trim().length > 0, title: !!svg?.querySelector('title'),
                     error: svg?.getAttribute('aria-roledescription') === 'error',
                     cut: block.scrollWidth > block.clientWidth + 1 };
        })"""
    )
    right = {"drawn": True, "text": True, "title": True, "error": False, "cut": False}
    assert [block for block in found if block != right] == []


def assert_formulas(tab) -> None:
    """Every formula is typeset, none with an error."""
    raw, errors = tab.evaluate(
        """() => { const formulas = [...document.querySelectorAll('.math')];
                  return [formulas.filter(f => !f.querySelector('mjx-container')).map(f => f.textContent),
                          [...document.querySelectorAll('mjx-merror')].map(f => f.textContent)]; }"""
    )
    assert raw == []
    assert errors == []


def assert_images(tab) -> None:
    """Every image has loaded and every picture of a page has an alternative text."""
    broken, silent = tab.evaluate(
        """() => { const images = [...document.querySelectorAll('.bd-article img')];
                  return [images.filter(i => !i.complete || !i.naturalWidth).map(i => i.src),
                          images.filter(i => (i.getAttribute('alt') || '').length < 20).map(i => i.src)]; }"""
    )
    assert broken == []
    assert silent == []


def assert_accessible(tab) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA, nor of its best practices."""
    tab.evaluate(axe())
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations)")
    said = [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"][:3]]
    assert not said, "\n".join(said)

"""One server and one browser a worker, and what every page said while it loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tools.browser import chromium, served_site, settle, view


@dataclass
class Visit:
    """An open page, with what went wrong on the way."""

    tab: Page
    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served_site() as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser: Browser, address: str):
    """A function that opens a page in a theme and a width, and closes it after the test."""
    opened = []

    def open_page(path: str, theme: str = "light", width: str = "wide") -> Visit:
        context = view(browser, theme, width)
        tab = context.__enter__()
        opened.append(context)
        seen = Visit(tab)
        tab.on("console", lambda m: seen.console.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: seen.console.append(str(error)))
        tab.on("requestfailed", lambda request: seen.failed.append(request.url))
        tab.on("response", lambda r: seen.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        inside = (address, "data:", "blob:")
        tab.on("request", lambda r: None if r.url.startswith(inside) else seen.outside.append(r.url))
        tab.goto(f"{address}/{path}")
        settle(tab)
        return seen

    yield open_page
    for context in opened:
        context.__exit__(None, None, None)

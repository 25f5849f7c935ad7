"""One server and one browser a worker, and what every page said while it loaded."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
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
def watch(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A function that opens an address and notes what goes wrong; what it opened is closed after the test."""
    with contextlib.ExitStack() as opened:

        def open_address(
            url: str, inside: str, theme: str = "light", width: str = "wide", *, practice: bool = True
        ) -> Visit:
            tab = opened.enter_context(view(browser, theme, width, practice=practice))
            seen = Visit(tab)
            tab.on("console", lambda m: seen.console.append(m.text) if m.type in ("error", "warning") else None)
            tab.on("pageerror", lambda error: seen.console.append(str(error)))
            tab.on("requestfailed", lambda request: seen.failed.append(request.url))
            tab.on("response", lambda r: seen.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
            local = (inside, "data:", "blob:")
            tab.on("request", lambda r: None if r.url.startswith(local) else seen.outside.append(r.url))
            tab.goto(url)
            settle(tab)
            return seen

        yield open_address


@pytest.fixture
def visit(watch: Callable[..., Visit], address: str) -> Callable[..., Visit]:
    """A function that opens a page of the book in a theme and a width."""
    return lambda path, *looks, **options: watch(f"{address}/{path}", address, *looks, **options)

"""Chromium for the site's tests and screenshots: found by itself, kept off the network, over the built site."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tools.serve import SITE, make_server

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WIDTHS = {"wide": (1400, 900), "narrow": (390, 844)}
THEMES = ("light", "dark")
SETTLE_MS = 20_000
WITH_CDN = os.environ.get("BOOK_CDN") == "1"
FONTS_READY = "document.fonts.status === 'loaded'"
# Mermaid draws in place and gives the drawing its role and title last.
DIAGRAMS_READY = (
    "[...document.querySelectorAll('pre.mermaid, div.mermaid')]"
    ".every(b => b.querySelector('svg[aria-roledescription]'))"
)
FORMULAS_READY = "!window.MathJax?.startup?.promise || window.MathJax.startup.promise.then(() => true)"
ARGUMENTS = [
    # Nothing outside this machine can be reached, whatever a page asks for; BOOK_CDN=1 lets Pyodide's wheels through.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1{', EXCLUDE cdn.jsdelivr.net' if WITH_CDN else ''}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """The path of a Chromium or Chrome; `CHROMIUM` names one. Raises FileNotFoundError that says how to get it."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise FileNotFoundError(
        "no Chromium found. On Debian or Ubuntu: sudo apt install chromium. Elsewhere install Chromium or Chrome, "
        "and name it if it is not on the PATH: make test-site CHROMIUM=/path/to/chromium"
    )


@contextlib.contextmanager
def served_site() -> Iterator[str]:
    """Serve `_build/html` on a free port of loopback; gives the address."""
    if not (SITE / "index.html").exists():
        raise FileNotFoundError(f"{SITE} holds no site: run make book first")
    server = make_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    # Chromium refuses to run its sandbox as root, which is who runs in containers.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*ARGUMENTS, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def view(browser: Browser, theme: str, width: str, *, practice: bool = True) -> Iterator[Page]:
    """A page with the book's theme and window size set before anything loads; without practice nothing is folded."""
    size = dict(zip(("width", "height"), WIDTHS[width]))
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}');")
    if not practice:
        context.add_init_script("localStorage.setItem('warmup.practice.off', 'yes');")
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()


def settle(page: Page) -> None:
    """Wait until fonts, diagrams and formulas are there."""
    page.wait_for_load_state("load")
    for ready in (FONTS_READY, DIAGRAMS_READY, FORMULAS_READY):
        page.wait_for_function(ready, timeout=SETTLE_MS)


def html_pages() -> list[str]:
    """The built pages, as paths below the site's address."""
    found = sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html"))
    return [page for page in found if not page.startswith(("_static/", "_sources/")) and page != "index.html"]

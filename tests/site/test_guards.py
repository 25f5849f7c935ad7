"""Each guard of test_pages.py and test_site.py is seen to fail on a page that breaks it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.site import test_pages as guards
from tests.site import test_site
from tools.browser import view

HEAD = '<!doctype html><html lang="en"><title>t</title><body class="bd-main"><main class="bd-article"><h1>t</h1>'
BROKEN = [
    (guards.assert_no_sideways_scroll, '<div style="width: 3000px">wide</div>'),
    (
        guards.assert_tables_of_sentences_fit,
        f'<div style="overflow-x: auto"><table class="table"><tr>{"<td>Wordy.</td>" * 30}</tr></table></div>',
    ),
    (guards.assert_diagrams, '<pre class="mermaid">flowchart TD; a --&gt; b</pre>'),
    (guards.assert_diagrams, '<pre class="mermaid"><svg><text>no title</text></svg></pre>'),
    (
        guards.assert_diagrams,
        '<pre class="mermaid" style="overflow-x: auto"><svg width="900"><title>t</title><text>wide</text></svg></pre>',
    ),
    (guards.assert_formulas, '<span class="math">\\(x^2\\)</span>'),
    (guards.assert_images, '<img src="missing.png" alt="a picture that is not there">'),
    (guards.assert_images, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="">'),
    (guards.assert_accessible, '<p style="color: #999; background: #aaa">hardly legible</p>'),
    (guards.assert_accessible, "<button></button>"),
]


@pytest.mark.parametrize(("guard", "body"), BROKEN)
def test_guard_fails_on_a_broken_page(browser, guard: Callable, body: str) -> None:
    with view(browser, "light", "narrow") as tab:
        tab.set_content(HEAD + body)
        with pytest.raises(AssertionError):
            guard(tab)


@pytest.fixture
def shouting_page(tmp_path: Path) -> Iterator[str]:
    """A page that throws, asks for what is not there, and asks outside."""
    body = '<script>throw new Error("loud")</script><img src="/gone.png"><img src="http://outside.example/x.png">'
    (tmp_path / "page.html").write_text(HEAD + body, encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_errors_failures_and_outside_requests_are_seen(watch, shouting_page: str) -> None:
    seen = watch(f"{shouting_page}/page.html", shouting_page)
    assert "loud" in " ".join(seen.console)
    assert any("gone.png" in url for url in seen.failed)
    assert seen.outside == ["http://outside.example/x.png"]


def test_broken_links_and_anchors_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_site, "SITE", tmp_path)
    for href in ("nowhere.html", "page.html#nowhere"):
        (tmp_path / "page.html").write_text(f'<a href="{href}">x</a>', encoding="utf-8")
        with pytest.raises(AssertionError):
            test_site.test_internal_links_and_anchors_resolve({"page.html": test_site.Links(f'<a href="{href}">x</a>')})


@pytest.mark.parametrize("body", ["<h2>{}</h2>", "<code>x {}</code>", "<p>{}</p><p>{}</p>", '<a href="x">{}</a>'])
def test_terms_out_of_place_are_seen(body: str) -> None:
    term = '<a class="glossary-link reference" href="glossary.html#drift">drift</a>'
    test_site.assert_terms_are_in_place({"page.html": test_site.Links(f"<code>x<br></code><p>{term}</p>")})
    with pytest.raises(AssertionError):
        test_site.assert_terms_are_in_place({"page.html": test_site.Links(body.replace("{}", term))})

"""Pages that need NumPy, pandas, SciPy, scikit-learn or Matplotlib.

End to end on an older Pyodide, whose wheels can be had; for ours the exact addresses, a wheel taken and one refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route

from practice.request import wanted_modules
from tests.site.fixture import serve_fixture
from tests.site.practice import Panel
from tools.browser import WITH_CDN, settle, view
from tools.practice_facts import page_answer, request, starter
from tools.practice_files import MODULES
from warmup.pages import Page, find, pages

WITH_WHEELS = [p for p in pages() if p.kind == "coding" and wanted_modules(request(p, page_answer(p)))]
# Kafka is a stand-in in the checks, and DuckDB comes from our own site.
WITH_WHEELS = [p for p in WITH_WHEELS if "15" not in p.name]
# What differs between pandas 2.2 there and pandas 3, which the book and the current Pyodide have.
OLDER_PANDAS = {
    "coding/01-data-cleaning": ["column types: fractions, infinities, objects, categories"],
    "coding/07-one-hot-encoding": ["any kind of value, compared as Python compares"],
}
CDN = "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/"
NEIGHBOURS = "notebooks/coding/02-k-nearest-neighbours.html"


@pytest.fixture
def open_page(browser, address: str):
    """A function that opens a page with `routes` set up, and gives its panel."""
    with contextlib.ExitStack() as opened:

        def open_with(page: str, routes: Callable[[BrowserContext], None]) -> Panel:
            tab = opened.enter_context(view(browser, "light", "wide"))
            routes(tab.context)
            tab.add_init_script("window.warmupPractice = { checkSeconds: 60 }")
            tab.goto(f"{address}/{page}")
            settle(tab)
            return Panel(tab)

        yield open_with


def test_there_are_pages_that_need_wheels() -> None:
    assert len(WITH_WHEELS) >= 12


@pytest.mark.parametrize("page", WITH_WHEELS, ids=lambda page: page.name)
def test_page_from_end_to_end(open_page, page: Page) -> None:
    panel = open_page(f"notebooks/{page.name}.html", serve_fixture)
    status = panel.check(page_answer(page), seconds=240)
    known = OLDER_PANDAS.get(page.name, [])
    assert [any(claim in row for claim in known) for row in panel.failing()] == [True] * len(known), panel.failing()
    if not known:
        assert status == f"All {len(panel.rows)} checks pass. Now compare with the worked solution below."
    assert "each check waits" in panel.check(starter(page), seconds=240)
    assert len(panel.failing()) == len(panel.rows)


def test_the_page_says_what_it_loads(open_page) -> None:
    panel = open_page("notebooks/coding/13-hyperparameter-tuning.html", lambda context: None)
    said = panel.tab.locator(".practice .practice-small").last.inner_text()
    assert re.search(
        r"loads 13\.\d MB from this site, and NumPy, pandas, SciPy and scikit-learn \(about 35\.7 MB\)", said
    )
    assert "cdn.jsdelivr.net" in said


# The wheels of our own Pyodide


@pytest.mark.skipif(not WITH_CDN, reason="needs the public CDN: BOOK_CDN=1, as in the weekly run")
@pytest.mark.parametrize("page", WITH_WHEELS, ids=lambda page: page.name)
def test_page_with_the_wheels_that_readers_get(open_page, page: Page) -> None:
    panel = open_page(f"notebooks/{page.name}.html", lambda context: None)
    panel.check(page_answer(page), seconds=300)
    assert panel.failing() == []


@pytest.fixture(scope="module")
def lock() -> dict:
    return json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))


def test_wheels_are_asked_for_by_the_exact_address_in_the_lock(open_page, lock: dict) -> None:
    asked = []

    def watch(context: BrowserContext) -> None:
        context.route(f"{CDN}*", lambda route: (asked.append(route.request.url), route.abort()))

    panel = open_page("notebooks/coding/13-hyperparameter-tuning.html", watch)
    panel.check(page_answer(find("coding/13")))
    files = {name: lock["packages"][name]["file_name"] for name in ("numpy", "pandas", "scipy", "scikit-learn")}
    assert f"{CDN}numpy-2.4.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl" in asked
    assert {CDN + file for file in files.values()} <= set(asked)


@pytest.mark.skipif(WITH_CDN, reason="the network is on")
def test_without_the_network_the_page_says_what_is_missing(open_page) -> None:
    panel = open_page(NEIGHBOURS, lambda context: None)
    status = panel.check(page_answer(find("coding/02")))
    assert status.startswith("The page's own code could not run here; see the output. It could not be loaded")
    assert "numpy is not loaded here" in panel.output
    assert panel.run("print('still here')") == "Done."


def stub_wheel() -> bytes:
    """A wheel named NumPy that says so."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        wheel.writestr("numpy/__init__.py", "__version__ = 'a stub'\n")
        wheel.writestr("numpy-2.4.6.dist-info/METADATA", "Metadata-Version: 2.1\nName: numpy\nVersion: 2.4.6\n")
        wheel.writestr("numpy-2.4.6.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: cp314-cp314-any\n")
        wheel.writestr("numpy-2.4.6.dist-info/RECORD", "")
    return packed.getvalue()


@pytest.mark.parametrize("altered", [False, True])
def test_a_wheel_is_taken_if_it_is_the_one_in_the_lock_and_refused_if_not(open_page, lock: dict, altered: bool) -> None:
    wheel = stub_wheel()
    own = {**lock["packages"]["numpy"], "sha256": hashlib.sha256(wheel).hexdigest()}
    served = bytes([*wheel[:-1], wheel[-1] ^ 1]) if altered else wheel
    changed = json.dumps({**lock, "packages": {**lock["packages"], "numpy": own}})

    def answer(route: Route) -> None:
        route.fulfill(body=served, headers={"Access-Control-Allow-Origin": "*"}, content_type="application/zip")

    def routes(context: BrowserContext) -> None:
        context.route(
            "**/pyodide-lock.json", lambda route: route.fulfill(body=changed, content_type="application/json")
        )
        context.route(f"{CDN}*", answer)

    panel = open_page("notebooks/coding/04-classification-metrics.html", routes)
    status = panel.run("import numpy\n\nprint(numpy.__version__)")
    if altered:
        assert "Your code raised an error" in status
        assert "a stub" not in panel.output
    else:
        assert status == "Done."
        assert panel.output.strip() == "a stub"

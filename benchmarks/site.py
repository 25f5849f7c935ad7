"""Time practice in the page, in headless Chromium over loopback, and weigh what it costs pages that have none.

usage: python -m benchmarks.site [--repeat 5] [--json]

Times run from the press of a button to the change of the page, without its painting; a row shows the median of its
runs. The network is off, as in the tests: question 4 is answered in pure Python, and on the SQL page pandas is missing,
so that the check that needs it does not run. A median above its target is marked and makes exit 1.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

from tests.site.practice import Panel
from tools.browser import chromium, served_site, settle
from tools.practice_facts import page_answer
from warmup.pages import ROOT, find

METRICS, SQL = find("coding/04"), find("coding/03")
PURE = (ROOT / "tests" / "site" / "solved_04.py").read_text(encoding="utf-8")
CHECKS = 50
QUIET_MS = 2_000
# Presses Check. Resolves with the milliseconds until the first result and the end, and with the longest tasks of the
# main thread until then, and in the half second after it.
CHECK = """() => new Promise((resolve) => {
  const panel = document.querySelector(".practice");
  const button = panel.querySelector(".practice-main");
  const tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  watch.observe({ type: "longtask" });
  const longest = (some) => Math.max(0, ...some.map((task) => task.duration));
  let first = 0;
  const observer = new MutationObserver(() => {
    const now = performance.now();
    const waits = /practice-(waiting|running)/;
    const rows = [...panel.querySelectorAll(".practice-results > li")].map((row) => row.className);
    if (!first && rows.some((row) => !waits.test(row))) first = now - start;
    if (button.getAttribute("aria-disabled") !== "false") return;
    observer.disconnect();
    setTimeout(() => {
      tasks.push(...watch.takeRecords());
      watch.disconnect();
      const [during, after] = [true, false].map((early) => tasks.filter((task) => task.startTime < now === early));
      resolve({ first, all: now - start, during: longest(during), after: longest(after), rows });
    }, 500);
  });
  observer.observe(panel, { subtree: true, childList: true, attributes: true });
  const start = performance.now();
  button.click();
})"""
# The same checks without harness, messages and page: what they take by themselves.
BY_THEMSELVES = """
import time
start = time.perf_counter()
found = list(checks.results(globals()))
print(time.perf_counter() - start)
"""


@dataclass
class Row:
    """A line of the table; a target of None says that the figure is for information."""

    name: str
    unit: str
    target: float | None
    values: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def verdict(self) -> str:
        return "" if self.target is None else "ok" if self.median <= self.target else "over"


UNITS_AND_TARGETS: dict[str, tuple[str, float | None]] = {
    "cold: first result": ("s", 5),
    "cold: end": ("s", None),
    "cold: longest task of the main thread": ("ms", 50),
    "all passed: longest task as the page unfolds": ("ms", None),
    "second check: first result": ("ms", 30),
    "second check: end": ("ms", None),
    "second check: the checks by themselves": ("ms", None),
    "second check: our own part": ("ms", 30),
    "second check: longest task of the main thread": ("ms", 50),
    "check after Run: end": ("ms", None),
    "check after Stop: first result": ("s", 5),
    "check after a reload, warm cache: first result": ("s", 5),
    "SQL, cold: first result": ("s", None),
    "SQL, cold: end": ("s", None),
    "SQL, second check: end": ("ms", None),
    "bytes on a page without practice, compressed": ("kB", 150),
    "bytes on the landing page, compressed": ("kB", 150),
    "bytes of the editor and panel, compressed": ("kB", 150),
    "memory of the tab: before Python": ("MB", None),
    "memory of the tab: with Python": ("MB", None),
    f"memory of the tab: after {CHECKS} checks": ("MB", None),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=5, help="how often each is measured")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    values: dict[str, list[float]] = defaultdict(list)
    with served_site() as address, chromium() as browser:
        for _ in range(options.repeat):
            for found in (solve(browser, address), solve_sql(browser, address), weigh(browser, address)):
                for name, value in found.items():
                    values[name].append(value)
    if (load := os.getloadavg()[0]) > 1.5 * (os.cpu_count() or 1):
        print(f"the machine is busy (load {load:.1f}): the times are longer than they need be", file=sys.stderr)
    rows = [Row(name, *UNITS_AND_TARGETS[name], values[name]) for name in UNITS_AND_TARGETS if values[name]]
    if options.json:
        print(json.dumps([{**asdict(row), "median": row.median, "verdict": row.verdict} for row in rows], indent=2))
    else:
        print("\n".join(map(line, rows)))
    return 1 if any(row.verdict == "over" for row in rows) else 0


def line(row: Row) -> str:
    """A row as text."""
    target = "" if row.target is None else f"target {row.target:g} {row.unit}"
    spread = f"{min(row.values):.3g} to {max(row.values):.3g}"
    return f"{row.verdict:5} {row.name:48} {row.median:7.3g} {row.unit:3} ({spread})  {target}".rstrip()


@contextlib.contextmanager
def visit(browser: Browser, address: str, name: str, code: str) -> Iterator[Panel]:
    """A coding page in a new profile, with an answer in the editor and no Python yet."""
    kept = json.dumps({"code": code})
    with browser.new_context(viewport={"width": 1400, "height": 900}) as context:
        context.add_init_script(f"localStorage.setItem('warmup.practice.1.{name}', {json.dumps(kept)})")
        tab = context.new_page()
        tab.goto(f"{address}/notebooks/{name}.html")
        wait_until_quiet(tab)
        yield Panel(tab)


def wait_until_quiet(tab: Page) -> None:
    """The theme works on for a while after a page is there."""
    settle(tab)
    tab.locator(".practice .cm-content").wait_for()
    tab.wait_for_timeout(QUIET_MS)


def solve(browser: Browser, address: str) -> dict[str, float]:
    """A question in pure Python: the first check, later ones, after Run, after Stop, after a reload."""
    with visit(browser, address, METRICS.name, PURE) as panel:
        before = memory(browser, panel.tab)
        cold = check(panel.tab)
        with_python = memory(browser, panel.tab)
        runs = [check(panel.tab) for _ in range(CHECKS)]
        after = memory(browser, panel.tab)
        end, alone = median(runs[:10], "all"), 1000 * statistics.median(by_themselves(panel) for _ in range(5))
        panel.run(PURE)
        after_run = check(panel.tab)
        stop_endless_loop(panel)
        panel.write(PURE)
        after_stop = check(panel.tab)
        panel.tab.reload()
        wait_until_quiet(panel.tab)
        after_reload = check(panel.tab)
    return {
        "cold: first result": cold["first"] / 1000,
        "cold: end": cold["all"] / 1000,
        "cold: longest task of the main thread": cold["during"],
        "all passed: longest task as the page unfolds": cold["after"],
        "second check: first result": median(runs[:10], "first"),
        "second check: end": end,
        "second check: the checks by themselves": alone,
        "second check: our own part": end - alone,
        "second check: longest task of the main thread": max(run["during"] for run in runs),
        "check after Run: end": after_run["all"],
        "check after Stop: first result": after_stop["first"] / 1000,
        "check after a reload, warm cache: first result": after_reload["first"] / 1000,
        "memory of the tab: before Python": before,
        "memory of the tab: with Python": with_python,
        f"memory of the tab: after {CHECKS} checks": after,
    }


def solve_sql(browser: Browser, address: str) -> dict[str, float]:
    with visit(browser, address, SQL.name, page_answer(SQL)) as panel:
        cold = check(panel.tab, may_lack="practice-not-run")
        runs = [check(panel.tab, may_lack="practice-not-run") for _ in range(5)]
    return {
        "SQL, cold: first result": cold["first"] / 1000,
        "SQL, cold: end": cold["all"] / 1000,
        "SQL, second check: end": median(runs, "all"),
    }


def median(runs: list[dict], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def check(tab: Page, may_lack: str = "practice-passed") -> dict:
    """Press Check, and wait until all has passed. Raises AssertionError if something has not."""
    told = tab.evaluate(CHECK)
    assert told["rows"] and set(told["rows"]) <= {"practice-passed", may_lack}, told
    return told


def by_themselves(panel: Panel) -> float:
    """Seconds that the page's checks take in the page's Python: the answer runs them itself."""
    panel.check(PURE + BY_THEMSELVES)
    return float(panel.output)


def stop_endless_loop(panel: Panel) -> None:
    panel.write("while True:\n    pass")
    panel.press("Run")
    panel.tab.get_by_text("Running …", exact=True).wait_for()
    panel.press("Stop")
    panel.wait()


def weigh(browser: Browser, address: str) -> dict[str, float]:
    """Kilobytes of practice's own files, compressed, that pages load before anybody presses a button."""
    return {
        "bytes on a page without practice, compressed": kilobytes(browser, f"{address}/book/how-to-use.html"),
        "bytes on the landing page, compressed": kilobytes(browser, f"{address}/book/index.html"),
        "bytes of the editor and panel, compressed": kilobytes(browser, f"{address}/notebooks/{METRICS.name}.html"),
    }


def kilobytes(browser: Browser, url: str) -> float:
    loaded: list[Response] = []
    with browser.new_context() as context:
        tab = context.new_page()
        tab.on("response", lambda response: loaded.append(response))
        tab.goto(url)
        settle(tab)
        tab.wait_for_load_state("networkidle")
        ours = [r.body() for r in loaded if "/vendor/practice-" in r.url or "practice.css" in r.url]
    return sum(len(gzip.compress(body, 6)) for body in ours) / 1000


def memory(browser: Browser, tab: Page) -> float:
    """Megabytes that the tab's process holds, after a collection of garbage; 0 where the system does not tell."""
    tab.context.new_cdp_session(tab).send("HeapProfiler.collectGarbage")
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    status = [Path(f"/proc/{process['id']}/status") for process in processes if process["type"] == "renderer"]
    texts = [path.read_text(encoding="utf-8") for path in status if path.exists()]
    return max((int(text.split("VmRSS:")[1].split()[0]) / 1000 for text in texts), default=0)


if __name__ == "__main__":
    sys.exit(main())

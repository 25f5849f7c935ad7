"""The page's Python without its panel: starts the worker on a bare page of the site, and runs code in it."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page

from tools.serve import SITE

START = """([script, facts]) => new Promise((resolve, reject) => {
  const worker = new Worker(script, { type: "module" });
  let number = 0;
  window.ask = (task, request) => new Promise((resolve, reject) => {
    const events = [];
    const mine = ++number;
    worker.onmessage = ({ data }) => {
      if (data.number !== mine) return;
      if (data.kind === "crashed") reject(new Error(data.text));
      if (data.event) events.push(data.event);
      if (data.event?.kind === "end") resolve(events);
    };
    worker.postMessage({ kind: "run", number, task, request });
  });
  worker.onmessage = ({ data }) => {
    if (data.kind === "ready") resolve();
    if (data.kind === "failed") reject(new Error(data.text));
  };
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage({ kind: "start", facts });
})"""


def facts(name: str) -> dict:
    """What the build says of a coding page."""
    html = (SITE / "notebooks" / f"{name}.html").read_text(encoding="utf-8")
    return json.loads(re.search(r'id="practice-facts">(.*?)</script>', html)[1])


def start_python(tab: Page, address: str, name: str) -> None:
    """Open a file of the site that is no page, and start Python in it as the page `name` would."""
    told = facts(name)
    folder = f"{address}/_static/vendor/{told['folder']}"
    tab.goto(f"{address}/_static/practice.css")
    tab.evaluate(START, [f"{folder}/worker.mjs", told])


def ask(tab: Page, task: str, request: dict) -> list[dict]:
    """The events of a request."""
    return tab.evaluate("([task, request]) => window.ask(task, request)", [task, request])


def printed(tab: Page, code: str) -> str:
    """What code prints. Raises AssertionError with its traceback if it fails."""
    events = ask(tab, "run", {"earlier": [], "checks": [], "answer": code})
    for event in events:
        if event["kind"] == "error":
            raise AssertionError(event["text"])
    return "".join(event["text"] for event in events if event["kind"] == "output")

"""A practice panel as a reader uses it."""

from __future__ import annotations

from playwright.sync_api import Page

ENDED = "document.querySelector('.practice-main').getAttribute('aria-disabled') === 'false'"
PURE = """
from typing import NamedTuple


class Counts(NamedTuple):
    tp: int
    fp: int
    fn: int
    tn: int


def confusion_counts(y_true, y_pred, *, positive=1):
    pairs = list(zip(y_true, y_pred))
    tp = sum(t == positive and p == positive for t, p in pairs)
    fp = sum(t != positive and p == positive for t, p in pairs)
    fn = sum(t == positive and p != positive for t, p in pairs)
    return Counts(tp, fp, fn, len(pairs) - tp - fp - fn)
"""


class Panel:
    """The panel on an open page."""

    def __init__(self, tab: Page):
        self.tab = tab
        self.editor = tab.locator(".practice .cm-content")
        self.editor.wait_for()

    def press(self, name: str) -> None:
        self.tab.locator(".practice").get_by_role("button", name=name, exact=True).click()

    def wait(self, seconds: float = 60) -> str:
        """Wait until the run has ended; what the panel says then."""
        self.tab.wait_for_function(ENDED, timeout=1000 * seconds)
        return self.status

    def write(self, code: str) -> None:
        """Replace what is in the editor. Playwright's `fill` sees only the lines on the screen."""
        self.editor.focus()
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.insert_text(code)

    def run(self, code: str, seconds: float = 60) -> str:
        self.write(code)
        self.press("Run")
        return self.wait(seconds)

    def check(self, code: str, seconds: float = 60) -> str:
        self.write(code)
        self.press("Check")
        return self.wait(seconds)

    @property
    def status(self) -> str:
        return self.tab.locator(".practice-status").inner_text()

    @property
    def output(self) -> str:
        return self.tab.locator(".practice-output").inner_text()

    @property
    def rows(self) -> list[str]:
        return self.tab.locator(".practice-results > li").all_inner_texts()

    def failing(self) -> list[str]:
        return [row for row in self.rows if "Passed:" not in row]

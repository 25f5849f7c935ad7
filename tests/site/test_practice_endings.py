"""Answers that end badly: each ends in a message that helps, and the next run works. Chromium, our own Pyodide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site.practice import PURE, Panel
from tools.browser import settle, view

PAGE = "notebooks/coding/04-classification-metrics.html"
LIMIT_S = 5


@pytest.fixture(scope="module")
def panel(browser, address: str) -> Iterator[Panel]:
    """One panel for all endings: a run that ends badly must not spoil the next."""
    with view(browser, "light", "wide") as tab:
        tab.add_init_script(f"window.warmupPractice = {{ checkSeconds: {LIMIT_S} }}")
        tab.goto(f"{address}/{PAGE}")
        settle(tab)
        yield Panel(tab)


@pytest.fixture(autouse=True)
def next_run_works(panel: Panel) -> Iterator[None]:
    yield
    assert panel.run("6 * 7") == "Done."
    assert panel.output.strip() == "42"


ENDINGS = {
    "a loop that never ends": ("while True:\n    pass", f"took more than {LIMIT_S} s", ""),
    "a loop that catches everything": (
        "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass",
        "took more than",
        "",
    ),
    "an exception in a helper": (
        "def helper():\n    return 1 / 0\n\n\nhelper()",
        "Your code raised an error",
        "ZeroDivisionError",
    ),
    "a syntax error": ("def half(:\n    pass", "Your code raised an error", "SyntaxError"),
    "sys.exit": ("import sys\n\nsys.exit(1)", "sys.exit() and quit() end the program", "SystemExit"),
    "input": ("name = input('Who? ')", "Your code raised an error", "nobody to ask here"),
    "a module that is not there": ("import torch", "torch is not among what the page can load", "ModuleNotFoundError"),
    "recursion without end": ("def f(n):\n    return f(n + 1)\n\n\nf(0)", "calls itself without end", "RecursionError"),
    "more memory than there is": (
        "blocks = []\nwhile True:\n    blocks.append(bytearray(200_000_000))",
        "more memory than the page has",
        "MemoryError",
    ),
    "nesting that breaks Python": ("deep = []\nfor _ in range(1_000_000):\n    deep = [deep]\nrepr(deep)", "", ""),
    "the process ended from within": ("import os\n\nos._exit(0)", "", ""),
    "an error of one's own that cannot be shown": (
        "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\n\n\nraise Odd",
        "Your code raised an error",
        "Odd",
    ),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_run_ends_in_a_message_that_helps(panel: Panel, name: str) -> None:
    code, said, printed = ENDINGS[name]
    status = panel.run(code)
    assert said in status
    assert status.endswith(".") or "?" in status
    assert status != "Done."
    if printed:
        assert printed in panel.output
        assert "your answer" in panel.output
        assert "harness" not in panel.output


def test_a_flood_of_output_is_cut_and_the_page_stays_usable(panel: Panel) -> None:
    assert "took more than" in panel.run("while True:\n    print('all work and no play')")
    assert 19_000 < len(panel.output) < 21_000
    assert "the output is cut here" in panel.output


def test_a_check_that_hangs_is_named_and_the_rest_is_not_run(panel: Panel) -> None:
    hanging = PURE.replace("    pairs = list", "    while len(list(y_true)) > 12:\n        pass\n    pairs = list")
    stubs = "\n".join(f"def {name}(*a, **k):\n    return 0.0\n" for name in ("precision", "recall", "f1", "f_beta"))
    status = panel.check(hanging + stubs + "def classification_summary(*a, **k):\n    return {}\n")
    assert "took more than" in status
    assert sum("Too slow:" in row for row in panel.rows) == 1
    assert "Not run:" in panel.rows[-1]


def test_what_all_checks_say_is_shown_once(panel: Panel) -> None:
    names = ("confusion_counts", "precision", "recall", "f1", "f_beta", "classification_summary")
    same = "\n".join(f"def {name}(*a, **k):\n    return again(*a, **k)\n" for name in names)
    assert panel.check(f"def again(*a, **k):\n    return again(*a, **k)\n\n\n{same}") == "0 of 14 checks pass."
    assert "RecursionError" in panel.rows[0]
    assert sum("RecursionError" in row for row in panel.rows) < 5
    assert sum("the same as check 1" in row for row in panel.rows) > 5


def test_stop_ends_a_run(panel: Panel) -> None:
    panel.write("import time\n\nprint('begun')\nwhile True:\n    time.sleep(0.01)")
    panel.press("Run")
    panel.tab.locator(".practice-status", has_text="Running").wait_for()
    panel.press("Stop")
    assert panel.wait().startswith("Stopped.")


def test_nothing_of_one_run_is_left_for_the_next(panel: Panel) -> None:
    assert panel.run("kept = 1\nimport builtins\nbuiltins.input = None") == "Done."
    assert "Your code raised an error" in panel.run("kept")
    assert "NameError" in panel.output

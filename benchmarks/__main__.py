"""Time every coding answer against its oracle, in one process, and print the ratios.

usage: python -m benchmarks [--page coding/02] [--repeat 5] [--json]

Both sides of a case run in turn, so that a busy moment of the machine hits both; the best of each counts.
The results are compared first: a fast wrong answer is an error. A ratio above its target is marked and makes exit 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import Case
from warmup.pages import load

ENOUGH_SECONDS = 6.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--page", default="", help="one page, for example coding/02")
    parser.add_argument("--repeat", type=int, default=5, help="how often each side runs")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    rows = []
    for name in modules(options.page):
        page = name.replace("_", "/")
        answer = load(page)
        for case in importlib.import_module(f"benchmarks.{name}").cases(answer):
            rows.append(measure(page, case, options.repeat))
            if not options.json:
                print(line(rows[-1]), flush=True)
    if options.json:
        print(json.dumps(rows, indent=2))
    if not rows:
        print(f"no benchmark for {options.page!r}", file=sys.stderr)
        return 1
    return 1 if any(row["verdict"] in ("too slow", "differs") for row in rows) else 0


def modules(page: str) -> list[str]:
    """The benchmark modules, or the one of a page: `coding/02` and its full name are in `coding_02`."""
    wanted = "_".join(page.split("-")[0].split("/"))
    found = sorted(path.stem for path in Path(__file__).parent.glob("*_*.py") if not path.stem.startswith("_"))
    return [name for name in found if name.startswith(wanted)]


def measure(page: str, case: Case, repeat: int) -> dict:
    """One row: best times of both sides in seconds, their ratio, and whether results agree and the target is met."""
    agrees = bool(case.agree(case.ours(), case.theirs()))
    ours, theirs, started = [], [], time.perf_counter()
    while len(ours) < repeat and (len(ours) < 2 or time.perf_counter() - started < ENOUGH_SECONDS):
        ours.append(seconds(case.ours))
        theirs.append(seconds(case.theirs))
    ratio = min(ours) / min(theirs)
    met = case.at_most is None or ratio <= case.at_most
    return {
        "page": page,
        "case": case.name,
        "oracle": case.oracle,
        "ours_s": min(ours),
        "theirs_s": min(theirs),
        "ratio": ratio,
        "at_most": case.at_most,
        "repeats": len(ours),
        "verdict": "differs" if not agrees else "ok" if met else "too slow",
    }


def seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def line(row: dict) -> str:
    """A row as text."""
    target = f"(at most {row['at_most']:g})" if row["at_most"] is not None else ""
    times = f"ours {row['ours_s']:.4f} s, {row['oracle']} {row['theirs_s']:.4f} s"
    return f"{row['verdict']:8}  {row['page']:10} {row['case']}\n{'':8}  ratio {row['ratio']:.3g} {target}: {times}"


if __name__ == "__main__":
    sys.exit(main())

"""Format the Python cells of the pages' text with ruff, in place; prose, tags and metadata stay as they are.

usage: python -m tools.format_pages [--check] [PAGE ...]
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from warmup.pages import ROOT, find, pages

CELL = re.compile(
    r"(^```\{code-cell\} ipython3\n(?:---\n.*?^---\n|(?::\w+:[^\n]*\n)*)\n*)(.*?)(^```$)", re.MULTILINE | re.DOTALL
)
LINE_LENGTH = 96  # what the site's column shows without scrolling


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    named = [argument for argument in arguments if argument != "--check"]
    changed = [
        page.text for page in ([find(name) for name in named] or pages()) if reformat(page.text, write=not check)
    ]
    for text in changed:
        print(f"{text.relative_to(ROOT)} {'is not formatted: run make format' if check else 'formatted'}")
    return 1 if check and changed else 0


def reformat(text: Path, *, write: bool) -> bool:
    """Whether formatting changes the page's text; written back if `write`."""
    before = text.read_text(encoding="utf-8")
    after = CELL.sub(lambda cell: cell[1] + ruff(cell[2], text) + cell[3], before)
    if write and after != before:
        text.write_text(after, encoding="utf-8")
    return after != before


def ruff(code: str, text: Path) -> str:
    """`code` as ruff formats it. Raises SystemExit that shows where it does not parse."""
    command = [str(Path(sys.executable).with_name("ruff")), "format", "--line-length", str(LINE_LENGTH), "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{text.relative_to(ROOT)}: {done.stderr.strip()}\n{code}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

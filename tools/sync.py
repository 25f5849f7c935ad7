"""Text to notebooks, one way: make each changed page's notebook, run it, save it with its outputs.

usage: python tools/sync.py [--page PAGE] [--force] [--check]

A page counts as changed when its text, a file of `data/` that it names, or `warmup/` differs from what its notebook was
made from. The notebook records that as a fingerprint. With --check nothing is written: stale pages are listed, exit 1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from warmup.pages import NOTEBOOKS, ROOT, Page, find, pages

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"}
CELL_TIMEOUT_S = 120


class PageFails(Exception):
    """A cell of the page raised, or its kernel died."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--page", help="one page, for example coding/02")
    parser.add_argument("--force", action="store_true", help="run pages that did not change, too")
    parser.add_argument("--check", action="store_true", help="only list pages whose notebook is out of date")
    options = parser.parse_args()
    try:
        chosen = [find(options.page)] if options.page else pages()
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    stale = [page for page in chosen if options.force or recorded(page.notebook) != fingerprint(page)]
    orphans = [] if options.page else sorted(set(NOTEBOOKS.glob("*/*.ipynb")) - {page.notebook for page in chosen})
    if options.check:
        return check(stale, orphans)
    for orphan in orphans:
        print(f"{orphan.relative_to(ROOT)} has no text under book/: removed")
        orphan.unlink()
    return execute_all(stale, unchanged=len(chosen) - len(stale))


def check(stale: list[Page], orphans: list[Path]) -> int:
    """List what `make sync` would change."""
    for page in stale:
        print(f"{page.notebook.relative_to(ROOT)} is older than its text: run make sync", file=sys.stderr)
    for orphan in orphans:
        print(f"{orphan.relative_to(ROOT)} has no text under book/: run make sync", file=sys.stderr)
    return 1 if stale or orphans else 0


def execute_all(stale: list[Page], *, unchanged: int) -> int:
    """Execute pages in parallel, with a line for each as it ends."""
    print(f"{len(stale)} to run, {unchanged} unchanged", flush=True)
    failures = []
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        running = {pool.submit(execute, page): page for page in stale}
        for number, future in enumerate(as_completed(running), start=1):
            page = running[future]
            try:
                said = f"{future.result():6.1f} s"
            except PageFails as failure:
                failures.append(f"\n{page.text.relative_to(ROOT)}, {failure}")
                said = "  FAILED"
            print(f"[{number}/{len(stale)}] {said}  {page.name}", flush=True)
    print("\n".join(failures), end="", file=sys.stderr)
    return 1 if failures else 0


def execute(page: Page) -> float:
    """Make, run and save the notebook; the seconds it ran. Raises PageFails and saves nothing if a cell fails."""
    notebook = make(page)
    page.notebook.parent.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(page.notebook.parent)}},
        coalesce_streams=True,
    )
    started = time.perf_counter()
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise PageFails(failing_cell(notebook, error)) from error
    seconds = time.perf_counter() - started
    clean(notebook, page)
    nbformat.validate(notebook)
    page.notebook.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8")
    return seconds


def make(page: Page) -> nbformat.NotebookNode:
    """The page's text as a notebook without outputs. Cell ids follow from the sources, so that they stay the same."""
    notebook = jupytext.read(page.text)
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    notebook.metadata = nbformat.NotebookNode(kernelspec=KERNEL, language_info=LANGUAGE)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def clean(notebook: nbformat.NotebookNode, page: Page) -> None:
    """Drop what differs from run to run (times, the kernel's version) and record what the notebook was made from."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata = nbformat.NotebookNode(
        kernelspec=KERNEL, language_info=LANGUAGE, warmup={"fingerprint": fingerprint(page)}
    )


def failing_cell(notebook: nbformat.NotebookNode, error: Exception) -> str:
    """Which cell failed, its source and what it said."""
    code = [(n, cell) for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    failed = [n for n, cell in code if any(output.output_type == "error" for output in cell.outputs)]
    started = [n for n, cell in code if cell.execution_count]
    number = (failed or started or [0])[-1]
    message = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    return f"cell {number}:\n\n{message}\n"


def fingerprint(page: Page) -> str:
    """A hash over the page's text, the files of `data/` that it names, and `warmup/`."""
    text = page.text.read_text(encoding="utf-8")
    named = sorted({ROOT / "data" / name for name in re.findall(r"\bdata/([\w.-]+\w)", text)})
    shared = sorted([*(ROOT / "warmup").glob("*.py"), ROOT / "warmup" / "book.mplstyle"])
    digest = hashlib.sha256(text.encode())
    for path in [*named, *shared]:
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def recorded(notebook: Path) -> str | None:
    """The fingerprint in a notebook; None without a notebook or a readable one."""
    try:
        return nbformat.read(notebook, as_version=4).metadata.get("warmup", {}).get("fingerprint")
    except (FileNotFoundError, ValueError, nbformat.ValidationError):
        return None


if __name__ == "__main__":
    sys.exit(main())

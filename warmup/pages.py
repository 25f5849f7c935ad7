"""Find a page of the book, read its cells by tag, load its answer as a namespace."""

from __future__ import annotations

import contextlib
import linecache
import re
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "book"
NOTEBOOKS = ROOT / "notebooks"
ANSWER = ("setup", "solution")


@dataclass(frozen=True)
class Cell:
    """One cell: its place in the page, kind (`code` or `markdown`), source, tags and the `##` part it stands in."""

    number: int
    kind: str
    source: str
    tags: tuple[str, ...]
    part: str
    metadata: dict


@dataclass(frozen=True)
class Page:
    """A page with code: `coding/02-k-nearest-neighbours`, its text and its notebook."""

    name: str

    @property
    def text(self) -> Path:
        return TEXTS / f"{self.name}.md"

    @property
    def notebook(self) -> Path:
        return NOTEBOOKS / f"{self.name}.ipynb"

    @property
    def kind(self) -> str:
        """The folder: `coding`, `design`, `foundations` or `companions`."""
        return self.name.split("/")[0]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the text, in order."""
        return tuple(_cells(jupytext.read(self.text).cells))

    @property
    def title(self) -> str:
        return next(line[2:] for line in self.cells[0].source.splitlines() if line.startswith("# "))

    @property
    def parts(self) -> list[str]:
        """The `##` headings, in order."""
        markdown = "\n\n".join(cell.source for cell in self.cells if cell.kind == "markdown")
        return headings(markdown)

    def tagged(self, *tags: str) -> list[Cell]:
        """The code cells that carry one of `tags`, in page order."""
        return [cell for cell in self.cells if cell.kind == "code" and set(tags) & set(cell.tags)]


class Answer(types.ModuleType):
    """The names that a page's cells define, as attributes and by key."""

    def __getitem__(self, name: str) -> object:
        return vars(self)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self))

    def keys(self) -> Iterator[str]:
        return vars(self).keys()


def headings(markdown: str) -> list[str]:
    """The `##` headings outside code fences."""
    prose = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^## (.+?)\s*$", prose, flags=re.MULTILINE)


def _cells(cells: list) -> Iterator[Cell]:
    part = ""
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown" and (found := headings(cell.source)):
            part = found[-1]
        yield Cell(number, cell.cell_type, cell.source, tuple(cell.metadata.get("tags", ())), part, dict(cell.metadata))


def pages() -> list[Page]:
    """All pages with code, by name: the texts under `book/` that have a kernel in their header."""
    texts = sorted(TEXTS.glob("*/*.md"))
    return [Page(str(text.relative_to(TEXTS).with_suffix(""))) for text in texts if _has_kernel(text)]


def _has_kernel(text: Path) -> bool:
    header = text.read_text(encoding="utf-8").split("\n---", 1)[0]
    return header.startswith("---") and "kernelspec:" in header


def find(name: str) -> Page:
    """The page whose name starts with `name`: `coding/02`, or in full. Raises LookupError for none or several."""
    wanted = re.sub(r"^(book|notebooks)/|\.(md|ipynb)$", "", name)
    all_pages = pages()
    found = [page for page in all_pages if page.name == wanted] or [p for p in all_pages if p.name.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(page.name for page in (found or all_pages))
        raise LookupError(f"{'several pages match' if found else 'no page matches'} {name!r}; there are: {known}")
    return found[0]


def load(name: str, tags: tuple[str, ...] = ANSWER) -> Answer:
    """Run the page's cells that carry one of `tags` (by default its answer), in page order, in the notebook's folder.

    >>> load("coding/02").KNNClassifier
    """
    page = find(name)
    answer = Answer("answer_" + re.sub(r"\W", "_", page.name))
    # Dataclasses and pickle look a class up by its module.
    sys.modules[answer.__name__] = answer
    with contextlib.chdir(page.notebook.parent):
        for cell in page.tagged(*tags):
            run_cell(cell.source, f"<{page.name}, cell {cell.number}>", vars(answer))
    return answer


def run_cell(source: str, filename: str, namespace: dict) -> None:
    """Execute a cell under a file name by which tracebacks and `inspect` find its source."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec", dont_inherit=True), namespace)

"""Sphinx extension: tells each built page what its practice panel needs: which cells, which packages, how large.

The code itself is not repeated: the panel reads it off the page, by the cell numbers given here.
"""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from practice.request import wanted_modules
from practice.slicing import binds, needed, uses
from tools.practice_files import MADE, SERVED, data_files
from warmup.pages import Cell, Page, pages

# Megabytes of a package's wheel, those that it alone brings along included, in Pyodide 0.27.7, whose wheels could be
# weighed. The page says 'about'.
MEGABYTES = {"numpy": 3.1, "pandas": 6.5, "scipy": 19.6, "sklearn": 6.5, "matplotlib": 9.1}
NAMES = {"numpy": "NumPy", "pandas": "pandas", "scipy": "SciPy", "sklearn": "scikit-learn", "matplotlib": "Matplotlib"}
BRINGS = {"pandas": {"numpy"}, "scipy": {"numpy"}, "sklearn": {"numpy", "scipy"}, "matplotlib": {"numpy"}}
IN_THE_PAGE = {*MEGABYTES, *SERVED, "duckdb"}
MEMORY_BYTES = 1 << 30
EXPERIMENTS = ("Evidence", "Wrong claims")
PLACES = {"book/index", "book/progress"}


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-get-outdated", pages_that_know_older_files)
    app.connect("html-page-context", add_facts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_facts(app: Sphinx, name: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Put the page's facts into its head, as JSON."""
    if (facts := facts_of(name)) and MADE.exists():
        text = json.dumps({**site_facts(), **facts}).replace("</", "<\\/")
        script = f'\n<script type="application/json" id="practice-facts">{text}</script>'
        context["metatags"] = context.get("metatags", "") + script


def pages_that_know_older_files(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """All pages with practice, once the browser's files have changed: their folder has a new name."""
    built = made()
    if getattr(env, "practice_files", {}) == built:
        return []
    env.practice_files = built
    return [name for name in env.found_docs if facts_of(name)]


def facts_of(name: str) -> dict | None:
    """The facts of a page by its Sphinx name; None for a page without practice."""
    if name in PLACES:
        questions = [[page.name, page.title] for page in pages() if page.kind == "coding"]
        return {"script": "progress", "questions": questions}
    page = by_name().get(name.removeprefix("notebooks/"))
    if page and page.kind == "coding":
        return {"script": "panel", "page": page.name, **coding_facts(page)}
    if page and page.kind == "design":
        return {"script": "estimate", "page": page.name, **design_facts(page)}
    return None


@functools.cache
def by_name() -> dict[str, Page]:
    return {page.name: page for page in pages()}


def made() -> dict:
    """What the front end's build says that it made; empty where it was not built."""
    return json.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else {}


@functools.cache
def site_facts() -> dict:
    """What is the same on all pages."""
    built = made()
    return {
        **{key: built[key] for key in ("folder", "pyodide", "duckdb")},
        "siteBytes": built["startBytes"],
        "served": sorted(SERVED),
        "files": [path.name for path in data_files()],
        "memoryBytes": MEMORY_BYTES,
        "progressPage": "../../book/progress.html",
    }


def code_cells(page: Page) -> list[Cell]:
    """The page's code cells: a cell's place in this list is its number on the built page."""
    return [cell for cell in page.cells if cell.kind == "code"]


def exercise(page: Page) -> dict:
    """A coding page's cells by their numbers: `earlier`, `starter`, `checks`, and those that the panel replaces."""
    cells = list(enumerate(code_cells(page)))
    numbers = {tag: [n for n, cell in cells if tag in cell.tags] for tag in ("setup", "starter", "checks")}
    runs = [n for n, cell in cells if cell.part == "Try it" and cell.source.strip() == "checks.run(globals())"]
    return {
        "earlier": [n for n in numbers["setup"] if n < numbers["checks"][-1]],
        "starter": numbers["starter"],
        "checks": numbers["checks"],
        "replaced": [*numbers["starter"], *runs],
    }


def request(page: Page, answer: str) -> dict:
    """What the panel of a coding page sends to the harness for an answer."""
    cells, numbers = code_cells(page), exercise(page)
    sources = {part: [cells[n].source for n in numbers[part]] for part in ("earlier", "checks")}
    return {**sources, "answer": answer}


def starter(page: Page) -> str:
    return "\n\n\n".join(code_cells(page)[n].source for n in exercise(page)["starter"])


def page_answer(page: Page) -> str:
    """The page's own answer, as a reader could type it: its later set-up and its solution cells."""
    last = exercise(page)["checks"][-1]
    cells = [cell for n, cell in enumerate(code_cells(page)) if n > last]
    return "\n\n\n".join(cell.source for cell in cells if {"setup", "solution"} & set(cell.tags))


def coding_facts(page: Page) -> dict:
    modules = set(wanted_modules(request(page, starter(page))))
    return {**exercise(page), **sizes(modules), "missing": sorted(modules - IN_THE_PAGE)}


def sizes(modules: Iterable[str]) -> dict:
    """What is loaded for `modules`: from this site in all, and which packages from outside."""
    built = made()
    served = built.get("servedBytes", {})
    site = built.get("startBytes", 0) + sum(served.get(module, 0) for module in modules)
    loaded = set(modules) & set(MEGABYTES)
    loaded |= set().union(*(BRINGS.get(module, set()) for module in loaded))
    order = [module for module in MEGABYTES if module in loaded]
    bytes_outside = round(1e6 * sum(MEGABYTES[module] for module in order))
    return {"siteBytes": site, "packages": [NAMES[module] for module in order], "packageBytes": bytes_outside}


def design_facts(page: Page) -> dict:
    return {"packages": [], "packageBytes": 0, "estimates": estimates(page)}


def estimates(page: Page) -> list[dict]:
    """The estimate cells that can run in the page, each with the cells before it and those to run again after it."""
    cells = code_cells(page)
    usable = [n for n, cell in enumerate(cells) if cell.part not in EXPERIMENTS]
    modules = {n: estimate_modules(cells, usable, n) for n in usable if "estimate" in cells[n].tags}
    found = []
    for n in [n for n, wanted in modules.items() if runs_in_page(cells, usable, n, wanted)]:
        loaded = modules[n] | set(SERVED)
        shown = [m for m in modules if m >= n and cells[m].part == cells[n].part and modules[m] <= loaded]
        shown = [m for m in shown if runs_in_page(cells, usable, m, modules[m])]
        earlier, following = [m for m in usable if m < n], [m for m in usable if n <= m <= shown[-1]]
        found.append({"cell": n, "earlier": earlier, "following": following, "shown": shown, **sizes(loaded)})
    return found


def estimate_modules(cells: list[Cell], usable: list[int], number: int) -> set[str]:
    earlier = [cells[n].source for n in usable if n < number]
    return set(wanted_modules({"earlier": earlier, "cells": [cells[number].source], "shown": [0]}))


def runs_in_page(cells: list[Cell], usable: list[int], number: int, modules: set[str]) -> bool:
    """Whether a cell needs no module that the browser lacks, and no name that only an experiment gives."""
    before = [cells[n].source for n in usable if n < number]
    read = uses(cells[number].source).union(*map(uses, needed(tuple(before), uses(cells[number].source))))
    given = names_given([*before, cells[number].source])
    experiments = names_given(cells[n].source for n in range(number) if n not in usable)
    return modules <= IN_THE_PAGE - {"duckdb"} and not read & (experiments - given)


def names_given(sources: Iterable[str]) -> set[str]:
    return set().union(*(binds(statement) for source in sources for statement in ast.parse(source).body))

"""Every design page through the harness that its estimates use: the book's numbers give what the page shows."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator

import nbformat
import pytest

from practice.harness import rerun
from tests.harness_events import of_kind, told
from tools.practice_facts import code_cells, estimates
from warmup.pages import Page, pages

# The page stops a cell after 10 s, and its Python is slower than ours.
MOST_S = 10.0

each_design_page = pytest.mark.parametrize("page", [p for p in pages() if p.kind == "design"], ids=lambda p: p.name)


pytestmark = pytest.mark.usefixtures("in_the_pages_folder")


def asked(page: Page, estimate: dict, changed: str | None = None) -> dict:
    """What the page sends when an estimate is run, as `practice/page/estimate.mjs` puts it together."""
    cells = [cell.source for cell in code_cells(page)]
    if changed is not None:
        cells[estimate["cell"]] = changed
    following = estimate["following"]
    return {
        "earlier": [cells[number] for number in estimate["earlier"]],
        "cells": [cells[number] for number in following],
        "shown": [following.index(number) for number in estimate["shown"]],
    }


def outputs(events: list[dict], estimate: dict) -> dict[int, str]:
    """The text of each shown cell, by its number on the page."""
    assert of_kind(events, "error") == []
    found: dict[int, str] = {}
    for event in events:
        if event["kind"] == "started":
            number = estimate["following"][event["index"]]
            found[number] = ""
        elif event["kind"] == "output":
            found[number] += event["text"]
    return found


def stored(page: Page) -> list[str]:
    """The text that the notebook shows below each code cell."""
    cells = [cell for cell in nbformat.read(page.notebook, as_version=4).cells if cell.cell_type == "code"]
    return ["".join(map(text_of, cell.outputs)) for cell in cells]


def text_of(output: nbformat.NotebookNode) -> str:
    return output.text if output.output_type == "stream" else output.data["text/plain"] + "\n"


@each_design_page
def test_each_estimate_gives_what_the_notebook_shows(page: Page) -> None:
    """To the letter: a reader who changes nothing must see nothing change."""
    offered, shown = estimates(page), stored(page)
    assert len(offered) >= 2
    for estimate in offered:
        started = time.monotonic()
        found = outputs(told(rerun, **asked(page, estimate)), estimate)
        assert found == {number: shown[number] for number in estimate["shown"]}
        assert any(found.values())
        assert time.monotonic() - started < MOST_S


@each_design_page
def test_a_changed_number_changes_what_the_first_estimate_shows(page: Page) -> None:
    estimate = estimates(page)[0]
    source = code_cells(page)[estimate["cell"]].source
    before = outputs(told(rerun, **asked(page, estimate)), estimate)
    for changed in doubled(source):
        events = told(rerun, **asked(page, estimate, changed))
        if not of_kind(events, "error") and outputs(events, estimate) != before:
            return
    pytest.fail("no number of the cell changes what it and those after it show")


def doubled(source: str) -> Iterator[str]:
    """The source with one number doubled, for each of its numbers."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value:
            lines = source.splitlines()
            line = lines[node.lineno - 1].encode()
            number = repr(2 * node.value).encode()
            lines[node.lineno - 1] = (line[: node.col_offset] + number + line[node.end_col_offset :]).decode()
            yield "\n".join(lines)

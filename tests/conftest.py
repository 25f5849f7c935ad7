"""What several tests stand on: a small book of its own in a temporary folder, a new harness, the folder of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from practice import harness
from warmup.pages import Page

HEADER = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"


@pytest.fixture
def write_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """A function that writes a page into an empty book, where `warmup.pages` and `tools.sync` then look."""
    for module in ("warmup.pages", "tools.sync"):
        monkeypatch.setattr(f"{module}.ROOT", tmp_path)
        monkeypatch.setattr(f"{module}.NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr("warmup.pages.TEXTS", tmp_path / "book")

    def write(name: str, text: str = "# A page\n", header: str = HEADER) -> Page:
        page = Page(name)
        page.text.parent.mkdir(parents=True, exist_ok=True)
        page.notebook.parent.mkdir(parents=True, exist_ok=True)
        page.text.write_text(header + text, encoding="utf-8")
        return page

    return write


@pytest.fixture
def new_harness() -> Iterator[None]:
    """The harness, which keeps nothing of this test for the next."""
    yield
    harness._prepared.clear()


@pytest.fixture
def in_the_pages_folder(page: Page, new_harness: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the harness on a page where its notebook lies."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(page.notebook.parent)

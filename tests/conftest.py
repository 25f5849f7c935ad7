"""A small book of its own in a temporary folder, for the tests of what reads and makes pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import sync
from warmup import pages

HEADER = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"


@pytest.fixture
def write_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pages.Page]:
    """A function that writes a page into an empty book, where `warmup.pages` and `tools.sync` then look."""
    for module in (pages, sync):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(pages, "TEXTS", tmp_path / "book")

    def write(name: str, text: str = "# A page\n", header: str = HEADER) -> pages.Page:
        page = pages.Page(name)
        page.text.parent.mkdir(parents=True, exist_ok=True)
        page.notebook.parent.mkdir(parents=True, exist_ok=True)
        page.text.write_text(header + text, encoding="utf-8")
        return page

    return write

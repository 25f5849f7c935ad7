"""Text to notebooks, one way, and only what changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tools import sync
from tools.sync import fingerprint, make, recorded
from warmup.pages import Page

GOOD = "# Good\n\n```{code-cell} ipython3\n:tags: [solution]\n\nprint('one')\nprint('two')\n6 * 7\n```\n"
BAD = "# Bad\n\n```{code-cell} ipython3\n1 / 0\n```\n\n```{code-cell} ipython3\n'never'\n```\n"


@pytest.fixture
def run_sync(write_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A function that runs `tools/sync.py` on the small book with the given options."""

    def run(*options: str) -> int:
        monkeypatch.setattr(sys, "argv", ["sync.py", *options])
        return sync.main()

    return run


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages that would be executed, in place of executing them."""
    names = []

    def execute(page: Page) -> float:
        names.append(page.name)
        notebook = make(page)
        sync.clean(notebook, page)
        nbformat.write(notebook, page.notebook)
        return 0.0

    monkeypatch.setattr(sync, "execute", execute)
    return names


# Executed for real


def test_a_page_is_executed_and_one_that_fails_is_named(write_page, run_sync, capsys) -> None:
    good, bad = write_page("coding/01-good", GOOD), write_page("design/02-bad", BAD)
    assert run_sync() == 1
    said = capsys.readouterr()
    assert "2 to run, 0 unchanged" in said.out
    assert "[2/2]" in said.out
    assert "FAILED  design/02-bad" in said.out
    assert "book/design/02-bad.md, cell 1:" in said.err
    assert "ZeroDivisionError: division by zero" in said.err
    assert "\x1b" not in said.err
    assert not bad.notebook.exists()

    notebook = nbformat.read(good.notebook, as_version=4)
    nbformat.validate(notebook)
    code = notebook.cells[1]
    assert [output.get("text") or output.data["text/plain"] for output in code.outputs] == ["one\ntwo\n", "42"]
    assert code.metadata == {"tags": ["solution"]}
    assert notebook.metadata.warmup == {"fingerprint": fingerprint(good)}

    before = good.notebook.read_bytes()
    sync.execute(good)
    assert good.notebook.read_bytes() == before


# What is executed


def test_a_second_run_executes_nothing(write_page, run_sync, executed, capsys) -> None:
    write_page("coding/01-a")
    assert [run_sync(), run_sync()] == [0, 0]
    assert executed == ["coding/01-a"]
    assert "0 to run, 1 unchanged" in capsys.readouterr().out


def test_a_changed_text_is_executed_again_alone(write_page, run_sync, executed) -> None:
    write_page("coding/01-a")
    write_page("coding/02-b")
    run_sync()
    write_page("coding/02-b", "# Changed\n")
    run_sync()
    assert sorted(executed) == ["coding/01-a", "coding/02-b", "coding/02-b"]


@pytest.mark.parametrize("path", ["data/users.csv", "warmup/checks.py", "warmup/book.mplstyle"])
def test_a_page_is_stale_when_what_it_uses_changes(write_page, tmp_path: Path, path: str) -> None:
    page = write_page("coding/01-a", "# Users\n\nThey are in `../../data/users.csv`.\n")
    before = fingerprint(page)
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text("changed", encoding="utf-8")
    assert fingerprint(page) != before


def test_data_that_the_page_does_not_name_do_not_count(write_page, tmp_path: Path) -> None:
    page = write_page("coding/01-a", "# Users\n\nThey are in `../../data/users.csv`.\n")
    before = fingerprint(page)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "orders.csv").write_text("changed", encoding="utf-8")
    assert fingerprint(page) == before


def test_force_executes_what_did_not_change(write_page, run_sync, executed) -> None:
    write_page("coding/01-a")
    run_sync()
    run_sync("--force")
    assert executed == ["coding/01-a"] * 2


def test_one_page_can_be_named(write_page, run_sync, executed) -> None:
    write_page("coding/01-a")
    write_page("coding/02-b")
    run_sync("--page", "coding/02")
    assert executed == ["coding/02-b"]


def test_an_unknown_page_is_an_error_with_the_names_of_all(write_page, run_sync, executed, capsys) -> None:
    write_page("coding/01-a")
    assert run_sync("--page", "coding/7") == 1
    assert capsys.readouterr().err == "no page matches 'coding/7'; there are: coding/01-a\n"


def test_a_notebook_without_a_text_is_removed(write_page, run_sync, executed, capsys) -> None:
    page = write_page("coding/01-a")
    run_sync()
    page.text.unlink()
    assert run_sync() == 0
    assert "notebooks/coding/01-a.ipynb has no text under book/: removed" in capsys.readouterr().out
    assert not page.notebook.exists()


def test_naming_one_page_removes_no_other_notebook(write_page, run_sync, executed) -> None:
    page = write_page("coding/01-a")
    write_page("coding/02-b")
    run_sync()
    page.text.unlink()
    run_sync("--page", "coding/02")
    assert page.notebook.exists()


# --check


def test_check_passes_when_every_notebook_is_up_to_date(write_page, run_sync, executed) -> None:
    write_page("coding/01-a")
    run_sync()
    assert run_sync("--check") == 0


def test_check_lists_what_is_stale_and_writes_nothing(write_page, run_sync, executed, capsys) -> None:
    page = write_page("coding/01-a")
    run_sync()
    write_page("coding/01-a", "# Changed\n")
    before = page.notebook.read_bytes()
    assert run_sync("--check") == 1
    assert capsys.readouterr().err == "notebooks/coding/01-a.ipynb is older than its text: run make sync\n"
    assert page.notebook.read_bytes() == before


def test_check_lists_a_notebook_without_a_text_and_leaves_it(write_page, run_sync, executed, capsys) -> None:
    page = write_page("coding/01-a")
    run_sync()
    page.text.unlink()
    assert run_sync("--check") == 1
    assert capsys.readouterr().err == "notebooks/coding/01-a.ipynb has no text under book/: run make sync\n"
    assert page.notebook.exists()


# The notebook


def test_cell_ids_follow_from_the_source_and_stay_the_same(write_page) -> None:
    cell = "```{code-cell} ipython3\n1\n```\n"
    before = [cell.id for cell in make(write_page("coding/01-a", f"# A\n\n{cell}\n{cell}")).cells]
    after = [cell.id for cell in make(write_page("coding/01-a", f"# A\n\nNew.\n\n{cell}\n{cell}")).cells]
    assert before[1:] == after[1:]
    assert before[0] != after[0]
    assert len(set(before)) == 3


def test_times_of_execution_are_dropped(write_page) -> None:
    page = write_page("coding/01-a", GOOD)
    notebook = make(page)
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "2025-01-01"}
    sync.clean(notebook, page)
    assert notebook.cells[1].metadata == {"tags": ["solution"]}


@pytest.mark.parametrize(
    "content", [None, "<<<<<<< ours\n{}", '{"x": 1}', '{"cells": [], "metadata": {}, "nbformat": 4}']
)
def test_a_notebook_that_cannot_be_read_is_stale(tmp_path: Path, content: str | None) -> None:
    notebook = tmp_path / "a.ipynb"
    if content is not None:
        notebook.write_text(content, encoding="utf-8")
    assert recorded(notebook) is None

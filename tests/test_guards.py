"""Each guard of test_book.py is seen to fail when what it guards is broken, on a copy of a real page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests import test_book as guards
from tools import sync
from warmup import pages
from warmup.checks import WrongAnswerSurvives

CODING, DESIGN = "coding/03-sql-feature-extraction", "design/05-ab-testing"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], pages.Page]:
    """A function that copies a page into an empty book, where the tools then look."""
    monkeypatch.setattr(pages, "TEXTS", tmp_path / "book")
    monkeypatch.setattr(pages, "NOTEBOOKS", tmp_path / "notebooks")
    shutil.copytree(pages.ROOT / "data", tmp_path / "data")

    def copied(name: str) -> pages.Page:
        page = pages.Page(name)
        for folder, ending, target in (("book", "md", page.text), ("notebooks", "ipynb", page.notebook)):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(pages.ROOT / folder / f"{name}.{ending}", target)
        return page

    return copied


def edit(page: pages.Page, pattern: str, replacement: str) -> None:
    """Change the page's text; the pattern must be there."""
    text, count = re.subn(pattern, replacement, page.text.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert count, pattern
    page.text.write_text(text, encoding="utf-8")


def edit_notebook(page: pages.Page, change: Callable[[nbformat.NotebookNode], None]) -> None:
    notebook = nbformat.read(page.notebook, as_version=4)
    change(notebook)
    nbformat.write(notebook, page.notebook)


TEXT_GUARDS = [
    (guards.test_notebook_is_the_text_cell_for_cell, CODING, r"\Z", "\nOne sentence more.\n"),
    (guards.test_page_has_its_parts_in_order, CODING, r"^## Hints$", "## Help"),
    (guards.test_page_has_its_parts_in_order, DESIGN, r"^## The clock$", "## Time"),
    (guards.test_page_opens_with_the_question, CODING, r"\*\*Coding question 3\.\*\*", "Question 3."),
    (guards.test_page_opens_with_the_question, DESIGN, r" · 45 minutes", ""),
    (guards.test_no_part_is_empty, CODING, r"(?<=^## Say it in two minutes\n).*?(?=^## )", "\nSoon.\n\n"),
    (guards.test_tags_are_those_that_tools_read, CODING, r"tags: \[setup", "tags: [set-up"),
    (guards.test_page_has_folded_follow_ups, CODING, r"(?<=^## Follow-up questions\n).*?(?=^## )", "\nNone.\n\n"),
    (guards.test_folds_open_and_close_in_the_same_cell, CODING, r"</details>", ""),
    (guards.test_marking_names_three_levels, CODING, r"[Ss]trong hire", "very good"),
    (guards.test_hints_are_three_and_folded, CODING, r"(?<=^## Hints\n).*?</details>", ""),
    (guards.test_try_it_has_starter_checks_and_a_run, CODING, r"\[starter\]", "[setup]"),
    (
        guards.test_starter_passes_no_check,
        CODING,
        r"(?<=tags: \[starter\]\n).*?(?=^```)",
        "\nMONTHLY_SPENDING = 'SELECT 1'\n",
    ),
    (guards.test_checks_and_answer_import_little, CODING, r"^from warmup.checks", "import sklearn\nfrom warmup.checks"),
    (guards.test_wrong_claims_are_refuted_by_cells, DESIGN, r"\[wrong-claim\]", "[evidence]"),
    (guards.test_estimates_carry_units_and_evidence_asserts, DESIGN, r"\[estimate\]", "[evidence]"),
    (guards.test_architecture_has_two_diagrams_and_trade_offs_two_tables, DESIGN, r"```mermaid", "```text"),
    (guards.test_every_diagram_has_a_title_and_a_description, DESIGN, r"^\s*accTitle:.*?$", ""),
    (guards.test_sources_are_named_with_a_year, DESIGN, r"(?<=^- )Tang.*?\(2010\)", "Somebody"),
]


@pytest.mark.parametrize(("guard", "name", "pattern", "broken"), TEXT_GUARDS)
def test_guard_fails_on_a_broken_text(copy, guard: Callable, name: str, pattern: str, broken: str) -> None:
    page = copy(name)
    edit(page, pattern, broken)
    with pytest.raises(AssertionError):
        guard(pages.Page(name))


@pytest.mark.parametrize("name", [CODING, DESIGN])
def test_guards_pass_on_the_copy_as_it_is(copy, name: str) -> None:
    page = copy(name)
    for guard in {guard for guard, of, *_ in TEXT_GUARDS if of == name}:
        if guard is not guards.test_notebook_is_the_text_cell_for_cell:
            guard(page)


def test_guard_sees_a_wrong_answer_that_nothing_catches(copy) -> None:
    page = copy(CODING)
    harmless = "\n```{code-cell} ipython3\n:tags: [wrong-answer]\n\nchecks.catches('harmless', because='it is right', "
    harmless += "by=checks.checks[0].claim, MONTHLY_SPENDING=MONTHLY_SPENDING)\n```\n"
    edit(page, r"(?=^## Follow-up questions$)", harmless)
    with pytest.raises(WrongAnswerSurvives):
        guards.test_answer_passes_and_wrong_answers_are_caught_by_the_check_named_for_them(pages.Page(CODING))


def test_guard_sees_an_edited_notebook(copy) -> None:
    page = copy(CODING)
    edit_notebook(page, lambda notebook: notebook.cells[0].update(source="# Another title"))
    with pytest.raises(AssertionError):
        guards.test_notebook_is_the_text_cell_for_cell(page)


def test_guard_sees_cells_run_out_of_order(copy) -> None:
    page = copy(CODING)
    edit_notebook(page, lambda n: next(c for c in n.cells if c.cell_type == "code").update(execution_count=7))
    with pytest.raises(AssertionError):
        guards.test_notebook_was_run_once_from_top_to_bottom_without_an_error(page)


def test_guard_sees_a_picture_without_alternative_text(copy) -> None:
    page = copy(DESIGN)

    def silence(notebook: nbformat.NotebookNode) -> None:
        for cell in notebook.cells:
            cell.metadata.pop("mystnb", None)

    edit_notebook(page, silence)
    with pytest.raises(AssertionError):
        guards.test_every_picture_has_an_alternative_text(page)


def test_stale_notebook_is_noticed_after_its_data_changed(
    copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = copy(CODING)
    monkeypatch.setattr(sync, "ROOT", tmp_path)
    shutil.copytree(pages.ROOT / "warmup", tmp_path / "warmup")
    before = sync.fingerprint(page)
    (tmp_path / "data" / "transactions.csv").write_text("user_id,amount,date\n", encoding="utf-8")
    assert sync.fingerprint(page) != before


def test_link_to_a_missing_file_is_noticed(tmp_path: Path) -> None:
    text = tmp_path / "page.md"
    text.write_text("See [that](nowhere.md).\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        guards.test_links_to_files_of_the_repository_resolve(text)


def test_american_spelling_is_noticed(tmp_path: Path) -> None:
    text = tmp_path / "page.md"
    text.write_text("The normalized color.\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        guards.test_spelling_is_british(text)

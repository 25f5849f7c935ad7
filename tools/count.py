"""The book in figures, counted from the pages: the line that README.md quotes.

usage: python -m tools.count
"""

from __future__ import annotations

import nbformat

from warmup.pages import load, pages


def sentence() -> str:
    """What there is today, in one line."""
    all_pages = pages()
    coding = [page for page in all_pages if page.kind == "coding"]
    design = [page for page in all_pages if page.kind == "design"]
    answers = [load(page.name, tags=("setup", "checks", "solution", "wrong-answer")).checks for page in coding]
    checks = sum(len(answer.checks) for answer in answers)
    wrong = sum(len(answer.wrong) for answer in answers)
    claims = sum(len(page.tagged("wrong-claim")) for page in design)
    cells = [cell for page in all_pages for cell in nbformat.read(page.notebook, as_version=4).cells]
    executed = sum(cell.cell_type == "code" for cell in cells)
    return (
        f"{len(coding) + len(design)} of 30 questions answered; {executed} cells executed and compared; "
        f"{checks} checks that catch {wrong} wrong answers; {claims} wrong claims refuted."
    )


if __name__ == "__main__":
    print(sentence())

"""Every coding page through the harness that its panel uses: its answer, its starter, its wrong answers."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from practice.harness import check
from tests.harness_events import of_kind, told, verdicts
from tools.practice_facts import page_answer, request, starter
from warmup.checks import WrongAnswer
from warmup.pages import Page, load, pages

CAUGHT = ("failed", "error", "too slow")

each_coding_page = pytest.mark.parametrize("page", [p for p in pages() if p.kind == "coding"], ids=lambda p: p.name)


pytestmark = pytest.mark.usefixtures("in_the_pages_folder")


@each_coding_page
def test_the_pages_answer_passes_every_check(page: Page) -> None:
    events = told(check, **request(page, page_answer(page)))
    claims = of_kind(events, "plan")[0]["claims"]
    results = of_kind(events, "result")
    assert [(claims[r["index"]], r["details"]) for r in results if r["verdict"] != "passed"] == []
    assert len(results) == len(claims) > 10


@each_coding_page
def test_the_starter_is_not_written_yet(page: Page) -> None:
    assert set(verdicts(told(check, **request(page, starter(page))))) == {"not written yet"}


@each_coding_page
def test_each_wrong_answer_is_caught(page: Page) -> None:
    """The claim that the page names for it fails, by what the answer does and not by a name that is missing."""
    wrong = load(page.name, tags=("setup", "checks", "solution", "wrong-answer")).checks.wrong
    seen = {each.label: outcome(page, each) for each in sorted(wrong, key=lambda each: each.by)}
    assert {label: said for label, said in seen.items() if said[0] not in CAUGHT or "NameError" in said[1]} == {}
    assert len(seen) > 10


def outcome(page: Page, wrong: WrongAnswer) -> tuple[str, str]:
    """The verdict on a wrong answer of the one check that is named for it, and its details."""
    asked = request(page, f"{page_answer(page)}\n\n\n{in_place(page, wrong)}")
    asked["checks"] = [one_check(source, wrong.by) for source in asked["checks"]]
    [result] = of_kind(told(check, **asked), "result")
    return result["verdict"], str(result["details"])


def in_place(page: Page, wrong: WrongAnswer) -> str:
    """Code that puts a wrong answer in the place of the right one.

    It runs the page's cells of wrong answers as they stand, with `checks.catches` for a function that only collects.
    They run in a namespace of their own: many call the right function, by the name that they are to replace.
    """
    cells = ast.parse("\n".join(cell.source for cell in page.tagged("wrong-answer")))
    source = COLLECT + ast.unparse(Collect().visit(cells))
    return (
        f"apart = dict(globals())\nexec({source!r}, apart)\nglobals().update(apart['_collect'].found[{wrong.label!r}])"
    )


COLLECT = """
def _collect(label, *, because, by=None, **names):
    _collect.found[label] = names
_collect.found = {}
"""


class Collect(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if ast.unparse(node) == "checks.catches":
            return ast.Name("_collect", ast.Load())
        return self.generic_visit(node)


@cache
def one_check(source: str, claim: str) -> str:
    """A cell of checks without the others: 300 wrong answers against 5,000 checks would take minutes."""
    tree = ast.parse(source)
    tree.body = [statement for statement in tree.body if claimed(statement) in ("", claim)]
    return ast.unparse(tree)


def claimed(statement: ast.stmt) -> str:
    """What a check claims; '' for any other statement."""
    for call in getattr(statement, "decorator_list", []):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "checks.that":
            return ast.literal_eval(call.args[0])
    return ""

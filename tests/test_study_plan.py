"""The minutes of the plans and of the tips' exercises: they add up, and a page has those of its first line."""

from __future__ import annotations

import re

import pytest

from warmup.pages import TEXTS, pages

REVIEW = 15  # minutes of reading on after a page, as the study plan says
PLAN = (TEXTS / "study-plan.md").read_text(encoding="utf-8")
TIPS = (TEXTS / "tips.md").read_text(encoding="utf-8")
STATED = {page.name: re.search(r"· (\d+) minutes", page.cells[0].source) for page in pages()}
TIMED = re.compile(r"\]\(\.\./notebooks/((?:coding|design)/[\w-]+)\.ipynb\), (\d+)")

each_plan = pytest.mark.parametrize("plan", ["One evening", "One weekend", "Two weeks", "Six weeks"])


def section(plan: str) -> str:
    return PLAN.split(f"\n## {plan}\n")[1].split("\n## ")[0]


def rows(plan: str) -> list[tuple[int, str]]:
    """Minutes and text of each row of a plan's table."""
    cells = re.finditer(r"^\|(?:[^|]*\|)? (\d+)(?: min)? \|.*$", section(plan), flags=re.MULTILINE)
    return [(int(cell[1]), cell[0]) for cell in cells]


@each_plan
def test_plan_adds_up(plan: str) -> None:
    total = int(re.search(r"^(\d+) minutes in all", section(plan), flags=re.MULTILINE)[1])
    assert sum(minutes for minutes, _ in rows(plan)) == total


@each_plan
def test_row_has_the_minutes_of_its_pages(plan: str) -> None:
    for minutes, line in rows(plan):
        costs = [int(stated) + REVIEW for _, stated in TIMED.findall(line)]
        assert not costs or minutes == sum(costs) or set(costs) == {minutes}, line


def test_minutes_are_those_that_the_pages_state() -> None:
    assert [(name, said) for name, said in TIMED.findall(PLAN) if said != STATED[name][1]] == []


def test_six_weeks_hold_every_question() -> None:
    worked = {name for _, line in rows("Six weeks") for name, _ in TIMED.findall(line)}
    assert worked == {name for name in STATED if name.startswith(("coding/", "design/"))}


def test_tips_add_up_to_nine_hours() -> None:
    table = re.findall(r"\| (\d+) minutes \|", TIPS)
    assert table == re.findall(r"\*\*This week, (\d+) minutes\.\*\*", TIPS)
    assert sum(map(int, table)) == 9 * 60

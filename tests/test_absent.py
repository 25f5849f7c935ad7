"""A module that could not be loaded is stood in for: what does without it runs, and what needs it says so."""

from __future__ import annotations

import copy
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Optional

import pytest

from practice import absent, browser
from practice.absent import Name, NotLoaded
from practice.harness import check, run
from tests.harness_events import RIGHT, error, kinds, of_kind, printed, told, verdicts


@pytest.fixture(autouse=True)
def stand_in(new_harness: None) -> Iterator[None]:
    absent.stand_in_for(["nowhere", "elsewhere"])
    yield
    absent.remove()


@pytest.fixture
def name() -> Name:
    return importlib.import_module("nowhere").thing


# Stand-ins


def test_an_absent_module_can_be_imported_in_every_way() -> None:
    scope: dict = {}
    exec(
        "import nowhere\nimport nowhere.part.deep as deep\nfrom nowhere import a, b as c\nfrom nowhere.x import y",
        scope,
    )
    assert {type(scope[name]) for name in ("nowhere", "deep")} == {absent.Module}
    assert {type(scope[name]) for name in ("a", "c", "y")} == {Name}
    assert scope["deep"] is sys.modules["nowhere.part.deep"]


def test_other_modules_are_not_stood_in_for() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nowhere_else")
    assert absent.names() == {"nowhere", "elsewhere"}


def test_a_name_can_be_passed_on_and_stand_in_an_annotation(name: Name) -> None:
    @dataclass
    class Point:
        x: name

    class Row(NamedTuple):
        x: list[name]

    def f(x: name = None, *y: Optional[name.part]) -> dict[str, name.part.deep]:  # noqa: UP045
        return x

    assert f() is None
    assert Point(1) == Point(1)
    assert Row(x=1).x == 1
    assert type(name.part.deep) is Name
    assert copy.deepcopy(name)._module == "nowhere"
    assert absent.touched == set()


USES: dict[str, Callable[[Name], object]] = {
    "call": lambda name: name(),
    "call of an attribute": lambda name: name.part.deep(1, x=2),
    "isinstance": lambda name: isinstance(1, name),
    "isinstance of several": lambda name: isinstance(1, (str, name)),
    "issubclass": lambda name: issubclass(int, name),
    "base class": lambda name: exec("class Sub(name): pass", {"name": name}),
    "decorator": lambda name: name(print),
    "loop": lambda name: list(name),
    "item": lambda name: name[0],
    "in": lambda name: 1 in name,
    "len": lambda name: len(name),
    "truth": lambda name: not name,
    "with": lambda name: exec("with name: pass", {"name": name}),
    "minus": lambda name: -name,
    "sum": lambda name: name + 1,
    "sum on the right": lambda name: 1 + name,
    "product": lambda name: 2.0 * name.pi,
    "quotient": lambda name: name / 2,
    "power": lambda name: 2**name,
    "matrix product": lambda name: name @ 2,
    "order": lambda name: name < 1,
    "union": lambda name: name | None,
}


@pytest.mark.parametrize("use", USES)
def test_any_use_of_a_name_says_what_is_absent(name: Name, use: str) -> None:
    with pytest.raises(NotLoaded, match="nowhere is not loaded here") as caught:
        USES[use](name)
    assert caught.value.name == "nowhere"
    assert absent.touched == {"nowhere"}


def test_special_attributes_are_not_made_up(name: Name) -> None:
    module = importlib.import_module("elsewhere")
    for thing in (name, module):
        with pytest.raises(AttributeError):
            _ = thing.__wrapped__
    assert absent.touched == set()


def test_removal_forgets_the_stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("nowhere.part")
    absent.touched.add("nowhere")
    absent.remove()
    assert absent.names() == absent.touched == set()
    assert not [found for found in sys.modules if found.startswith("nowhere")]
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nowhere")


# In the harness

CHECKS = """from warmup.checks import Checks
import nowhere
checks = Checks()

@checks.that("without it")
def without(double):
    assert double(2) == 4

@checks.that("with it")
def with_it(double):
    assert double(2) == nowhere.four()

@checks.that("without it again")
def again(double):
    assert double(3) == 6
"""


def test_a_check_that_needs_what_is_absent_is_not_run() -> None:
    events = told(check, checks=[CHECKS], answer=RIGHT)
    assert verdicts(events) == ["passed", "not run", "passed"]
    assert of_kind(events, "result")[1]["details"] == [["says", "it needs nowhere, which could not be loaded"]]
    wrong = told(check, checks=[CHECKS], answer="def double(x):\n    return 0")
    assert verdicts(wrong) == ["failed", "not run", "failed"]


def test_the_pages_cells_run_anew_once_the_module_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(check, checks=[CHECKS], answer=RIGHT)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "nowhere.py").write_text("def four(): return 4")
    importlib.invalidate_caches()
    assert verdicts(told(check, checks=[CHECKS], answer=RIGHT)) == ["passed"] * 3
    sys.modules.pop("nowhere", None)


def test_an_answer_that_needs_what_is_absent_says_so() -> None:
    events = told(run, earlier=["import nowhere as no"], answer="print('here')\nno.thing(3)")
    assert kinds(events) == ["output", "error", "end"]
    assert error(events)["text"].endswith("NotLoaded: nowhere is not loaded here")
    assert error(events)["hint"] == "It could not be loaded: is the network off?"
    assert "absent.py" not in error(events)["text"]


@pytest.mark.parametrize(
    "passed_on", ["raise ValueError", "raise ValueError from e", "raise ExceptionGroup('all', [e])"]
)
def test_what_follows_from_such_an_error_shows_no_frame_of_ours_either(passed_on: str) -> None:
    answer = f"try:\n    no.thing(3)\nexcept Exception as e:\n    {passed_on}"
    text = error(told(run, earlier=["import nowhere as no"], answer=answer))["text"]
    assert text.count('File "your answer", line 2, in <module>') >= 1
    assert text.count("File") == text.count('File "your answer"')


def test_a_module_that_the_answer_alone_asks_for_is_not_stood_in_for() -> None:
    found = error(told(run, earlier=["import os"], answer="import nowhere"))
    assert found["text"].endswith("ModuleNotFoundError: No module named 'nowhere'")


# By the worker's way in


def test_everything_crosses_as_json() -> None:
    posted: list[str] = []
    browser.run("run", json.dumps({"earlier": ["n = 6"], "answer": "print('é\\ud800')\nn * 7"}), posted.append)
    assert [json.loads(text) for text in posted] == [{"kind": "output", "text": "é\ud800\n42\n"}, {"kind": "end"}]
    assert set(browser.TASKS) == {"check", "run", "rerun"}


def test_the_worker_learns_what_to_load_and_what_is_there() -> None:
    request = {"earlier": ["import nowhere"], "answer": "import json, answer\nnowhere.f()"}
    assert json.loads(browser.wanted(json.dumps(request))) == ["answer", "nowhere"]
    told(run, answer="")
    asked = ["answer", "__main__", "nowhere", "warmup", "json.nothing_there"]
    assert json.loads(browser.importable(json.dumps(asked))) == ["answer", "__main__", "warmup"]
    assert printed(told(run, answer="import answer, __main__\nanswer.__name__")) == "'answer'\n"

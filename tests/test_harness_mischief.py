"""Nothing that an answer does spoils the next run."""

from __future__ import annotations

import builtins
import os
import sys
import warnings
from pathlib import Path

import pytest

from practice.harness import run
from tests.harness_events import RIGHT, checked, error, of_kind, printed, told, verdicts

pytestmark = pytest.mark.usefixtures("new_harness")


# What an answer may do


@pytest.mark.parametrize(
    "mischief",
    [
        "checks = 3",
        "del checks",
        "checks.checks.clear()",
        "checks.seconds = 0",
        "import builtins\nbuiltins.len = builtins.isinstance = builtins.print = None",
        "import builtins\ndel builtins.len",
        "import builtins\nbuiltins.double = None",
        "import sys\nsys.stdout.close()\nsys.stderr.close()",
        "import sys\nsys.stdout = sys.stderr = None",
        "import os\nos.chdir('/')",
        "import sys\nsys.settrace(lambda *event: None)",
        "import sys\nsys.settrace(lambda *event: 1 / 0)",
        "import sys\nsys.setprofile(lambda *event: None)",
        "import sys\nsys.setprofile(lambda *event: 1 / 0)",
        "import sys\nsys.setrecursionlimit(120)",
        "import warnings\nwarnings.simplefilter('error')",
        "import sys\ndel sys.modules['answer']",
        "TABLE.append(4)",
        "TABLE[:] = []",
        "class Point: pass",
        "CHANCE.random()",
        "__name__ = '__main__'",
        "__builtins__ = {}",
    ],
)
def test_the_next_run_is_as_the_first(mischief: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    earlier = "import random\nTABLE = [1, 2]\nCHANCE = random.Random(0)\nclass Point: x = 1\nLINE = [Point()]"
    probe = "print(TABLE, CHANCE.random(), Point.x, LINE[0].x)\n" + RIGHT
    state = sys.gettrace(), sys.getprofile(), sys.getrecursionlimit(), warnings.filters[:], dict(vars(builtins))
    first = checked(probe, earlier)
    assert printed(first) == "[1, 2] 0.8444218515250481 1 1\n"
    checked(f"{RIGHT}TABLE, CHANCE, Point, LINE\n{mischief}", earlier)
    assert Path.cwd() == tmp_path
    assert checked(probe, earlier) == first
    assert verdicts(first) == ["passed", "passed"]
    assert (sys.gettrace(), sys.getprofile(), sys.getrecursionlimit(), warnings.filters, vars(builtins)) == state


def test_an_answer_cannot_redefine_what_is_checked() -> None:
    answer = f"{RIGHT}checks.checks[:] = checks.checks[:1]\nchecks = None"
    assert of_kind(checked(answer), "plan")[0]["claims"] == ["two doubled is four", "nothing doubled is nothing"]


def test_an_answer_may_run_the_checks_itself() -> None:
    events = checked(f"{RIGHT}checks.run(globals())")
    assert "2 of 2 checks pass" in printed(events)
    assert verdicts(events) == ["passed", "passed"]


def test_names_of_one_run_are_gone_in_the_next() -> None:
    told(run, answer="kept = 1")
    assert error(told(run, answer="kept"))["text"].endswith("NameError: name 'kept' is not defined")


def test_a_flood_is_cut_and_the_checks_still_run() -> None:
    events = checked(f"{RIGHT}for n in range(100_000):\n    print('line', n)")
    assert verdicts(events) == ["passed", "passed"]
    assert 20_000 < len(printed(events)) < 20_100
    assert "the output is cut here" in printed(events)


def test_a_value_that_cannot_be_shown_is_named() -> None:
    broken = "class Odd:\n    def __repr__(self):\n        raise ValueError\nOdd()"
    assert printed(told(run, answer=broken)) == "<Odd whose repr raises ValueError>\n"
    assert printed(told(run, answer="'x' * 10_000")).endswith("x … (cut)\n")
    endless = "class Odd:\n    def __repr__(self):\n        return repr(self)\nOdd()"
    assert printed(told(run, answer=endless)) == "<Odd whose repr raises RecursionError>\n"
    assert error(told(run, answer="class Odd:\n    def __repr__(self):\n        raise SystemExit\nOdd()"))


def test_dataclasses_and_pickle_work_in_an_answer() -> None:
    answer = """
from __future__ import annotations
import pickle
from dataclasses import dataclass, field
@dataclass
class Point:
    x: int
    tags: list[str] = field(default_factory=list)
pickle.loads(pickle.dumps(Point(3)))
"""
    assert printed(told(run, answer=answer)) == "Point(x=3, tags=[])\n"


def test_the_source_of_an_answer_can_be_read() -> None:
    assert (
        printed(told(run, answer="import inspect\ndef f(): return 1\nprint(inspect.getsource(f))"))
        == "def f(): return 1\n\n"
    )


# Preparation


def test_the_pages_cells_run_once_until_others_are_needed_or_one_is_changed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    earlier = f"TABLE = [open({os.fspath(log)!r}, 'a').write('.')]\nFACTOR = 2\ndef f(): return FACTOR"
    for answer, times in (
        (f"{RIGHT}len(TABLE)", 1),
        ("TABLE / 0", 1),
        ("TABLE, f\ndef f(): ...", 2),
        ("TABLE, f\ndef f(): ...", 2),
        ("TABLE, FACTOR", 3),
        ("FACTOR = len(TABLE)", 4),
        ("TABLE.append(FACTOR)", 4),
        ("TABLE, FACTOR", 5),
        ("FACTOR, TABLE", 5),
        ("FACTOR", 5),
        ("TABLE, FACTOR", 5),
        ("f\ndef f(): ...", 5),
        ("TABLE, FACTOR", 5),
        ("FACTOR", 5),
        ("f\ndef f(): ...", 5),
        ("TABLE, FACTOR", 6),
    ):
        checked(answer, earlier)
        assert log.read_text() == "." * times, answer


def test_what_the_page_prints_is_not_shown() -> None:
    assert printed(told(run, earlier=["x = print('hello')"], answer="x")) == ""

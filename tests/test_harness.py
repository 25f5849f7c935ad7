"""The harness tells what happens as it happens, and of an error what helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice import harness
from practice.harness import check, rerun, run
from tests.harness_events import CHECKS, RIGHT, checked, error, kinds, of_kind, printed, told, verdicts

pytestmark = pytest.mark.usefixtures("new_harness")


# The order of events


def test_a_check_tells_plan_then_each_start_and_result() -> None:
    assert checked(RIGHT) == [
        {"kind": "plan", "claims": ["two doubled is four", "nothing doubled is nothing"]},
        {"kind": "started", "index": 0},
        {"kind": "result", "index": 0, "verdict": "passed", "details": []},
        {"kind": "started", "index": 1},
        {"kind": "result", "index": 1, "verdict": "passed", "details": []},
        {"kind": "end"},
    ]


def test_a_check_and_a_run_in_turn_make_the_page_s_names_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    execute = harness._execute
    monkeypatch.setattr(harness, "_execute", lambda source, *rest: (made.append(source), execute(source, *rest)))
    for _ in range(3):
        checked(RIGHT, earlier="by = 2")
        told(run, earlier=["by = 2"], answer="print(by)")
    assert made.count(CHECKS) == 1
    assert made.count("by = 2") == 1
    told(run, earlier=["by = 3"], answer="print(by)")
    told(run, earlier=["by = 4"], answer="print(by)")
    assert len(harness._prepared) == 2


def test_a_result_is_told_before_the_next_check_starts() -> None:
    """Else the page could not name the check that hangs."""
    seen: list[list[str]] = []
    events: list[dict] = []

    def emit(event: dict) -> None:
        events.append(event)
        if event["kind"] == "started":
            seen.append(kinds(events))

    check({"earlier": [], "checks": [CHECKS], "answer": RIGHT}, emit)
    assert seen == [["plan", "started"], ["plan", "started", "result", "started"]]


def test_a_failed_check_says_what_it_compared() -> None:
    first, second = of_kind(checked("def double(x):\n    return x * x + 1"), "result")
    assert (first["verdict"], second["verdict"]) == ("failed", "failed")
    expected = [["checked", "double(2) == 4"], ["got", "5"], ["expected", "4"], ["hint", "twice as much"]]
    assert first["details"] == expected


def test_what_is_missing_is_not_written_yet() -> None:
    assert verdicts(checked("")) == ["not written yet"] * 2
    assert verdicts(checked("def double(x):\n    raise NotImplementedError")) == ["not written yet"] * 2


def test_a_check_too_slow_is_stopped_and_the_next_one_runs() -> None:
    assert verdicts(checked("def double(x):\n    while x: pass\n    return x")) == ["too slow", "passed"]


def test_an_answer_that_does_not_run_has_no_plan() -> None:
    assert kinds(checked("print('so far')\n1 / 0")) == ["output", "error", "end"]


def test_what_is_printed_comes_before_what_followed_it() -> None:
    events = checked(f"{RIGHT}print('one')\n")
    assert kinds(events)[:2] == ["output", "plan"]
    events = told(run, answer="print('one')\nprint('two')\n1 / 0")
    assert kinds(events) == ["output", "error", "end"]
    assert printed(events) == "one\ntwo\n"


def test_run_shows_the_value_of_the_last_line() -> None:
    assert told(run, answer="x = 6\nx * 7") == [{"kind": "output", "text": "42\n"}, {"kind": "end"}]
    assert printed(told(run, answer="print('a')\n'b'")) == "a\n'b'\n"
    assert kinds(told(run, answer="x = 6")) == ["end"]
    assert printed(told(run, answer="0")) == "0\n"
    assert kinds(told(run, answer="None")) == ["end"]
    assert kinds(told(run, answer="")) == ["end"]
    assert (
        printed(told(run, answer="from __future__ import annotations\ndef f(x: nowhere): ...\nf.__name__")) == "'f'\n"
    )


def test_annotations_are_objects_as_in_the_notebook() -> None:
    assert printed(told(run, answer="def f(x: int): ...\nf.__annotations__")) == "{'x': <class 'int'>}\n"
    assert printed(told(run, answer="lambda: 0\n(lambda x: x).__name__")) == "'<lambda>'\n"


def test_rerun_tells_of_the_shown_cells_alone() -> None:
    source = ["a = 1\nprint('not shown')", "print(a)\na + 1", "b = print('nor this') or a + 2", "print(b)"]
    assert told(rerun, cells=source, shown=[1, 3]) == [
        {"kind": "started", "index": 1},
        {"kind": "output", "text": "1\n2\n"},
        {"kind": "result", "index": 1, "verdict": "passed", "details": []},
        {"kind": "started", "index": 3},
        {"kind": "output", "text": "3\n"},
        {"kind": "result", "index": 3, "verdict": "passed", "details": []},
        {"kind": "end"},
    ]


def test_rerun_stops_at_an_error() -> None:
    events = told(rerun, earlier=["a = 1"], cells=["print(a)", "assert a == 2, 'two'", "print('on')"], shown=[0, 1, 2])
    assert kinds(events) == ["started", "output", "result", "started", "error", "end"]
    assert error(events)["where"] == "cell 2"
    assert error(events)["text"].endswith("AssertionError: two")


def test_an_error_of_the_pages_own_code_is_told_as_such() -> None:
    events = told(check, earlier=["x = 1"], checks=["x = x / 0"], answer=RIGHT)
    assert kinds(events) == ["error", "end"]
    assert error(events)["where"] == "the page, part 2"
    assert harness._prepared == {}


# Errors


def test_a_syntax_error_shows_the_place_in_the_answer_alone() -> None:
    found = error(checked("def double(x)\n    return 2 * x"))
    assert found["text"].splitlines()[:3] == ['  File "your answer", line 1', "    def double(x)", " " * 17 + "^"]
    assert len(found["text"].splitlines()) == 4
    assert (found["where"], found["hint"]) == ("your answer", "")


def test_an_exception_in_a_helper_shows_the_answers_frames_alone() -> None:
    source = "def inner(x):\n    return x / 0\n\n\ndef outer(x):\n    return inner(x)\n\n\nouter(1)"
    text = error(checked(source))["text"]
    frames = [line for line in text.splitlines() if line.startswith("  File")]
    places = [(9, "<module>"), (6, "outer"), (2, "inner")]
    assert frames == [f'  File "your answer", line {line}, in {name}' for line, name in places]
    assert "    return x / 0\n" in text
    assert text.endswith("ZeroDivisionError: division by zero")


def test_chains_and_groups_of_errors_show_no_frame_of_ours() -> None:
    chain = "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('no') from e"
    text = error(told(run, answer=chain))["text"]
    assert text.count("Traceback") == 2
    assert "direct cause" in text
    source = "def f():\n    exec('1 / 0')\ntry:\n    f()\nexcept Exception as e:\n    raise ExceptionGroup('both', [e])"
    text += error(told(run, answer=source))["text"]
    assert "harness" not in text
    assert 'File "<string>", line 1, in <module>' in text


ERRORS = {
    "import sys\nsys.exit()": ("SystemExit", "take them out"),
    "raise KeyboardInterrupt": ("KeyboardInterrupt", "interrupts itself"),
    "def f(n):\n    return f(n + 1)\nf(0)": ("RecursionError", "calls itself without end"),
    "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf(0)": ("RecursionError", "calls itself without end"),
    "input('your name?')": ("nobody to ask here", ""),
    "import torch_of_nowhere": ("ModuleNotFoundError", "torch_of_nowhere is not among what the page can load"),
    "raise ModuleNotFoundError('mine')": ("ModuleNotFoundError: mine", ""),
    "import sys\nx = bytearray(sys.maxsize)": ("MemoryError", "more memory than the page has"),
    "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd": ("Odd", ""),
    "raise BaseException('rare')": ("BaseException: rare", ""),
    "x = '\0'": ("null bytes", ""),
    "x = '\ud800'": ("surrogates not allowed", ""),
    "import sys\nsys.stdout.write(b'bytes')": ("write() takes text, not bytes", ""),
}


@pytest.mark.parametrize("answer", ERRORS)
def test_an_error_is_told_with_what_helps(answer: str) -> None:
    said, hint = ERRORS[answer]
    for events in (checked(answer), told(run, answer=answer)):
        found = error(events)
        assert found["where"] == "your answer"
        assert said in found["text"]
        assert hint in found["hint"]
        assert bool(hint) == bool(found["hint"])
        assert found["spent"] == (said == "MemoryError")
        assert len(found["text"]) < 7_000
        assert str(Path(harness.__file__).parent) not in found["text"]


def test_recursion_without_end_is_told_in_few_lines() -> None:
    text = error(told(run, answer="def f(n):\n    return f(n + 1)\nf(0)"))["text"]
    assert "[Previous line repeated" in text
    assert len(text.splitlines()) < 20


@pytest.mark.parametrize(
    "stop", ["raise KeyboardInterrupt", "raise SystemExit", "return double(x)", "raise BaseException"]
)
def test_nothing_that_an_answer_raises_stops_the_next_check(stop: str) -> None:
    assert verdicts(checked(f"def double(x):\n    if x:\n        {stop}\n    return x")) == ["error", "passed"]


def test_nesting_too_deep_to_parse_is_an_error_of_the_answer() -> None:
    assert error(told(run, answer="-" * 100_000 + "1"))["where"] == "your answer"

"""A check reports whatever an answer does, and a wrong answer that gets away is an error."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import warmup.checks
from warmup.checks import (
    ERROR,
    FAILED,
    MAX_PRINTED,
    MISSING,
    PASSED,
    SLOW,
    Check,
    Checks,
    Report,
    Result,
    RightAnswerFails,
    WrongAnswerSurvives,
    raises,
    unchanged,
)
from warmup.pages import ROOT, run_cell


def result_of(function: Callable, *, hint: str = "", seconds: float = 60.0, **namespace: object) -> Result:
    """What a single check says."""
    checks = Checks(seconds=seconds)
    checks.that("it works", hint=hint)(function)
    return checks.run(namespace).results[0]


def calling(answer: Callable, *, seconds: float = 60.0) -> Result:
    """What a check says that only calls the answer."""

    def check(answer):
        answer()

    return result_of(check, seconds=seconds, answer=answer)


# What a check takes


def test_a_check_takes_what_it_needs_by_name() -> None:
    def check(double, start):
        assert double(start) == 6

    assert result_of(check, double=lambda x: 2 * x, start=3, other=0).passed


def test_a_parameter_with_a_default_is_the_checks_own() -> None:
    def check(f, n=3, *, m=4):
        assert f(n, m) == 7

    assert result_of(check, f=lambda n, m: n + m).passed
    assert result_of(check, f=lambda n, m: n + m, n=100).passed


def test_what_is_not_defined_is_not_written_yet() -> None:
    def check(f, g):
        f(g)

    result = result_of(check, f=print)
    assert (result.verdict, result.message) == (MISSING, "g is not defined")


def test_the_decorator_leaves_the_function_as_it_is() -> None:
    def check(): ...

    assert Checks().that("it works")(check) is check


def test_a_cell_that_runs_twice_registers_its_check_once_and_in_place() -> None:
    checks = Checks()
    for claim in ("first", "second", "first"):
        checks.that(claim)(lambda: None)
    assert [check.claim for check in checks.checks] == ["first", "second"]


def test_the_check_of_a_cell_that_runs_twice_is_the_later_one() -> None:
    checks = Checks()
    namespace = {"checks": checks}
    for bound in (1, 2):
        cell = f"@checks.that('it works')\ndef check(x):\n    assert x == {bound}\n"
        run_cell(cell, f"<run {bound}>", namespace)
    assert checks.run({"x": 2}).passed
    assert checks.run({"x": 1}).results[0].expected == "2"


# Verdicts


def test_a_failed_assert_shows_input_got_and_expected() -> None:
    def check(double):
        x = 3
        assert double(x) == 6, "doubling"

    result = result_of(check, double=lambda x: x + 1)
    assert result.verdict == FAILED
    assert result.details() == (
        ("says", "doubling"),
        ("checked", "double(x) == 6"),
        ("x", "3"),
        ("got", "4"),
        ("expected", "6"),
    )


def test_an_assert_that_cannot_be_explained_shows_its_line() -> None:
    namespace = {}
    run_cell("def make(bound):\n    def check(x):\n        assert x == bound\n    return check\n", "<make>", namespace)
    result = result_of(namespace["make"](3), x=2)
    assert (result.verdict, result.message) == (FAILED, "in check: assert x == bound")


@pytest.mark.parametrize("error", [ValueError, SystemExit, GeneratorExit, MemoryError, StopIteration, BaseException])
def test_whatever_the_answer_raises_is_an_error_with_its_line(error: type[BaseException]) -> None:
    def answer():
        raise error("bad")

    result = calling(answer)
    assert (result.verdict, result.message) == (ERROR, f"{error.__name__}('bad')\nin answer: raise error(\"bad\")")


def test_sys_exit_is_reported() -> None:
    result = calling(lambda: sys.exit(3))
    assert (result.verdict, result.message.splitlines()[0]) == (ERROR, "SystemExit(3)")


def test_an_error_within_a_library_shows_the_line_that_called_it() -> None:
    def answer():
        return json.loads("{")

    assert calling(answer).message.endswith('in answer: return json.loads("{")')


def test_recursion_without_end_is_reported() -> None:
    def answer():
        return answer()

    result = calling(answer)
    assert result.verdict == ERROR
    assert "RecursionError" in result.message
    assert len(result.message) < 300


def test_a_comparison_that_gives_an_array_is_an_error() -> None:
    def check(f):
        assert f() == [1, 3]

    result = result_of(check, f=lambda: np.array([1, 2]))
    assert result.verdict == ERROR
    assert "ambiguous" in result.message


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


class UnspeakableAssertion(Unspeakable, AssertionError):
    pass


@pytest.mark.parametrize("error", [Unspeakable, UnspeakableAssertion])
def test_an_error_that_cannot_be_shown_is_named(error: type[Exception]) -> None:
    def answer():
        raise error

    result = calling(answer)
    assert result.caught
    assert result.message.startswith(f"<{error.__name__} whose repr raises RuntimeError>")


class EndlessRepr:
    def __repr__(self) -> str:
        while True:
            pass


class EndlessError(EndlessRepr, Exception):
    pass


class EndlessState:
    def __reduce__(self) -> object:
        while True:
            pass


def raise_endless() -> None:
    raise EndlessError


def compare_endless() -> None:
    assert EndlessRepr() == 1


@pytest.mark.parametrize("answer", [raise_endless, compare_endless])
def test_a_repr_without_end_is_stopped(answer: Callable) -> None:
    assert result_of(answer, seconds=0.1).verdict == SLOW


def test_a_value_that_cannot_be_copied_in_time_is_stopped() -> None:
    def check(x): ...

    assert result_of(check, seconds=0.1, x=EndlessState()).verdict == SLOW


def test_the_interrupt_of_the_reader_ends_the_run() -> None:
    def answer():
        raise KeyboardInterrupt

    out = sys.stdout
    with pytest.raises(KeyboardInterrupt):
        calling(answer)
    assert sys.stdout is out


def test_a_starter_is_not_written_yet() -> None:
    def helper():
        raise NotImplementedError

    def answer():
        return helper()

    result = calling(answer)
    assert (result.verdict, result.details()) == (MISSING, ())
    assert not result.caught


def test_a_not_implemented_error_that_says_something_is_heard() -> None:
    def answer():
        raise NotImplementedError("no sparse input")

    assert calling(answer).message == "no sparse input"


@pytest.mark.parametrize(
    ("body", "shown"),
    [("assert x == 1", ""), ("assert x == 2", "try two"), ("raise NotImplementedError", ""), ("1 / 0", "try two")],
)
def test_the_hint_is_for_an_answer_that_is_wrong(body: str, shown: str) -> None:
    namespace = {}
    run_cell(f"def check(x):\n    {body}\n", f"<{body}>", namespace)
    assert result_of(namespace["check"], hint="try two", x=1).hint == shown


# Time


def loop_for_ever() -> None:
    while True:
        pass


def swallow_everything_in_a_loop() -> None:
    while True:
        with contextlib.suppress(BaseException):
            loop_for_ever()


def swallow_everything_once() -> None:
    with contextlib.suppress(BaseException):
        loop_for_ever()


@pytest.mark.parametrize("answer", [loop_for_ever, swallow_everything_in_a_loop, swallow_everything_once])
def test_an_answer_that_loops_for_ever_is_stopped(answer: Callable) -> None:
    result = calling(answer, seconds=0.1)
    assert (result.verdict, result.message, result.caught) == (SLOW, "stopped after 0.1 s", True)


def test_after_a_slow_check_the_next_ones_run_with_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warmup.checks, "SECONDS_AFTER_A_SLOW_ONE", 0.05)
    checks = Checks(seconds=0.1)
    checks.that("first")(loop_for_ever)
    checks.that("second")(loop_for_ever)
    assert [result.message for result in checks.results({})] == ["stopped after 0.1 s", "stopped after 0.05 s"]


def test_results_come_one_by_one() -> None:
    checks = Checks(seconds=60)
    checks.that("first")(lambda: None)
    checks.that("second")(loop_for_ever)
    assert next(checks.results({})).passed


def test_checks_run_outside_the_main_thread() -> None:
    results = []
    thread = threading.Thread(target=lambda: results.append(calling(lambda: None)))
    thread.start()
    thread.join()
    assert results[0].passed


# What is printed


def test_what_the_answer_prints_is_kept_and_goes_nowhere_else(capsys: pytest.CaptureFixture) -> None:
    def answer():
        print("out")
        print("err", file=sys.stderr)

    assert calling(answer).printed == "out\nerr"
    assert capsys.readouterr() == ("", "")


def test_printing_without_end_fills_no_memory() -> None:
    kept = []

    def answer():
        while True:
            print("x" * 100_000)
            kept.append(len(sys.stdout.getvalue()))

    result = calling(answer, seconds=0.1)
    assert max(kept) <= MAX_PRINTED + 1
    assert (result.verdict, result.printed) == (SLOW, "x" * MAX_PRINTED + " … (cut)")


def test_output_just_short_enough_is_not_cut() -> None:
    assert calling(lambda: print("x" * MAX_PRINTED, end="")).printed == "x" * MAX_PRINTED


def test_an_answer_that_closes_its_output_is_reported() -> None:
    def answer():
        print("before")
        sys.stdout.close()

    assert calling(answer) == Result("it works", PASSED, printed="before")


def test_a_warning_is_shown_without_its_file_each_time() -> None:
    def answer():
        warnings.warn("mind the gap", RuntimeWarning, stacklevel=1)

    warnings.simplefilter("default")
    assert calling(answer).printed == "RuntimeWarning: mind the gap"
    assert calling(answer).printed == "RuntimeWarning: mind the gap"


# Changes in place


def append(values: list) -> None:
    values.append(1)


def set_key(values: dict) -> None:
    values["k"] = [1]


def change_nested(values: dict) -> None:
    values["k"].append(1)


def sort_array(values: np.ndarray) -> None:
    values.sort()


def add_column(frame: pd.DataFrame) -> None:
    frame["y"] = frame["x"] + 1


def set_cell(frame: pd.DataFrame) -> None:
    frame.loc[0, "x"] = 100


CHANGES = [
    (append, [3]),
    (set_key, {}),
    (change_nested, {"k": []}),
    (sort_array, np.array([2, 1])),
    (add_column, pd.DataFrame({"x": [2, 1]})),
    (set_cell, pd.DataFrame({"x": [2, 1]})),
]


@pytest.mark.parametrize(("answer", "data"), CHANGES)
def test_a_change_in_place_is_reported(answer: Callable, data: object) -> None:
    def check(answer, data):
        answer(data)

    result = result_of(check, answer=answer, data=data)
    assert (result.verdict, result.message) == (FAILED, "data was changed in place")


@pytest.mark.parametrize(("answer", "data"), CHANGES)
def test_later_checks_and_the_namespace_see_the_value_unchanged(answer: Callable, data: object) -> None:
    checks, before = Checks(), repr(data)

    @checks.that("first")
    def first(answer, data):
        answer(data)

    @checks.that("second")
    def second(data, before):
        assert repr(data) == before

    report = checks.run({"answer": answer, "data": data, "before": before})
    assert [result.passed for result in report.results] == [False, True]
    assert repr(data) == before


def read_a_frame(frame: pd.DataFrame) -> None:
    frame.groupby("name").x.sum()
    frame.sort_values("x").set_index("name").loc["a"]
    frame.to_numpy(), frame.describe(), frame.index.is_unique, repr(frame)


def read_a_collection(values: dict) -> None:
    sorted(values["numbers"]), values.get("absent"), list(values.items())


@pytest.mark.parametrize(
    ("answer", "data"),
    [
        (read_a_frame, pd.DataFrame({"name": ["a", "b", "a"]}).assign(x=[1.0, float("nan"), 2.0])),
        (read_a_collection, {"numbers": {3, 1, 2}, "text": "words", "nan": float("nan")}),
        (np.sort, np.array([2.0, float("nan")])),
    ],
)
def test_reading_is_no_change(answer: Callable, data: object) -> None:
    def check(answer, data):
        answer(data)

    assert result_of(check, answer=answer, data=data).passed


def test_a_failure_comes_before_a_change() -> None:
    def check(values):
        values.append(1)
        assert len(values) == 3

    assert result_of(check, values=[]).got == "1"


@pytest.mark.parametrize("value", [json, threading.Lock(), (n for n in [1]), len, Checks])
def test_what_cannot_be_copied_is_handed_on(value: object) -> None:
    def check(value, same):
        assert same(value)

    assert result_of(check, value=value, same=lambda other: other is value).passed


class Model:
    def __init__(self) -> None:
        self.weights = [0]

    def __call__(self) -> list:
        self.weights.append(1)
        return self.weights


def test_an_object_that_can_be_called_is_copied_too() -> None:
    def check(model):
        model()

    model = Model()
    assert result_of(check, model=model).message == "model was changed in place"
    assert model.weights == [0]


# raises and unchanged


@pytest.mark.parametrize(
    ("error", "words"),
    [(ValueError, ()), (ValueError, ("K", "positive")), ((TypeError, ValueError), ("k",)), (Exception, ())],
)
def test_raises_accepts_the_error_with_its_words(error: type | tuple, words: tuple) -> None:
    with raises(error, *words):
        raise ValueError("k must be positive")


@pytest.mark.parametrize(
    ("block", "error", "words", "message"),
    [
        (lambda: None, ValueError, (), "nothing was raised; expected ValueError"),
        (
            lambda: None,
            (ValueError, KeyError),
            ("k",),
            "nothing was raised; expected ValueError or KeyError that mentions k",
        ),
        (
            lambda: int("x"),
            KeyError,
            (),
            "ValueError(\"invalid literal for int() with base 10: 'x'\") was raised; expected KeyError",
        ),
        (lambda: {}["x"], KeyError, ("empty",), "KeyError('x') was raised; expected KeyError that mentions empty"),
    ],
)
def test_raises_says_what_happened_instead(block: Callable, error: type | tuple, words: tuple, message: str) -> None:
    with pytest.raises(AssertionError) as caught, raises(error, *words):
        block()
    assert str(caught.value) == message


def test_raises_can_expect_an_exit() -> None:
    with raises(SystemExit):
        sys.exit()


def test_a_starter_within_raises_is_not_written_yet() -> None:
    def check(f):
        with raises(ValueError):
            f()

    def starter():
        raise NotImplementedError

    assert result_of(check, f=starter).verdict == MISSING


def test_raises_does_not_hold_up_the_time_limit() -> None:
    def check():
        with raises(Exception):
            loop_for_ever()

    assert result_of(check, seconds=0.1).verdict == SLOW


def test_unchanged_says_what_was_changed() -> None:
    X, y = [1], [2]
    with pytest.raises(AssertionError) as caught, unchanged(X=X, y=y):
        y.append(3)
    assert str(caught.value) == "y was changed in place; it is now [2, 3]"


def test_unchanged_accepts_a_block_that_only_reads() -> None:
    X = np.array([2, 1])
    with unchanged(X=X):
        np.sort(X)


def test_unchanged_refuses_what_it_cannot_watch() -> None:
    with pytest.raises(TypeError, match="a change of f could not be seen"), unchanged(X=[1], f=lambda: None):
        pass


# The report


def shop() -> Checks:
    """Three checks: of these, `double` fails one and has not defined what the other needs."""
    checks = Checks()

    @checks.that("doubles")
    def doubles(double):
        assert double(2) == 4

    @checks.that("doubles text", hint="repeat it")
    def doubles_text(double):
        word = "ab"
        assert double(word) == "abab", "text\nof two lines"

    @checks.that("halves")
    def halves(half):
        assert half(2) == 1

    return checks


def double(x: object) -> object:
    return x + x if x == 2 else object()


def test_a_report_reads_as_text() -> None:
    assert repr(shop().run({"double": double})) == (
        "1 of 3 checks pass\n"
        "✓ doubles\n"
        "✗ doubles text (failed)\n"
        "    says:\n"
        "        text\n"
        "        of two lines\n"
        "    checked: double(word) == 'abab'\n"
        "    word: 'ab'\n"
        "    got: <object object at 0x…>\n"
        "    expected: 'abab'\n"
        "    hint: repeat it\n"
        "… halves (not written yet)\n"
        "    says: half is not defined"
    )


def test_a_report_reads_as_a_table() -> None:
    table = shop().run({"double": double})._repr_html_()
    assert "<caption>1 of 3 checks pass</caption>" in table
    assert "<td>✓</td><td>doubles</td><td></td>" in table
    assert "<div>got: <code>&lt;object object at 0x…&gt;</code></div>" in table
    assert "<div>says: <pre>text\nof two lines</pre></div>" in table
    assert "<div>hint: repeat it</div>" in table


def test_a_report_passes_when_each_of_its_checks_does() -> None:
    passed = Result("a", PASSED)
    assert Report((passed, passed)).passed
    assert not Report((passed, replace(passed, verdict=MISSING))).passed


EVIL = "<script>alert('&')</script>"


class Evil:
    def __repr__(self) -> str:
        return EVIL


def test_everything_in_a_table_is_escaped() -> None:
    checks = Checks()

    @checks.that(f"claim {EVIL}", hint=f"hint {EVIL}")
    def check(f, evil, text):
        print(text)
        assert f(evil) == text, text

    @checks.that("lines")
    def lines(text):
        raise ValueError(f"{text}\n{text}")

    @checks.that("error")
    def error(text):
        raise ValueError(text)

    checks.catches(f"label {EVIL}", because=f"because {EVIL}", f=lambda evil: Evil())
    namespace = {"f": lambda evil: evil, "evil": Evil(), "text": EVIL}
    table = checks.run(namespace)._repr_html_()
    assert "<script" not in table
    assert table.count("&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;") >= 8
    checks.checks = checks.checks[:1]
    right = {**namespace, "f": lambda evil: EVIL}
    wrong = checks.wrong_answers(right)._repr_html_()
    assert "<script" not in wrong
    assert wrong.count("&lt;script&gt;") == 6


PAGE = """
import warnings
from warmup.checks import Checks

checks = Checks()

@checks.that("shows")
def shows(f):
    some = f()
    assert (some, f) == {"b", "a", "c"}, f"{f}"

@checks.that("prints")
def prints(f):
    print(object(), f)
    warnings.warn("careful")
    assert len(f()) == 2

@checks.that("raises")
def fails(f):
    raise AttributeError(f, object())

def f():
    return {"x", "y", "z", object}

report = checks.run(globals())
print(report, report._repr_html_())
"""


def test_text_and_table_are_the_same_in_every_run_on_the_standard_library_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(PAGE, encoding="utf-8")
    runs = [
        subprocess.run(
            [sys.executable, "-S", page],
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "✗ shows (failed)" in runs[0]
    assert "0x7" not in runs[0]


# Wrong answers


def right_and_wrong(seconds: float = 60.0) -> tuple[Checks, dict]:
    """Two checks of `absolute`, and a namespace with the right answer."""
    checks = Checks(seconds=seconds)

    @checks.that("a negative number loses its sign", hint="compare with 0")
    def negative(absolute):
        n = -2
        assert absolute(n) == 2, "wrong sign"

    @checks.that("zero stays zero")
    def zero(absolute):
        assert absolute(0) == 0

    return checks, {"absolute": abs}


def test_wrong_answers_that_are_caught_make_a_table() -> None:
    checks, answer = right_and_wrong()
    checks.catches("x", because="no one tries it below 0", absolute=lambda x: x)
    checks.catches("abs(x) or 1", because="0 is false", by="zero stays zero", absolute=lambda x: abs(x) or 1)
    checks.catches("1", because="lazy", absolute=lambda x: 1)
    assert repr(checks.wrong_answers(answer)) == (
        "3 of 3 wrong answers are caught\n"
        "✓ x\n"
        "    why it tempts: no one tries it below 0\n"
        "    caught by: a negative number loses its sign\n"
        "    says: wrong sign\n"
        "    got: -2\n"
        "    expected: 2\n"
        "✓ abs(x) or 1\n"
        "    why it tempts: 0 is false\n"
        "    caught by: zero stays zero\n"
        "    got: 1\n"
        "    expected: 0\n"
        "✓ 1\n"
        "    why it tempts: lazy\n"
        "    caught by: a negative number loses its sign; zero stays zero\n"
        "    says: wrong sign\n"
        "    got: 1\n"
        "    expected: 2"
    )
    assert "<td>✓</td><td>x</td><td>no one tries it below 0</td>" in checks.wrong_answers(answer)._repr_html_()


def test_the_answer_is_left_in_place() -> None:
    checks, answer = right_and_wrong()
    checks.catches("x", because="it is short", absolute=lambda x: x)
    checks.wrong_answers(answer)
    assert answer == {"absolute": abs}


def test_a_wrong_answer_that_survives_is_an_error() -> None:
    checks, answer = right_and_wrong()
    checks.catches("max(x, -x)", because="it looks odd", absolute=lambda x: max(x, -x))
    with pytest.raises(WrongAnswerSurvives, match=r"^'max\(x, -x\)' is not caught by any check\n2 of 2 checks pass"):
        checks.wrong_answers(answer)


def test_a_wrong_answer_has_to_be_caught_by_the_check_named_for_it() -> None:
    checks, answer = right_and_wrong()
    checks.catches("x", because="it is short", by="zero stays zero", absolute=lambda x: x)
    with pytest.raises(WrongAnswerSurvives, match=r"^'x' is not caught by the check 'zero stays zero'\n"):
        checks.wrong_answers(answer)


def test_a_wrong_answer_that_is_not_written_is_not_caught() -> None:
    def starter(x):
        raise NotImplementedError

    checks, answer = right_and_wrong()
    checks.catches("later", because="there is no time", absolute=starter)
    with pytest.raises(WrongAnswerSurvives, match="0 of 2 checks pass"):
        checks.wrong_answers(answer)


@pytest.mark.parametrize("wrong", [lambda x: 1 / 0, lambda x: sys.exit(), lambda x: loop_for_ever()])
def test_a_wrong_answer_that_breaks_is_caught(wrong: Callable) -> None:
    checks, answer = right_and_wrong(seconds=0.5)
    checks.catches("it breaks", because="it is fun", by="zero stays zero", absolute=wrong)
    assert len(checks.wrong_answers(answer).rows) == 1


def uses_a_name_that_nothing_defines(x: int) -> int:
    return absolut(x)  # noqa: F821


def uses_a_module_that_is_not_there(x: int) -> int:
    return __import__("no_such_module").absolute(x)


def uses_a_function_that_the_module_lacks(x: int) -> int:
    return sys.absolute(x)


@pytest.mark.parametrize(
    "wrong",
    [uses_a_name_that_nothing_defines, uses_a_module_that_is_not_there, uses_a_function_that_the_module_lacks],
)
def test_code_that_does_not_run_is_no_wrong_answer(wrong: Callable) -> None:
    checks, answer = right_and_wrong()
    checks.catches("a slip", because="it is late", absolute=wrong)
    with pytest.raises(NameError, match=r"^'a slip' is no wrong answer: it does not run\n0 of 1 checks pass"):
        checks.wrong_answers(answer)


def test_code_that_does_not_run_is_seen_through_a_check_of_bad_input() -> None:
    checks = Checks()

    @checks.that("text is refused")
    def text(absolute):
        with raises(ValueError):
            absolute("x")

    def right(x: object) -> object:
        raise ValueError(x)

    checks.catches("a slip", because="it is late", absolute=uses_a_name_that_nothing_defines)
    with pytest.raises(NameError, match="does not run"):
        checks.wrong_answers({"absolute": right})


def test_a_wrong_answer_that_loops_gets_less_time_after_the_first_check(monkeypatch: pytest.MonkeyPatch) -> None:
    given, run = [], warmup.checks._run

    def noted(check: Check, namespace: dict, seconds: float) -> Result:
        given.append(seconds)
        return run(check, namespace, seconds)

    monkeypatch.setattr(warmup.checks, "_run", noted)
    monkeypatch.setattr(warmup.checks, "SECONDS_AFTER_A_SLOW_ONE", 0.05)
    checks, answer = right_and_wrong(seconds=0.5)
    checks.catches("loop", because="it ends one day", absolute=lambda x: loop_for_ever())
    checks.wrong_answers(answer)
    assert given == [0.5, 0.5, 0.5, 0.05]


def test_a_wrong_answer_that_names_an_absent_check_is_refused() -> None:
    checks, _ = right_and_wrong()
    with pytest.raises(ValueError, match="'x': there is no check 'no such claim'"):
        checks.catches("x", because="it is short", by="no such claim", absolute=lambda x: x)


def test_a_wrong_answer_that_replaces_nothing_is_refused() -> None:
    checks, _ = right_and_wrong()
    with pytest.raises(TypeError, match="'x': give the names that the wrong answer replaces"):
        checks.catches("x", because="it is short")


def test_a_wrong_answer_that_replaces_an_unknown_name_is_an_error() -> None:
    checks, answer = right_and_wrong()
    checks.catches("x", because="it is short", absolut=lambda x: x)
    with pytest.raises(ValueError, match="'x' replaces absolut, which the answer does not define"):
        checks.wrong_answers(answer)


def test_a_wrong_answer_whose_cell_runs_twice_is_registered_once() -> None:
    checks, answer = right_and_wrong()
    checks.catches("x", because="first", absolute=abs)
    checks.catches("x", because="second", absolute=lambda x: x)
    assert [row[2] for row in checks.wrong_answers(answer).rows] == ["second"]


def test_a_right_answer_that_fails_is_an_error() -> None:
    checks, _ = right_and_wrong()
    with pytest.raises(RightAnswerFails, match=r"does not pass its checks\n1 of 2 checks pass"):
        checks.wrong_answers({"absolute": lambda x: x})


def test_a_right_answer_that_is_absent_is_an_error() -> None:
    checks, _ = right_and_wrong()
    with pytest.raises(RightAnswerFails, match="absolute is not defined"):
        checks.wrong_answers({})


def test_a_page_without_checks_proves_nothing() -> None:
    with pytest.raises(RightAnswerFails, match="there are no checks"):
        Checks().wrong_answers({"absolute": abs})

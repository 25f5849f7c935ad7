"""A failed `assert` says what it compared, without the author writing it, and means the same as before."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from warmup.explain import Mismatch, explained, show
from warmup.pages import run_cell


def written(source: str) -> Callable:
    """The function `check` of a cell, explained."""
    namespace = {"math": math, "np": np, "pd": pd}
    run_cell(source, f"<cell {hash(source)}>", namespace)
    return explained(namespace["check"])


def asserted(test: str, **values: object) -> Mismatch:
    """What `assert test` raises in a check that takes `values`."""
    check = written(f"def check({', '.join(values)}):\n    assert {test}\n")
    with pytest.raises(Mismatch) as caught:
        check(**values)
    return caught.value


@pytest.mark.parametrize(
    ("test", "got", "expected"),
    [
        ("x == 2", "1", "2"),
        ("x + 1 == 3", "2", "3"),
        ("x != 1", "1", "not 1"),
        ("x < 1", "1", "less than 1"),
        ("x <= 0", "1", "at most 0"),
        ("x > 1", "1", "more than 1"),
        ("x >= 2", "1", "at least 2"),
        ("x is None", "1", "None"),
        ("x is not x", "1", "not 1"),
        ("x in [2, 3]", "1", "one of [2, 3]"),
        ("x not in [1]", "1", "none of [1]"),
        ("math.isclose(x, 2.5)", "1", "2.5"),
        ("np.allclose([x], [2.0])", "[1]", "[2.0]"),
        ("np.isclose(x, 2, atol=0.1)", "1", "2"),
        ("np.array_equal([x], [2])", "[1]", "[2]"),
        ("pd.Series([x]).equals(pd.Series([2]))", "0    1\ndtype: int64", "0    2\ndtype: int64"),
        ("(n := x + 1) == 3", "2", "3"),
        ("sorted(i for i in (3, x)) == [3]", "[1, 3]", "[3]"),
        ("x == float('nan')", "1", "nan"),
        ("float('nan') == float('nan')", "nan", "nan"),
    ],
)
def test_a_comparison_shows_both_sides(test: str, got: str, expected: str) -> None:
    error = asserted(test, x=1)
    assert (error.got, error.expected) == (got, expected)


@pytest.mark.parametrize(
    "test",
    ["x == 1 and x > 3", "x > 3 or x < 0", "0 < x < 1", "not x", "x == 1 == 2", "all((i > 1 for i in [x]))"],
)
def test_any_other_test_shows_itself_and_what_it_names(test: str) -> None:
    error = asserted(test, x=1)
    assert (error.source, error.inputs) == (test, {"x": "1"})
    assert (error.got, error.expected) == (None, None)


def test_a_name_that_is_compared_is_not_shown_twice() -> None:
    error = asserted("got == expected + k", got=1, expected=2, k=3)
    assert error.inputs == {"expected": "2", "k": "3"}


def test_functions_and_names_of_a_comprehension_are_not_inputs() -> None:
    assert asserted("len([i for i in xs]) == f(3)", xs=[1], f=abs).inputs == {"xs": "[1]"}


def test_the_message_of_the_author_is_kept() -> None:
    error = asserted("x == 2, f'x is {x}'", x=1)
    assert (error.message, str(error)) == ("x is 1", "x is 1")


def test_without_a_message_the_error_reads_as_its_source() -> None:
    assert str(asserted("x == 2", x=1)) == "x == 2"


@pytest.mark.parametrize(
    "body",
    [
        "for n in range(3):\n        assert n < 2",
        "def inner(n):\n        assert n < 2\n    inner(2)",
        "n = 2\n    if n:\n        try:\n            pass\n        finally:\n            assert n < 2",
        "class Inner:\n        n = 2\n        assert n < 2",
    ],
    ids=["loop", "nested function", "finally", "class"],
)
def test_an_assert_within_a_block_is_explained(body: str) -> None:
    check = written(f"def check():\n    {body}\n")
    with pytest.raises(Mismatch) as caught:
        check()
    assert (caught.value.got, caught.value.expected) == ("2", "less than 2")


def test_both_sides_are_evaluated_once_from_left_to_right() -> None:
    calls = []

    def side(value: int) -> int:
        calls.append(value)
        return value

    asserted("side(1) == side(2)", side=side)
    assert calls == [1, 2]


def test_a_generator_is_used_up_by_the_comparison_alone() -> None:
    assert asserted("list(numbers) == [1]", numbers=iter([1, 2])).got == "[1, 2]"


def test_the_message_is_not_evaluated_when_the_assert_holds() -> None:
    written("def check():\n    assert True, 1 / 0\n")()


def test_a_comparison_of_arrays_is_as_ambiguous_as_before() -> None:
    check = written("def check():\n    assert np.array([1, 2]) == np.array([1, 3])\n")
    with pytest.raises(ValueError, match="ambiguous"):
        check()


def test_a_call_with_starred_arguments_keeps_its_meaning() -> None:
    assert asserted("np.allclose(*pair, 0.1)", pair=(1, 2)).inputs == {"pair": "(1, 2)"}


def test_defaults_are_kept_and_not_evaluated_again() -> None:
    check = written("made = []\ndef check(a=made.append(1), *, b=len(made)):\n    return a, b, made\n")
    assert check() == (None, 1, [1])


def test_decorators_do_not_run_again() -> None:
    decorator = "runs = []\ndef once(function):\n    runs.append(1)\n    return function\n"
    assert written(f"{decorator}@once\ndef check():\n    return runs\n")() == [1]


def test_names_of_the_page_are_looked_up_when_the_check_runs_and_none_is_added() -> None:
    namespace = {}
    run_cell("def check():\n    assert later == 2\n", "<cell later>", namespace)
    check = explained(namespace["check"])
    namespace["later"] = 2
    check()
    assert set(namespace) == {"__builtins__", "check", "later"}


def test_annotations_stay_text_where_the_page_says_so() -> None:
    written("from __future__ import annotations\ndef check(x: Missing = 1):\n    assert x == 1\n")()


def test_annotations_in_a_check_are_objects_as_in_its_page() -> None:
    check = written("def check():\n    def inner(x: int): ...\n    return inner.__annotations__\n")
    assert check() == {"x": int}


def test_a_traceback_shows_the_line_of_the_page() -> None:
    check = written("\n\ndef check():\n    x = 1\n    assert x == 2\n")
    with pytest.raises(Mismatch) as caught:
        check()
    assert caught.traceback[-1].lineno + 1 == 5


def test_a_closure_is_returned_as_it_is() -> None:
    bound = 2

    def check() -> None:
        assert bound == 3

    assert explained(check) is check


def test_a_function_without_source_is_returned_as_it_is() -> None:
    namespace = {}
    exec("def check():\n    assert False\n", namespace)
    assert explained(namespace["check"]) is namespace["check"]


@pytest.mark.parametrize("function", [lambda: None, len, np.sum], ids=["lambda", "built in", "dispatcher"])
def test_what_has_no_definition_to_read_is_returned_as_it_is(function: Callable) -> None:
    assert explained(function) is function


def test_a_wrapped_function_keeps_its_wrapper() -> None:
    inner = "import functools\ndef check():\n    return 'inner'\n"
    assert written(f"{inner}@functools.wraps(check)\ndef check():\n    return 'wrapper'\n")() == "wrapper"


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError


class Tall:
    def __repr__(self) -> str:
        return "\n".join("abcdefghijklmnopqrstuvwxyz")


def test_a_value_whose_repr_raises_is_named_by_its_type() -> None:
    assert show(Broken()) == "<Broken whose repr raises RuntimeError>"
    assert show({1: Broken()}) == "<dict whose repr raises RuntimeError>"


def test_memory_addresses_are_not_shown() -> None:
    assert show([object(), Mismatch]) == "[<object object at 0x…>, <class 'warmup.explain.Mismatch'>]"


def test_hexadecimal_values_are_shown_in_full() -> None:
    assert show("0xdeadbeef") == "'0xdeadbeef'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b", "a", "c"}, "{'a', 'b', 'c'}"),
        ({10, 9, 100}, "{9, 10, 100}"),
        (frozenset({"b", "a"}), "frozenset({'a', 'b'})"),
        ({"k": [{"b", "a"}]}, "{'k': [{'a', 'b'}]}"),
        ({frozenset({"b", "a"}), frozenset({"d", "c"})}, "{frozenset({'a', 'b'}), frozenset({'c', 'd'})}"),
        ({2: "z", 1: "{"}, "{2: 'z', 1: '{'}"),
        (set(), "set()"),
        ({}, "{}"),
    ],
)
def test_sets_are_shown_in_order_and_dicts_in_their_own(value: object, text: str) -> None:
    assert show(value) == text


def test_a_long_value_is_cut_in_the_middle() -> None:
    assert show("a" * 500 + "z", limit=30) == f"'{'a' * 19} … {'a' * 8}z'"


def test_a_value_of_many_lines_is_cut_at_the_end() -> None:
    assert show(Tall()).splitlines() == [*"abcdefghijkl", "…"]

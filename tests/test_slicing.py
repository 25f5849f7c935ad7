"""Of a page's cells, what some code leads to is kept, and no import that it does without."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from practice.request import cells, earlier, pages_modules, wanted_modules
from practice.slicing import acts_on, binds, modules, needed, uses


def kept(source: str, *wanted: str) -> str:
    """What of one cell the names need."""
    return needed((dedent(source).strip(),), frozenset(wanted))[0]


def statement(source: str) -> ast.stmt:
    return ast.parse(dedent(source).strip()).body[0]


# Imports


@pytest.mark.parametrize(
    ("source", "wanted", "expected"),
    [
        ("import numpy as np\nimport pandas as pd", "np", "import numpy as np"),
        ("import numpy as np, pandas as pd", "pd", "import pandas as pd"),
        ("from math import (\n    cos,\n    sin as sine,\n    tan,\n)", "sine", "from math import sin as sine"),
        ("import os.path", "os", "import os.path"),
        ("import scipy.stats as stats", "scipy", ""),
        ("from . import data", "data", "from . import data"),
    ],
)
def test_an_import_is_cut_to_the_names_wanted(source: str, wanted: str, expected: str) -> None:
    assert kept(source, wanted) == expected


def test_an_import_in_a_block_is_kept_with_the_block() -> None:
    source = "try:\n    import a\nexcept ImportError:\n    a = None"
    assert kept(source, "a") == source
    assert kept(source, "b") == ""


def test_an_import_is_kept_for_what_it_serves() -> None:
    source = """
        import math
        import numpy as np

        def area(radius):
            return math.pi * radius**2

        def total(values):
            return np.sum(values)
    """
    assert "numpy" not in kept(source, "area")
    assert kept(source, "area").startswith("import math\n")
    assert "math" not in kept(source, "total")


# Statements


def test_nothing_wanted_is_nothing_kept() -> None:
    assert needed(("x = 1", "import os\nprint(x)"), frozenset({"y"})) == ("", "")


def test_each_cell_keeps_its_place() -> None:
    sources = ("import os\nx = 1", "import re", "y = x + 1\nassert y == 2")
    assert needed(sources, frozenset({"y"})) == ("x = 1", "", "y = x + 1")


def test_what_only_looks_is_left_out() -> None:
    assert kept("x = 1\nassert x == 1\nprint(x)\nx\nlen(str(x))", "x") == "x = 1"


def test_functions_bring_the_functions_that_they_call() -> None:
    source = """
        def first(): return second()
        def second(): return (lambda: THIRD)()
        THIRD = 3
        def other(): return first()
    """
    assert kept(source, "first") == dedent(source).strip().rsplit("\n", 1)[0]


def test_decorators_are_kept_with_what_they_decorate() -> None:
    source = """
        from functools import cache, wraps
        from dataclasses import dataclass

        @cache
        # A comment between.
        @wraps(print)
        def f(x):
            return x

        @dataclass(
            frozen=True,
        )
        class Point:
            x: int
    """
    assert kept(source, "f").endswith(dedent("""
        @cache
        # A comment between.
        @wraps(print)
        def f(x):
            return x
    """).strip())  # fmt: skip
    assert kept(source, "f").startswith("from functools import cache, wraps\n@cache")
    assert kept(source, "Point").startswith(
        "from dataclasses import dataclass\n@dataclass(\n    frozen=True,\n)\nclass"
    )


def test_a_class_brings_bases_defaults_and_annotations() -> None:
    source = "A = object\nB = 1\nC = int\nD = 4\nclass E(A):\n    x: C = B"
    assert kept(source, "E") == "A = object\nB = 1\nC = int\nclass E(A):\n    x: C = B"


def test_a_name_bound_twice_keeps_both_in_order() -> None:
    source = "x = [1]\ny = x\nx = 2\ny = x\nz = 3"
    assert kept(source, "y") == "x = [1]\ny = x\nx = 2\ny = x"
    assert needed(("x = 1", "x += 1", "x"), frozenset({"x"})) == ("x = 1", "x += 1", "")


def test_text_that_only_mentions_a_name_is_no_use_of_it() -> None:
    assert uses("'np' # np\ndef f(np): pass\nnp = 1\nx.np") == {"x"}


@pytest.mark.parametrize("source", ["def f(:", "x = '\0'", "x = '\ud800'", "-" * 100_000 + "1"])
def test_code_that_does_not_parse_leads_to_nothing(source: str) -> None:
    assert uses(source) == frozenset()
    assert modules(source) == frozenset()
    assert wanted_modules({"earlier": ["import numpy"], "answer": source}) == []


# What acts on a name


def test_methods_called_for_their_effect_are_kept() -> None:
    source = """
        import pint
        ureg = pint.UnitRegistry()
        units = ("req = [request]", "EUR = [money]")
        for unit in units:
            ureg.define(unit)
        ureg.formatter.default_format = "~P"
        other = {}
        other.update(a=1)
        rate = 5 * ureg.req
    """
    lines = kept(source, "rate")
    assert "    ureg.define(unit)" in lines
    assert "units = " in lines
    assert "default_format" in lines
    assert "other" not in lines


@pytest.mark.parametrize(
    ("source", "acted_on"),
    [
        ("a.append(b)", {"a", "b"}),
        ("rng.shuffle(a.b[0])", {"rng", "a"}),
        ("a[0].b.sort()", {"a"}),
        ("a[0] = b", {"a"}),
        ("a.b += 1", {"a"}),
        ("a[0]: int = 1", {"a"}),
        ("del a[0]", {"a"}),
        ("if x:\n    while y:\n        a.pop()", {"a"}),
        ("with x as a[0]:\n    pass", set()),
        ("def f():\n    a.append(1)", set()),
        ("class A:\n    a.append(1)", set()),
        ("print(a)", set()),
        ("b = a.pop()", set()),
        ("f().append(1)", set()),
    ],
)
def test_what_a_statement_acts_on(source: str, acted_on: set[str]) -> None:
    assert acts_on(statement(source)) == acted_on


@pytest.mark.parametrize(
    ("source", "bound"),
    [
        ("a = b = 1", {"a", "b"}),
        ("a, (b, *c) = d", {"a", "b", "c"}),
        ("a: int = 1", {"a"}),
        ("a += 1", {"a"}),
        ("for a in b:\n    c = 1", {"a", "c"}),
        ("with b as a:\n    pass", {"a"}),
        ("if (a := b):\n    pass", {"a"}),
        ("try:\n    a = 1\nfinally:\n    b = 2", {"a", "b"}),
        ("def a(b=c):\n    d = 1", {"a"}),
        ("class a:\n    b = 1", {"a"}),
        ("async def a(): pass", {"a"}),
        ("import a.b, c as d", {"a", "d"}),
        ("f = lambda a: (b := a)", {"f"}),
        ("a.b = 1", set()),
        ("a[0] = 1", set()),
        ("print(a)", set()),
    ],
)
def test_what_a_statement_binds(source: str, bound: set[str]) -> None:
    assert binds(statement(source)) == bound


# Modules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os, numpy.linalg as la", {"numpy"}),
        ("from scipy import stats", {"scipy"}),
        ("def f():\n    import pandas\n    from sklearn.tree import export_text", {"pandas", "sklearn"}),
        ("from . import numpy\nfrom .numpy import x", set()),
        ("'import numpy'", set()),
        ("import collections.abc\nfrom __future__ import annotations", set()),
    ],
)
def test_modules_are_those_outside_the_standard_library(source: str, expected: set[str]) -> None:
    assert modules(source) == expected


# A request


def test_an_answer_pays_for_what_it_uses_alone() -> None:
    request = {
        "earlier": ["import numpy as np\nimport pandas as pd\nROWS = pd.DataFrame()"],
        "checks": ["from warmup.checks import Checks\nchecks = Checks()"],
    }
    assert wanted_modules({**request, "answer": ""}) == []
    assert wanted_modules({**request, "answer": "np.ones(3)"}) == ["numpy"]
    assert wanted_modules({**request, "answer": "len(ROWS)"}) == ["pandas"]
    assert wanted_modules({**request, "answer": "def f(x):\n    import torch\n    return np.ones(x)"}) == [
        "numpy",
        "torch",
    ]
    assert pages_modules({**request, "answer": "import torch\nnp.ones(1)"}) == {"numpy"}


def test_checks_pay_for_what_they_use() -> None:
    request = {"earlier": ["import numpy as np"], "checks": ["import scipy\ndef f(): return np"], "answer": ""}
    assert wanted_modules(request) == ["numpy", "scipy"]
    assert earlier(request) == ("import numpy as np",)


def test_shown_cells_stand_as_they_are_and_the_others_serve_them() -> None:
    request = {
        "earlier": ["import math\nimport re\nn = 2"],
        "cells": ["k = n\nprint(k)", "unused = 1\nm = math.floor(k)", "print(m)"],
        "shown": [0, 2],
    }
    assert earlier(request) == ("import math\nn = 2",)
    assert cells(request) == ("k = n\nprint(k)", "m = math.floor(k)", "print(m)")

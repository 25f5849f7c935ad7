"""What the build tells a page of its cells: which are an exercise, which are estimates that a reader can change."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
import pytest

from tools.practice_facts import EXPERIMENTS, code_cells, coding_facts, estimates, exercise, request, starter
from warmup.pages import Page, pages

ALL = pages()
each_page = pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
each_coding_page = pytest.mark.parametrize("page", [p for p in ALL if p.kind == "coding"], ids=lambda page: page.name)
each_design_page = pytest.mark.parametrize("page", [p for p in ALL if p.kind == "design"], ids=lambda page: page.name)


# Cells by number


@each_page
def test_numbers_are_those_of_the_code_cells(page: Page) -> None:
    """On the built page there is one element for each code cell of the notebook, and none for the others."""
    notebook = nbformat.read(page.notebook, as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code_cells(page)] == code


@each_coding_page
def test_an_exercise_names_its_cells(page: Page) -> None:
    cells, found = code_cells(page), exercise(page)
    assert [cells[n].tags[0] for n in found["earlier"]] == ["setup"] * len(found["earlier"])
    assert found["earlier"]
    assert all("starter" in cells[n].tags and "raise NotImplementedError" in cells[n].source for n in found["starter"])
    assert all("checks" in cells[n].tags for n in found["checks"])
    assert max(found["earlier"]) < max(found["checks"])
    *starters, runs = found["replaced"]
    assert starters == found["starter"]
    assert cells[runs].source == "checks.run(globals())"
    assert {cells[n].part for n in found["replaced"]} == {"Try it"}


@each_coding_page
def test_the_panel_sends_what_the_facts_name(page: Page) -> None:
    cells, found = code_cells(page), coding_facts(page)
    sent = request(page, "answer")
    assert sent["earlier"] == [cells[n].source for n in found["earlier"]]
    assert sent["checks"] == [cells[n].source for n in found["checks"]]
    assert sent["answer"] == "answer"
    assert starter(page) == "\n\n\n".join(cells[n].source for n in found["starter"])
    assert "checks = Checks(" in "".join(sent["checks"])


CODING = """# A page

## The question

```{code-cell} ipython3
:tags: [setup]

A = 1
```

## Try it

```{code-cell} ipython3
:tags: [starter]

def f(): ...
```

```{code-cell} ipython3
A
```

```{code-cell} ipython3
:tags: [setup]

B = 2
```

```{code-cell} ipython3
:tags: [starter]

def g(): ...
```

```{code-cell} ipython3
:tags: [checks]

checks = Checks()
```

```{code-cell} ipython3
checks.run(globals())
```

## Worked solution

```{code-cell} ipython3
:tags: [setup]

C = 3
```

```{code-cell} ipython3
checks.run(globals())
```
"""


def test_a_starter_may_stand_in_parts_and_setup_of_the_solution_is_not_given(write_page: Callable[..., Page]) -> None:
    page = write_page("coding/01-a", CODING)
    assert exercise(page) == {"earlier": [0, 3], "starter": [1, 4], "checks": [5], "replaced": [1, 4, 6]}
    assert starter(page) == "def f(): ...\n\n\ndef g(): ..."
    assert request(page, "f()") == {"earlier": ["A = 1", "B = 2"], "checks": ["checks = Checks()"], "answer": "f()"}


@each_design_page
def test_an_estimate_names_cells_in_order_and_no_experiment(page: Page) -> None:
    cells = code_cells(page)
    for estimate in estimates(page):
        number, earlier, following, shown = (estimate[key] for key in ("cell", "earlier", "following", "shown"))
        assert shown[0] == following[0] == number
        assert shown[-1] == following[-1]
        assert [*earlier, *following] == sorted({*earlier, *following})
        assert set(shown) <= set(following)
        assert all("estimate" in cells[n].tags and cells[n].part == cells[number].part for n in shown)
        assert not {cells[n].part for n in (*earlier, *following)} & set(EXPERIMENTS)


# Estimates of a page that is made for it


DESIGN = """# A page

## Estimate

```{code-cell} ipython3
import math
import numpy as np
import torch

n = 2
```

```{code-cell} ipython3
:tags: [estimate]

m = n + 1
m
```

```{code-cell} ipython3
:tags: [estimate]

print(torch.ones(m))
```

```{code-cell} ipython3
:tags: [estimate]

print(np.ones(m))
```

```{code-cell} ipython3
k = math.floor(m)
```

```{code-cell} ipython3
:tags: [estimate]

print(k)
```

## Evidence

```{code-cell} ipython3
:tags: [evidence]

measured = 3
m = 1
```

```{code-cell} ipython3
:tags: [estimate]

measured
```

## Security, privacy and cost

```{code-cell} ipython3
:tags: [estimate]

m * measured
```

```{code-cell} ipython3
:tags: [estimate]

m * k
```
"""


def test_an_estimate_is_offered_where_it_can_run(write_page: Callable[..., Page]) -> None:
    """Not with a module that the browser lacks, nor with what an experiment has measured, nor in an experiment."""
    offered = {estimate.pop("cell"): estimate for estimate in estimates(write_page("design/01-a", DESIGN))}
    assert list(offered) == [1, 3, 5, 9]
    assert [offered[n]["shown"] for n in offered] == [[1, 5], [3, 5], [5], [9]]
    assert [offered[n]["following"] for n in offered] == [[1, 2, 3, 4, 5], [3, 4, 5], [5], [9]]
    assert offered[9]["earlier"] == [0, 1, 2, 3, 4, 5, 8]
    assert [offered[n]["packages"] for n in offered] == [[], ["NumPy"], [], []]

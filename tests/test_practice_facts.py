"""What the build tells a page of its practice: which cells, which packages, how large."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from tools import practice_facts as facts
from tools.practice_facts import (
    code_cells,
    coding_facts,
    design_facts,
    estimates,
    exercise,
    facts_of,
    request,
    sizes,
    starter,
)
from tools.practice_files import data_files
from warmup.pages import Page, find, pages

ALL = pages()
each_page = pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
each_coding_page = pytest.mark.parametrize("page", [p for p in ALL if p.kind == "coding"], ids=lambda page: page.name)
each_design_page = pytest.mark.parametrize("page", [p for p in ALL if p.kind == "design"], ids=lambda page: page.name)

MADE = {
    "folder": "practice-0",
    "pyodide": "pyodide-1",
    "duckdb": "duckdb-2",
    "startBytes": 1000,
    "servedBytes": {"duckdb": 200, "pint": 30},
}


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What `tools/practice_files.py` says that it made, as the front end need not be there."""
    file = tmp_path / "practice.json"
    file.write_text(json.dumps(MADE))
    monkeypatch.setattr(facts, "MADE", file)
    facts.site_facts.cache_clear()
    facts.by_name.cache_clear()
    yield file
    facts.site_facts.cache_clear()
    facts.by_name.cache_clear()


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
        assert not {cells[n].part for n in (*earlier, *following)} & set(facts.EXPERIMENTS)


# Packages and sizes


def test_sizes_grow_with_the_modules() -> None:
    assert sizes([]) == {"siteBytes": 1000, "packages": [], "packageBytes": 0}
    numpy, pandas, both, sklearn = (sizes(m) for m in (["numpy"], ["pandas"], ["pandas", "numpy"], ["sklearn"]))
    assert numpy["packages"] == ["NumPy"]
    assert pandas == both
    assert pandas["packages"] == ["NumPy", "pandas"]
    assert sklearn["packages"] == ["NumPy", "SciPy", "scikit-learn"]
    assert 0 < numpy["packageBytes"] < pandas["packageBytes"] < sklearn["packageBytes"]
    assert sizes(["duckdb"]) == {"siteBytes": 1200, "packages": [], "packageBytes": 0}
    assert sizes(["duckdb", "pint"])["siteBytes"] == 1230
    assert sizes(["confluent_kafka", "torch"]) == sizes([])


def test_without_the_front_end_nothing_comes_from_this_site(made: Path) -> None:
    made.unlink()
    assert sizes(["duckdb", "numpy"]) == {"siteBytes": 0, "packages": ["NumPy"], "packageBytes": 3_100_000}


def test_pages_that_load_nothing_from_outside_say_so() -> None:
    outside = {page.name: coding_facts(page)["packages"] for page in ALL if page.kind == "coding"}
    assert [name[:9] for name, packages in outside.items() if not packages] == ["coding/04", "coding/14", "coding/15"]
    assert outside["coding/03-sql-feature-extraction"] == ["NumPy", "pandas"]
    assert coding_facts(find("coding/03"))["siteBytes"] == 1200


def test_a_name_is_known_for_all_that_can_be_loaded() -> None:
    assert facts.MEGABYTES.keys() == facts.NAMES.keys()
    assert {*facts.BRINGS, *set().union(*facts.BRINGS.values())} <= facts.MEGABYTES.keys()
    order = list(facts.MEGABYTES)
    assert all(order.index(needed) < order.index(name) for name, brought in facts.BRINGS.items() for needed in brought)


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


# What stands in the page


def test_each_kind_of_page_has_its_script() -> None:
    assert facts_of("notebooks/coding/04-classification-metrics")["script"] == "panel"
    assert facts_of("notebooks/design/05-ab-testing")["script"] == "estimate"
    progress = facts_of("book/progress")
    assert progress["script"] == "progress"
    assert progress == facts_of("book/index")
    assert ["coding/04-classification-metrics", find("coding/04").title] in progress["questions"]
    assert len(progress["questions"]) == 15
    for name in ("book/tips", "notebooks/coding/99-none", "notebooks/foundations/metrics", "genindex"):
        assert facts_of(name) is None


def test_facts_stand_in_the_head_as_json(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "facts_of", lambda name: {"page": name, "title": "</script>"})
    context = {"metatags": "<meta>"}
    facts.add_facts(SimpleNamespace(), "a", "page.html", context, None)
    head, script = context["metatags"].split("\n")
    found = json.loads(re.fullmatch(r'<script type="application/json" id="practice-facts">(.*)</script>', script)[1])
    assert head == "<meta>"
    assert "</script>" not in script.removesuffix("</script>")
    assert (found["title"], found["page"], found["siteBytes"]) == ("</script>", "a", 1000)
    assert found["files"] == [path.name for path in data_files()]
    assert {"folder", "pyodide", "duckdb", "memoryBytes", "progressPage"} <= found.keys()
    made.unlink()
    context = {}
    facts.add_facts(SimpleNamespace(), "a", "page.html", context, None)
    assert context == {}


def test_pages_are_made_anew_once_the_browsers_files_have_changed(made: Path) -> None:
    env = SimpleNamespace(found_docs={"book/tips", "book/progress", "notebooks/coding/04-classification-metrics"})
    first = facts.pages_that_know_older_files(SimpleNamespace(), env, set(), set(), set())
    assert sorted(first) == ["book/progress", "notebooks/coding/04-classification-metrics"]
    assert facts.pages_that_know_older_files(SimpleNamespace(), env, set(), set(), set()) == []
    made.write_text(json.dumps({**MADE, "folder": "practice-1"}))
    assert facts.pages_that_know_older_files(SimpleNamespace(), env, set(), set(), set()) == first


def test_facts_of_a_design_page_have_no_size_but_that_of_each_estimate() -> None:
    found = design_facts(find("design/05"))
    assert (found["packages"], found["packageBytes"]) == ([], 0)
    assert all(estimate["siteBytes"] == 1030 for estimate in found["estimates"])


# What no browser has


@each_coding_page
def test_every_question_can_be_practised_in_the_page(page: Page) -> None:
    assert coding_facts(page)["missing"] == []


def test_a_page_that_needs_what_the_browser_lacks_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "wanted_modules", lambda request: ["numpy", "torch"])
    assert coding_facts(find("coding/02"))["missing"] == ["torch"]

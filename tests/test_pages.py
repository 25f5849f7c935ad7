"""A page is found by its name, read by its tags, and its answer loaded."""

from __future__ import annotations

import inspect
import pickle
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from warmup.checks import Checks
from warmup.pages import Page, find, headings, load, pages

TEXT = """# k nearest neighbours

> The question, in a line.

## The question

What is asked.

```{code-cell} ipython3
:tags: [setup]

import math
```

## Try it

```{code-cell} ipython3
:tags: [starter]

def area(radius):
    raise NotImplementedError
```

## Worked solution

```{code-cell} ipython3
:tags: [solution, hide-input]

def area(radius):
    return math.pi * radius**2
```

```{code-cell} ipython3
area(1)
```
"""


@pytest.fixture
def page(write_page: Callable[..., Page]) -> Page:
    return write_page("coding/02-k-nearest-neighbours", TEXT)


# Find


@pytest.mark.parametrize(
    "name",
    [
        "coding/02",
        "coding/02-k",
        "coding/02-k-nearest-neighbours",
        "book/coding/02-k-nearest-neighbours.md",
        "notebooks/coding/02-k-nearest-neighbours.ipynb",
    ],
)
def test_a_page_is_found_by_the_beginning_of_its_name(page: Page, name: str) -> None:
    assert find(name) == page


def test_a_full_name_wins_over_a_longer_one(write_page: Callable[..., Page]) -> None:
    write_page("coding/02-trees-and-forests")
    trees = write_page("coding/02-trees")
    assert find("coding/02-trees") == trees


def test_no_match_says_which_pages_there_are(page: Page) -> None:
    with pytest.raises(LookupError) as caught:
        find("coding/9")
    assert str(caught.value) == "no page matches 'coding/9'; there are: coding/02-k-nearest-neighbours"


def test_several_matches_are_named(page: Page, write_page: Callable[..., Page]) -> None:
    write_page("coding/03-sql")
    write_page("design/01-features")
    with pytest.raises(LookupError) as caught:
        find("coding")
    assert str(caught.value) == (
        "several pages match 'coding'; there are: coding/02-k-nearest-neighbours, coding/03-sql"
    )


def test_pages_are_the_texts_with_a_kernel_by_name(write_page: Callable[..., Page]) -> None:
    second, first = write_page("design/01-b"), write_page("coding/01-a")
    write_page("coding/notes", header="")
    write_page("coding/other", "kernelspec:\n", header="---\ntitle: x\n---\n")
    assert pages() == [first, second]


# Read


def test_a_page_knows_its_files_kind_and_title(page: Page, tmp_path: Path) -> None:
    assert page.text == tmp_path / "book/coding/02-k-nearest-neighbours.md"
    assert page.notebook == tmp_path / "notebooks/coding/02-k-nearest-neighbours.ipynb"
    assert (page.kind, page.title) == ("coding", "k nearest neighbours")


def test_cells_know_their_place_kind_tags_and_part(page: Page) -> None:
    code = [(cell.number, cell.tags, cell.part) for cell in page.cells if cell.kind == "code"]
    assert code == [
        (1, ("setup",), "The question"),
        (3, ("starter",), "Try it"),
        (5, ("solution", "hide-input"), "Worked solution"),
        (6, (), "Worked solution"),
    ]


def test_parts_are_the_headings_in_order(page: Page) -> None:
    assert page.parts == ["The question", "Try it", "Worked solution"]


@pytest.mark.parametrize(
    ("tags", "numbers"), [(("solution",), [5]), (("solution", "setup"), [1, 5]), (("figure",), []), ((), [])]
)
def test_cells_are_read_by_tag_in_page_order(page: Page, tags: tuple[str, ...], numbers: list[int]) -> None:
    assert [cell.number for cell in page.tagged(*tags)] == numbers


@pytest.mark.parametrize(
    "fenced",
    ["```\n## No\n```", "````md\n```\n## No\n```\n## No\n````", "~~~\n## No\n~~~", "# No\n### No\n##No"],
)
def test_headings_in_code_and_of_other_levels_are_no_parts(fenced: str) -> None:
    assert headings(f"## First\n\n{fenced}\n\n## Second part \n") == ["First", "Second part"]


# Load


def test_an_answer_is_a_namespace(page: Page) -> None:
    answer = load("coding/02")
    assert round(answer.area(1), 2) == 3.14
    assert answer["area"] is answer.area
    assert "area" in answer
    assert "volume" not in answer
    assert {**answer}.keys() == vars(answer).keys()


def test_checks_run_on_a_loaded_answer(page: Page) -> None:
    checks = Checks()
    checks.that("it is there")(lambda area: None)
    checks.catches("none", because="it is short", area=None)
    checks.that("it can be called")(lambda area: area(1))
    assert checks.run(load("coding/02")).passed
    assert len(checks.wrong_answers(load("coding/02")).rows) == 1


def test_other_cells_are_loaded_by_their_tags(page: Page) -> None:
    with pytest.raises(NotImplementedError):
        load("coding/02", tags=("starter",)).area(1)


def test_each_load_is_a_namespace_of_its_own(page: Page) -> None:
    first, second = load("coding/02"), load("coding/02")
    assert first.area is not second.area


def test_source_and_place_of_what_is_loaded_are_known(page: Page) -> None:
    area = load("coding/02").area
    assert inspect.getsource(area) == "def area(radius):\n    return math.pi * radius**2"
    assert area.__code__.co_filename == "<coding/02-k-nearest-neighbours, cell 5>"


def cell(source: str) -> str:
    """A page whose answer is `source`."""
    return f"# A page\n\n```{{code-cell}} ipython3\n:tags: [solution]\n\n{source}\n```\n"


def test_classes_of_an_answer_can_be_pickled(write_page: Callable[..., Page]) -> None:
    write_page("coding/01-a", cell("from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int"))
    answer = load("coding/01")
    assert pickle.loads(pickle.dumps(answer.Point(3))) == answer.Point(3)


def test_annotations_are_objects_as_in_the_notebook(write_page: Callable[..., Page]) -> None:
    write_page("coding/01-a", cell("def f(x: int) -> None: ..."))
    assert load("coding/01").f.__annotations__ == {"x": int, "return": None}
    assert typing.get_type_hints(load("coding/01").f)["x"] is int


def test_an_answer_runs_in_the_folder_of_its_notebook(write_page: Callable[..., Page], tmp_path: Path) -> None:
    page = write_page("coding/01-a", cell("from pathlib import Path\nhere = Path.cwd()"))
    before = Path.cwd()
    assert load("coding/01").here == page.notebook.parent
    assert Path.cwd() == before


def test_an_answer_that_fails_names_page_and_cell(write_page: Callable[..., Page]) -> None:
    write_page("coding/01-a", cell("1 / 0"))
    with pytest.raises(ZeroDivisionError) as caught:
        load("coding/01")
    assert str(caught.traceback[-1].path) == "<coding/01-a, cell 1>"

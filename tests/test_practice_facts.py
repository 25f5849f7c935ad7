"""What the build tells a page of its practice: which cells, which packages, how large."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import practice_facts as facts
from tools.practice_facts import coding_facts, design_facts, facts_of, sizes
from tools.practice_files import data_files
from warmup.pages import Page, find, pages

ALL = pages()

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


@pytest.mark.parametrize("page", [page for page in ALL if page.kind == "coding"], ids=lambda page: page.name)
def test_every_question_can_be_practised_in_the_page(page: Page) -> None:
    assert coding_facts(page)["missing"] == []


def test_a_page_that_needs_what_the_browser_lacks_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "wanted_modules", lambda request: ["numpy", "torch"])
    assert coding_facts(find("coding/02"))["missing"] == ["torch"]

"""What the browser gets: archives that are complete, and the versions that the book was run with."""

from __future__ import annotations

import importlib.metadata
import io
import json
import re
import zipfile

import pytest

from tools.practice_facts import MEGABYTES
from tools.practice_files import MODULES, SERVED, SOURCES, archive, distribution_archive, harness_archive
from warmup.pages import ROOT

# Archives


def names_in(content: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_the_harness_goes_with_all_that_it_imports() -> None:
    names = names_in(harness_archive())
    ours = {f"practice/{path.name}" for path in SOURCES.glob("*.py")}
    shim = {f"practice/shims/duckdb/{path.name}" for path in SOURCES.glob("duckdb_shim/*.py")}
    shared = {f"warmup/{name}.py" for name in ("__init__", "checks", "explain", "limits")}
    assert names == ours | shared | shim
    for name in ours | shared:
        imported = re.findall(r"^from (practice|warmup)(?:\.(\w+))? import ([\w, ]+)$", (ROOT / name).read_text(), re.M)
        for package, module, members in imported:
            for member in [module] if module else members.split(", "):
                assert f"{package}/{member}.py" in names, name


def test_archives_are_the_same_bytes_each_time() -> None:
    assert archive({"b": b"1", "a": b"2"}) == archive({"a": b"2", "b": b"1"})
    assert harness_archive() == harness_archive()


def test_what_we_serve_comes_with_what_it_needs() -> None:
    for name, distributions in SERVED.items():
        needed = {
            re.match(r"[\w-]+", text)[0]
            for each in distributions
            for text in importlib.metadata.requires(each) or ()
            if "extra ==" not in text and "python_version <" not in text
        }
        assert {each.replace("-", "_").lower() for each in needed} <= set(distributions)
        packed = names_in(distribution_archive(name))
        assert f"{name}/__init__.py" in packed
        assert sum(path.endswith("METADATA") for path in packed) == len(distributions)
        assert not [path for path in packed if path.startswith(("/", "..")) or path.endswith(".pyc")]


# Versions


def locked() -> dict[str, str]:
    """The versions in requirements.txt."""
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    return {name.lower().replace("_", "-"): version for name, version in found}


@pytest.fixture
def pyodide() -> dict[str, dict]:
    """The packages in the lock of our Pyodide."""
    lock = MODULES / "pyodide" / "pyodide-lock.json"
    if not lock.exists():
        pytest.skip("the front end is not installed: make lint brings it")
    return json.loads(lock.read_text(encoding="utf-8"))["packages"]


def test_numpy_is_the_same_in_the_browser(pyodide: dict) -> None:
    assert pyodide["numpy"]["version"] == locked()["numpy"]


@pytest.mark.parametrize("name", ["pandas", "scikit-learn", "scipy", "matplotlib"])
def test_other_packages_have_the_same_major_version_in_the_browser(pyodide: dict, name: str) -> None:
    assert pyodide[name]["version"].split(".")[0] == locked()[name].split(".")[0]


def test_all_that_a_page_may_ask_for_is_in_the_lock(pyodide: dict) -> None:
    imports = {name for package in pyodide.values() for name in package["imports"]}
    assert MEGABYTES.keys() <= imports
    assert not set(SERVED) & imports


def test_what_we_serve_has_the_versions_of_our_lock() -> None:
    for name in [each for distributions in SERVED.values() for each in distributions]:
        assert importlib.metadata.version(name) == locked()[name.replace("_", "-")]


def test_no_file_of_practice_is_longer_than_a_reader_likes() -> None:
    files = [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.mjs")]
    assert len(files) > 25
    assert [path.name for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 200] == []

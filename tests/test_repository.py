"""The repository around the book: workflows, lock files, licences, the front door."""

from __future__ import annotations

import re

import pytest
import yaml

from tools.count import sentence
from warmup.pages import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def workflow(name: str) -> dict:
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def test_publishing_waits_for_the_build_and_the_build_for_the_tests() -> None:
    jobs = workflow("book.yml")["jobs"]
    assert jobs["build"]["needs"] == "test"
    assert jobs["publish"]["needs"] == "build"
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    runs = [step.get("run") for step in jobs["test"]["steps"]]
    # The answers have to pass before the extras are installed.
    assert 0 <= runs.index("make test") < runs.index("make test-extras")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_and_rights_are_few(path) -> None:
    text = path.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert [use for use in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use)] == []
    described = yaml.safe_load(text)
    assert described["permissions"] == {"contents": "read"}
    assert all(job.get("timeout-minutes") for job in described["jobs"].values())


def test_no_step_goes_on_after_a_failure() -> None:
    for path in WORKFLOWS:
        assert "continue-on-error" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-extras"])
def test_every_direct_dependency_is_locked_exactly(name: str) -> None:
    wanted = (ROOT / f"{name}.in").read_text(encoding="utf-8")
    lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE)
    direct = re.findall(r"^([A-Za-z][\w.-]*)", wanted, flags=re.MULTILINE)
    assert direct
    assert [package for package in direct if package not in locked] == []


def test_each_package_is_locked_to_one_version_for_all_pythons() -> None:
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(locked) == len(set(locked))


def test_each_direct_dependency_says_what_it_is_for() -> None:
    for file in ROOT.glob("requirements*.in"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if "==" in line or ">=" in line:
                assert "#" in line or "pydata-sphinx-theme" in line, line


def test_readme_names_the_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "book/how-to-use.md"):
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert named
        assert named <= targets, name


def test_readme_quotes_the_figures_that_the_pages_give() -> None:
    assert sentence() in (ROOT / "README.md").read_text(encoding="utf-8")

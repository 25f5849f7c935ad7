"""Every file of `data/` is documented, and its generator writes it again byte for byte."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from warmup.pages import ROOT, pages

DATA = ROOT / "data"
README = (DATA / "README.md").read_text(encoding="utf-8")
TAKEN_OVER = {"bike_rentals.csv", "flights.csv", "mortgages.csv"}  # by take_over.py, from the network
FILES = sorted(path for path in DATA.iterdir() if path.suffix not in (".py", ".md") and path.is_file())


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_file_is_documented(file: Path) -> None:
    section = re.search(rf"^## `{re.escape(file.name)}`\n(.*?)(?=^## |\Z)", README, flags=re.MULTILINE | re.DOTALL)
    assert section, f"data/README.md has no section ## `{file.name}`"
    for word in ("rows", "origin", "licence", "made"):
        assert word in section[1].lower(), f"{file.name}: data/README.md does not say: {word}"


@pytest.mark.parametrize("file", [file for file in FILES if file.suffix == ".csv"], ids=lambda path: path.name)
def test_documentation_names_every_column_and_the_number_of_rows(file: Path) -> None:
    section = re.search(rf"^## `{re.escape(file.name)}`\n(.*?)(?=^## |\Z)", README, flags=re.MULTILINE | re.DOTALL)[1]
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    assert [column for column in header.split(",") if f"`{column}`" not in section] == []
    assert f"{len(rows):,}" in section


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_documentation_names_the_pages_that_read_the_file(file: Path) -> None:
    section = re.search(rf"^## `{re.escape(file.name)}`\n(.*?)(?=^## |\Z)", README, flags=re.MULTILINE | re.DOTALL)[1]
    named = re.findall(r"`([a-z]+/[\w-]+)`", re.search(r"^- Used by: (.+?)\.$", section, flags=re.MULTILINE)[1])
    readers = [page.name for page in pages() if f"data/{file.name}" in page.text.read_text("utf-8")]
    readers = [re.sub(r"(/\d+)-.+", r"\1", name) for name in readers]
    assert named == sorted(readers)


def test_generator_writes_the_same_bytes() -> None:
    generate = runpy.run_path(str(DATA / "generate.py"))
    made = {name: generate["contents"](name) for name in generate["MAKERS"]}
    assert made == {file.name: file.read_bytes() for file in FILES if file.name not in TAKEN_OVER}

"""The site as it is published: with its own and the repository's address, it has what needs them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.browser import SITE
from warmup.pages import ROOT

URL = "https://reader.example/warm-up"
REPOSITORY = "https://github.com/reader/warm-up"
PAGE = "notebooks/design/05-ab-testing.html"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built as the workflow builds it."""
    into = tmp_path_factory.mktemp("published")
    environment = {**os.environ, "BOOK_URL": URL, "BOOK_REPOSITORY": REPOSITORY, "BOOK_BRANCH": "trunk"}
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [jupyter_book, "build", ".", "-W", "--keep-going", "--quiet", "--path-output", into]
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    return into / "_build" / "html"


def test_sitemap_lists_every_page(published: Path) -> None:
    tree = ElementTree.parse(published / "sitemap.xml")
    listed = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    expected = {
        f"{URL}/{p.relative_to(SITE)}" for folder in ("book", "notebooks") for p in (SITE / folder).rglob("*.html")
    }
    assert expected <= listed


def test_page_has_a_social_card_of_its_own(published: Path) -> None:
    html = (published / PAGE).read_text(encoding="utf-8")
    card = re.search(r'<meta property="og:image" content="([^"]+)"', html)[1]
    assert card.startswith(URL)
    assert (published / card.removeprefix(f"{URL}/")).stat().st_size > 5_000
    assert f'<meta property="og:url" content="{URL}/{PAGE}"' in html


def test_buttons_lead_to_the_text_colab_and_binder(published: Path) -> None:
    html = (published / PAGE).read_text(encoding="utf-8")
    assert f"{REPOSITORY}/edit/trunk/book/design/05-ab-testing.md" in html
    assert (
        "https://colab.research.google.com/github/reader/warm-up/blob/trunk/notebooks/design/05-ab-testing.ipynb"
        in html
    )
    assert "https://mybinder.org/v2/gh/reader/warm-up/trunk" in html


def test_prose_page_has_an_edit_button_too(published: Path) -> None:
    html = (published / "book/how-to-use.html").read_text(encoding="utf-8")
    assert f"{REPOSITORY}/edit/trunk/book/how-to-use.md" in html


def test_404_page_works_from_any_depth(published: Path) -> None:
    html = (published / "404.html").read_text(encoding="utf-8")
    assert 'href="/warm-up/_static/' in html
    assert 'href="/warm-up/book/index.html"' in html

"""Sphinx extension: what the site shows only when it knows its own address, and nothing invented when it does not.

Environment:
    BOOK_URL         where the site is served: for the sitemap, social cards and the 404 page
    BOOK_REPOSITORY  the repository's address: for the buttons to it, 'edit this page', Colab and Binder
    BOOK_BRANCH      its branch, `main` unless given
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlparse

import sphinxcontrib.mermaid
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SITE = os.environ.get("BOOK_URL", "").rstrip("/")
REPOSITORY = os.environ.get("BOOK_REPOSITORY", "").rstrip("/")
BRANCH = os.environ.get("BOOK_BRANCH") or "main"


def setup(app: Sphinx) -> dict[str, bool]:
    # Before the theme and the extensions read what is set here.
    app.connect("config-inited", set_addresses, priority=10)
    # After the theme has made its buttons.
    app.connect("html-page-context", edit_the_text, priority=900)
    # A build in which no page changed would leave changed style sheets and scripts behind.
    app.connect("env-get-outdated", lambda app, *changes: [app.config.root_doc])
    # Jupyter Book hands this to sphinx_comments, which we leave out.
    app.add_config_value("comments_config", {}, "")
    # Its style stretches every diagram to the full width; Mermaid's own width is the legible one.
    sphinxcontrib.mermaid._MERMAID_CSS = ""
    if SITE:
        app.setup_extension("sphinx_sitemap")
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def set_addresses(app: Sphinx, config: Config) -> None:
    """Set what follows from the site's and the repository's address."""
    config.notfound_urls_prefix = "/"
    if SITE:
        config.html_baseurl = config.ogp_site_url = f"{SITE}/"
        config.sitemap_url_scheme = "{link}"
        config.notfound_urls_prefix = urlparse(f"{SITE}/").path
        config.ogp_social_cards = {"enable": True, "line_color": "#0b4f7d", "image": "book/_static/logo.png"}
    if REPOSITORY:
        config.html_theme_options |= {
            "repository_url": REPOSITORY,
            "repository_branch": BRANCH,
            "use_repository_button": True,
            "use_edit_page_button": True,
            "launch_buttons": {
                "notebook_interface": "jupyterlab",
                "binderhub_url": "https://mybinder.org",
                "colab_url": "https://colab.research.google.com",
            },
        }


def edit_the_text(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Point 'edit this page' at the text under `book/`, from which the notebook is made."""
    for button in _buttons(context.get("header_buttons", [])):
        if "/edit/" in button.get("url", ""):
            button["url"] = re.sub(r"/notebooks/(.+)\.ipynb$", r"/book/\1.md", button["url"])


def _buttons(groups: list[dict]) -> list[dict]:
    """All buttons, those in groups too."""
    return [button for group in groups for button in (group, *_buttons(group.get("buttons", [])))]

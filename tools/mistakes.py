"""Sphinx extension: `book/mistakes.md` is filled from the pages, and each row of their tables gets an address.

In the text, a directive stands for what is computed; its content is for those who read the text itself:

    ```{mistakes} coding
    The wrong answers of the coding pages; the site shows them here.
    ```

    count     how many there are, in a sentence
    coding    a folded table for each coding page, from the tables that its notebook holds
    design    a folded table for each design page, from its *Wrong claims*

A row of a page's last run of the checks is `#check-` and its claim in short, a wrong answer `#wrong-` and its label:
links of any page may lead there.
"""

from __future__ import annotations

import html
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

import nbformat
from docutils import nodes
from docutils.statemachine import StringList
from myst_parser.mdit_to_docutils.base import default_slugify
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from warmup.pages import ROOT, Page, pages

MISTAKES = "book/mistakes"
TABLES = {"check": ' warmup-checks"', "wrong": ' warmup-wrong"'}
HEADS = {
    "coding": ("wrong answers", "Wrong answer", "Why it tempts", "The check that catches it"),
    "design": ("wrong claims", "Wrong claim", "Say instead"),
}
LONGEST_ID = 60
CLAIM = re.compile(r"^### ([^\n]+)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
INSTEAD = re.compile(r"^Say instead: (.+)$", re.MULTILINE)
PUNCTUATION = re.compile(r"[!-/:-@\[-_{-~]")


@dataclass(frozen=True)
class WrongAnswer:
    """A row of a page's table of wrong answers, and where it and its check are on the page."""

    label: str
    because: str
    check: str
    anchor: str
    check_anchor: str

    def cells(self, page: str) -> tuple[str, ...]:
        """The cells of its row here, as Markdown."""
        label, because, check = map(as_markdown, (self.label, self.because, self.check))
        return f"[{label}]({page}#{self.anchor})", because, f"[{check}]({page}#{self.check_anchor})"


@dataclass(frozen=True)
class WrongClaim:
    """A heading of a page's wrong claims, and what to say instead, both as Markdown."""

    heading: str
    instead: str

    def cells(self, page: str) -> tuple[str, ...]:
        """The cells of its row here, as Markdown."""
        # Markup has no place in an anchor.
        anchor = default_slugify(re.sub(r"[`*]", "", self.heading))
        return f"[{self.heading}]({page}#{anchor})", self.instead


# Rows and their addresses


def rows(table: str) -> list[list[str]]:
    """The cells of a table that `warmup.checks` wrote, as text; what a check saw keeps its tags."""
    bodies = re.findall(r"<tr>(<td>.*?</td>)</tr>", table, re.DOTALL)
    return [[html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", body, re.DOTALL)] for body in bodies]


def ids(kind: str, names: list[str]) -> dict[str, str]:
    """The id of each name's row: the name in short, with a number where several are alike."""
    seen: Counter = Counter()
    given = {}
    for name in names:
        short = re.sub(r"[^a-z0-9]+", "-", f"{kind} {name}".lower()).strip("-")
        if len(short) > LONGEST_ID:
            short = short[: LONGEST_ID + 1].rpartition("-")[0]
        seen[short] += 1
        given[name] = short if seen[short] == 1 else f"{short}-{seen[short]}"
    return given


def with_ids(table: str, kind: str) -> tuple[str, dict[str, str]]:
    """The table with an id on each row, and the ids by what their rows are about."""
    found = ids(kind, [cells[1] for cells in rows(table)])
    waiting = iter(found.values())
    return re.sub(r"<tr>(?=<td>)", lambda _: f'<tr id="{next(waiting)}">', table), found


def address_rows(app: Sphinx, document: nodes.document) -> None:
    """Give ids to the rows of a page's wrong answers, and to those of its last run of the checks, which all pass."""
    written = [node for node in document.findall(nodes.raw) if node.get("format") == "html"]
    for kind, mark in TABLES.items():
        if tables := [node for node in written if mark in node.astext()]:
            table, found = with_ids(tables[-1].astext(), kind)
            tables[-1].replace_self(nodes.raw(table, table, format="html"))
            slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
            # As MyST notes its headings: line, id, text.
            slugs.update({row: (0, row, text) for text, row in found.items()})


# What the pages hold


def tables(page: Page, kind: str) -> list[list[list[str]]]:
    """The tables of checks or of wrong answers among the outputs of a page's notebook, as rows."""
    cells = nbformat.read(page.notebook, as_version=4).cells
    shown = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
    return [rows(table) for table in shown if TABLES[kind] in table]


def wrong_answers(page: Page) -> list[WrongAnswer]:
    """The wrong answers of a coding page."""
    found, checks = tables(page, "wrong")[-1], tables(page, "check")[-1]
    anchors, check_anchors = ids("wrong", [row[1] for row in found]), ids("check", [row[1] for row in checks])
    return [
        WrongAnswer(label, because, check, anchors[label], check_anchors[check])
        for _, label, because, check, *_ in found
    ]


def wrong_claims(page: Page) -> list[WrongClaim]:
    """The wrong claims of a design page."""
    markdown = "\n\n".join(cell.source for cell in page.cells if cell.kind == "markdown")
    part = markdown.split("\n## Wrong claims\n")[1].split("\n## ")[0]
    return [WrongClaim(heading, *INSTEAD.findall(text)) for heading, text in CLAIM.findall(part)]


def all_mistakes() -> dict[str, dict[Page, list]]:
    """The mistakes of each page, by kind of page."""
    read = {"coding": wrong_answers, "design": wrong_claims}
    return {kind: {page: read[kind](page) for page in pages() if page.kind == kind} for kind in read}


# What the site shows


def count(mistakes: dict[str, dict[Page, list]]) -> str:
    """How many there are, in a sentence."""
    answers, claims = (sum(map(len, mistakes[kind].values())) for kind in ("coding", "design"))
    return (
        f"{answers} wrong answers on {len(mistakes['coding'])} coding pages, each caught by a check, "
        f"and {claims} wrong claims on {len(mistakes['design'])} design pages, each refuted by a cell: "
        "here they are in one list."
    )


def folded(page: Page, mistakes: list) -> str:
    """A folded table of a page's mistakes, as Markdown; each leads to where the page shows it."""
    what, *head = HEADS[page.kind]
    address = f"../{page.notebook.relative_to(ROOT)}"
    lines = [head, ["---"] * len(head), *(mistake.cells(address) for mistake in mistakes)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    summary = f"<details>\n<summary>{html.escape(page.title)}: {len(mistakes)} {what}</summary>"
    link = f"On the page: [{what}]({address}#{what.replace(' ', '-')})."
    return f"{summary}\n\n{link}\n\n{table}\n\n</details>\n"


def as_markdown(text: str) -> str:
    """Plain text as Markdown that shows it as it is, and as code what stands between backticks."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return PUNCTUATION.sub(r"\\\g<0>", text)
    prose = [PUNCTUATION.sub(r"\\\g<0>", piece) for piece in pieces]
    # In a table a bar ends the cell, in code too.
    code = ["`" + piece.replace("|", r"\|") + "`" for piece in pieces]
    return "".join(code[place] if place % 2 else prose[place] for place in range(len(pieces)))


class Mistakes(SphinxDirective):
    """`{mistakes} count`, `{mistakes} coding` or `{mistakes} design`."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        mistakes = all_mistakes()
        for page in (page for by_page in mistakes.values() for page in by_page):
            self.env.note_dependency(str(page.notebook))
            self.env.note_dependency(str(page.text))
        wanted = self.arguments[0]
        text = count(mistakes) if wanted == "count" else "\n".join(starmap(folded, mistakes[wanted].items()))
        block = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), source=self.env.docname), 0, block)
        for table in block.findall(nodes.table):
            table["classes"].append("warmup-mistakes")
            # A wrong answer is code as often as prose: its quotes stay as they are.
            table["support_smartquotes"] = wanted != "coding"
        return block.children


def with_new_pages(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Read the page of mistakes again when a page comes or goes."""
    return [MISTAKES] if added or removed else []


def setup(app: Sphinx) -> dict[str, int]:
    app.add_directive("mistakes", Mistakes)
    app.connect("doctree-read", address_rows)
    app.connect("env-get-outdated", with_new_pages)
    # What this module made of the pages is read anew when it changes.
    version = zlib.crc32(Path(__file__).read_bytes())
    return {"env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}

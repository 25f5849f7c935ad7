"""Sphinx extension: on each page the first use of a term links to its entry in `book/glossary.md`.

An entry of the glossary, as it stands in the text:

    ### Area under the ROC curve

    <!-- forms: AUC; ROC AUC | not on: coding/08, design/02 -->

    *Also AUC, ROC AUC.*
    What it means, in a sentence or two; the first is what the link shows.
    See [a page](../notebooks/coding/04-classification-metrics.ipynb).

All but the heading and the meaning may be left out. The comment says what becomes a link:

    forms     what is looked for in place of the heading and of what stands after *Also*, each with a plural
    only on   the pages on which the word has this meaning
    not on    the pages on which it has another one
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

GLOSSARY = "book/glossary"
TEXT = Path(__file__).resolve().parent.parent / f"{GLOSSARY}.md"
# The landing page is a list of links, the mistakes are a test of oneself.
WITHOUT_LINKS = ("book/index", "book/mistakes", GLOSSARY)
RULES = ("forms", "only on", "not on")
# Containers hold a cell: its code and what it printed.
CLOSED = (
    nodes.title, nodes.reference, nodes.literal, nodes.FixedTextElement, nodes.math, nodes.math_block, nodes.raw,
    nodes.Invisible, nodes.caption, nodes.container, addnodes.pending_xref, addnodes.toctree,
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """An entry: its name, what else it is called, what it means, where it is shown, and what becomes a link."""

    name: str
    also: tuple[str, ...]
    meaning: str
    see: str
    forms: tuple[str, ...]
    only_on: tuple[str, ...]
    not_on: tuple[str, ...]

    @property
    def short(self) -> str:
        """The first sentence of the meaning."""
        return re.split(r"(?<=\.)\s+(?=[A-Z])", self.meaning)[0]

    def is_meant_on(self, page: str) -> bool:
        """Whether the word has this meaning on a page, given as `coding/02-k-nearest-neighbours`."""
        pages = self.only_on or self.not_on
        return page.startswith(pages) == bool(self.only_on) if pages else True


def read(text: str) -> list[Term]:
    """The entries of a glossary, in order."""
    return [_term(*entry) for entry in re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)]


def _term(name: str, entry: str) -> Term:
    comment = re.search(r"<!--(.*?)-->", entry)
    rules = dict(part.strip().split(": ", 1) for part in comment[1].split("|")) if comment else {}
    if unknown := set(rules) - set(RULES):
        raise ValueError(f"glossary, {name!r}: a comment has {', '.join(RULES)}; not {', '.join(unknown)}")
    lines = [line for line in entry.splitlines() if line and not line.startswith("<!--")]
    also = [line for line in lines if line.startswith("*Also ")]
    see = [line for line in lines if line.startswith("See [")]
    meaning = " ".join(line for line in lines if line not in (*also, *see))
    others = _listed(also[0].removeprefix("*Also ").removesuffix(".*"), ",") if also else ()
    forms = _listed(rules["forms"], ";") if "forms" in rules else (*_with_plurals((name, *others)),)
    pages = (_listed(rules.get(rule, ""), ",") for rule in ("only on", "not on"))
    return Term(name, others, meaning, " ".join(see), forms, *pages)


def _listed(text: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def _with_plurals(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield form
        yield f"{form[:-1]}ies" if re.search(r"[^aeiou]y$", form) else f"{form}{'es' if form[-1] in 'sxh' else 's'}"


@dataclass(frozen=True)
class Finder:
    """Finds the terms that are meant on one page in its text."""

    terms: tuple[Term, ...]

    @cached_property
    def by_form(self) -> dict[str, Term]:
        return {_key(form): term for term in self.terms for form in term.forms}

    @cached_property
    def pattern(self) -> re.Pattern:
        forms = sorted((form for term in self.terms for form in term.forms), key=len, reverse=True)
        # No part of a longer word, nor of one with hyphens.
        return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(_as_pattern, forms))})(?![\w-]|/\w)")

    def find(self, text: str) -> Iterator[tuple[re.Match, Term]]:
        """The uses in `text`, in order; where several terms start, the longest."""
        if self.terms:
            for match in self.pattern.finditer(text):
                yield match, self.by_form[_key(match[0])]


def _key(form: str) -> str:
    """What all spellings of a form share: the apostrophe may be curled, the first letter large."""
    return form[:1].lower() + form[1:].replace("’", "'")


def _as_pattern(form: str) -> str:
    """All spellings of a form."""
    return f"[{re.escape(form[0].lower())}{re.escape(form[0].upper())}]{re.escape(form[1:])}".replace("'", "['’]")


def open_texts(document: nodes.document) -> Iterator[nodes.Text]:
    """What a person wrote as running text, in order: no headings, links, code, formulas, captions or sources."""
    for text in document.findall(nodes.Text):
        ancestors = list(_ancestors(text))
        if not any(isinstance(node, CLOSED) or _is_sources(node) for node in ancestors):
            yield text


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    while (node := node.parent) is not None:
        yield node


def _is_sources(node: nodes.Element) -> bool:
    return isinstance(node, nodes.section) and bool(node.children) and node[0].astext() == "Sources"


def link_terms(document: nodes.document, terms: Iterable[Term], link) -> list[Term]:
    """Turn the first use of each term into what `link(term, text)` makes; gives the terms that were found."""
    finder, found = Finder(tuple(terms)), []
    for text in list(open_texts(document)):
        pieces, end = [], 0
        for match, term in finder.find(str(text)):
            if term in found:
                continue
            found.append(term)
            pieces += [nodes.Text(str(text)[end : match.start()]), link(term, match[0])]
            end = match.end()
        if pieces:
            text.parent.replace(text, [*pieces, nodes.Text(str(text)[end:])])
    return found


class LinkTerms(SphinxPostTransform):
    """When a page is written, so that what is kept of its reading stays free of it."""

    # After all links of the page itself are made.
    default_priority = 700
    formats = ("html",)

    def run(self, **_: object) -> None:
        page = self.env.docname
        if page in WITHOUT_LINKS or GLOSSARY not in self.env.all_docs:
            return
        slugs = self.env.metadata[GLOSSARY]["myst_slugs"]
        anchors = {heading: anchor for _, anchor, heading in slugs.values()}
        address = self.app.builder.get_relative_uri(page, GLOSSARY)

        def link(term: Term, text: str) -> nodes.reference:
            where = {"refuri": f"{address}#{anchors[term.name]}", "reftitle": term.short}
            return nodes.reference("", text, internal=True, classes=["glossary-link"], **where)

        terms = read(TEXT.read_text(encoding="utf-8"))
        link_terms(self.document, [term for term in terms if term.is_meant_on(page.removeprefix("notebooks/"))], link)


def fingerprint(app: Sphinx, config: Config) -> None:
    """Make the glossary and this module a setting, so that all pages are written again when one of them changes."""
    sources = TEXT.read_bytes() + Path(__file__).read_bytes()
    config.glossary_fingerprint = hashlib.sha256(sources).hexdigest()


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("glossary_fingerprint", "", "html", types=[str])
    app.connect("config-inited", fingerprint)
    app.add_post_transform(LinkTerms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

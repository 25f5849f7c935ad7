"""The glossary holds what it promises, and its terms become links where they are meant and nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from tools.glossary import TEXT, Term, link_terms, open_texts, read
from warmup.pages import Page, pages

TERMS = read(TEXT.read_text(encoding="utf-8"))
LONGEST_MEANING = 60
LONGEST_TOOLTIP = 200
PAGES_WITH_LINKS = 28


def parsed(markdown: str) -> nodes.document:
    settings = {"myst_enable_extensions": ["dollarmath"], "report_level": 5, "doctitle_xform": False}
    return publish_doctree(markdown, parser=Parser(), settings_overrides=settings)


def linked(document: nodes.document, terms: list[Term]) -> list[str]:
    """Link the terms; gives the texts of the links, in the order of the document."""
    link_terms(document, terms, lambda term, text: nodes.reference("", text, refuri=term.name, classes=["term"]))
    return [node.astext() for node in document.findall(nodes.reference) if "term" in node["classes"]]


def entries(*names: str) -> list[Term]:
    return read("".join(f"### {name}\n\nWhat it means.\n\n" for name in names))


@pytest.fixture(scope="module")
def texts() -> dict[Page, nodes.document]:
    """What the pages say, without their cells."""
    prose = {page: [cell.source for cell in page.cells if cell.kind == "markdown"] for page in pages()}
    return {page: parsed("\n\n".join(sources)) for page, sources in prose.items()}


# The glossary


def faults(terms: list[Term]) -> list[str]:
    """What is wrong with a glossary."""
    names = [term.name for term in terms]
    in_order = sorted(names, key=lambda name: re.sub(r"\W", "", name).lower())
    forms = Counter(form.lower() for term in terms for form in {form.lower() for form in term.forms})
    called = Counter(name.lower() for term in terms for name in (term.name, *term.also))
    found = [f"{name}: not in order" for name, expected in zip(names, in_order) if name != expected]
    found += [f"{form}: a form of two terms" for form, number in forms.items() if number > 1]
    found += [f"{name}: a name of two terms" for name, number in called.items() if number > 1]
    for term in terms:
        if not term.meaning.endswith(".") or len(term.meaning.split()) > LONGEST_MEANING:
            found.append(f"{term.name}: the meaning has no full stop, or over {LONGEST_MEANING} words")
        # A tooltip shows no markup.
        if len(term.short) > LONGEST_TOOLTIP or re.search(r"[`$\[*_]", term.meaning):
            found.append(f"{term.name}: the meaning has markup, or a long first sentence")
        if not re.fullmatch(r"See (\[[^\]]+\]\([^)]+\)( and |\.))+", term.see):
            found.append(f"{term.name}: names no page that shows it")
        found += [
            f"{term.name}: there is no page {start}"
            for start in (*term.only_on, *term.not_on)
            if not any(page.name.startswith(start) for page in pages())
        ]
    return found


def test_terms_are_in_order_and_told_apart_and_short_and_name_a_page() -> None:
    assert 90 <= len(TERMS) <= 140
    assert faults(TERMS) == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda terms: [terms[1], terms[0], *terms[2:]],
        lambda terms: [replace(terms[0], forms=terms[1].forms), *terms[1:]],
        lambda terms: [replace(terms[0], also=(terms[1].name,)), *terms[1:]],
        lambda terms: [replace(terms[0], meaning="No full stop"), *terms[1:]],
        lambda terms: [replace(terms[0], meaning=f"{'Long ' * LONGEST_MEANING}sentence."), *terms[1:]],
        lambda terms: [replace(terms[0], meaning="Some `code`."), *terms[1:]],
        lambda terms: [replace(terms[0], meaning=f"{'x' * LONGEST_TOOLTIP}."), *terms[1:]],
        lambda terms: [replace(terms[0], see=""), *terms[1:]],
        lambda terms: [replace(terms[0], not_on=("coding/99",)), *terms[1:]],
    ],
    ids=["order", "form", "name", "stop", "words", "markup", "tooltip", "page", "rule"],
)
def test_a_fault_of_the_glossary_is_seen(broken) -> None:
    assert faults(broken(TERMS)) != []


def test_each_term_stands_below_its_letter() -> None:
    lines = re.findall(r"^##+ (.+)$", TEXT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    letter = ""
    for line in lines:
        letter = line if len(line) == 1 else letter
        assert line[0].upper() == letter


def test_each_term_is_used_and_most_pages_have_links(texts: dict[Page, nodes.document]) -> None:
    used = {
        page.name: {
            term.name for term in link_terms(document.deepcopy(), _meant(page), lambda term, text: nodes.reference())
        }
        for page, document in texts.items()
    }
    assert {term.name for term in TERMS} - set().union(*used.values()) == set()
    assert sum(len(names) > 0 for names in used.values()) >= PAGES_WITH_LINKS
    assert max(map(len, used.values())) <= 30


def _meant(page: Page) -> list[Term]:
    return [term for term in TERMS if term.is_meant_on(page.name)]


def test_what_is_open_to_links_is_neither_heading_nor_code_nor_source(texts: dict[Page, nodes.document]) -> None:
    for page, document in texts.items():
        words = " ".join(str(text) for text in open_texts(document))
        assert len(words) > 1_000, page.name
        assert not [name for name in page.parts if f"## {name}" in words]
        assert "accTitle" not in words
        assert "<details>" not in words


# The rules


def test_an_entry_is_read() -> None:
    text = "\n\n".join(
        [
            "# Glossary",
            "## A",
            "### Area under the ROC curve",
            "<!-- forms: AUC; ROC AUC | not on: coding/08, design/02 -->",
            "*Also AUC, ROC AUC.*\nWhat it\nmeans. More of it.\nSee [a page](a.ipynb) and [another](b.ipynb).\n",
            "## B\n",
        ]
    )
    (term,) = read(text)
    assert term.name == "Area under the ROC curve"
    assert term.also == term.forms == ("AUC", "ROC AUC")
    assert (term.meaning, term.short) == ("What it means. More of it.", "What it means.")
    assert term.see == "See [a page](a.ipynb) and [another](b.ipynb)."
    assert (term.only_on, term.not_on) == ((), ("coding/08", "design/02"))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'Drift'.*only at"):
        read("### Drift\n\n<!-- only at: design/08 -->\n\nIt moves.\n")


def test_a_term_is_meant_on_all_pages_on_some_or_on_all_but_some() -> None:
    (term,) = entries("Drift")
    assert term.is_meant_on("design/08-drift-and-retraining")
    assert replace(term, only_on=("design/08",)).is_meant_on("design/08-drift-and-retraining")
    assert not replace(term, only_on=("design/08",)).is_meant_on("design/01-data-ingestion")
    assert not replace(term, not_on=("design/08",)).is_meant_on("design/08-drift-and-retraining")
    assert replace(term, not_on=("design/08",)).is_meant_on("design/01-data-ingestion")


def test_the_first_use_is_linked_and_no_other() -> None:
    document = parsed("A canary, then a canary.\n\nThe canary.\n")
    assert linked(document, entries("Canary")) == ["canary"]
    first = next(iter(document.findall(nodes.paragraph)))
    assert first.astext() == "A canary, then a canary."
    assert isinstance(first[1], nodes.reference)


def test_the_longest_term_wins_and_keeps_its_words() -> None:
    terms = entries("Concept drift", "Drift")
    assert linked(parsed("Concept drift, and concept drift again."), terms) == ["Concept drift"]
    assert linked(parsed("Concept drift, and drift."), terms) == ["Concept drift", "drift"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two canaries.", ["canaries"]),
        ("Two test sets.", ["test sets"]),
        ("the AUC’s", ["AUC"]),
        ("Little’s law", ["Little’s law"]),
        ("Little's law", ["Little's law"]),
        ("auc, Auc, the CANARY", []),
        ("sub-canary, canary-like, canaryish, canary/test", []),
    ],
)
def test_whole_words_are_found_in_the_case_of_the_glossary(text: str, found: list[str]) -> None:
    assert linked(parsed(text), entries("AUC", "Canary", "Little's law", "Test set")) == found


@pytest.mark.parametrize(
    "closed",
    [
        "# A canary",
        "[a canary](https://example.org)",
        "`canary`",
        "```python\ncanary\n```",
        "$canary$",
        "$$\ncanary\n$$",
        "<details>\n<summary>canary</summary>\n\n</details>",
        "<p>canary</p>",
        "<!-- canary -->",
        "![canary](x.png)",
        "# Page\n\n## Sources\n\n- A canary, 2020.",
    ],
)
def test_headings_links_code_formulas_html_and_sources_stay_as_they_are(closed: str) -> None:
    assert linked(parsed(closed), entries("Canary")) == []
    assert linked(parsed(f"A canary.\n\n{closed}"), entries("Canary")) == ["canary"]


@pytest.mark.parametrize(
    "text", ["*canary*", "**A canary.**", "- canary", "> canary", "| a | b |\n|---|---|\n| x | canary |"]
)
def test_lists_tables_quotes_and_emphasis_are_running_text(text: str) -> None:
    assert linked(parsed(text), entries("Canary")) == ["canary"]

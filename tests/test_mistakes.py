"""The page of mistakes holds every wrong answer and every wrong claim, and each row has an address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from tools.count import sentence
from tools.mistakes import HEADS, all_mistakes, as_markdown, count, folded, ids, rows, tables, with_ids, wrong_claims
from warmup.checks import Table
from warmup.pages import Page

MISTAKES = all_mistakes()
ANSWERS = [answer for answers in MISTAKES["coding"].values() for answer in answers]
CLAIMS = [claim for claims in MISTAKES["design"].values() for claim in claims]


def shown(markdown: str) -> nodes.document:
    settings = {"myst_enable_extensions": ["dollarmath"], "report_level": 5}
    return publish_doctree(markdown, parser=Parser(), settings_overrides=settings)


def test_there_are_as_many_as_the_book_counts() -> None:
    answers, claims = re.search(r"catch (\d+) wrong answers; (\d+) wrong claims", sentence()).groups()
    assert (len(ANSWERS), len(CLAIMS)) == (int(answers), int(claims))
    numbers = re.findall(r"\d+", count(MISTAKES))
    assert numbers == [answers, str(len(MISTAKES["coding"])), claims, str(len(MISTAKES["design"]))]


@pytest.mark.parametrize("page", MISTAKES["coding"], ids=lambda page: page.name)
def test_each_wrong_answer_is_said_in_full_and_its_check_is_one_of_the_page(page: Page) -> None:
    checks = [row[1] for row in tables(page, "check")[-1]]
    for answer in MISTAKES["coding"][page]:
        assert all((answer.label, answer.because, answer.check))
        assert answer.check in checks


@pytest.mark.parametrize("page", MISTAKES["coding"], ids=lambda page: page.name)
def test_the_checks_with_an_address_are_those_that_the_worked_solution_passes(page: Page) -> None:
    marks = [{row[0] for row in table} for table in tables(page, "check")]
    assert marks[0] == {"…"}
    assert marks[-1] == {"✓"}


def test_each_wrong_claim_has_what_to_say_instead() -> None:
    # They are set elsewhere and in a table: a link of the page would lead astray, a bar would end the cell.
    assert [claim for claim in CLAIMS if not claim.instead or "](" in claim.instead or "|" in claim.instead] == []
    assert [claim for claim in CLAIMS if "|" in claim.heading or "$" in claim.heading] == []


def test_a_claim_without_it_is_refused(write_page: Callable[..., Page]) -> None:
    page = write_page(
        "design/01-x", '# X\n\n## Wrong claims\n\n### "It is"\n\nNo, it is not.\n\n## What breaks\n\nAll.\n'
    )
    with pytest.raises(TypeError, match="instead"):
        wrong_claims(page)


def test_claims_of_a_page_are_read(write_page: Callable[..., Page]) -> None:
    parts = [
        "# X\n\n## Evidence\n\n### Not this",
        '## Wrong claims\n\n### "`a` is *b*"',
        "```{code-cell} ipython3\nx = 1\n```",
        "Say instead: it is c.\nAnd so on.",
        '### "Last"\n\nSay instead: $d$.',
        "## What breaks\n\nSay instead: no.",
    ]
    text = "\n\n".join(parts)
    found = wrong_claims(write_page("design/01-x", text))
    assert [claim.cells("page") for claim in found] == [
        ('["`a` is *b*"](page#a-is-b)', "it is c."),
        ('["Last"](page#last)', "$d$."),
    ]


@pytest.mark.parametrize("page", [*MISTAKES["coding"], *MISTAKES["design"]], ids=lambda page: page.name)
def test_the_folded_table_has_a_row_for_each_and_as_many_links(page: Page) -> None:
    found = MISTAKES[page.kind][page]
    text = folded(page, found)
    (table,) = shown(text).findall(nodes.table)
    assert len(list(table.findall(nodes.row))) == len(found) + 1
    links = re.findall(rf"\]\(\.\./notebooks/{page.name}\.ipynb#[^)\s]+\)", text)
    assert len(links) == len(found) * (2 if page.kind == "coding" else 1) + 1
    assert f"<summary>{page.title}: {len(found)} {HEADS[page.kind][0]}</summary>" in text


def test_plain_text_is_shown_as_it_is() -> None:
    texts = sorted({text for answer in ANSWERS for text in (answer.label, answer.because, answer.check)})
    document = shown("\n\n".join(map(as_markdown, texts)))
    got = [paragraph.astext() for paragraph in document.findall(nodes.paragraph)]
    assert got == [" ".join(text.replace("`", "").split()) if text.count("`") % 2 == 0 else text for text in texts]


@pytest.mark.parametrize(
    "text", ["a | b", "`x | y`", "*a* _b_ <b> [c](d) $e$ \\f", "1. no list", "# no heading", "one ` tick"]
)
def test_nothing_in_it_is_markup(text: str) -> None:
    (row,) = list(shown(f"| a | b |\n|---|---|\n| {as_markdown(text)} | end |\n").findall(nodes.row))[1:]
    assert [entry.astext() for entry in row] == [text.replace("`", "") if text.count("`") == 2 else text, "end"]


# Addresses of rows


def test_ids_are_short_and_follow_from_the_name() -> None:
    long = "what is said at some length, for instance here, and on"
    got = ids("wrong", ["tp = sum(y_true * y_pred)", "[: k + 1]", f"{long}, and here", f"{long}, and there"])
    assert [*got.values()] == [
        "wrong-tp-sum-y-true-y-pred",
        "wrong-k-1",
        "wrong-what-is-said-at-some-length-for-instance-here-and-on",
        "wrong-what-is-said-at-some-length-for-instance-here-and-on-2",
    ]


@pytest.mark.parametrize("page", MISTAKES["coding"], ids=lambda page: page.name)
def test_ids_of_a_page_are_all_different(page: Page) -> None:
    given = [answer.anchor for answer in MISTAKES["coding"][page]]
    given += {answer.check_anchor for answer in MISTAKES["coding"][page]}
    assert len(set(given)) == len(given)
    assert [row for row in given if not re.fullmatch(r"(wrong|check)-[a-z0-9-]+", row)] == []


def test_each_row_of_a_table_gets_its_id_and_nothing_else_changes() -> None:
    table = Table(
        "wrong", "2 of 2", ("caught", "wrong answer", "saw"), (("✓", "a < b", (("got", "1"),)), ("✓", "c", "d"))
    )
    before = table._repr_html_()
    after, found = with_ids(before, "wrong")
    assert found == {"a < b": "wrong-a-b", "c": "wrong-c"}
    assert [row[:2] for row in rows(before)] == [["✓", "a < b"], ["✓", "c"]]
    assert re.findall(r"<tr.*?>", after) == ["<tr>", '<tr id="wrong-a-b">', '<tr id="wrong-c">']
    assert re.sub(r' id="[^"]*"', "", after) == before

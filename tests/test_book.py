"""What no page can say about itself: its pair, its parts, its wrong answers, its alternatives in text, its sources."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from tools.sync import fingerprint, make, recorded
from warmup.checks import WrongAnswerSurvives
from warmup.pages import NOTEBOOKS, ROOT, TEXTS, Cell, Page, load, pages

PARTS = {
    "coding": [
        "The question",
        "Ask first",
        "Try it",
        "Hints",
        "Worked solution",
        "Against the library",
        "Cost",
        "Wrong answers",
        "Follow-up questions",
        "When it outgrows one machine",
        "Say it in two minutes",
        "How it is marked",
        "Sources",
    ],
    "design": [
        "The question",
        "Ask first",
        "Estimate",
        "Architecture",
        "Trade-offs",
        "Evidence",
        "Wrong claims",
        "What breaks",
        "Security, privacy and cost",
        "At ten times the scale",
        "Follow-up questions",
        "The clock",
        "How it is marked",
        "Sources",
    ],
}
TAGS = {
    "setup",
    "starter",
    "checks",
    "solution",
    "wrong-answer",
    "figure",
    "estimate",
    "evidence",
    "wrong-claim",
    "hide-input",
    "hide-output",
    "nbval-ignore-output",
}
OPENING = {
    "coding": r"> \*\*Coding question \d+\.\*\* .+ \*(Easy|Medium|Hard) · \d+ minutes\.\*",
    "design": r"> \*\*System design question \d+\.\*\* .+ \*(Easy|Medium|Hard) · \d+ minutes\.\*",
}
ALL = pages()
CODING = [page for page in ALL if page.kind == "coding"]
DESIGN = [page for page in ALL if page.kind == "design"]

each_page = pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
each_coding_page = pytest.mark.parametrize("page", CODING, ids=lambda page: page.name)
each_answer = pytest.mark.parametrize("page", [*CODING, *DESIGN], ids=lambda page: page.name)
each_design_page = pytest.mark.parametrize("page", DESIGN, ids=lambda page: page.name)


def markdown(page: Page) -> str:
    return "\n\n".join(cell.source for cell in page.cells if cell.kind == "markdown")


def part(page: Page, name: str) -> list[Cell]:
    return [cell for cell in page.cells if cell.part == name]


def part_text(page: Page, name: str) -> str:
    """The Markdown of one part."""
    return re.split(rf"^## {re.escape(name)}\s*$", markdown(page), flags=re.MULTILINE)[1].split("\n## ")[0]


# The pairs


@each_page
def test_notebook_is_the_text_cell_for_cell(page: Page) -> None:
    notebook = nbformat.read(page.notebook, as_version=4)
    expected = make(page)
    assert [(c.id, c.cell_type, c.source, c.metadata) for c in notebook.cells] == [
        (c.id, c.cell_type, c.source, c.metadata) for c in expected.cells
    ]
    assert recorded(page.notebook) == fingerprint(page)


@each_page
def test_notebook_was_run_once_from_top_to_bottom_without_an_error(page: Page) -> None:
    code = [cell for cell in nbformat.read(page.notebook, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert [output.ename for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


def test_every_notebook_has_a_text() -> None:
    assert sorted(NOTEBOOKS.glob("*/*.ipynb")) == [page.notebook for page in ALL]


def test_the_table_of_contents_lists_every_page_once() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]
    prose = [f"book/{text.stem}" for text in TEXTS.glob("*.md")]
    assert sorted(listed) == sorted([*prose, *(f"notebooks/{page.name}" for page in ALL)])


def test_the_landing_page_asks_all_thirty_questions_and_links_those_that_are_answered() -> None:
    index = (TEXTS / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", index, flags=re.MULTILINE)
    assert [int(number) for number, _ in rows] == [*range(1, 16), *range(1, 16)]
    linked = re.findall(r"\]\(\.\./notebooks/(.+?)\.ipynb\)", "\n".join(cell for _, cell in rows))
    assert sorted(linked) == sorted(page.name for page in [*CODING, *DESIGN])


@each_answer
def test_landing_page_gives_the_level_and_the_title_that_the_page_gives(page: Page) -> None:
    index = (TEXTS / "index.md").read_text(encoding="utf-8")
    title, level = re.search(rf"\[([^\]]+)\]\(\.\./notebooks/{page.name}\.ipynb\) \|[^|]+\| (\w+) \|", index).groups()
    assert title == page.title
    assert level == re.search(r"\*(Easy|Medium|Hard) ·", page.cells[0].source)[1]


# The parts


@each_answer
def test_page_has_its_parts_in_order(page: Page) -> None:
    assert page.parts == PARTS[page.kind]


@each_answer
def test_page_opens_with_the_question(page: Page) -> None:
    lines = [line for line in page.cells[0].source.splitlines() if line.strip()]
    assert re.match(r"# \S", lines[0])
    assert re.fullmatch(OPENING[page.kind], lines[1])


@each_answer
def test_no_part_is_empty(page: Page) -> None:
    for name in page.parts:
        words = part_text(page, name).split()
        assert len(words) > 15 or any(cell.kind == "code" for cell in part(page, name)), name


@each_page
def test_tags_are_those_that_tools_read(page: Page) -> None:
    assert {tag for cell in page.cells for tag in cell.tags} <= TAGS


@each_answer
def test_page_has_folded_follow_ups(page: Page) -> None:
    assert len(re.findall("<summary>", part_text(page, "Follow-up questions"))) >= 5


@each_page
def test_folds_open_and_close_in_the_same_cell(page: Page) -> None:
    for cell in page.cells:
        assert cell.source.count("<details>") == cell.source.count("</details>"), cell.number


@each_answer
def test_marking_names_three_levels(page: Page) -> None:
    text = part_text(page, "How it is marked").lower()
    assert "weak" in text
    assert "strong hire" in text
    assert text.count("hire") >= 2


# Coding pages


@each_coding_page
def test_hints_are_three_and_folded(page: Page) -> None:
    assert len(re.findall("<summary>", part_text(page, "Hints"))) == 3


@each_coding_page
def test_try_it_has_starter_checks_and_a_run(page: Page) -> None:
    code = [cell for cell in part(page, "Try it") if cell.kind == "code"]
    tags = [tag for cell in code for tag in cell.tags]
    assert "starter" in tags
    assert "checks" in tags
    assert code[-1].source.strip() == "checks.run(globals())"


@each_coding_page
def test_starter_passes_no_check(page: Page) -> None:
    attempt = load(page.name, tags=("setup", "starter", "checks"))
    results = list(attempt.checks.results(vars(attempt)))
    assert {result.verdict for result in results} == {"not written yet"}


@each_coding_page
def test_answer_passes_and_wrong_answers_are_caught_by_the_check_named_for_them(page: Page) -> None:
    answer = load(page.name, tags=("setup", "checks", "solution", "wrong-answer"))
    assert len(answer.checks.wrong) >= 6
    assert [wrong.label for wrong in answer.checks.wrong if wrong.by is None] == []
    answer.checks.wrong_answers(vars(answer))


@each_coding_page
def test_the_right_answer_in_place_of_a_wrong_one_survives(page: Page) -> None:
    answer = load(page.name, tags=("setup", "checks", "solution", "wrong-answer"))
    names = {name: answer[name] for name in answer.checks.wrong[0].names}
    answer.checks.catches("the answer itself", because="it is right", by=answer.checks.checks[0].claim, **names)
    with pytest.raises(WrongAnswerSurvives):
        answer.checks.wrong_answers(vars(answer))


@each_coding_page
def test_checks_and_answer_import_little(page: Page) -> None:
    allowed = {
        "04": set(), "14": set(), "15": {"numpy", "confluent_kafka"},
        "03": {"duckdb", "pandas"}, "07": {"numpy", "pandas", "scipy"}, "11": {"numpy", "matplotlib"},
    }.get(page.name.split("/")[1][:2], {"numpy", "pandas"})  # fmt: skip
    source = "\n".join(cell.source for cell in page.tagged("checks"))
    imported = set(re.findall(r"^\s*(?:import|from)\s+(\w+)", source, flags=re.MULTILINE))
    outside = {"numpy", "pandas", "scipy", "sklearn", "matplotlib", "duckdb", "sqlglot", "confluent_kafka", "pint"}
    assert imported & outside <= allowed


@each_coding_page
def test_page_has_a_benchmark(page: Page) -> None:
    name = page.name.split("-")[0].replace("/", "_")
    assert (ROOT / "benchmarks" / f"{name}.py").exists()


# Design pages


@each_design_page
def test_wrong_claims_are_refuted_by_cells(page: Page) -> None:
    claims = re.findall(r"^### (.+)$", part_text(page, "Wrong claims"), flags=re.MULTILINE)
    cells = page.tagged("wrong-claim")
    assert len(claims) >= 3
    assert len(cells) >= len(claims)
    assert [cell.number for cell in cells if "assert " not in cell.source] == []


@each_design_page
def test_estimates_carry_units_and_evidence_asserts(page: Page) -> None:
    assert page.tagged("estimate")
    assert "pint" in "\n".join(cell.source for cell in page.tagged("setup"))
    evidence = [cell for cell in part(page, "Evidence") if cell.kind == "code"]
    assert sum("assert " in cell.source for cell in evidence) >= 3


@each_design_page
def test_architecture_has_two_diagrams_and_trade_offs_two_tables(page: Page) -> None:
    assert part_text(page, "Architecture").count("```mermaid") >= 2
    tables = re.findall(r"^\|[-:| ]+\|$", part_text(page, "Trade-offs"), flags=re.MULTILINE)
    assert len(tables) >= 2
    assert "flip" in part_text(page, "Trade-offs").lower()


# Alternatives in text


@each_page
def test_every_picture_has_an_alternative_text(page: Page) -> None:
    for cell in nbformat.read(page.notebook, as_version=4).cells:
        drawn = any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
        alternative = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        assert not drawn or len(alternative) >= 40, cell.source[:80]
    assert re.findall(r"!\[\]\(", markdown(page)) == []


@each_page
def test_every_diagram_has_a_title_and_a_description(page: Page) -> None:
    for diagram in re.findall(r"```mermaid\n(.*?)```", markdown(page), flags=re.DOTALL):
        assert "accTitle:" in diagram, diagram[:60]
        assert "accDescr" in diagram, diagram[:60]


# Sources and links


@each_page
def test_sources_are_named_with_a_year(page: Page) -> None:
    items = re.findall(r"^- (.+(?:\n  .+)*)", part_text(page, "Sources"), flags=re.MULTILINE)
    assert len(items) >= (1 if page.kind == "companions" else 3)
    assert [item for item in items if not re.search(r"\b(19|20)\d\d\b", item)] == []


@pytest.mark.parametrize("text", sorted(TEXTS.rglob("*.md")), ids=lambda path: path.stem)
def test_links_to_files_of_the_repository_resolve(text: Path) -> None:
    body = re.sub(r"```.*?```", "", text.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", body)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (text.parent / target).exists()] == []


@pytest.mark.parametrize("text", sorted(TEXTS.rglob("*.md")), ids=lambda path: path.stem)
def test_spelling_is_british(text: Path) -> None:
    without_titles = text.read_text(encoding="utf-8").split("\n## Sources")[0]
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", without_titles, flags=re.DOTALL)
    american = (
        r"\b(\w*(?:color|behavior|favor|center|labeled|modeling|analyze|gray"
        r"|organiz|normaliz|optimiz|randomiz|summariz|minimiz|maximiz|regulariz|standardiz|quantiz)\w*)\b"
    )
    assert set(re.findall(american, prose, flags=re.IGNORECASE)) == set()

"""The practice panel from end to end: questions solved with the network off, hints, folding, progress, keyboard."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from tests.site.practice import PURE, Panel
from tests.site.test_pages import assert_accessible, assert_no_sideways_scroll
from tools.browser import THEMES, settle, view
from tools.practice_facts import code_cells, page_answer
from warmup.pages import find, pages

METRICS = "notebooks/coding/04-classification-metrics.html"
CODING = [page for page in pages() if page.kind == "coding"]
DESIGN = [page for page in pages() if page.kind == "design"]
SOLVED = (Path(__file__).parent / "solved_04.py").read_text(encoding="utf-8")
WRONG = SOLVED.replace("counts.tp + counts.fp, zero", "counts.tp + counts.fn, zero")


def open_panel(visit, page: str = METRICS, theme: str = "light", width: str = "wide"):
    seen = visit(page, theme, width)
    return seen, Panel(seen.tab)


def hold(tab, file: str) -> list:
    """What the page asks for under this name does not arrive, until the test lets it: the routes, as they come."""
    held = []
    tab.context.route(f"**/{file}", lambda route: held.append(route))  # Playwright cannot wrap a built-in
    return held


# Solved in the browser


def test_a_new_reader_solves_a_pure_python_question_with_the_network_off(visit) -> None:
    seen, panel = open_panel(visit)
    assert panel.tab.locator("#worked-solution").is_hidden()
    assert "each check waits" in panel.check(PURE)
    assert panel.check(SOLVED) == "All 14 checks pass. Now compare with the worked solution below."
    assert len(panel.rows) == 14
    assert panel.failing() == []
    assert panel.tab.locator("#worked-solution").is_visible()
    assert seen.outside == []
    assert seen.console == []


def test_a_wrong_answer_shows_input_got_and_expected(visit) -> None:
    _, panel = open_panel(visit)
    assert re.fullmatch(r"\d+ of 14 checks pass\.", panel.check(WRONG))
    row = next(row for row in panel.rows if "Failed:" in row)
    assert "got:" in row
    assert "expected:" in row
    assert panel.tab.locator("#worked-solution").is_hidden()


def test_the_page_below_does_not_jump_while_checks_run_again(visit) -> None:
    _, panel = open_panel(visit)
    panel.check(WRONG)
    height = "(list) => list.offsetHeight"
    before = panel.tab.locator(".practice-results").evaluate(height)
    pressed = "(button) => { button.click(); return document.querySelector('.practice-results').offsetHeight; }"
    assert panel.tab.locator(".practice-main").evaluate(pressed) == before > 300
    panel.wait()
    assert panel.tab.locator(".practice-results").evaluate(height) == before
    panel.run("6 * 7")
    assert panel.tab.locator(".practice-results").evaluate(height) < 50


def test_the_sql_question_is_solved_with_the_network_off(visit) -> None:
    seen, panel = open_panel(visit, "notebooks/coding/03-sql-feature-extraction.html")
    status = panel.check(page_answer(find("coding/03")))
    assert status.startswith("All 13 checks that can run here pass; 1 could not be tried.")
    assert ["pandas" in row for row in panel.failing()] == [True]
    assert {url.split("/")[2] for url in seen.outside} == {"cdn.jsdelivr.net"}
    wrong = page_answer(find("coding/03")).replace("INTERVAL 3 MONTH", "INTERVAL 2 MONTH")
    assert re.fullmatch(r"\d+ of 14 checks pass\.", panel.check(wrong))
    assert any("the three full months before" in row for row in panel.failing())


FEW = """
const listen = Worker.prototype.addEventListener;
Worker.prototype.addEventListener = function (kind, hear) {
  listen.call(this, kind, (message) => {
    const told = message.data?.event;
    if (told?.kind === "result" && told.index >= 6) told.verdict = "not run";
    hear(message);
  });
};
"""


def test_a_question_most_of_whose_checks_could_not_run_is_not_passed(visit) -> None:
    _, panel = open_panel(visit)
    panel.tab.add_init_script(FEW)
    panel.tab.reload()
    assert panel.check(SOLVED) == "6 of 14 checks pass; the others need what could not be loaded."
    assert panel.tab.locator("#worked-solution").is_hidden()
    (entry,) = stored(panel.tab).values()
    assert "tried" in json.loads(entry)
    assert "passed" not in json.loads(entry)


def test_streams_are_solved_without_kafka(visit) -> None:
    _, panel = open_panel(visit, "notebooks/coding/15-stream-processing.html")
    assert panel.check(page_answer(find("coding/15"))).startswith("All 28 checks pass.")


# What the panel reads off the page


@pytest.mark.parametrize("page", [CODING[0], CODING[14], DESIGN[4]], ids=lambda page: page.name)
def test_the_page_holds_the_cells_as_the_notebook_does(visit, page) -> None:
    tab = visit(f"notebooks/{page.name}.html").tab
    shown = tab.locator(".bd-article div.cell").locator(".cell_input pre").all_text_contents()
    assert [text.strip() for text in shown] == [cell.source.strip() for cell in code_cells(page)]


def test_a_page_that_could_not_run_says_so_instead_of_failing(browser, address: str) -> None:
    def lacking(route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace('"missing": []', '"missing": ["torch"]'))

    with view(browser, "light", "wide") as tab:
        tab.context.route(f"**/{METRICS}", lacking)
        tab.goto(f"{address}/{METRICS}")
        assert "needs torch, which does not run in a browser" in tab.locator(".practice-offer").inner_text()
        assert tab.locator("#worked-solution").is_visible()


def test_python_starts_at_first_focus_and_tells_how_much_of_what_has_arrived(visit) -> None:
    _, panel = open_panel(visit)
    tab = panel.tab
    assert tab.workers == []
    held = hold(tab, "pyodide.asm.wasm")
    hold(tab, "python_stdlib.zip")
    panel.editor.focus()
    while not held:
        tab.wait_for_timeout(20)
    panel.press("Run")
    held.pop().continue_()
    said = tab.locator(".practice-status", has_text=re.compile(r"^Loading Python.* \d+\.\d MB of 13\.\d MB \(.+\)$"))
    said.wait_for()


# Hints, the solution, practice switched off


def test_hints_come_one_at_a_time(visit) -> None:
    _, panel = open_panel(visit)
    for number in (1, 2, 3):
        panel.tab.locator(".practice").get_by_role("button", name=re.compile("^Hint")).click()
        assert panel.tab.locator(".practice-hint").count() == number
        assert panel.tab.evaluate("document.activeElement.className") == "practice-hint"
    assert panel.tab.get_by_role("button", name="Hint (3 of 3)").get_attribute("aria-disabled") == "true"


def test_the_solution_is_folded_until_the_reader_asks_and_stays_open(visit) -> None:
    _, panel = open_panel(visit)
    for part in ("#hints", "#worked-solution", "#wrong-answers", "#sources"):
        assert panel.tab.locator(part).is_hidden()
    panel.press("Show solution")
    for part in ("#hints", "#worked-solution", "#wrong-answers", "#sources"):
        assert panel.tab.locator(part).is_visible()
    panel.tab.reload()
    assert panel.tab.locator("#worked-solution").is_visible()


def test_a_link_into_what_is_folded_opens_it(visit) -> None:
    seen = visit(f"{METRICS}#wrong-answers")
    Panel(seen.tab)
    assert seen.tab.locator("#wrong-answers").is_visible()
    assert seen.tab.evaluate("document.querySelector('#wrong-answers').getBoundingClientRect().top < innerHeight")


def test_the_table_of_contents_leads_into_what_is_folded(visit) -> None:
    _, panel = open_panel(visit)
    panel.tab.locator(".bd-toc-nav a", has_text="Say it in two minutes").click()
    panel.tab.wait_for_function("document.querySelector('#say-it-in-two-minutes').getBoundingClientRect().top < 200")
    assert panel.tab.locator("#say-it-in-two-minutes").is_visible()


def test_one_who_came_to_read_just_reads_and_can_come_back(visit, address: str) -> None:
    _, panel = open_panel(visit)
    panel.tab.locator(".practice-fold").get_by_role("button", name="I came to read").click()
    panel.tab.locator(".practice-offer").wait_for()
    panel.tab.goto(f"{address}/notebooks/coding/05-cross-validation.html")
    panel.tab.locator(".practice-offer").wait_for()
    assert panel.tab.locator("#worked-solution").is_visible()
    assert panel.tab.locator(".practice").count() == 0
    panel.tab.get_by_role("button", name="Switch it on").click()
    panel.tab.locator(".practice .cm-content").wait_for()


def test_without_javascript_it_is_the_plain_page(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/{METRICS}")
    assert tab.locator("#worked-solution").is_visible()
    assert tab.locator("#hints details").count() == 3
    assert tab.locator(".tag_starter").is_visible()
    context.close()


def test_printing_shows_what_is_folded(visit) -> None:
    _, panel = open_panel(visit)
    panel.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert panel.tab.locator("#sources").is_visible()
    panel.tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert panel.tab.locator("#sources").is_hidden()


# Keyboard, small screens, both themes


def test_solved_by_keyboard_alone(visit) -> None:
    _, panel = open_panel(visit)
    tab = panel.tab
    tab.locator("#try-it h2").click()
    for _ in range(5):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('.cm-content')"):
            break
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text(SOLVED)
    tab.keyboard.press("Control+Enter")
    panel.wait()
    assert panel.status.startswith("All 14 checks pass.")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Check"
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('.practice-status').textContent.startsWith('All 14')")
    assert tab.evaluate("document.activeElement.textContent") == "Check"


@pytest.mark.parametrize("theme", THEMES)
def test_panel_is_accessible_and_fits_a_small_screen(visit, theme: str) -> None:
    _, panel = open_panel(visit, theme=theme, width="narrow")
    panel.check(WRONG)
    panel.press("Hint")
    assert panel.failing()
    assert_no_sideways_scroll(panel.tab)
    assert_accessible(panel.tab)


@pytest.mark.parametrize("theme", THEMES)
def test_estimate_is_accessible_and_fits_a_small_screen(visit, theme: str) -> None:
    tab = visit("notebooks/design/01-data-ingestion.html", theme, "narrow").tab
    tab.get_by_role("button", name="Change the numbers").first.click()
    tab.locator(".practice .cm-content").wait_for()
    assert_no_sideways_scroll(tab)
    assert_accessible(tab)


# Estimates


def test_an_estimate_is_changed_and_those_that_follow_are_run_again(visit) -> None:
    seen = visit("notebooks/design/01-data-ingestion.html")
    tab = seen.tab
    cells = tab.locator(".tag_estimate")
    before = [text.strip() for text in cells.locator(".cell_output").all_inner_texts()]
    tab.get_by_role("button", name="Change the numbers").first.click()
    panel = Panel(tab)
    text = code_cells(find("design/01"))[1].source
    number = re.search(r"= (\d[\d_]*)", text)
    changed = text[: number.start(1)] + str(int(number[1].replace("_", "")) * 10) + text[number.end(1) :]
    panel.write(changed)
    panel.press("Run")
    tab.wait_for_function("document.querySelector('.practice-status').textContent.startsWith('Done')", timeout=60_000)
    own = tab.locator(".practice-own-output pre").all_inner_texts()
    assert len(own) >= 2
    assert own[0].strip() != before[0]
    assert seen.outside == []
    assert seen.console == []


# Progress


def stored(tab) -> dict:
    return tab.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('warmup.practice')))"
    )


def test_answer_and_standing_are_kept_and_shown_on_the_landing_page(visit, address: str) -> None:
    _, panel = open_panel(visit)
    panel.check(SOLVED)
    tab = panel.tab
    tab.reload()
    assert Panel(tab).editor.inner_text().startswith(SOLVED[:60])
    assert "You passed all checks on 20" in tab.locator(".practice-status").inner_text()
    tab.goto(f"{address}/book/index.html")
    row = tab.locator("tr", has_text="Binary classification metrics").first
    assert "✓ passed" in row.inner_text()
    tab.goto(f"{address}/book/progress.html")
    assert "1 of 15 coding questions passed." in tab.locator("#practice-progress").inner_text()


@pytest.mark.parametrize("page", ["book/index.html", "book/progress.html"])
def test_the_tables_of_questions_fit_a_phone(visit, page: str) -> None:
    tab = visit(page, "light", "narrow").tab
    entry = {"code": "mine", "hints": 3} | dict.fromkeys(("tried", "seen", "passed"), "2026-11-30T08:00:00Z")
    tab.evaluate(f"localStorage.setItem('warmup.practice.1.coding/13-hyperparameter-tuning', '{json.dumps(entry)}')")
    tab.reload()
    tab.locator("td:has-text('2026-11-30'), .practice-standing").first.wait_for()
    beyond = "tables => tables.map(table => table.scrollWidth - table.parentElement.clientWidth)"
    assert max(tab.locator(".bd-article table").evaluate_all(beyond)) <= 0


def test_progress_is_exported_forgotten_and_imported(visit, address: str, tmp_path: Path) -> None:
    _, panel = open_panel(visit)
    panel.check(SOLVED)
    tab = panel.tab
    tab.goto(f"{address}/book/progress.html")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export").click()
    file = tmp_path / "answers.json"
    download.value.save_as(file)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["version"] == 1
    assert kept["questions"]["coding/04-classification-metrics"]["code"] == SOLVED
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="Forget everything").click()
    assert "0 of 15 coding questions passed." in tab.locator("#practice-progress").inner_text()
    assert stored(tab) == {}
    tab.locator("input[type=file]").set_input_files(file)
    tab.locator("text=1 question was taken over").wait_for()
    assert "1 of 15 coding questions passed." in tab.locator("#practice-progress").inner_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no JSON", "does not hold JSON"),
        ("{}", "not a file of answers from this book"),
        ('{"format": "warmup practice", "version": 9}', "of version 9"),
        ('{"format": "warmup practice", "version": 1, "questions": null}', "damaged"),
        ('{"format": "warmup practice", "version": 1, "questions": {"coding/04-x": 7}}', "damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_nothing_changes(visit, tmp_path: Path, content: str, said: str) -> None:
    tab = visit("book/progress.html").tab
    tab.evaluate("localStorage.setItem('warmup.practice.1.coding/04-x', '{\"code\": \"mine\"}')")
    before = stored(tab)
    (tmp_path / "file.json").write_text(content, encoding="utf-8")
    tab.locator("input[type=file]").set_input_files(tmp_path / "file.json")
    tab.locator(".practice-status", has_text=said).wait_for()
    assert stored(tab) == before


def test_an_import_keeps_the_later_text_and_loses_none(visit, tmp_path: Path) -> None:
    tab = visit("book/progress.html").tab
    tab.evaluate("""localStorage.setItem('warmup.practice.1.coding/04-classification-metrics',
        '{"code": "old", "changed": "2026-01-01", "passed": "2026-01-01"}')""")
    entry = {"code": "new", "changed": "2026-02-01", "tried": "2026-02-01"}
    file = {"format": "warmup practice", "version": 1, "questions": {"coding/04-classification-metrics": entry}}
    (tmp_path / "file.json").write_text(json.dumps(file), encoding="utf-8")
    tab.locator("input[type=file]").set_input_files(tmp_path / "file.json")
    tab.locator("text=1 question was taken over").wait_for()
    now = json.loads(stored(tab)["warmup.practice.1.coding/04-classification-metrics"])
    assert now == {**entry, "replaced": "old", "passed": "2026-01-01"}


# Storage that is lost, full or damaged; a worker that cannot load


NO_STORAGE = {
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    "switched off": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })",
}


@pytest.mark.parametrize("why", NO_STORAGE)
def test_without_storage_the_panel_works_and_says_that_nothing_is_kept(browser, address: str, why: str) -> None:
    context = browser.new_context()
    context.add_init_script(NO_STORAGE[why])
    tab = context.new_page()
    tab.goto(f"{address}/{METRICS}")
    panel = Panel(tab)
    panel.check(SOLVED)
    assert panel.status.startswith("All 14 checks pass.")
    assert "keeps nothing" in tab.locator(".practice-warning").inner_text()
    context.close()


def test_an_entry_that_cannot_be_read_is_put_aside(visit) -> None:
    _, panel = open_panel(visit)
    key = "warmup.practice.1.coding/04-classification-metrics"
    panel.tab.evaluate(f"localStorage.setItem('{key}', '{{damaged')")
    panel.tab.reload()
    assert "raise NotImplementedError" in Panel(panel.tab).editor.inner_text()
    assert (
        panel.tab.evaluate("localStorage.getItem('warmup.practice.1.unreadable.coding/04-classification-metrics')")
        == "{damaged"
    )


MISSING = [
    "worker.mjs",
    "python.zip",
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
]


@pytest.mark.parametrize("file", MISSING)
def test_when_a_file_cannot_be_loaded_the_page_says_so_and_the_next_try_works(visit, file: str) -> None:
    _, panel = open_panel(visit)
    panel.tab.context.route(f"**/{file}", lambda route: route.abort())
    status = panel.run("6 * 7")
    assert status.startswith("Python could not start here: ")
    assert status.endswith("You can read on, or try again.")
    panel.press("Show solution")
    assert panel.tab.locator("#worked-solution").is_visible()
    panel.tab.context.unroute_all()
    assert panel.run("6 * 7") == "Done."


def abort_late(route) -> None:
    time.sleep(1)
    route.abort()


def half(route) -> None:
    whole = route.fetch()
    route.fulfill(response=whole, body=whole.body()[: len(whole.body()) // 2])


@pytest.mark.parametrize("lose", [abort_late, half])
def test_python_that_is_lost_late_or_arrives_in_part_is_noticed_at_once(visit, lose) -> None:
    _, panel = open_panel(visit)
    panel.tab.context.route("**/pyodide.asm.wasm", lose)
    assert panel.run("6 * 7", seconds=20).startswith("Python could not start here: ")
    panel.tab.context.unroute_all()
    assert panel.run("6 * 7") == "Done."


def test_a_file_that_is_not_there_is_named(visit) -> None:
    _, panel = open_panel(visit)
    panel.tab.context.route("**/python.zip", lambda route: route.fulfill(status=404, body="not found"))
    assert panel.run("6 * 7").startswith("Python could not start here: python.zip could not be loaded (404).")


WAITING = {
    "pyodide.asm.wasm": "Python could not start here: nothing has arrived for a while.",
    "numpy-*.whl": "Stopped: what the code needs has not arrived.",
}


@pytest.mark.parametrize("file", WAITING)
def test_what_does_not_arrive_is_given_up_after_a_while(visit, file: str) -> None:
    _, panel = open_panel(visit)
    panel.tab.add_init_script("window.warmupPractice = { startSeconds: 10 }")
    panel.tab.reload()
    hold(panel.tab, file)
    assert panel.run("import numpy").startswith(WAITING[file])
    panel.tab.context.unroute_all()
    assert panel.run("6 * 7") == "Done."


def test_stop_ends_a_run_that_waits_for_python(visit) -> None:
    _, panel = open_panel(visit)
    hold(panel.tab, "python_stdlib.zip")
    panel.write("6 * 7")
    panel.press("Run")
    panel.press("Stop")
    assert panel.wait(5) == "Stopped. The next run starts Python anew."
    panel.tab.context.unroute_all()
    assert panel.run("6 * 7") == "Done."


@pytest.mark.parametrize("file", ["panel.mjs", "editor"])
def test_without_the_panel_the_page_is_the_plain_page(browser, address: str, file: str) -> None:
    with view(browser, "light", "wide") as tab:
        pattern = "**/practice-*/panel.mjs" if file == "panel.mjs" else "**/practice-*/chunk-*.mjs"
        tab.context.route(pattern, lambda route: route.abort())
        tab.goto(f"{address}/{METRICS}")
        settle(tab)
        assert tab.locator("#worked-solution").is_visible()
        assert tab.locator(".tag_starter").is_visible()

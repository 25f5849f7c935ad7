"""SQL in the page gives what it gives natively: rows, names and types of columns, errors, frames; or it is refused."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page

from tests.site.fixture import serve_fixture
from tests.site.sql import runner
from tests.site.sql.lists import FRAMES, REFUSED, Statement, sets
from tests.site.worker import ask, printed, start_python
from tools.practice_facts import page_answer, request
from warmup.pages import find, load, run_cell

SQL_PAGE = find("coding/03")
SQL = Path(__file__).with_name("sql")
RUNNER = (SQL / "runner.py").read_text(encoding="utf-8")
CONNECTIONS = (SQL / "connections.py").read_text(encoding="utf-8")
# What the representations of parameters and answers are made of.
NAMES = "import datetime\nfrom decimal import Decimal\nfrom uuid import UUID\nnan, inf = float('nan'), float('inf')\n"


class Recorder:
    """DuckDB natively, with a note of each statement; data from a file are noted as VALUES."""

    def __init__(self, notes: list[Statement], number: int, connection: duckdb.DuckDBPyConnection):
        self.notes, self.number, self.connection = notes, number, connection

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        for statement in without_files(sql) if "read_csv" in sql else [sql]:
            self.notes.append((self.number, statement, None))
        return self.connection.execute(sql)

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)


def without_files(sql: str) -> list[str]:
    """A table made from a file, made from VALUES."""
    table = re.search(r"CREATE TABLE (\w+)", sql)[1]
    read = duckdb.sql(sql[sql.index("FROM") :])
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(read.columns, read.types))
    rows = ", ".join(repr(row).replace("None", "NULL") for row in read.project("COLUMNS(*)::VARCHAR").fetchall())
    return [f"CREATE TABLE {table} ({columns})", f"INSERT INTO {table} VALUES {rows}"]


@pytest.fixture(scope="module")
def recorded() -> list[Statement]:
    """Every statement that the SQL page runs in the cells whose work the page can do too."""
    notes: list[Statement] = []
    numbers, connect = itertools.count(), duckdb.connect
    names: dict = {"__name__": "page"}
    parts = {"The question", "Try it", "Worked solution", "Wrong answers", "When it outgrows one machine"}
    cells = [cell for cell in SQL_PAGE.cells if cell.kind == "code" and cell.part in parts]
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(None):
        patch.chdir(SQL_PAGE.notebook.parent)
        patch.setattr(duckdb, "connect", lambda **_: Recorder(notes, next(numbers), connect()))
        patch.setattr(duckdb, "DuckDBPyConnection", Recorder)
        for cell in cells:
            if not re.search("TimeZone|plt|sqlglot|payments = shop", cell.source):
                run_cell(cell.source, f"<cell {cell.number}>", names)
    return notes


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """The addresses outside the site that the page has asked for."""
    return []


@pytest.fixture(scope="module")
def python(browser, address: str, asked: list[str]) -> Iterator[Page]:
    """A bare page of the site, in which Python runs."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.on("request", lambda request: None if request.url.startswith(address) else asked.append(request.url))
        start_python(tab, address, SQL_PAGE.name)
        yield tab


@pytest.fixture(scope="module")
def pandas(browser, address: str) -> Iterator[Page]:
    """The same with the older Pyodide, for which there is pandas."""
    with browser.new_context() as context:
        serve_fixture(context)
        tab = context.new_page()
        start_python(tab, address, SQL_PAGE.name)
        yield tab


def different(python: Page, statements: list[Statement]) -> list:
    """What is not in the page as it is natively."""
    natively = runner.answers(statements)
    return json.loads(printed(python, f"{NAMES}{RUNNER}\nprint_differences({statements!r}, {natively!r})"))


@pytest.mark.parametrize("name", sets())
def test_the_page_answers_as_duckdb_does(python: Page, name: str) -> None:
    assert different(python, sets()[name]) == []


def test_the_page_s_own_statements(python: Page, recorded: list[Statement]) -> None:
    assert len(recorded) > 500
    assert len({number for number, _, _ in recorded}) > 5
    unlike = different(python, recorded)
    # One wrong answer cuts months in a time zone.
    assert [each for each in unlike if "extension 'icu'" not in str(each)] == []
    assert len(unlike) <= 1


def test_the_version_is_the_book_s(python: Page) -> None:
    assert printed(python, "import duckdb; print(duckdb.__version__)").strip() == duckdb.__version__


def test_what_cannot_be_the_same_is_refused(python: Page, asked: list[str]) -> None:
    code = f"""
import duckdb, json
connection, a_variable, said = duckdb.connect(), [1], {{}}
for sql in {list(REFUSED)!r}:
    try:
        said[sql] = repr(connection.execute(sql).fetchall())
    except duckdb.Error as error:
        said[sql] = str(error)
assert connection.execute("SELECT 1").fetchall() == [(1,)], "an error leaves the connection usable"
print(json.dumps(said))
"""
    said = json.loads(printed(python, code))
    assert {sql: text for sql, text in said.items() if REFUSED[sql] not in text} == {}
    assert asked == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "duckdb.read_csv('x.csv')",
            "AttributeError: duckdb.read_csv is not available in the page. These are: connect, ",
        ),
        ("duckdb.connect('shop.duckdb')", "duckdb.IOException: IO Error: Cannot open 'shop.duckdb': the page has no "),
        ("duckdb.connect().cursor()", "AttributeError: DuckDBPyConnection.cursor is not available in the page. These "),
        ("duckdb.execute('SELECT 1').arrow()", "AttributeError: DuckDBPyConnection.arrow is not available in the page"),
        ("duckdb.sql('SELECT 1').filter('x')", "AttributeError: DuckDBPyRelation.filter is not available in the page"),
        ("duckdb.execute(5)", "duckdb.InvalidInputException: Invalid Input Error: Please provide a string represe"),
        ("duckdb.execute('CREATE TABLE t AS SELECT ?', [1])", "Not implemented Error: in the page such a statement ta"),
        (
            "import datetime as d; duckdb.execute('SELECT ?', [d.datetime.now(d.UTC)])",
            "the page has no time zones: pass",
        ),
    ],
)
def test_what_is_missing_says_so_without_our_own_frames(python: Page, code: str, said: str) -> None:
    events = ask(python, "run", {"earlier": [], "checks": [], "answer": f"import duckdb\n{code}"})
    text = next(event["text"] for event in events if event["kind"] == "error")
    assert said in text
    assert re.findall('File "(.*?)"', text) == ["your answer"]


def test_connections_do_as_duckdb_s_do(python: Page, capsys: pytest.CaptureFixture) -> None:
    exec(CONNECTIONS, {})
    assert printed(python, CONNECTIONS).splitlines() == capsys.readouterr().out.splitlines()


def test_a_connection_hears_nothing_of_another_one(python: Page) -> None:
    code = """
import duckdb
one, two = duckdb.connect(), duckdb.connect()
one.execute("CREATE TABLE payments (a INTEGER)")
try:
    two.execute("FROM payment")
except duckdb.CatalogException as error:
    print(error)
"""
    said = printed(python, code)
    assert said.startswith("Catalog Error: Table with name payment does not exist!")
    assert "payments" not in said


def test_a_thousand_connections_leave_nothing_behind(python: Page) -> None:
    code = """
import duckdb, gc
connection = duckdb.connect()
gc.collect()
of_all = "SELECT count(*) FROM system.main.duckdb_databases()"
memory = "SELECT sum(memory_usage_bytes) FROM duckdb_memory()"
before = connection.execute(of_all).fetchall(), connection.execute(memory).fetchall()
for number in range(1000):
    each = duckdb.connect()
    each.execute("CREATE TABLE t AS FROM range(100)")
    if number % 100 == 0:
        each.execute("ATTACH ':memory:' AS other; BEGIN; DELETE FROM t")
    if number % 2:
        each.close()
del each
gc.collect()
print((connection.execute(of_all).fetchall(), connection.execute(memory).fetchall()) == before)
"""
    assert printed(python, code).strip() == "True"


def test_frames_are_duckdb_s(pandas: Page, recorded: list[Statement]) -> None:
    names = ("MONTHLY_SPENDING", "MONTHLY_SPENDING_DENSE", "POINT_IN_TIME")
    queries = [(0, load(SQL_PAGE.name)[name], None) for name in names]
    statements = [*recorded[:4], *queries, *[(1, sql, None) for sql in FRAMES]]
    natively = runner.answers(statements, runner.frame)
    code = f"import pandas\n{RUNNER}\nprint_differences({statements!r}, {natively!r}, frame)"
    assert json.loads(printed(pandas, code)) == []


@pytest.mark.parametrize("left", ["", "BEGIN; SELECT nothing FROM nowhere", "BEGIN; CREATE TABLE more (a INTEGER)"])
def test_the_page_s_answer_passes_whatever_the_one_before_it_has_left(pandas: Page, left: str) -> None:
    answer = page_answer(SQL_PAGE)
    ask(pandas, "check", request(SQL_PAGE, f"{answer}\nMONTHLY_SPENDING = {left!r}"))
    events = ask(pandas, "check", request(SQL_PAGE, answer))
    plan = next(event["claims"] for event in events if event["kind"] == "plan")
    assert [event["verdict"] for event in events if event["kind"] == "result"] == ["passed"] * len(plan)

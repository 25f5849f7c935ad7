"""Set-up, server, benchmarks and the times of notebooks say what went wrong, and how to mend it."""

from __future__ import annotations

import ast
import contextlib
import http.client
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from benchmarks import Case
from benchmarks import __main__ as bench
from tools import serve, setup
from tools.notebook_times import NotebookTimes
from warmup.pages import ROOT

pytest_plugins = ["pytester"]


# Set-up


class Machine:
    """A machine on which commands are noted instead of run, and `failing` is a part of those that fail."""

    def __init__(self, root: Path):
        self.root, self.commands, self.environment, self.failing = root, [], {}, ""

    def run(self, command: list, check: bool = False, env: dict | None = None, **_: object) -> SimpleNamespace:
        line = " ".join(map(str, command)).replace(f"{self.root}/", "")
        self.commands.append(line)
        self.environment = env or {}
        if "-m venv" in line:
            self.install("activate")
        failed = bool(self.failing) and self.failing in line
        if failed and check:
            raise subprocess.CalledProcessError(1, [str(part) for part in command], stderr="no route to host")
        return SimpleNamespace(returncode=int(failed), stdout="uv 0.9.1 (2025-10-01)")

    def install(self, *programs: str) -> None:
        for program in programs:
            (self.root / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
            (self.root / ".venv" / "bin" / program).touch()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    fake = Machine(tmp_path)
    for name, path in (("ROOT", ""), ("VENV", ".venv"), ("SCRIPTS", ".venv/bin")):
        monkeypatch.setattr(setup, name, tmp_path / path)
    monkeypatch.setattr(setup.subprocess, "run", fake.run)
    (tmp_path / "requirements.txt").write_text("ruff==1.0\nuv==0.9.1\n", encoding="utf-8")
    return fake


def test_an_old_python_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    old = SimpleNamespace(version_info=(3, 9, 2), version="3.9.2 (default)", stderr=sys.stderr)
    monkeypatch.setattr(setup, "sys", old)
    assert setup.main([]) == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer, and this is 3.9.2." in said
    assert "make book PYTHON=/path/to/python3.12" in said


def test_an_old_python_can_read_the_set_up() -> None:
    ast.parse((ROOT / "tools" / "setup.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_missing_venv_module_is_named_and_leaves_nothing_half_made(machine: Machine, capsys) -> None:
    machine.failing = "-m venv"
    with pytest.raises(SystemExit) as stopped:
        setup.main([])
    assert stopped.value.code == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err
    assert not (machine.root / ".venv").exists()


@pytest.mark.parametrize("step", ["pip install --quiet --disable", "uv pip sync", "uv pip install"])
def test_a_registry_out_of_reach_is_suspected_whatever_the_step(machine: Machine, step: str, capsys) -> None:
    machine.failing = step
    assert setup.main([]) == 1
    said = capsys.readouterr().err
    assert "no route to host" in said
    assert "this step of the set-up failed" in said
    assert "Could the Python package registry be reached?" in said
    assert "PIP_INDEX_URL" in said
    assert machine.failing in machine.commands[-1]


def test_a_fresh_machine_gets_an_environment_uv_and_what_is_locked(machine: Machine) -> None:
    assert setup.main([]) == 0
    uv = ".venv/bin/uv pip"
    assert machine.commands == [
        f"{sys.executable} -m venv .venv",
        ".venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.9.1",
        f"{uv} sync --quiet --compile-bytecode --python .venv/bin/python requirements.txt",
        f"{uv} install --quiet --no-deps --no-build-isolation --python .venv/bin/python --editable {machine.root}",
    ]


def test_developers_get_their_tools_too(machine: Machine) -> None:
    assert setup.main(["--dev"]) == 0
    assert machine.commands[2].endswith("requirements.txt requirements-dev.txt")


def test_what_is_there_is_not_made_again(machine: Machine) -> None:
    machine.install("python", "uv")
    assert setup.main([]) == 0
    assert not any("-m venv" in command or "pip install uv" in command for command in machine.commands)


def test_an_environment_whose_python_is_too_old_is_made_anew(machine: Machine) -> None:
    machine.install("python", "uv")
    machine.failing = "sys.exit"
    assert setup.main([]) == 0
    assert machine.commands[1] == f"{sys.executable} -m venv .venv"


def test_another_version_of_uv_is_replaced(machine: Machine) -> None:
    machine.install("python", "uv")
    (machine.root / "requirements.txt").write_text("uv==0.9.10\n", encoding="utf-8")
    assert setup.main([]) == 0
    assert machine.commands[2].endswith("uv==0.9.10")


def test_bytecode_is_compiled_even_if_the_reader_switched_it_off(machine: Machine, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    setup.run(["anything"])
    assert "PYTHONDONTWRITEBYTECODE" not in machine.environment
    assert machine.environment["PIP_INDEX_URL"] == "https://mirror.example/simple"


# The server


@contextlib.contextmanager
def serving(site: Path) -> Iterator[int]:
    """The port on which `site` is served."""
    with serve.make_server(0, site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def get(port: int, path: str, method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get_content_type(), body


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "404.html", "app.mjs", "engine.wasm"):
        (tmp_path / name).write_text(f"this is {name}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "status", "kind", "body"),
    [
        ("/", 200, "text/html", "this is index.html"),
        ("/app.mjs", 200, "text/javascript", "this is app.mjs"),
        ("/engine.wasm", 200, "application/wasm", "this is engine.wasm"),
        ("/absent", 404, "text/html", "this is 404.html"),
        ("/../../etc/passwd", 404, "text/html", "this is 404.html"),
    ],
)
def test_the_site_is_served_with_its_types_and_its_own_404(
    site: Path, path: str, status: int, kind: str, body: str
) -> None:
    with serving(site) as port:
        assert get(port, path) == (status, kind, body)


def test_head_of_an_absent_page_has_no_body(site: Path) -> None:
    with serving(site) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"HEAD /absent HTTP/1.0\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert b" 404 " in answer
    assert answer.endswith(b"\r\n\r\n")


def test_without_a_404_page_the_servers_own_is_shown(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        status, _, body = get(port, "/absent")
    assert status == 404
    assert "File not found" in body


def test_other_errors_are_not_taken_for_an_absent_page(site: Path) -> None:
    with serving(site) as port:
        assert get(port, "/", method="DELETE")[0] == 501


def test_a_browser_that_leaves_early_is_no_error(site: Path, capsys) -> None:
    (site / "large.bin").write_bytes(bytes(50_000_000))
    with serving(site) as port:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as browser:
                browser.sendall(b"GET /large.bin HTTP/1.1\r\n\r\n")
                browser.recv(1000)
        assert get(port, "/")[0] == 200
    assert capsys.readouterr().err == ""


def test_only_this_machine_is_served(site: Path) -> None:
    with serve.make_server(0, site) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_port_in_use_is_named_with_the_next_one(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    with serve.make_server(0) as other:
        port = other.server_port
        monkeypatch.setattr(sys, "argv", ["serve.py", "--port", str(port)])
        assert serve.main() == 1
    assert capsys.readouterr().err == f"port {port} is in use; take another: make serve PORT={port + 1}\n"


def test_an_interrupt_ends_the_server_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def interrupted(port: int) -> SimpleNamespace:
        return SimpleNamespace(serve_forever=lambda: (_ for _ in ()).throw(KeyboardInterrupt))

    monkeypatch.setattr(serve, "make_server", interrupted)
    monkeypatch.setattr(sys, "argv", ["serve.py", "--port", "8123"])
    assert serve.main() == 0
    assert "http://127.0.0.1:8123/" in capsys.readouterr().out


# The benchmarks


def case(name: str = "fit", ours: object = 1, theirs: object = 1, at_most: float | None = None) -> Case:
    return Case(name, "library", lambda: ours, lambda: theirs, lambda a, b: a == b, at_most)


@pytest.fixture
def run_bench(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A function that runs `python -m benchmarks` on the given cases, where ours takes 2 s and the library 1 s."""
    times = iter([2.0, 1.0] * 100)
    monkeypatch.setattr(bench, "seconds", lambda function: next(times))
    monkeypatch.setattr(bench, "modules", lambda page: ["coding_99"])
    monkeypatch.setattr(bench, "load", lambda page: page)

    def run(cases: list[Case], *options: str) -> int:
        module = ModuleType("benchmarks.coding_99")
        module.cases = lambda answer: cases if answer == "coding/99" else []
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(sys, "argv", ["benchmarks", *options])
        return bench.main()

    return run


@pytest.mark.parametrize(
    ("measured", "verdict", "status"),
    [
        (case(at_most=2.5), "ok", 0),
        (case(at_most=None), "ok", 0),
        (case(at_most=1.5), "too slow", 1),
        (case(theirs=2, at_most=2.5), "differs", 1),
        (case(theirs=2, at_most=1.5), "differs", 1),
    ],
)
def test_a_case_is_ok_too_slow_or_differs(run_bench, capsys, measured: Case, verdict: str, status: int) -> None:
    assert run_bench([measured]) == status
    said = capsys.readouterr().out
    assert said.startswith(f"{verdict:8}  coding/99  fit\n")
    assert "ratio 2" in said


def test_one_bad_case_among_good_ones_fails(run_bench) -> None:
    assert run_bench([case(), case(theirs=2), case()]) == 1


def test_json_holds_a_row_for_each_case(run_bench, capsys) -> None:
    assert run_bench([case("fit", at_most=1.5), case("predict")], "--json", "--repeat", "3") == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "page": "coding/99",
            "case": name,
            "oracle": "library",
            "ours_s": 2.0,
            "theirs_s": 1.0,
            "ratio": 2.0,
            "at_most": at_most,
            "repeats": 3,
            "verdict": verdict,
        }
        for name, at_most, verdict in (("fit", 1.5, "too slow"), ("predict", None, "ok"))
    ]


def test_a_page_without_a_benchmark_is_an_error(run_bench, capsys) -> None:
    assert run_bench([], "--page", "coding/99") == 1
    assert capsys.readouterr().err == "no benchmark for 'coding/99'\n"


def test_the_best_of_both_sides_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([4.0, 2.0, 3.0, 1.0, 5.0, 2.0])
    monkeypatch.setattr(bench, "seconds", lambda function: next(times))
    row = bench.measure("coding/99", case(), repeat=3)
    assert (row["ours_s"], row["theirs_s"], row["ratio"]) == (3.0, 1.0, 3.0)


def test_a_long_case_is_repeated_twice_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ENOUGH_SECONDS", 0.0)
    assert bench.measure("coding/99", case(), repeat=5)["repeats"] == 2


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("", ["coding_02", "coding_03"]),
        ("coding", ["coding_02", "coding_03"]),
        ("coding/02", ["coding_02"]),
        ("coding/02-k-nearest-neighbours", ["coding_02"]),
        ("coding/07", []),
    ],
)
def test_benchmarks_are_found_by_page(tmp_path: Path, monkeypatch, page: str, found: list[str]) -> None:
    for name in ("coding_02.py", "coding_03.py", "__init__.py", "__main__.py"):
        (tmp_path / name).touch()
    monkeypatch.setattr(bench, "__file__", str(tmp_path / "__main__.py"))
    assert bench.modules(page) == found


# The times of notebooks

# Collects a notebook without a kernel: each line of the file is a cell, and one that says so fails or is slow.
COLLECTOR = """
import pytest

def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".ipynb":
        return Notebook.from_parent(parent, path=file_path)

class Notebook(pytest.File):
    def collect(self):
        for number, line in enumerate(self.path.read_text().split()):
            yield Cell.from_parent(self, name=f"Cell {number}", line=line)

class Cell(pytest.Item):
    def __init__(self, *, line, **options):
        super().__init__(**options)
        self.line = line

    def runtest(self):
        assert self.line != "fails"

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.duration = 3.0 if getattr(item, "line", "") == "slow" and call.when == "call" else 0.0
    return report
"""


@pytest.fixture
def notebooks(pytester: pytest.Pytester) -> Callable[..., list[str]]:
    """A function that writes notebooks, one a keyword, and gives the lines that a run of them prints."""
    pytester.makeconftest(COLLECTOR)

    def run(*options: str, **cells: str) -> list[str]:
        for name, text in cells.items():
            path = pytester.path / f"{name.replace('__', '/')}.ipynb"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        result = pytester.runpytest_inprocess("-p", "tools.notebook_times", "-q", "-p", "no:cacheprovider", *options)
        return result.outlines

    return run


def test_each_notebook_has_a_line_when_it_ends(notebooks) -> None:
    lines = notebooks(coding__a="slow ok ok", design__b="ok fails ok", coding__c="slow slow ok", top="ok")
    told = [line for line in lines if ".ipynb" in line and " s  " in line]
    assert told == [
        "passed    3.0 s  coding/a.ipynb",
        "slow      6.0 s  coding/c.ipynb  (more than the 5 s it should take)",
        "FAILED    0.0 s  design/b.ipynb",
        "passed    0.0 s  top.ipynb",
    ]
    assert lines[-1].startswith("1 failed, 9 passed")


def test_cells_that_pass_print_no_dots(notebooks) -> None:
    assert notebooks(coding__a="ok ok ok")[0] == "passed    0.0 s  coding/a.ipynb"


def test_other_tests_keep_their_dots(notebooks, pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    lines = notebooks(coding__a="ok")
    assert lines[0] == "passed    0.0 s  coding/a.ipynb"
    assert lines[1].startswith(".")


def test_each_worker_tells_its_own_notebooks() -> None:
    said = []
    terminal = SimpleNamespace(ensure_newline=lambda: None, write_line=said.append)
    config = SimpleNamespace(
        pluginmanager=SimpleNamespace(get_plugin=lambda name: terminal),
        get_terminal_writer=lambda: SimpleNamespace(width_of_current_line=0),
    )
    times = NotebookTimes(config)
    reports = [
        ("first worker", "coding/a.ipynb::Cell 0", False),
        ("second worker", "coding/b.ipynb::Cell 0", True),
        ("first worker", "coding/a.ipynb::Cell 1", False),
        ("second worker", "coding/b.ipynb::Cell 1", False),
        ("first worker", "tests/test_pages.py::test_a_page", False),
    ]
    for node, nodeid, failed in reports:
        times.pytest_runtest_logreport(SimpleNamespace(node=node, nodeid=nodeid, duration=1.0, failed=failed))
    assert said == ["passed    2.0 s  coding/a.ipynb"]
    times.pytest_sessionfinish()
    assert said[1:] == ["FAILED    2.0 s  coding/b.ipynb"]

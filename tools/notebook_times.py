"""pytest plugin: a line for each notebook as it ends, with its time, in place of a dot for each cell."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

SECONDS_ALLOWED = {"coding": 5, "design": 20, "foundations": 20, "companions": 60}


class NotebookTimes:
    """Adds up the time of each notebook's cells. A worker runs one notebook after the other (`--dist loadfile`)."""

    def __init__(self, config: pytest.Config):
        self.terminal, self.writer = config.pluginmanager.get_plugin("terminalreporter"), config.get_terminal_writer()
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.running: dict[object, str] = {}

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Count a notebook's cells as passed without printing a dot."""
        if report.passed and report.when == "call" and _notebook(report):
            return "passed", "", ""
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        worker, notebook = getattr(report, "node", None), _notebook(report)
        if self.running.get(worker) not in (None, notebook):
            self._tell(self.running.pop(worker))
        if notebook:
            self.running[worker] = notebook
            self.seconds[notebook] = self.seconds.get(notebook, 0.0) + report.duration
            if report.failed:
                self.failed.add(notebook)

    def pytest_sessionfinish(self) -> None:
        for notebook in self.running.values():
            self._tell(notebook)
        self.running.clear()

    def _tell(self, notebook: str) -> None:
        seconds, allowed = self.seconds[notebook], SECONDS_ALLOWED.get(PurePosixPath(notebook).parent.name, 20)
        verdict = "FAILED" if notebook in self.failed else "slow  " if seconds > allowed else "passed"
        late = f"  (more than the {allowed} s it should take)" if seconds > allowed else ""
        self.terminal.ensure_newline()
        if self.writer.width_of_current_line:
            self.terminal.line("")
        self.terminal.write_line(f"{verdict} {seconds:6.1f} s  {notebook}{late}")


def _notebook(report: pytest.TestReport) -> str:
    path = report.nodeid.split("::")[0]
    return path if path.endswith(".ipynb") else ""


# Last, because the terminal's reporter has to be there.
@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # The workers of xdist only send reports; the terminal is the controller's.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NotebookTimes(config), "notebook-times")

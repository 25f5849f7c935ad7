"""What the harness told, for the tests."""

from __future__ import annotations

from collections.abc import Callable

from practice.harness import check

CHECKS = """from warmup.checks import Checks
checks = Checks(seconds=1)


@checks.that("two doubled is four", hint="twice as much")
def two(double):
    assert double(2) == 4


@checks.that("nothing doubled is nothing")
def nothing(double):
    assert double(0) == 0
"""
RIGHT = "def double(x):\n    return 2 * x\n"


def checked(answer: str, earlier: str = "") -> list[dict]:
    """The events of these checks on an answer."""
    return told(check, earlier=[earlier], checks=[CHECKS], answer=answer)


def told(task: Callable[[dict, Callable], None], **request: object) -> list[dict]:
    """The events of a request, with output that came in portions joined. Whatever happens in it, it ends with `end`."""
    events: list[dict] = []

    def emit(event: dict) -> None:
        if events and event["kind"] == events[-1]["kind"] == "output":
            events[-1]["text"] += event["text"]
        else:
            events.append(event)

    task({"earlier": [], **request}, emit)
    assert [event["kind"] for event in events].index("end") == len(events) - 1
    return events


def kinds(events: list[dict]) -> list[str]:
    return [event["kind"] for event in events]


def of_kind(events: list[dict], kind: str) -> list[dict]:
    return [event for event in events if event["kind"] == kind]


def printed(events: list[dict]) -> str:
    return "".join(event["text"] for event in of_kind(events, "output"))


def verdicts(events: list[dict]) -> list[str]:
    return [event["verdict"] for event in of_kind(events, "result")]


def error(events: list[dict]) -> dict:
    """The one error."""
    [found] = of_kind(events, "error")
    return found

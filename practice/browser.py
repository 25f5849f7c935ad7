"""The worker's way into the harness: everything crosses as JSON. Standard library only."""

from __future__ import annotations

import json
from collections.abc import Callable

from practice import absent, harness
from practice.request import wanted_modules

TASKS = {"check": harness.check, "run": harness.run, "rerun": harness.rerun}


def wanted(request: str) -> str:
    """The modules that a request leads to."""
    return json.dumps(wanted_modules(json.loads(request)))


def importable(modules: str) -> str:
    """Those of `modules` that can be imported now."""
    asked = json.loads(modules)
    missing = absent.missing(asked)
    return json.dumps([name for name in asked if name not in missing])


def run(task: str, request: str, post: Callable[[str], None]) -> None:
    """Run a request; `post` gets each event."""
    TASKS[task](json.loads(request), lambda event: post(json.dumps(event)))

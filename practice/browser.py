"""The worker's way into the harness: everything crosses as JSON. Standard library only."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable

from practice import absent, harness

TASKS = {"check": harness.check, "run": harness.run, "rerun": harness.rerun}


def wanted(request: str) -> str:
    """The modules that a request leads to."""
    return json.dumps(harness.wanted_modules(json.loads(request)))


def importable(modules: str) -> str:
    """Those of `modules` that can be imported now."""
    absent.remove()
    importlib.invalidate_caches()
    return json.dumps([name for name in json.loads(modules) if importlib.util.find_spec(name)])


def run(task: str, request: str, post: Callable[[str], None]) -> None:
    """Run a request; `post` gets each event."""
    TASKS[task](json.loads(request), lambda event: post(json.dumps(event)))

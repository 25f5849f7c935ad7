"""The worker's way into the harness: everything crosses as JSON. Standard library only."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from collections.abc import Callable

from practice import absent, harness
from practice.request import wanted_modules

TASKS = {"check": harness.check, "run": harness.run, "rerun": harness.rerun}


def wanted(request: str) -> str:
    """The modules that a request leads to."""
    return json.dumps(wanted_modules(json.loads(request)))


def importable(modules: str) -> str:
    """Those of `modules` that can be imported now."""
    absent.remove()
    importlib.invalidate_caches()
    # `find_spec` raises for what is loaded without a specification: `__main__`, and the answer itself.
    return json.dumps([n for n in json.loads(modules) if n in sys.modules or importlib.util.find_spec(n)])


def run(task: str, request: str, post: Callable[[str], None]) -> None:
    """Run a request; `post` gets each event."""
    TASKS[task](json.loads(request), lambda event: post(json.dumps(event)))

"""The answers against their oracles: a module a page (`coding_02.py`) with a function `cases(answer)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One comparison: two functions without arguments that do the same work on the same data.

    `agree(ours, theirs)` tells whether the results are equal; `at_most` is the target for time ours / time theirs.
    """

    name: str
    oracle: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    agree: Callable[[object, object], bool]
    at_most: float | None = None
